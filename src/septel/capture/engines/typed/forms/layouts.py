"""Layouts of printed forms: where each printed word stands on them, and laying them on a page.

A printed form is the same on thousands of pages: its words stand in a fixed constellation, whatever the
copy shrank, moved or turned. The table (`capture/data/layouts.tsv`) has for each form the places of its
words in the form's own units, learnt from readings of the release of 2025 (docs/decisions/0031). On a
page the words that were read are laid against each layout. Where enough of them agree on one place of
the form, each other word of it has a place, too; whether it stands there is another question
(`septel.capture.engines.typed.forms.printed_words`).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from septel.capture.engines.typed.print_words import bare
from septel.capture.model import Box

NEAR = 16.0
"""Words that agree lie no farther from their place, in pixels of a straight page at 200 dpi."""
LARGEST, SMALLEST = 1.6, 0.6
"""How many times as large a page may show a form as its layout has it."""
LEVEL = 0.03
"""How much the line between two words may turn, in radians: pages are straight."""
FAR = 150.0
"""Two words from which the place of a form is guessed lie at least so far apart."""
GUESSES = 160
"""So many guesses are tried."""
FEWEST, ROWS = 6, 3
"""So many words of a form, of so many rows, must agree on its place."""
LOCAL, STEADY = 220.0, 1.5
"""Paper creeps: how far words tell of others beside them, and how many there must be to tell much."""

PROSE = """
A ABOUT AFTER ALL ALSO AN AND ANY ARE AS AT BE BEEN BUT BY CAN FOR HAD HAS HAVE HE HER HIM HIS
IF IN INTO IS IT ITS MAY MORE NO NOT OF ON ONE ONLY OR OTHER OUT OVER SAID SHE SHOULD SO SOME
THAN THAT THE THEIR THEM THERE THESE THEY THIS THOSE TO TWO UP US WAS WE WERE WHEN WHICH WHO
WILL WITH WOULD YOU YOUR
"""
COMMON = frozenset(PROSE.split())
"""Words of all prose. They tell nothing of where a form lies: any page has them near any place."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWord:
    """A printed word of a form.

    Attributes:
        text: in capitals, as it is printed.
        left, top, right, bottom: in the form's units, about 200 to the inch.
        share: of the pages with this form, how many have the word there.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    share: float


@dataclass(frozen=True)
class Layout:
    """A printed form.

    Attributes:
        name: of the form, as the table has it.
        words: its words.
    """

    name: str
    words: tuple[FormWord, ...]

    @cached_property
    def middles(self) -> Points:
        """Of its words."""
        return np.array([((one.left + one.right) / 2, (one.top + one.bottom) / 2) for one in self.words])

    @cached_property
    def numbers(self) -> dict[str, list[int]]:
        """The numbers of the words with each text."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            found.setdefault(bare(word.text), []).append(number)
        return found

    def could_be(self, texts: Collection[str]) -> bool:
        """Whether enough of its words stand among those of a page."""
        return sum(text in texts for text in self.numbers) >= FEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWord:
    """A word that was read on a straight page at 200 dpi, in capitals, letters and figures only."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A layout on a page.

    Attributes:
        layout: the form.
        pairs: numbers of words of the form, and of the words of the page that agree with them.
        scale: pixels of the page to a unit of the form, along rows and down the page.
        boxes: where each word of the form stands, in pixels of the page.
    """

    layout: Layout
    pairs: tuple[tuple[int, int], ...]
    scale: tuple[float, float]
    boxes: tuple[Box, ...]


def telling(text: str) -> bool:
    """Whether a word may tell where a form lies."""
    return len(text) > 1 and text not in COMMON


def placed(words: Sequence[PageWord], layout: Layout) -> Placement | None:
    """Where a form lies on a page, or None where too few words agree."""
    pairs = [
        (number, at)
        for at, word in enumerate(words)
        for number in layout.numbers.get(word.text, ())
        if telling(word.text)
    ]
    if len({number for number, _ in pairs}) < FEWEST or len({at for _, at in pairs}) < FEWEST:
        return None
    there = np.array([_middle(words[at].box) for _, at in pairs])
    here = layout.middles[[number for number, _ in pairs]]
    agree = _best(here, there, pairs)
    for _ in range(3):
        if not _enough(agree, pairs, layout):
            return None
        linear = _fitted(here[agree], there[agree])
        off = np.abs(_laid(here, linear) - there).max(axis=1)
        agree = _one_each(off, pairs)
    if not _enough(agree, pairs, layout):
        return None
    linear = _fitted(here[agree], there[agree])
    if not all(SMALLEST <= linear[row, row] <= LARGEST for row in (0, 1)):
        return None
    rest = there[agree] - _laid(here[agree], linear)
    boxes = tuple(_boxes(layout, linear, here[agree], rest))
    chosen = tuple(pairs[number] for number in np.flatnonzero(agree))
    scale = (float(linear[0, 0]), float(linear[1, 1]))
    return Placement(layout=layout, pairs=chosen, scale=scale, boxes=boxes)


