"""Stamps without a frame, by their shape: a group of letters of one height, taller than the page's type.

Their words are looked for elsewhere (`septel.capture.notices`) and often can't be read. Handwriting has few
pieces of many heights; type that was not read is as high as the rest of the type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from septel.capture.pieces import TALLER, Piece, Rectangle, inside, joined

TALLEST = 2.6
"""How many times as high as type a stamp's letters are at most."""
NARROW, BROAD = 0.2, 2.2
"""The least and largest width of a letter, or of two run together, in shares of its height."""
NEAR = 20
"""Letters of one stamp are no farther apart, in pixels of the small page."""
FEWEST, ALIKE, STRAY = 5, 0.7, 0.15
"""So many letters, and so many of all of them within this share of their middle height, are a stamp ..."""
CLEAR = 0.5
"""... if at least so much of the ink there is theirs."""


def stamps(found: Sequence[Piece], type_high: float) -> Iterator[Rectangle]:
    """The rectangles around stamps without a frame.

    Args:
        found: the pieces of ink of the small page that are not type, frames or excisions.
        type_high: the height of type.
    """
    letters = [
        one
        for one in found
        if TALLER * type_high <= one.high <= TALLEST * type_high
        and NARROW * one.high <= one.wide <= BROAD * one.high
    ]
    for place in joined([one.place for one in letters], NEAR):
        mine = [one for one in letters if inside(one.place, place, 0)]
        usual = median(one.high for one in mine)
        alike = sum(abs(one.high - usual) <= STRAY * usual for one in mine)
        ink = sum(one.amount for one in found if inside(one.place, place, 0))
        clear = sum(one.amount for one in mine) >= CLEAR * ink
        if len(mine) >= FEWEST and alike >= ALIKE * len(mine) and clear:
            yield place
