"""Words as the index knows them: runs of letters and figures, without case and accents.

Of words that follow each other the index notes some pairs: all of common words (`of_the`), so that a phrase
of such words is found without reading all their places, and that of a paragraph's last word with the first
one after the next paragraph's number (`_agreement_the`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

RUN = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[\W_]+")
_HYPHEN = re.compile(r"-[ \t]*\n[ \t\n]*")
_BEFORE = re.compile(r"[^\W_]*[^\W\d_]\Z")
_AFTER = re.compile(r"[^\W\d_][^\W_]*")
_LABEL = re.compile(r"\s*(?:\(?(?:\d{1,3}|[A-Z])[.)]+\s*)+", re.IGNORECASE)
THOUSANDS = re.compile(r"(?<![^\W_])\d{1,3}(?:,\d{3})+(?![^\W_])")
"""A number with commas between its thousands."""


class Token(NamedTuple):
    """A word and where it stands in the text it was taken from."""

    text: str
    start: int
    end: int


_token = tuple.__new__


def fold(word: str) -> str:
    """A word without case and accents; empty when nothing of it is a letter or figure."""
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _OTHER.sub("", bare.casefold())


def words_of(text: str) -> list[str]:
    """The words of a text in their order."""
    if text.isascii():
        return RUN.findall(text.lower())
    runs = RUN.findall(text)
    together = " ".join(runs)
    if together.isascii():  # only signs between words are not
        return together.lower().split()
    return [folded for run in runs if (folded := run.lower() if run.isascii() else fold(run))]


def tokens_of(text: str, offset: int = 0) -> list[Token]:
    """The words of a text with their places, counted from `offset`."""
    if text.isascii():
        found = RUN.finditer(text.lower())
        # Filled as a tuple: a document has thousands of them.
        return [_token(Token, (run[0], offset + run.start(), offset + run.end())) for run in found]
    return [
        Token(folded, offset + run.start(), offset + run.end())
        for run in RUN.finditer(text)
        if (folded := run[0].lower() if run[0].isascii() else fold(run[0]))
    ]


def divided(text: str) -> list[tuple[str, str]]:
    """The halves of the words that a hyphen at a line end divides between letters: they go on below it."""
    found: list[tuple[str, str]] = []
    for hyphen in _HYPHEN.finditer(text) if "-" in text else ():
        before = _BEFORE.search(text, max(0, hyphen.start() - 40), hyphen.start())
        after = _AFTER.match(text, hyphen.end())
        if before and after:
            found.append((before.group(), after.group()))
    return found


@cache
def common_words() -> frozenset[str]:
    """The words whose pairs the index notes; another list asks for another version of the index."""
    text = files("septel.archive.search").joinpath("common_words.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if line[:1] != "#" for word in line.split())


def common_pairs(words: Iterable[str]) -> Iterator[str]:
    """What the index notes of common words that follow each other."""
    common = common_words()
    return (f"{one}_{other}" for one, other in pairwise(words) if one in common and other in common)


def pair_over_label(one: str, other: str) -> str:
    """What the index notes of two words with nothing but the number of a paragraph between them."""
    return f"_{one}_{other}"


def bare_number(word: str) -> str | None:
    """A number without its leading zeros, where it has any."""
    return word.lstrip("0") if word[:1] == "0" and word.isdigit() and word.strip("0") else None


def storable(words: str) -> str:
    """What a person typed, without the halves of characters that a terminal may pass on."""
    return words.encode("utf-8", "replace").decode()


def label_of(line: str) -> int:
    """Of how many words the number of a paragraph consists that a line begins with."""
    found = _LABEL.match(line)
    return len(words_of(found.group())) if found else 0


def plain_words(text: str, words: list[str] | None = None) -> tuple[list[str], list[tuple[int, str]]]:
    """The words of a unit without edits, and the other ways to write some of them, as a lattice has them.

    Args:
        text: the unit's lines.
        words: its words, where they are known already.
    """
    words = words_of(text) if words is None else words
    others = [
        (_place(words, words_of(one), words_of(other)), "".join(words_of(one + other)))
        for one, other in divided(text)
    ]
    if "0" in text:
        others += [
            (n, bare) for n, word in enumerate(words) if word[0] == "0" and (bare := bare_number(word))
        ]
    if "," in text:
        others += [
            (len(words_of(text[: found.start()])), found.group().replace(",", ""))
            for found in THOUSANDS.finditer(text)
        ]
    return words, others


def _place(words: Sequence[str], one: Sequence[str], other: Sequence[str]) -> int:
    """Where two words first stand beside each other."""
    pair = (*one[-1:], *other[:1])
    return next((n for n, found in enumerate(pairwise(words)) if found == pair), 0)
