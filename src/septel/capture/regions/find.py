"""Stretches of a page that are not its text: what was taken out, stamps, frames of forms, handwriting.

Found by their shape alone, on the page as it came:

- black excisions: solid dark rectangles at least as tall as a line of type. Black edges of the scan and
  punch holes are told from them;
- white excisions between brackets (`septel.capture.regions.brackets`);
- frames (`septel.capture.regions.frames`). A stamp and a box of a form look alike by their frame;
- stamps without a frame (`septel.capture.regions.stamps`) and handwriting
  (`septel.capture.regions.handwriting`), where no
  typed word was read.

Lines that are not body are found by their words (`septel.capture.regions.notices`). A white excision without
any mark can't be told from a blank.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
from PIL import Image

from septel.capture.model import Box, Region, RegionKind
from septel.capture.regions.brackets import bracketed
from septel.capture.regions.components import Mask, Rectangle, clear, inside, pieces, untyped
from septel.capture.regions.frames import frames
from septel.capture.regions.ground import edges, rules, shading
from septel.capture.regions.handwriting import written
from septel.capture.regions.stamps import stamps

LONG = 1100
"""Pages are looked at with a longer side of so many pixels, 100 to the inch on letter paper; thin strokes are
looked for at twice that."""
DPI = 100
"""The same in dots to the inch."""
TYPE = 11.5
"""The usual height of type in pixels."""
LEAST = 28
"""Pages with a side of fewer pixels hold nothing."""
DARK = 0.5
"""Which share of the paper's shade is dark."""
MASS, SOLID = 15, 0.9
"""A black excision is dark all over squares of so many pixels, to this share; fat type stands 12 high."""
WIDE = 30
"""The least width of a black excision in pixels: three signs. Two that bled may be as black as one."""
HOLE = 40
"""Round dark spots up to so many pixels across are punch holes."""


def small_page(image: Image.Image) -> Mask | None:
    """Where a page is dark, with a longer side of `LONG` pixels; None where that can tell nothing."""
    scale = LONG / max(image.size)
    if min(image.size) * scale < LEAST:
        return None
    dark = _dark(image, scale)
    return None if dark.mean() > 0.5 else dark


def find_regions(
    image: Image.Image, typed: Sequence[Box] | None = None, *, dark: Mask | None = None
) -> tuple[Region, ...]:
    """What is on the page besides text, from top to bottom, with boxes in the page's own pixels.

    Args:
        image: the page.
        typed: the boxes of the words that were read on it; stamps without a frame and handwriting are looked
            for only if they are given.
        dark: its `small_page`, where that is at hand.
    """
    dark = small_page(image) if dark is None else dark
    if dark is None:
        return ()
    scale = LONG / max(image.size)
    black = list(_black(dark))
    rest = clear(dark, black, 3)
    words = [_small(box, scale) for box in typed or ()]
    fine = clear(_dark(image, 2 * scale), [_twice(one) for one in black], 6)
    bled = _letters(fine, [_small(box, 2 * scale) for box in typed or ()])
    # Type is as high as its ink, or as usual where the ink is worn.
    high = max(bled / 2, TYPE)
    loose = untyped(rest, words)
    framed = list(frames(loose))
    rubber: list[Rectangle] = []
    hands: list[Rectangle] = []
    if typed is not None:
        rubber = list(
            stamps([one for one in loose if not _in_any(one.place, framed)], _read(dark, words), high)
        )
        hands = written(clear(rest, [*framed, *rubber], 4), words)
    # Upright strokes of a pen or a stamp are no brackets.
    white = [
        one
        for one in bracketed(fine, bled)
        if not _in_any(one, [_twice(other) for other in (*framed, *rubber, *hands)])
    ]
    kinds = {
        RegionKind.BLACK: black,
        RegionKind.FRAME: framed,
        RegionKind.STAMP: rubber,
        RegionKind.HANDWRITING: hands,
    }
    found = [Region(kind=kind, box=_box(one, scale, image.size)) for kind in kinds for one in kinds[kind]]
    found += [Region(kind=RegionKind.WHITE, box=_box(one, 2 * scale, image.size)) for one in white]
    return tuple(sorted(found, key=lambda one: (one.box.top, one.box.left)))


