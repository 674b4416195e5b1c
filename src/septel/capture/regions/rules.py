"""Rules of forms and underlines: long straight strokes, level or upright, told from type run together."""

from __future__ import annotations

import numpy as np

from septel.capture.regions.components import Mask

LEVEL, UPRIGHT = 0.4, 0.3
"""Ink without a gap over so many inches along a row, or down a column, is no letter."""
THICKEST = 0.05
"""A rule is no thicker, in inches."""


def rules_on(dark: Mask, dpi: int) -> Mask:
    """Where rules lie on a straight page.

    Args:
        dark: where there is ink.
        dpi: dots to the inch.
    """
    level = strokes(dark, round(LEVEL * dpi), round(THICKEST * dpi))
    upright = strokes(np.ascontiguousarray(dark.T), round(UPRIGHT * dpi), round(THICKEST * dpi)).T
    return np.asarray(level | upright)


def strokes(dark: Mask, least: int, thickest: int) -> Mask:
    """Where ink runs level without a gap for so many columns at least, and is so many rows thick at most."""
    # A rule or a crease of a page that is not quite straight steps up or down by a row now and then.
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    found = long_runs(thick, least)
    return found & ~_thicker(found & dark, thickest) if found.any() else found


def long_runs(marked: Mask, least: int) -> Mask:
    """Where at least so many columns beside one another are marked."""
    starts, ends, flat = runs_of(marked)
    long = ends - starts >= least
    return filled(flat, starts[long], ends[long], marked.shape)


def runs_of(marked: Mask) -> tuple[np.ndarray, np.ndarray, int]:
    """Where runs begin and end when rows stand one after another, parted by a column without a mark.

    Returns:
        Their first places, the places behind them, and how many places there are.
    """
    rows, columns = marked.shape
    flat = np.zeros((rows, columns + 1), np.bool_)
    flat[:, :-1] = marked
    edges = np.flatnonzero(np.diff(flat.ravel(), prepend=False))
    return edges[::2], edges[1::2], flat.size


def filled(places: int, starts: np.ndarray, ends: np.ndarray, shape: tuple[int, int]) -> Mask:
    """A mask with these runs, of those that `runs_of` counts."""
    long = ends - starts
    before = np.cumsum(long) - long
    marked = np.zeros(places, np.bool_)
    marked[np.repeat(starts - before, long) + np.arange(int(long.sum()))] = True
    return np.ascontiguousarray(marked.reshape(shape[0], shape[1] + 1)[:, :-1])


def _thicker(marked: Mask, thickest: int) -> Mask:
    """Where more rows under one another are marked than a rule has."""
    out = np.zeros_like(marked)
    if marked.shape[0] <= thickest:
        return out
    full = marked[: marked.shape[0] - thickest].copy()
    for row in range(1, thickest + 1):
        full &= marked[row : row + len(full)]
    if full.any():
        for row in range(thickest + 1):
            out[row : row + len(full)] |= full
    return out
