"""The bar that a release puts over the head of a page: its number and the act, in frames, level.

The sheet below it may lie crooked; the bar does not. So it is found on the page as it came, before the page
is straightened, and read by itself.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from septel.capture.model import Box
from septel.capture.regions import long_runs

HEAD = 0.036
"""The bar lies within this share of the page's height from its head."""
WIDE, WIDEST = 0.08, 0.85
"""Its frames have sides of at least and at most this share of the page's width, without a gap."""
LOW, HIGH = 0.007, 0.025
"""Their upper and lower sides are so far apart at least and at most, in shares of the page's height."""
DARK = 128
AROUND, ROUNDED = 3, 10
"""Pixels of frames above and below their straight sides, and beside them, where corners are round."""


def release_bar(image: Image.Image) -> list[Box]:
    """The frames of the bar, from left to right; none where there is no bar.

    Args:
        image: the page as it came, in 256 shades, dark on white.
    """
    width, height = image.size
    head = np.asarray(image.crop((0, 0, width, round(HEAD * height)))) < DARK
    if not head.size:
        return []
    sides = long_runs(np.ascontiguousarray(head), max(round(WIDE * width), 1))
    inked = np.flatnonzero(sides.any(axis=0))
    if not len(inked):
        return []
    stretches = np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1)
    found: list[Box] = []
    for columns in stretches:
        left, right = int(columns[0]), int(columns[-1]) + 1
        ends = _ends(np.asarray(sides[:, left:right].any(axis=1)), height)
        if WIDE * width <= right - left <= WIDEST * width and ends is not None:
            found.append(
                Box(
                    left=max(left - ROUNDED, 0),
                    top=max(ends[0] - AROUND, 0),
                    right=min(right + ROUNDED, width),
                    bottom=ends[1] + AROUND,
                )
            )
    return found


def _ends(rows: NDArray[np.bool_], height: int) -> tuple[int, int] | None:
    """The rows of the upper and the lower side of one frame."""
    places = np.flatnonzero(rows)
    for above, below in pairwise(np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)):
        if LOW * height <= below[0] - above[-1] <= HIGH * height:
            return int(above[0]), int(below[-1]) + 1
    return None
