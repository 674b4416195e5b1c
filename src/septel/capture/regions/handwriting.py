"""Handwriting: strokes much taller than type, thin, bent, and where no typed word was read.

What is typed is taken away first, by the boxes of the words that an engine read (`typed_boxes`). Of what is
left, pieces of ink that are tall, wide and hold more paper than ink, and that no straight rule, solid blot or
rows of type run together explain, are strokes of a pen; those near each other are one piece of writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from PIL import Image, ImageFilter

from septel.capture.model import Box, LayerLine
from septel.capture.regions.components import Component, Mask, Rectangle, clear, joined, pieces

TALL, BROAD = 22, 14
"""The least height and width of a stroke in pixels of the small page; type stands 10 high."""
AIRY = 0.5
"""The largest share of a stroke's rectangle that is ink."""
THICK = 0.3
"""The largest share of a stroke's ink that lies deep inside it: a pen's line is thin, also where it bled."""
VALLEY = 0.3
"""A row of so small a share of the ink of rows above and below it parts two rows of type run together."""
BENT = 0.25
"""A stroke fills at least so much of its rows and columns: a rule or a row of specks doesn't."""
APART = 30
"""Strokes of one piece of writing are no farther apart, in pixels."""
LONG = 36
"""The least width of a piece of writing, or height of a single tall stroke, in pixels."""
PART = 0.6
"""A stroke of which more lies in the boxes of typed words is type run together."""
LIKE_TYPE = (0.6, 1.6)
"""Words so many times as high as the page's words are typed; others may be writing read as words ..."""
SURE, ENOUGH = 60.0, 3
"""... unless the engine is so sure of them (of 100) and they have so many letters, as those of stamps."""


def written(dark: Mask, typed: Sequence[Rectangle]) -> list[Rectangle]:
    """The rectangles of handwriting on a small page.

    Args:
        dark: where there is ink, without excisions and frames.
        typed: the boxes of typed words, in the same pixels.
    """
    read = dark & ~clear(dark, typed, 2)
    rest = dark & ~read
    for one in pieces(dark, least=TALL):
        # Of a pen's stroke an engine may take a part for a word.
        if one.high >= TALL and one.share(read) < PART:
            one.put(rest)
    closed = np.asarray(Image.fromarray((~rest).astype(np.uint8) * 255).filter(ImageFilter.MinFilter(3))) == 0
    strokes = [one.place for one in pieces(closed, least=TALL) if _is_stroke(one, rest)]
    return [place for place in joined(strokes, APART) if _is_writing(place)]


def typed_boxes(lines: Sequence[LayerLine]) -> list[Box]:
    """The boxes of those words that are typed or stamped and not perhaps written by hand."""
    words = [word for line in lines for word in line.words if word.box]
    heights = [word.box.bottom - word.box.top for word in words if word.box]
    if not heights:
        return []
    usual = median(heights)
    return [
        word.box
        for word, high in zip(words, heights, strict=True)
        if word.box
        if LIKE_TYPE[0] <= high / usual <= LIKE_TYPE[1]
        or ((word.confidence or 0.0) >= SURE and sum(map(str.isalnum, word.text)) >= ENOUGH)
    ]


def _is_writing(place: Rectangle) -> bool:
    return place[2] - place[0] >= LONG


def _is_stroke(piece: Component, page: Mask) -> bool:
    left, top, right, bottom = piece.place
    high, wide = piece.high, piece.wide
    if high < TALL or wide < BROAD or high > page.shape[0] // 3 or wide > 0.8 * page.shape[1]:
        return False
    if left <= 2 or top <= 2 or right >= page.shape[1] - 2 or bottom >= page.shape[0] - 2:
        return False
    ink = piece.ink & page[top:bottom, left:right]
    amount = int(ink.sum())
    if not amount or amount / (high * wide) > AIRY:
        return False
    padded = np.pad(ink, 2)
    deep = np.ones_like(ink)
    for row in range(5):
        for column in range(5):
            deep &= padded[row : row + high, column : column + wide]
    rows, columns = ink.any(axis=1).mean(), ink.any(axis=0).mean()
    thin = deep.sum() <= THICK * amount
    return bool(thin and rows >= 1 - BENT and columns >= 1 - BENT and not _in_rows(ink))


def _in_rows(ink: Mask) -> bool:
    """Whether a nearly empty row lies between two full ones, as between rows of type."""
    amounts = ink.sum(axis=1)
    above = np.maximum.accumulate(amounts)
    below = np.maximum.accumulate(amounts[::-1])[::-1]
    return bool((amounts < VALLEY * np.minimum(above, below)).any())
