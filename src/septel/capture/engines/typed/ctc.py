"""The signs that the reader of typed lines knows, and reading them off its answer."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RARE = "½¼¾°§£¢éñ"
"""Signs beyond ASCII that some typewriters had."""
SIGNS = " " + "".join(sorted(set(string.printable) - set(string.whitespace))) + RARE
"""The blank between words, then all printable ASCII, then what some typewriters had besides."""
NONE = len(SIGNS)
"""The network's class for "no sign stands here"; the last one."""
CLASSES = NONE + 1
CODES = {sign: code for code, sign in enumerate(SIGNS)}
SMALL = np.array([sign.islower() for sign in SIGNS] + [False])
"""Which classes are small letters; a page in capitals has none."""
LETTERS = np.array([sign.isalpha() for sign in SIGNS] + [False])
"""Which classes are letters."""

FEWEST = 0.02
"""Others with less weight are left out."""

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign read off a line.

    Attributes:
        text: the sign, maybe a blank.
        first, last: the frames that it takes, last excluded.
        weight: the network's weight for this sign among all signs that could stand there, from zero to one.
            It is no probability until it is calibrated.
        others: other signs with their weights, the heaviest first.
    """

    text: str
    first: int
    last: int
    weight: float
    others: tuple[tuple[str, float], ...] = ()


def sure_signs(scores: Scores, least: float) -> NDArray[np.intp]:
    """The classes of those signs of a line (`signs_of`, small letters too) that weigh so much or more.

    A page is asked for no more than this to tell its case; making all its signs for it takes a twentieth of
    the time of reading it.
    """
    best = scores.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    weights = np.exp(np.maximum.reduceat(scores.max(axis=1), starts))
    sure: NDArray[np.intp] = best[starts][weights >= least]
    return sure


def signs_of(scores: Scores, *, capitals: bool) -> list[Sign]:
    """The signs of a line, read greedily from the network's scores.

    A run of frames with the same best class is one sign (connectionist temporal classification, Graves and
    others, 2006). Its weight is that of its best frame.

    Args:
        scores: log probabilities, frames by `CLASSES`.
        capitals: whether small letters are left out of account.
    """
    weights = weights_of(scores, capitals=capitals)
    best = weights.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best)) + 1
    found: list[Sign] = []
    for first, last in zip([0, *edges], [*edges, len(best)], strict=True):
        code = int(best[first])
        if code == NONE:
            continue
        peak = first + int(weights[first:last, code].argmax())
        row = weights[peak]
        if SIGNS[code] == " ":
            # What stands in a blank may show beside the middle of it.
            row = weights[first:last].max(axis=0)
            row[NONE] = weights[peak, NONE]
        found.append(
            Sign(
                text=SIGNS[code],
                first=int(first),
                last=int(last),
                weight=float(row[code]),
                others=rivals_in(row, code),
            )
        )
    return found


def weights_of(scores: Scores, *, capitals: bool) -> Scores:
    """The weights of all classes, frame by frame; in capitals small letters have none."""
    weights: Scores = np.exp(scores)
    if capitals:
        weights = np.where(SMALL, 0.0, weights)
        weights /= weights.sum(axis=1, keepdims=True)
    return weights


def rivals_in(row: NDArray[np.float32], code: int) -> tuple[tuple[str, float], ...]:
    """The other signs of a frame with their weights, the heaviest first; "" is that none stands there."""
    near = np.flatnonzero(row >= FEWEST)
    rivals = near[np.argsort(row[near])[::-1]].tolist() if len(near) > 1 else near.tolist()
    return tuple(("" if one == NONE else SIGNS[one], float(row[one])) for one in rivals if one != code)


def mean_weight(lines: Sequence[Sequence[Sign]]) -> float:
    """The mean weight of all signs but blanks; nought when there are none."""
    weights = [sign.weight for line in lines for sign in line if sign.text != " "]
    return sum(weights) / len(weights) if weights else 0.0
