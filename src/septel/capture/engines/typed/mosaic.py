"""Reading pieces of text from all over a page in one go, each brought to one height.

The reader of print looks for its lines by itself and lays a page out; on forms it joins what rules part, and
small print is too small for it. Pieces that were found beforehand (`septel.capture.regions.pieces_of_text`)
are cut out, scaled so that their letters are of one height, and put under one another; what it reads goes
back to where each piece came from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from PIL import Image

from septel.capture.engines.preparation import Prepared
from septel.capture.engines.tesseract import recognised
from septel.capture.engines.typed.lines import PAGE_DPI
from septel.capture.engines.typed.print_words import with_bars_turned
from septel.capture.engines.typed.release_bar import ROUNDED
from septel.capture.model import Box, RecognisedLine
from septel.capture.regions import INK_BELOW, Mask, PageInk, TextPiece, pieces_of_text

HIGH = 30
"""The height of letters as the reader of print is shown them, in pixels."""
MARGIN, APART, AROUND = 0.35, 24, 20
"""Paper around a piece in shares of its height, and between pieces and beside them in pixels."""
BLOCK = 6
"""Tesseract's page mode for one block of lines."""
MOST = 30000
"""Pixels of a mosaic's height; more pieces than stand on that are no text."""
INNER = 0.18
"""So much of a frame's height is its sides and the paper within."""


