"""Garbles that came over the wire or from the typist: they stand, and are marked.

A text that no engine read has no noise of a scan. What is wrong in it was sent so, and nobody may mend it; a
reader should see it all the same (`WPTH`, `INCLUDINGTHE`, `FINACIAL`). An unknown word is no garble by
itself: names, foreign words and abbreviations are unknown too. Evidence is a known word that is one slip
away (a letter more, less, other, or two that changed places; in long words two slips; a lost blank) and that
the words around it ask for. A logistic model over nine features, fitted on released telegrams that were
judged by eye (docs/model-card.md), weighs that.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain, islice
from math import exp
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from septel.restore.language import CharacterModel, Vocabulary, encode
from septel.restore.tokens.classes import bare
from septel.text import Span

GARBLED = "garbles-1"
"""How confidences name the model."""
LEAST, LONG = 4, 7
"""Letters of a word that can be told to be a garble, and of one that may have two slips."""
COMMON, USUAL = 5, 7
"""How common (binary logarithm of a count) a word must be that was meant, after one slip and after two."""
BOTH, BRIEF = 6, 9
"""The same for each of two words that lost the blank between them, and for one of them that is short."""
BEFORE, AFTER = 8, 12
"""Characters of the line that are looked at on each side."""
NEAR = 2
"""Words on each side; where most of them are unknown the passage is foreign, or a list."""
ACROSS = 8
"""Lines back in which a word may have been cut: furniture of a page stands between."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TOKEN = re.compile(r"\S+")
_PART = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’][Ss]$")
_FURNITURE = re.compile(r"\s*(?:PAGE \d.*|\S+(?:\s+\S+)?\s*|.*\bDeclassified/Released\b.*)?$")
_FOREIGN = frozenset(
    (
        *(
            "DE",
            "LA",
            "EL",
            "LOS",
            "LAS",
            "DEL",
            "QUE",
            "Y",
            "EN",
            "POR",
            "CON",
            "PARA",
            "SE",
            "SU",
            "UN",
            "UNA",
        ),
        *("AL", "LES", "LE", "DES", "DU", "ET", "IL", "DI", "DIE", "DER", "UND"),
    )
)
"""Small words of the languages that telegrams quote: beside them a word is not English."""
_BROKEN = re.compile(r"[A-Z0-9]*[A-Z][*#@^=<>~|][A-Z]+")
_SMALL = re.compile(r"[A-Z]+[a-z][A-Z]+|l[A-Z]{2,}")
_KINDS = bytes(
    ord("A" if c.isupper() else "l" if c == "l" else "a" if c.islower() else "*" if c in "*#@^=<>~|" else c)
    if c.isalpha() or c in "*#@^=<>~|\n"
    else 32
    for c in map(chr, range(128))
) + bytes([32] * 128)
"""Of each sign of a text in ASCII what kind it is of: a capital, a small letter, an `l`, a mark."""
_MARKED = (b"*", b"AaA", b"AlA", b"lAA")
"""What a line has, by kinds, that has a word broken by a mark, or a small letter among capitals."""
_CUT = re.compile(r"[A-Z]-\s*$")
_EDGES = ".,;:!?()\"'[]-*/“”’‘–—"

FEATURES = ("gain", "common", "length", "two", "swapped", "joined", "again", "strange", "self")


@dataclass(frozen=True, slots=True, kw_only=True)
class Garble:
    """A word that was most likely damaged before the text was kept.

    Attributes:
        span: the word without its marks, in the line.
        meant: what was most likely meant; empty where nothing is known.
        probability: that it is a garble.
    """

    span: Span
    meant: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """An unknown word with the known one that it is most likely a garble of."""

    line: int
    span: Span
    core: str
    meant: str
    features: tuple[float, ...]


class _Place(NamedTuple):
    """An unknown word, what stands around it, and the known ones that are near to it."""

    line: int
    span: Span
    core: str
    again: bool
    strange: float
    before: str
    meant: list[str]
    after: str


