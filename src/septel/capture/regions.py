"""Stretches of a page that are not its text: what was taken out, frames of stamps and forms, handwriting.

Found by their shape alone, on the page as it came:

- black excisions: solid dark rectangles at least as tall as a line of type. Black edges of the scan and
  punch holes are told from them;
- white excisions between brackets: two upright strokes taller than type, with nothing typed between them;
- frames: hollow rectangles, level or a little crooked. A stamp and a box of a form look alike by their frame.

Handwriting is found where no typed word was read (`septel.capture.handwriting`), and lines that are not body
by their words (`septel.capture.notices`). A white excision without any mark can't be told from a blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from septel.capture.handwriting import Piece, written
from septel.capture.pages import Box, Region, RegionKind

LONG = 1100
"""Pages are looked at with a longer side of so many pixels: 100 to the inch on letter paper."""
DARK = 0.5
"""Which share of the paper's shade is dark."""
MASS, SOLID = 15, 0.9
"""A black excision is dark all over squares of so many pixels, to this share; fat type stands 12 high."""
WIDE = 24
"""The least width of a black excision in pixels."""
HOLE = 40
"""Round dark spots up to so many pixels across are punch holes."""
STROKE, STRAY = 14, 4
"""The least height of a bracket in pixels (type stands 10 high), and how far two may differ."""
LEAN = 0.027
"""The same for each pixel between them: the page may lie askew by as much."""
BRACKETS = (24, 750)
"""How far apart the two brackets of a white excision stand, in pixels."""
FRAME_WIDE, FRAME_TALL, HOLLOW = 70, 22, 0.5
"""The least size of a frame in pixels, and the largest share of it that is ink."""
OPPOSITE = 0.65
"""On so many of a frame's rows and columns its two sides are far apart."""

Mask = NDArray[np.bool_]


def find_regions(image: Image.Image, typed: Sequence[Box] | None = None) -> tuple[Region, ...]:
    """What is on the page besides text, from top to bottom, with boxes in the page's own pixels.

    Args:
        image: the page.
        typed: the boxes of the words that were read on it; handwriting is looked for only if they are given.
    """
    scale = LONG / max(image.size)
    if min(image.size) * scale < 2 * STROKE:
        return ()
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = np.asarray(image.convert("L").resize(size, Image.Resampling.BOX), np.float32)
    dark = small < DARK * float(np.percentile(small, 90))
    if dark.mean() > 0.5:
        return ()
    black = list(_black(dark))
    found = [Region(kind=RegionKind.BLACK, box=_box(one, scale, image.size)) for one in black]
    rest = dark.copy()
    for left, top, right, bottom in black:
        rest[max(top - 3, 0) : bottom + 3, max(left - 3, 0) : right + 3] = False
    frames = list(_frames(rest))
    found += [Region(kind=RegionKind.FRAME, box=_box(one, scale, image.size)) for one in frames]
    hands: list[Rectangle] = []
    if typed is not None:
        bare = rest.copy()
        for left, top, right, bottom in frames:
            bare[max(top - 4, 0) : bottom + 4, max(left - 4, 0) : right + 4] = False
        hands = written(bare, [_small(box, scale) for box in typed], _with_ink)
        found += [Region(kind=RegionKind.HANDWRITING, box=_box(one, scale, image.size)) for one in hands]
    # Upright strokes of a pen are no brackets.
    found += [
        Region(kind=RegionKind.WHITE, box=_box(one, scale, image.size))
        for one in _bracketed(rest)
        if not any(_inside(one, other) for other in (*frames, *hands))
    ]
    return tuple(sorted(found, key=lambda one: (one.box.top, one.box.left)))


@dataclass(frozen=True, slots=True)
class _Run:
    row: int
    first: int
    last: int


Rectangle = tuple[int, int, int, int]


def _box(found: Rectangle, scale: float, size: tuple[int, int]) -> Box:
    left, top, right, bottom = (round(value / scale) for value in found)
    return Box(left=max(left, 0), top=max(top, 0), right=min(right, size[0]), bottom=min(bottom, size[1]))


def _small(box: Box, scale: float) -> Rectangle:
    left, top, right, bottom = (round(v * scale) for v in (box.left, box.top, box.right, box.bottom))
    return left, top, right, bottom


def _with_ink(mask: Mask) -> Iterator[Piece]:
    """The connected pieces of a mask that are large enough to matter."""
    for runs in _pieces(mask):
        left, top, right, bottom = _hull(runs)
        if bottom - top >= STROKE:
            yield Piece((left, top, right, bottom), _filled(runs, (left, top, right, bottom)))


def _filled(runs: list[_Run], place: Rectangle) -> Mask:
    left, top, right, bottom = place
    inside = np.zeros((bottom - top, right - left), np.bool_)
    for run in runs:
        inside[run.row - top, run.first - left : run.last - left] = True
    return inside


