"""Which statement of a cell tells what a side holds: a whole sentence about the issue, with its own verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.record.model import Statement

NO_ISSUE = "no issue stated"
"""Stands for the issue of what is said where none is stated: no subject, TAGS or term of a vocabulary."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_STOPPED = re.compile(r"[.?!][\"'”’)\]]*$")
_FIRST = re.compile(r"\W*(\w+)")
_FEWEST = 5
"""Words that a sentence has that tells what a side holds (PAK AGREED tells it of nothing)."""
_JOINS = frozenset(
    {
        *("AND", "BUT", "OR", "NOR", "THAT", "WHICH", "WHO", "WHOM", "WHOSE", "WHAT"),
        *("BECAUSE", "ALTHOUGH", "THOUGH", "WHEREAS", "WHILE", "SO", "TO", "OF"),
    }
)
"""Words with which a piece of a sentence begins, rather than the sentence."""
_LEFT_OPEN = frozenset(
    {
        *("AND", "BUT", "OR", "NOR", "THAT", "WHICH", "ALTHOUGH", "THOUGH", "BECAUSE", "WHILE"),
        *("IF", "THE", "A", "AN", "TO", "OF", "HAS", "HAVE"),
    }
)
"""Words with which no sentence ends."""
_COMMON = frozenset(
    {
        *("WITH", "FROM", "THAT", "THIS", "ABOUT", "BETWEEN", "MEETING", "MEETINGS", "CONVERSATION", "TALKS"),
        *("TALK", "DISCUSSION", "SUBJECT", "POSITION", "VIEWS", "PROPOSED", "ADDITIONAL", "FURTHER"),
        *("AMBASSADOR", "MINISTER", "PRESIDENT", "FOREIGN", "GOVERNMENT"),
    }
)
"""Words of subjects that say nothing of what it is about."""
_ENOUGH = 2
"""Words of the issue that show that a sentence is about it; more show no more."""


def is_whole(statement: Statement) -> bool:
    """Whether its words, with those that report it, are a sentence from its beginning to its stop."""
    said = statement.excerpt.words.strip()
    first = _FIRST.match(said)
    words = said.split()
    if first is None or not _STOPPED.search(said) or len(words) < _FEWEST:
        return False
    begins = first.group(1)
    cut = begins[:1].islower() and not said.isupper()
    return (
        not cut and begins.upper() not in _JOINS and words[-1].rstrip(".?!\"'”’)]").upper() not in _LEFT_OPEN
    )


def chief_of(issue: str, statements: Sequence[Statement]) -> Statement:
    """The statement that shows what a side holds on an issue, of those that it made in a document.

    It is a whole sentence whose act its own verb tells, with words of the issue; of several the one with most
    of them, one that takes a position before one that does not, the latest of equal ones. Where there is none
    it is the longest whole sentence, and the longest of all where none is whole.

    Args:
        issue: the issue's id; its own words where no vocabulary has it.
        statements: at least one, oldest first.
    """
    asked = _stems(issue) if issue != NO_ISSUE and not _is_code(issue) else frozenset()
    best: tuple[int, bool, int] | None = None
    for at, one in enumerate(statements):
        about = _about(issue, asked, one)
        if one.verb is not None and (about or not asked) and is_whole(one):
            rank = (about, one.principal, at)
            best = rank if best is None or rank > best else best
    if best is not None:
        return statements[best[2]]
    whole = [one for one in statements if is_whole(one)]
    return max(whole or statements, key=lambda one: len(one.excerpt.words))


def _about(issue: str, asked: frozenset[str], statement: Statement) -> int:
    """How many words of an issue a statement has; as many as are enough where it shows the issue itself."""
    own = statement.excerpt.locus
    for tag in statement.issues:
        shown = tag.shown_by.locus
        if tag.issue == issue and shown.source_id == own.source_id and own.span.overlaps(shown.span):
            return _ENOUGH
    return min(_ENOUGH, len(asked & _stems(statement.excerpt.words)))


def _is_code(issue: str) -> bool:
    """Whether it is a code of TAGS (`PFOR`, `BL`), which has no words."""
    return issue.isupper() and " " not in issue and len(issue) <= 4


def _stems(words: str) -> frozenset[str]:
    return frozenset(one[:6] for one in _WORD.findall(words.upper()) if one not in _COMMON)
