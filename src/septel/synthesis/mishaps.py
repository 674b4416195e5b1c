"""What else happens to typed pages than copies of copies: carbons, faxes, halftones, clogged type.

Readers and gauges that learn from one kind of wear alone know that wear, and not letters. So each of these is
crude, its strength is drawn anew for each page, and what counts is that there are many, alone and together.
Page images are grey, dark on white, at 200 dpi.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Ink = NDArray[np.float32]
Mishap = Callable[[Image.Image, np.random.Generator], Image.Image]


def at_the_machine(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """The page after one or two mishaps that come before it is copied."""
    return _befallen(page, _AT_THE_MACHINE, random)


def in_the_archive(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """The page after one or two mishaps that come after it was copied."""
    return _befallen(page, _IN_THE_ARCHIVE, random)


def carbon(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A carbon copy: soft, grey, with the grain of the paper in its letters."""
    ink = _ink(page.filter(ImageFilter.GaussianBlur(random.uniform(0.8, 1.9))))
    ink = np.clip(ink * np.float32(random.uniform(1.0, 1.6)), 0, 1)
    grain = 1 - random.uniform(0.1, 0.6) * _noise(ink.shape, int(random.integers(1, 4)), random)
    return _page(ink * grain * np.float32(random.uniform(0.4, 0.85)))


