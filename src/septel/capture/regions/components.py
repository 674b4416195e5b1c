"""Connected pieces of ink on a small page, told apart from type that was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
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


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """A connected piece of ink.

    Attributes:
        place: its rectangle.
        rows: the rows of its runs of ink, from top to bottom.
        firsts: where they begin.
        lasts: the columns before which they end.
    """

    place: Rectangle
    rows: Places
    firsts: Places
    lasts: Places

    @property
    def runs(self) -> tuple[InkRun, ...]:
        """Its rows' runs."""
        return tuple(map(InkRun, self.rows.tolist(), self.firsts.tolist(), self.lasts.tolist()))

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
        return int((self.lasts - self.firsts).sum())

    @property
    def ink(self) -> Mask:
        """Which pixels of its rectangle are ink."""
        left, top, right, bottom = self.place
        inside = np.zeros((bottom - top, right - left), np.bool_)
        for run in self.runs:
            inside[run.row - top, run.first - left : run.last - left] = True
        return inside

    def places(self, wide: int) -> Places:
        """Where its ink stands in a page of so many columns, laid out row after row."""
        long = self.lasts - self.firsts
        before = np.cumsum(long) - long
        return np.repeat(self.rows * wide + self.firsts - before, long) + np.arange(int(long.sum()))

    def put(self, mask: Mask) -> None:
        """Put its ink onto a mask of the page."""
        np.put(mask, self.places(mask.shape[1]), True)

    def share(self, mask: Mask) -> float:
        """The share of its ink that lies in a mask of the page."""
        return float(np.count_nonzero(mask.take(self.places(mask.shape[1]))) / self.amount)


def pieces(mask: Mask, *, least: int = 1, most: int | None = None) -> Iterator[Component]:
    """The connected pieces of a mask of a page; neighbours across corners are connected.

    Args:
        mask: where there is ink.
        least: pieces of fewer pixels are left out.
        most: those of more pixels, too.
    """
    wide = mask.shape[1] + 2
    edges = np.flatnonzero(np.diff(np.pad(mask, ((0, 0), (1, 1))).ravel().astype(np.int8)))
    # In a row of `wide` places the paper before it is the first: edges are those of the mask's own columns.
    rows, firsts = np.divmod(edges[::2], wide)
    lasts = edges[1::2] - rows * wide
    if not len(rows):
        return
    labels = _labelled(rows, firsts, lasts, wide)
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    rows, firsts, lasts = rows[order], firsts[order], lasts[order]
    amounts = np.add.reduceat(lasts - firsts, starts)
    places = np.stack(
        [
            np.minimum.reduceat(firsts, starts),
            np.minimum.reduceat(rows, starts),
            np.maximum.reduceat(lasts, starts),
            np.maximum.reduceat(rows, starts) + 1,
        ],
        axis=1,
    )
    ends = np.append(starts[1:], len(rows))
    for number in np.flatnonzero((amounts >= least) & (amounts <= (most or mask.size))).tolist():
        here = slice(int(starts[number]), int(ends[number]))
        left, top, right, bottom = places[number].tolist()
        yield Component((left, top, right, bottom), rows[here], firsts[here], lasts[here])


def _labelled(rows: Places, firsts: Places, lasts: Places, wide: int) -> Places:
    """For each run of ink the number of the first run of its piece.

    Args:
        rows: of the runs, in the order of the page.
        firsts: where they begin.
        lasts: where they end.
        wide: more than any of them.
    """
    above = (rows - 1) * wide
    low = np.searchsorted(rows * wide + lasts, above + firsts, "left")
    high = np.searchsorted(rows * wide + firsts, above + lasts, "right")
    counts = np.maximum(high - low, 0)
    below = np.repeat(np.arange(len(rows)), counts)
    upper = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    labels = np.arange(len(rows))
    while True:
        least = np.minimum(labels[below], labels[upper])
        joined_ = labels.copy()
        np.minimum.at(joined_, labels[below], least)
        np.minimum.at(joined_, labels[upper], least)
        while not np.array_equal(joined_, shorter := joined_[joined_]):
            joined_ = shorter
        if np.array_equal(joined_, labels):
            return labels
        labels = joined_[labels]


def untyped(dark: Mask, typed: Sequence[Rectangle]) -> list[Component]:
    """The pieces of ink that are neither specks nor letters of typed words.

    Args:
        dark: where there is ink.
        typed: the boxes of typed words, in the same pixels.
    """
    heights = np.zeros(dark.shape, np.int32)
    for left, top, right, bottom in typed:
        heights[max(top - 1, 0) : bottom + 1, max(left - 1, 0) : right + 1] = bottom - top
    found = list(pieces(dark, least=SPECK + 1))
    if not found:
        return []
    # All pieces at once: a page has a thousand of them.
    rows = np.concatenate([one.rows for one in found])
    firsts = np.concatenate([one.firsts for one in found])
    lasts = np.concatenate([one.lasts for one in found])
    under = heights.take(Component((0, 0, 0, 0), rows, firsts, lasts).places(dark.shape[1]))
    amounts = np.array([one.amount for one in found])
    starts = np.cumsum(amounts) - amounts
    shares = np.add.reduceat(under > 0, starts, dtype=np.int64) / amounts
    tops = np.maximum.reduceat(under, starts)
    return [
        one
        for one, share, top in zip(found, shares.tolist(), tops.tolist(), strict=True)
        if share < READ or (one.high >= TALLER * top and one.wide <= BROAD * one.high)
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
