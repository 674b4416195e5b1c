"""Stamps without a frame, by their shape: a group of letters of one height, taller than the page's type.

Their words are looked for elsewhere (`septel.capture.regions.notices`) and often can't be read. Handwriting
has few pieces of many heights; type that was not read is as high as the rest of the type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from septel.capture.regions.components import TALLER, Component, Mask, Rectangle, inside, joined

TALLEST = 2.6
"""How many times as high as type a stamp's letters are at most."""
NARROW, BROAD, LETTER = 0.2, 6.0, 0.8
"""The least and largest width of a letter or some that ran together, and the usual one, in shares of its
height."""
NEAR = 20
"""Letters of one stamp are no farther apart, in pixels of the small page."""
FEWEST, ALIKE, STRAY, CLEAR = 5, 0.7, 0.15, 0.5
"""So many letters are a stamp, if so many of all of them are within this share of their middle height, and at
least so much of the ink there is theirs."""
SINGLE, SINGLES, TYPED = 1.6, 3, 0.5
"""Where letters ran together, so many at least are single ones, no wider than that in shares of their height
(words of a hand are), and no more of the place was read as typed words (rows of type run together too)."""


def stamps(found: Sequence[Component], read: Mask, type_high: float) -> Iterator[Rectangle]:
    """The rectangles around stamps without a frame.

    Args:
        found: the pieces of ink of the small page that are not type, frames or excisions.
        read: where typed words were read.
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
        alike = sum(abs(one.high - usual) <= STRAY * usual for one in mine) >= ALIKE * len(mine)
        ink = sum(one.amount for one in found if inside(one.place, place, 0))
        clear = sum(one.amount for one in mine) >= CLEAR * ink
        if alike and clear and _are_letters(mine, place, read):
            yield place


def _are_letters(found: Sequence[Component], place: Rectangle, read: Mask) -> bool:
    single = sum(one.wide <= SINGLE * one.high for one in found)
    if single >= FEWEST:
        return True
    left, top, right, bottom = place
    together = sum(max(1, round(one.wide / (LETTER * one.high))) for one in found)
    return together >= FEWEST and single >= SINGLES and bool(read[top:bottom, left:right].mean() <= TYPED)
