"""The words of a query as the index understands them.

Each part of a query has two matches. The *sure* one finds the units whose words as read have it; the
*coarse* one finds all units that may have it by any reading, and more: those are then held against their
lattices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from septel.archive.search.lattice import Pattern
from septel.archive.search.query_language import (
    All,
    AnyOf,
    FieldQuery,
    NearQuery,
    Node,
    Phrase,
    QueryError,
    Sound,
)
from septel.archive.search.spelling import alike, is_live, is_word, same_sound
from septel.archive.search.words import common_words
from septel.archive.store import (
    EVERYTHING,
    Database,
    MatchAll,
    MatchAny,
    MatchNear,
    MatchOther,
    MatchPhrase,
    MatchWithout,
    WordMatch,
)
from septel.lexicon import shapes
from septel.record import is_common

MOST_FORMS = 200
"""So many words at most may fit a pattern such as `nego*`."""
LEAST_ALIKE = 5
_LONGEST, _MOST_LOOSE = 30, 12
"""Longer words, and phrases of more words, are not looked for in pieces."""
_LEAST_HELD = 8
"""So many letters the other words of a phrase must have where one of them is badly misread or not read."""
_NEARLY = 0.4
"""How alike (1 less the share of letters to be changed) a bad misreading of a word is to it at least."""
_NOTHING = MatchPhrase(("\x01",))
"""What no unit has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expressions:
    """What a part of a query asks of the index.

    Attributes:
        sure: of the words as read; None where only the lattice can tell, empty where nothing is asked.
        coarse: of all words; empty where nothing is asked.
        words: the words whose other readings matter.
        slack: of all words of a bad page, where one word of a phrase that is looked for loosely may be lost.
    """

    sure: WordMatch | None = EVERYTHING
    coarse: WordMatch = EVERYTHING
    words: tuple[str, ...] = ()
    slack: WordMatch = EVERYTHING


@dataclass(kw_only=True)
class Forms:
    """The words that each word of a query may stand for in this archive, each looked up once."""

    connection: Database
    similar: bool = False
    known: dict[tuple[str, bool], tuple[str, ...]] = field(default_factory=dict)
    likeness: dict[str, float] = field(default_factory=dict)
    near: dict[tuple[str, str], list[tuple[str, float]]] = field(default_factory=dict)

    def of(self, word: str, raw: str, *, alone: bool) -> tuple[str, ...]:
        """The words that fit: by pattern, or, when the like are asked for, by likeness.

        Alone, a word is another word, and no misreading, where both are known; in a phrase its neighbours
        speak for it, and only the commonest are held apart.
        """
        found = self.known.get((word, alone))
        if found is None:
            found = self.known[word, alone] = self._of(word, raw, alone)
        return found

    def _of(self, word: str, raw: str, alone: bool) -> tuple[str, ...]:
        if "*" in word or "?" in word:
            forms = self.connection.words.matching(word, most=MOST_FORMS + 1)
            if len(forms) > MOST_FORMS:
                raise QueryError(
                    f"{word!r} may be more than {MOST_FORMS} words", remedy="Give more of its letters."
                )
            return tuple(forms)
        if self.similar and len(word) >= LEAST_ALIKE:
            near = self.alike(raw)
            if near and alone and (is_live(self.connection, [word]) or is_word(word)):
                near = [one for one in near if not is_word(one[0])]
            elif near and is_common(word.upper()):
                near = [one for one in near if not is_common(one[0].upper())]
            self.likeness.update(near)
            return (word, *(one for one, _ in near))
        return (word,)

    def alike(self, raw: str) -> list[tuple[str, float]]:
        """The archive's words that look like one, the likest first, each looked for once."""
        key = raw.lower(), shapes(raw)
        if key not in self.near:
            self.near[key] = alike(self.connection, raw)
        return self.near[key]

    def sound(self, word: str) -> tuple[str, ...]:
        """The words that sound alike, the word itself among them."""
        return tuple(dict.fromkeys((word, *same_sound(self.connection, word))))


def is_prefix(word: str) -> bool:
    """Whether a word of a query is a beginning, and no other pattern."""
    return word.endswith("*") and len(word) > 1 and not re.search(r"[*?]", word[:-1])


