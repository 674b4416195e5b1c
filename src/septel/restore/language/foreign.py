"""Where a text is in Spanish, French, German, Italian or Portuguese, though worn.

Small words tell a language on a clean page; on a worn one many are gone (`GUE`, `L0S`). Three letters in
a row tell it still: each word is weighed by how likely its letters, and the blanks at its edges, are in each
language against English, and the likeliest path through the words changes its language seldom. So a word
that stands between Spanish ones is Spanish, and a name in an English line is not.

`trigrams.xz` (`septel train languages`) holds for English and each language one byte for every three signs:
how often they follow one another.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from septel.restore.language.alphabet import encode
from septel.text import Span

LANGUAGES = ("Spanish", "French", "German", "Italian", "Portuguese")
"""The languages that are told from English, in the order of the table's rows after its own."""
TRIGRAM_STEPS = 8
"""The table has the binary logarithm of a count in these parts; nought where there is none."""
SMOOTHED = 2000.0
"""So many counts of the shorter context each context of two letters is given."""
WORN = 0.08
"""The share of letters that may be any letter, whatever the language."""
INTO = 16.0
"""How much likelier (the logarithm) a passage must be in another language than in English."""
WORDS = 4
"""Words of a passage, at least: fewer are a name."""
_SMALL = (
    "DE LA EL QUE EN LOS LAS DEL Y POR CON UNA UN SU SE AL COMO PARA LES DES ET DU LE QUI DANS AVEC "
    "UND DER DIE DAS DEN VON MIT ZU IST EIN EINE NICHT CHE DI IL DELLA NON DA DOS UMA NAO"
)
SMALL = frozenset(_SMALL.split())
SHARE = 0.15
"""Small words of these languages, and their share of the words of a passage: lists of names have fewer."""
SHORT = 2
"""Letters of a word that speaks for English only."""

KEPT = 50_000
"""Tokens of which it is kept what they tell."""
_LIKE = str.maketrans("015", "OIS")
TRIGRAM_SIGNS = 27
"""A blank, which stands for all that is no letter, and the letters."""
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")


def foreign_passages(text: str) -> list[Span]:
    """The passages of a text that are in another language, each from its first token to its last.

    Args:
        text: as it came; the ends of lines part nothing.
    """
    tokens = [(Span(*token.span()), _odds(token.group())) for token in _TOKEN.finditer(text)]
    odds = [one for _, one in tokens]
    path = _path(odds, (INTO, 0.0))
    letters = [sum(map(str.isalpha, span.of(text))) for span, _ in tokens]
    abroad = sum(some for some, language in zip(letters, path, strict=True) if language)
    if 2 * abroad > sum(letters):
        # Here English is the stranger: what dirt stands between is no sign of it.
        path = _path(odds, (0.0, INTO))
    out: list[Span] = []
    for language, run in groupby(zip(path, tokens, strict=True), key=lambda pair: pair[0]):
        told = [span for _, (span, _) in run if any(map(str.isalpha, span.of(text)))]
        if not language or len(told) < WORDS:
            continue
        passage = Span(told[0].start, told[-1].end)
        words = [word.upper() for word in _WORD.findall(passage.of(text).translate(_LIKE))]
        if sum(word in SMALL for word in words) >= SHARE * len(words):
            out.append(passage)
    return out


def _path(odds: Sequence[tuple[float, ...]], costs: tuple[float, float]) -> list[int]:
    """The likeliest language of each word: nought is English.

    Args:
        odds: of each word, how much likelier it is in each language than in English.
        costs: how much is asked for going over to a language, and to English.
    """
    into, home = costs
    english, others = -home, [-into] * len(LANGUAGES)
    steps: list[tuple[int, list[bool]]] = []
    for one in odds:
        best = max(range(len(others)), key=others.__getitem__)
        came = best + 1 if others[best] - home > english else 0
        entered = [english - into > other for other in others]
        before = english
        english = max(english, others[best] - home)
        others = [max(before - into, other) + gain for other, gain in zip(others, one, strict=True)]
        steps.append((came, entered))
    best = max(range(len(others)), key=others.__getitem__)
    state = best + 1 if others[best] > english else 0
    path: list[int] = []
    for came, entered in reversed(steps):
        path.append(state)
        if state == 0:
            state = came
        elif entered[state - 1]:
            state = 0
    return path[::-1]


@lru_cache(maxsize=KEPT)
def _odds(token: str) -> tuple[float, ...]:
    """How much likelier (the logarithm) the words of a token are in each language than in English."""
    table, odds = _table(), np.zeros(len(LANGUAGES))
    for word in _WORD.findall(token.translate(_LIKE) if sum(map(str.isalpha, token)) > SHORT else token):
        signs = [0, *(code - 1 for code in encode(word).tolist() if 1 < code <= TRIGRAM_SIGNS), 0]
        gain = table[:, [0, *signs[:-2]], signs[:-1], signs[1:]].sum(axis=1)
        # Dirt is full of short words.
        odds += gain if len(signs) > SHORT + 2 else np.minimum(gain, 0.0)
    return tuple(odds.tolist())


@cache
def _table() -> NDArray[np.float64]:
    """For each language, of three signs in a row, how much likelier the third is than in English."""
    packed = lzma.decompress(files("septel.restore.language").joinpath("trigrams.xz").read_bytes())
    steps = np.frombuffer(packed, np.uint8).reshape(-1, TRIGRAM_SIGNS, TRIGRAM_SIGNS, TRIGRAM_SIGNS)
    counts = np.where(steps > 0, 2.0 ** (steps / TRIGRAM_STEPS), 0.0)
    single = counts.sum((1, 2)) + 1
    single /= single.sum(-1, keepdims=True)
    pairs = counts.sum(1) + SMOOTHED * single[:, None, :]
    pairs /= pairs.sum(-1, keepdims=True)
    triples = counts + SMOOTHED * pairs[:, None, :, :]
    triples /= triples.sum(-1, keepdims=True)
    worn = np.log((1 - WORN) * triples + WORN / TRIGRAM_SIGNS)
    against: NDArray[np.float64] = worn[1:] - worn[:1]
    return against
