"""What of a first reading a second engine is asked for, and its answers beside it.

A second engine costs three times what the first does, and agrees with it nearly everywhere. So it is shown
the words that were read with doubt, with their neighbours, cut out of the page where the first engine found
them; what else may be text, where the first engine read nothing; and all of a page on which it read hardly
anything.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from septel.capture import UNREAD, Box, Capture, Line, LineStretch, Origin, Page, PageOutcome, Word
from septel.text import Source, Span
from septel.witness.alignment import Column, columns_of, words_within
from septel.witness.voting.word_vote import SEEN

DOUBTFUL = 80.0
"""Words with a smaller figure are read a second time. On nine pages of folds 1 to 3 either reading had 1,779
of 1,927 agreed words so, 1,704 being the first alone; with 90 it had 1,780, for half as much work again,
and with 70 1,766."""
FEW = 0.25
"""Where a smaller share of a page's letters stand in words with a larger figure, all of it is read again."""
FAR = 4.0
"""Words so many heights apart are in stretches of their own."""
WITHIN = 0.6
"""So much of a word's width stands where the first engine read nothing."""
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
    """By pages what is read a second time: words with their neighbours, if any, or all of the page (None)."""
    found: dict[int, list[Asked] | None] = {
        account.number: None for account in capture.accounts if account.outcome is PageOutcome.FAILED
    }
    for page in capture.pages:
        if page.origin is not Origin.ENGINE:
            continue
        words = [word for line in page.lines for word in line.words if UNREAD not in word.text]
        letters = sum(len(word.text) for word in words)
        if sum(len(word.text) for word in words if not _doubtful(word)) < FEW * letters:
            found[page.number] = None
            continue
        found[page.number] = [
            one for number, line in enumerate(page.lines) for one in _asked(page, number, line)
        ]
    return found


def words_on(page: Page) -> tuple[Box, ...]:
    """Where words of a page stand, and ink within its lines that nobody read."""
    return tuple(word.box for line in page.lines for word in line.words if word.box is not None)


def _doubtful(word: Word) -> bool:
    seen = word.engine_confidence
    return seen is None or seen < DOUBTFUL or UNREAD in word.text


def _asked(page: Page, number: int, line: Line) -> Iterator[Asked]:
    doubted = [
        _doubtful(word) and (UNREAD in word.text or any(map(str.isalnum, word.text))) for word in line.words
    ]
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
    """The words of a page, with what was read again of some of them, and lines that only the second saw."""
    lines = answer.lines if answer else ()
    loose = deque(sorted(_besides(lines, asked), key=_height))
    for number, line in enumerate(page.lines):
        while loose and _height(loose[0]) < _height(line):
            yield Column(first=None, second=loose.popleft().span, agrees=False)
        at = 0
        for one in (one for one in asked if one.line == number):
            start, end = one.words
            yield from (_unasked(word.span) for word in line.words[at:start])
            here = [word for found in lines if _of(found, one.stretch) for word in found.words]
            yield from _columns(first.text, line.words[start:end], second.text, here)
            at = end
        yield from (_unasked(word.span) for word in line.words[at:])
    yield from (Column(first=None, second=line.span, agrees=False) for line in loose)


def _besides(lines: Sequence[Line], asked: Sequence[Asked]) -> list[Line]:
    """What the second engine read surely where the first has no word."""
    return [
        line
        for line in lines
        if not any(_of(line, one.stretch) for one in asked)
        and min(word.engine_confidence or 0.0 for word in line.words) >= SEEN
    ]


def _height(line: Line) -> float:
    """The height at which a line stands; nought where nobody says."""
    return (line.box.top + line.box.bottom) / 2 if line.box is not None else 0.0


def _columns(text: str, ones: Sequence[Word], other_text: str, others: Sequence[Word]) -> Iterator[Column]:
    """A stretch as both read it; where the first read nothing, what the second has in that place."""
    filled = {
        gap.span: [word for word in others if _lies_in(word, gap)] for gap in ones if UNREAD in gap.text
    }
    taken = {word.span for words in filled.values() for word in words}
    rest = [word.span for word in others if word.span not in taken]
    both = columns_of(text, [word.span for word in ones if word.span not in filled], other_text, rest)
    columns = deque(both)
    for gap, words in filled.items():
        while columns and (columns[0].first or gap).start <= gap.start:
            yield columns.popleft()
        second = words[0].span.hull(words[-1].span) if words else None
        yield Column(first=gap, second=second, agrees=False)
    yield from columns


def _lies_in(word: Word, gap: Word) -> bool:
    """Whether the middle of a word stands in a place, and the place is not much narrower."""
    if word.box is None or gap.box is None:
        return False
    middle, wide = (word.box.left + word.box.right) / 2, word.box.right - word.box.left
    return gap.box.left <= middle <= gap.box.right and word.box.across(gap.box) >= WITHIN * wide


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
