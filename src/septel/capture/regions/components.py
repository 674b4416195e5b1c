"""Connected pieces of ink on a small page, told apart from type that was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of a small page; the last two excluded."""

SPECK = 3
"""Pieces of so few pixels are dirt."""
READ = 0.8
"""A piece of which so much lies in the boxes of typed words is type ..."""
TALLER = 1.1
"""... unless it is so much taller than they are ..."""
BROAD = 2.2
"""... and no more than so many times as wide as high: a row that bled is wider."""


@dataclass(frozen=True, slots=True)
class InkRun:
    """Ink on one row, from `first` to before `last`."""

    row: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Component:
    """A connected piece of ink: its rectangle, and its rows' runs."""

    place: Rectangle
    runs: tuple[InkRun, ...]

    @property
    def wide(self) -> int:
        """Its width."""
        return self.place[2] - self.place[0]

    @property
    def high(self) -> int:
        """Its height."""
        return self.place[3] - self.place[1]

    @property
    def amount(self) -> int:
        """How many of its pixels are ink."""
        return sum(run.last - run.first for run in self.runs)

    @property
    def ink(self) -> Mask:
        """Which pixels of its rectangle are ink."""
        left, top, right, bottom = self.place
        inside = np.zeros((bottom - top, right - left), np.bool_)
        for run in self.runs:
            inside[run.row - top, run.first - left : run.last - left] = True
        return inside

    def put(self, mask: Mask) -> None:
        """Put its ink onto a mask of the page."""
        for run in self.runs:
            mask[run.row, run.first : run.last] = True

    def most(self, values: NDArray[np.int32]) -> int:
        """The largest of a page's values where its ink is."""
        return max(int(values[run.row, run.first : run.last].max()) for run in self.runs)

    def share(self, mask: Mask) -> float:
        """The share of its ink that lies in a mask of the page."""
        return sum(int(mask[run.row, run.first : run.last].sum()) for run in self.runs) / self.amount


def pieces(mask: Mask) -> Iterator[Component]:
    """The connected pieces of a mask of a page."""
    parents: list[int] = []
    runs: list[InkRun] = []

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    above: list[int] = []
    for row in range(mask.shape[0]):
        edges = np.flatnonzero(np.diff(mask[row].astype(np.int8), prepend=0, append=0))
        here: list[int] = []
        at = 0
        for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            number = len(runs)
            runs.append(InkRun(row, first, last))
            parents.append(number)
            here.append(number)
            while at < len(above) and runs[above[at]].last < first:
                at += 1
            near = at
            while near < len(above) and runs[above[near]].first <= last:
                parents[root(above[near])] = root(number)
                near += 1
        above = here
    found: dict[int, list[InkRun]] = defaultdict(list)
    for number, run in enumerate(runs):
        found[root(number)].append(run)
    for one in found.values():
        yield Component(_hull(one), tuple(one))


def untyped(dark: Mask, typed: Sequence[Rectangle]) -> list[Component]:
    """The pieces of ink that are neither specks nor letters of typed words.

    Args:
        dark: where there is ink.
        typed: the boxes of typed words, in the same pixels.
    """
    heights = np.zeros(dark.shape, np.int32)
    for left, top, right, bottom in typed:
        heights[max(top - 1, 0) : bottom + 1, max(left - 1, 0) : right + 1] = bottom - top
    read = heights > 0
    return [
        one
        for one in pieces(dark)
        if one.amount > SPECK
        and (
            one.share(read) < READ
            or (one.high >= TALLER * one.most(heights) and one.wide <= BROAD * one.high)
        )
    ]


def joined(places: Sequence[Rectangle], apart: int) -> list[Rectangle]:
    """Rectangles that lie near each other as one; half as near above each other as side by side."""
    found: list[Rectangle] = []
    for place in sorted(places):
        left, top, right, bottom = place
        near = True
        while near:
            near = False
            for other in found:
                if (
                    other[0] <= right + apart
                    and left <= other[2] + apart
                    and other[1] <= bottom + apart // 2
                    and top <= other[3] + apart // 2
                ):
                    found.remove(other)
                    left, top = min(left, other[0]), min(top, other[1])
                    right, bottom = max(right, other[2]), max(bottom, other[3])
                    near = True
                    break
        found.append((left, top, right, bottom))
    return found


def clear(mask: Mask, places: Sequence[Rectangle], by: int) -> Mask:
    """A mask without some rectangles and so many pixels around them."""
    rest = mask.copy()
    for left, top, right, bottom in places:
        rest[max(top - by, 0) : bottom + by, max(left - by, 0) : right + by] = False
    return rest


def inside(one: Rectangle, other: Rectangle, by: int = 6) -> bool:
    """Whether a rectangle lies in another, or hardly beyond it."""
    return (
        one[0] >= other[0] - by
        and one[1] >= other[1] - by
        and one[2] <= other[2] + by
        and one[3] <= other[3] + by
    )


def _hull(runs: Sequence[InkRun]) -> Rectangle:
    return (
        min(run.first for run in runs),
        min(run.row for run in runs),
        max(run.last for run in runs),
        max(run.row for run in runs) + 1,
    )
