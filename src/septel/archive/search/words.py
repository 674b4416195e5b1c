"""Words as the index knows them: runs of letters and figures, without case and accents.

Of words that follow each other the index notes some pairs: all of common words (`of_the`), so that a phrase
of such words is found without reading all their places, and that of a paragraph's last word with the first
one after the next paragraph's number (`_agreement_the`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from septel.text import Alternative, Edit, Span, line_starts

RUN = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[\W_]+")
_HYPHEN = re.compile(r"-[ \t]*\n[ \t\n]*")
_BEFORE = re.compile(r"[^\W_]*[^\W\d_]\Z")
_AFTER = re.compile(r"[^\W\d_][^\W_]*")
_LABEL = re.compile(r"\s*(?:\(?(?:\d{1,3}|[A-Z])[.)]+\s*)+", re.IGNORECASE)
THOUSANDS = re.compile(r"(?<![^\W_])\d{1,3}(?:,\d{3})+(?![^\W_])")
"""A number with commas between its thousands."""
_MAY_BE_THOUSANDS = re.compile(r"\d,\d")
_LEADING_ZERO = re.compile(r"0(?<![A-Za-z0-9]0)")
_ODD = (re.compile(r",(?<=[0-9],)[0-9]"), re.compile(r"-[ \t]*\n"))
"""Each begins with a sign of its own, so that the search leaps to it, which one pattern for all does not."""
_BEGINS_WITH_ZERO = re.compile(r"(?<![^\W_])0")


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


_IN_ASCII = bytes(ord(c.lower()) if c.isalnum() or c == "\n" else 32 for c in map(chr, range(128))) + bytes(
    128
)
"""What the index knows of each sign of a text in ASCII: letters small, figures, line ends; else a blank."""


def words_by_line(text: str) -> list[list[str]]:
    """The words of each line of a text, as `words_of` has them, at a third of the cost."""
    if text.isascii():
        return [line.split() for line in text.encode().translate(_IN_ASCII).decode().split("\n")]
    return [
        line.encode().translate(_IN_ASCII).decode().split() if line.isascii() else words_of(line)
        for line in text.split("\n")
    ]


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
    return iter([f"{one}_{other}" for one, other in pairwise(words) if one in common and other in common])


def pair_over_label(one: str, other: str) -> str:
    """What the index notes of two words with nothing but the number of a paragraph between them."""
    return f"_{one}_{other}"


def bare_number(word: str) -> str | None:
    """A number without its leading zeros, where it has any."""
    return word.lstrip("0") if word[:1] == "0" and word.isdigit() and word.strip("0") else None


def zeros_left_out(words: Sequence[str], before: int) -> list[tuple[int, str]]:
    """The numbers among words without their leading zeros, each with its place behind so many others."""
    return [
        (n, bare) for n, word in enumerate(words, before) if word[0] == "0" and (bare := bare_number(word))
    ]


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
    if not may_be_written_otherwise(text):
        return words, others
    if "0" in text:
        others += zeros_left_out(words, 0)
    if "," in text:
        at = end = 0
        for found in THOUSANDS.finditer(text):
            at += len(words_of(text[end : found.start()]))
            end = found.start()
            others.append((at, found.group().replace(",", "")))
    return words, others


Way = tuple[tuple[str, ...], Alternative | None]
"""Words that may stand in a place: by an alternative, or None for what the source has."""


def ways_at(
    edit: Edit, there: Span, text: str, tokens: Sequence[Token], low: int, high: int
) -> tuple[int, int, list[Way]]:
    """What may stand in the place of an edit beside what is read there.

    Args:
        edit: what was read how.
        there: its stretch in the reading.
        text: the reading.
        tokens: words of the reading with their places.
        low: the first of them that is of the edit's line.
        high: where the words of the next line begin.

    Returns:
        The words that the edit touches, from the first up to the last, and the ways beside them.
    """
    first = bisect_left(tokens, there.start, low, high, key=lambda t: t.end)
    end = max(first, bisect_right(tokens, there.end, low, high, key=lambda t: t.start))
    left, right = there.start, there.end
    if end > first:
        left, right = min(left, tokens[first].start), max(right, tokens[end - 1].end)
    head, tail = text[left : there.start], text[there.end : right]
    seen = {tuple(t.text for t in tokens[first:end])}
    found: list[Way] = []
    for one in edit.alternatives:
        words = tuple(words_of(head + one.text + tail))
        if words and words not in seen:
            seen.add(words)
            found.append((words, one))
    if edit.before != edit.after:
        words = tuple(words_of(head + edit.before + tail))
        if words and words not in seen:
            found.append((words, None))
    return first, end, found


def may_be_written_otherwise(text: str) -> bool:
    """Whether a text may have numbers with leading zeros, or commas between thousands."""
    return ("0" in text and (_BEGINS_WITH_ZERO.search(text) is not None or not text.isascii())) or (
        "," in text and _MAY_BE_THOUSANDS.search(text) is not None
    )


def odd_lines(text: str, starts: Sequence[int] | None = None) -> tuple[set[int], set[int]]:
    """The numbers of lines, from one: of those with leading zeros; of those with a hyphen or a comma as well.

    The latter have what `plain_words` alone can tell, as have lines that are not ASCII.
    """
    starts = line_starts(text) if starts is None else starts
    odd: set[int] = set()
    if not text.isascii():
        odd.update(n for n, line in enumerate(text.split("\n"), 1) if not line.isascii())
    for pattern in _ODD:
        odd.update([bisect_right(starts, found.start()) for found in pattern.finditer(text)])
    return {bisect_right(starts, found.start()) for found in _LEADING_ZERO.finditer(text)}, odd


def _place(words: Sequence[str], one: Sequence[str], other: Sequence[str]) -> int:
    """Where two words first stand beside each other."""
    pair = (*one[-1:], *other[:1])
    return next((n for n, found in enumerate(pairwise(words)) if found == pair), 0)