def _inside(one: Rectangle, frame: Rectangle) -> bool:
    return (
        one[0] >= frame[0] - 6
        and one[1] >= frame[1] - 6
        and one[2] <= frame[2] + 6
        and one[3] <= frame[3] + 6
    )


def _black(dark: Mask) -> Iterator[Rectangle]:
    rows, columns = dark.shape
    reach = MASS // 2
    sums = np.pad(dark.astype(np.int32).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    mass = sums[MASS:, MASS:] - sums[:-MASS, MASS:] - sums[MASS:, :-MASS] + sums[:-MASS, :-MASS]
    for runs in _pieces(mass >= SOLID * MASS * MASS):
        left, top, right, bottom = _hull(runs)
        # The squares' corners were gathered; the mass reaches from the first to the end of the last.
        right, bottom = right + MASS - 1, bottom + MASS - 1
        high, wide = bottom - top, right - left
        edge = left <= reach or top <= reach or right >= columns - reach or bottom >= rows - reach
        round_ = abs(high - wide) <= 0.3 * wide and wide <= HOLE
        if wide >= WIDE and not edge and not round_:
            yield left, top, right, bottom


def _frames(dark: Mask) -> Iterator[Rectangle]:
    # A stroke's gaps are closed before its pieces are gathered.
    closed = np.asarray(Image.fromarray((~dark).astype(np.uint8) * 255).filter(ImageFilter.MinFilter(5))) == 0
    for runs in _pieces(closed):
        left, top, right, bottom = _hull(runs)
        high, wide = bottom - top, right - left
        if wide < FRAME_WIDE or high < FRAME_TALL or high > 0.9 * dark.shape[0]:
            continue
        inside = _filled(runs, (left, top, right, bottom))
        if inside.mean() > HOLLOW:
            continue
        across = _reach(inside) >= 0.75 * wide
        down = _reach(inside.T) >= 0.6 * high
        if across.mean() >= OPPOSITE and down.mean() >= OPPOSITE:
            yield left + 2, top + 2, right - 2, bottom - 2


def _reach(inside: Mask) -> NDArray[np.int64]:
    """On each row, how far the last mark lies from the first."""
    width = inside.shape[1]
    first = inside.argmax(axis=1)
    last = width - 1 - inside[:, ::-1].argmax(axis=1)
    return np.where(inside.any(axis=1), last - first, 0)


def _bracketed(dark: Mask) -> Iterator[Rectangle]:
    strokes = sorted(_strokes(dark))
    used: set[int] = set()
    for number, (left, top, bottom) in enumerate(strokes):
        if number in used:
            continue
        for other, (right, upper, lower) in enumerate(strokes[number + 1 :], number + 1):
            if not BRACKETS[0] <= right - left <= BRACKETS[1] or other in used:
                continue
            stray = STRAY + LEAN * (right - left)
            if abs(upper - top) > stray or abs(lower - bottom) > stray:
                continue
            space = dark[max(top, upper) + 2 : min(bottom, lower) - 2, left + 6 : right - 6]
            half = space[:, space.shape[1] // 2 :]
            # The ground of the excision may be written at its head.
            if space.size and space.mean() < 0.10 and half.mean() < 0.02:
                used |= {number, other}
                yield left, min(top, upper), right + 1, max(bottom, lower)
            break


def _strokes(dark: Mask) -> Iterator[tuple[int, int, int]]:
    """Thin upright strokes, taller than type and much shorter than a rule: where they stand."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for column in range(1, dark.shape[1] - 1):
        edges = np.flatnonzero(np.diff(dark[:, column].astype(np.int8), prepend=0, append=0))
        for top, bottom in zip(edges[::2], edges[1::2], strict=True):
            if STROKE <= bottom - top <= 4 * STROKE:
                found[column].append((int(top), int(bottom)))
    for column, spans in sorted(found.items()):
        for top, bottom in spans:
            beside = any(abs(top - one) <= 3 and abs(bottom - two) <= 3 for one, two in found[column - 1])
            thick = dark[top + 4 : bottom - 4, column + 1 : column + 5].mean() > 0.6
            if not beside and not thick:
                yield column, top, bottom


def _pieces(mask: Mask) -> list[list[_Run]]:
    """The connected pieces of a mask as runs of its rows."""
    parents: list[int] = []
    runs: list[_Run] = []

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
            runs.append(_Run(row, first, last))
            parents.append(number)
            here.append(number)
            while at < len(above) and runs[above[at]].last < first:
                at += 1
            near = at
            while near < len(above) and runs[above[near]].first <= last:
                parents[root(above[near])] = root(number)
                near += 1
        above = here
    pieces: dict[int, list[_Run]] = defaultdict(list)
    for number, run in enumerate(runs):
        pieces[root(number)].append(run)
    return list(pieces.values())


def _hull(runs: list[_Run]) -> Rectangle:
    return (
        min(run.first for run in runs),
        min(run.row for run in runs),
        max(run.last for run in runs),
        max(run.row for run in runs) + 1,
    )
