"""Lines that were read twice: the truth, or something near it, beside what an engine made of it.

Two readings of a long file need not agree on where lines end, nor on what is on a page. So they are held
together by the words that both have, and only the stretch of a line between its first and last such word is
used. What noise does at the edges of lines is not learnt here.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from septel.errors import InputError
from septel.restore.channel import ConfusionCounts, count_aligned, learn_costs

ANCHORS = 3
"""Words that a stretch and its truth must share."""
SHARED = 1 / 3
"""And their share of its words."""
NEAR = 0.6
"""How alike (by edits) a stretch and its truth must be, from zero to one."""
LINES = 40
"""Lines of a page that is made of stretches."""
SHORTEST = 10
"""Letters of a line that is worth learning from."""
FARTHEST = 100_000
"""Characters of a file that are looked at; aligning longer ones takes too long."""
OFTEN = 2
"""How often the same true stretch is counted: stamps and footers recur on every page."""
CAPITAL = 0.9
"""From this share of capitals on, a line is teletype."""
UNSEEN = 0.1
"""The share of errors kept for segments that were never counted."""
MARKS = {".": 5e-4, ",": 3e-4, "'": 3e-4, "°": 2e-4, "*": 2e-4, "-": 2e-4, "_": 1e-4, "~": 1e-4}
"""Marks that may stand where nothing was typed though none was counted, with their share."""

Say = Callable[[str], None]
TextPair = tuple[str, str]
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_MARKUP = str.maketrans("", "", "*_|`\\")


def _nobody(line: str) -> None:
    """Tell nobody what is going on."""
    del line


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What a set of pairs taught: how many lines and characters, the counts, and their error rate."""

    lines: int
    characters: int
    counts: ConfusionCounts

    @property
    def rate(self) -> float:
        """The share of characters that were not seen as they are."""
        return self.counts.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStretch:
    """A part of a line that was found again in another reading of the same file.

    Attributes:
        line: its number, from one.
        truth: what the better reading has.
        seen: what the engine has.
        whole: whether it is the whole line.
    """

    line: int
    truth: str
    seen: str
    whole: bool


def paired_stretches(truth: str, seen: str) -> Iterator[TextPair]:
    """The stretches of an engine's lines that can be found again in another reading of the same file.

    Args:
        truth: the better reading; its markup is dropped.
        seen: the engine's.
    """
    return ((one.truth, one.seen) for one in stretches_by_line(truth, seen))


def stretches_by_line(truth: str, seen: str) -> Iterator[TextStretch]:
    """The same with their lines."""
    true_words = truth.translate(_PLAIN).translate(_MARKUP).split()
    lines = [line.split() for line in seen.split("\n")]
    words = [word for line in lines for word in line]
    found = [-1] * len(words)
    for op in Levenshtein.opcodes(true_words, words):
        if op.tag == "equal":
            for offset in range(op.src_end - op.src_start):
                found[op.dest_start + offset] = op.src_start + offset
    start = 0
    for number, line in enumerate(lines, 1):
        places = [i for i in range(start, start + len(line)) if found[i] >= 0 and len(words[i]) > 1]
        begin, start = start, start + len(line)
        if len(places) < ANCHORS:
            continue
        first, last = places[0], places[-1]
        if len(places) < SHARED * (last - first + 1):
            continue
        left = " ".join(true_words[found[first] : found[last] + 1])
        right = " ".join(words[first : last + 1])
        if left.isprintable() and Levenshtein.normalized_similarity(left, right) >= NEAR:
            yield TextStretch(line=number, truth=left, seen=right, whole=(first, last) == (begin, start - 1))


def paired_pages(path: Path, *, without: Collection[str] = ()) -> Iterator[tuple[str, str, str]]:
    """Pages of lines in capitals, made of the stretches that two readings of a file share.

    Args:
        path: a file of parallel readings (JSON lines: `id`, `doctly`, `tesseract`), LZMA-compressed.
        without: files that are kept for measuring.

    Yields:
        The file's id, the better reading and the engine's, line by line.

    Raises:
        InputError: there is no such file, or it is damaged.
    """
    counted: Counter[str] = Counter()
    for data in _records(path):
        if data["id"] in without:
            continue
        page: list[TextPair] = []
        for truth, seen in paired_stretches(data["doctly"][:FARTHEST], data["tesseract"][:FARTHEST]):
            if sum(map(str.isalpha, truth)) < SHORTEST or not teletype(truth) or counted[truth] >= OFTEN:
                continue
            counted[truth] += 1
            page.append((truth, seen))
            if len(page) == LINES:
                yield data["id"], *_joined(page)
                page = []
        if len(page) >= LINES // 2:
            yield data["id"], *_joined(page)


def _joined(page: list[TextPair]) -> TextPair:
    return "\n".join(truth for truth, _ in page), "\n".join(seen for _, seen in page)


def _records(path: Path) -> Iterator[dict[str, str]]:
    try:
        with lzma.open(path, "rt", encoding="utf-8") as opened:
            for line in opened:
                yield json.loads(line)
    except (OSError, lzma.LZMAError, ValueError) as why:
        raise InputError(
            f"the pages can't be read ({why})", where=str(path), remedy="Give JSON lines packed with LZMA."
        ) from why


def teletype(text: str) -> bool:
    """Whether a line is in capitals."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) >= CAPITAL * letters


def learn(pages: Iterable[TextPair], *, mixed: bool = False, say: Say = _nobody) -> Learnt:
    """Align pages with their readings and count what characters became.

    Args:
        pages: the truth and the engine's reading of each page.
        mixed: learn from lines in both cases; otherwise from lines in capitals.
        say: told what is going on.
    """
    stretches = (pair for truth, seen in pages for pair in paired_stretches(truth, seen))
    chosen = [pair for pair in stretches if teletype(pair[0]) != mixed]
    if not mixed:
        chosen = [(truth.upper(), seen) for truth, seen in chosen]
    say(f"{len(chosen):,} lines")
    _, aligned = learn_costs(chosen)
    counts = count_aligned(aligned, mixed=mixed)
    characters = sum(len(truth) for truth, _ in chosen)
    say(f"{characters:,} characters, {counts.rate:.3f} of them misread")
    return Learnt(lines=len(chosen), characters=characters, counts=counts)
