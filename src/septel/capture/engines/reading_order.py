"""Putting an engine's pieces of lines into rows, in reading order.

Tesseract cuts a page of fixed pitch into columns wherever blanks happen to lie under one another, and then
reads one half of a sentence after the other half of its neighbour's. Once a page lies straight, pieces at one
height are one row. Columns are kept where both sides are prose with a gutter between them all the way down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from septel.capture.model import RecognisedWord

LEVEL = 0.55
"""Two pieces are one row when their middles are less than this share of a word's height apart."""
TOUCHING = 0.3
"""Pieces closer than this share of a word's height are halves of one word."""
GUTTER, ROWS, PROSE = 2.0, 12, 18
"""A gutter is so many heights wide, runs through so many rows, and has so many characters on either side."""
FIRM = 60.0
"""A word of less confidence does not bridge a gutter: dirt is read with doubt."""

RowPiece = tuple[RecognisedWord, ...]


@dataclass(slots=True)
class _Row:
    middle: float
    weight: int
    pieces: list[RowPiece] = field(default_factory=list)

    def takes(self, piece: RowPiece, middle: float, height: float) -> bool:
        return abs(self.middle - middle) < LEVEL * height and not any(
            _overlap(one, other) > TOUCHING * height
            for taken in self.pieces
            for one in taken
            for other in piece
        )

    def add(self, piece: RowPiece, middle: float) -> None:
        weight = sum(len(word.text) for word in piece)
        self.middle = (self.middle * self.weight + middle * weight) / (self.weight + weight)
        self.weight += weight
        self.pieces.append(piece)
        self.pieces.sort(key=lambda one: one[0].box.left)


def in_rows(pieces: Sequence[RowPiece]) -> list[RowPiece]:
    """The pieces of lines of a straight page as whole lines, from top to bottom.

    Args:
        pieces: lines as an engine cut them, with boxes on the straightened page.
    """
    height = _height(pieces)
    rows: list[_Row] = []
    for middle, piece in sorted(((_middle(piece), piece) for piece in pieces), key=lambda one: one[0]):
        fitting = [row for row in rows[-6:] if row.takes(piece, middle, height)]
        if fitting:
            min(fitting, key=lambda row: abs(row.middle - middle)).add(piece, middle)
        else:
            rows.append(_Row(middle, sum(len(word.text) for word in piece), [piece]))
    if _gutter(sorted(rows, key=lambda row: row.middle), height):
        return list(pieces)
    return [_joined(row, height) for row in sorted(rows, key=lambda row: row.middle)]


def _height(pieces: Sequence[RowPiece]) -> float:
    solid = [
        word.box.bottom - word.box.top
        for piece in pieces
        for word in piece
        if sum(map(str.isalnum, word.text)) >= 3
    ]
    return float(median(solid)) if solid else 30.0


def _middle(piece: RowPiece) -> float:
    """The height at which a piece stands; signs hang above or below it and don't count beside letters."""
    solid = [word for word in piece if any(map(str.isalnum, word.text))] or list(piece)
    return float(median((word.box.top + word.box.bottom) / 2 for word in solid))


def _overlap(one: RecognisedWord, other: RecognisedWord) -> int:
    return one.box.across(other.box)


def in_columns(lines: Sequence[RowPiece]) -> list[RowPiece]:
    """Whole rows of a straight page, from top to bottom, cut where a gutter parts two columns of prose.

    Of rows with a gutter between them, the left sides are read first, then the right sides; what stands above
    and below is read across.
    """
    height = _height(lines)
    found = _gutter(_of_words(lines, lines), height) or _gutter(_of_words(lines, map(_firm, lines)), height)
    if found is None:
        return list(lines)
    middle = (found.left + found.right) / 2
    beside = lines[found.first : found.last]
    left = [tuple(word for word in line if _across(word) < middle) for line in beside]
    right = [tuple(word for word in line if _across(word) >= middle) for line in beside]
    above, below = lines[: found.first], in_columns(lines[found.last :])
    return [*above, *filter(None, left), *filter(None, right), *below]


