"""Words as the index knows them: runs of letters and figures, without case and accents."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_RUN = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[\W_]+")
_HYPHEN = re.compile(r"-[ \t]*\n[ \t\n]*")
_BEFORE = re.compile(r"[^\W_]*[^\W\d_]\Z")
_AFTER = re.compile(r"[^\W\d_][^\W_]*")
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
        return _RUN.findall(text.lower())
    return [folded for run in _RUN.findall(text) if (folded := fold(run))]


def tokens_of(text: str, offset: int = 0) -> list[Token]:
    """The words of a text with their places, counted from `offset`."""
    if text.isascii():
        found = _RUN.finditer(text.lower())
        # Filled as a tuple: a document has thousands of them.
        return [_token(Token, (run[0], offset + run.start(), offset + run.end())) for run in found]
    return [
        Token(folded, offset + run.start(), offset + run.end())
        for run in _RUN.finditer(text)
        if (folded := fold(run.group()))
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


def bare_number(word: str) -> str | None:
    """A number without its leading zeros, where it has any."""
    return word.lstrip("0") if word[:1] == "0" and word.isdigit() and word.strip("0") else None
