"""Rows of figures that stand far apart, as the wheels of a numbering machine print them.

Pieces of text are gathered no farther than words stand apart; the figures of `9 3 1 6 2` are pieces of their
own, or none. Here letters that are as high as stamps' are strung together along their row.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from septel.capture.regions import Component, PageInk, TextPiece

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
        for one in ink.tall
        if SMALLER * LOW <= one.high <= TALL and one.wide <= BROAD * one.high and one.amount >= SPECK
    ]
    done: list[_Row] = []
    near: list[_Row] = []
    for one in sorted(letters, key=lambda letter: letter.place[0]):
        left = one.place[0]
        done += [row for row in near if left - row.right > APART * TALL]
        near = [row for row in near if left - row.right <= APART * TALL]
        takes = [row for row in near if row.takes(one)]
        if takes:
            min(takes, key=lambda row: left - row.right).add(one)
        elif one.high >= LOW:
            near.append(_Row([one], one.place[2], _middle(one), one.high))
    return [_piece(row) for row in (*done, *near) if FEWEST <= len(row.letters) <= MOST]


@dataclass(slots=True)
class _Row:
    """Letters of a row, the right edge and middle of the last ones, and the height of its figures."""

    letters: list[Component]
    right: int
    middle: float
    high: float

    def takes(self, one: Component) -> bool:
        """Whether a letter goes on with the row."""
        return (
            -0.3 * self.high <= one.place[0] - self.right <= APART * self.high
            and abs(_middle(one) - self.middle) <= LEVEL * self.high
            and SMALLER * self.high <= one.high <= LARGER * self.high
        )

    def add(self, one: Component) -> None:
        """Put a letter to its end."""
        self.letters.append(one)
        self.right = max(other.place[2] for other in self.letters[-2:])
        self.middle = _middle(one)
        # Smaller letters stand between figures.
        heights = sorted(letter.high for letter in self.letters)
        self.high = float(median(heights[len(heights) // 2 :]))


def _middle(one: Component) -> float:
    return (one.place[1] + one.place[3]) / 2


def _piece(of: _Row) -> TextPiece:
    row = of.letters
    left, top = min(one.place[0] for one in row), min(one.place[1] for one in row)
    right, bottom = max(one.place[2] for one in row), max(one.place[3] for one in row)
    high = round(of.high)
    ink = sum(one.amount for one in row)
    return TextPiece(place=(left, top, right, bottom), high=high, fill=ink / (high * max(right - left, 1)))
