"""Putting a page together again from typed segments and from what the reader of print read.

Typed words of little doubt stand. All else was read by both readers, and of each word the likelier reading
stands (`septel.capture.engines.typed.choice`). All places here are on the straight page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np

from septel.capture.engines.reading_order import in_rows
from septel.capture.engines.typed.baseline import Curve
from septel.capture.engines.typed.choice import (
    AGAINST,
    ALONE,
    BRIEF,
    ELSEWHERE,
    STRANGE,
    agreed,
    alike,
    likelier,
    worth,
)
from septel.capture.engines.typed.doubles import without_doubles
from septel.capture.engines.typed.labels import with_label
from septel.capture.engines.typed.print_words import letters_of, middle_of, sureness
from septel.capture.engines.typed.segments import Segment
from septel.capture.model import RecognisedLine, RecognisedWord

TYPE_HIGH = 26.0
"""Pixels from the top of a typed line to its bottom, at 200 dpi."""
LEVEL = 0.4
"""Print is in the row of a typed line when their middles are no more than this share of its height apart."""
LINE_SURE, WORD_SURE = 45.0, 20.0
"""Lines and words of the reader of print of less sureness are specks, handwriting and shading."""
BRIEF_SURE = 80.0
"""Pieces of print of fewer letters are specks, too, unless their reader is as sure."""
CERTAIN, LIKELY = 96.0, 88.0
"""Typed words of which our reader is as sure (of 100) are certainly type; those of which it is somewhat less
sure are shown to nobody else, since the reader of print has one in ten of those that it reads differently."""
PRINTED = ((0, 20, 50, 65, 75, 85, 92.5, 96.5, 100), (0, 25, 42, 50, 60, 70, 89, 96, 97))
"""The figures of the reader of print, and how many of 100 such words are right."""
SOME, SEEN, ASIDE = 3, 30.0, 3
"""So many letters that our reader saw, each with such a figure at least, and so many pixels beside what the
other reader has, are of another word."""
ONLY, UNSEEN = 0.4, 0.3
"""From which likelihood words stand that only the reader of print, or only ours, saw. Ours stand in type."""


@dataclass(slots=True)
class TypedRow:
    """A line of type.

    Attributes:
        curve: where its middle lies.
        parts: its segments, each with its words.
        words: the words that are kept.
    """

    curve: Curve
    parts: list[tuple[Segment, tuple[RecognisedWord, ...]]]
    words: list[RecognisedWord] = field(default_factory=list)


def composed(
    rows: Sequence[TypedRow], printed: Sequence[RecognisedLine], *, typed: bool = True
) -> list[RecognisedLine]:
    """Whole rows of a page, from top to bottom.

    Args:
        rows: the typed lines with all their segments.
        printed: lines of print from where no segment is certain to be type.
        typed: whether the page is one of type; on one of print segments are in step by chance.
    """
    lines = likely_lines(printed)
    taken: set[int] = set()
    for row in rows:
        for segment, words in row.parts:
            beside = [word for line in lines for word in line if _over(word, row, words)]
            for ours, theirs in clusters(words, beside):
                row.words += _chosen(ours, theirs, typed=segment.typed, page=typed)
            taken.update(id(word) for word in beside)
    left = [
        tuple(word for word in line if id(word) not in taken and not _read_already(word, rows))
        for line in lines
    ]
    loose: list[RecognisedLine] = []
    for line in filter(None, left):
        alone: list[RecognisedWord] = []
        for piece in _pieces(line):
            if _speck(piece):
                continue
            if (there := _row_of(piece, rows)) is None:
                alone += worth(piece, ALONE)
            else:
                there.words += worth(piece, ALONE)
        if alone:
            loose.append(tuple(alone))
    placed = [
        (_height(row), tuple(sorted(row.words, key=lambda word: word.box.left))) for row in rows if row.words
    ]
    placed += [(middle_of(line), line) for line in in_rows(loose)]
    return without_doubles([line for _, line in sorted(placed, key=lambda one: one[0])])


def likely_lines(printed: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """What is likely text of what the reader of print read: no specks, shading or strokes of a pen."""
    return [line for line in map(_likely, printed) if line]


def lines_of_print(printed: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """The lines of a page that has no type: what is likely text, and no brief speck beside it."""
    return [line for line in likely_lines(printed) if not _speck(line)]


def bars_read(head: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """The words of the release bar as one row: clean print of our day."""
    words = (calibrated(word) for line in head for word in line)
    row = tuple(sorted(words, key=lambda word: word.box.left))
    return [row] if row else []


def _speck(line: RecognisedLine) -> bool:
    """Whether a line or piece that stands alone is more likely dirt than a word."""
    return letters_of(line) < BRIEF and sureness(line) < BRIEF_SURE


def _likely(line: RecognisedLine) -> RecognisedLine:
    """What is likely text of a line of print."""
    line = with_label(line)
    kept = tuple(word for word in line if (word.confidence or 0.0) >= WORD_SURE)
    if not letters_of(kept) or sureness(kept) < LINE_SURE:
        return ()
    return tuple(map(calibrated, kept))


def certain(segment: Segment, word: RecognisedWord) -> bool:
    """Whether a word is type without a doubt."""
    return segment.typed and (word.confidence or 0.0) >= CERTAIN


def likely(segment: Segment, word: RecognisedWord) -> bool:
    """Whether a word is type that nobody else need look at."""
    return segment.typed and (word.confidence or 0.0) >= LIKELY


def _chosen(
    ours: list[RecognisedWord], theirs: list[RecognisedWord], *, typed: bool, page: bool
) -> list[RecognisedWord]:
    """The likelier of two readings of one place, with its likelihood.

    Args:
        ours: words of our own reader.
        theirs: words of the reader of print.
        typed: whether they stand in step with the page's type.
        page: whether that is a page of type.
    """
    if not theirs:
        if typed and page:
            return ours
        kept = worth(ours, STRANGE)
        return kept if sureness(tuple(kept)) / 100 >= UNSEEN else []
    if not ours:
        least = ONLY if letters_of(tuple(theirs)) >= BRIEF else BRIEF_SURE / 100
        return worth(theirs, ALONE) if sureness(tuple(theirs)) / 100 >= least else []
    if alike(ours, theirs):
        # Blanks and marks of type ours knows better; of those of print it sees too few.
        return agreed(ours, theirs) if typed else agreed(theirs, ours)
    if likelier(ours, theirs, typed=typed):
        return ours if typed else worth(ours, STRANGE)
    chosen = worth(theirs, AGAINST if typed else ELSEWHERE)
    return sorted((*chosen, *_seen_beside(ours, theirs)), key=lambda word: word.box.left) if typed else chosen


def _seen_beside(
    ours: Sequence[RecognisedWord], theirs: Sequence[RecognisedWord]
) -> Iterator[RecognisedWord]:
    """Letters of ours that stand beside all that the other reader has: it left out a word or a part."""
    for word in ours:
        free = [
            all(
                not one.box.left - ASIDE < (sign.left + sign.right) / 2 < one.box.right + ASIDE
                for one in theirs
            )
            for sign in word.characters
        ]
        for beside, run in groupby(range(len(free)), key=free.__getitem__):
            numbers = list(run)
            signs = word.characters[numbers[0] : numbers[-1] + 1]
            text = word.text[numbers[0] : numbers[-1] + 1]
            seen = len(signs) >= SOME and min(sign.confidence for sign in signs) >= SEEN
            if beside and seen and text.isalnum():
                box = replace(word.box, left=signs[0].left, right=signs[-1].right)
                yield from worth([replace(word, text=text, characters=signs, box=box, blank=None)], STRANGE)


def calibrated(word: RecognisedWord) -> RecognisedWord:
    """A word of the reader of print with the share of such words that are right, of 100, as its figure."""
    told = word.confidence or 0.0
    share = float(np.interp(told, *PRINTED))
    least = share / told if told else 1.0
    characters = tuple(replace(one, confidence=round(least * one.confidence, 2)) for one in word.characters)
    return replace(word, confidence=round(share, 2), characters=characters, printed=True)


def clusters(
    ours: Sequence[RecognisedWord], theirs: Sequence[RecognisedWord]
) -> Iterator[tuple[list[RecognisedWord], list[RecognisedWord]]]:
    """Words of two readings of one row that stand in the same place, from left to right."""
    both = sorted(
        [(word, True) for word in ours] + [(word, False) for word in theirs], key=lambda one: one[0].box.left
    )
    here: tuple[list[RecognisedWord], list[RecognisedWord]] = ([], [])
    right = 0
    for word, is_ours in both:
        if (here[0] or here[1]) and word.box.left > right - TYPE_HIGH / 4:
            yield here
            here, right = ([], []), 0
        here[0 if is_ours else 1].append(word)
        right = max(right, word.box.right)
    if here[0] or here[1]:
        yield here


def _over(word: RecognisedWord, row: TypedRow, words: Sequence[RecognisedWord]) -> bool:
    """Whether a printed word stands where a segment's words do."""
    if not words:
        return False
    middle = (word.box.left + word.box.right) / 2
    beside = words[0].box.left - TYPE_HIGH / 2 <= middle <= words[-1].box.right + TYPE_HIGH / 2
    return beside and abs((word.box.top + word.box.bottom) / 2 - row.curve.at(middle)) <= TYPE_HIGH / 2


