"""Pieces of ink that may be a stamp, cut out and brought to one height of letters.

Stamps are in condensed and in broad faces, higher and lower than type. So a piece's letters are brought to
one height, and the strip is half as wide again as the page has it, so that each figure of a narrow face has
answers of its own. Several looks at one piece, a little wider, narrower, higher or lower, tell what is read
by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from septel.capture.engines.typed.lines import FRAME, HIGH
from septel.capture.regions import TextPiece

LETTER, WIDER = 20, 1.5
"""Rows of a strip that letters take, and how much wider it is than the page."""
SIDE = 0.5
"""Paper beside a piece, in heights of its letters."""
LOW, TALL, NARROW, BROAD = 16, 48, 2.6, 22
"""Letters of a piece are at least and at most so many pixels high, at 200 dpi; it is at least and at most so
many times as wide. The smallest right ones on 112 pages were 18 pixels high, one in twenty narrower."""
WIDE = 640
"""A strip is at most so wide: what is longer is a line of text."""
SHRUNK = 0.75
"""What is made smaller than this is averaged."""
_TAILS = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One way to look at a piece.

    Attributes:
        up: how much lower than its middle, in heights of its letters.
        wider: by how much wider.
        taller: by how much higher.
    """

    up: float = 0.0
    wider: float = 1.0
    taller: float = 1.0


FIRST = Look()
MORE = (
    Look(wider=1.18),
    Look(wider=0.87),
    Look(up=0.05, taller=1.1),
    Look(up=-0.05, taller=0.91),
)
"""What is looked at again is looked at so."""


def may_be_stamped(piece: TextPiece) -> bool:
    """Whether a piece is of a size that stamps have."""
    wide = piece.place[2] - piece.place[0]
    strip = (wide + 2 * SIDE * piece.high) * WIDER * LETTER / piece.high
    return LOW <= piece.high <= TALL and NARROW * piece.high <= wide <= BROAD * piece.high and strip <= WIDE


def strip_of(page: Image.Image, piece: TextPiece, look: Look = FIRST) -> NDArray[np.float32]:
    """A piece as the reader of stamps sees it: `HIGH` rows of ink, from nought to one.

    Args:
        page: straight, dark on white, in the pixels of the piece.
        piece: to cut out.
        look: how.
    """
    left, top, right, _ = piece.place
    ink = 255 - np.asarray(page.crop(piece.place), np.float32)
    summed = np.cumsum(ink.sum(axis=1))
    first, last = np.searchsorted(summed / max(float(summed[-1]), 1.0), (_TAILS, 1 - _TAILS)).tolist()
    middle = top + (first + last + 1) / 2 + look.up * piece.high
    each = LETTER * look.taller / piece.high
    half, side = HIGH / 2 / each, SIDE * piece.high
    wide = max(4 * FRAME, round((right - left + 2 * side) * each * WIDER * look.wider / FRAME) * FRAME)
    place = (left - side, middle - half, right + side, middle + half)
    if each < SHRUNK:
        edges = (round(place[0]), round(place[1]), round(place[2]), round(place[3]))
        cut = _on_paper(page, edges).resize((wide, HIGH), Image.Resampling.BOX)
    else:
        cut = page.transform(
            (wide, HIGH),
            Image.Transform.EXTENT,
            place,
            resample=Image.Resampling.BILINEAR,
            fillcolor=255,
        )
    return (255 - np.asarray(cut, np.float32)) / np.float32(255)


def _on_paper(page: Image.Image, edges: tuple[int, int, int, int]) -> Image.Image:
    """A rectangle of the page; white where it lies beside it."""
    out = Image.new("L", (edges[2] - edges[0], edges[3] - edges[1]), 255)
    inside = (max(edges[0], 0), max(edges[1], 0), min(edges[2], page.width), min(edges[3], page.height))
    out.paste(page.crop(inside), (inside[0] - edges[0], inside[1] - edges[1]))
    return out
