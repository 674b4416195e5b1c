"""Making the best of a page image before an engine sees it.

Only what was measured to help on degraded pages is done: scaling to 300 dpi, straightening, dividing by the
background, a light blur. Binarising and removing specks do harm at every level and are left out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

TALL = 3300
"""The height of a letter page at 300 dpi, in pixels."""


def prepare(image: Image.Image) -> tuple[Image.Image, float]:
    """The page ready for an engine, and the factor from its pixels back to those of the original.

    Straightening moves pixels by at most a few lines' height at the edges; boxes are not turned back.
    """
    grey = image.convert("L")
    long = max(grey.size)
    scale = min(max(TALL / long, 0.4), 3.0) if long else 1.0
    if abs(scale - 1.0) > 0.15:
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BOX)
    else:
        scale = 1.0
    angle = skew(grey)
    if abs(angle) >= 0.15:
        grey = grey.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_paper(grey))
    return even(grey).filter(ImageFilter.GaussianBlur(1.0)), 1.0 / scale


def _paper(grey: Image.Image) -> int:
    return int(np.percentile(np.asarray(grey.resize((64, 64))), 90))


def even(grey: Image.Image) -> Image.Image:
    """The page divided by its own background, so that shadows and yellowed edges turn white."""
    small = grey.resize((max(1, grey.width // 8), max(1, grey.height // 8)), Image.Resampling.BOX)
    background = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(8))
    wide = np.asarray(background.resize(grey.size, Image.Resampling.BILINEAR), np.float32)
    page = np.asarray(grey, np.float32)
    return Image.fromarray(np.clip(page / np.maximum(wide, 16.0) * 250.0, 0, 255).astype(np.uint8))


def skew(grey: Image.Image) -> float:
    """By how many degrees (counter-clockwise) to turn the page so that its lines lie level.

    The right angle makes the rows' sums of ink differ most (projection profile).
    """
    small = grey.copy()
    small.thumbnail((700, 900), Image.Resampling.BOX)
    ink = 255.0 - np.asarray(small, np.float32)
    ink = np.maximum(ink - np.percentile(ink, 70), 0)
    if not ink.any():
        return 0.0
    coarse = max(np.arange(-4.0, 4.01, 0.5), key=lambda a: _sharpness(ink, float(a)))
    fine = np.arange(coarse - 0.4, coarse + 0.41, 0.1)
    best = float(max(fine, key=lambda a: _sharpness(ink, float(a))))
    return best if _sharpness(ink, best) > 1.02 * _sharpness(ink, 0.0) else 0.0


def _sharpness(ink: NDArray[np.float32], degrees: float) -> float:
    rows, columns = ink.shape
    shift = np.round(np.tan(np.radians(degrees)) * (np.arange(columns) - columns / 2)).astype(int)
    profile = np.zeros(rows + 2 * int(abs(shift).max()) + 1)
    base = int(abs(shift).max())
    for column in range(0, columns, 2):
        start = base + shift[column]
        profile[start : start + rows] += ink[:, column]
    return float(np.square(np.diff(profile)).sum())
