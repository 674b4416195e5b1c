"""Words that two independent readings of a real page agree on: which of them a text has, and which it lost.

Counted as the held-back pages are: words of two characters and more, case aside, anywhere on the page, as
often as there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-z0-9]+(?:[.'/&-][A-Za-z0-9]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text, in capitals."""
    return [word.upper() for word in WORD.findall(text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedWords:
    """What became of the agreed words of some pages.

    Attributes:
        words: how many there are.
        missed: of them, how many the source has nowhere on their page.
        won: how many more of them the output has, page by page, where it has more.
        lost: how many fewer, where it has fewer.
        worse: pages on which it has fewer.
    """

    words: int = 0
    missed: int = 0
    won: int = 0
    lost: int = 0
    worse: int = 0

    @property
    def won_back(self) -> float:
        """The share of missed words that the output has after all, those that it lost taken off."""
        return (self.won - self.lost) / self.missed if self.missed else 0.0


def agreed_words(pages: Iterable[tuple[Sequence[str], str, str]]) -> AgreedWords:
    """Count over pages.

    Args:
        pages: the agreed words, the source and the output of each.
    """
    total = AgreedWords()
    for agreed, source, output in pages:
        wanted = Counter(agreed)
        had, has = (_found(wanted, text) for text in (source, output))
        total = AgreedWords(
            words=total.words + wanted.total(),
            missed=total.missed + wanted.total() - had,
            won=total.won + max(has - had, 0),
            lost=total.lost + max(had - has, 0),
            worse=total.worse + (has < had),
        )
    return total


def _found(wanted: Counter[str], text: str) -> int:
    there = Counter(words_of(text))
    return sum(min(times, there[word]) for word, times in wanted.items())
