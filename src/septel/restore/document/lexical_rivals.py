"""A second look at words that no lexicon has: is one a likely misreading of a word that is known?

The search goes from left to right and gives up what looks poor for a while, so a word with two errors near
its beginning may never be met. Here each unknown word of letters is laid beside the known words that are
like it, those of the lexicon and those that the document has elsewhere, and parted in two where a blank was
lost. A logistic model weighs them: what it costs by shape that the one is seen for the other, what
characters and words on both sides say, how common each is, and how often the document has it. It is fitted
where the truth is known, on words of which either what was read or a known word is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from septel.restore.channel import shape_cost
from septel.restore.confidence import OtherReading, WeighedFeatures
from septel.restore.document.result import RestoredWord
from septel.restore.language import CharacterModel, Vocabulary, WordModel, encode
from septel.restore.tokens import confusions, parted

SHORTEST = 4
"""Letters from which an unknown word is looked at again."""
SHORT, USUAL = 2, 7
"""Letters from which words are found by likeness, and how common those shorter than `SHORTEST` must be."""
LONG = 24
"""Letters up to which it is."""
MOST = 8
"""Known words that are weighed for one unknown word."""
COMMON = 8
"""How common (binary logarithm of a count) both words must be that a lost blank may have parted."""
WEIGHT_OF_COUNT = 0.5
STEP_COST = 3.0
"""How one edit, and one step of commonness, count when the nearest words are chosen."""

_COUNTED = np.array([n.bit_count() for n in range(1 << 16)], np.uint8)
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_BLANKS = re.compile(r"\s+")

FEATURES = (
    "shape",
    "characters",
    "company",
    "distance",
    "distance_share",
    "like_shape",
    "length",
    "common",
    "rare",
    "here",
    "repeated",
    "same_first",
    "same_last",
    "capital",
    "mixed",
    "ends_line",
    "begins_line",
    "divided",
    "rate",
    "mixed_rate",
    "doubt",
    "changed",
    "parted",
    "parted_company",
    "runner_up",
    "capital_common",
    "repeated_rate",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWord:
    """A word of the document's reading.

    Attributes:
        text, before: as it was read, and as it came.
        line: the number of its line.
        doubt: the logarithm of the odds that it is right, as far as the search knows.
        open: whether it may be read otherwise: no hint and no person fixed it.
    """

    text: str
    before: str
    line: int
    doubt: float
    open: bool

    @classmethod
    def of(cls, word: RestoredWord, before: str) -> SeenWord:
        """A word as the search left it."""
        share = word.evidence.posterior if word.evidence is not None else 1.0
        share = min(max(share, 1e-3), 1 - 1e-3)
        return cls(
            text=word.text,
            before=before,
            line=word.line,
            doubt=log(share / (1 - share)),
            open=word.evidence is not None and bool(word.text.strip()),
        )


class RivalModel(WeighedFeatures):
    """The fitted model."""

    __slots__ = ()
    names = FEATURES
    what = "the model of known words for unknown ones"

    def odds(self, rival: OtherReading) -> float:
        """The logarithm of the odds that a known word is meant."""
        return self.odds_of(rival.features)


@dataclass(frozen=True, kw_only=True)
class LexiconIndex:
    """Known words by length, each with the set of its letters as bits, so that likely ones are found fast."""

    words: dict[int, list[str]]
    letters: dict[int, NDArray[np.uint32]]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> LexiconIndex:
        """The words of letters of a vocabulary."""
        words: dict[int, list[str]] = {}
        for word, count in vocabulary.words.items():
            long = SHORTEST <= len(word) <= LONG or (SHORT <= len(word) < SHORTEST and count >= USUAL)
            if long and word.isalpha() and word.isascii():
                words.setdefault(len(word), []).append(word)
        letters = {length: _letters(found, length) for length, found in words.items()}
        return cls(words=words, letters=letters, vocabulary=vocabulary)

    def near(self, core: str, shortest: int = SHORTEST) -> Iterator[tuple[str, int]]:
        """The known words within a few edits of a word in capitals, with their distance."""
        most = 1 if len(core) < 6 else 2 if len(core) < 9 else 3
        mask = _letters([core], len(core))[0] if core.isascii() and core.isalpha() else np.uint32(0)
        for length in range(max(len(core) - min(most, 2), shortest), len(core) + min(most, 2) + 1):
            there = self.letters.get(length)
            if there is None:
                continue
            for at in np.flatnonzero(_bits(there ^ mask) <= 2 * most):
                word = self.words[length][at]
                distance = Levenshtein.distance(core, word, score_cutoff=most)
                if distance <= most:
                    yield word, distance


def _bits(masks: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """How many bits each has."""
    out: NDArray[np.uint8] = _COUNTED[masks & 0xFFFF] + _COUNTED[masks >> 16]
    return out


def _letters(words: Sequence[str], length: int) -> NDArray[np.uint32]:
    codes = np.frombuffer("".join(words).encode("ascii"), np.uint8).reshape(len(words), length)
    out: NDArray[np.uint32] = np.bitwise_or.reduce(np.uint32(1) << (codes - 65).astype(np.uint32), axis=1)
    return out


@dataclass(frozen=True, kw_only=True)
class LexicalRivals:
    """Finds and weighs the known words that the unknown ones of a document may be.

    Attributes:
        lexicon: the known words.
        language, phrases: what characters, and what words, keep company.
        words: the document's words in order.
        mixed: whether it is in both cases.
        rate: its error rate.
        counts: how often the document has each word, in capitals.
        numbers: of each word, what the model of phrases knows it as.
    """

    lexicon: LexiconIndex
    language: CharacterModel
    phrases: WordModel | None
    words: Sequence[SeenWord]
    mixed: bool
    rate: float
    counts: Counter[str]
    numbers: Sequence[tuple[int, ...]]

    @classmethod
    def of(
        cls,
        lexicon: LexiconIndex,
        language: CharacterModel,
        phrases: WordModel | None,
        words: Sequence[SeenWord],
        *,
        mixed: bool,
        rate: float,
    ) -> LexicalRivals:
        """Over the words of a document."""
        counts = Counter(parted(word.text)[1].upper() for word in words)
        return cls(
            lexicon=lexicon,
            language=language,
            phrases=phrases,
            words=words,
            mixed=mixed,
            rate=rate,
            counts=counts,
            numbers=[phrases.numbers(word.text.upper()) if phrases else () for word in words],
        )

    def unknown(self, at: int) -> str:
        """The letters of a word that is to be looked at again; empty where it is none."""
        word = self.words[at]
        core = parted(word.text)[1]
        if not word.open or not SHORTEST <= len(core) <= LONG or not _LETTERS.fullmatch(core):
            return ""
        if self.mixed and core[1:] not in (core[1:].lower(), core[1:].upper()):
            core = core[0] + core[1:].lower() if core[0].isupper() else core.lower()
        if self.lexicon.vocabulary.weight(core) is not None or not core.isascii():
            return ""
        return core

    def rivals(self, at: int) -> list[OtherReading]:
        """The known words that a word may be, best by likeness first; none where it is known."""
        core = self.unknown(at)
        if not core:
            return []
        plain = core.upper()
        found = [(word, distance) for word, distance in self._near(plain) if word != plain]
        weights = self.lexicon.vocabulary.words
        found.sort(key=lambda one: STEP_COST * one[1] - WEIGHT_OF_COUNT * weights.get(one[0], 0))
        found = found[:MOST]
        found += [(f"{head} {tail}", 1) for head, tail in self._halves(plain)]
        if not found:
            return []
        seen = _BLANKS.sub(" ", parted(self.words[at].before)[1].upper()) or plain
        costs = [shape_cost(word, seen) for word, _ in found]
        least = sorted(costs)
        out = []
        for (word, distance), cost in zip(found, costs, strict=True):
            others = least[1] if cost == least[0] and len(least) > 1 else least[0]
            second = others if len(least) > 1 else cost + 5.0
            features = self._features(at, core, word, distance, cost, second)
            out.append(OtherReading(text=self._written(at, core, word), features=features))
        return out

    def _near(self, plain: str) -> Iterator[tuple[str, int]]:
        yield from self.lexicon.near(plain)
        known = self.lexicon.vocabulary.words
        most = 1 if len(plain) < 7 else 2
        for word, times in self.counts.items():
            if times >= 3 and word not in known and word.isalpha() and len(word) >= SHORTEST:
                distance = Levenshtein.distance(plain, word, score_cutoff=most)
                if 0 < distance <= most and times > 2 * self.counts[plain]:
                    yield word, distance

    def _halves(self, plain: str) -> Iterator[tuple[str, str]]:
        """Two common words that a lost blank may have made one of."""
        weights = self.lexicon.vocabulary.words
        for cut in range(2, len(plain) - 1):
            head, tail = plain[:cut], plain[cut:]
            least = min(weights.get(head, 0), weights.get(tail, 0))
            if least >= COMMON + (3 if min(len(head), len(tail)) == 2 else 0):
                yield head, tail

    def _written(self, at: int, core: str, word: str) -> str:
        head, _, tail = parted(self.words[at].text)
        if core != core.upper():
            word = word.capitalize() if core[0].isupper() else word.lower()
        return head + word + tail

    def _features(
        self, at: int, core: str, word: str, distance: int, cost: float, second: float
    ) -> tuple[float, ...]:
        plain = core.upper()
        seen = _BLANKS.sub(" ", parted(self.words[at].before)[1].upper()) or plain
        left, right = self.beside(at, -1), self.beside(at, 1)
        weights = self.lexicon.vocabulary.words
        parts = word.split()
        weight = min(weights.get(part, 0) for part in parts)
        shape = min(cost - shape_cost(plain, seen), 20.0)
        characters = self.characters(left, word, right) - self.characters(left, plain, right)
        company = self.company(at, word)
        capital = self.mixed and core[0].isupper() and core != plain
        two = len(parts) > 1
        ends = at + 1 == len(self.words) or self.words[at + 1].line != self.words[at].line
        begins = at == 0 or self.words[at - 1].line != self.words[at].line
        divided = (begins and at > 0 and self.words[at - 1].text.endswith("-")) or (
            ends and self.words[at].text.endswith("-")
        )
        noise = log(self.rate + 0.005)
        repeated = min(self.counts[plain] - 1, 3)
        return (
            shape,
            max(min(characters, 25.0), -15.0),
            company,
            float(distance),
            distance / len(plain),
            float(confusions(plain, word)),
            min(len(plain), 12) / 10,
            weight / 10,
            float(weight < 4),
            log(1 + self.counts[word]),
            float(repeated),
            float(word[0] == plain[0]),
            float(word[-1] == plain[-1]),
            float(capital),
            float(self.mixed),
            float(ends),
            float(begins),
            float(divided),
            noise,
            noise * self.mixed,
            max(min(self.words[at].doubt, 5.0), -5.0),
            float(parted(self.words[at].text)[1].upper() != parted(self.words[at].before)[1].upper()),
            float(two),
            company * two,
            max(min(second - cost, 10.0), -10.0),
            capital * weight / 10,
            repeated * noise,
        )

    def nearest(self, core: str, most: int) -> list[str]:
        """The known words that are most like a word in capitals, common ones first among equals."""
        weights = self.lexicon.vocabulary.words
        found = [one for one in self.lexicon.near(core, SHORT) if one[0] != core]
        found.sort(key=lambda one: STEP_COST * one[1] - WEIGHT_OF_COUNT * weights.get(one[0], 0))
        return [word for word, _ in found[:most]]

    def beside(self, at: int, step: int) -> list[str]:
        """Two words before or after, in capitals and reading order."""
        places = [at - 2, at - 1] if step < 0 else [at + 1, at + 2]
        return [self.words[p].text.upper() for p in places if 0 <= p < len(self.words)]

    def characters(self, left: Sequence[str], word: str, right: Sequence[str]) -> float:
        """How probable a stretch is by its characters: what follows counts as well as what is before."""
        return float(self.language.scores(encode(" ".join((*left, word, *right)))).sum())

    def company(self, at: int, word: str | None = None) -> float:
        """How much likelier a word (or another in its place) is in its company than anywhere."""
        if self.phrases is None:
            return 0.0
        judged = self.numbers[at] if word is None else self.phrases.numbers(word)
        before = [number for one in self.numbers[max(at - 2, 0) : at] for number in one]
        after = [number for one in self.numbers[at + 1 : at + 3] for number in one]
        return self.phrases.company(before, judged, after)
