"""What of a page image an engine is shown: pixels made square, two facing pages one after the other.

Boxes are always given back in the image's own pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from septel.capture.model import Box, RecognisedLine

SQUARE = 1.15
"""Up to which ratio of the two resolutions pixels count as square."""
WIDEST = 4.0
"""A larger ratio is no scanner's but a mistake of the file."""
FACING = (1.15, 2.4)
"""Between which ratios of width to height a scan may hold two pages beside each other."""
_SMALL = 512
_GUTTER = 0.02
_MIDDLE = (0.38, 0.62)


@dataclass(frozen=True, slots=True)
class View:
    """A part of a page image as an engine is shown it.

    Attributes:
        image: what the engine reads.
        left: where it begins on the page image, in pixels.
        across, down: by how much it was stretched.
    """

    image: Image.Image
    left: int = 0
    across: float = 1.0
    down: float = 1.0

    def back(self, line: RecognisedLine) -> RecognisedLine:
        """A line that was seen on the view, at its place on the page image."""
        if not self.left and self.across == self.down == 1.0:
            return line
        return tuple(word.moved(self._place) for word in line)

    def _place(self, box: Box) -> Box:
        left, top = round(box.left / self.across), round(box.top / self.down)
        return Box(
            left=left + self.left,
            top=top,
            right=max(left + 1, round(box.right / self.across)) + self.left,
            bottom=max(top + 1, round(box.bottom / self.down)),
        )


def views_of(image: Image.Image, aspect: float = 1.0) -> tuple[View, ...]:
    """The views of a page image in reading order; mostly the image itself.

    Args:
        image: the page in 256 shades.
        aspect: how many pixels of its width are as long as one pixel of its height (a fax of 204 by 98
            dots per inch has 2.08).
    """
    across, down = _stretch(aspect)
    width, height = image.size
    gutter = gutter_of(image, ratio=(width * across) / max(height * down, 1))
    stretches = ((0, width),) if gutter is None else ((0, gutter), (gutter, width))
    views: list[View] = []
    for left, right in stretches:
        part = image if right - left == width else image.crop((left, 0, right, height))
        if (across, down) != (1.0, 1.0):
            size = (max(1, round(part.width * across)), max(1, round(part.height * down)))
            part = part.resize(size, Image.Resampling.BICUBIC)
        views.append(View(part, left, across, down))
    return tuple(views)


def aspect_of(resolutions: Sequence[object]) -> float:
    """How the two resolutions of an image are to each other; 1 where they are none, or no scanner's."""
    try:
        across, down = (float(str(value)) for value in resolutions[:2])
    except ValueError:
        return 1.0
    if not (across > 0 and down > 0):
        return 1.0
    aspect = across / down
    if 1 / SQUARE < aspect < SQUARE or not 1 / WIDEST <= aspect <= WIDEST:
        return 1.0
    return aspect


def _stretch(aspect: float) -> tuple[float, float]:
    """By how much to stretch across and down: nothing is made smaller, so that no letter is lost."""
    if 1 / SQUARE < aspect < SQUARE:
        return 1.0, 1.0
    return (1.0, aspect) if aspect > 1 else (1 / aspect, 1.0)


def gutter_of(image: Image.Image, *, ratio: float) -> int | None:
    """Where the gutter between two facing pages runs, in pixels from the left; None where there is none.

    It is a band near the middle that is empty from top to bottom, specks aside, with lines on both sides that
    end and begin at it; or the dark shadow of a book's fold.
    """
    if not FACING[0] <= ratio <= FACING[1]:
        return None
    scale = _SMALL / image.width
    small = image.resize((_SMALL, max(16, round(image.height * scale))), Image.Resampling.BOX)
    grey = np.asarray(small, np.float32)
    dark = grey < np.median(grey) - 24
    # Lines of type are dark runs along a row; specks are alone.
    lines = dark & (np.roll(dark, 1, axis=1) | np.roll(dark, -1, axis=1))
    rows = lines.sum(axis=1) >= 0.03 * _SMALL
    if rows.sum() < 4:
        return None
    ink = lines[rows].mean(axis=0)
    first, last = (round(share * _SMALL) for share in _MIDDLE)
    if (fold := _fold(dark, first, last)) is not None:
        return round(fold / scale)
    sides = ink[:first].mean(), ink[last:].mean()
    if min(sides) < 0.02:
        return None
    empty = ink[first:last] <= 0.15 * min(sides)
    start, length = _longest(empty)
    if length < max(3, _GUTTER * _SMALL) or not _pages(lines, first + start, first + start + length):
        return None
    return round((first + start + length / 2) / scale)


def _fold(dark: np.ndarray, first: int, last: int) -> int | None:
    """A fold's shadow: a narrow band that is dark nearly all the way down."""
    down = dark[:, first:last].mean(axis=0) > 0.85
    start, length = _longest(down)
    return first + start + length // 2 if 0 < length <= 0.08 * _SMALL else None


def _longest(flags: np.ndarray) -> tuple[int, int]:
    best = at = run = 0
    for index, flag in enumerate(flags):
        run = run + 1 if flag else 0
        if run > best:
            best, at = run, index - run + 1
    return at, best


def _pages(lines: np.ndarray, left: int, right: int) -> bool:
    """Whether both sides look like pages: each has several lines of type that are long for its width."""
    for side in (lines[:, :left], lines[:, right:]):
        if side.shape[1] < 0.3 * _SMALL:
            return False
        long = side.mean(axis=1) > 0.12
        starts = long & ~np.roll(long, 1)
        if starts.sum() < 4:
            return False
    return True
