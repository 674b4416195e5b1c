"""What a colleague changed: the file's line beside the line as it was exported, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from septel.export.pages import ShownPiece, shown_line
from septel.text import Edit, Reading, Span

_WORD = re.compile(r"\S+")
_UNREADABLE = re.compile(r"\[(?:…|\.\.\.)\d*\]")


@dataclass(frozen=True, slots=True)
class TextChange:
    """A stretch of the source that the file reads otherwise than the export did.

    Attributes:
        span: where, in the source.
        text: as the file reads it; None where that can't be told, since a place that can't be read stands
            within.
    """

    span: Span
    text: str | None


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A stretch of the line as exported, and what the file has in its place."""

    start: int
    end: int
    text: str


def changes_of(reading: Reading, number: int, texts: Sequence[str]) -> Iterator[TextChange]:
    """The changes of one line.

    A change never cuts an edit in two: it is widened to the whole of it, and to an insertion at its place.

    Args:
        reading: as it was exported.
        number: of the line, from one.
        texts: the line as the file has it; more than one where parts of the file differ, and then the last
            that departs from what was exported counts.
    """
    span = reading.source.lines[number - 1]
    edits: list[Edit] = [
        edit for edit in reading.edits if span.start <= edit.span.start and edit.span.end <= span.end
    ]
    shown, pieces = shown_line(reading, span, edits)
    before = shown.split()
    departing = [words for text in texts if (words := text.split()) != before]
    if not departing:
        return
    hunks = _hunks(shown, before, departing[-1])
    for start, end in _widened(hunks, pieces):
        text, at = "", start
        for hunk in hunks:
            if start <= hunk.start and hunk.end <= end:
                text += shown[at : hunk.start] + hunk.text
                at = hunk.end
        text += shown[at:end]
        place = Span(_place(pieces, start, span, left=True), _place(pieces, end, span, left=False))
        yield TextChange(place, None if _UNREADABLE.search(text) else text)
        for piece in pieces:
            # What was inserted at an edge of the place is in the text now, and would stand beside it again.
            inserted = piece.edit is not None and not len(piece.source) and piece.source != place
            at_edge = piece.source.start in (place.start, place.end)
            if inserted and at_edge and start <= piece.start and piece.end <= end:
                yield TextChange(piece.source, "")


def _hunks(shown: str, before: Sequence[str], after: Sequence[str]) -> list[_Hunk]:
    """The differences in the order of the line."""
    places = [Span(*found.span()) for found in _WORD.finditer(shown)]
    hunks: list[_Hunk] = []
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        words = " ".join(after[first:last])
        if kind == "insert":
            # Words that were added stand between two that are there.
            at = places[start - 1].end if start else places[0].start if places else 0
            hunks.append(_Hunk(at, at, f" {words}" if start else f"{words} " if places else words))
        elif kind != "equal":
            hunks.append(_Hunk(places[start].start, places[end - 1].end, words))
    return hunks


def _widened(hunks: Sequence[_Hunk], pieces: Sequence[ShownPiece]) -> list[tuple[int, int]]:
    """Stretches of the line that hold the hunks and cut no edit; those that meet are one."""
    found: list[tuple[int, int]] = []
    for hunk in hunks:
        start, end = hunk.start, hunk.end
        for piece in pieces:
            if piece.edit is None:
                continue
            cut = piece.start < end and start < piece.end
            # An insertion at the place of another one would displace it.
            beside = start == end and not len(piece.source) and piece.start <= start <= piece.end
            if cut or beside:
                start, end = min(start, piece.start), max(end, piece.end)
        if found and start <= found[-1][1]:
            start, end = found[-1][0], max(end, found.pop()[1])
        found.append((start, end))
    return found


def _place(pieces: Sequence[ShownPiece], at: int, line: Span, *, left: bool) -> int:
    """The offset in the source of a place of the line that cuts no edit."""
    begun = next((piece.source.start for piece in pieces if piece.start == at), None)
    ended = next((piece.source.end for piece in reversed(pieces) if piece.end == at), None)
    within = next((p.source.start + at - p.start for p in pieces if p.start < at < p.end), line.start)
    # A left edge belongs to the first piece that begins there, a right edge to the last that ends there: a
    # piece of which nothing shows goes with what is beside it.
    first, second = (begun, ended) if left else (ended, begun)
    return first if first is not None else second if second is not None else within