@dataclass(frozen=True, kw_only=True)
class Garbles:
    """Finds garbles in texts that no engine read; in those of both cases a capital makes a name.

    Attributes:
        vocabulary: which words are known.
        language: what text looks like.
        mixed: whether the text is in both cases.
    """

    vocabulary: Vocabulary
    language: CharacterModel
    mixed: bool = False

    def find(self, lines: Sequence[str]) -> dict[int, list[Garble]]:
        """The garbles of a text by the number of their line, from nought."""
        intercept, weights, least = _weights()
        found: dict[int, list[Garble]] = defaultdict(list)
        for one in self.suspects(lines):
            odds = intercept + sum(w * f for w, f in zip(weights, one.features, strict=True))
            probability = 1.0 / (1.0 + exp(-max(min(odds, 30.0), -30.0)))
            if probability >= least:
                found[one.line].append(Garble(span=one.span, meant=one.meant, probability=probability))
        for number in _marked(lines):
            line = lines[number]
            for token in _TOKEN.finditer(line):
                core = token.group().strip(_EDGES)
                if _BROKEN.fullmatch(core) or (not self.mixed and _SMALL.fullmatch(core)):
                    start = token.start() + token.group().index(core)
                    span = Span(start, start + len(core))
                    found[number].append(Garble(span=span, meant=self._mended(line, span), probability=1.0))
        return found

    def suspects(self, lines: Sequence[str]) -> Iterator[Suspect]:
        """The unknown words that a known one is near to, with what speaks for a slip."""
        split = list(map(str.split, lines))
        tokens = set(chain.from_iterable(split))
        stands = self._stands
        for token in tokens.difference(stands):
            stands[token] = self._known(token)
        strangers = {token for token in tokens if not stands[token]}
        # What has figures is no word, but it is a stranger beside one.
        odd_words = {token for token in strangers if not any(map(str.isdigit, token))}
        rows = {number: row for number, row in enumerate(split) if not odd_words.isdisjoint(row)}
        times = Counter(bare(token).upper() for row in rows.values() for token in row if token in odd_words)
        places: list[_Place] = []
        for number, row in rows.items():
            line = lines[number]
            known = [token not in strangers for token in row]
            for at, found in enumerate(_TOKEN.finditer(line)):
                if row[at] not in odd_words:
                    continue
                if self.mixed and row[at] != row[at].lower():
                    continue
                if self._cut(lines, number, first=at == 0, last=at == len(row) - 1):
                    continue
                around = known[max(0, at - NEAR) : at] + known[at + 1 : at + 1 + NEAR]
                strange = 1.0 - sum(around) / max(len(around), 1)
                again = times[bare(row[at]).upper()] > 1
                for span in _parts(found):
                    core = span.of(line).upper()
                    if len(core) < LEAST or core in self.vocabulary.words:
                        continue
                    if meant := self._near(core):
                        before = line[max(0, span.start - BEFORE) : span.start]
                        after = line[span.end : span.end + AFTER]
                        places.append(_Place(number, span, core, again, strange, before, [*meant], after))
        scores = self._scores([(one.before, [one.core, *one.meant], one.after) for one in places])
        for one, (own, *fits) in zip(places, scores, strict=True):
            fit, best = max(zip(fits, one.meant, strict=True))
            odd_by = own / (len(one.core) + len(one.after)) + 3.0
            features = self._features(one.core, best, fit - own, odd_by, again=one.again, strange=one.strange)
            yield Suspect(line=one.line, span=one.span, core=one.core, meant=best, features=features)

    def _known(self, token: str) -> bool:
        core = bare(token)
        # Most are words as they stand: these need not be taken apart.
        known = core in self.vocabulary.words or self.vocabulary.weight(core) is not None
        return known and core.upper() not in _FOREIGN

    @cached_property
    def _stands(self) -> dict[str, bool]:
        return self.vocabulary.answers("stands")

    def _mended(self, line: str, span: Span) -> str:
        """The known word that a word with a mark in it stands for, or nothing."""
        core = span.of(line)
        marks = [at for at, one in enumerate(core) if not (one.isupper() or one.isdigit())]
        near = {core[: marks[0]] + letter + core[marks[0] + 1 :] for letter in _LETTERS} if marks else set()
        known = [one for one in near if one in self.vocabulary.words]
        before, after = line[max(0, span.start - BEFORE) : span.start], line[span.end : span.end + AFTER]
        fits = dict(zip(known, self._scores([(before, known, after)])[0], strict=True))
        return max(known, key=fits.__getitem__, default="")

    def _features(
        self, core: str, meant: str, gain: float, odd: float, *, again: bool, strange: float
    ) -> tuple[float, ...]:
        joined = " " in meant
        weight = min(self.vocabulary.words.get(part, 0) for part in meant.split())
        slips = int(OSA.distance(core, meant))
        swapped = len(core) == len(meant) and sorted(core) == sorted(meant)
        return (
            max(min(gain, 40.0), -10.0) / 10,
            weight / 10,
            min(len(core), 14) / 10,
            float(slips > 1),
            float(swapped),
            float(joined),
            float(again),
            strange,
            odd,
        )

    @staticmethod
    def _cut(lines: Sequence[str], number: int, *, first: bool, last: bool) -> bool:
        """Whether a word at a line's edge is a part of one that was cut there."""
        if last and _CUT.search(lines[number]):
            return True
        if not first:
            return False
        for line in reversed(lines[max(0, number - ACROSS) : number]):
            if _CUT.search(line):
                return True
            if not _FURNITURE.fullmatch(line):
                return False
        return False

    def _scores(self, places: Sequence[tuple[str, Sequence[str], str]]) -> list[list[float]]:
        """How well each of some words stands between what is before and after it, as a logarithm."""
        texts: list[str] = []
        bounds: list[int] = []
        at = 0
        for before, words, after in places:
            for one in words:
                text = before + one + after
                texts.append(text)
                bounds += (at, at + len(before), at + len(text))
                at += len(text)
        # All at once: each call costs more than many words.
        fits = iter(self.language.fits(encode("".join(texts)), np.array(bounds, np.int64)) if texts else ())
        return [list(islice(fits, len(words))) for _, words, _ in places]

    def _near(self, core: str) -> frozenset[str]:
        """The known words, or two of them, that an unknown one may have been."""
        kept = self.vocabulary.answers("near")
        found: frozenset[str] | None = kept.get(core)
        if found is None:
            found = kept[core] = frozenset(self._worked_out(core))
        return found

    def _worked_out(self, core: str) -> Iterator[str]:
        words = self.vocabulary.words
        for one in filter(words.__contains__, _first_slips(core)):
            if words[one] >= COMMON:
                yield one
        far = 2 if len(core) >= LONG else 1
        for length in range(len(core) - far, len(core) + far + 1):
            near = self._buckets.get((core[0], length), ())
            for one, slips, _ in process.extract(
                core, near, scorer=OSA.distance, score_cutoff=far, limit=None
            ):
                if words[one] >= (COMMON if slips < 2 else USUAL) and (slips > 1 or _letters_of(one, core)):
                    yield one
        for at in range(1, len(core)):
            head, tail = core[:at], core[at:]
            if min(len(head), len(tail)) == 1 and head not in "AI":
                continue
            if all(words.get(part, 0) >= (BRIEF if len(part) < LEAST else BOTH) for part in (head, tail)):
                yield f"{head} {tail}"

    @property
    def _buckets(self) -> dict[tuple[str, int], list[str]]:
        """The common words by their first letter and length."""
        buckets: dict[tuple[str, int], list[str]] = self.vocabulary.answers("common")
        if not buckets:
            for word, weight in self.vocabulary.words.items():
                if weight >= COMMON and len(word) >= LEAST - 1:
                    buckets.setdefault((word[0], len(word)), []).append(word)
        return buckets


