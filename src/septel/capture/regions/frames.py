"""Frames of stamps and forms: four straight sides around something, level or crooked, broken or whole.

Ink that is not type is gathered by nearness. A gathering is turned by small steps until its outermost rows
and columns of ink are as straight as can be; it is a frame if ink stands along all four sides and hardly any
just inside them. Rows of letters have ink inside as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from septel.capture.regions.components import Component, Rectangle, joined

WIDE, TALL = 70, 22
"""The least size of a frame in pixels of the small page."""
BIT = 14
"""Pieces of a side are at least so long: longer than letters are."""
NEAR = 14
"""Pieces of one frame, and what it holds, are no farther apart."""
ANGLES = np.radians(np.arange(-7.0, 7.1, 0.5))
"""How crooked a frame may stand: a stamp by five degrees, its page by two."""
STRAIGHT = 0.5
"""A row or column is a side if so much of it, over the frame's width or height, is ink."""
LEAST, MEAN = 0.3, 0.55
"""So much of each side, and of all four in the mean, is ink ..."""
WITHIN = 0.3
"""... and at most so much of that stands just inside them."""

EdgePlaces = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Fit:
    sides: tuple[float, ...]
    within: tuple[float, ...]
    place: Rectangle

    @property
    def rank(self) -> float:
        return min(self.sides) + sum(self.sides) / 4

    @property
    def is_frame(self) -> bool:
        ink = sum(self.sides)
        return min(self.sides) >= LEAST and ink / 4 >= MEAN and sum(self.within) <= WITHIN * ink


def frames(found: Sequence[Component]) -> Iterator[Rectangle]:
    """The upright rectangles around frames.

    Args:
        found: the pieces of ink of the small page that are not type.
    """
    bits = [one for one in found if max(one.wide, one.high) >= BIT]
    for left, top, right, bottom in joined([one.place for one in bits], NEAR):
        if right - left < WIDE or bottom - top < TALL:
            continue
        runs = [
            run
            for one in bits
            if one.place[0] >= left and one.place[2] <= right
            if one.place[1] >= top and one.place[3] <= bottom
            for run in one.runs
        ]
        across = np.concatenate([np.arange(run.first, run.last, dtype=np.float64) for run in runs])
        down = np.repeat([float(run.row) for run in runs], [run.last - run.first for run in runs])
        fits = [fit for angle in ANGLES if (fit := _fit(across, down, float(angle)))]
        if fits and (best := max(fits, key=lambda one: one.rank)).is_frame:
            yield best.place


def _fit(across: EdgePlaces, down: EdgePlaces, angle: float) -> _Fit | None:
    """How well ink fits a frame that stands at an angle; None where it has no two sides each way."""
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = across * cos + down * sin, down * cos - across * sin
    first_x, first_y = x.min(), y.min()
    x, y = x - first_x, y - first_y
    rows = np.flatnonzero(_profile(y) >= STRAIGHT * x.max())
    if not len(rows) or rows[-1] - rows[0] < TALL:
        return None
    top, bottom = float(rows[0]), float(rows[-1])
    between = (y >= top - 2) & (y <= bottom + 2)
    columns = np.flatnonzero(_profile(x[between]) >= STRAIGHT * (bottom - top))
    if not len(columns) or columns[-1] - columns[0] < WIDE:
        return None
    left, right = float(columns[0]), float(columns[-1])
    found = [
        _side(x - left, y, (top, bottom)),
        _side(right - x, y, (top, bottom)),
        _side(y - top, x, (left, right)),
        _side(bottom - y, x, (left, right)),
    ]
    corners = [(a + first_x, b + first_y) for a in (left, right) for b in (top, bottom)]
    xs, ys = [a * cos - b * sin for a, b in corners], [a * sin + b * cos for a, b in corners]
    return _Fit(
        sides=tuple(ink for ink, _ in found),
        within=tuple(ink for _, ink in found),
        place=(round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))),
    )


def _profile(places: EdgePlaces) -> EdgePlaces:
    """How much ink stands at each place and its two neighbours."""
    return np.convolve(np.bincount(places.astype(np.int64), minlength=3), np.ones(3), "same")


def _side(depth: EdgePlaces, along: EdgePlaces, ends: tuple[float, float]) -> tuple[float, float]:
    """Along which share of a side there is ink, and along which share just inside it."""
    first, last = ends
    long = int(last - first)

    def share(least: float, most: float) -> float:
        near = (depth >= least) & (depth <= most) & (along >= first) & (along <= last)
        inked = np.zeros(long + 1, np.bool_)
        inked[(along[near] - first).astype(np.int64)] = True
        return float(inked.mean())

    return share(-2.5, 3.5), share(5.5, 7.5)
