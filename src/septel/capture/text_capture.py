"""A file of plain text as accounted pages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from septel.capture.formats import Decoded, decoded, paginate
from septel.capture.model import Capture, Doubt, Origin, Page, PageAccount, PageOutcome, TextLines
from septel.errors import EmptyInput
from septel.text import Source, Span

_HELD = "\ue000"
"""Stands for a stray byte while a text is cut into pages: a character that nobody writes."""


def text_capture(data: bytes, name: str) -> Capture:
    """A text cut into pages, with what is doubtful of its encoding.

    Raises:
        EmptyInput: there is nothing in it.
    """
    found = decoded(data, name=name)
    text, spans, doubts = _paginated(found)
    if not text.strip():
        raise EmptyInput("the file holds nothing but blanks", where=name, remedy="Check the copy.")
    source = Source(name=name, digest=hashlib.sha256(data).hexdigest(), text=text, pages=spans)
    pages: list[Page] = []
    accounts: list[PageAccount] = []
    for number, span in enumerate(spans, 1):
        blank = not span.of(text).strip()
        accounts.append(PageAccount(number=number, outcome=PageOutcome.BLANK if blank else PageOutcome.READ))
        if not blank:
            pages.append(Page(number=number, span=span, lines=TextLines(source, span), origin=Origin.FILE))
    return Capture(
        source=source,
        pages=tuple(pages),
        accounts=tuple(accounts),
        notes=_notes_of(found, source, doubts),
        doubts=doubts,
    )


def _paginated(found: Decoded) -> tuple[str, tuple[Span, ...], tuple[Doubt, ...]]:
    """The text with its pages, and where its stray bytes stand in it."""
    if not found.strays or _HELD in found.text:
        return (*paginate(found.text), ())
    held = list(found.text)
    for span in found.strays:
        held[span.start] = _HELD
    text, spans = paginate("".join(held))
    places = [at for at, character in enumerate(text) if character == _HELD]
    read = [found.text[span.start] for span in found.strays]
    doubts = tuple(
        Doubt(Span(at, at + 1), "a byte that is no UTF-8, read as Windows has it", ("\ufffd",))
        for at in places
    )
    pieces = text.split(_HELD)
    whole = "".join(piece + character for piece, character in zip(pieces, [*read, ""], strict=True))
    return whole, spans, doubts


def _notes_of(found: Decoded, source: Source, doubts: Sequence[Doubt]) -> tuple[str, ...]:
    if found.guess and not source.text.isascii():
        return (f"the encoding was guessed to be {found.guess}: look at accents and dashes",)
    if not found.strays:
        return ()
    lines = sorted({source.line_at(doubt.span.start) for doubt in doubts})
    shown = ", ".join(map(str, lines[:8])) + (" ..." if len(lines) > 8 else "")
    many = "1 byte is" if len(found.strays) == 1 else f"{len(found.strays)} bytes are"
    where = f" (line{'s' if len(lines) > 1 else ''} {shown})" if lines else ""
    return (f"the text is UTF-8, but {many} not: read as Windows has them, and doubtful{where}",)
