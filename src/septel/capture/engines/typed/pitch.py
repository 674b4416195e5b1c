"""Whether what was read is type of one pitch, and how wide its cells are.

A typewriter sets every sign into a cell of the same width. So the places of signs, along a line, agree with a
comb of even teeth; those of print, whose letters are of many widths, agree with none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from septel.capture.engines.typed.ctc import Sign

CombPlaces = NDArray[np.float64]

FEWEST = 12
"""Signs on a line from which its pitch can be told."""


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
    combs = np.linspace(0.85 * step, 1.15 * step, 121)
    fits = [max((_agreement(line, comb), comb) for comb in combs) for line in places]
    return Pitch(
        frames=float(median(comb for _, comb in fits)),
        even=float(median(fit for fit, _ in fits)),
        lines=len(places),
    )


def evenness(signs: Sequence[Sign], pitch: Pitch) -> float:
    """How well a line's signs agree with the comb of its page, from zero to one; one for a lone sign."""
    return _agreement(_places(signs), pitch.frames)


def _places(signs: Sequence[Sign]) -> CombPlaces:
    return np.array([(sign.first + sign.last) / 2 for sign in signs if sign.text != " "])


def _agreement(places: CombPlaces, comb: float) -> float:
    """How well places agree with a comb: the length of the mean of their phases (Rayleigh's test)."""
    return float(np.abs(np.exp(2j * np.pi * places / comb).mean())) if len(places) else 0.0
