"""White excisions: two upright strokes facing each other, taller than type, with blank paper between.

What is looked for is the inner edge of a bracket, since its outside may touch the letter beside it: ink on
one side, none for some pixels on the other, straight down for longer than a letter is high. Short gaps don't
count. Of the four arms at the ends some may be worn away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from septel.capture.regions.components import Mask, Rectangle
from septel.capture.regions.rules import runs_of

LEAST, MOST, TALLER = 28, 110, 1.1
"""The least and largest height of an edge in pixels (200 to the inch; type stands 20 high), and how many
times as high as type it is at least."""
GAP = 4
"""Gaps of so many rows in an edge are wear."""
THICK, BESIDE = 3, 9
"""Paper begins so many pixels from an edge, and is blank up to so many."""
ARM = 7
"""How many rows from the end of an edge its arm is looked for."""
STRAY, LEAN = 5, 0.03
"""How far the ends of two brackets differ, in pixels, and for each pixel between them: pages lie askew."""
APART = (48, 1500)
"""How far apart the two stand, in pixels."""
ON = 12
"""One end may run on into a letter above or below by so many pixels more."""
ARMS = 1.5
"""So much of the four arms is there, each from zero to one. Punch holes face each other without any."""
MARGIN = 50
"""Nearer to the sides of the page, edges are those of shadows."""
WRITTEN, BLANK = 0.10, 0.03
"""How much ink there is between the two, and in the second half: the ground may be written at the head."""


@dataclass(frozen=True, slots=True)
class _Edge:
    at: int
    top: int
    bottom: int
    arms: float

    @property
    def high(self) -> int:
        return self.bottom - self.top


def bracketed(dark: Mask, type_high: float) -> Iterator[Rectangle]:
    """The rectangles of white excisions between brackets.

    Args:
        dark: where there is ink, at 200 dots to the inch.
        type_high: the height of type there.
    """
    wide = dark.shape[1]
    opening = list(_edges(dark, type_high))
    closing = [
        _Edge(wide - 1 - one.at, one.top, one.bottom, one.arms) for one in _edges(dark[:, ::-1], type_high)
    ]
    used: set[_Edge] = set()
    for left in opening:
        facing = [one for one in closing if one not in used and _face(left, one) and _blank(dark, left, one)]
        if facing:
            right = min(facing, key=lambda one: one.at)
            used.add(right)
            yield left.at, min(left.top, right.top), right.at + 1, max(left.bottom, right.bottom)


def _face(left: _Edge, right: _Edge) -> bool:
    wide = right.at - left.at
    stray = STRAY + LEAN * wide
    ends = abs(left.top - right.top), abs(left.bottom - right.bottom)
    return (
        APART[0] <= wide <= APART[1]
        and min(ends) <= stray
        and max(ends) <= stray + ON
        and left.arms + right.arms >= ARMS
    )


def _blank(dark: Mask, left: _Edge, right: _Edge) -> bool:
    """Whether there is hardly any ink between two edges, along the fall from one to the other."""
    columns = np.arange(left.at + 8, right.at - 7)
    fall = min(right.top - left.top, right.bottom - left.bottom, key=abs)
    tops = np.round(left.top + 1 + fall * np.linspace(0, 1, len(columns))).astype(np.int64)
    rows = tops[:, None] + np.arange(min(left.high, right.high) - 2)[None]
    between = dark[np.clip(rows, 0, dark.shape[0] - 1), columns[:, None]]
    return bool(between.mean() < WRITTEN and between[len(columns) // 2 :].mean() < BLANK)


def _edges(dark: Mask, type_high: float) -> Iterator[_Edge]:
    """The edges of upright strokes with paper on their right."""
    edge = np.zeros_like(dark)
    edge[:, :-THICK] = dark[:, :-THICK] & ~dark[:, THICK:]
    broad = edge.copy()
    broad[:, 1:] |= edge[:, :-1]
    broad[:, :-1] |= edge[:, 1:]
    firsts, lasts, _ = runs_of(np.ascontiguousarray(_closed(broad).T))
    high = lasts - firsts
    long = (high >= max(LEAST, TALLER * type_high)) & (high <= MOST)
    columns, tops = np.divmod(firsts[long], len(dark) + 1)
    spans = list(zip(columns.tolist(), tops.tolist(), (tops + high[long]).tolist(), strict=True))
    for at, top, bottom in _longest(spans):
        if not MARGIN <= at < dark.shape[1] - MARGIN:
            continue
        if dark[top + 3 : bottom - 3, at + THICK + 1 : at + BESIDE].mean() <= 0.1:
            beside = dark[:, at + THICK : at + 2 * THICK]
            upper, lower = beside[max(top - ARM, 0) : top + 3], beside[bottom - 3 : bottom + ARM]
            yield _Edge(at, top, bottom, float(upper.any(axis=0).mean() + lower.any(axis=0).mean()))


def _closed(mask: Mask) -> Mask:
    """A mask without gaps of `GAP` rows or fewer."""
    rows = mask.shape[0]
    padded = np.pad(mask, ((GAP, 2 * GAP), (0, 0)))
    grown = np.zeros((rows + 2 * GAP, mask.shape[1]), np.bool_)
    for shift in range(GAP + 1):
        grown |= padded[shift : shift + len(grown)]
    shrunk = np.ones_like(mask)
    for shift in range(GAP + 1):
        shrunk &= grown[shift : shift + rows]
    return shrunk


def _longest(spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of edges in neighbouring columns, which are one stroke's, the longest."""
    groups: list[list[tuple[int, int, int]]] = []
    # Spans come from left to right: a stroke that ended farther left goes on no more.
    near: list[list[tuple[int, int, int]]] = []
    column = None
    for span in spans:
        at, top, bottom = span
        if at != column:
            near, column = [group for group in near if at - group[-1][0] <= THICK], at
        for group in reversed(near):
            _, upper, lower = group[-1]
            if min(bottom, lower) - max(top, upper) > 0.6 * (bottom - top):
                group.append(span)
                break
        else:
            groups.append([span])
            near.append(groups[-1])
    return [max(group, key=lambda one: one[2] - one[1]) for group in groups]
