"""Printed labels of forms, known again where the reader of print saw them badly.

Labels of forms are small print, often bled or worn, and always the same few hundred. A piece of text that is
like one of them, and like no other, is that label with a likelihood that was fitted on pages of the release
of 2025 (folds 1 to 3 of the development scans; each page weighed with labels and weights that were learnt
without its document). A label is only ever proposed where something like it was read: `pastroy` is DESTROY,
but an empty cell stays empty. The table says in how many documents of those folds each label stood; nought
are labels that descriptions of the forms have.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from septel.capture.engines.typed.print_words import bare, sureness
from septel.capture.model import Box, RecognisedLine, RecognisedWord

ALIKE = ("O0QDGC", "I1LJT!|", "S5B83E", "HNMWKUVX", "RPFA4", "Z2Y7")
"""Signs that are taken for one another in small or bled print."""
FEWEST = 3
"""Letters and figures of a reading that may be a label."""
LEAST, APART, LIKELY = 0.62, 0.05, 0.5
"""How like a label a reading is at least, how much liker than any other, and from which likelihood it is
one."""
SHORTER, LONGER = 0.85, 1.2
"""A label is no longer or shorter than its reading: nothing is put where nothing was seen."""
LOWER, CLOSE = 0.6, 0.85
"""Readings with so many small letters that are as like a label are print in both cases, and stand as read."""
WORDS = 80.0
"""Words of which the reader of print is as sure, and that are not the label's, are words of a text."""
CONSTANT, LIKE, FOLDED, MARGIN = -4.841, 1.594, 0.72, 1.703
LENGTH, DOCUMENTS, HEIGHT, FIGURE, LONG, EXACT = 0.236, 0.393, -0.243, -0.087, 0.639, 0.908
"""What weighs: always; likeness, the same of signs that are taken for one another, the root of how much liker
than the next label; the logs of letters, of documents with the label, of the height; the odds of the reader's
figure; likeness for each log of letters; and nothing different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLabel:
    """A label that stands on a page.

    Attributes:
        text: in capitals.
        likelihood: of the label, from nought to one.
    """

    text: str
    likelihood: float


@dataclass(frozen=True, slots=True)
class _Table:
    labels: tuple[str, ...]
    bare: tuple[str, ...]
    folded: tuple[str, ...]
    documents: tuple[int, ...]


def with_label(line: RecognisedLine) -> RecognisedLine:
    """A piece of print, with the words of a label where it is one; else as it is."""
    found = label_of(line)
    if found is None:
        return line
    sure = round(100 * found.likelihood, 2)
    if bare(found.text) == bare(_text(line)):
        return tuple(replace(word, confidence=max(word.confidence or 0.0, sure)) for word in line)
    left, right = line[0].box.left, line[-1].box.right
    top, bottom = min(word.box.top for word in line), max(word.box.bottom for word in line)
    words: list[RecognisedWord] = []
    at, each = 0, (right - left) / len(found.text)
    for text in found.text.split():
        box = Box(
            left=round(left + at * each), top=top, right=round(left + (at + len(text)) * each), bottom=bottom
        )
        words.append(RecognisedWord(text=text, box=box, confidence=sure))
        at += len(text) + 1
    return tuple(words)


def label_of(line: RecognisedLine) -> FormLabel | None:
    """The label that a piece of print is, if it is like one."""
    read = bare(_text(line))
    if len(read) < FEWEST:
        return None
    table = _shipped()
    near = process.extract(
        _folded(read), table.folded, scorer=Levenshtein.normalized_similarity, limit=4, score_cutoff=0.4
    )
    ranked = sorted(
        (
            (0.5 * folded + 0.5 * Levenshtein.normalized_similarity(read, table.bare[at]), folded, at)
            for _, folded, at in near
        ),
        reverse=True,
    )
    if not ranked:
        return None
    like, folded, at = ranked[0]
    margin = like - (ranked[1][0] if len(ranked) > 1 else 0.3)
    exact = read == table.bare[at]
    if not exact and (like < LEAST or margin < APART or _is_text(line, table.labels[at], like)):
        return None
    long = math.log(len(table.bare[at]))
    weight = (
        CONSTANT
        + LIKE * like
        + FOLDED * folded
        + MARGIN * math.sqrt(max(margin, 0.0))
        + LENGTH * long
        + DOCUMENTS * math.log1p(table.documents[at])
        + HEIGHT * math.log(max(_height(line), 6) / 12)
        + FIGURE * _odds(sureness(line) / 100)
        + LONG * like * long
        + EXACT * exact
    )
    likelihood = 1 / (1 + math.exp(-weight))
    return FormLabel(text=table.labels[at], likelihood=likelihood) if likelihood >= LIKELY else None


def likeness(read: str, text: str) -> float:
    """How like two texts of letters and figures in capitals are, from nought to one.

    Half by their signs, half by the kinds of signs that are taken for one another in small print.
    """
    folded = Levenshtein.normalized_similarity(_folded(read), _folded(text))
    return 0.5 * folded + 0.5 * Levenshtein.normalized_similarity(read, text)


def _is_text(line: RecognisedLine, label: str, like: float) -> bool:
    """Whether a piece has other words than a label, or more, or fewer, or is well read in both cases."""
    letters = [sign for sign in _text(line) if sign.isalpha()]
    if not SHORTER <= len(bare(label)) / len(bare(_text(line))) <= LONGER:
        return True
    if like >= CLOSE and sum(map(str.islower, letters)) >= LOWER * len(letters):
        return True
    have = {bare(word) for word in label.split()}
    return any((word.confidence or 0.0) >= WORDS and bare(word.text) not in have for word in line)


def _height(line: RecognisedLine) -> float:
    heights = sorted(word.box.bottom - word.box.top for word in line)
    return float(heights[len(heights) // 2])


def _text(line: RecognisedLine) -> str:
    return " ".join(word.text for word in line)


def _folded(text: str) -> str:
    return text.translate(_same())


@cache
def _same() -> dict[int, str]:
    return {ord(sign): signs[0] for signs in ALIKE for sign in signs}


def _odds(share: float) -> float:
    return math.log(max(share, 0.001) / max(1 - share, 0.001))


@cache
def _shipped() -> _Table:
    table = files("septel.capture").joinpath("data/labels.tsv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(table), delimiter="\t"))
    labels = tuple(row["label"] for row in rows)
    signs = tuple(map(bare, labels))
    return _Table(labels, signs, tuple(map(_folded, signs)), tuple(int(row["documents"]) for row in rows))
