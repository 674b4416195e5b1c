"""What is plain to see in a text in both cases, and no guess may take from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.restore.confidence import letters
from septel.restore.language import Vocabulary
from septel.restore.tokens import WELL_KNOWN, TokenClass, bare, classify
from septel.text import Span

INK = ".,;:?!"
"""Marks that close a word."""
SOME, CAPITALS = 8, 0.6
"""A line with so many letters, and so large a share of them capitals, is in capitals: others are misread."""

_PLAIN_TO_SEE = (TokenClass.KNOWN, TokenClass.SHORT, TokenClass.FIGURES, TokenClass.PLAIN)
_SIGNED = re.compile(r"[-+]\d+[.,;:?!]?$")
_LAST, _FIRST = re.compile(r"(\S+) {1,2}$"), re.compile(r" {1,2}(\S+)")
_ABBREVIATION = re.compile(r"[A-Z]{2,6}[.,;:?!]?")


def spoilt(guess: str, before: str, vocabulary: Vocabulary, *, among_capitals: bool = False) -> bool:
    """Whether a guess takes from a text in both cases what is plain to see.

    A blank between two words that can be read as they stand was typed, unless no lexicon has one of them and
    it has what they are together (`inform ation`); so was the mark after a word, the apostrophe in one, the
    sign before a figure. A known word is no unknown one, and an abbreviation in capitals no word, unless its
    whole line is in capitals.

    Args:
        guess: what may stand there.
        before: what the source has.
        vocabulary: which words are known.
        among_capitals: whether the rest of its line is in capitals.
    """
    seen, read, parts = letters(before), letters(guess), before.split()
    if seen.upper() == read.upper():
        looks = (classify(part, vocabulary, mixed=True) for part in parts)
        return (
            (before[:-1] == guess and before[-1:] in INK)
            or (guess == before.replace("'", "") and vocabulary.knows(before.split("'")[0]))
            or bool(_SIGNED.match(before) and guess[:1] != before[:1])
            or (
                len(guess.split()) < len(parts)
                and all(found in _PLAIN_TO_SEE for found in looks)
                and not _torn(guess, parts, vocabulary)
            )
        )
    if (_ABBREVIATION.fullmatch(before) and not among_capitals) or before == "+":
        return True
    known = [(vocabulary.weight(core) or 0) >= WELL_KNOWN for core in (bare(before), bare(guess))]
    return bare(before).isalpha() and known == [True, False]


def in_capitals_around(text: str, span: Span) -> bool:
    """Whether the rest of a place's line is in capitals."""
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    rest = text[first : span.start] + text[span.end : last if last >= 0 else None]
    drawn = [character for character in rest if character.isalpha()]
    return len(drawn) >= SOME and sum(map(str.isupper, drawn)) >= CAPITALS * len(drawn)


def beside_capitals(text: str, span: Span) -> bool:
    """Whether a word with small letters stands among words of a teletype, which has none: it was in capitals.

    One word in capitals close beside it tells that, of a word that is capitalised one on either side: the
    forms of a telegram have labels in capitals and fill them in as names are written. What they have in
    brackets is in small letters.
    """
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    head, word = text[first : span.start], span.of(text)
    tail = text[span.end : last if last >= 0 else None]
    if word.startswith("(") or head.count("(") > head.count(")"):
        return False
    found = (_LAST.search(head), _FIRST.match(tail))
    near = sum(one is not None and sum(map(str.isalpha, one[1])) > 1 and one[1].isupper() for one in found)
    return bool(near >= (1 if letters(word).islower() else 2))


def _torn(guess: str, parts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a guess is a known word, and not all of its parts are common ones."""
    whole = bare(guess)
    common = [(vocabulary.weight(part) or 0) >= WELL_KNOWN for part in parts]
    return whole.isalpha() and vocabulary.knows(whole) and not all(common)
