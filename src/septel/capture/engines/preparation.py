"""Making the best of a page image before an engine sees it.

Pages are scaled to 300 dpi, straightened, divided by their background and lightly blurred. On our own worn
pages only straightening makes a clear difference; the others are kept for scans with shadows and yellowed
paper (docs/decisions/0005). Binarising and removing specks do harm at every level and are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from septel.capture.model import Box

TALL = 3300
"""The height of a letter page at 300 dpi, in pixels."""
LETTER = 11 / 8.5
"""How many times as high as wide a letter page is ..."""
LONGER, STRIP = 1.36, 2.0
"""... and from where to where a page is as wide as that and longer: legal size, or filmed with its frame."""
NEGATIVE = 96
"""A page whose middle shade is as dark is white on black."""
FAINT_INK, RUN = 40, 40
"""On a page 700 pixels wide ink paler than this is paper, and longer runs of it along a row are rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A page image made ready for an engine, and the way back to the pixels of the page.

    Attributes:
        image: what the engine sees.
        page: width and height of the page as it came.
        scale: pixels of `image` to one of the page.
        degrees: by how much the page was turned, counter-clockwise.
    """

    image: Image.Image
    page: tuple[int, int]
    scale: float = 1.0
    degrees: float = 0.0

    def back(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The upright rectangle on the page around a rectangle on the prepared image."""
        corners = self._turned(((x, y) for x in (left, right) for y in (top, bottom)), -self.degrees)
        across = [x / self.scale for x, _ in corners]
        down = [y / self.scale for _, y in corners]
        width, height = self.page
        return Box(
            left=min(max(round(min(across)), 0), width),
            top=min(max(round(min(down)), 0), height),
            right=min(max(round(max(across)), 0), width),
            bottom=min(max(round(max(down)), 0), height),
        )

    def there(self, box: Box) -> Box:
        """The upright rectangle on the prepared image around a rectangle on the page."""
        places = (
            (x * self.scale, y * self.scale) for x in (box.left, box.right) for y in (box.top, box.bottom)
        )
        corners = self._turned(places, self.degrees)
        return Box(
            left=round(min(x for x, _ in corners)),
            top=round(min(y for _, y in corners)),
            right=round(max(x for x, _ in corners)),
            bottom=round(max(y for _, y in corners)),
        )

    def _turned(self, places: Iterable[tuple[float, float]], degrees: float) -> list[tuple[float, float]]:
        """Places of the scaled page, turned about its middle, counter-clockwise."""
        turn = math.radians(degrees)
        cos, sin = math.cos(turn), math.sin(turn)
        across, down = self.image.width / 2, self.image.height / 2
        return [
            (cos * (x - across) + sin * (y - down) + across, -sin * (x - across) + cos * (y - down) + down)
            for x, y in places
        ]


def prepare(image: Image.Image, *, blur: float = 1.0, tall: int = TALL) -> Prepared:
    """The page ready for an engine.

    Args:
        image: the page as it came.
        blur: radius of the last, light blur in pixels; RapidOCR does better without.
        tall: how high a letter page is to be, in pixels.
    """
    grey = image.convert("L")
    long = _height_of_letter(grey.size)
    scale = min(max(tall / long, 0.3), 3.0) if long else 1.0
    if abs(scale - 1.0) > 0.15:
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BOX)
    else:
        scale = 1.0
    angle = skew(grey)
    if abs(angle) < 0.15:
        angle = 0.0
    else:
        grey = grey.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_paper(grey))
    # A scan in black and white has no shadows to take away.
    ready = grey if in_black_and_white(image) else even(grey)
    if blur:
        ready = ready.filter(ImageFilter.GaussianBlur(blur))
    return Prepared(image=ready, page=image.size, scale=scale, degrees=angle)


def _height_of_letter(size: tuple[int, int]) -> float:
    """How many pixels of a page of some size are the height of a letter page."""
    width, height = size
    if width and LONGER < height / width < STRIP:
        return width * LETTER
    return max(size)


def in_black_and_white(image: Image.Image) -> bool:
    """Whether an image has two shades only."""
    return image.mode == "1" or sum(1 for count in image.convert("L").histogram() if count) <= 2


