"""Which of two engines' readings of a place to take: a fitted weighing of what both told of it.

The first engine tells much of its signs, the second is another kind of reader: wrong less often where a
figure is a letter, more often elsewhere. How much each counts was fitted on worn pages whose truth is known
(`septel train vote`).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from septel.capture import Character, Word
from septel.errors import ModelError
from septel.lexicon import figure_like
from septel.text import digest_of

Known = Callable[[str], bool]
FEATURES = (
    "first_sure",
    "second_sure",
    "first_known",
    "second_known",
    "only_second_known",
    "first_figure_like",
    "second_figure_like",
    "seen",
    "apart",
    "longer",
    "figures",
    "small",
)
LEAST = 0.005
"""The weight of a sign that the first engine did not think of."""
_CORE = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteModel:
    """Weighs two readings of a place that differ.

    Attributes:
        data: on what it was fitted, for the model card.
        intercept, weights: of a logistic model over `FEATURES`.
    """

    data: str
    intercept: float
    weights: tuple[float, ...]

    @property
    def name(self) -> str:
        """The first letters of a digest of the weights."""
        return digest_of(repr((self.intercept, self.weights)).encode())[:8]

    def second(self, here: Sequence[Word], there: Sequence[Word], known: Known) -> bool:
        """Whether the second engine's reading is likelier right than the first's.

        Args:
            here: the first engine's words.
            there: the second's.
            known: whether a word in capitals is one that the reader's vocabulary has.
        """
        figures = features(here, there, known)
        return self.intercept + sum(w * x for w, x in zip(self.weights, figures, strict=True)) > 0

    @classmethod
    def load(cls, path: Path) -> VoteModel:
        """Read a file.

        Raises:
            ModelError: it is damaged.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            weights = tuple(float(data["weights"][name]) for name in FEATURES)
            return cls(data=str(data["data"]), intercept=float(data["intercept"]), weights=weights)
        except (OSError, ValueError, KeyError, TypeError) as why:
            raise ModelError(
                f"the weights of a vote can't be read ({why})",
                where=str(path),
                remedy="Install septel again, or make them with `septel train vote`.",
            ) from why

    def save(self, path: Path) -> None:
        """Write the file."""
        weights = {name: round(w, 5) for name, w in zip(FEATURES, self.weights, strict=True)}
        data = {"data": self.data, "intercept": round(self.intercept, 5), "weights": weights}
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


@cache
def shipped() -> VoteModel:
    """The weighing that is shipped, for `typed` and `rapid`.

    Raises:
        ModelError: it is damaged.
    """
    return VoteModel.load(Path(str(files("septel.witness").joinpath("vote.json"))))


def features(here: Sequence[Word], there: Sequence[Word], known: Known) -> tuple[float, ...]:
    """The numbers that are weighed, in the order of `FEATURES`."""
    one, other = " ".join(word.text for word in here), " ".join(word.text for word in there)
    mine, theirs = known_word(one, known), known_word(other, known)
    return (
        _odds(here),
        _odds(there),
        float(mine),
        float(theirs),
        float(theirs and not mine),
        float(bool(figure_like(one))),
        float(bool(figure_like(other))),
        _seen(one, other, here),
        Levenshtein.distance(one, other) / max(len(one), 1),
        float(len(other) > len(one)),
        float(any(map(str.isdigit, other))),
        float(any(map(str.islower, other))),
    )


def known_word(text: str, known: Known) -> bool:
    """Whether all the longer runs of letters of a reading are known words, and there is one."""
    runs = [run for run in _CORE.findall(text) if len(run) > 2]
    clean = all(character.isalnum() or character in "()'\"/-.,:;?!& " for character in text)
    return bool(runs) and clean and all(known(run.upper()) for run in runs)


def _odds(words: Sequence[Word]) -> float:
    """The logarithm of the odds of the least sure word; none where the engine says nothing."""
    told = [word.engine_confidence for word in words if word.engine_confidence is not None]
    if not told:
        return 0.0
    kept = min(max(min(told) / 100, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept)) / 3


def _seen(one: str, other: str, here: Sequence[Word]) -> float:
    """How likely the first engine itself has the second's reading, beside its own (a logarithm)."""
    characters = {
        word.span.start - here[0].span.start + at: character
        for word in here
        for at, character in enumerate(word.characters)
    }
    if not characters:
        return -3.0
    total = 0.0
    for op in Levenshtein.opcodes(one, other):
        lengths = op.src_end - op.src_start, op.dest_end - op.dest_start
        if op.tag == "equal":
            continue
        places = [characters.get(at) for at in range(op.src_start, op.src_end)]
        if op.tag == "delete" or (op.tag == "replace" and lengths[0] == lengths[1]):
            wanted = other[op.dest_start : op.dest_end] or [""] * lengths[0]
            total += sum(_share(place, text) for place, text in zip(places, wanted, strict=True))
        else:
            total += 3 * math.log(LEAST) / 5 * max(lengths)
    return max(total, -12.0) / 4


def _share(character: Character | None, text: str) -> float:
    if character is None:
        return math.log(LEAST)
    weights: Mapping[str, float] = dict(character.others)
    return math.log(max(weights.get(text, 0.0) / 100, LEAST) / max(character.confidence / 100, LEAST))
