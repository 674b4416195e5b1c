"""What is asked of the index of words: phrases, joined by and, or, not and nearness."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MatchPhrase:
    """Words as read that follow each other; with `prefix` the last is only the beginning of one."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class MatchAll:
    """All of several; of none: nothing is asked."""

    parts: tuple[WordMatch, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class MatchAny:
    """One of several."""

    parts: tuple[WordMatch, ...]


@dataclass(frozen=True, slots=True)
class MatchWithout:
    """One, in a unit that has not the other."""

    part: WordMatch
    without: WordMatch


@dataclass(frozen=True, slots=True)
class MatchNear:
    """Phrases with no more than so many words between the first and the last, in any order."""

    parts: tuple[MatchPhrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class MatchOther:
    """A word, or with `prefix` the beginning of one, among what a unit may have beside its words as read."""

    word: str
    prefix: bool = False


WordMatch = MatchPhrase | MatchAll | MatchAny | MatchWithout | MatchNear | MatchOther
EVERYTHING = MatchAll()
"""Nothing is asked."""