def raws(phrase: Phrase) -> list[str]:
    """The words of a phrase as typed, where they can be told apart; else folded."""
    typed = re.findall(r"[^\W_]+", phrase.raw)
    return typed if len(typed) == len(phrase.words) else list(phrase.words)


def expressions(node: Node, forms: Forms) -> Expressions:
    """What the words of a query ask of the index; fields ask nothing of it."""
    if isinstance(node, Phrase):
        return _phrase(node, forms)
    if isinstance(node, Sound):
        words = forms.sound(node.word)
        return Expressions(
            sure=_any([_one(word) for word in words]),
            coarse=_any([in_any_reading(word) for word in words]),
            words=words,
        )
    if isinstance(node, NearQuery):
        parts = [_phrase(part, forms) for part in node.parts]
        phrases = tuple(part.sure for part in parts if isinstance(part.sure, MatchPhrase))
        told = len(phrases) == len(parts) <= forms.connection.words.nearest
        sure = MatchNear(phrases, node.distance) if told else None
        return Expressions(
            sure=sure, coarse=_all([p.coarse for p in parts]), words=tuple(w for p in parts for w in p.words)
        )
    if isinstance(node, FieldQuery):
        return Expressions()
    parts = [expressions(part, forms) for part in node.parts]
    words = tuple(word for part in parts for word in part.words)
    join = _all if isinstance(node, All) else _any
    asked = [part for part in parts if part.coarse]
    if isinstance(node, AnyOf) and len(asked) < len(parts):
        asked = []
    read = [part.sure for part in asked if part.sure is not None]
    together = join(read) if len(read) == len(asked) else None
    if isinstance(node, All) and node.without and together:
        for other in node.without:
            left_out = expressions(other, forms)
            if left_out.sure is None:
                together = None
                break
            if left_out.sure:
                together = MatchWithout(together, left_out.sure)
    return Expressions(sure=together, coarse=join([p.coarse for p in asked]), words=words)


def _phrase(node: Phrase, forms: Forms) -> Expressions:
    single = (
        [
            forms.of(word, raw, alone=len(node.words) == 1)
            for word, raw in zip(node.words, raws(node), strict=True)
        ]
        if (forms.similar or any(re.search(r"[*?]", w) and not is_prefix(w) for w in node.words))
        else [(word,) for word in node.words]
    )
    plain = all(len(one) == 1 and not re.search(r"[*?]", one[0][:-1]) for one in single)
    if plain and not forms.similar:
        words = [one[0] for one in single]
        inner_prefix = any(is_prefix(word) for word in words[:-1])
        bare = [word.rstrip("*") for word in words]
        sure = None if inner_prefix else MatchPhrase(tuple(bare), is_prefix(words[-1]))
        coarse = _all([in_any_reading(word) for word in words])
        return Expressions(sure=sure, coarse=coarse, words=tuple(words))
    groups = [_any([in_any_reading(word) for word in one]) or _NOTHING for one in single]
    slack = _one_lost(node.words) if forms.similar else EVERYTHING
    if forms.similar and len(node.words) <= _MOST_LOOSE:
        groups = _loose(node.words, groups)
    any_of = _any([_one(word) for word in single[0]]) or _NOTHING
    return Expressions(
        sure=any_of if len(single) == 1 else None,
        coarse=_all(groups),
        words=tuple(word for one in single for word in one),
        slack=slack,
    )


def _one_lost(words: Sequence[str]) -> WordMatch:
    """That all words of a phrase but one are there as read: those before it in a row, and those behind."""
    lost = [n for n, slip in enumerate(slips_of(words)) if slip]
    rows = [[tuple(row) for row in (words[:n], words[n + 1 :]) if row] for n in lost]
    return _any([_all([MatchPhrase(row) for row in each]) for each in rows])


def slips_of(words: Sequence[str]) -> list[Pattern | None]:
    """What may be a bad misreading of each word of a phrase; None where the others tell too little."""
    if not 3 <= len(words) <= _MOST_LOOSE:
        return [None] * len(words)
    return [_slip(word, [*words[:n], *words[n + 1 :]]) for n, word in enumerate(words)]


