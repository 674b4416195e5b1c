"""A scale: figures in, a probability out. A logistic model over some features and their products, corrected.

The correction is isotonic: pairs of raw and true probability, between which is drawn a straight line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.restore.confidence.weights import by_name, in_order

Rows = NDArray[np.float64]


@cache
def products_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of features and of their products two by two."""
    rows, columns = np.triu_indices(len(names))
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return (*names, *(f"{names[i]} {names[j]}" for i, j in pairs))


def with_products(features: Iterable[Sequence[float]], count: int) -> Rows:
    """Features and their products two by two, one row per case, in the order of `products_of`."""
    rows = np.array(list(features), np.float64).reshape(-1, count)
    i, j = np.triu_indices(count)
    return np.concatenate((rows, rows[:, i] * rows[:, j]), axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticModel:
    """One fitted model.

    Attributes:
        names: of the features.
        intercept, weights: of the logistic model, in the order of `products_of`.
        steps: the correction; none where the raw probability stands.
    """

    names: tuple[str, ...]
    intercept: float
    weights: tuple[float, ...]
    steps: tuple[tuple[float, float], ...] = ()

    def odds(self, features: Iterable[Sequence[float]]) -> Rows:
        """The logarithm of the odds of each case, not corrected."""
        total: Rows = self.intercept + with_products(features, len(self.names)) @ np.array(self.weights)
        return np.clip(total, -30.0, 30.0)

    def probabilities(self, features: Iterable[Sequence[float]]) -> Rows:
        """The probability of each case."""
        raw = 1.0 / (1.0 + np.exp(-self.odds(features)))
        if not self.steps:
            return raw
        x, y = np.array(self.steps).T
        out: Rows = np.interp(raw, x, y)
        return out

    @classmethod
    def of_json(cls, data: Mapping[str, Any], names: tuple[str, ...]) -> LogisticModel:
        """Read back what `to_json` gives; KeyError where a weight is missing."""
        return cls(
            names=names,
            intercept=float(data["intercept"]),
            weights=in_order(data, products_of(names)),
            steps=tuple((float(x), float(y)) for x, y in data["steps"]),
        )

    def to_json(self) -> dict[str, object]:
        """As a model file holds it."""
        return {
            "intercept": round(self.intercept, 5),
            "weights": by_name(products_of(self.names), self.weights, digits=5),
            "steps": [[round(x, 6), round(y, 6)] for x, y in self.steps],
        }
