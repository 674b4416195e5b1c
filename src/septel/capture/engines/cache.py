"""What engines read, page by page, kept so that no page is read twice.

A folder of small files, one for each page image and engine: `readings/ab/abcdef….json.gz`. The name is a
digest of the image's pixels and of everything about the engine that its answer depends on, so a changed page
or a changed setting is another file, and the same page in two documents is read once. Each file appears whole
or not at all. The folder is a cache: it may be deleted, at the price of reading again.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from septel import __version__
from septel.capture.model import RecognisedLine
from septel.errors import StoreError, StoreFull
from septel.text import Step, digest_of

if TYPE_CHECKING:
    from PIL import Image
    from pydantic import TypeAdapter


class Readings(Protocol):
    """Keeps what engines read."""

    def get(self, key: str) -> Sequence[RecognisedLine] | None:
        """What was kept under this key, or None."""
        ...

    def put(self, key: str, lines: Sequence[RecognisedLine]) -> None:
        """Keep the lines of a page; when this returns, they are on the disk.

        Raises:
            StoreError: they can't be kept.
        """
        ...


def reading_key(image: Image.Image, step: Step) -> str:
    """The name of a page's reading: changes with any pixel, and with anything about the engine."""
    shape = f"{image.mode} {image.width} {image.height} {step.key} {__version__}"
    return digest_of(shape.encode(), image.tobytes())


@cache
def _form() -> TypeAdapter[tuple[RecognisedLine, ...]]:
    # Loaded here: the processes of engines need no pydantic, and start much faster without it.
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[RecognisedLine, ...])


def packed_reading(lines: Sequence[RecognisedLine]) -> bytes:
    """The lines of a page as they are kept; the same lines are the same bytes."""
    data = json.dumps(_form().dump_python(tuple(lines), mode="json"), ensure_ascii=False).encode()
    return gzip.compress(data, 6, mtime=0)


def unpacked_reading(data: bytes) -> Sequence[RecognisedLine] | None:
    """The lines that were kept; None when they can't be understood (any more)."""
    try:
        return _form().validate_json(gzip.decompress(data))
    except (OSError, EOFError, zlib.error, ValueError):
        return None


class ReadingCache:
    """Readings in a folder, each a file that is whole or not there.

    Args:
        folder: made when the first page is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where a reading is kept."""
        return self.folder / key[:2] / f"{key}.json.gz"

    def get(self, key: str) -> Sequence[RecognisedLine] | None:
        """What was kept under this key; None when nothing was, or when it can't be understood (any more)."""
        try:
            return unpacked_reading(self.path(key).read_bytes())
        except OSError:
            return None

    def put(self, key: str, lines: Sequence[RecognisedLine]) -> None:
        """Keep the lines of a page; when this returns, they are on the disk.

        Raises:
            StoreFull: the disk is full.
            StoreError: the folder can't be written.
        """
        data = packed_reading(lines)
        target = self.path(key)
        temporary: Path | None = None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix="arriving-")
            temporary = Path(name)
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(target)
        except OSError as why:
            if why.errno in (errno.ENOSPC, errno.EDQUOT):
                remedy = "Free some space and run again with --resume; the pages read so far are kept."
                raise StoreFull("the disk is full", where=str(self.folder), remedy=remedy) from why
            remedy = "Check the permissions of the archive's folder."
            raise StoreError(
                f"what was read can't be kept ({why.strerror})", where=str(self.folder), remedy=remedy
            ) from why
        finally:
            if temporary is not None:
                with suppress(OSError):
                    temporary.unlink()
