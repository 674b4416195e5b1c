"""Lines of a page in segments, each of them type or something else.

Forms have typed words beside printed labels, stamps and notes by hand in one row. A wide gap parts them, and
each is judged by itself: signs of type stand in step with the comb of their page
(`septel.capture.engines.typed.pitch`). Words of type that were read with little doubt stand; all else is
shown to the reader of print as well.

The limits were set on pages of the release of 2025 (folds 1 to 3 of the development scans): out of step our
reader finds a third of what the reader of print finds; in step the product of the weights of a word's signs
is the share of such words that are right, from nought to one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from septel.capture.engines.typed.ctc import Sign
from septel.capture.engines.typed.pitch import Pitch, evenness

GAP = 3.0
"""Signs so many cells apart are of two segments."""
SOME = 6
"""Signs from which the step of a segment can be told."""
STEP = 0.6
"""A segment that agrees less with the comb is no type of its page."""
SHORT = 0.95
"""The least mean weight of a shorter segment that is type, on a page of type ..."""
BESIDE, IN_PHASE = 0.4, 0.5
"""... and the same where it stands in one line with type and in step with it to this degree (as `STEP`)."""
EVEN, LINES = 0.6, 2
"""A page whose lines agree less with a comb, or of fewer of them, is no page of type of one pitch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Signs of one line without a wide gap.

    Attributes:
        signs: with the blanks among them.
        weight: the mean weight of its signs but blanks.
        typed: whether this is type, by its step.
    """

    signs: tuple[Sign, ...]
    weight: float
    typed: bool

    @property
    def long(self) -> int:
        """How many signs it has, blanks left out."""
        return sum(sign.text != " " for sign in self.signs)


def segments_of(signs: Sequence[Sign], pitch: Pitch) -> list[Segment]:
    """The segments of a line, from left to right.

    Args:
        signs: of the line.
        pitch: of its page.
    """
    runs: list[list[Sign]] = []
    last: Sign | None = None
    blanks: list[Sign] = []
    for sign in signs:
        if sign.text == " ":
            blanks.append(sign)
            continue
        if last is None or _middle(sign) - _middle(last) > GAP * pitch.frames:
            runs.append([])
        else:
            runs[-1] += blanks
        blanks = []
        runs[-1].append(sign)
        last = sign
    found = [_segment(run, pitch) for run in runs]
    typed = max(
        (one for one in found if one.typed and one.long >= SOME), key=lambda one: one.long, default=None
    )
    if typed is None:
        return found
    phase = _phase(typed.signs, pitch)
    return [
        replace(one, typed=True)
        if one.long < SOME
        and one.weight >= BESIDE
        and (_phase(one.signs, pitch) * phase.conjugate()).real >= IN_PHASE * abs(phase)
        else one
        for one in found
    ]


def _phase(signs: Sequence[Sign], pitch: Pitch) -> complex:
    """Where signs stand in the cells of a comb, as a number on or in the unit circle."""
    places = np.array([_middle(sign) for sign in signs if sign.text != " "])
    return complex(np.exp(2j * np.pi * places / pitch.frames).mean())


def _segment(run: Sequence[Sign], pitch: Pitch) -> Segment:
    weights = [sign.weight for sign in run if sign.text != " "]
    weight = float(np.mean(weights))
    if len(weights) < SOME:
        typed = pitch.even >= EVEN and pitch.lines >= LINES and weight >= SHORT
    else:
        typed = evenness(run, pitch) >= STEP
    return Segment(signs=tuple(run), weight=weight, typed=typed)


def _middle(sign: Sign) -> float:
    return (sign.first + sign.last) / 2