class Cuttable(Protocol):
    """What pieces are cut from: an image in 256 shades, or what makes one of its parts when asked."""

    def crop(self, box: tuple[int, int, int, int], /) -> Image.Image:
        """A part of it, black where it lies beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightSheet:
    """A page turned straight, with white paper everywhere but on letters, part by part.

    Pieces cover a quarter of most pages; to turn a whole one takes a fortieth of the time of reading it.

    Attributes:
        page: as it came, in 256 shades.
        degrees: by how much it is to be turned, counter-clockwise.
        letters: 255 where letters are once it is straight, in its size.
    """

    page: Image.Image
    degrees: float
    letters: Image.Image

    def crop(self, box: tuple[int, int, int, int], /) -> Image.Image:
        """A part of the straight page, black where it lies beside it."""
        out = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        left, top = max(box[0], 0), max(box[1], 0)
        inside = (left, top, min(box[2], self.page.width), min(box[3], self.page.height))
        if inside[2] > left and inside[3] > top:
            bare = Image.new("L", (inside[2] - left, inside[3] - top), 255)
            bare.paste(self._turned(inside), (0, 0), self.letters.crop(inside))
            out.paste(bare, (left - box[0], top - box[1]))
        return out

    def _turned(self, box: tuple[int, int, int, int]) -> Image.Image:
        if not self.degrees:
            return self.page.crop(box)
        turn = -math.radians(self.degrees)
        cos, sin = math.cos(turn), math.sin(turn)
        across, down = box[0] - self.page.width / 2, box[1] - self.page.height / 2
        matrix = (
            *(cos, sin, cos * across + sin * down + self.page.width / 2),
            *(-sin, cos, -sin * across + cos * down + self.page.height / 2),
        )
        return self.page.transform(
            (box[2] - box[0], box[3] - box[1]),
            Image.Transform.AFFINE,
            matrix,
            resample=Image.Resampling.BILINEAR,
            fillcolor=255,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutting:
    """A piece, and what it is cut from.

    Attributes:
        image: in 256 shades.
        piece: in pixels of a smaller image of the same page.
        scale: pixels of `image` to one of that.
    """

    image: Cuttable
    piece: TextPiece
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tile:
    """A piece on the mosaic.

    Attributes:
        left, top: of its cut-out, on the smaller image.
        row: its first row on the mosaic.
        scale: pixels of the mosaic to one of the smaller image.
    """

    left: float
    top: float
    row: int
    scale: float


def printed_lines(
    page: Image.Image,
    ready: Prepared,
    gone: Iterable[Box] = (),
    bar: Iterable[Box] = (),
    *,
    ink: PageInk | None = None,
) -> tuple[list[RecognisedLine], list[RecognisedLine]]:
    """What the reader of print makes of a page, piece by piece, in pixels of the straight page.

    Args:
        page: as it came, in 256 shades, dark on white.
        ready: the same, straight, at 200 dpi.
        gone: places on the straight page that need no other reader.
        bar: frames of the release bar on `page`, which lie level.
        ink: `ink_on` of the page and of those places, where that is known.

    Returns:
        The words of the bar, and those of what is left of the page.

    Raises:
        MissingPart: the reader's model is not installed.
        EngineFailure: it gave no answer.
    """
    ink = ink or ink_on(ready, gone)
    fine = StraightSheet(
        page=with_bars_turned(page), degrees=ready.degrees, letters=_around(ink.letters, page.size)
    )
    level = [_framed(page, frame) for frame in bar]
    rest = [Cutting(image=fine, piece=piece, scale=1 / ready.scale) for piece in ink.found]
    read = read_pieces([*level, *rest])
    head = [tuple(word.moved(ready.there) for word in line) for line in read[: len(level)]]
    return list(filter(None, head)), list(filter(None, read[len(level) :]))


def ink_on(ready: Prepared, gone: Iterable[Box] = ()) -> PageInk:
    """The pieces of text on a straight page, without places that need no other reader."""
    dark = np.asarray(with_bars_turned(ready.image.convert("L"))) < INK_BELOW
    for box in gone:
        dark[max(box.top - 1, 0) : box.bottom + 2, max(box.left - 1, 0) : box.right + 2] = False
    return pieces_of_text(dark, PAGE_DPI)


def bar_lines(page: Image.Image, bar: Iterable[Box]) -> list[RecognisedLine]:
    """What the reader of print makes of the release bar, frame by frame, in pixels of the page.

    Raises:
        MissingPart: the reader's model is not installed.
        EngineFailure: it gave no answer.
    """
    return list(filter(None, read_pieces([_framed(page, frame) for frame in bar])))


def _framed(page: Image.Image, frame: Box) -> Cutting:
    """What stands in a frame, without its sides, as one piece."""
    side = round(INNER * (frame.bottom - frame.top))
    left, top, right, bottom = frame.left + side, frame.top + side, frame.right - side, frame.bottom - side
    inside = np.array(page.crop((frame.left, top, frame.right, bottom)))
    inside[:, :ROUNDED] = inside[:, -ROUNDED:] = 255
    inked = np.flatnonzero((inside < INK_BELOW).any(axis=1))
    first, last = (int(inked[0]), int(inked[-1]) + 1) if len(inked) else (0, bottom - top)
    bare = Image.new("L", page.size, 255)
    bare.paste(Image.fromarray(inside), (frame.left, top))
    piece = TextPiece(place=(left, top + first, right, top + last), high=last - first, fill=0.5)
    return Cutting(image=bare, piece=piece, scale=1.0)


def read_pieces(cuttings: Sequence[Cutting]) -> list[RecognisedLine]:
    """For each piece a line of words in pixels of its smaller image, empty where nothing was read.

    Raises:
        MissingPart: the reader's model is not installed.
        EngineFailure: it gave no answer.
    """
    lines: list[RecognisedLine] = [()] * len(cuttings)
    crops: list[Image.Image] = []
    tiles: list[_Tile] = []
    row = APART
    for cutting in cuttings:
        crop, left, top, scale = _cut(cutting)
        if row + crop.height + APART > MOST:
            break
        crops.append(crop)
        tiles.append(_Tile(left=left, top=top, row=row, scale=scale))
        row += crop.height + APART
    if not crops:
        return lines
    mosaic = Image.new("L", (max(crop.width for crop in crops) + 2 * AROUND, row), 255)
    for crop, tile in zip(crops, tiles, strict=True):
        mosaic.paste(crop, (AROUND, tile.row))
    starts = np.array([tile.row - APART / 2 for tile in tiles])
    for line in recognised(mosaic, mode=BLOCK, capitals=False, inverted=False):
        for word in line:
            number = int(np.searchsorted(starts, (word.box.top + word.box.bottom) / 2, "right")) - 1
            if number >= 0:
                lines[number] = (*lines[number], word.moved(partial(_there, tiles[number])))
    return [tuple(sorted(line, key=lambda word: word.box.left)) for line in lines]


def _around(letters: Mask, size: tuple[int, int]) -> Image.Image:
    """Where letters and the pixels beside them are: 255 on an image of another size of the same place."""
    around = letters.copy()
    around[1:] |= letters[:-1]
    around[:-1] |= letters[1:]
    rows = around.copy()
    around[:, 1:] |= rows[:, :-1]
    around[:, :-1] |= rows[:, 1:]
    mask = Image.fromarray(around.view(np.uint8) * np.uint8(255))
    return mask.resize(size, Image.Resampling.NEAREST)


def _cut(cutting: Cutting) -> tuple[Image.Image, int, int, float]:
    """A piece with some paper around it, its left and top edge, and its scale, to the smaller image."""
    piece, scale = cutting.piece, cutting.scale
    margin = max(3, round(MARGIN * piece.high))
    left, top, right, bottom = piece.place
    left, top, right, bottom = left - margin, top - margin, right + margin, bottom + margin
    crop = cutting.image.crop(
        (round(left * scale), round(top * scale), round(right * scale), round(bottom * scale))
    )
    each = HIGH / (piece.high * scale)
    size = (max(8, round(crop.width * each)), max(8, round(crop.height * each)))
    crop = crop.resize(size, Image.Resampling.BICUBIC if each > 1 else Image.Resampling.BOX)
    return crop, left, top, HIGH / piece.high


def _there(tile: _Tile, box: Box) -> Box:
    """A box of the mosaic on the smaller image."""

    def across(edge: int) -> int:
        return round(tile.left + (edge - AROUND) / tile.scale)

    def down(edge: int) -> int:
        return round(tile.top + (edge - tile.row) / tile.scale)

    return Box(left=across(box.left), top=down(box.top), right=across(box.right), bottom=down(box.bottom))
