"""Lines that were read twice: the truth, or something near it, beside what an engine made of it.

Two readings of a long file need not agree on where lines end, nor on what is on a page. So they are held
together by the words that both have, and only the stretch of a line between its first and last such word is
used. What noise does at the edges of lines is not learnt here.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from septel.errors import InputError
from septel.restore.alignment import count_aligned, learn_costs
from septel.restore.channel import Counts
from septel.restore.learning import write_profile

ANCHORS = 3
"""Words that a stretch and its truth must share."""
SHARED = 1 / 3
"""And their share of its words."""
NEAR = 0.6
"""How alike (by edits) a stretch and its truth must be, from zero to one."""
OFTEN = 3
"""How often the same true stretch is counted: stamps and footers recur on every page."""
CAPITAL = 0.9
"""From this share of capitals on, a line is teletype."""
UNSEEN = 0.1
"""The share of errors kept for segments that were never counted."""
MARKS = {".": 5e-4, ",": 3e-4, "'": 3e-4, "°": 2e-4, "*": 2e-4, "-": 2e-4, "_": 1e-4, "~": 1e-4}
"""Marks that may stand where nothing was typed though none was counted, with their share."""

Say = Callable[[str], None]
Pair = tuple[str, str]
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
    counts: Counts

    @property
    def rate(self) -> float:
        """The share of characters that were not seen as they are."""
        return self.counts.rate


def paired_stretches(truth: str, seen: str) -> Iterator[Pair]:
    """The stretches of an engine's lines that can be found again in another reading of the same file.

    Args:
        truth: the better reading; its markup is dropped.
        seen: the engine's.
    """
    true_words = truth.translate(_PLAIN).translate(_MARKUP).split()
    lines = [line.split() for line in seen.splitlines()]
    words = [word for line in lines for word in line]
    found = [-1] * len(words)
    for op in Levenshtein.opcodes(true_words, words):
        if op.tag == "equal":
            for offset in range(op.src_end - op.src_start):
                found[op.dest_start + offset] = op.src_start + offset
    start = 0
    for line in lines:
        places = [i for i in range(start, start + len(line)) if found[i] >= 0 and len(words[i]) > 1]
        start += len(line)
        if len(places) < ANCHORS:
            continue
        first, last = places[0], places[-1]
        if len(places) < SHARED * (last - first + 1):
            continue
        left = " ".join(true_words[found[first] : found[last] + 1])
        right = " ".join(words[first : last + 1])
        if left.isprintable() and Levenshtein.normalized_similarity(left, right) >= NEAR:
            yield left, right


def parallel_pairs(path: Path, *, without: Collection[str] = ()) -> Iterator[Pair]:
    """The pairs of a file of parallel readings (JSON lines: `id`, `doctly`, `tesseract`).

    Args:
        path: the file, LZMA-compressed.
        without: files that are kept for measuring.

    Raises:
        InputError: there is no such file, or it is damaged.
    """
    counted: Counter[str] = Counter()
    for data in _records(path):
        if data["id"] in without:
            continue
        for truth, seen in paired_stretches(data["doctly"], data["tesseract"]):
            counted[truth] += 1
            if counted[truth] <= OFTEN:
                yield truth, seen


def typescript_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a set of pages with truth (JSON lines: `ocr`, `gt`, line by line).

    Raises:
        InputError: there is no such file, or it is damaged.
    """
    for data in _records(path):
        truth, seen = data["gt"].splitlines(), data["ocr"].splitlines()
        if len(truth) != len(seen):
            continue
        for left, right in zip(truth, seen, strict=True):
            plain = " ".join(left.translate(_PLAIN).split())
            noisy = " ".join(right.split())
            if len(plain) > 3 and Levenshtein.normalized_similarity(plain, noisy) >= NEAR:
                yield plain, noisy


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


def learn(pairs: Iterator[Pair], *, mixed: bool, say: Say = _nobody) -> Learnt:
    """Align pairs and count what characters became.

    Args:
        pairs: true and seen stretches; those in the other case are passed over.
        mixed: learn from lines in both cases; otherwise from lines in capitals.
        say: told what is going on.
    """
    chosen = [pair for pair in pairs if teletype(pair[0]) != mixed]
    if not mixed:
        chosen = [(truth.upper(), seen) for truth, seen in chosen]
    say(f"{len(chosen):,} lines")
    _, aligned = learn_costs(chosen)
    counts = count_aligned(aligned, mixed=mixed)
    characters = sum(len(truth) for truth, _ in chosen)
    say(f"{characters:,} characters, {counts.rate:.3f} of them misread")
    return Learnt(lines=len(chosen), characters=characters, counts=counts)


def learn_tesseract(
    corpora: Path, out: Path, *, without: Collection[str] = (), mixed: bool = False, say: Say = _nobody
) -> Learnt:
    """Learn what Tesseract makes of old pages, and write it as a profile.

    Args:
        corpora: the folder that holds `parallel_readings.jsonl.xz`.
        out: the profile to write.
        without: files that are kept for measuring.
        mixed: learn the pages in both cases instead of those in capitals.
        say: told what is going on.

    Raises:
        InputError: the folder does not hold the readings.
    """
    pairs = parallel_pairs(corpora / "parallel_readings.jsonl.xz", without=without)
    learnt = learn(pairs, mixed=mixed, say=say)
    kind = "in both cases" if mixed else "in capitals"
    data = (
        f"{learnt.lines} lines {kind} ({learnt.characters} characters) of declassified files read by"
        " Tesseract and by a vision model, which stands for the truth"
    )
    write_profile(out, learnt.counts, data=data, unseen=UNSEEN, prior=MARKS)
    return learnt


def learn_typescript(pages: Path, out: Path, *, say: Say = _nobody) -> Learnt:
    """Learn what an engine makes of typescript in both cases, and write it as a profile.

    Args:
        pages: pages with truth, line by line (JSON lines, LZMA-compressed).
        out: the profile to write.
        say: told what is going on.

    Raises:
        InputError: there is no such file, or it is damaged.
    """
    learnt = learn(typescript_pairs(pages), mixed=True, say=say)
    data = f"{learnt.lines} lines ({learnt.characters} characters) of {pages.name.split('.')[0]}"
    write_profile(out, learnt.counts, data=data, unseen=UNSEEN, prior=MARKS)
    return learnt
