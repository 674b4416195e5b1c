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
ASIDE = 0.8
"""The columns of a page that may lie on its side rise and fall by at least this share of what its rows do: of
44 pages of the development scans two that are upright do, and all that are turned."""
MIN_SIDE = 16
"""Pixels: a smaller picture has no line of text."""
_SMALL = 512
_GUTTER = 0.02
_FRAME = 0.85
"""A row or column beside the edge that is dark for this share of its length is what lay around the sheet."""
_MIDDLE = (0.38, 0.62)


@dataclass(frozen=True, slots=True)
class View:
    """A part of a page image as an engine is shown it.

    Attributes:
        image: what the engine reads.
        left, top: where it begins on the page image, in pixels.
        across, down: by how much it was stretched.
    """

    image: Image.Image
    left: int = 0
    top: int = 0
    across: float = 1.0
    down: float = 1.0

    def back(self, line: RecognisedLine) -> RecognisedLine:
        """A line that was seen on the view, at its place on the page image."""
        if not self.left and not self.top and self.across == self.down == 1.0:
            return line
        return tuple(word.moved(self._place) for word in line)

    def _place(self, box: Box) -> Box:
        left, top = round(box.left / self.across), round(box.top / self.down)
        return Box(
            left=left + self.left,
            top=top + self.top,
            right=max(left + 1, round(box.right / self.across)) + self.left,
            bottom=max(top + 1, round(box.bottom / self.down)) + self.top,
        )


def views_of(image: Image.Image, aspect: float = 1.0) -> tuple[View, ...]:
    """The views of a page image in reading order; mostly the image itself.

    Args:
        image: the page in 256 shades.
        aspect: how many pixels of its width are as long as one pixel of its height (a fax of 204 by 98
            dots per inch has 2.08).
    """
    across, down = _stretch(aspect)
    return tuple(
        View(
            _stretched(image.crop(box) if box != (0, 0, *image.size) else image, across, down),
            *box[:2],
            across,
            down,
        )
        for box in _pages_on(image, image.width * across / max(image.height * down, 1))
    )


def _pages_on(image: Image.Image, ratio: float) -> tuple[tuple[int, int, int, int], ...]:
    """The boxes of the pages that an image holds, from the left; from the top where it lies on its side."""
    width, height = image.size
    if (gutter := gutter_of(image, ratio=ratio)) is not None:
        halves = (0, 0, gutter, height), (gutter, 0, width, height)
        # Between the lines of a page on its side is white paper from top to bottom, too.
        if not (may_lie_aside(image) and any(may_lie_aside(image.crop(half)) for half in halves)):
            return halves
    if may_lie_aside(image):
        side = image.transpose(Image.Transpose.ROTATE_90)
        if (gutter := gutter_of(side, ratio=1 / ratio)) is not None:
            # What a quarter turn brings to the left was on top.
            return (0, 0, width, gutter), (0, gutter, width, height)
    return ((0, 0, width, height),)


def _stretched(image: Image.Image, across: float, down: float) -> Image.Image:
    if (across, down) == (1.0, 1.0):
        return image
    size = (max(1, round(image.width * across)), max(1, round(image.height * down)))
    return image.resize(size, Image.Resampling.BICUBIC)


def read_in_order(
    views: Sequence[View], lines: Sequence[Sequence[RecognisedLine]]
) -> tuple[RecognisedLine, ...]:
    """The lines of all views at their places on the image, page after page as people read them.

    On an image that lies on its head, or on its side, the page that is read first may stand last: its lines
    run from right to left, or upwards.
    """
    placed = [list(map(view.back, seen)) for view, seen in zip(views, lines, strict=True)]
    if len(views) > 1:
        upwards = views[-1].top > 0
        runs = sum(
            _middle(line[-1].box, upwards) - _middle(line[0].box, upwards) for seen in placed for line in seen
        )
        if runs < 0:
            placed.reverse()
    return tuple(line for seen in placed for line in seen)


def _middle(box: Box, upwards: bool) -> float:
    return (box.top + box.bottom) / 2 if upwards else (box.left + box.right) / 2


def may_lie_aside(image: Image.Image) -> bool:
    """Whether a page may lie on its side: lines of text make rows rise and fall, and columns hardly."""
    small = image.convert("L").reduce(max(1, max(image.size) // 800))
    width, height = small.size
    if min(width, height) < MIN_SIDE:
        return False  # too small for any line of text
    small = small.crop((width // 10, height // 10, width - width // 10, height - height // 10))
    # Edges and blots weigh no more than text does.
    ink = np.minimum(1.0 - np.asarray(small, np.float32) / 255.0, 0.6)
    rows, columns = (float(np.square(np.diff(ink.mean(axis=axis))).mean()) for axis in (1, 0))
    return columns >= ASIDE * rows


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
    dark = _unframed(grey < np.median(grey) - 24)
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


def _unframed(dark: np.ndarray) -> np.ndarray:
    """The same without the dark border that a camera or a copier leaves around a sheet."""
    kept = dark.copy()
    for page in (kept, kept.T, kept[::-1], kept.T[::-1]):
        for row in page[: len(page) // 5]:
            if row.mean() <= _FRAME:
                break
            row[:] = False
    return kept


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
