"""A page of a form as words at their places.

Places come from an engine's boxes, or from the columns of a plain text, so that scans, files with a layout
and plain texts go one way. Across, the unit is the width of a typed character; down, the height of one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from rapidfuzz.distance import Levenshtein

from septel.capture import Page, Word

LEVEL = 0.5
"""Words are in one row when their middles are less than so many heights apart."""
SPACING = 1.6
"""The distance between two lines of a plain text, in heights: what single spacing is on a typed page."""
HEAD_ROWS = 34
"""How many rows of a page may hold its head, at least."""
_PARAGRAPH = re.compile(r"^\W{0,3}[1lI]\s?[.,]\s+\W{0,2}[A-Z].{24}")
_DIRT = "|_~{}[]«»“”„‘’`^\\"
_ALIKE = str.maketrans("АВЕКМНОРСТХаеорсхутΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXaeopcxytABEZHIKMNOPTYX")
"""Letters of other alphabets that transcripts of models take for Latin ones."""
_LONG, _LEAST = 12.0, 4
"""A line tells of a page's slope from so many heights on, and the page's is known by so many lines."""
_WIDE, _TALL = 24.0, 36.0
"""The pitch and height that are taken where a page has no word to tell, in pixels at 300 dots per inch."""


@dataclass(frozen=True, slots=True)
class SheetWord:
    """A word on a sheet: its edges across in characters, its middle down in heights."""

    text: str
    left: float
    right: float
    down: float


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Words at one height, from left to right."""

    tokens: tuple[SheetWord, ...]

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(token.text for token in self.tokens)

    @property
    def laid(self) -> str:
        """Its words with as many blanks between them as there is room for."""
        found = self.tokens[0].text
        for before, token in itertools.pairwise(self.tokens):
            found += " " * max(1, round(token.left - before.right)) + token.text
        return found

    @property
    def down(self) -> float:
        """The height at which it stands: that of its middle word."""
        return float(median(token.down for token in self.tokens))

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.tokens[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.tokens[-1].right

    def after(self, place: int, blank: float = 8.0) -> tuple[SheetWord, ...]:
        """The words behind one of its words, up to a blank of so many characters."""
        found: list[SheetWord] = []
        right = self.tokens[place].right if place >= 0 else self.left
        for token in self.tokens[place + 1 :]:
            if token.left - right > blank:
                break
            found.append(token)
            right = token.right
        return tuple(found)

    def between(self, left: float, right: float) -> tuple[SheetWord, ...]:
        """The words whose middles lie between two places."""
        return tuple(one for one in self.tokens if left <= (one.left + one.right) / 2 < right)


@dataclass(frozen=True)
class Sheet:
    """The rows of one page from top to bottom."""

    rows: tuple[SheetRow, ...]

    @classmethod
    def of_page(cls, page: Page, shown: Callable[[Word], str] = lambda word: word.text) -> Sheet:
        """A page that an engine or a file gave; lines without boxes stand one under the other.

        Args:
            page: the page.
            shown: how each word reads.
        """
        words = [word for line in page.lines for word in line.words if word.box and word.text.strip()]
        if not words:
            return cls.of_lines([" ".join(map(shown, line.words)) for line in page.lines])
        wide = [
            (word.box.right - word.box.left) / (len(word.text) - 0.2)
            for word in words
            if word.box and len(word.text) > 3 and word.text.isalnum()
        ]
        high = [word.box.bottom - word.box.top for word in words if word.box and len(word.text) > 2]
        pitch, height = float(median(wide or [_WIDE])), float(median(high or [_TALL]))
        slope = _slope(page)
        return cls(
            tuple(
                _rows(
                    SheetWord(
                        text,
                        word.box.left / pitch,
                        word.box.right / pitch,
                        ((word.box.top + word.box.bottom) / 2 - slope * word.box.left) / height,
                    )
                    for word in words
                    if word.box and (text := shown(word).strip(_DIRT + " "))
                )
            )
        )

    @classmethod
    def of_lines(cls, lines: Sequence[str]) -> Sheet:
        """A plain text: each line a row, each character a place."""
        rows: list[SheetRow] = []
        for number, line in enumerate(line for line in lines if line.strip()):
            tokens = tuple(_columns(line.lstrip("#* ").expandtabs(), number * SPACING))
            if tokens:
                rows.append(SheetRow(tokens))
        return cls(tuple(rows))

    @cached_property
    def margin(self) -> float:
        """Where its long rows begin: the left edge of its text."""
        long = sorted(row.left for row in self.rows if row.right - row.left > 40)
        return long[len(long) // 4] if long else min((row.left for row in self.rows), default=0.0)

    @cached_property
    def has_places(self) -> bool:
        """Whether its rows begin at more than one place: many plain texts lost their columns."""
        return len({round(row.left) for row in self.rows}) > 2

    @cached_property
    def head(self) -> int:
        """How many rows its head may have: those above the first numbered paragraph, within reason.

        Plain texts of forms have each small printed word on a line of its own.
        """
        first = next((n for n, row in enumerate(self.rows) if _PARAGRAPH.match(row.text)), 0)
        return min(max(first, HEAD_ROWS), 2 * HEAD_ROWS)

    def near(self, down: float, reach: float) -> tuple[SheetRow, ...]:
        """The rows no farther than so many heights from one place."""
        return tuple(row for row in self.rows if abs(row.down - down) <= reach)

    def value(self, *labels: str, rows: int = 40, places: int = 3) -> str:
        """What stands right of the first printed label of these, through misread letters; may be empty.

        Args:
            labels: in capitals.
            rows: how many rows are looked through.
            places: how many words from the left a label may stand.
        """
        for row in self.rows[:rows]:
            for place, token in enumerate(row.tokens[:places]):
                bare, colon, rest = token.text.partition(":")
                if _is_label(bare, labels, colon=bool(colon)):
                    words = " ".join([rest, *(one.text for one in row.after(place, 14.0))]).strip(" :;.")
                    if words:
                        return words
        return ""

    def tokens(self) -> Iterator[tuple[int, int, SheetWord]]:
        """All words with the numbers of their rows and their places there."""
        for at, row in enumerate(self.rows):
            for place, token in enumerate(row.tokens):
                yield at, place, token


@dataclass(frozen=True, slots=True)
class FormWitness:
    """One reading of a message's pages: as text, and as sheets; and its family of readings.

    The readings of one family (`engine`, `layer`, `text`) are no witnesses for each other.
    """

    text: str
    sheets: tuple[Sheet, ...]
    family: str = "engine"

    @classmethod
    def of_texts(cls, pages: Sequence[str], family: str = "text") -> FormWitness:
        """Pages of plain text."""
        return cls("\n".join(pages), tuple(Sheet.of_lines(page.split("\n")) for page in pages), family)

    @classmethod
    def of_pages(
        cls, text: str, pages: Sequence[Page], shown: Callable[[Word], str] = lambda word: word.text
    ) -> FormWitness:
        """Pages with the places of their words.

        Args:
            text: what they read.
            pages: the pages.
            shown: how each word reads.
        """
        return cls(text, tuple(Sheet.of_page(page, shown) for page in pages))


def _slope(page: Page) -> float:
    """How far the lines of a page fall to the right, for each unit across: scans are rarely straight."""
    found = []
    for line in page.lines:
        boxes = [word.box for word in line.words if word.box]
        if len(boxes) < 4 or boxes[-1].left - boxes[0].left < _LONG * (boxes[0].bottom - boxes[0].top):
            continue
        first, last = boxes[0], boxes[-1]
        found.append(((last.top + last.bottom) - (first.top + first.bottom)) / 2 / (last.left - first.left))
    return float(median(found)) if len(found) >= _LEAST else 0.0


def _is_label(text: str, labels: Sequence[str], *, colon: bool) -> bool:
    bare = "".join(filter(str.isalpha, text)).upper()
    if bare in labels:
        return True
    near = [one for one in labels if len(one) > 3 and abs(len(one) - len(bare)) <= 1]
    return any(Levenshtein.distance(bare, one, score_cutoff=1) <= 1 for one in near) and (
        colon or text.isupper()
    )


def _columns(line: str, down: float) -> Iterator[SheetWord]:
    at = 0
    line = re.sub(r"[\[\]]", " ", line.translate(_ALIKE))  # brackets of what reviewers took out
    for word in line.split():
        left = line.index(word, at)
        at = left + len(word)
        bare = word.strip(_DIRT)
        if bare:
            yield SheetWord(bare, float(left), float(at), down)


def _rows(tokens: Iterable[SheetWord]) -> Iterator[SheetRow]:
    """Words gathered into rows; of two readings of one place the longer stands."""
    rows: list[list[SheetWord]] = []
    for token in sorted(tokens, key=lambda one: one.down):
        fitting = [row for row in rows[-4:] if abs(median(one.down for one in row) - token.down) < LEVEL]
        if fitting:
            fitting[-1].append(token)
        else:
            rows.append([token])
    for row in sorted(rows, key=lambda one: median(token.down for token in one)):
        kept: list[SheetWord] = []
        for token in sorted(row, key=lambda one: one.left):
            if kept and kept[-1].right - token.left > 0.5 * min(len(token.text), len(kept[-1].text)):
                if len(token.text) > len(kept[-1].text):
                    kept[-1] = token
            else:
                kept.append(token)
        yield SheetRow(tuple(kept))
