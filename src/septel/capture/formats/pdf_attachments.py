"""Taking the attached files out of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from septel.capture.model import Attachment, Limits
from septel.errors import SeptelError

MOST = 500
"""How many attachments of one file are taken out."""


def attached_to(path: Path, limits: Limits) -> tuple[Attachment, ...]:
    """The files attached to a PDF or to its pages, each once; none where it can't be opened."""
    try:
        with Pdf.open(path) as opened:
            return tuple(_each(opened, limits))
    except (SeptelError, pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, RuntimeError):
        return ()


def _each(opened: Pdf, limits: Limits) -> Iterator[Attachment]:
    seen: set[tuple[int, int]] = set()
    left = limits.file_bytes
    for name, spec in _specs(opened):
        files = spec.get("/EF")
        stream = next((files[key] for key in ("/UF", "/F", "/DOS") if key in files), None) if files else None
        if not isinstance(stream, Stream):
            yield Attachment(name, b"", "the PDF names this attachment but does not hold it")
            continue
        if stream.objgen in seen:
            continue
        seen.add(stream.objgen)
        if len(seen) > MOST:
            yield Attachment(name, b"", f"the file has more than {MOST} attachments")
            return
        try:
            data = bytes(stream.read_bytes())
        except (pikepdf.PdfError, OSError, ValueError, RuntimeError) as why:
            yield Attachment(name, b"", f"the attachment is damaged ({why})")
            continue
        left -= len(data)
        if left < 0:
            yield Attachment(name, b"", "the attachments are larger than the limits allow")
            return
        yield Attachment(name, data)


def _specs(opened: Pdf) -> Iterator[tuple[str, Object]]:
    """The file specifications of the document and of notes on its pages, with their names."""
    found = [(key, opened.attachments[key].obj) for key in opened.attachments]
    for page in opened.pages:
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, Array) else ():
            if isinstance(note, Dictionary) and note.get("/Subtype") == Name.FileAttachment:
                spec = note.get("/FS")
                if isinstance(spec, Dictionary):
                    found.append(("attachment", spec))
    for key, spec in found:
        yield _plain(str(spec.get("/UF") or spec.get("/F") or key)), spec


def _plain(name: str) -> str:
    """A name without folders and signs that no file system takes; never empty."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    bare = "".join(sign for sign in bare if sign.isprintable() and sign not in '/:*?"<>|\0').strip(". ")
    return bare[:120] or "attachment"
