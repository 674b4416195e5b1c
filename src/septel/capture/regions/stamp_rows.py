"""Rows of letters that stand alone at a page's head or foot, found by their ink alone.

A stamp of grade is often broken into dots, crooked or struck out: no letter of it is whole, and what looks
for letters finds none. So ink is gathered on a page made four times smaller, on which dots run together,
along rows no farther than letters of a stamp stand apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from septel.capture.model import Box
from septel.capture.regions.components import Mask, pieces

SMALLER = 4
"""The page is made so many times smaller than at 200 dpi."""
INKED = 30
"""Of 255, how much ink a pixel of it has that is gathered."""
NEAR = 7
"""Letters of one row have no more such pixels between them."""
EDGE = 0.3
"""The head and the foot of a page are so much of it each."""
SOME, FEWEST = 12, 60
"""A row has so many pixels there, and so many of ink at 200 dpi, at least."""
TAILS = 0.03
"""This share of a row's ink above its letters, and as much below, is tails and dirt."""
INK_BELOW = 150
"""Shades below this, of 255, are ink."""
LOW, HIGH, LEAST = 16, 110, 80
"""Letters are at least and at most so many pixels high at 200 dpi; a row is so wide at least."""
NARROW, LONG = 1.9, 18.0
"""A row is at least and at most so many times as wide as high."""
THIN, SOLID, OPEN = 0.09, 0.68, 0.42
"""It is ink to so large a share at least and at most, and so many of its columns have some: dirt and strokes
of a pen have less."""
MOST = 12
"""So many rows of a page are told."""


def large_rows(page: Image.Image, read: Sequence[Box], rules: Mask) -> list[Box]:
    """Rows of letters at the head and foot of a page that are not among what was read, the highest first.

    Args:
        page: straight, dark on white, at 200 dpi.
        read: the boxes of words that were read.
        rules: where rules lie.
    """
    reach = round(EDGE * page.height / SMALLER) * SMALLER
    found: list[Box] = []
    for start in (0, max(page.height - reach, reach)):
        dark = np.asarray(page.crop((0, start, page.width, min(start + reach, page.height)))) < INK_BELOW
        dark &= ~rules[start : start + len(dark)]
        for box in read:
            top, bottom = max(box.top - start, 0), box.bottom - start
            if bottom > 0:
                dark[top:bottom, max(box.left, 0) : box.right] = False
        small = Image.fromarray(dark.view(np.uint8) * np.uint8(255)).reduce(SMALLER)
        for one in pieces(_closed(np.asarray(small) > INKED), least=SOME):
            if (row := _fitted(dark, one.place)) is not None:
                found.append(replace(row, top=row.top + start, bottom=row.bottom + start))
    return sorted(found, key=lambda box: box.top - box.bottom)[:MOST]


def _closed(on: Mask) -> Mask:
    """Ink with the gaps between letters filled, along rows."""
    places = np.arange(on.shape[1])
    before = np.maximum.accumulate(np.where(on, places, -on.shape[1]), axis=1)
    behind = np.minimum.accumulate(np.where(on, places, 2 * on.shape[1])[:, ::-1], axis=1)[:, ::-1]
    closed = np.asarray(on | (behind - before <= NEAR + 1))
    # A stroke that strikes a stamp out was taken for a rule, and left a gap.
    closed[1:-1] |= closed[:-2] & closed[2:]
    return closed


def _fitted(dark: Mask, place: tuple[int, int, int, int]) -> Box | None:
    """The box around most of the ink of a place, if a stamp may be so large and has so much ink."""
    left, top, right, bottom = (SMALLER * edge for edge in place)
    ink = dark[top:bottom, left:right]
    amount = int(ink.sum())
    if amount < FEWEST:
        return None
    rows = np.cumsum(ink.sum(axis=1)) / amount
    first, last = np.searchsorted(rows, (TAILS, 1 - TAILS)).tolist()
    inked = ink[first : last + 1].any(axis=0)
    columns = np.flatnonzero(inked)
    box = Box(
        left=left + int(columns[0]), top=top + first, right=left + int(columns[-1]) + 1, bottom=top + last + 1
    )
    high, wide = box.bottom - box.top, box.right - box.left
    full = THIN <= amount / (high * wide) <= SOLID and len(columns) >= OPEN * wide
    size = LOW <= high <= HIGH and wide >= LEAST and NARROW * high <= wide <= LONG * high
    return box if full and size else None
