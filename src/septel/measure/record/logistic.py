"""Fits a logistic model over features that are there or not, with a penalty on large weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from septel.record.statements import Weights

_STEPS = 60
_LEAST = 3
"""Examples in which a feature must be for it to weigh."""


def fit(
    examples: Sequence[tuple[frozenset[str], bool, float]], *, penalty: float = 1.0, digits: int = 3
) -> Weights:
    """The model that fits examples best.

    Args:
        examples: features, whether it was right, and what the example weighs.
        penalty: weight of the squares of the weights; the bias is free.
        digits: places to which the weights are rounded.
    """
    if not examples:
        return Weights()
    counts = Counter(name for features, _, _ in examples for name in features)
    names = sorted(name for name, count in counts.items() if count >= _LEAST)
    at = {name: i + 1 for i, name in enumerate(names)}
    x = np.zeros((len(examples), len(names) + 1))
    x[:, 0] = 1.0
    for row, (features, _, _) in enumerate(examples):
        for name in features:
            if name in at:
                x[row, at[name]] = 1.0
    y = np.array([float(right) for _, right, _ in examples])
    load = np.array([weight for _, _, weight in examples])
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 1e-3
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (load * (p - y)) + ridge * weights
        hessian = (x * (load * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    found = {name: round(float(weights[i]), digits) for name, i in at.items()}
    return Weights(round(float(weights[0]), digits), {name: w for name, w in found.items() if w})