def find_ground(image: Image.Image, *, dark: Mask | None = None) -> tuple[Region, ...]:
    """What a page has besides words and marks, from top to bottom: rules, dark edges, shading in dots.

    Args:
        image: the page.
        dark: its `small_page`, where that is at hand.
    """
    dark = small_page(image) if dark is None else dark
    if dark is None:
        return ()
    scale = LONG / max(image.size)
    kinds = {
        RegionKind.RULE: list(rules(dark, DPI)),
        RegionKind.EDGE: list(edges(dark)),
        RegionKind.SHADING: shading(dark),
    }
    found = [Region(kind=kind, box=_box(one, scale, image.size)) for kind in kinds for one in kinds[kind]]
    return tuple(sorted(found, key=lambda one: (one.box.top, one.box.left)))


def _dark(image: Image.Image, scale: float) -> Mask:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = image.convert("L").resize(size, Image.Resampling.BOX)
    return np.asarray(np.asarray(small) < DARK * _paper(small))


def _paper(small: Image.Image) -> float:
    """The shade of paper: nine tenths of the pixels are no lighter (as `numpy.percentile`, from counts)."""
    below = np.cumsum(small.histogram())
    place = 0.9 * (small.width * small.height - 1)
    low, high = (int(np.searchsorted(below, at, "right")) for at in (math.floor(place), math.ceil(place)))
    return low + (high - low) * (place % 1.0)


def _read(dark: Mask, words: Sequence[Rectangle]) -> Mask:
    """Where typed words were read."""
    return ~clear(np.ones_like(dark), words, 1)


def _letters(dark: Mask, typed: Sequence[Rectangle]) -> float:
    """How high the ink of typed words stands, in the middle of all; type that bled stands higher."""
    heights: list[int] = []
    for left, top, right, bottom in typed:
        rows = dark[max(top - 4, 0) : bottom + 4, left:right].any(axis=1)
        edges = np.flatnonzero(np.diff(rows.astype(np.int8), prepend=0, append=0))
        if len(edges):
            heights.append(int((edges[1::2] - edges[::2]).max()))
    return float(median(heights)) if heights else 2 * TYPE


def _twice(place: Rectangle) -> Rectangle:
    left, top, right, bottom = place
    return 2 * left, 2 * top, 2 * right, 2 * bottom


def _in_any(one: Rectangle, others: Sequence[Rectangle]) -> bool:
    return any(inside(one, other) for other in others)


def _box(found: Rectangle, scale: float, size: tuple[int, int]) -> Box:
    left, top, right, bottom = (round(value / scale) for value in found)
    return Box(left=max(left, 0), top=max(top, 0), right=min(right, size[0]), bottom=min(bottom, size[1]))


def _small(box: Box, scale: float) -> Rectangle:
    left, top, right, bottom = (round(v * scale) for v in (box.left, box.top, box.right, box.bottom))
    return left, top, right, bottom


def _black(dark: Mask) -> Iterator[Rectangle]:
    rows, columns = dark.shape
    reach = MASS // 2
    sums = np.pad(dark.astype(np.int32).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    mass = sums[MASS:, MASS:] - sums[:-MASS, MASS:] - sums[MASS:, :-MASS] + sums[:-MASS, :-MASS]
    for one in pieces(mass >= SOLID * MASS * MASS):
        left, top, right, bottom = one.place
        # The squares' corners were gathered; the mass reaches from the first to the end of the last.
        right, bottom = right + MASS - 1, bottom + MASS - 1
        high, wide = bottom - top, right - left
        edge = left <= reach or top <= reach or right >= columns - reach or bottom >= rows - reach
        round_ = abs(high - wide) <= 0.3 * wide and wide <= HOLE
        if wide >= WIDE and not edge and not round_:
            yield left, top, right, bottom