def _marked(lines: Sequence[str]) -> list[int]:
    """The numbers of the lines, from nought, that have what `_MARKED` says; what is not ASCII has no kind."""
    kinds = "\n".join(lines).encode("ascii", "replace").translate(_KINDS)
    found: set[int] = set()
    for sign in _MARKED:
        number, before, at = 0, 0, kinds.find(sign)
        while at >= 0:
            number, before = number + kinds.count(b"\n", before, at), at
            found.add(number)
            # One is enough to look at a line.
            end = kinds.find(b"\n", at)
            at = kinds.find(sign, end) if end >= 0 else -1
    return sorted(found)


def _parts(token: re.Match[str]) -> Iterator[Span]:
    """The words of a token that marks divide, without a possessive ending."""
    text = _POSSESSIVE.sub("", token.group().rstrip(_EDGES.replace("'", "")))
    for part in _PART.finditer(text):
        yield Span(*part.span()).shift(token.start())


def _first_slips(core: str) -> list[str]:
    """Every text that is one slip at the first letter away."""
    head, tail = core[:1], core[1:]
    slips = [letter + rest for rest in (core, tail) for letter in _LETTERS]
    return [*slips, tail, tail[:1] + head + tail[1:]]


def _letters_of(word: str, core: str) -> bool:
    """Whether a word has no other signs than letters and those of another."""
    return all(sign in _LETTERS or sign in core for sign in word)


@cache
def _weights() -> tuple[float, tuple[float, ...], float]:
    """Intercept, weights in the order of `FEATURES`, and the probability from which a word is marked."""
    data = json.loads(files("septel.restore.tokens").joinpath("garbles.json").read_text(encoding="utf-8"))
    return data["intercept"], tuple(data["weights"][name] for name in FEATURES), data["least"]
