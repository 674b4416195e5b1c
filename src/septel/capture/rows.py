"""Putting an engine's pieces of lines into rows, in reading order.

Tesseract cuts a page of fixed pitch into columns wherever blanks happen to lie under one another, and then
reads one half of a sentence after the other half of its neighbour's. Once a page lies straight, pieces at one
height are one row. Columns are kept where both sides are prose with a gutter between them all the way down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from septel.capture.seen import SeenWord

LEVEL = 0.55
"""Two pieces are one row when their middles are less than this share of a word's height apart."""
TOUCHING = 0.3
"""Pieces closer than this share of a word's height are halves of one word."""
GUTTER, ROWS, PROSE = 2.0, 12, 18
"""A gutter is so many heights wide, runs through so many rows, and has so many characters on either side."""

Piece = tuple[SeenWord, ...]


@dataclass(slots=True)
class _Row:
    middle: float
    weight: int
    pieces: list[Piece] = field(default_factory=list)

    def takes(self, piece: Piece, middle: float, height: float) -> bool:
        return abs(self.middle - middle) < LEVEL * height and not any(
            _overlap(one, other) > TOUCHING * height
            for taken in self.pieces
            for one in taken
            for other in piece
        )

    def add(self, piece: Piece, middle: float) -> None:
        weight = sum(len(word.text) for word in piece)
        self.middle = (self.middle * self.weight + middle * weight) / (self.weight + weight)
        self.weight += weight
        self.pieces.append(piece)
        self.pieces.sort(key=lambda one: one[0].box.left)


def in_rows(pieces: Sequence[Piece]) -> list[Piece]:
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
    if _in_columns(rows, height):
        return list(pieces)
    return [_joined(row, height) for row in sorted(rows, key=lambda row: row.middle)]


def _height(pieces: Sequence[Piece]) -> float:
    solid = [
        word.box.bottom - word.box.top
        for piece in pieces
        for word in piece
        if sum(map(str.isalnum, word.text)) >= 3
    ]
    return float(median(solid)) if solid else 30.0


def _middle(piece: Piece) -> float:
    """The height at which a piece stands; signs hang above or below it and don't count beside letters."""
    solid = [word for word in piece if any(map(str.isalnum, word.text))] or list(piece)
    return float(median((word.box.top + word.box.bottom) / 2 for word in solid))


def _overlap(one: SeenWord, other: SeenWord) -> int:
    return min(one.box.right, other.box.right) - max(one.box.left, other.box.left)


def _in_columns(rows: Sequence[_Row], height: float) -> bool:
    """Whether a gutter runs between two columns of prose."""
    run: list[tuple[float, float]] = []
    for row in sorted(rows, key=lambda one: one.middle):
        cut = _cut(row, height)
        both = (max(run[-1][0], cut[0]), min(run[-1][1], cut[1])) if run and cut else cut
        run = [*run, both] if both and both[1] - both[0] > GUTTER * height / 2 else []
        if len(run) >= ROWS:
            return True
    return False


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


def _joined(row: _Row, height: float) -> Piece:
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


def without_specks(line: Piece, pitch: float) -> Piece:
    """A line without the dirt that was read as signs; a stop beside its word is put to it.

    Args:
        line: from left to right.
        pitch: the width of a character with its blank, in the same pixels (`pitch_of`).
    """
    kept: list[SeenWord] = []
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


def pitch_of(lines: Sequence[Piece]) -> float:
    """The width of a character with its blank, in pixels, from all longer words of a page."""
    found = [
        (word.box.right - word.box.left) / (len(word.text) - 0.2)
        for line in lines
        for word in line
        if len(word.text) >= 4 and word.text.isalnum()
    ]
    return float(median(found)) if found else 30.0
