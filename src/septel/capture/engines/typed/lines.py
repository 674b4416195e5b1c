"""Finding typed lines on a straight page, and cutting them out for the reader.

A typewriter's lines are level, evenly spaced and as long as the page. Rows of ink, summed over the page,
rise and fall with them, so that even lines that are half gone are found where they must be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from septel.capture.engines.typed.baseline import Curve, followed, without_rules

DPI = 160
"""Dots to the inch at which the reader sees lines."""
HIGH = 32
"""Rows of a line as the reader sees it: a fifth of an inch."""
FRAME = 4
"""Pixels, along the line, to each answer of the reader."""
PAGE_DPI = 200
"""Dots to the inch of the pages on which lines are looked for."""
PALE = 40
"""Ink paler than this, of 255, is paper."""
CLOSEST, WIDEST = 22, 80
"""Lines stand at least and at most so many pixels under one another, at 200 dpi."""
PIECE = 128
"""Pixels along a strip that are cut straight."""
SAME = 7
"""Curves no farther apart all along, in pixels, were drawn to one line."""
LEAST = 1.2
"""A line has at least as much ink as so many letters."""

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStrip:
    """One line as the reader sees it.

    Attributes:
        pixels: `HIGH` rows of ink, from 0 to 1.
        left: where it was cut from the page: its left edge, in pixels.
        curve: the same of the middle of its letters.
        scale: its pixels to one of the page.
    """

    pixels: NDArray[np.float32]
    left: float
    curve: Curve
    scale: float


def strips_on(page: Image.Image) -> list[LineStrip]:
    """The lines of a page, from top to bottom.

    Args:
        page: straightened and even, dark on white, at `PAGE_DPI`.
    """
    ink = 255.0 - np.asarray(page.convert("L"), np.float32)
    dark = np.where(ink > PALE, ink, 0.0)
    if not dark.any():
        return []
    bare = without_rules(dark)
    # The edge of a photocopy weighs no more than text does.
    blocks = np.minimum(_blocks(bare), 0.6 * 255)
    slope = _slope(blocks)
    rows = _levelled(blocks, slope)
    leading = _leading(rows)
    strips: list[LineStrip] = []
    curves: list[Curve] = []
    for middle in _middles(rows, leading):
        curve = followed(bare, Curve(middle, slope, 0.0, page.width / 2), min(leading, PAGE_DPI / 6))
        if any(_same(curve, other, page.width) for other in curves[-2:]):
            continue
        curves.append(curve)
        strip = _strip(page, bare, curve)
        if strip is not None:
            strips.append(strip)
    return strips


def _same(one: Curve, other: Curve, wide: int) -> bool:
    return all(abs(one.at(share * wide) - other.at(share * wide)) <= SAME for share in (0.2, 0.5, 0.8))


BLOCK = 20


def _blocks(dark: NDArray[np.float32]) -> NDArray[np.float64]:
    """The mean of ink over blocks of `BLOCK` columns."""
    wide = dark.shape[1] // BLOCK * BLOCK
    if not wide:
        return np.asarray(dark.mean(axis=1, keepdims=True), np.float64)
    return np.asarray(dark[:, :wide].reshape(dark.shape[0], -1, BLOCK).mean(axis=2), np.float64)


def _levelled(blocks: NDArray[np.float64], slope: float) -> Profile:
    """The sums of rows, with the blocks moved up or down so that lines of this slope lie level."""
    middle = blocks.shape[1] / 2
    shifts = np.rint(slope * (np.arange(blocks.shape[1]) + 0.5 - middle) * BLOCK).astype(np.int64)
    # Neighbours that are moved alike are added first.
    firsts = np.flatnonzero(np.diff(shifts, prepend=shifts[:1] - 1))
    moved = np.add.reduceat(blocks, firsts, axis=1)
    rows = np.zeros(len(blocks))
    for number, by in enumerate(shifts[firsts].tolist()):
        rows += np.roll(moved[:, number], -by)
    return rows


def _slope(blocks: NDArray[np.float64]) -> float:
    """What is left of the page's skew: the slope at which the rows differ most."""

    def sharp(slope: float) -> float:
        return float(np.square(np.diff(_levelled(blocks, slope))).sum())

    return float(max(np.arange(-0.006, 0.0061, 0.0006), key=lambda one: (sharp(float(one)), -abs(one))))


