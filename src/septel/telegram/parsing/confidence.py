"""How sure each field of a restored telegram is.

A restorer leaves its calibrated probability at each word that it changed or doubts. They alone don't say how
sure a field is: the grammar knows closed lists and repetitions, and free text has no such help. So the
probability that a field is right was learnt from worn pages of telegrams whose fields are known, by logistic
regression on four things: the log of the product of the word probabilities within the field, the share of
the document's words that are expected to be wrong, whether the field is free text, and whether its value
was found by distance. The weights are data (`data/field-confidence.json`, with their origin), and
`septel measure telegram worn:2` says how far the result can be trusted. A text that nobody restored gives
no ground, and its fields have no confidence.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import TypeVar

from septel.telegram.model import Field, Telegram
from septel.text import Confidence, Edit, Ground, Reading, Span

T = TypeVar("T")
FREE = ("subject", "references", "attention")
"""Fields whose words no list holds."""
_LEAST = math.log(1e-4)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFeatures:
    """What the confidence of a field is reckoned from.

    Attributes:
        words: log of the product of the probabilities of the marked words of the field; zero when none is.
        noise: the share of the document's words that are expected to be wrong.
        free: whether the field is free text.
        near: whether the value was found by distance, vote or structure.
    """

    words: float
    noise: float
    free: bool
    near: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCalibration:
    """The learnt weights, with a name."""

    name: str
    bias: float
    words: float
    noise: float
    free: float
    near: float

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> FieldCalibration:
        """The weights that come with the package."""
        file = resources.files("septel.telegram") / "data" / "field-confidence.json"
        data = json.loads(file.read_text(encoding="utf-8"))
        return cls(name=data["name"], **{name: float(data["weights"][name]) for name in _WEIGHTS})

    def confidence(self, evidence: FieldFeatures) -> Confidence:
        """The probability that a field with this evidence is right."""
        total = self.bias + self.words * evidence.words + self.noise * evidence.noise
        total += self.free * evidence.free + self.near * evidence.near
        return Confidence(probability=round(1 / (1 + math.exp(-total)), 3), calibration=self.name)


_WEIGHTS = ("bias", "words", "noise", "free", "near")


_SPACES = bytes(ord(" " if chr(n).isspace() else "x") for n in range(128)) + b"x" * 128
"""Of each sign of a text in ASCII whether it parts words."""


def word_count(text: str) -> int:
    """How many words a text has; of one in ASCII without making them."""
    if not text.isascii():
        return len(text.split())
    signs = text.encode().translate(_SPACES)
    return signs.count(b" x") + signs.startswith(b"x")


class FieldDoubts:
    """The marks of doubt of one reading, by place."""

    def __init__(self, reading: Reading) -> None:
        self._edits = reading.edits
        self._starts = [edit.span.start for edit in reading.edits]
        wrong = sum(1 - edit.confidence.probability for edit in reading.edits if edit.confidence)
        unread = sum(edit.unreadable for edit in reading.edits)
        self.noise = (wrong + unread) / max(1, word_count(reading.source.text))

    def evidence(self, name: str, field: Field[T]) -> FieldFeatures:
        """What is known of how sure a field is."""
        return FieldFeatures(
            words=self._words(field.locus.span),
            noise=self.noise,
            free=name in FREE,
            near=bool(field.basis),
        )

    def decided(self, span: Span) -> bool:
        """Whether a person decided what stands there."""
        return any(edit.reason.ground is Ground.DECISION for edit in self._within(span))

    def _words(self, span: Span) -> float:
        marked = (edit.confidence.probability for edit in self._within(span) if edit.confidence)
        return sum((max(math.log(max(p, 1e-4)), _LEAST) for p in marked), 0.0)

    def _within(self, span: Span) -> list[Edit]:
        first = max(0, bisect_left(self._starts, span.start) - 1)
        found = []
        for edit in self._edits[first:]:
            if edit.span.start >= span.end:
                break
            if edit.span.end > span.start:
                found.append(edit)
        return found


def with_confidence(telegram: Telegram, reading: Reading) -> Telegram:
    """The telegram with a confidence at each field of its heading and at the signature.

    What a person decided needs none.
    """
    if not any(edit.confidence for edit in reading.edits):
        return telegram
    trust, calibration = FieldDoubts(reading), FieldCalibration.shipped()

    def known(name: str, field: Field[T]) -> Field[T]:
        if trust.decided(field.locus.span):
            return field
        return replace(field, confidence=calibration.confidence(trust.evidence(name, field)))

    def one(name: str, field: Field[T] | None) -> Field[T] | None:
        return None if field is None else known(name, field)

    heading = telegram.heading
    return replace(
        telegram,
        heading=replace(
            heading,
            originator=one("originator", heading.originator),
            number=one("number", heading.number),
            sent=one("sent", heading.sent),
            precedence=one("precedence", heading.precedence),
            classification=one("classification", heading.classification),
            captions=tuple(known("captions", field) for field in heading.captions),
            series=tuple(known("series", field) for field in heading.series),
            attention=tuple(known("attention", field) for field in heading.attention),
            executive_order=one("executive_order", heading.executive_order),
            tags=one("tags", heading.tags),
            subject=one("subject", heading.subject),
            references=tuple(known("references", field) for field in heading.references),
        ),
        signature=one("signature", telegram.signature),
        downgrading=one("downgrading", telegram.downgrading),
    )
