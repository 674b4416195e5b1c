"""From what the search found to a probability: a logistic model fitted where the truth is known.

File format (JSON): `name`, `data` (what it was fitted on), `intercept`, `weights` (one per feature and one
per product of two, by name), `steps`: an isotonic correction as pairs of raw and true probability, and
`marks`: a smaller model of the marks at a word's edges, which are judged apart from it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from typing import Any

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
        core, marks: the shares of its letters, and of its marks, whatever the other is.
        beside: the share of its weaker neighbour.
        torn: whether the blank before or after it was not seen.
        spaced: whether blanks stand within what it was read from.
        closed, stood: the kind of mark that closes it (`MARKED`), and that of what stands there.
        led: whether a mark leads it, or did where it came.
        small: whether it stands in small letters in a text of capitals.
        last: whether it ends its line.
        soiled: whether ink that was taken for dirt stands right after it.
        ends: whether it ends a paragraph.
        rival: where it is unknown and known words are like it, the logarithm of the odds of the best of them
            (`septel.restore.document.lexical_rivals`); None elsewhere.
        retaken: whether it is such a word, put in the place of what was read.
        here: how often the document has its letters elsewhere.
        company: how well it fits the two words on either side.
        alike: by how much a known word one usual confusion away is more common (binary logarithm).
        near: the mean odds (their logarithm) of the two words on either side, as far as the search knows.
        strange_near: the share of unknown words among the three on either side.
        old: whether the document's noise is that of old engines.
        support: what engines saw for it; weighed apart (`septel.restore.confidence.engine_features`).
        figure: the figure of another engine, from 0 to 1, where there is nothing else; weighed like that.
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
    core: float = 1.0
    marks: float = 1.0
    beside: float = 1.0
    torn: bool = False
    spaced: bool = False
    closed: str = ""
    stood: str = ""
    led: bool = False
    small: bool = False
    last: bool = False
    soiled: bool = False
    ends: bool = False
    rival: float | None = None
    retaken: bool = False
    here: int = 0
    company: float = 0.0
    alike: float = 0.0
    near: float = 0.0
    strange_near: float = 0.0
    old: bool = False
    support: Support | None = None
    figure: float | None = None

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
            _odds(self.core),
            _odds(self.marks),
            _odds(self.beside),
            float(self.torn),
            float(self.spaced),
            float(self.closed == "stop"),
            float(self.closed == "comma"),
            float(self.closed == "other"),
            float(self.closed != self.stood),
            float(self.stood == "other"),
            float(self.led),
            float(self.small),
            float(self.last),
            float(self.soiled),
            float(self.ends),
            0.0 if self.rival is None else min(max(self.rival, -6.0), 6.0),
            float(self.rival is not None),
            float(self.retaken),
            log(1 + self.here),
            self.company / 5,
            self.alike / 10,
            self.near / 5,
            self.strange_near,
            float(self.old),
            float(self.old) * log(posterior / (1 - posterior)),
        )

    def marked(self) -> tuple[float, ...]:
        """The numbers by which its marks are judged, in the order of `MARK_FEATURES`."""
        noise = log(self.document + 0.005)
        return (
            _odds(self.marks),
            _odds(self.core),
            _odds(self.posterior),
            log(self.rate + 0.005),
            noise,
            float(self.closed == "stop"),
            float(self.closed == "comma"),
            float(self.closed == "other"),
            float(self.stood == "stop"),
            float(self.stood == "comma"),
            float(self.stood == "other"),
            float(self.closed == self.stood),
            float(self.led),
            float(self.last),
            float(self.kept),
            float(self.closed != self.stood) * noise,
            float(self.stood == "other") * noise,
            _odds(self.marks) * noise,
            _odds(self.beside),
            float(self.torn),
            float(self.soiled),
            float(self.soiled and not self.closed),
            float(self.ends),
            float(self.ends and self.closed == "comma"),
            float(self.ends and not self.closed),
        )


def _odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))


def kind_of_mark(tail: str) -> str:
    """The kind of what closes a word: nothing, a stop, a comma, or other marks."""
    return {"": "", ".": "stop", ",": "comma"}.get(tail, "other")


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
    "core",
    "marks",
    "beside",
    "torn",
    "spaced",
    "stop",
    "comma",
    "marked",
    "mark_changed",
    "mark_stood",
    "led",
    "small",
    "last",
    "soiled",
    "ends",
    "rival",
    "rivalled",
    "retaken",
    "here",
    "company",
    "alike",
    "near",
    "strange_near",
    "old",
    "old_posterior",
)
MARK_FEATURES = (
    "marks",
    "core",
    "posterior",
    "line",
    "document",
    "stop",
    "comma",
    "other",
    "stood_stop",
    "stood_comma",
    "stood_other",
    "same",
    "led",
    "last",
    "kept",
    "changed_document",
    "stood_document",
    "marks_document",
    "beside",
    "torn",
    "soiled",
    "soiled_bare",
    "ends",
    "ends_comma",
    "ends_bare",
)


_MULTIPLIED = FEATURES.index("ends") + 1
"""Of the features, the first so many are multiplied two by two; for the others that gained nothing."""
_ROWS, _COLUMNS = np.triu_indices(_MULTIPLIED)
PRODUCTS = (
    *FEATURES,
    *(f"{FEATURES[i]} {FEATURES[j]}" for i, j in zip(_ROWS.tolist(), _COLUMNS.tolist(), strict=True)),
)


def products(evidence: WordFeatures) -> NDArray[np.float64]:
    """The features and the products of most of them two by two, in the order of `PRODUCTS`."""
    features = np.array(evidence.features())
    return np.concatenate((features, features[_ROWS] * features[_COLUMNS]))


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkModel:
    """A logistic model over a few features: whether the mark at a word's edge is right."""

    intercept: float
    weights: tuple[float, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any], names: Sequence[str]) -> MarkModel:
        """Read back what `to_json` wrote."""
        return cls(intercept=float(data["intercept"]), weights=in_order(data, names))

    def to_json(self, names: Sequence[str]) -> dict[str, object]:
        """Intercept and weights by name."""
        return {"intercept": round(self.intercept, 5), "weights": by_name(names, self.weights, digits=5)}

    def probability(self, features: Sequence[float]) -> float:
        """The probability that it gives."""
        odds = self.intercept + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + exp(-min(max(odds, -30.0), 30.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCalibration:
    """A fitted calibration; `name` stands in every confidence that it gives.

    Attributes:
        name: as the model card lists it.
        data: on what it was fitted.
        intercept, weights, steps: of the model of whole words.
        marks: the model of the marks at a word's edges, or None.
    """

    name: str
    data: str
    intercept: float
    weights: tuple[float, ...]
    steps: tuple[tuple[float, float], ...]
    marks: MarkModel | None = None

    def mark_probability(self, evidence: WordFeatures) -> float:
        """The probability that a word's marks are right, where its letters are."""
        if self.marks is None:
            return 1.0
        return self.marks.probability(evidence.marked())

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
                marks=MarkModel.of(data["marks"], MARK_FEATURES) if "marks" in data else None,
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
        if self.marks is not None:
            data["marks"] = self.marks.to_json(MARK_FEATURES)
        write_model(path, data)
