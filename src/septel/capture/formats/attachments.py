"""Files that a PDF carries along: attachments of portfolios and of pages, each a document of its own."""

from __future__ import annotations

from pathlib import Path

from septel.capture.formats.kinds import head_and_digest
from septel.capture.model import Attachment, Limits
from septel.errors import SeptelError


def attachments_of(path: Path, limits: Limits | None = None) -> tuple[Attachment, ...]:
    """The files attached to a PDF or to its pages, each once; none for what is no PDF or can't be opened.

    That a PDF can't be opened is told where its pages are read, not here.
    """
    limits = limits or Limits()
    if str(path) == "-":
        return ()
    try:
        # A folder can't be opened: it has none.
        with path.open("rb", buffering=0) as opened:
            if b"%PDF-" not in opened.read(1024):
                return ()
        head_and_digest(path, limits)
    except (SeptelError, OSError):
        return ()
    # What opens a PDF is loaded when there is one.
    from septel.capture.formats.pdf_attachments import attached_to

    return attached_to(path, limits)
