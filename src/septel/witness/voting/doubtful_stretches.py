"""What of a first reading a second engine is asked for, and its answers beside it.

A second engine costs three times what the first does, and agrees with it nearly everywhere. So it is shown
the words that were read with doubt, with their neighbours, cut out of the page where the first engine found
them; and all of a page on which the first engine read hardly anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from septel.capture import Capture, Line, LineStretch, Page, PageOutcome, Word
from septel.text import Source, Span
from septel.witness.alignment import Column, columns_of, words_within

DOUBTFUL = 80.0
"""Words with a smaller figure are read a second time. On nine pages of folds 1 to 3 either reading had 1,779
of 1,927 agreed words so, 1,704 being the first alone; with 90 it had 1,780, for half as much work again,
and with 70 1,766."""
FEW = 0.25
"""Where a smaller share of a page's letters stand in words with a larger figure, all of it is read again."""
FAR = 4.0
"""Words so many heights apart are in stretches of their own."""
STEEP = 0.06
"""A line that rises or falls more is taken for level: its words' places don't tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Words of a line that are read a second time.

    Attributes:
        page: its number.
        line: the number of the line on the page, from nought.
        words: the first of them, and the one behind the last.
        stretch: where they stand.
    """

    page: int
    line: int
    words: tuple[int, int]
    stretch: LineStretch


def doubtful_words(capture: Capture) -> dict[int, list[Asked] | None]:
    """By pages what is read a second time: words with their neighbours, or all of the page (None)."""
    found: dict[int, list[Asked] | None] = {
        account.number: None for account in capture.accounts if account.outcome is PageOutcome.FAILED
    }
    for page in capture.pages:
        words = [word for line in page.lines for word in line.words]
        letters = sum(len(word.text) for word in words)
        if sum(len(word.text) for word in words if not _doubtful(word)) < FEW * letters:
            found[page.number] = None
            continue
        asked = [one for number, line in enumerate(page.lines) for one in _asked(page, number, line)]
        if asked:
            found[page.number] = asked
    return found


def _doubtful(word: Word) -> bool:
    return word.engine_confidence is None or word.engine_confidence < DOUBTFUL


def _asked(page: Page, number: int, line: Line) -> Iterator[Asked]:
    doubted = [_doubtful(word) and any(map(str.isalnum, word.text)) for word in line.words]
    first = 0
    while first < len(doubted):
        last = first
        while last < len(doubted) and any(doubted[max(last - 1, 0) : last + 2]):
            last += 1
            if last < len(doubted) and _far(line.words[last - 1], line.words[last]):
                break
        stretch = _stretch(line.words[first:last])
        if stretch is not None:
            yield Asked(page=page.number, line=number, words=(first, last), stretch=stretch)
        first = max(last, first + 1)


def _far(one: Word, other: Word) -> bool:
    if one.box is None or other.box is None:
        return True
    return other.box.left - one.box.right > FAR * (one.box.bottom - one.box.top)


def _stretch(words: Sequence[Word]) -> LineStretch | None:
    """Where some words of a line stand, or None where nobody says."""
    boxes = [word.box for word in words if word.box is not None]
    if not boxes or len(boxes) < len(words):
        return None
    high = sum(box.bottom - box.top for box in boxes) / len(boxes)
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    middles = [((box.left + box.right) / 2, (box.top + box.bottom) / 2) for box in boxes]
    across, down = zip(*middles, strict=True)
    slope, at = 0.0, float(np.mean(down))
    if len(boxes) > 2 and across[-1] - across[0] > FAR * high:
        rising, start = (float(one) for one in np.polyfit(across, down, 1))
        if abs(rising) <= STEEP:
            slope, at = rising, start
    return LineStretch(left=left, right=right, first=slope * left + at, last=slope * right + at, high=high)


def columns_beside(
    first: Capture, second: Capture, asked: Mapping[int, Sequence[Asked] | None]
) -> list[Column]:
    """All words of a first reading, in its order, with what a second engine had where it was asked."""
    answers = {page.number: page for page in second.pages}
    spans = {account.number: span for account, span in zip(second.accounts, second.source.pages, strict=True)}
    failed = {account.number for account in second.accounts if account.fault is not None}
    pages = {page.number: page for page in first.pages}
    columns: list[Column] = []
    for account in first.accounts:
        page, number = pages.get(account.number), account.number
        if number in asked and asked[number] is None and number not in failed:
            ones = [word.span for line in page.lines for word in line.words] if page else []
            others = words_within(second.source.text, spans[number])
            columns += columns_of(first.source.text, ones, second.source.text, others)
        elif page is not None:
            pieces = [] if number in failed else asked.get(number) or []
            columns += _beside(first.source, page, second.source, answers.get(number), pieces)
    return columns


def _beside(
    first: Source, page: Page, second: Source, answer: Page | None, asked: Sequence[Asked]
) -> Iterator[Column]:
    """The words of a page, with what was read again of some of them."""
    lines = answer.lines if answer else ()
    for number, line in enumerate(page.lines):
        at = 0
        for one in (one for one in asked if one.line == number):
            start, end = one.words
            yield from (_unasked(word.span) for word in line.words[at:start])
            ones = [word.span for word in line.words[start:end]]
            others = [word.span for found in lines if _of(found, one.stretch) for word in found.words]
            yield from columns_of(first.text, ones, second.text, others)
            at = end
        yield from (_unasked(word.span) for word in line.words[at:])


def _of(line: Line, stretch: LineStretch) -> bool:
    """Whether a line of the second reading is what was read in a stretch."""
    place = line.words[0].box
    if place is None:
        return False
    here = stretch.box
    middle = (place.left + place.right) / 2
    return (place.top, place.bottom) == (here.top, here.bottom) and here.left <= middle <= here.right


def _unasked(span: Span) -> Column:
    return Column(first=span, second=None, agrees=False, asked=False)
