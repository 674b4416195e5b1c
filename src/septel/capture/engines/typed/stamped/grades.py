"""Stamps of grade at a page's head and foot: SECRET in letters larger than type, broken or struck out.

Readers of words lose them, and with them the grade of the page. There are few grades, so the network of typed
lines is asked how well each of them fits a row of letters, as it is asked of the words of forms
(`septel.capture.engines.typed.forms`). That tells far more than a reading: letters in dots are unsure one by
one, yet hardly any other row of ink fits SECRET. Where one fits badly, something of the kind stands there: an
unread place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from septel.capture.engines.preparation import Prepared
from septel.capture.engines.typed.forms import looks
from septel.capture.engines.typed.lines import PAGE_DPI
from septel.capture.engines.typed.network import reader
from septel.capture.engines.typed.print_words import bare, letters_of, middle_of
from septel.capture.model import UNREAD, Box, RecognisedLine, RecognisedWord
from septel.capture.regions import INK_BELOW, Mask, large_rows, rules_on

OPEN = "UNCLASSIFIED"
GRADES = ("SECRET", "TOP SECRET", "CONFIDENTIAL", "RESTRICTED", OPEN)
READ, SHORTEST, FEWEST = 75.0, 6, 3
"""Words with such a figure are read, and nothing is looked for where they stand; in lines of fewer letters
than the shortest grade has they may be a part of one. What was read with more doubt gives way to a grade, and
a word of so many letters to no unread place."""
FITS, SEEMS, HOPELESS = -1.0, -2.0, -3.6
"""How far a grade is behind the likeliest reading, in log probability for each letter: from the first on it
is read, from the second on it seems to stand there; below the last another look is no use."""
NARROW, BROAD = 0.32, 1.5
"""How wide a letter is, with the paper beside it, in heights."""
SOFT, AROUND, TAILS = 1.5, 6, 0.06
"""Letters in dots run together when they are blurred by so many pixels, with so many around them; a second
look leaves out this share of the ink above and below."""
ALONE, AGREED = 40.0, 90.0
"""The figure of a stamp, and of one that another of its page agrees with."""
LEVEL, BESIDE = 0.5, 1.0
"""Words that share so much of a row's height and stand no farther than so many heights are of its line."""
STRUCK, WITHIN, SLOPES = 0.5, (0.2, 0.8), np.linspace(-0.4, 0.4, 33)
"""A stroke over so much of a stamp's width, in this part of its height, strikes it out; how steep it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeStamp:
    """A row of letters that a grade fits.

    Attributes:
        grade: the one that fits best.
        box: where it stands, in the pixels of the lines beside it.
        behind: how far the grade is behind the likeliest reading of the same ink.
        struck: whether a stroke runs through it.
    """

    grade: str
    box: Box
    behind: float
    struck: bool = False

    @property
    def read(self) -> bool:
        """Whether it is plain enough to be read; nothing is ever opened by a stamp that was read so."""
        return self.behind >= FITS and self.grade != OPEN


def with_grades(
    lines: Sequence[RecognisedLine],
    page: Image.Image,
    rules: Mask | None = None,
    ready: Prepared | None = None,
) -> list[RecognisedLine]:
    """The lines of a page with the stamps of grade at its head and foot, each a line of its own.

    Args:
        lines: from top to bottom.
        page: straight, dark on white, at 200 dpi.
        rules: where rules lie on it, if that is known.
        ready: how `page` was made of the page whose pixels the lines have; None where they have its own.

    Raises:
        EngineFailure: the network can't be loaded.
    """
    if rules is None:
        rules = rules_on(np.asarray(page) < INK_BELOW, PAGE_DPI)
    stamps = grade_stamps(lines, page, rules, ready)
    out = list(lines)
    for stamp in stamps:
        seen = [word for line in out for word in line if _lies_in(word.box, stamp.box)]
        same = bare("".join(word.text for word in seen)) == bare(stamp.grade)
        other = any(letters_of((word,)) >= FEWEST for word in seen)
        if same or (other and not stamp.read):
            continue
        gone = {id(word) for word in seen}
        out = [
            line for line in (tuple(word for word in line if id(word) not in gone) for line in out) if line
        ]
        others = [one for one in stamps if one is not stamp and one.read and not one.struck]
        agreed = any(one.grade == stamp.grade for one in others) or _has(out, stamp.grade)
        sure = AGREED if agreed and not stamp.struck else ALONE
        middle = (stamp.box.top + stamp.box.bottom) / 2
        at = next((n for n, line in enumerate(out) if middle_of(line) > middle), len(out))
        out.insert(at, tuple(_words(stamp, sure)))
    return out


def grade_stamps(
    lines: Sequence[RecognisedLine], page: Image.Image, rules: Mask, ready: Prepared | None = None
) -> list[GradeStamp]:
    """The stamps of grade that were not read, where the lines have their words; some only seem to be one."""
    read = [
        ready.there(word.box) if ready else word.box
        for line in lines
        if letters_of(line) >= SHORTEST
        for word in line
        if (word.confidence or 0.0) >= READ
    ]
    rows = [box for box in large_rows(page, read, rules) if not any(_beside(box, one) for one in read)]
    if not rows:
        return []
    clean = Image.fromarray(np.where(rules, np.uint8(255), np.asarray(page)))
    best = _best(clean, [(number, box) for number, box in enumerate(rows)])
    again = [number for number, (_, behind) in best.items() if HOPELESS < behind < FITS]
    for number in again:
        place = _around(rows[number], clean)
        clean.paste(clean.crop(place).filter(ImageFilter.GaussianBlur(SOFT)), place[:2])
    second = [(number, box) for number in again for box in (rows[number], _trimmed(clean, rows[number]))]
    for number, (grade, behind) in _best(clean, second).items():
        if behind > best[number][1]:
            best[number] = (grade, behind)
    return [
        GradeStamp(
            grade=grade, box=_back(rows[number], ready), behind=behind, struck=_struck(page, rows[number])
        )
        for number, (grade, behind) in best.items()
        if behind >= SEEMS
    ]


def _best(page: Image.Image, rows: Sequence[tuple[int, Box]]) -> dict[int, tuple[str, float]]:
    """For each row, by its number, the grade that fits best, and its distance from the likeliest reading."""
    asked = [
        (number, grade, box)
        for number, box in rows
        for grade in GRADES
        if NARROW <= (box.right - box.left) / ((box.bottom - box.top) * len(bare(grade))) <= BROAD
    ]
    found: dict[int, tuple[str, float]] = {}
    told = looks(page, [(bare(grade), box) for _, grade, box in asked], reader()) if asked else []
    for (number, grade, _), look in zip(asked, told, strict=True):
        if number not in found or look.behind > found[number][1]:
            found[number] = (grade, look.behind)
    return found


def _words(stamp: GradeStamp, sure: float) -> Iterator[RecognisedWord]:
    texts = stamp.grade.split() if stamp.read else [UNREAD * len(bare(stamp.grade))]
    each = (stamp.box.right - stamp.box.left) / (sum(map(len, texts)) + len(texts) - 1)
    at = 0
    for text in texts:
        left, right = (round(stamp.box.left + each * edge) for edge in (at, at + len(text)))
        box = Box(left=left, top=stamp.box.top, right=right, bottom=stamp.box.bottom)
        yield RecognisedWord(text=text, box=box, confidence=sure if stamp.read else 0.0, printed=True)
        at += len(text) + 1


def _has(lines: Sequence[RecognisedLine], grade: str) -> bool:
    """Whether a line says nothing but a grade, without a doubt."""
    return any(
        bare("".join(word.text for word in line)) == bare(grade)
        and min(word.confidence or 0.0 for word in line) >= READ
        for line in lines
    )


def _back(box: Box, ready: Prepared | None) -> Box:
    return ready.back(box.left, box.top, box.right, box.bottom) if ready else box


def _lies_in(box: Box, place: Box) -> bool:
    """Whether more than half of a box lies in a place."""
    across, down = box.across(place), box.down(place)
    return across > 0 and down > 0 and 2 * across * down > (box.right - box.left) * (box.bottom - box.top)


def _beside(row: Box, word: Box) -> bool:
    high = row.bottom - row.top
    return word.down(row) >= LEVEL * min(high, word.bottom - word.top) and -word.across(row) <= BESIDE * high


def _around(box: Box, page: Image.Image) -> tuple[int, int, int, int]:
    right, bottom = min(box.right + AROUND, page.width), min(box.bottom + AROUND, page.height)
    return (max(box.left - AROUND, 0), max(box.top - AROUND, 0), right, bottom)


def _trimmed(page: Image.Image, box: Box) -> Box:
    """A row without what little ink stands above and below its letters."""
    ink = 255 - np.asarray(page.crop((box.left, box.top, box.right, box.bottom)), np.float32)
    share = np.cumsum(ink.sum(axis=1)) / max(float(ink.sum()), 1.0)
    first, last = np.searchsorted(share, (TAILS, 1 - TAILS)).tolist()
    return Box(left=box.left, top=box.top + first, right=box.right, bottom=box.top + last + 1)


def _struck(page: Image.Image, box: Box) -> bool:
    """Whether a stroke, level or slanting, runs without a gap through the middle of a row's letters."""
    dark = np.asarray(page.crop((box.left, box.top, box.right, box.bottom))) < INK_BELOW
    dark[1:-1] |= dark[:-2] | dark[2:]
    high, wide = dark.shape
    rows = np.arange(round(WITHIN[0] * high), round(WITHIN[1] * high))[:, None]
    columns = np.arange(wide)
    for slope in SLOPES:
        at = np.rint(rows + slope * (columns - wide / 2)).astype(np.int64)
        along = dark[at.clip(0, high - 1), columns] & (at >= 0) & (at < high)
        edges = np.flatnonzero(np.diff(np.pad(along, ((0, 0), (1, 1))).ravel().astype(np.int8)))
        if (edges[1::2] - edges[::2]).max(initial=0) >= STRUCK * wide:
            return True
    return False
