"""Two witnesses of one text in columns of words."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from septel.text import Source, Span

GAP = 0.6
"""What a word without a partner costs; two words that share less than this are better left apart."""
SPLIT = 0.05
"""What reading one word as two costs besides: it keeps such columns for where they fit."""
FIT = 0.25
"""How unlike its two halves together a word may be."""

CostGrid = NDArray[np.float32]
_STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What two witnesses have at one place.

    Attributes:
        first: the stretch in the first witness (one word, or two that the other has as one), or None.
        second: the same in the second witness.
        agrees: whether both have the same characters.
        asked: whether the second witness was asked at all.
    """

    first: Span | None
    second: Span | None
    agrees: bool
    asked: bool = True


def align(first: Source, second: Source) -> tuple[Column, ...]:
    """The words of two witnesses in columns, in order; every word of either is in just one column.

    A word may stand against two: engines lose and invent spaces. Witnesses of equally many pages are aligned
    page by page, others as a whole; the work grows with the product of their words.
    """
    if len(first.pages) == len(second.pages):
        parts = list(zip(first.pages, second.pages, strict=True))
    else:
        parts = [(Span(0, len(first.text)), Span(0, len(second.text)))]
    columns: list[Column] = []
    for one, other in parts:
        columns.extend(
            columns_of(
                first.text, words_within(first.text, one), second.text, words_within(second.text, other)
            )
        )
    return tuple(columns)


def words_within(text: str, within: Span) -> list[Span]:
    """The words of a stretch of a text."""
    return [Span(*found.span()) for found in re.compile(r"\S+").finditer(text, within.start, within.end)]


def columns_of(text: str, ones: list[Span], other_text: str, others: list[Span]) -> list[Column]:
    """Some words of two texts in columns, in order.

    Args:
        text: the first text.
        ones: the words of it that are laid against the other's.
        other_text: the second text.
        others: words of it.
    """
    columns: list[Column] = []
    i, j = 0, 0
    for rows, cells in _path([s.of(text) for s in ones], [s.of(other_text) for s in others]):
        first = ones[i].hull(ones[i + rows - 1]) if rows else None
        second = others[j].hull(others[j + cells - 1]) if cells else None
        agrees = first is not None and second is not None and first.of(text) == second.of(other_text)
        columns.append(Column(first=first, second=second, agrees=agrees))
        i, j = i + rows, j + cells
    return columns


def _path(ones: list[str], others: list[str]) -> list[tuple[int, int]]:
    """The cheapest way through both, as numbers of words taken from each at every step."""
    rows, columns = len(ones), len(others)
    single = _apart(ones, others)
    wide = _apart(ones, _pairs(others), FIT) + SPLIT
    tall = _apart(_pairs(ones), others, FIT) + SPLIT
    cost = np.full((rows + 1, columns + 1), np.inf, np.float32)
    taken = np.zeros((rows + 1, columns + 1), np.int8)
    slope = GAP * np.arange(columns + 1, dtype=np.float32)
    cost[0] = slope
    taken[0] = 2
    for row in range(1, rows + 1):
        here = np.full((4, columns + 1), np.inf, np.float32)
        here[0, 1:] = cost[row - 1, :-1] + single[row - 1]
        here[1] = cost[row - 1] + GAP
        if columns > 1:
            here[2, 2:] = cost[row - 1, :-2] + wide[row - 1]
        if row > 1:
            here[3, 1:] = cost[row - 2, :-1] + tall[row - 2]
        best = here.argmin(axis=0)
        reached = here[best, np.arange(columns + 1)]
        # Skipping words of the other witness: from the cheapest of all places further left.
        skipped = np.full(columns + 1, np.inf, np.float32)
        skipped[1:] = np.minimum.accumulate(reached - slope)[:-1] + slope[1:]
        cost[row] = np.minimum(reached, skipped)
        taken[row] = np.where(skipped < reached, 2, np.array([0, 1, 3, 4], np.int8)[best])
    steps: list[tuple[int, int]] = []
    row, column = rows, columns
    while row or column:
        step = _STEPS[taken[row, column]]
        steps.append(step)
        row, column = row - step[0], column - step[1]
    return steps[::-1]


def _pairs(words: list[str]) -> list[str]:
    """Each word joined to the next; specks beside words are no halves of words, so they are left out."""
    solid = [any(map(str.isalnum, word)) for word in words]
    return [
        one + other if both[0] and both[1] else ""
        for (one, other), both in zip(itertools.pairwise(words), itertools.pairwise(solid), strict=True)
    ]


def _apart(ones: list[str], others: list[str], most: float = GAP) -> CostGrid:
    """How unlike the words are, from 0 to 1; those further apart than `most` are never paired."""
    if not ones or not others:
        return np.zeros((len(ones), len(others)), np.float32)
    found: CostGrid = cdist(ones, others, scorer=Levenshtein.normalized_distance, dtype=np.float32)
    return np.where(found > most, 4 * GAP, found).astype(np.float32)