def _leading(rows: Profile) -> float:
    """The distance between lines: where the profile of rows is most like itself."""
    even = rows - rows.mean()
    spectrum = np.abs(np.fft.rfft(even, 2 * len(even))) ** 2
    alike = np.fft.irfft(spectrum)[: WIDEST + 1]
    if len(alike) <= CLOSEST or alike[0] <= 0:
        return PAGE_DPI / 6
    return float(CLOSEST + int(alike[CLOSEST:].argmax()))


def _middles(rows: Profile, leading: float) -> list[float]:
    """The middles of lines, in pixels from the top."""
    # Widely spaced lines are of the same type as narrow ones; a short line beside a long one is a line, too.
    smooth = np.square(_smoothed(np.sqrt(rows), 0.17 * min(leading, PAGE_DPI / 6)))
    rising = np.diff(smooth)
    peaks = np.flatnonzero((rising[:-1] > 0) & (rising[1:] <= 0)) + 1
    strong = [int(peak) for peak in peaks if smooth[peak] > 0]
    if not strong:
        return []
    # One letter's ink over its height, in the same measure.
    letter = 0.35 * 255 / BLOCK * 0.1 * PAGE_DPI
    kept: list[int] = []
    for peak in sorted(strong, key=lambda one: -smooth[one]):
        if smooth[peak] < LEAST * letter * 0.5:
            break
        if all(abs(peak - other) > 0.6 * min(leading, PAGE_DPI / 6) for other in kept):
            kept.append(peak)
    reach = round(0.5 * min(leading, PAGE_DPI / 6))
    found: list[float] = []
    for peak in sorted(kept):
        first = max(0, peak - reach)
        near = rows[first : peak + reach + 1]
        near = np.maximum(near - near.min(), 0)
        weight = near.sum()
        found.append(float(first + (near * np.arange(len(near))).sum() / weight) if weight else float(peak))
    return found


def _smoothed(rows: Profile, deviation: float) -> Profile:
    reach = max(1, round(3 * deviation))
    kernel = np.exp(-0.5 * np.square(np.arange(-reach, reach + 1) / deviation))
    return np.convolve(rows, kernel / kernel.sum(), "same")


def _strip(page: Image.Image, dark: NDArray[np.float32], curve: Curve) -> LineStrip | None:
    scale = DPI / PAGE_DPI
    half = HIGH / 2 / scale
    # Where along the row ink stands, roughly: the slope moves it by some pixels at most.
    first_row, last_row = max(0, round(curve.middle - 0.6 * half)), round(curve.middle + 0.6 * half)
    columns = (dark[first_row:last_row] > 0).sum(axis=0)
    inked = np.flatnonzero(_smoothed(columns.astype(np.float64), 3.0) > 1.5)
    if not len(inked):
        return None
    left, right = max(0.0, inked[0] - 25.0), min(float(page.width), inked[-1] + 25.0)
    wide = max(4 * FRAME, round((right - left) * scale / FRAME) * FRAME)
    edges = np.linspace(0, wide, max(2, wide // PIECE + 1)).round().astype(int)
    places = left + edges * (right - left) / wide
    rows = [curve.at(place) for place in places]
    pieces = [
        (
            (int(edges[n]), 0, int(edges[n + 1]), HIGH),
            (
                *(places[n], rows[n] - half),
                *(places[n], rows[n] + half),
                *(places[n + 1], rows[n + 1] + half),
                *(places[n + 1], rows[n + 1] - half),
            ),
        )
        for n in range(len(edges) - 1)
    ]
    cut = page.transform(
        (wide, HIGH), Image.Transform.MESH, pieces, resample=Image.Resampling.BILINEAR, fillcolor=255
    )
    pixels = (255.0 - np.asarray(cut.convert("L"), np.float32)) / np.float32(255.0)
    return LineStrip(pixels=pixels, left=left, curve=curve, scale=wide / (right - left))


def batches(strips: Sequence[LineStrip], size: int) -> list[list[int]]:
    """The numbers of strips, those of like width together, at most `size` in a batch."""
    order = sorted(range(len(strips)), key=lambda number: strips[number].pixels.shape[1])
    return [order[at : at + size] for at in range(0, len(order), size)]