def mottle(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A ribbon that gives ink in some places and not in others, about as large as parts of letters."""
    ink = _ink(page)
    lost = _noise(ink.shape, int(random.integers(4, 14)), random) - random.uniform(0.25, 0.6)
    return _page(ink * (1 - np.clip(lost * random.uniform(1.0, 3.0), 0, 0.95)))


def starve(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Letters gone thin, more so over some parts of the page."""
    thin = page.filter(ImageFilter.MaxFilter(3))
    return _blend(page, thin, random)


def fatten(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Letters gone thick, their holes filled in places."""
    fat = page.filter(ImageFilter.MinFilter(3))
    if random.random() < 0.35:
        fat = fat.filter(ImageFilter.MinFilter(3))
    return _blend(page, fat, random)


def clog(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Type whose holes are full of old ink: what lies between close strokes is dark, here and there."""
    closed = page.filter(ImageFilter.MinFilter(5)).filter(ImageFilter.MaxFilter(5))
    ink, full = _ink(page), _ink(closed)
    where = np.clip((_noise(ink.shape, 22, random) - random.uniform(0.4, 0.65)) * 6, 0, 1)
    return _page(ink + (full - ink) * where * np.float32(random.uniform(0.4, 1.0)))


def strike_twice(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Everything shows twice, a little apart: a slipped sheet, or a carbon that moved."""
    moved = ImageChops.offset(page, int(random.integers(1, 4)), int(random.integers(-2, 3)))
    pale = _page(_ink(moved) * np.float32(random.uniform(0.25, 0.8)))
    return ImageChops.darker(page, pale)


def half_strike(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Bands, about as high as letters, in which heads or feet of letters are pale."""
    rows = page.height
    bands = np.interp(np.arange(rows), np.linspace(0, rows, rows // 9), random.random(rows // 9))
    lost = np.clip((bands - random.uniform(0.45, 0.75)) * 4, 0, random.uniform(0.5, 0.95))
    return _page(_ink(page) * (1 - lost[:, None]).astype(np.float32))


def streak(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A drum that printed nothing, or always, along some columns of the page; seldom along rows."""
    ink = _ink(page)
    if across := random.random() < 0.25:
        ink = ink.T.copy()
    for _ in range(int(random.integers(2, 12))):
        at, wide = int(random.integers(0, ink.shape[1] - 12)), int(random.integers(1, 7))
        if random.random() < 0.7:
            ink[:, at : at + wide] *= np.float32(random.uniform(0.0, 0.6))
        else:
            ink[:, at : at + min(wide, 2)] += np.float32(random.uniform(0.15, 0.6))
    return _page(ink.T if across else ink)


def blot(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Drops, scratches and strokes of a pencil over the type."""
    marked = page.copy()
    draw = ImageDraw.Draw(marked)
    for _ in range(int(random.integers(10, 90))):
        x, y = random.uniform(0, page.width), random.uniform(0, page.height)
        wide = random.exponential(3.0) + 1
        high = wide * random.uniform(0.4, 1.8)
        shade = int(random.uniform(0, 110)) if random.random() < 0.7 else 255
        draw.ellipse((x - wide, y - high, x + wide, y + high), fill=shade)
    for _ in range(int(random.integers(0, 14))):
        x, y = random.uniform(0, page.width), random.uniform(0, page.height)
        turn = random.uniform(0, 2 * np.pi)
        points = [(x, y)]
        for _ in range(int(random.integers(2, 9))):
            turn += random.normal(0, 0.5)
            x, y = x + 45 * np.cos(turn), y + 45 * np.sin(turn)
            points.append((x, y))
        shade = int(random.uniform(20, 190)) if random.random() < 0.8 else 255
        draw.line(points, fill=shade, width=int(random.integers(1, 4)))
    return marked


def show_through(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """The back of the sheet shows through, mirrored, soft and pale."""
    aside, down = int(random.integers(-60, 60)), int(random.integers(0, 400))
    back = ImageChops.offset(ImageOps.mirror(page), aside, down)
    soft = _ink(back.filter(ImageFilter.GaussianBlur(random.uniform(1.0, 3.0))))
    return ImageChops.multiply(page, _page(soft * np.float32(random.uniform(0.1, 0.45))))


def screen(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A halftone: dots of a screen, or scattered ones, in place of greys."""
    grey = np.asarray(page.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.2))), np.float32)
    grey = random.uniform(20, 70) + grey * np.float32(random.uniform(0.55, 0.8))
    if random.random() < 0.4:
        return Image.fromarray(grey.astype(np.uint8)).convert("1").convert("L")
    period, angle = random.uniform(2.2, 4.5), random.uniform(0, np.pi / 2)
    down, across = np.mgrid[0 : page.height, 0 : page.width].astype(np.float32)
    along = (across * np.cos(angle) + down * np.sin(angle)) * np.float32(2 * np.pi / period)
    aside = (down * np.cos(angle) - across * np.sin(angle)) * np.float32(2 * np.pi / period)
    limit = 128 + random.uniform(30, 70) * (np.sin(along) + np.sin(aside)) / 2
    return Image.fromarray(np.where(grey > limit, 255, 0).astype(np.uint8))


def fax(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A telecopy: 100 or 200 rows to the inch, two shades."""
    small = page.resize(
        (page.width, round(page.height * random.choice([0.49, 0.98]))), Image.Resampling.BILINEAR
    )
    limit = int(random.uniform(110, 190))
    two = small.point(lambda shade: 255 * (shade > limit))
    how = Image.Resampling.NEAREST if random.random() < 0.5 else Image.Resampling.BICUBIC
    return two.resize(page.size, how)


def fewer_dots(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A scan of 90 to 150 dots to the inch."""
    share = random.uniform(0.45, 0.75)
    small = page.resize((round(page.width * share), round(page.height * share)), Image.Resampling.BILINEAR)
    return small.resize(page.size, Image.Resampling.BICUBIC)


def press(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A picture that was pressed hard (JPEG)."""
    held = io.BytesIO()
    page.save(held, "JPEG", quality=int(random.integers(6, 40)))
    return Image.open(held).convert("L")


def two_shades(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A bitonal scan with ragged edges, its limit not the same all over the page."""
    grey = np.asarray(page, np.float32)
    limit = random.uniform(100, 190) + 60 * (_noise(grey.shape, 300, random) - 0.5)
    ragged = random.normal(0, random.uniform(2, 45), grey.shape)
    two = Image.fromarray(np.where(grey + ragged > limit, 255, 0).astype(np.uint8))
    return two.filter(ImageFilter.MedianFilter(3)) if random.random() < 0.3 else two


def grey_paper(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Grey, cloudy paper and little contrast."""
    ink = _ink(page) * np.float32(random.uniform(0.3, 0.7))
    paper = random.uniform(0.05, 0.4) * _noise(ink.shape, int(random.integers(30, 300)), random)
    fine = random.normal(0, random.uniform(0.005, 0.05), ink.shape)
    return _page(ink + paper + fine)


_AT_THE_MACHINE: tuple[Mishap, ...] = (carbon, mottle, starve, fatten, clog, strike_twice, half_strike)
_IN_THE_ARCHIVE: tuple[Mishap, ...] = (
    streak, blot, show_through, screen, fax, fewer_dots, press, two_shades, grey_paper, starve, fatten,
)  # fmt: skip


def _befallen(page: Image.Image, mishaps: tuple[Mishap, ...], random: np.random.Generator) -> Image.Image:
    for at in random.permutation(len(mishaps))[: int(random.integers(1, 3))]:
        page = mishaps[int(at)](page, random)
    return page


def _blend(page: Image.Image, other: Image.Image, random: np.random.Generator) -> Image.Image:
    """One page here, the other there, and between them softly."""
    a, b = _ink(page), _ink(other)
    clouds = _noise(a.shape, int(random.integers(20, 400)), random)
    share = np.clip(clouds * 2.5 - random.uniform(0, 1.2), 0, 1)
    return _page(a + (b - a) * share.astype(np.float32))


def _noise(shape: tuple[int, ...], size: int, random: np.random.Generator) -> Ink:
    """Smooth noise from zero to one; its clouds are about `size` pixels wide."""
    rows, columns = shape[0] // size + 2, shape[1] // size + 2
    small = Image.fromarray((random.random((rows, columns)) * 255).astype(np.uint8))
    wide = small.resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(wide, np.float32) / np.float32(255)


def _ink(page: Image.Image) -> Ink:
    return 1 - np.asarray(page.convert("L"), np.float32) / np.float32(255)


def _page(ink: NDArray[np.floating]) -> Image.Image:
    return Image.fromarray(np.clip(255 - 255 * ink, 0, 255).astype(np.uint8))
