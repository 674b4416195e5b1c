"""Pieces of lines cut from a page for another engine, row under row, and where its words then stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PIL import Image

from septel.capture.engines import IN_ROWS, ROW_HIGH, ROW_MARGIN, prepare
from septel.capture.model import Box, RecognisedLine
from septel.capture.regions import TextPiece, pieces_of_text

HIGH = 2.0
"""A row shows so many heights of a word's box, half of them above the middle of its letters."""
WIDEST = 4000
"""Pixels: no row is drawn out farther."""
DPI, DARK = 200, 128
"""At so many dots to the inch text that nobody read is looked for, in what is darker than this."""
AROUND = 2
"""Pixels around a word that are its own."""
MOST = 64
"""Of more pieces that nobody read the widest are shown: specks of shading are narrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStretch:
    """A piece of a line on a page.

    Attributes:
        left, right: its ends, in pixels of the page.
        first, last: the middle of its letters at either end.
        high: of the boxes of its words.
    """

    left: int
    right: int
    first: float
    last: float
    high: float

    @property
    def scale(self) -> float:
        """Pixels of a row to one of the page."""
        return min(ROW_HIGH / (HIGH * self.high), WIDEST / (self.right - self.left))

    @property
    def box(self) -> Box:
        """Where its words stand, taken together."""
        return Box(
            left=self.left,
            top=round(min(self.first, self.last) - self.high / 2),
            right=self.right,
            bottom=round(max(self.first, self.last) + self.high / 2),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPieces:
    """What of a page an engine is shown.

    Attributes:
        stretches: pieces of its lines.
        read: where words stand that need nobody else; what else may be text is shown as well.
    """

    stretches: tuple[LineStretch, ...]
    read: tuple[Box, ...]

    def on(self, page: Image.Image) -> list[LineStretch]:
        """All pieces that are shown of the page."""
        return [*self.stretches, *loose_stretches(page, self.read)]


def loose_stretches(page: Image.Image, read: Iterable[Box]) -> list[LineStretch]:
    """What may be text on a page where no word was read, by its ink: labels in cells, stamps, lines."""
    ready = prepare(page, blur=0.0, tall=11 * DPI)
    dark = np.asarray(ready.image.convert("L")) < DARK
    for box in map(ready.there, read):
        top, left = max(box.top - AROUND, 0), max(box.left - AROUND, 0)
        dark[top : box.bottom + AROUND, left : box.right + AROUND] = False

    def placed(piece: TextPiece) -> LineStretch:
        left, top, right, bottom = piece.place
        ends = [ready.back(at, (top + bottom) / 2, at, (top + bottom) / 2) for at in (left, right)]
        return LineStretch(
            left=ends[0].left,
            right=max(ends[1].left, ends[0].left + 1),
            first=ends[0].top,
            last=ends[1].top,
            high=piece.high / ready.scale,
        )

    found = sorted(pieces_of_text(dark, DPI).found, key=lambda one: one.place[0] - one.place[2])
    return [placed(piece) for piece in found[:MOST]]


def cut(page: Image.Image, stretches: Sequence[LineStretch]) -> Image.Image:
    """The pieces as rows under one another, straight."""
    grey = page.convert("L")
    rows = [_row(grey, one) for one in stretches]
    sheet = Image.new("L", (max((row.width for row in rows), default=1), ROW_HIGH * max(len(rows), 1)), 255)
    for number, row in enumerate(rows):
        sheet.paste(row, (0, number * ROW_HIGH))
    sheet.info[IN_ROWS] = True
    return sheet


def placed(lines: Sequence[RecognisedLine], stretches: Sequence[LineStretch]) -> list[RecognisedLine]:
    """What was read in the rows, at its place on the page."""
    return [
        tuple(word.moved(partial(_there, stretches[line[0].box.top // ROW_HIGH])) for word in line)
        for line in lines
        if line[0].box.top // ROW_HIGH < len(stretches)
    ]


def _row(page: Image.Image, stretch: LineStretch) -> Image.Image:
    side = ROW_MARGIN / stretch.scale
    left, right = stretch.left - side, stretch.right + side
    slope = (stretch.last - stretch.first) / (stretch.right - stretch.left)
    first, last = stretch.first - slope * side, stretch.last + slope * side
    half = stretch.high * HIGH / 2
    corners = (left, first - half, left, first + half, right, last + half, right, last - half)
    wide = max(1, round((right - left) * stretch.scale))
    return page.transform(
        (wide, ROW_HIGH), Image.Transform.QUAD, corners, resample=Image.Resampling.BICUBIC, fillcolor=255
    )


def _there(stretch: LineStretch, box: Box) -> Box:
    """A box in a row on the page, as high as the stretch."""

    def across(edge: int) -> int:
        return round(stretch.left + (edge - ROW_MARGIN) / stretch.scale)

    left, right = max(across(box.left), 0), max(across(box.right), 0)
    return Box(left=left, top=stretch.box.top, right=max(right, left + 1), bottom=stretch.box.bottom)
