"""What a page has besides words and marks: rules of forms, dark edges of copies, shading in dots."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from septel.capture.regions.components import Mask, Rectangle, joined, pieces
from septel.capture.regions.rules import rules_on

LONG = 60
"""Rules are told of from so many pixels of the small page on: what is shorter underlines a word or two."""
DEEP, TALL = 6, 30
"""An edge is so many pixels deep at least, and so long."""
SPECK, SQUARE, DENSE = 6, 25, 8
"""Ink of so few pixels is a speck; so many in a square of that side are shading."""
LARGE = 4
"""Fewer squares of shading beside one another are dirt."""


def rules(dark: Mask, dpi: int) -> Iterator[Rectangle]:
    """The rules on a small page: long straight strokes, each by itself where they cross.

    Args:
        dark: where there is ink.
        dpi: dots to the inch.
    """
    for one in pieces(rules_on(dark, dpi)):
        if max(one.wide, one.high) >= LONG:
            yield one.place


def edges(dark: Mask) -> Iterator[Rectangle]:
    """Ink that lies along an edge of the page."""
    rows, columns = dark.shape
    for one in pieces(dark, least=DEEP * TALL):
        left, top, right, bottom = one.place
        aside = (left <= 1 or right >= columns - 1) and one.high >= TALL and one.wide >= DEEP
        above = (top <= 1 or bottom >= rows - 1) and one.wide >= TALL and one.high >= DEEP
        if aside or above:
            yield one.place


def shading(dark: Mask) -> list[Rectangle]:
    """Where specks are dense."""
    rows, columns = (max(1, -(-side // SQUARE)) for side in dark.shape)
    counts = np.zeros((rows, columns), np.int32)
    for one in pieces(dark, most=SPECK):
        counts[one.place[1] // SQUARE, one.place[0] // SQUARE] += 1
    found = [one for one in pieces(counts >= DENSE) if one.amount >= LARGE]
    places = [tuple(SQUARE * edge for edge in one.place) for one in found]
    return joined([(left, top, right, bottom) for left, top, right, bottom in places], 0)
