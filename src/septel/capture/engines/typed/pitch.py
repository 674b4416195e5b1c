"""Whether what was read is type of one pitch, and how wide its cells are.

A typewriter sets every sign into a cell of the same width. So the places of signs, along a line, agree with a
comb of even teeth; those of print, whose letters are of many widths, agree with none.

Rows of one mark, dashes above all, are counted by it. The network names a sign where it changes; of a row of
twenty dashes it may miss some, or see a blank among them. The pitch tells how many cells lie between two of
them, and ink that there is a mark in each.

It also tells where a sign was lost. Where the network can't choose between some letters, none of them may
weigh as much as "no sign stands here", and a letter is left out that it has seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.capture.engines.typed.ctc import NONE, SIGNS, Scores, Sign, rivals_in, weights_of
from septel.capture.engines.typed.lines import FRAME, LineStrip

CombPlaces = NDArray[np.float64]

FEWEST = 12
"""Signs on a line from which its pitch can be told."""
MARKS = frozenset("-=*._")
"""Marks that are typed in rows."""
ROW = 4
"""So many of one mark, with nothing else among them, are a row."""
INKED = 0.4
"""Ink of this strength, from 0 to 1, is ink."""
MOST = 0.5
"""The lines of pixels in which a mark has this share of the ink of its strongest one are its own."""
LEAST = 0.6
"""A cell holds a mark where it has this share of the inked columns of those that were read."""
FAR = 40
"""Cells beyond a row's ends that are looked at."""
ONE_LOST = (1.6, 2.45)
"""Two signs so many cells apart, with no blank between them, have room for one more."""
JOINING = "-/"
"""Only between letters and figures, or one of them and one of these: where in its cell another mark stands is
less plain, and rows of marks are counted by their ink."""
LIKELIEST = 0.1
"""What the likeliest sign between them weighs at least. On 1,175 lines of folds 1 to 3 a sign was typed in 40
of 42 such places, and in 21 of them this one; of blanks no more than half were typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitch:
    """How even a page is.

    Attributes:
        frames: the width of a cell, in frames of the reader.
        even: how well signs agree with a comb of that width, from zero (not at all) to one.
        lines: on how many lines this was seen.
    """

    frames: float
    even: float
    lines: int


def pitch_of(lines: Sequence[Sequence[Sign]]) -> Pitch | None:
    """The pitch of a page, or None where too little was read to tell."""
    places = [one for one in map(_places, lines) if len(one) >= FEWEST]
    if not places:
        return None
    step = median(float(one) for line in places for one in np.diff(line))
    # From wide to narrow: of combs that fit as well, the widest.
    combs = np.linspace(0.85 * step, 1.15 * step, 121)[::-1]
    fits = [_best_comb(line, combs) for line in places]
    return Pitch(
        frames=median(comb for _, comb in fits),
        even=median(fit for fit, _ in fits),
        lines=len(places),
    )


def _best_comb(places: CombPlaces, combs: CombPlaces) -> tuple[float, float]:
    """How well places agree with the comb that they agree with best, and that comb."""
    fits = np.abs(np.exp(2j * np.pi * places / combs[:, None]).mean(axis=1))
    best = int(fits.argmax())
    return float(fits[best]), float(combs[best])


def evenness(signs: Sequence[Sign], pitch: Pitch) -> float:
    """How well a line's signs agree with the comb of its page, from zero to one; one for a lone sign."""
    return _agreement(_places(signs), pitch.frames)


def _places(signs: Sequence[Sign]) -> CombPlaces:
    return np.array([(sign.first + sign.last) / 2 for sign in signs if sign.text != " "])


def _agreement(places: CombPlaces, comb: float) -> float:
    """How well places agree with a comb: the length of the mean of their phases (Rayleigh's test)."""
    return float(np.abs(np.exp(2j * np.pi * places / comb).mean())) if len(places) else 0.0


