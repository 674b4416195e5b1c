"""What the readers of type and of print share: paper over what is read, bars turned, weights of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image, ImageOps

from septel.capture.model import Box, RecognisedLine, RecognisedWord
from septel.capture.regions import pieces

CELL = 8
"""Pixels to half a side of the squares in which the ink of bars is counted."""
BAR = 140.0
"""Squares of a bar with white letters are darker than this, of 255."""
SOLID = 0.8
"""The least share of a bar's rectangle that is as dark."""
LOW, HIGH, WIDE = 3, 14, 2
"""The least and largest height of a bar in double squares, and its least width in heights."""
SPARSE = 11
"""Tesseract's page mode for words here and there."""


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


def bare(text: str) -> str:
    """The letters and figures of a text, in capitals."""
    return "".join(filter(str.isalnum, text.upper()))


def middle_of(line: Sequence[RecognisedWord]) -> float:
    """The height at which a line of words stands."""
    return sum(word.box.top + word.box.bottom for word in line) / (2 * len(line))


def letters_of(line: RecognisedLine) -> int:
    """How many letters and figures a line has."""
    return sum(character.isalnum() for word in line for character in word.text)


def sureness(line: RecognisedLine) -> float:
    """The mean of the reader's figures for a line's words, by their letters; from 0 to 100."""
    weighed = [(max(sum(map(str.isalnum, word.text)), 0.1), word.confidence or 0.0) for word in line]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * sure for weight, sure in weighed) / total if total else 0.0
