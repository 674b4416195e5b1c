"""Lines of a page that are not its body: classification banners, reproduction notices, words of stamps.

Found by their words, worn as they may be, and boxed where the page has boxes. The words stay in the lines:
a region only says what a line is. A line is

- a *banner* when nothing but a classification stands on it (with or without spaces between its letters);
- a *notice* or *stamp* when one of the phrases of `data/notices.tsv` is most of what stands on it. A notice
  may go over two lines. Stamps stand among other things, so a run of words within a line is enough.

A sentence of the body that quotes such a phrase is none: the phrase must be most of its line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio

from septel.capture.model import Box, LayerLine, LayerWord, Region, RegionKind, hull
from septel.lexicon import Lexicon

WRONG = 0.2
"""The largest share of wrong characters in a banner or a stamp."""
ALIKE = 78.0
"""How much of a hundred a notice and its phrase have in common at least."""
MOST, HALF = 0.6, 0.45
"""A notice is most of its line, and a line of a notice is about half of it at least."""
LONGEST, LEAST = 6, 8
"""The most words of a stamp's line, and its fewest letters."""
NUMBERED = 2
"""So many figures in the last word of a line are a number, not letters misread."""
FAR = 1.6
"""Lines of one stamp stand no farther apart than this many times their height."""


def find_notices(lines: Sequence[LayerLine]) -> tuple[Region, ...]:
    """The banners, notices and stamps among the lines of a page, from top to bottom; none without boxes."""
    found = [region for line in lines for region in _of(line)]
    return tuple(sorted(_stamps_joined(found), key=lambda one: (one.box.top, one.box.left)))


def _of(line: LayerLine) -> Iterator[Region]:
    box = hull(word.box for word in line.words) or line.box
    letters = _letters(line.text)
    if box is None or len(letters) < 5:
        return
    # A number behind a classification makes the line a class line of the heading.
    numbered = sum(map(str.isdigit, line.words[-1].text)) >= NUMBERED if line.words else False
    signs = "".join(filter(str.isalnum, line.text.upper()))
    if not numbered and _likeness(signs, _banners()) > _likeness(letters, _phrases("stamp")):
        yield Region(kind=RegionKind.BANNER, box=box)
    elif any(_is_notice(letters, phrase) for phrase in _phrases("notice")):
        yield Region(kind=RegionKind.NOTICE, box=box)
    else:
        yield from _stamps(line.words)


def _is_notice(letters: str, phrase: str) -> bool:
    share = len(phrase) / len(letters)
    if not MOST <= share <= 1 / HALF:
        return False
    # A short line is looked for in the phrase, a long one searched for it.
    return partial_ratio(letters, phrase) >= ALIKE


def _stamps(words: Sequence[LayerWord]) -> Iterator[Region]:
    """The runs of words that are most like a phrase of a stamp, none with a word of another."""
    runs: list[tuple[float, int, int]] = []
    for at in range(len(words)):
        for end in range(at + 1, min(len(words), at + LONGEST) + 1):
            letters = _letters("".join(word.text for word in words[at:end]))
            likeness = _likeness(letters, _phrases("stamp")) if len(letters) >= LEAST else 0.0
            # UNCLASSIFIED is no worn DECLASSIFIED.
            if likeness > _likeness(letters, _banners()):
                runs.append((likeness, at, end))
    taken: set[int] = set()
    for _, at, end in sorted(runs, key=lambda run: (-run[0], run[2] - run[1], run[1])):
        box = hull(word.box for word in words[at:end])
        if box and not taken.intersection(range(at, end)):
            taken.update(range(at, end))
            yield Region(kind=RegionKind.STAMP, box=box)


def _likeness(letters: str, forms: Sequence[str]) -> float:
    """How like the likest of some forms a run of letters is, up to one; zero if too much of it is wrong."""
    found = process.extractOne(
        letters, forms, scorer=Levenshtein.normalized_similarity, score_cutoff=1 - WRONG
    )
    return found[1] if found else 0.0


def _stamps_joined(found: Sequence[Region]) -> Iterator[Region]:
    """All regions; lines of stamps that stand under one another as one."""
    open_: Region | None = None
    for one in found:
        if one.kind is not RegionKind.STAMP:
            yield one
        elif open_ is not None and _under(open_.box, one.box):
            open_ = Region(kind=RegionKind.STAMP, box=open_.box.hull(one.box))
        else:
            if open_ is not None:
                yield open_
            open_ = one
    if open_ is not None:
        yield open_


def _under(above: Box, below: Box) -> bool:
    apart = below.top - above.bottom
    beside = min(above.right, below.right) - max(above.left, below.left)
    return apart <= FAR * (below.bottom - below.top) and beside > 0


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.upper()))


@cache
def _banners() -> tuple[str, ...]:
    names = (one.name for one in Lexicon.shipped().classifications)
    return tuple(_letters(name) for name in names)


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    table = files("septel.capture").joinpath("data/notices.tsv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(table), delimiter="\t")
    return tuple(_letters(row["phrase"]) for row in rows if row["kind"] == kind)
