"""What generations of copying do to a page; four named levels, seeded.

Each generation of a copier blurs, hardens the contrast, lets ink spread or starve, and adds dirt; the last
scan adds skew, shadow and grain. The levels were set by looking at released pages and by the error rates
that an engine shows on them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Pixels = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How worn a page is.

    Attributes:
        generations: copies of copies.
        blur: of each generation, in pixels at 200 dpi.
        spread: how far, at most, the threshold of each copy strays (ink spreads or starves).
        patches: how unevenly the copier inks over the page, from zero to one.
        specks: dirt per square inch.
        skew: the most degrees that the page lies askew.
        shadow: how dark the edges get, from zero to one.
        grain: noise of the last scan, in grey values.
    """

    generations: int
    blur: float
    spread: float
    patches: float
    specks: float
    skew: float
    shadow: float
    grain: float


LEVELS = {
    "clean": Level(
        generations=1, blur=0.5, spread=0.02, patches=0.02, specks=0.3, skew=0.2, shadow=0.0, grain=4
    ),
    "photocopy": Level(
        generations=2, blur=0.95, spread=0.05, patches=0.1, specks=4, skew=0.8, shadow=0.15, grain=8
    ),
    "bad photocopy": Level(
        generations=3, blur=1.2, spread=0.05, patches=0.2, specks=8, skew=1.2, shadow=0.3, grain=14
    ),
    "ghastly": Level(
        generations=4, blur=1.35, spread=0.06, patches=0.27, specks=18, skew=1.5, shadow=0.45, grain=20
    ),
}
"""The last is as hard for the default engine as the real telegram was for its own (docs/degrading.md)."""


def degrade(image: Image.Image, level: str | Level, *, seed: int = 0) -> Image.Image:
    """A page worn to a level of `LEVELS`, or as a `Level` says; the same seed gives the same page.

    Raises:
        KeyError: there is no such level.
    """
    how = LEVELS[level] if isinstance(level, str) else level
    random = np.random.default_rng(seed)
    page = image.convert("L").rotate(
        random.uniform(-how.skew, how.skew), resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    for generation in range(how.generations):
        page = _copy(page, how, random, last=generation == how.generations - 1)
    return _scan(page, how, random)


def _copy(page: Image.Image, how: Level, random: np.random.Generator, *, last: bool) -> Image.Image:
    blurred = page.filter(ImageFilter.GaussianBlur(how.blur * random.uniform(0.8, 1.2)))
    grey = np.asarray(blurred, np.float32) / 255.0
    # Cut off at one deviation: pages of a level are of a kind, whatever their seed.
    stray = how.spread * float(np.clip(random.normal(), -1, 1))
    middle = 0.62 + stray + how.patches * _clouds(grey.shape, random, 260)
    middle += 0.35 * how.patches * _clouds(grey.shape, random, 9)
    softness = 0.10 if last else 0.06
    inked = 1.0 / (1.0 + np.exp(-(grey - middle) / softness))
    copied = Image.fromarray((inked * 255).astype(np.uint8))
    _dirty(copied, how.specks / how.generations, random)
    return copied


def _clouds(shape: tuple[int, ...], random: np.random.Generator, size: int) -> Pixels:
    """Smooth noise of mean zero: uneven toner over patches of about `size` pixels."""
    rows, columns = shape[0] // size + 2, shape[1] // size + 2
    small = Image.fromarray((random.random((rows, columns)) * 255).astype(np.uint8))
    wide = small.resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(wide, np.float32) / 255.0 - 0.5


def _dirty(page: Image.Image, specks: float, random: np.random.Generator) -> None:
    draw = ImageDraw.Draw(page)
    inches = page.width * page.height / 200**2
    for _ in range(random.poisson(specks * inches)):
        x, y = random.uniform(0, page.width), random.uniform(0, page.height)
        radius = random.exponential(0.9) + 0.4
        colour = 0 if random.random() < 0.8 else 255
        draw.ellipse((x - radius, y - radius * random.uniform(0.4, 1.6), x + radius, y + radius), fill=colour)
    if specks > 5 and random.random() < 0.6:
        x = random.uniform(0.05, 0.95) * page.width
        draw.line((x, 0, x + random.normal(0, 6), page.height), fill=int(random.uniform(60, 170)), width=1)


def _scan(page: Image.Image, how: Level, random: np.random.Generator) -> Image.Image:
    grey = np.asarray(page, np.float32)
    if how.shadow:
        across = np.linspace(0, 1, grey.shape[1], dtype=np.float32)
        side = across if random.random() < 0.5 else 1 - across
        grey = grey * (1 - how.shadow * np.clip((side - 0.82) / 0.18, 0, 1) ** 2)
        grey = 14 + grey * 0.90
    grey = grey + random.normal(0, how.grain, grey.shape).astype(np.float32)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
