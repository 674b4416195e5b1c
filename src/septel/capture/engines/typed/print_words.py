"""What is left of a page when its type is taken away, and reading it with the reader of print.

Form labels, letterheads, release bars, stamps: print of many widths, often small, in cells of a form. It is
read in one pass over the page on which type was painted over, so that time goes into what is left, and the
reader of print lays it out without the type in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from septel.capture.engines.preparation import Prepared
from septel.capture.engines.tesseract import recognised
from septel.capture.model import Box, RecognisedLine
from septel.capture.regions import pieces

FINE = 2640
"""The longer side, in pixels, at which print is read: 240 to the inch of letter paper. On twelve pages (folds
1 to 3 of the development scans) the reader of print found as many words as at 300, in less time."""
CELL = 8
"""Pixels to a side of the squares in which ink is counted."""
GREY, BLACK = 0.08, 0.75
"""The least and largest share of ink of a square that letters stand in; rules and edges have more or less."""
LETTERS = 60
"""Where fewer such squares are left there is nothing to read: a word has as many."""
LINE, AROUND = 2, 4
"""The fewest such squares of a row that something stands on, and so many rows of squares above and below it
are shown as well."""
BAR = 140.0
"""Squares of a bar with white letters are darker than this, of 255."""
SOLID = 0.8
"""The least share of a bar's rectangle that is as dark."""
LOW, HIGH, WIDE = 3, 14, 2
"""The least and largest height of a bar in double squares, and its least width in heights."""
SPARSE, BLUR = 11, 1.0
"""Tesseract's page mode for words here and there, and the radius of a light blur. Of nine ways to read six
pages with print (folds 1 to 3 of the development scans) this was the best or as good on four, nearly so on a
fifth."""
LEVEL = 0.3
"""Lines that fall or rise by fewer degrees are read as they are."""


def painted_over(image: Image.Image, boxes: Iterable[Box], by: int = 2) -> Image.Image:
    """The page with white paper where boxes are, and so many pixels around them.

    Args:
        image: in 256 shades, dark on white.
        boxes: in its pixels.
        by: pixels.
    """
    rest = image.copy()
    for box in boxes:
        place = (max(box.left - by, 0), max(box.top - by, 0), box.right + by, box.bottom + by)
        rest.paste(255, place)
    return rest


def with_bars_turned(image: Image.Image) -> Image.Image:
    """The page with white letters on black bars turned into black ones on white.

    Args:
        image: in 256 shades.
    """
    small = np.asarray(image.reduce(2 * CELL), np.float32)
    turned = image
    for bar in pieces(small < BAR):
        solid = bar.amount >= SOLID * bar.wide * bar.high
        if solid and LOW <= bar.high <= HIGH and bar.wide >= WIDE * bar.high:
            turned = image.copy() if turned is image else turned
            left, top, right, bottom = (2 * CELL * edge for edge in bar.place)
            turned.paste(ImageOps.invert(image.crop((left, top, right, bottom))), (left, top))
    return turned


def holds_text(image: Image.Image) -> bool:
    """Whether there may be a word or more on what is left of a page."""
    return int(_letter_squares(image).sum()) >= LETTERS


def printed_lines(image: Image.Image, degrees: float = 0.0) -> list[RecognisedLine]:
    """What the reader of print makes of a page, line by line, in the page's pixels.

    Args:
        image: in 256 shades.
        degrees: by how much to turn it, counter-clockwise, so that its lines lie level.

    Raises:
        MissingPart: its model is not installed.
        EngineFailure: it gave no answer.
    """
    scale = FINE / max(image.size)
    fine = with_bars_turned(_scaled(image, scale) if scale > 1.0 else image)
    if scale < 1.0:
        fine = _scaled(fine, scale)
    if abs(degrees) < LEVEL:
        degrees = 0.0
    else:
        fine = fine.rotate(degrees, resample=Image.Resampling.BILINEAR, fillcolor=255)
    ready = Prepared(image=fine, page=image.size, scale=scale, degrees=degrees)
    stretches = _inked(fine)
    if not stretches:
        return []
    shown = _stacked(fine, stretches)
    # To make an image smaller blurs it enough.
    if scale >= 1.0:
        shown = shown.filter(ImageFilter.GaussianBlur(BLUR))
    lines = recognised(shown, mode=SPARSE, capitals=False, inverted=False)

    def there(box: Box) -> Box:
        down = _shift((box.top + box.bottom) / 2, stretches)
        return ready.back(box.left, box.top + down, box.right, box.bottom + down)

    return [tuple(word.moved(there) for word in line) for line in lines]


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    size = (round(image.width * scale), round(image.height * scale))
    return image.resize(size, Image.Resampling.BICUBIC if scale > 1.0 else Image.Resampling.BOX)


def _inked(image: Image.Image) -> list[tuple[int, int]]:
    """The stretches of rows that something stands on, from top to bottom: the first, and the one after it."""
    squares = _letter_squares(image)
    marked = np.zeros(len(squares) + 2 * AROUND + 1, np.int32)
    rows = np.flatnonzero(squares.sum(axis=1) >= LINE)
    np.add.at(marked, rows, 1)
    np.add.at(marked, rows + 2 * AROUND + 1, -1)
    edges = np.flatnonzero(np.diff(np.cumsum(marked) > 0, prepend=False, append=False))
    return [
        (max(CELL * (int(first) - AROUND), 0), min(CELL * (int(last) - AROUND), image.height))
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]


def _stacked(image: Image.Image, stretches: Sequence[tuple[int, int]]) -> Image.Image:
    """Stretches of a page under one another; the reader of print takes its time for empty paper, too."""
    out = Image.new("L", (image.width, sum(last - first for first, last in stretches)), 255)
    at = 0
    for first, last in stretches:
        out.paste(image.crop((0, first, image.width, last)), (0, at))
        at += last - first
    return out


def _shift(row: float, stretches: Sequence[tuple[int, int]]) -> int:
    """How far below a row of stacked stretches its place on the page is."""
    at = 0
    for first, last in stretches:
        if row < at + last - first:
            return first - at
        at += last - first
    return stretches[-1][1] - at


def _letter_squares(image: Image.Image) -> NDArray[np.bool_]:
    """Which squares of a page, of `CELL` pixels to a side, letters may stand in."""
    ink = 1.0 - np.asarray(image.reduce(CELL), np.float32) / 255.0
    return np.asarray((ink > GREY) & (ink < BLACK))


def letters_of(line: RecognisedLine) -> int:
    """How many letters and figures a line has."""
    return sum(character.isalnum() for word in line for character in word.text)


def sureness(line: RecognisedLine) -> float:
    """The mean of the reader's figures for a line's words, by their letters; from 0 to 100."""
    weighed = [(max(sum(map(str.isalnum, word.text)), 0.1), word.confidence or 0.0) for word in line]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * sure for weight, sure in weighed) / total if total else 0.0