def _best(here: Points, there: Points, pairs: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which pairs agree with the best of some guesses, each made from two pairs."""
    often = Counter(at for _, at in pairs)
    # Words that stand once on the form, and once on the page, tell most.
    order = sorted(range(len(pairs)), key=lambda one: (often[pairs[one][1]], one))
    best = np.zeros(len(pairs), np.bool_)
    tried = 0
    for reach in range(1, len(order)):
        for first in range(len(order) - reach):
            one, other = order[first], order[first + reach]
            guess = _guess(here[one], here[other], there[one], there[other])
            if guess is None:
                continue
            scale, shift = guess
            off = np.abs(here * scale + shift - there).max(axis=1)
            if (off <= NEAR).sum() > best.sum():
                agree = _one_each(off, pairs)
                best = agree if agree.sum() > best.sum() else best
            tried += 1
            if tried >= GUESSES:
                return best
    return best


def _guess(one: Points, other: Points, seen: Points, beside: Points) -> tuple[float, Points] | None:
    """Scale and shift that lay two words of a form on two of a page."""
    form, page = other - one, beside - seen
    long, wide = float(np.hypot(*form)), float(np.hypot(*page))
    if long < FAR or not SMALLEST * long <= wide <= LARGEST * long:
        return None
    turn = float(np.arctan2(form[0] * page[1] - form[1] * page[0], (form * page).sum()))
    if abs(turn) > LEVEL:
        return None
    scale = wide / long
    return scale, (seen + beside) / 2 - scale * (one + other) / 2


def _one_each(off: Points, pairs: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Of pairs that lie near enough the nearest for each word of form and page."""
    agree = np.zeros(len(pairs), np.bool_)
    form: set[int] = set()
    page: set[int] = set()
    near = np.flatnonzero(off <= NEAR)
    for one in near[np.argsort(off[near], kind="stable")].tolist():
        number, at = pairs[one]
        if number not in form and at not in page:
            form.add(number)
            page.add(at)
            agree[one] = True
    return agree


def _enough(agree: NDArray[np.bool_], pairs: Sequence[tuple[int, int]], layout: Layout) -> bool:
    """Whether enough words agree, on enough rows: a sentence that is quoted is one row or two."""
    if int(agree.sum()) < FEWEST:
        return False
    tops = sorted(layout.words[pairs[one][0]].top for one in np.flatnonzero(agree).tolist())
    return 1 + sum(after - before > NEAR for before, after in pairwise(tops)) >= ROWS


def _fitted(here: Points, there: Points) -> Points:
    """The affine map of least squares, held to an upright one of one scale where words are few.

    Returns:
        Two rows of three: what each coordinate takes of the form's two, and the shift.
    """
    middle, centre = here.mean(axis=0), there.mean(axis=0)
    form, page = here - middle, there - centre
    spread = float(np.square(form).sum())
    one = float((form * page).sum() / spread) if spread else 1.0
    # Two words' worth at half a page's distance hold the map to one scale without a turn.
    hold = 2 * 400.0**2 * np.eye(2)
    linear = np.linalg.solve(form.T @ form + hold, form.T @ page + hold * one).T
    return np.column_stack([linear, centre - linear @ middle])


def _laid(here: Points, linear: Points) -> Points:
    return np.asarray(here @ linear[:, :2].T + linear[:, 2])


def _boxes(layout: Layout, linear: Points, here: Points, rest: Points) -> Iterator[Box]:
    """Where words stand: by the map, and by how far words beside them lie from where it puts them."""
    middles = _laid(layout.middles, linear)
    for word, place, centre in zip(layout.words, layout.middles, middles, strict=True):
        near = np.exp(-np.square((here - place) / LOCAL).sum(axis=1) / 2)
        x, y = centre + (near[:, None] * rest).sum(axis=0) / (near.sum() + STEADY)
        wide, high = linear[0, 0] * (word.right - word.left), linear[1, 1] * (word.bottom - word.top)
        yield Box(
            left=round(x - wide / 2),
            top=round(y - high / 2),
            right=round(x + wide / 2),
            bottom=round(y + high / 2),
        )


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def layouts_of(table: str) -> tuple[Layout, ...]:
    """The layouts of a table: one word a row, with tabs between `form`, `word`, its place and `share`."""
    forms: dict[str, list[FormWord]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t"):
        left, top, right, bottom = (float(row[edge]) for edge in ("left", "top", "right", "bottom"))
        word = FormWord(
            text=row["word"],
            left=left,
            top=top,
            right=right,
            bottom=bottom,
            share=float(row["share"]),
        )
        forms.setdefault(row["form"], []).append(word)
    return tuple(Layout(name, tuple(words)) for name, words in forms.items())


@cache
def shipped() -> tuple[Layout, ...]:
    """The layouts that come with Septel."""
    return layouts_of(files("septel.capture").joinpath("data/layouts.tsv").read_text("utf-8"))
