"""Pages with words at places, drawn from lines of text: for tests of forms."""

from __future__ import annotations

from collections.abc import Sequence

from septel.capture import Box, Line, Page, Word
from septel.papers.places import Sheet
from septel.text import Span

WIDE, HIGH = 24, 36


def page(rows: Sequence[tuple[float, float, str]]) -> Page:
    """A page of rows: how far down in heights, how far right in characters, the words."""
    lines: list[Line] = []
    for down, left, text in rows:
        words = []
        at = left
        for word in text.split(" "):
            if word:
                box = Box(
                    left=round(at * WIDE),
                    top=round(down * HIGH),
                    right=round((at + len(word)) * WIDE),
                    bottom=round(down * HIGH) + HIGH,
                )
                words.append(Word(span=Span(0, len(word)), text=word, box=box))
            at += len(word) + 1
        lines.append(Line(span=Span(0, len(text)), words=tuple(words)))
    return Page(number=1, span=Span(0, 0), lines=tuple(lines), width=2500, height=3300)


def sheet(*rows: tuple[float, float, str]) -> Sheet:
    """The sheet of such a page."""
    return Sheet.of_page(page(rows))
