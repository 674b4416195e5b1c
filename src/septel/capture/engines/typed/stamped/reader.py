"""Reading stamps with a small network of its own, and how likely each reading is.

The network is one like that of typed lines, with fewer layers (`septel train stamps`). It is shown a piece of
ink several times; what it sees each time, and with little doubt, is likely right.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from PIL import Image

from septel.capture.engines.typed.baseline import Curve
from septel.capture.engines.typed.ctc import SIGNS, Sign, signs_of, sure_signs
from septel.capture.engines.typed.lines import LineStrip
from septel.capture.engines.typed.network import LineReader, reader
from septel.capture.engines.typed.print_words import bare
from septel.capture.engines.typed.stamped.rows import spaced_rows
from septel.capture.engines.typed.stamped.strips import (
    FIRST,
    MORE,
    SIDE,
    Look,
    may_be_stamped,
    strip_of,
)
from septel.capture.engines.typed.stamped.text import StampText, stamp_of
from septel.capture.regions import PageInk, Rectangle, TextPiece

SHIPPED = "stamped.int8.onnx"
MOST = 60
"""So many pieces are looked at, the uppermost: numbers and dates stand in the head."""
FIGURE = np.array([sign.isdigit() for sign in SIGNS] + [False])
FEWEST, FIGURES = 3, 4
"""What has fewer figures at first sight is not looked at again; from so many on it is, also where it is no
number or date at first sight."""
NEAR, DARK, INKED = 0.45, 150, 0.3
"""Beside a piece, in heights of its letters, no column has so much ink darker than that if it is whole."""
SAME = 0.85
"""Places that share so much of the larger one are looked at once."""
LEAST = 0.001
"""Shares are taken as no nearer to nought and one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStamp:
    """A stamp that was read.

    Attributes:
        stamp: what it says.
        piece: where it stands, on the straight page.
        signs: of its text, one for each character of it but blanks.
        strip: in whose frames those lie.
        agreeing: the share of looks that say the same.
        weight: the least of its signs' mean weights.
        cut: whether there is ink so close beside the piece that it may be part of more.
    """

    stamp: StampText
    piece: TextPiece
    signs: tuple[Sign, ...]
    strip: LineStrip
    agreeing: float
    weight: float
    cut: bool = False


@cache
def stamp_reader() -> LineReader:
    """The shipped network.

    Raises:
        EngineFailure: it can't be loaded.
    """
    return reader(Path(str(files("septel.capture.engines.typed.stamped").joinpath(f"model/{SHIPPED}"))))


def read_stamps(page: Image.Image, ink: PageInk) -> list[ReadStamp]:
    """The stamps on a page; some may be read twice, from pieces that overlap.

    Args:
        page: straight, dark on white, at 200 dpi.
        ink: on it, without what was read for certain.

    Raises:
        EngineFailure: the network can't be loaded.
    """
    fit = [piece for piece in ink.found if may_be_stamped(piece)]
    rows = [row for row in spaced_rows(ink) if may_be_stamped(row)]
    fit += [row for row in rows if not any(_same(row.place, piece.place) for piece in fit)]
    fit = sorted(fit, key=lambda piece: piece.place[1])[:MOST]
    strips = [piece_strip(page, piece) for piece in fit]
    again: list[tuple[TextPiece, _Seen]] = []
    for piece, strip, scores in zip(fit, strips, stamp_reader().scores(strips), strict=True):
        figures = int(FIGURE[sure_signs(scores, 0.0)].sum())
        if figures >= FEWEST:
            signs = signs_of(scores, capitals=False)
            if figures >= FIGURES or stamp_of("".join(sign.text for sign in signs)):
                again.append((piece, (strip, signs)))
    looks = _seen(page, [(piece, look) for piece, _ in again for look in MORE])
    found: list[ReadStamp] = []
    for number, (piece, one) in enumerate(again):
        told = _agreed(piece, [one, *looks[number * len(MORE) : (number + 1) * len(MORE)]])
        if told is not None:
            found.append(replace(told, cut=_cut(page, piece)))
    return found


def _same(one: Rectangle, other: Rectangle) -> bool:
    """Whether two places are one but for some pixels."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    larger = max((place[2] - place[0]) * (place[3] - place[1]) for place in (one, other))
    return across > 0 and down > 0 and across * down > SAME * larger


_Seen = tuple[LineStrip, list[Sign]]


def _seen(page: Image.Image, looks: Sequence[tuple[TextPiece, Look]]) -> list[_Seen]:
    """What the network sees in pieces, each looked at in some way."""
    strips = [piece_strip(page, piece, look) for piece, look in looks]
    scores = stamp_reader().scores(strips)
    return [(strip, signs_of(one, capitals=False)) for strip, one in zip(strips, scores, strict=True)]


def piece_strip(page: Image.Image, piece: TextPiece, look: Look = FIRST) -> LineStrip:
    """A piece as the network sees it, with its place on the page."""
    left, top, right, bottom = piece.place
    pixels = strip_of(page, piece, look)
    side = SIDE * piece.high
    return LineStrip(
        pixels=pixels,
        left=left - side,
        curve=Curve((top + bottom) / 2, 0.0, 0.0, (left + right) / 2),
        scale=pixels.shape[1] / (right - left + 2 * side),
    )


def _cut(page: Image.Image, piece: TextPiece) -> bool:
    """Whether a column beside a piece, nearer than signs of two words are, has ink as signs have."""
    left, top, right, bottom = piece.place
    middle, near, half = (top + bottom) / 2, round(NEAR * piece.high), 0.4 * piece.high
    for first, last in ((left - near, left - 1), (right + 1, right + near)):
        band = page.crop((max(first, 0), round(middle - half), max(last, 1), round(middle + half)))
        dark = np.asarray(band.convert("L")) < DARK
        if dark.size and dark.mean(axis=0).max(initial=0.0) >= INKED:
            return True
    return False


def _agreed(piece: TextPiece, looks: Sequence[_Seen]) -> ReadStamp | None:
    """The stamp that most looks saw, the likeliest of them; none where no look saw one."""
    told = [(stamp_of("".join(sign.text for sign in signs)), strip, signs) for strip, signs in looks]
    votes = Counter(bare(stamp.text) for stamp, _, _ in told if stamp)
    if not votes:
        return None
    weights: dict[str, list[float]] = {}
    for stamp, _, signs in told:
        if stamp:
            weights.setdefault(bare(stamp.text), []).append(_least(stamp, signs))
    best = max(votes, key=lambda text: (votes[text], max(weights[text])))
    stamp, strip, signs = max(
        (one for one in told if one[0] and bare(one[0].text) == best),
        key=lambda one: _least(one[0], one[2]) if one[0] else 0.0,
    )
    assert stamp is not None
    return ReadStamp(
        stamp=stamp,
        piece=piece,
        signs=tuple(signs[stamp.first : stamp.last]),
        strip=strip,
        agreeing=votes[best] / len(looks),
        weight=sum(weights[best]) / len(looks),
    )


def _least(stamp: StampText, signs: Sequence[Sign]) -> float:
    return min((sign.weight for sign in signs[stamp.first : stamp.last] if sign.text != " "), default=0.0)


def odds(share: float) -> float:
    """The logarithm of the odds of a share."""
    return math.log(max(share, LEAST) / max(1 - share, LEAST))
