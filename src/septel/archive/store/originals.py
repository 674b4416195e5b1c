"""Originals as files named by their SHA-256, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from septel.errors import InputError, NotHeld, StoreError, StoreFull, VanishedInput


def full(where: str) -> StoreFull:
    """The fault of a full disk."""
    return StoreFull(
        "the disk is full", where=where, remedy="Free some space and run again; nothing is half-written."
    )


class Originals:
    """The folder of originals: `objects/ab/abcdef...`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes with this digest are kept."""
        return self.folder / digest[:2] / digest

    def keep(self, file: Path) -> str:
        """Copy a file in and give its digest; what is already kept is not copied again.

        Raises:
            VanishedInput: the file is gone.
            InputError: the file can't be read.
            StoreFull: the disk is full.
            StoreError: the folder can't be written.
        """
        sha = hashlib.sha256()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix="arriving-")
        except OSError as why:
            raise self._fault(why) from why
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                try:
                    opened = file.open("rb")
                except FileNotFoundError as why:
                    raise VanishedInput(
                        "the file went away while it was read", where=file.name, remedy="Run again."
                    ) from why
                except OSError as why:
                    raise InputError(
                        f"the file can't be read ({why.strerror})",
                        where=file.name,
                        remedy="Check its permissions.",
                    ) from why
                with opened:
                    while block := opened.read(1 << 20):
                        sha.update(block)
                        out.write(block)
                out.flush()
                os.fsync(out.fileno())
            target = self.path(sha.hexdigest())
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(target)
        except OSError as why:
            raise self._fault(why) from why
        finally:
            with suppress(OSError):
                temporary.unlink()
        return sha.hexdigest()

    def find(self, digest: str) -> Path:
        """The file with this digest.

        Raises:
            NotHeld: it is not kept here.
        """
        path = self.path(digest)
        if not path.is_file():
            raise NotHeld(
                "the original is not in the archive", where=digest[:12], remedy="Read the file again."
            )
        return path

    def holds(self, digest: str) -> bool:
        """Whether it is kept here."""
        return self.path(digest).is_file()

    def is_whole(self, digest: str) -> bool:
        """Whether its bytes are those that were read."""
        with self.path(digest).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == digest

    def remove(self, digest: str) -> None:
        """Keep it no longer."""
        self.path(digest).unlink(missing_ok=True)

    def kept(self) -> Iterator[str]:
        """The name of everything that is kept: a digest, or that of a file which arrived half."""
        files = sorted(self.folder.rglob("*")) if self.folder.is_dir() else ()
        return (file.name for file in files if file.is_file())

    def _fault(self, why: OSError) -> StoreError:
        if why.errno in (errno.ENOSPC, errno.EDQUOT):
            return full(str(self.folder))
        return StoreError(
            f"the archive's folder can't be written ({why.strerror})",
            where=str(self.folder),
            remedy="Check its permissions, or choose another with --archive.",
        )
