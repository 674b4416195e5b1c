"""Pieces of text: what stands close together in one row, inside one cell of a form.

Labels in the cells of a form are small print at the top of a cell, with type, stamps and handwriting below
them or over them. A reader that looks for columns on the whole page joins the labels of neighbouring cells,
or a label and the rule above it. So rules are taken away first and part what stands on either side of them;
letters are gathered along their row, no farther than words stand apart in print of their height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from septel.capture.regions.components import Component, Mask, Rectangle, pieces
from septel.capture.regions.rules import filled, rules_on, runs_of

LEAST, SMALL, LARGE = 5, 34, 90
"""Letters of print and type are at least and at most so many pixels high, at 200 dpi; those of stamps are at
most as high as the last."""
TYPED = 10
"""Letters of type, small ones too, are at least so high."""
SPECK, BROAD = 6, 220
"""Ink of fewer pixels is a speck; a wider one of one piece is no letter or word."""
NEAR, FAR = 13, 24
"""Letters of small print, and of stamps, are of one piece if no more pixels are between them."""
SIZE = 40
"""A piece has so many pixels of ink at least."""
NARROW = 0.8
"""A piece is so many times as wide as high at least."""
WITHIN = 0.03
"""This share of a piece's ink above its letters, and as much below, is tails and dirt."""
APART, ALIKE, LEVEL = 1.1, 1.5, 0.6
"""Pieces are of one line if no more of their heights lies between them, if neither is so many times as high
as the other, and if they share so much of the lower one's height."""
WORD, LOW, HIGH, FAINT, SOLID = 1.3, 9, 48, 0.2, 0.8
"""What is narrower than so many times its height is at most one sign. Of 2,800 pieces on 30 pages those that
are lower or higher, or with less or more ink, had one in fifty of the words that were read rightly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """What may be a word or some, in pixels of a straight page.

    Attributes:
        place: its rectangle.
        high: the height of its letters, tails and dirt left out.
        fill: the share of its rectangle, at that height, that is ink: a pen's strokes have less than letters.
    """

    place: Rectangle
    high: int
    fill: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInk:
    """The ink of a straight page at 200 dpi, told apart.

    Attributes:
        rules: where rules lie.
        letters: what may be letters.
        found: pieces of text, from top to bottom.
        tall: the letters as high as those of type or higher, one by one.
    """

    rules: Mask
    letters: Mask
    found: tuple[TextPiece, ...]
    tall: tuple[Component, ...] = ()


def pieces_of_text(dark: Mask, dpi: int) -> PageInk:
    """The pieces of text on a straight page.

    Args:
        dark: where there is ink that may be text.
        dpi: dots to the inch, for rules; letters are looked for at 200.
    """
    rules = rules_on(dark, dpi)
    small, large = np.zeros_like(dark), np.zeros_like(dark)
    tall: list[Component] = []
    for one in pieces(dark & ~rules, least=SPECK):
        if LEAST <= one.high <= LARGE and one.wide <= BROAD:
            one.put(small if one.high <= SMALL else large)
            if one.high >= TYPED:
                tall.append(one)
    found = [*_gathered(small, rules, NEAR), *_gathered(large, rules, FAR)]
    lines = [one for one in _in_lines(found, rules) if _may_be_words(one)]
    ordered = sorted(lines, key=lambda one: (one.place[1], one.place[0]))
    return PageInk(rules=rules, letters=small | large, found=tuple(ordered), tall=tuple(tall))


def _may_be_words(piece: TextPiece) -> bool:
    wide = piece.place[2] - piece.place[0]
    return LOW <= piece.high <= HIGH and wide >= WORD * piece.high and FAINT <= piece.fill <= SOLID


def _gathered(letters: Mask, rules: Mask, near: int) -> list[TextPiece]:
    out: list[TextPiece] = []
    for one in pieces(_closed(letters, near, rules), least=SIZE):
        if one.high < LEAST or one.wide < NARROW * one.high:
            continue
        left, top, right, bottom = one.place
        rows = letters[top:bottom, left:right].sum(axis=1, dtype=np.int64)
        summed = np.cumsum(rows) / max(int(rows.sum()), 1)
        first, last = np.searchsorted(summed, (WITHIN, 1 - WITHIN)).tolist()
        high = last + 1 - first
        out.append(
            TextPiece(place=one.place, high=high, fill=float(rows.sum() / (high * max(right - left, 1))))
        )
    return out


def _closed(letters: Mask, near: int, rules: Mask) -> Mask:
    """Letters with the gaps between them filled, along rows, but not across a rule."""
    starts, ends, places = runs_of(letters)
    if not len(starts):
        return letters
    wide = letters.shape[1] + 1
    rows, columns = np.nonzero(rules)
    ruled = rows * wide + columns
    close = np.flatnonzero((starts[1:] - ends[:-1] <= near) & (starts[1:] // wide == ends[:-1] // wide))
    first, last = ends[:-1][close], starts[1:][close]
    free = close[np.searchsorted(ruled, first) == np.searchsorted(ruled, last)]
    gaps = filled(places, ends[:-1][free], starts[1:][free], (letters.shape[0], letters.shape[1]))
    return np.asarray(letters | gaps)


def _in_lines(found: Sequence[TextPiece], rules: Mask) -> list[TextPiece]:
    """Pieces that stand beside each other as one."""
    done: list[TextPiece] = []
    lines: list[TextPiece] = []
    for one in sorted(found, key=lambda piece: piece.place[0]):
        near_by: list[TextPiece] = []
        for other in lines:
            ended = one.place[0] - other.place[2] > APART * ALIKE * other.high
            (done if ended else near_by).append(other)
        lines = near_by
        near = [other for other in lines if _beside(other, one, rules)]
        if not near:
            lines.append(one)
            continue
        other = max(near, key=lambda piece: piece.place[2])
        lines.remove(other)
        lines.append(_together(other, one))
    return [*done, *lines]


def _beside(left: TextPiece, right: TextPiece, rules: Mask) -> bool:
    high, low = max(left.high, right.high), min(left.high, right.high)
    gap = right.place[0] - left.place[2]
    if not -2 <= gap <= APART * high or high > ALIKE * low:
        return False
    top, bottom = max(left.place[1], right.place[1]), min(left.place[3], right.place[3])
    if bottom - top < LEVEL * low:
        return False
    between = rules[top:bottom, max(left.place[2], 0) : max(right.place[0], 0)]
    return not bool(between.any(axis=1).mean() > 0.5) if between.size else True


def _together(one: TextPiece, other: TextPiece) -> TextPiece:
    left, top, right, bottom = one.place
    place = (left, min(top, other.place[1]), max(right, other.place[2]), max(bottom, other.place[3]))
    first, second = one.place[2] - one.place[0], other.place[2] - other.place[0]
    fill = (one.fill * first + other.fill * second) / max(first + second, 1)
    return TextPiece(place=place, high=max(one.high, other.high), fill=fill)