def _slip(word: str, others: Sequence[str]) -> Pattern | None:
    telling = [one for one in others if one.isalpha()]
    rare = not common_words().issuperset(telling)
    if not word.isalpha() or len(word) < 2 or not rare or sum(map(len, telling)) < _LEAST_HELD:
        return None
    return lambda one: (
        not one.isdigit()
        and Levenshtein.normalized_similarity(one, word, score_cutoff=_NEARLY) > 0
        and not is_word(one)
    )


def _loose(words: Sequence[str], groups: Sequence[WordMatch]) -> list[WordMatch]:
    """What each word of a phrase asks, or that it stands in two pieces, or in one with its neighbour.

    A short word that may be misread (`is_lenient`) asks nothing: the others must find the place.
    """
    found: list[WordMatch] = []
    for n, (word, group) in enumerate(zip(words, groups, strict=True)):
        if is_lenient(words, n):
            continue
        pieces = range(1, len(word)) if LEAST_ALIKE <= len(word) <= _LONGEST and word.isalpha() else ()
        ways: list[WordMatch] = [MatchPhrase((word[:at], word[at:])) for at in pieces]
        ways += [MatchPhrase(("".join(words[at : at + 2]),)) for at in (n - 1, n) if 0 <= at < len(words) - 1]
        found.append(_any([group, *ways]))
    return found


def is_lenient(words: Sequence[str], n: int) -> bool:
    """Whether a short word of a phrase may be misread, where another finds the place (see `_misread`)."""
    if not 3 <= len(words) <= _MOST_LOOSE or max(map(len, words)) < LEAST_ALIKE:
        return False
    return len(words[n]) < LEAST_ALIKE and (len(words[n]) >= 3 if words[n].isalpha() else len(words[n]) >= 2)


def _one(word: str) -> MatchPhrase:
    return MatchPhrase((word.rstrip("*"),), prefix=True) if is_prefix(word) else MatchPhrase((word,))


def _other(word: str) -> MatchOther:
    return MatchOther(word.rstrip("*"), prefix=is_prefix(word))


def in_any_reading(word: str) -> WordMatch:
    """That a unit has a word, or the beginning of one, as read or otherwise."""
    return MatchAny((_one(word), _other(word)))


def _all(parts: Sequence[WordMatch]) -> WordMatch:
    asked = tuple(dict.fromkeys(part for part in parts if part))
    return asked[0] if len(asked) == 1 else MatchAll(asked)


def _any(parts: Sequence[WordMatch]) -> WordMatch:
    asked = tuple(dict.fromkeys(part for part in parts if part))
    return asked[0] if len(asked) == 1 else MatchAny(asked) if asked else EVERYTHING


def among_others(words: Sequence[str]) -> WordMatch:
    """That one of the words is among the other readings of a unit."""
    return _any([_other(word) for word in words])


def patterns_of(phrase: Phrase, forms: Forms) -> list[Pattern]:
    """For each word of a phrase, whether a word of a text is the one that is asked for."""
    alone = len(phrase.words) == 1
    found = [
        _pattern_of(word, raw, forms, alone) for word, raw in zip(phrase.words, raws(phrase), strict=True)
    ]
    if forms.similar:
        for n, word in enumerate(phrase.words):
            if is_lenient(phrase.words, n):
                found[n] = _misread(word)
    return found


def _misread(word: str) -> Pattern:
    """That a word differs from another by one letter, and is no common word; by look-alikes, with figures."""
    if not word.isalpha():
        shape = shapes(word.upper())
        return lambda one: one == word or (len(one) == len(word) and shapes(one.upper()) == shape)
    common = common_words()
    return lambda one: (
        one == word or (one not in common and Levenshtein.distance(one, word, score_cutoff=1) <= 1)
    )


def _pattern_of(word: str, raw: str, forms: Forms, alone: bool) -> Pattern:
    if is_prefix(word):
        start = word[:-1]
        return lambda one: one.startswith(start)
    if "*" in word or "?" in word or forms.similar:
        fitting = frozenset(forms.of(word, raw, alone=alone))
        return fitting.__contains__
    return word.__eq__
