"""How far a figure would move had other documents been drawn: 95% bootstrap intervals.

Units (documents; lines where a set is one document) are drawn with replacement, their counts summed and the
figure computed from the sums. The interval runs from the 2.5th to the 97.5th percentile. The same seed
gives the same draws for every system of a set, so that differences between systems are paired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CHUNK = 2000  # draws at a time: keeps memory small for sets of thousands of lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with its 95% interval; `low` and `high` are None when one unit is all there is."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def excludes_zero(self) -> bool:
        """Whether the whole interval lies on one side of zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampling:
    """How often units are drawn, and from which seed.

    Raises:
        ValueError: fewer than one draw.
    """

    seed: int = 0
    draws: int = 10_000

    def __post_init__(self) -> None:
        """Refuse to draw nothing."""
        if self.draws < 1:
            raise ValueError("a bootstrap draws at least once")

    def ratio(self, above: Sequence[float], below: Sequence[float]) -> Estimate:
        """The sum of `above` over the sum of `below`, one value of each per unit."""
        return self.difference(above, below, [0.0] * len(above), below)

    def mean(self, values: Sequence[float]) -> Estimate:
        """The mean over units."""
        return self.ratio(values, [1.0] * len(values))

    def difference(
        self,
        above: Sequence[float],
        below: Sequence[float],
        less_above: Sequence[float],
        less_below: Sequence[float],
    ) -> Estimate:
        """One ratio less another, over the same draws of units."""
        table = np.array([above, below, less_above, less_below], dtype=np.float64).T
        if not len(table):
            return Estimate(value=0.0)
        value = float(_difference(table.sum(axis=0)[None, :])[0])
        if len(table) < 2:
            return Estimate(value=value)
        random = np.random.default_rng(self.seed)
        found: list[Floats] = []
        for start in range(0, self.draws, CHUNK):
            size = min(CHUNK, self.draws - start)
            weights = random.multinomial(len(table), np.full(len(table), 1 / len(table)), size=size)
            found.append(_difference(weights @ table))
        low, high = np.percentile(np.concatenate(found), [2.5, 97.5])
        return Estimate(value=value, low=float(low), high=float(high))


def _difference(sums: Floats) -> Floats:
    def over(above: Floats, below: Floats) -> Floats:
        # A draw may miss every unit that has words; nothing wrong in nothing is no error.
        return np.divide(above, below, out=np.where(above > 0, 1.0, 0.0), where=below > 0)

    return over(sums[:, 0], sums[:, 1]) - over(sums[:, 2], sums[:, 3])
