"""Two texts side by side, line by line of the first, what differs marked; and an apparatus of copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from septel.archive import Archive
from septel.text import ReadText, Source, Span, with_signs
from septel.witness import Collation, Difference, collate

CONTEXT = 1
"""Lines alike that are shown before and after a difference, where the others are left out."""
_WORD = re.compile(r"\S+")
_KINDS = {
    Difference.SUBSTITUTION: "other",
    Difference.ADDITION: "more",
    Difference.OMISSION: "less",
    Difference.MOVE: "moved",
}


@dataclass(frozen=True, slots=True)
class ParallelPiece:
    """A stretch of a text: how it differs from the other (empty: not at all), and the number of a move."""

    text: str
    kind: str = ""
    pair: int | None = None


@dataclass(slots=True)
class ParallelRow:
    """A line of the first text beside what the second has for it; `skipped` lines alike are left out here."""

    first: list[ParallelPiece]
    second: list[ParallelPiece]
    line: int = 0
    other: int = 0
    skipped: int = 0

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return any(piece.kind for piece in (*self.first, *self.second))


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyVariant:
    """A place at which copies differ from the text: its line, what it has, and what each copy has there.

    Attributes:
        others: copy, words (empty where it lacks them), and the line there.
    """

    line: int
    text: str
    others: Sequence[tuple[str, str, int]]


def text_of(archive: Archive, holding: str) -> ReadText:
    """The text of a document as it is read now, as a source by its title."""
    title, reading = archive.reading(holding)
    return ReadText.of_reading(reading, name=title)


def _shown(source: Source, span: Span) -> str:
    """What a text has, on one line, with its marks."""
    return " ".join(with_signs(source, span).split())


def parallel_rows(found: Collation, *, whole: bool = True) -> list[ParallelRow]:
    """The rows; without `whole` only those that differ, with a line before and after."""
    rows: list[ParallelRow] = []
    now = ParallelRow([], [])
    for line, other, one, two in _pieces(found):
        if line != now.line and (now.first or now.second):
            rows.append(now)
            now = ParallelRow([], [])
        now.line = now.line or line
        now.other = now.other or other
        now.first += [one] if one.text else []
        now.second += [two] if two.text else []
    if now.first or now.second:
        rows.append(now)
    return rows if whole else _shortened(rows)


def _shortened(rows: Sequence[ParallelRow]) -> list[ParallelRow]:
    kept = {
        near for at, row in enumerate(rows) if row.differs for near in range(at - CONTEXT, at + CONTEXT + 1)
    }
    found: list[ParallelRow] = []
    for at, row in enumerate(rows):
        if at in kept:
            found.append(row)
        elif found and found[-1].skipped:
            found[-1].skipped += 1
        else:
            found.append(ParallelRow([], [], row.line, row.other, 1))
    return found


def _pieces(found: Collation) -> Iterator[tuple[int, int, ParallelPiece, ParallelPiece]]:
    """Stretches in order: the lines where they begin (0 where a text has none), and both texts' words."""
    one, two = found.first, found.second
    a = b = 0
    for change in found.changes:
        yield from _alike(one, two, Span(a, max(a, change.first.start)), Span(b, max(b, change.second.start)))
        first, second = found.marked(change)
        line = one.line_at(min(change.first.start, max(len(one.text) - 1, 0)))
        other = two.line_at(change.second.start) if second else 0
        kind = _KINDS.get(change.kind, "other")
        yield (
            line,
            other,
            ParallelPiece(first, kind if first else "", change.pair),
            ParallelPiece(second, kind if second else "", change.pair),
        )
        a, b = max(a, change.first.end), max(b, change.second.end)
    yield from _alike(one, two, Span(a, len(one.text)), Span(b, len(two.text)))


def _alike(
    one: Source, two: Source, first: Span, second: Span
) -> Iterator[tuple[int, int, ParallelPiece, ParallelPiece]]:
    """Words that both have, line by line of the first text."""
    ours = [Span(*m.span()).shift(first.start) for m in _WORD.finditer(first.of(one.text))]
    theirs = [Span(*m.span()).shift(second.start) for m in _WORD.finditer(second.of(two.text))]
    at, mine_from, theirs_from = 0, first.start, second.start
    while at < len(ours):
        line = one.line_at(ours[at].start)
        end = at
        while end < len(ours) and one.line_at(ours[end].start) == line:
            end += 1
        # Signs alone are no words to a collation: where counts differ the last line takes what is left.
        mine = theirs[at:end] if end < len(ours) else theirs[at:]
        # What can't be read stands between words; what follows the last one goes with it.
        mine_to = ours[end - 1].end if end < len(ours) else first.end
        theirs_to = (mine[-1].end if mine else theirs_from) if end < len(ours) else second.end
        yield (
            line,
            two.line_at(mine[0].start) if mine else 0,
            ParallelPiece(_shown(one, Span(mine_from, mine_to))),
            ParallelPiece(_shown(two, Span(theirs_from, theirs_to))),
        )
        at, mine_from, theirs_from = end, mine_to, theirs_to


def variants_of(text: Source, copies: Sequence[Source]) -> list[CopyVariant]:
    """Every place at which a copy differs from a text, as an apparatus to it."""
    found: dict[tuple[int, int], tuple[str, list[tuple[str, str, int]]]] = {}
    for copy in copies:
        collation = collate(text, copy)
        for change in collation.changes:
            mine, theirs = collation.marked(change)
            key = (change.first.start, change.first.end)
            line = copy.line_at(min(change.second.start, max(len(copy.text) - 1, 0)))
            found.setdefault(key, (mine, []))[1].append((copy.name, theirs, line))
    rows = []
    for (start, _), (mine, others) in sorted(found.items()):
        line = text.line_at(min(start, max(len(text.text) - 1, 0)))
        rows.append(CopyVariant(line=line, text=mine, others=tuple(others)))
    return rows
