"""What else the words of a document may be, and what is known of each reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log

from rapidfuzz.distance import Levenshtein

from septel.restore.channel import shape_cost
from septel.restore.confidence import OtherReading
from septel.restore.document.assessment import WordAssessor
from septel.restore.document.lexical_rivals import LexicalRivals
from septel.restore.document.result import RestoredWord
from septel.restore.tokens import confusions, parted
from septel.text import State

FAINT = 1e-4
"""Shares below this are not told apart."""
NEAREST = 6
"""Known words like a doubtful one that are weighed."""
LONGEST = 64
"""What is longer is no word (a rule, a text without blanks), and weighing its readings takes very long."""


@dataclass(frozen=True, kw_only=True)
class OtherReadings:
    """Finds what else the words of one document may be.

    Attributes:
        judge: what judged the words.
        around: the words in their order, and what keeps company.
        read: the document as it was given to the search.
    """

    judge: WordAssessor
    around: LexicalRivals
    read: str

    def of(
        self, at: int, word: RestoredWord, known: tuple[tuple[str, float], ...]
    ) -> tuple[OtherReading, ...]:
        """What else a judged word may be.

        Args:
            at: its place among the words.
            word: the word, with the readings that survived the search.
            known: known words that an unknown one may be, with the logarithm of their odds.
        """
        before = word.span.of(self.read)
        if word.evidence is None or word.confidence is None or not word.text.strip():
            return ()
        if max(len(before), len(word.text)) > LONGEST:
            return ()
        shares = {_written(one.text, word): one.probability or 0.0 for one in word.alternatives}
        odds = {text: value for text, value in known if value > log(FAINT)}
        stands = {_written(before.strip(), word)} if before.strip() else set()
        texts = dict.fromkeys((*shares, *odds, *stands, *self._near(word)))
        texts.pop(word.text, None)
        if not texts:
            return ()
        place = _Place(
            readings=self,
            at=at,
            word=word,
            before=before,
            seen=parted(before)[1].upper() or before.upper(),
            shares=shares,
            odds=odds,
        )
        return tuple(OtherReading(text=text, features=place.features(text)) for text in texts)

    def _near(self, word: RestoredWord) -> list[str]:
        """Known words that are like a doubtful one."""
        head, core, tail = parted(word.text)
        if word.state is State.SURE or not core.isalpha():
            return []
        found = self.around.nearest(core.upper(), NEAREST)
        return [head + _written(one, word) + tail for one in found]


@dataclass(frozen=True, kw_only=True)
class _Place:
    """The place of one word, to which its other readings are held."""

    readings: OtherReadings
    at: int
    word: RestoredWord
    before: str
    seen: str
    shares: dict[str, float]
    odds: dict[str, float]

    @cached_property
    def core(self) -> str:
        """The letters of the word in capitals."""
        return parted(self.word.text)[1].upper()

    @cached_property
    def own(self) -> tuple[float, float, float]:
        """What the word itself costs by shape, and how probable it is by characters and by company."""
        return self._weighed(self.word.text, self.core)

    def _weighed(self, text: str, body: str) -> tuple[float, float, float]:
        around = self.readings.around
        left, right = around.beside(self.at, -1), around.beside(self.at, 1)
        return (
            shape_cost(body, self.seen),
            around.characters(left, text.upper(), right),
            around.company(self.at, text.upper()),
        )

    def features(self, text: str) -> tuple[float, ...]:
        """What is known of a reading, in the order of `OTHER_FEATURES`."""
        word, judge, core = self.word, self.readings.judge, self.core
        evidence, confidence = word.evidence, word.confidence
        assert evidence is not None and confidence is not None
        body = parted(text)[1].upper()
        wrong = min(max(1 - confidence.probability, 1e-3), 1 - 1e-3)
        share = log(max(self.shares.get(text, 0.0), FAINT))
        kept = float(text in self.shares)
        weight = judge.vocabulary.weight(text)
        shape, characters, company = (
            other - own for other, own in zip(self._weighed(text, body), self.own, strict=True)
        )
        marks = float(body == core)
        apart = Levenshtein.distance(body, self.seen)
        sighted = float(evidence.support is not None)
        reading = judge.seen(word.span, text) if sighted else 0.0
        return (
            log(wrong / (1 - wrong)),
            share,
            kept,
            kept * share,
            float(kept and self.shares[text] == max(self.shares.values())),
            _held(shape, 15.0),
            float(text in self.odds),
            _held(self.odds.get(text, 0.0), 6.0),
            float(text == _written(self.before.strip(), word)),
            (weight or 0) / 10,
            float(weight is None),
            float(evidence.weight is None),
            _held(characters, 20.0),
            _held(company, 8.0),
            float(apart),
            apart / max(len(self.seen), 1),
            float(confusions(core, body)),
            min(len(core), 12) / 10,
            log(1 + self.readings.around.counts[body]) if len(body) > 3 else 0.0,
            marks,
            marks * share,
            float(" " in text),
            float(any(map(str.isdigit, text))),
            float(evidence.kept),
            evidence.kept * share,
            log(evidence.document + 0.005),
            sighted,
            sighted * share,
            _held(reading, 8.0),
        )


def _held(value: float, most: float) -> float:
    return max(min(value, most), -most)


def _written(text: str, word: RestoredWord) -> str:
    """A reading of the search, which knows capitals only, in the case of the word."""
    core = parted(word.text)[1]
    if core == core.upper() or text != text.upper():
        return text
    return text.capitalize() if core[:1].isupper() else text.lower()
