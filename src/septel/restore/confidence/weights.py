"""Fitted weights as files: how the models that weigh evidence are read, whatever they weigh."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

from septel.errors import ModelError

Model = TypeVar("Model")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedFeatures:
    """A fitted logistic model over features that have names.

    File format (JSON): `data` (what it was fitted on), `intercept`, `weights` by the names of the features.
    A model says by `names` which features it has, in their order, and by `what` how it is called in faults.
    """

    names: ClassVar[tuple[str, ...]]
    what: ClassVar[str]

    data: str
    intercept: float
    weights: tuple[float, ...]

    def odds_of(self, features: Sequence[float]) -> float:
        """The logarithm of the odds that some features speak for."""
        return self.intercept + sum(w * f for w, f in zip(self.weights, features, strict=True))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model file.

        Raises:
            ModelError: the file is damaged or of another format.
        """
        return read_model(
            path,
            lambda data: cls(
                data=str(data["data"]),
                intercept=float(data["intercept"]),
                weights=in_order(data, cls.names),
            ),
            what=cls.what,
        )

    def save(self, path: Path) -> None:
        """Write the model file."""
        data = {
            "data": self.data,
            "intercept": round(self.intercept, 5),
            "weights": by_name(self.names, self.weights, digits=5),
        }
        write_model(path, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReading:
    """Another reading of a word, as a model weighs it.

    Attributes:
        text: the whole token, marks and case as they would stand.
        features: what the model weighs, in the order of its names.
    """

    text: str
    features: tuple[float, ...]


def read_model(path: Path, make: Callable[[Mapping[str, Any]], Model], *, what: str) -> Model:
    """The model that a JSON file holds.

    Args:
        path: the file.
        make: makes the model of what stands in the file.
        what: the model in words, for the message.

    Raises:
        ModelError: the file is damaged or of another format.
    """
    try:
        return make(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise ModelError(
            f"{what} can't be read ({why})",
            where=str(path),
            remedy="Install septel again, or make it with `septel train calibration`.",
        ) from why


def write_model(path: Path, data: Mapping[str, object]) -> None:
    """Write what `read_model` reads."""
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def in_order(data: Mapping[str, Any], names: Sequence[str]) -> tuple[float, ...]:
    """The weights of a model file in the order of their names; KeyError where one is missing."""
    return tuple(float(data["weights"][name]) for name in names)


def by_name(names: Sequence[str], weights: Sequence[float], *, digits: int) -> dict[str, float]:
    """The weights as a model file holds them."""
    return {name: round(weight, digits) for name, weight in zip(names, weights, strict=True)}
