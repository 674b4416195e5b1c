"""Typing a text onto pages as a teletype would: one pitch, uneven ink, letters a little out of line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FACES = ("courier-prime", "special-elite")
DPI = 200
WIDTH, HEIGHT = round(8.5 * DPI), 11 * DPI
PITCH = DPI / 10
"""Ten characters to the inch, as on a teletype."""
LEADING = DPI / 6
"""Six lines to the inch."""
MARGIN_LEFT, MARGIN_TOP = round(0.7 * DPI), round(0.6 * DPI)


@cache
def face_of(face: str, size: int) -> ImageFont.FreeTypeFont:
    """A type face of `FACES` at a size in pixels."""
    data = files("septel.synthesis").joinpath(f"faces/{face}.ttf")
    return ImageFont.truetype(io.BytesIO(data.read_bytes()), size)


def print_pages(text: str, *, face: str = FACES[0], seed: int = 0) -> Iterator[Image.Image]:
    """One grey page image (letter size, 200 dpi) for each page of the text; form feeds end pages.

    Args:
        text: upper or mixed case; lines of at most 75 characters fit.
        face: one of `FACES`.
        seed: the same seed gives the same pages.
    """
    font = face_of(face, round(DPI / 6.4))
    random = np.random.default_rng(seed)
    for page in text.split("\f"):
        image = Image.new("L", (WIDTH, HEIGHT), 255)
        draw = ImageDraw.Draw(image)
        for row, line in enumerate(page.strip("\n").split("\n")):
            drift = random.normal(0, 0.6)
            for column, letter in enumerate(line):
                if letter == " ":
                    continue
                x = MARGIN_LEFT + column * PITCH + random.normal(0, 0.5)
                y = MARGIN_TOP + row * LEADING + drift + random.normal(0, 0.5)
                # A worn ribbon: some letters are struck fainter than others.
                ink = int(np.clip(random.normal(25, 22), 0, 110))
                draw.text((x, y), letter, font=font, fill=ink)
        yield image
