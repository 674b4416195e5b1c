"""Places in a line that hold ink of type's kind where no word was read.

A pen rings, brackets or underlines words, a stamp falls over them, and engines then leave them out: what
stands before and behind would be read as one sentence. So the paper between two words of a line is looked at
wherever more of it lies there than a blank takes, also between two letters of a word that stand too far
apart, and where lines beside it reach farther. Where the ink is spread, and as dense, as letters are,
`UNREAD` stands in the text, once for each letter that fits.

Rules, underlines and the strokes of a ring cross a line and fill none of its cells; what is solid black is an
excision (`septel.capture.regions.find`); of words in other lines nothing is taken for ink.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from septel.capture.model import UNREAD, Box, LayerLine, LayerWord, hull
from septel.capture.regions.components import Mask

if TYPE_CHECKING:
    from PIL import Image

WORDS, LETTERS = 12, 3
"""The width of a letter is known from so many words of so many letters."""
DARK = 0.55
"""Which share of the paper's shade is dark."""
GAP = 2.3
"""Words farther apart than so many letters may have lost one between them: a blank takes one."""
TORN = 2.8
"""Letters of one word whose middles are farther apart, the same."""
SOME, FULLER = 3, 4
"""Lines of so many words may have lost one at their ends, if lines of so many beside them ..."""
CLOSE = 2.0
"""... no farther above or below than so many of its heights, reach farther."""
NEAR = 3.0
"""What a line lost at its ends stands no farther than so many letters from what was read."""
BEYOND = 3.0
"""Ink at the end of a line that goes on so many letters beyond the edge of the text is no word of it."""
FAR = 30.0
"""Words farther apart than so many letters are of different columns."""
LEVEL = 0.4
"""Neighbours share so much of the lower one's height."""
STEP = 0.25
"""Neighbours whose middles differ by so much of a line's height stand on different levels."""
LOOSE = 0.2
"""So much of a box's height, above and below, letters may leave free."""
LONG = 2.0
"""A level stroke of so many letters is a rule or underlines."""
BODY = (0.1, 0.9)
"""The part of a line's height in which all letters have ink; strokes above and below say nothing."""
FULL = 0.3
"""A cell of a letter has ink in so many of its columns ..."""
TALL = 0.5
"""... in so much of their height: dashes and level strokes have less ..."""
DENSE, SOLID = 0.5, 2.2
"""... and so much of the ink that a cell of the words beside it has, and no more than so many times."""
AROUND, AIRY = 0.3, 0.5
"""At the edge of the text, where shade may lie, so many heights above a letter, or below it, have no more of
its ink than this."""
TRUSTED = 50.0
"""One of two words is as sure (of 100): who can't read either, as in pictures, reads on over no gap."""
LEAST = 2
"""Fewer cells in a row are specks, ticks and lone strokes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """Paper between two letters.

    Attributes:
        before, behind: the boxes of what stands there.
        letter: the width of a letter.
    """

    before: Box
    behind: Box
    letter: float


class UnreadInk:
    """The ink of one page that nobody read.

    Args:
        image: the page.
        lines: what was read on it.
    """

    def __init__(self, image: Image.Image, lines: Sequence[LayerLine]) -> None:
        self.lines = lines
        self._grey = image.convert("L")
        wide = [
            (word.box.right - word.box.left) / len(word.text)
            for line in lines
            for word in line.words
            if word.box is not None and len(word.text) >= LETTERS
        ]
        self._letter = median(wide) if len(wide) >= WORDS else 0.0
        self._boxes = [box for line in lines for word in line.words for box in self._read(word)]
        self._shade = DARK * _paper(self._grey) if self._letter else 0.0

    def told(self) -> list[LayerLine]:
        """The lines, with `UNREAD` where ink stands that nobody read."""
        if not self._letter:
            return list(self.lines)
        hulls = [hull(word.box for word in line.words) for line in self.lines]
        return [
            replace(line, words=(*self._ahead(line, hulls), *self._words(line), *self._after(line, hulls)))
            for line in self.lines
        ]

    def _words(self, line: LayerLine) -> Iterator[LayerWord]:
        before: LayerWord | None = None
        for whole in line.words:
            for word in self._parts(whole):
                trusted = before is not None and max(_sureness(before), _sureness(word)) >= TRUSTED
                if trusted and before and before.box is not None and word.box is not None:
                    yield from self._between(before.box, word.box, GAP)
                yield word
                before = word

    def _ahead(self, line: LayerLine, hulls: Sequence[Box | None]) -> Iterator[LayerWord]:
        """What was not read between the edge of the text and a line's first word."""
        box = line.words[0].box if line.words else None
        left = min((one.left for one in self._beside(line, hulls)), default=None)
        if box is None or left is None or left + GAP * self._letter > box.left:
            return
        start = max(round(left - BEYOND * self._letter), 1)
        for one in list(self._between(replace(box, left=start - 1, right=start), box, GAP, shaded=True))[-1:]:
            near = one.box is not None and box.left - one.box.right < NEAR * self._letter
            if near and one.box is not None and one.box.left > left - self._letter:
                yield one

    def _after(self, line: LayerLine, hulls: Sequence[Box | None]) -> Iterator[LayerWord]:
        """What was not read between a line's last word and the edge of the text."""
        box = line.words[-1].box if line.words else None
        right = max((one.right for one in self._beside(line, hulls)), default=None)
        if box is None or right is None or right - GAP * self._letter < box.right:
            return
        end = min(round(right + BEYOND * self._letter), self._grey.width)
        for one in list(self._between(box, replace(box, left=end, right=end + 1), GAP, shaded=True))[:1]:
            near = one.box is not None and one.box.left - box.right < NEAR * self._letter
            if near and one.box is not None and one.box.right < right + self._letter:
                yield one

    def _beside(self, line: LayerLine, hulls: Sequence[Box | None]) -> Iterator[Box]:
        """Where the full lines next to one stand, above and below."""
        own = hull(word.box for word in line.words)
        if own is None or len(line.words) < SOME:
            return
        high = line.words[0].box.bottom - line.words[0].box.top if line.words[0].box else 0
        for other, box in zip(self.lines, hulls, strict=True):
            if box is None or other is line or len(other.words) < FULLER:
                continue
            near = -own.down(box) < CLOSE * high and own.across(box) > 0
            if near and own.across(box) >= 0.8 * (own.right - own.left):
                yield box

    def _parts(self, word: LayerWord) -> Iterator[LayerWord]:
        """A word, cut where its letters stand apart and ink between them was not read."""
        first = 0
        for at in self._torn(word):
            left, right = self._sides(word, at)
            if list(self._between(left, right, TORN - 1)):
                yield _part(word, first, at)
                first = at
        yield _part(word, first, len(word.characters)) if first else word

    def _read(self, word: LayerWord) -> Iterator[Box]:
        """Where a word's letters stand, without the paper between those that stand apart."""
        if word.box is None:
            return
        first = word.box.left
        for at in self._torn(word):
            left, right = self._sides(word, at)
            yield replace(left, left=first)
            first = right.left
        yield replace(word.box, left=first)

    def _torn(self, word: LayerWord) -> Iterator[int]:
        """Before which of a word's letters more paper lies than between two."""
        letters = word.characters
        for at in range(1, len(letters) if word.box is not None and self._letter else 0):
            first, second = ((one.left + one.right) / 2 for one in letters[at - 1 : at + 1])
            if TORN * self._letter < second - first < FAR * self._letter:
                yield at

    @staticmethod
    def _sides(word: LayerWord, at: int) -> tuple[Box, Box]:
        """A word's box to the left of one of its letters, and from that letter on."""
        assert word.box is not None
        left, right = word.characters[at - 1].right, word.characters[at].left
        return replace(word.box, right=left), replace(word.box, left=right)

    def _between(
        self, before: Box, behind: Box, least: float, *, shaded: bool = False
    ) -> Iterator[LayerWord]:
        """What was not read between two boxes of a line.

        Args:
            before: the box to the left.
            behind: the one to the right.
            least: so many letters and fewer between them are a blank.
            shaded: whether what lies there may be shade.
        """
        wide = behind.left - before.right
        low = min(before.bottom - before.top, behind.bottom - behind.top)
        if not least * self._letter < wide < FAR * self._letter or before.down(behind) < LEVEL * low:
            return
        gap = _Gap(before=before, behind=behind, letter=self._letter)
        best: list[tuple[int, int]] = []
        for top, bottom in _levels(before, behind):
            ink = self._ink(gap, top, bottom)
            cells = self._cells(ink, gap)
            if shaded:
                cells = self._in_a_row(cells, gap, top, bottom)
            found = list(_runs(cells))
            if sum(last - first for first, last in found) > sum(last - first for first, last in best):
                best = found
        for first, last in best:
            # Between two words are blanks, also where the strokes of a ring fill them.
            half = round(self._letter / 2)
            left = max(before.right + round(first * self._letter / 2), before.right + half)
            right = min(before.right + round((last + 1) * self._letter / 2), behind.left - half)
            top, bottom = min(before.top, behind.top), max(before.bottom, behind.bottom)
            place = Box(left=left, top=top, right=right, bottom=bottom)
            signs = max(LEAST, round((right - left) / self._letter))
            yield LayerWord(text=UNREAD * signs, box=place)

    def _ink(self, gap: _Gap, top: float, bottom: float) -> Mask:
        """The ink in a gap, in the part of a line's height that letters fill."""
        high = bottom - top
        first, last = round(top + BODY[0] * high), round(top + BODY[1] * high)
        area = (gap.before.right, first, gap.behind.left, max(last, first + 1))
        dark: Mask = np.asarray(self._grey.crop(area), np.uint8) < self._shade
        dark &= ~_level_strokes(dark, round(LONG * gap.letter))
        left, top, right, bottom = area
        for box in self._boxes:
            if box.right <= left or box.left >= right or box.bottom <= top or box.top >= bottom:
                continue
            # The boxes of the lines above and below reach into a line that is not level.
            beside = min(box.bottom, bottom) - max(box.top, top) < (bottom - top) / 2
            by = round(LOOSE * (box.bottom - box.top)) if beside else 0
            rows = slice(max(box.top + by - top, 0), max(box.bottom - by - top, 0))
            dark[rows, max(box.left - left, 0) : box.right - left] = False
        return dark

    def _cells(self, ink: Mask, gap: _Gap) -> list[bool]:
        """For each half step of a letter along a gap, whether a letter seems to stand there."""
        beside = [self._density(box) for box in (gap.before, gap.behind) if box.right - box.left > 1]
        usual = max(sum(beside) / max(len(beside), 1), 0.05)
        wide, step = round(gap.letter), gap.letter / 2
        columns = np.asarray(ink.any(axis=0))
        out: list[bool] = []
        for number in range(int((ink.shape[1] - wide) / step) + 1):
            here = slice(round(number * step), round(number * step) + wide)
            full = float(columns[here].mean()) >= FULL
            dense = DENSE * usual <= float(ink[:, here].mean()) <= SOLID * usual
            tall = float(ink[:, here].any(axis=1).mean()) >= TALL
            out.append(full and dense and tall)
        return out

    def _in_a_row(self, cells: Sequence[bool], gap: _Gap, top: float, bottom: float) -> list[bool]:
        """Those cells above or below which there is less ink: shade, and the edge of a copy, go on there."""
        high = bottom - top
        area = (gap.before.right, round(top - AROUND * high), gap.behind.left, round(bottom + AROUND * high))
        dark = np.asarray(self._grey.crop(area)) < self._shade
        by = round(AROUND * high)
        out: list[bool] = []
        for number, full in enumerate(cells):
            first = round(number * gap.letter / 2)
            here = dark[:, first : first + round(gap.letter)]
            least = min(float(here[:by].mean()), float(here[-by:].mean()))
            out.append(full and least <= AIRY * float(here[by:-by].mean()))
        return out

    def _density(self, box: Box) -> float:
        high = box.bottom - box.top
        area = (box.left, round(box.top + BODY[0] * high), box.right, round(box.top + BODY[1] * high))
        dark = np.asarray(self._grey.crop(area)) < self._shade
        return float(dark.mean()) if dark.size else 0.0