def _read_already(word: RecognisedWord, rows: Sequence[TypedRow]) -> bool:
    """Whether a typed line has a printed word where it stands: the two readers see rows a little apart."""
    middle = (word.box.top + word.box.bottom) / 2
    across = (word.box.left + word.box.right) / 2
    return any(
        abs(row.curve.at(across) - middle) <= TYPE_HIGH
        and any(_overlap(word, other) and alike([word], [other]) for other in row.words)
        for row in rows
    )


def _pieces(line: RecognisedLine) -> list[RecognisedLine]:
    """A line of print, cut where blanks are wide: its pieces may belong to different rows of type."""
    out: list[list[RecognisedWord]] = []
    for word in line:
        if out and word.box.left - out[-1][-1].box.right <= 2 * TYPE_HIGH:
            out[-1].append(word)
        else:
            out.append([word])
    return [tuple(piece) for piece in out]


def _row_of(piece: RecognisedLine, rows: Sequence[TypedRow]) -> TypedRow | None:
    """The typed line in whose row a piece of print stands; None where it would stand on its words."""
    across = (piece[0].box.left + piece[-1].box.right) / 2
    middle = middle_of(piece)
    near = [row for row in rows if row.words and abs(row.curve.at(across) - middle) <= LEVEL * TYPE_HIGH]
    free = [row for row in near if not any(_overlap(one, other) for one in piece for other in row.words)]
    return min(free, key=lambda row: abs(row.curve.at(across) - middle), default=None)


def _overlap(one: RecognisedWord, other: RecognisedWord) -> bool:
    return one.box.across(other.box) > TYPE_HIGH / 3


def _height(row: TypedRow) -> float:
    return row.curve.at((row.words[0].box.left + row.words[-1].box.right) / 2)
