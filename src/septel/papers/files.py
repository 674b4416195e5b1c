"""Every paper of a file: those of its pages, and those of the files attached to it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from septel.capture import Capture, Limits, attachments_of
from septel.errors import InputError, SeptelError, StoreError
from septel.papers.description import descriptions
from septel.papers.partition import PaperCapture, parted

DEEP = 3
"""How many attachments within attachments are opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPaper:
    """One paper of a document.

    Attributes:
        path: the file that it came in; an attachment's is there only until the next paper is asked for.
        part: the paper and its capture.
        described: what the archive keeps of its place in the file; None where there is nothing to tell.
    """

    path: Path
    part: PaperCapture
    described: dict[str, Any] | None


def papers_in(
    path: Path,
    read: Callable[[Path], Capture],
    *,
    limits: Limits | None = None,
    on_fault: Callable[[SeptelError], None],
    within: str = "",
    deep: int = 0,
    divide: Callable[[Capture], Sequence[PaperCapture]] = parted,
) -> Iterator[FoundPaper]:
    """The papers of a file or folder of pages in their order, then those of each file attached to it.

    Args:
        path: the file or folder.
        read: captures it.
        limits: how large attachments may be.
        on_fault: told of each attachment that can't be read; the others are read all the same.
        within: the file in which this one was attached.
        deep: how many files this one is attached within.
        divide: takes the file itself apart; what is attached is taken apart by its signs.

    Raises:
        SeptelError: the file can't be read, and nothing readable is attached to it.
    """
    attached = attachments_of(path, limits) if deep < DEEP else ()
    try:
        parts: Sequence[PaperCapture] = divide(read(path))
    except StoreError:
        raise
    except SeptelError as fault:
        if not attached:
            raise
        on_fault(fault)
        parts = ()
    for part, described in zip(parts, descriptions(parts, within=within), strict=True):
        yield FoundPaper(path=path, part=part, described=described)
    outer = f"{within}: {path.name}" if within else path.name
    for attachment in attached:
        where = f"{outer}: {attachment.name}"
        if attachment.fault:
            on_fault(InputError(attachment.fault, where=where, remedy=_TAKE_OUT))
            continue
        with tempfile.TemporaryDirectory(prefix="septel-") as folder:
            file = Path(folder) / attachment.name
            file.write_bytes(attachment.data)
            try:
                yield from papers_in(
                    file, read, limits=limits, on_fault=on_fault, within=outer, deep=deep + 1
                )
            except StoreError:
                raise
            except SeptelError as fault:
                remedy = f"{fault.remedy} {_TAKE_OUT}".strip()
                on_fault(type(fault)(fault.what, where=where, remedy=remedy))


_TAKE_OUT = "Open the PDF in a viewer, save the attachment, and give it by itself."