def with_unread(image: Image.Image, lines: Sequence[LayerLine]) -> list[LayerLine]:
    """The lines of a page, with `UNREAD` where ink of type's kind stands between words and was not read.

    Args:
        image: the page.
        lines: what an engine read on it, with boxes in its pixels.
    """
    return UnreadInk(image, lines).told()


def _part(word: LayerWord, first: int, last: int) -> LayerWord:
    assert word.box is not None
    letters = word.characters[first:last]
    box = replace(word.box, left=letters[0].left, right=letters[-1].right)
    blank = word.blank if first == 0 else None
    return replace(word, text=word.text[first:last], characters=letters, box=box, blank=blank)


def _levels(before: Box, behind: Box) -> list[tuple[float, float]]:
    """Where a line between two boxes may lie: as both do, or as either if they are on different levels."""
    top, bottom = (before.top + behind.top) / 2, (before.bottom + behind.bottom) / 2
    if abs(before.top + before.bottom - behind.top - behind.bottom) < 2 * STEP * (bottom - top):
        return [(top, bottom)]
    return [(before.top, before.bottom), (behind.top, behind.bottom)]


def _sureness(word: LayerWord) -> float:
    return 100.0 if word.confidence is None else word.confidence


def _runs(cells: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """From the first to the last of neighbouring half steps, as far as they hold letters enough."""
    found = [number for number, full in enumerate(cells) if full]
    while found:
        first = last = found.pop(0)
        # A narrow or worn letter parts no word.
        while found and found[0] - last <= 3:
            last = found.pop(0)
        if last - first >= 2 * (LEAST - 1):
            yield first, last + 1


def _level_strokes(dark: Mask, long: int) -> Mask:
    """Runs of ink along rows of at least so many pixels."""
    if dark.shape[1] < long:
        return np.zeros_like(dark)
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    whole = sums[:, long:] - sums[:, :-long] == long
    out = np.zeros_like(dark)
    for row, column in zip(*np.nonzero(whole), strict=True):
        out[row, column : column + long] = True
    return out


def _paper(image: Image.Image) -> float:
    """The shade of paper: nine tenths of the pixels are no lighter."""
    small = image.reduce(8) if min(image.size) > 64 else image
    return float(np.percentile(np.asarray(small), 90))
