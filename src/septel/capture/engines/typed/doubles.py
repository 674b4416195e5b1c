"""One word for one place: what two lines both have is read twice.

Two looks at one line of a crooked sheet, a line of print beside our own whose row lies a little off, and
pieces of large letters that were taken for small ones give words on top of others. The likelier one of more
letters stands. Of two looks at one line each may have the likelier words in some places: they are one line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from septel.capture.model import Box, RecognisedLine, RecognisedWord

TWICE, MOSTLY = 2, 0.5
"""Lines that have so many words in the same places, and this share of the shorter one's, are one line."""
CLEAR = 4
"""Words of one line have no more pixels in common."""
ON_TOP = 0.6
"""A word of which so much lies on another line's word is the same ink."""


def without_doubles(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """The lines without words that stand on words of other lines; two looks at one line are one.

    Lines that lose all their words are gone.

    Args:
        lines: of one page, in its order.
    """
    words = [(word, number) for number, line in enumerate(lines) for word in line]
    words.sort(key=lambda one: one[0].box.top)
    gone: set[int] = set()
    pairs: Counter[tuple[int, int]] = Counter()
    for at, (word, number) in enumerate(words):
        if id(word) in gone:
            continue
        for other, where in words[at + 1 :]:
            if other.box.top >= word.box.bottom:
                break
            if where == number or id(other) in gone or _shared(word.box, other.box) < ON_TOP:
                continue
            pairs[min(number, where), max(number, where)] += 1
            if _worth(other) > _worth(word):
                gone.add(id(word))
                break
            gone.add(id(other))
    kept = [tuple(word for word in line if id(word) not in gone) for line in lines]
    for (first, second), times in pairs.items():
        shorter = min(len(lines[first]), len(lines[second]))
        if kept[first] and kept[second] and times >= max(TWICE, MOSTLY * shorter):
            _join(kept, first, second)
    return [line for line in kept if line]


def _join(kept: list[RecognisedLine], one: int, other: int) -> None:
    """Put the words of two looks at one line into the longer of both, as far as there is room for them."""
    to, of = (one, other) if len(kept[one]) >= len(kept[other]) else (other, one)
    free = [word for word in kept[of] if all(word.box.across(its.box) <= CLEAR for its in kept[to])]
    kept[to] = tuple(sorted((*kept[to], *free), key=lambda word: word.box.left))
    kept[of] = tuple(word for word in kept[of] if word not in free)


def _worth(word: RecognisedWord) -> float:
    return (word.confidence or 0.0) * max(sum(map(str.isalnum, word.text)), 1)


def _shared(one: Box, other: Box) -> float:
    """The share of the smaller box that the other one covers."""
    across, down = one.across(other), one.down(other)
    if across <= 0 or down <= 0:
        return 0.0
    areas = [max((box.right - box.left) * (box.bottom - box.top), 1) for box in (one, other)]
    return across * down / min(areas)