def with_lost_signs(signs: Sequence[Sign], scores: Scores, cell: float, *, capitals: bool) -> list[Sign]:
    """The signs of a line, with those that were seen between two others and weigh less than none.

    Args:
        signs: of the line (`septel.capture.engines.typed.ctc.signs_of`).
        scores: that they were read from.
        cell: frames to a cell.
        capitals: whether small letters are left out of account.
    """
    out: list[Sign] = []
    for before, sign in pairwise([None, *signs]):
        if before and sign and (before.text + sign.text).strip(JOINING).isalnum():
            middles = [(one.first + one.last) / 2 for one in (before, sign)]
            if ONE_LOST[0] <= (middles[1] - middles[0]) / cell <= ONE_LOST[1]:
                first = max(math.ceil(middles[0] + cell / 2), before.last)
                last = min(math.floor(middles[1] - cell / 2) + 1, sign.first)
                out += _lost_sign(scores[first:last], first, capitals=capitals)
        out += [sign] if sign else []
    return out


def _lost_sign(scores: Scores, first: int, *, capitals: bool) -> list[Sign]:
    """The sign that weighs most in some frames, if it may have been typed there."""
    if not len(scores):
        return []
    weights = weights_of(scores, capitals=capitals)
    peak, code = divmod(int(weights[:, :NONE].argmax()), NONE)
    weight = float(weights[peak, code])
    if SIGNS[code] == " " or weight < LIKELIEST:
        return []
    others = rivals_in(weights[peak], code)
    return [Sign(text=SIGNS[code], first=first + peak, last=first + peak + 1, weight=weight, others=others)]


def completed(signs: Sequence[Sign], strip: LineStrip, cell: float) -> list[Sign]:
    """The signs of a line, with the marks that were missed in its rows of one mark.

    Args:
        signs: of the line.
        strip: where they were read.
        cell: frames to a cell.
    """
    out: list[Sign] = []
    at = 0
    for first, last in _rows(signs):
        out += signs[at:first]
        row = [sign for sign in signs[first:last] if sign.text != " "]
        before = signs[first - 1].last if first else 0
        after = signs[last].first if last < len(signs) else strip.pixels.shape[1] // FRAME
        out += _filled(row, strip.pixels, cell, before, after)
        at = last
    return [*out, *signs[at:]]


def _rows(signs: Sequence[Sign]) -> Iterator[tuple[int, int]]:
    """The rows of one mark, as the numbers of their first sign and of the one behind their last."""
    at = 0
    while at < len(signs):
        mark, last, count = signs[at].text, at, 0
        if mark in MARKS:
            while last < len(signs) and signs[last].text in (mark, " "):
                count += signs[last].text == mark
                last += 1
            while signs[last - 1].text == " ":
                last -= 1
            if count >= ROW:
                yield at, last
        at = max(last, at + 1)


def _filled(
    row: Sequence[Sign], pixels: NDArray[np.float32], cell: float, before: int, after: int
) -> list[Sign]:
    """A row with a mark in each cell that holds one, between the signs before and behind it."""
    middles = [(sign.first + sign.last) / 2 for sign in row]
    own = np.concatenate([_columns(pixels, middle, cell) for middle in middles], axis=1).mean(axis=1)
    inked = (pixels[own >= MOST * own.max()] >= INKED).any(axis=0)
    enough = LEAST * float(np.median([_columns(inked[None], middle, cell).mean() for middle in middles]))

    # Each mark of a row speaks for all others.
    weight = max(sign.weight for sign in row)

    def holds(middle: float) -> bool:
        return bool(_columns(inked[None], middle, cell).mean() >= enough > 0)

    def mark(middle: float) -> Sign:
        frame = round(middle)
        return Sign(text=row[0].text, first=frame, last=frame + 1, weight=weight)

    out: list[Sign] = []
    for step in range(FAR, 0, -1):
        middle = middles[0] - step * cell
        if middle - cell / 2 >= before and all(holds(middles[0] - n * cell) for n in range(1, step + 1)):
            out.append(mark(middle))
    for number, sign in enumerate(row):
        out.append(replace(sign, weight=weight))
        if number + 1 < len(row):
            gap = middles[number + 1] - middles[number]
            missing = round(gap / cell) - 1
            places = (middles[number] + gap * n / (missing + 1) for n in range(1, missing + 1))
            out += [mark(middle) for middle in places if holds(middle)]
    for step in range(1, FAR + 1):
        middle = middles[-1] + step * cell
        if middle + cell / 2 > after or not holds(middle):
            break
        out.append(mark(middle))
    return out


def _columns(pixels: NDArray[Any], middle: float, cell: float) -> NDArray[np.float32]:
    """The columns of a cell."""
    left = max(round((middle - cell / 2) * FRAME), 0)
    return np.asarray(pixels[:, left : left + round(cell * FRAME)], np.float32)
