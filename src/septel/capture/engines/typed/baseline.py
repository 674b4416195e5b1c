"""Following a typed line over a page that is not quite flat, and telling it from rules.

A sheet that was folded, or that slipped in the copier, has lines that rise and fall by some pixels along
their way; a crease or a rule lies across the page like a line of its own. All pages here are straight, dark
on white, at 200 dpi.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from septel.capture.regions import strokes

RULE = 80
"""Ink without a gap over so many columns is no letter: four cells."""
THICKEST = 9
"""Rows; what is higher is no rule."""
WINDOW = 60
"""Columns to one look at where the line is: three cells."""
THINNED = 2
"""Of so many columns one is looked at."""
STIFF = 0.3
"""How strongly a curve is drawn to the level, in looks that saw it there at the page's edge."""
FAINT = 0.3
"""A look with less ink than this share of the usual says little."""
LEAST_LOOKS = 4
"""Looks with ink in them that a curve needs."""
ROUNDS = 3
FURTHEST = 0.4
"""A curve strays no further from its line than this share of the distance between lines."""

Ink = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Curve:
    """How the middle of a line lies, from left to right: `at` is in rows of the page, by column.

    Attributes:
        middle: the row at the middle of the page.
        slope: by how many rows it falls for each column to the right.
        bend: how much lower both edges of the page are, in rows.
        centre: the column in the middle of the page.
    """

    middle: float
    slope: float
    bend: float
    centre: float

    def at(self, column: float) -> float:
        """The row of the line's middle at a column."""
        away = column - self.centre
        return self.middle + self.slope * away + self.bend * (away / self.centre) ** 2


def without_rules(dark: Ink) -> Ink:
    """The ink without rules and creases that lie across the page.

    Args:
        dark: ink by row and column; paper is nought.
    """
    # Type that bled together is as high as letters are; a rule is thin.
    rule = strokes(dark > 0, RULE, THICKEST)
    return np.where(rule, np.float32(0), dark) if rule.any() else dark


def followed(dark: Ink, curve: Curve, leading: float) -> Curve:
    """A line's curve, drawn to where its letters are.

    Args:
        dark: ink without rules.
        curve: where the line was found.
        leading: rows from one line to the next.
    """
    reach = max(3, round(0.5 * leading))
    offsets = np.arange(-reach, reach + 1)
    near = np.exp(-0.5 * np.square(offsets / (0.3 * leading)))
    columns = np.arange(0, dark.shape[1], THINNED)
    away = (columns - curve.centre) / curve.centre
    windows = np.arange(0, len(away), WINDOW // THINNED)
    looks = np.add.reduceat(away, windows) / np.diff([*windows, len(away)])
    shape = np.stack([np.ones_like(looks), looks, np.square(looks)], axis=1)
    level = curve.middle + curve.slope * curve.centre * away + curve.bend * np.square(away)
    # Around a row: how much ink there is, and how far aside of it.
    looking = np.stack([near, near * offsets])
    strays = np.zeros(3)
    for _ in range(ROUNDS):
        rows = level + strays[0] + strays[1] * away + strays[2] * np.square(away)
        amounts, moments = looking @ _band(dark, np.rint(rows).astype(np.int64), reach)
        ink = np.add.reduceat(amounts, windows)
        if not ink.any():
            return curve
        # A look that is as full as any other counts one, whatever lies in it.
        weight = np.minimum(ink / np.median(ink[ink > 0]), 1.0)
        if (weight > FAINT).sum() < LEAST_LOOKS:
            return curve
        aside = np.add.reduceat(moments, windows) / np.maximum(ink, 1e-6)
        weighted = shape * weight[:, None]
        normal = weighted.T @ shape + np.diag([1e-3, STIFF, STIFF])
        strays = strays + np.linalg.solve(normal, weighted.T @ aside)
    if np.abs(strays[1:]).sum() > FURTHEST * leading:
        return curve
    return Curve(
        middle=curve.middle + float(strays[0]),
        slope=curve.slope + float(strays[1]) / curve.centre,
        bend=curve.bend + float(strays[2]),
        centre=curve.centre,
    )


def _band(dark: Ink, rows: NDArray[np.int64], reach: int) -> NDArray[np.float64]:
    """The ink around a row in every `THINNED`th column; there is none beside the page.

    Args:
        dark: ink by row and column.
        rows: for each of those columns the row in the middle.
        reach: how many rows above and below.
    """
    high = 2 * reach + 1
    # What is farther from the page has no ink either.
    rows = rows.clip(-high, dark.shape[0] + high)
    first, last = int(rows.min()) - reach, int(rows.max()) + reach + 1
    top, bottom = max(first, 0), max(min(last, dark.shape[0]), 0)
    around = np.zeros((last - first, len(rows)))
    if bottom > top:
        around[top - first : bottom - first] = dark[top:bottom, ::THINNED]
    if len(around) == high:
        return around
    starts = (rows - reach - first) * len(rows) + np.arange(len(rows))
    return np.asarray(around.ravel().take(starts + len(rows) * np.arange(high)[:, None]))