def _of_words(lines: Sequence[RowPiece], kept: Iterable[RowPiece]) -> list[_Row]:
    """Rows of lines, with the words of each that are kept."""
    return [
        _Row(_middle(line), 0, [(word,) for word in words]) for line, words in zip(lines, kept, strict=True)
    ]


def _firm(line: RowPiece) -> RowPiece:
    """The words of a line that are more than dirt between two columns that was read as a word."""
    return tuple(word for word in line if word.confidence is None or word.confidence >= FIRM)


def _across(word: RecognisedWord) -> float:
    return (word.box.left + word.box.right) / 2


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A blank between columns, from row `first` to before `last`; `both` of them have prose on both sides."""

    left: float
    right: float
    first: int
    last: int
    both: int

    def through(self, row: _Row, height: float) -> _Gutter | None:
        """The gutter drawn on through the next row; None where the row stands across it."""
        middle = (self.left + self.right) / 2
        words = [word for piece in row.pieces for word in piece]
        before = [word for word in words if _across(word) < middle]
        behind = [word for word in words if _across(word) >= middle]
        left = max([self.left, *(float(word.box.right) for word in before)])
        right = min([self.right, *(float(word.box.left) for word in behind)])
        if right - left <= GUTTER * height / 2:
            return None
        prose = all(sum(len(word.text) for word in side) >= PROSE for side in (before, behind))
        return _Gutter(left, right, self.first, self.last + 1, self.both + prose)


def _gutter(rows: Sequence[_Row], height: float) -> _Gutter | None:
    """The first gutter between two columns of prose that is long enough."""
    run: _Gutter | None = None
    for number, row in enumerate(rows):
        on = run.through(row, height) if run else None
        if run and on is None and run.both >= ROWS:
            return run
        run = on
        if run is None and (cut := _cut(row, height)):
            run = _Gutter(*cut, number, number + 1, 1)
    return run if run and run.both >= ROWS else None


def _cut(row: _Row, height: float) -> tuple[float, float] | None:
    """The widest blank between two pieces of a row, if it could be a gutter."""
    found: tuple[float, float] | None = None
    for at in range(1, len(row.pieces)):
        left = [word for piece in row.pieces[:at] for word in piece]
        right = [word for piece in row.pieces[at:] for word in piece]
        if min(sum(len(w.text) for w in left), sum(len(w.text) for w in right)) < PROSE:
            continue
        gap = (float(max(w.box.right for w in left)), float(min(w.box.left for w in right)))
        if gap[1] - gap[0] > GUTTER * height and (found is None or gap[1] - gap[0] > found[1] - found[0]):
            found = gap
    return found


def _joined(row: _Row, height: float) -> RowPiece:
    words = list(row.pieces[0])
    for piece in row.pieces[1:]:
        first, *rest = piece
        if first.box.left - words[-1].box.right < TOUCHING * height:
            words[-1] = words[-1].with_(first)
        else:
            words.append(first)
        words.extend(rest)
    return tuple(words)


MARKS = frozenset(".,:;'`~^*!|\"_°·•‘’“”{}<>\\")
"""Signs that no telegram has standing alone, and that specks are read as."""
NEAR = 0.75
"""A stop closer to its word than this share of the pitch belongs to it."""


def without_specks(line: RowPiece, pitch: float) -> RowPiece:
    """A line without the dirt that was read as signs; a stop beside its word is put to it.

    Args:
        line: from left to right.
        pitch: the width of a character with its blank, in the same pixels (`pitch_of`).
    """
    kept: list[RecognisedWord] = []
    for word in line:
        if not set(word.text) <= MARKS:
            kept.append(word)
        elif (
            kept
            and len(word.text) == 1
            and word.text in ".,:;"
            and word.box.left - kept[-1].box.right < NEAR * pitch
        ):
            kept[-1] = kept[-1].with_(word)
    return tuple(kept)


def pitch_of(lines: Sequence[RowPiece]) -> float:
    """The width of a character with its blank, in pixels, from all longer words of a page."""
    found = [
        (word.box.right - word.box.left) / (len(word.text) - 0.2)
        for line in lines
        for word in line
        if len(word.text) >= 4 and word.text.isalnum()
    ]
    return float(median(found)) if found else 30.0
