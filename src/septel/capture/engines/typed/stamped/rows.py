"""Rows of figures that stand far apart, as the wheels of a numbering machine print them.

Pieces of text are gathered no farther than words stand apart; the figures of `9 3 1 6 2` are pieces of their
own, or none. Here letters that are as high as stamps' are strung together along their row.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from septel.capture.regions import Component, PageInk, TextPiece, pieces

LOW, TALL, SPECK = 19, 60, 40
"""Figures are at least and at most so many pixels high, at 200 dpi, and have so many of ink."""
SMALLER, LARGER, BROAD = 0.55, 1.3, 3.2
"""Letters of one row are at least and at most so many times as high as the figures before them, and no wider
than so many heights: some run together."""
LEVEL, APART = 0.3, 1.7
"""Their middles are no more of that height higher or lower, and no more of it is between them."""
FEWEST, MOST = 3, 24
"""A row has so many letters."""


def spaced_rows(ink: PageInk) -> list[TextPiece]:
    """The rows of figures of a page's ink.

    Args:
        ink: of the straight page at 200 dpi, without what is read already.
    """
    letters = [
        one
        for one in pieces(ink.letters & ~ink.rules, least=SPECK)
        if SMALLER * LOW <= one.high <= TALL and one.wide <= BROAD * one.high
    ]
    rows: list[list[Component]] = []
    for one in sorted(letters, key=lambda letter: letter.place[0]):
        near = [row for row in rows if _goes_on(row, one)]
        if near:
            min(near, key=lambda row: one.place[0] - row[-1].place[2]).append(one)
        elif one.high >= LOW:
            rows.append([one])
    return [_piece(row) for row in rows if FEWEST <= len(row) <= MOST]


def _goes_on(row: Sequence[Component], one: Component) -> bool:
    high = _high(row)
    gap = one.place[0] - max(other.place[2] for other in row[-2:])
    level = abs(_middle(one) - _middle(row[-1])) <= LEVEL * high
    return level and -0.3 * high <= gap <= APART * high and SMALLER * high <= one.high <= LARGER * high


def _high(row: Sequence[Component]) -> float:
    """The height of a row's figures; smaller letters stand between them."""
    heights = sorted(one.high for one in row)
    return float(median(heights[len(heights) // 2 :]))


def _middle(one: Component) -> float:
    return (one.place[1] + one.place[3]) / 2


def _piece(row: Sequence[Component]) -> TextPiece:
    left, top = min(one.place[0] for one in row), min(one.place[1] for one in row)
    right, bottom = max(one.place[2] for one in row), max(one.place[3] for one in row)
    high = round(_high(row))
    ink = sum(one.amount for one in row)
    return TextPiece(place=(left, top, right, bottom), high=high, fill=ink / (high * max(right - left, 1)))
