"""From what the search found to a probability: a logistic model fitted where the truth is known.

File format (JSON): `name`, `data` (what it was fitted on), `intercept`, `weights` (one per feature and one
per product of two, by name), and `steps`: an isotonic correction as pairs of raw and true probability.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from septel.restore.confidence.weights import by_name, in_order, read_model, write_model
from septel.restore.engine_output import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFeatures:
    """What is known of a restored word before anyone checks it.

    Attributes:
        posterior: its share of the probability of all readings that survived the search.
        wrong: how many seen pieces were not seen as they are.
        length: characters of the word.
        weight: how common the word is (binary logarithm of its count), None when unknown.
        digits: how many of its characters are digits.
        rate: the error rate of its line.
        document: the error rate of its document.
        runner_up: the share of its strongest rival.
        strange: the share of unknown words in what the document was read as: a page that is read as
            nonsense is not read.
        strange_line: the same for its line.
        odds: where it was weighed against what stands (`septel.restore.confidence.change_model`), the
            logarithm of its
            odds; else nought.
        kept: whether what stands was kept then.
        changed: whether it is not what stands.
        support: what engines saw for it; weighed apart (`septel.restore.confidence.engine_features`).
    """

    posterior: float
    wrong: int
    length: int
    weight: int | None
    digits: int
    rate: float
    document: float
    runner_up: float
    strange: float
    strange_line: float
    odds: float = 0.0
    kept: bool = False
    changed: bool = False
    support: Support | None = None

    def features(self) -> tuple[float, ...]:
        """The numbers that the logistic model weighs, in the order of `FEATURES`."""
        posterior = min(max(self.posterior, 1e-4), 1 - 1e-4)
        share = self.wrong / self.length
        return (
            log(posterior / (1 - posterior)),
            share,
            float(self.wrong == 0),
            0.0 if self.weight is None else 1.0,
            0.0 if self.weight is None else self.weight / 10,
            min(self.length, 12) / 10,
            self.digits / self.length,
            log(self.rate + 0.005),
            log(self.document + 0.005),
            self.runner_up,
            share * log(self.rate + 0.005),
            float(self.length <= 2),
            self.strange_line * self.rate,
            self.strange * self.document,
            min(max(self.odds, -5.0), 5.0),
            float(self.kept),
            float(self.odds != 0.0),
        )


FEATURES = (
    "posterior",
    "misread",
    "untouched",
    "known",
    "common",
    "length",
    "digits",
    "line",
    "document",
    "runner_up",
    "misread_line",
    "short",
    "strange_line",
    "strange_document",
    "odds",
    "kept",
    "weighed",
)


_ROWS, _COLUMNS = np.triu_indices(len(FEATURES))
PRODUCTS = (
    *FEATURES,
    *(f"{FEATURES[i]} {FEATURES[j]}" for i, j in zip(_ROWS.tolist(), _COLUMNS.tolist(), strict=True)),
)


def products(evidence: WordFeatures) -> NDArray[np.float64]:
    """The features and their products two by two, in the order of `PRODUCTS`."""
    features = np.array(evidence.features())
    return np.concatenate((features, features[_ROWS] * features[_COLUMNS]))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCalibration:
    """A fitted calibration; `name` stands in every confidence that it gives."""

    name: str
    data: str
    intercept: float
    weights: tuple[float, ...]
    steps: tuple[tuple[float, float], ...]

    def raw(self, evidence: WordFeatures) -> float:
        """The logistic model's probability."""
        total = self.intercept + float(np.dot(self.weights, products(evidence)))
        return 1 / (1 + exp(-min(max(total, -30.0), 30.0)))

    def probability(self, evidence: WordFeatures) -> float:
        """The probability that a word with this evidence is right."""
        raw = self.raw(evidence)
        if not self.steps:
            return raw
        at = bisect_left(self.steps, (raw, 0.0))
        if at == 0:
            return self.steps[0][1]
        if at == len(self.steps):
            return self.steps[-1][1]
        (x0, y0), (x1, y1) = self.steps[at - 1], self.steps[at]
        return y0 if x1 <= x0 else y0 + (y1 - y0) * (raw - x0) / (x1 - x0)

    @classmethod
    def load(cls, path: Path) -> WordCalibration:
        """Read a calibration file.

        Raises:
            ModelError: the file is damaged or of another format.
        """
        return read_model(
            path,
            lambda data: cls(
                name=str(data["name"]),
                data=str(data["data"]),
                intercept=float(data["intercept"]),
                weights=in_order(data, PRODUCTS),
                steps=tuple((float(x), float(y)) for x, y in data["steps"]),
            ),
            what="the calibration",
        )

    def save(self, path: Path) -> None:
        """Write the calibration file."""
        data = {
            "name": self.name,
            "data": self.data,
            "intercept": round(self.intercept, 5),
            "weights": by_name(PRODUCTS, self.weights, digits=6),
            "steps": [[round(x, 5), round(y, 5)] for x, y in self.steps],
        }
        write_model(path, data)