def dark_on_white(image: Image.Image) -> Image.Image:
    """The page with dark letters: a negative turned into a positive."""
    width, height = image.size
    middle = image.crop((width // 10, height // 10, width - width // 10, height - height // 10))
    small = np.asarray(middle.convert("L").resize((64, 64), Image.Resampling.BOX))
    return ImageOps.invert(image.convert("L")) if float(np.median(small)) < NEGATIVE else image


def _paper(grey: Image.Image) -> int:
    return int(np.percentile(np.asarray(grey.resize((64, 64))), 90))


def even(grey: Image.Image) -> Image.Image:
    """The page divided by its own background, so that shadows and yellowed edges turn white."""
    small = grey.resize((max(1, grey.width // 8), max(1, grey.height // 8)), Image.Resampling.BOX)
    background = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(8))
    wide = np.asarray(background.resize(grey.size, Image.Resampling.BILINEAR), np.float32)
    page = np.asarray(grey, np.float32)
    return Image.fromarray(np.clip(page / np.maximum(wide, 16.0) * 250.0, 0, 255).astype(np.uint8))


def strips(image: Image.Image, *, count: int = 3) -> list[Image.Image]:
    """The fullest strip of each part of a straight page, some two lines high, for a first look.

    Args:
        image: a page as `prepare` makes it, six lines of type or so to the inch at 300 dpi.
        count: into how many parts the page is divided; parts without ink give no strip.
    """
    small = np.asarray(image.resize((max(1, image.width // 4), max(1, image.height // 4))), np.float32)
    ink = np.clip((200 - small) / 150, 0, 1)
    rows = ink.sum(axis=1)
    high = 34
    if len(rows) < 2 * high:
        return [image] if rows.sum() > 0 else []
    found = []
    edges = np.linspace(0, len(rows), count + 1).astype(int)
    sums = np.convolve(rows, np.ones(high), "valid")
    for first, last in pairwise(edges):
        here = sums[first : max(first + 1, min(last, len(sums)))]
        if not len(here) or here.max() < high:
            continue
        top = int(first + here.argmax())
        top = _whitest(rows, top)
        bottom = _whitest(rows, min(top + high, len(rows) - 1))
        if bottom - top > high // 2:
            found.append(image.crop((0, 4 * top, image.width, 4 * bottom)))
    return found


def _whitest(rows: NDArray[np.float32], near: int) -> int:
    """The row with the least ink close by: between two lines."""
    first = max(0, near - 7)
    return int(first + rows[first : near + 8].argmin())


def inked(image: Image.Image) -> float:
    """The share of the page's middle that is much darker than its paper; edges are left out for shadows."""
    grey = image.convert("L")
    width, height = grey.size
    box = (width // 10, height // 10, max(width - width // 10, 1), max(height - height // 10, 1))
    middle = np.asarray(grey.crop(box))
    if not middle.size:
        return 0.0
    return float((middle < float(np.percentile(middle, 90)) - 90).mean())


def skew(grey: Image.Image) -> float:
    """By how many degrees (counter-clockwise) to turn the page so that its lines lie level.

    The right angle makes the rows' sums of ink differ most (projection profile).
    """
    small = grey.copy()
    small.thumbnail((700, 900), Image.Resampling.BOX)
    ink = 255.0 - np.asarray(small, np.float32)
    ink = np.maximum(ink - np.percentile(ink, 70), 0)
    # The edge of a scan and the bar of a release are level on a sheet that is not.
    return _crook(ink) or _crook(_without_level_rules(ink))


def _crook(ink: NDArray[np.float32]) -> float:
    """By how many degrees a small page is crooked, by its ink; nought where that is not clear."""
    if not ink.any():
        return 0.0
    # Every second column will do; laid out as rows they are quicker to add.
    columns = np.ascontiguousarray(ink[:, ::2].T, np.float64)
    away = np.arange(0, ink.shape[1], 2) - ink.shape[1] / 2
    coarse = max(np.arange(-4.0, 4.01, 0.5), key=lambda a: _sharpness(columns, away, float(a)))
    fine = np.arange(coarse - 0.4, coarse + 0.41, 0.1)
    best = float(max(fine, key=lambda a: _sharpness(columns, away, float(a))))
    # The profile is sharpest when its columns are moved as the lines fall; the page is turned the other way.
    return -best if _sharpness(columns, away, best) > 1.02 * _sharpness(columns, away, 0.0) else 0.0


def _without_level_rules(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """The ink of a small page without runs along a row that are longer than words are.

    The edge of a scan and the bar of a release lie level on a sheet that is crooked, and are sharper than any
    row of letters. Rules that are crooked with the sheet make shorter runs.
    """
    dark = np.pad(ink > FAINT_INK, ((0, 0), (1, 1)))
    rows, ends = np.nonzero(np.diff(dark.view(np.int8), axis=1))
    runs = zip(rows[::2].tolist(), ends[::2].tolist(), ends[1::2].tolist(), strict=True)
    out = ink.copy()
    for row, first, last in runs:
        if last - first > RUN:
            out[row, first:last] = 0
    return out


def _sharpness(columns: NDArray[np.float64], away: NDArray[np.float64], degrees: float) -> float:
    """How much rows of ink differ from their neighbours once columns are moved by this slope.

    Args:
        columns: ink of some columns of a page, column by column.
        away: how far right of the page's middle each of them is.
        degrees: of the slope.
    """
    rows = columns.shape[1]
    shift = np.round(np.tan(np.radians(degrees)) * away).astype(int)
    base = int(abs(shift).max(initial=0))
    profile = np.zeros(rows + 2 * base + 1)
    # Neighbours that are moved alike are added first.
    firsts = np.flatnonzero(np.diff(shift, prepend=shift[:1] - 1))
    for moved, by in zip(np.add.reduceat(columns, firsts, axis=0), shift[firsts].tolist(), strict=True):
        profile[base + by : base + by + rows] += moved
    return float(np.square(np.diff(profile)).sum())
