"""Laying an output beside its truth, word by word and character by character.

Texts are compared after every run of white space, line ends among them, has become one space: where a line
breaks is layout, not reading. Words are what stands between spaces.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from septel.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCounts:
    """How an output differs from its truth: what agrees, and the fewest edits that make them equal.

    Attributes:
        hits: units of the truth that the output has.
        substitutions: units of the truth that stand as something else.
        deletions: units of the truth that the output lacks.
        insertions: units of the output that the truth lacks.
    """

    hits: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    @property
    def edits(self) -> int:
        """The Levenshtein distance."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def truth(self) -> int:
        """How many units the truth has."""
        return self.hits + self.substitutions + self.deletions

    @property
    def error_rate(self) -> float:
        """Edits per unit of the truth; above one when much was added. Zero when both are empty."""
        return self.edits / self.truth if self.truth else float(self.edits > 0)

    @property
    def match_error_rate(self) -> float:
        """Edits per edit or hit, never above one (HIPE-OCRepair: MER = (S+D+I) / (H+S+D+I))."""
        total = self.hits + self.edits
        return self.edits / total if total else 0.0

    def __add__(self, other: EditCounts) -> EditCounts:
        """Both together."""
        return EditCounts(
            hits=self.hits + other.hits,
            substitutions=self.substitutions + other.substitutions,
            deletions=self.deletions + other.deletions,
            insertions=self.insertions + other.insertions,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedBlock:
    """A stretch of the truth and the stretch of the output that stands for it, both counted in units.

    `equal` blocks agree unit by unit; others differ, and one of the two stretches may be empty.
    """

    truth: Span
    output: Span
    equal: bool


def one_spaced(text: str) -> str:
    """The text with every run of white space made one space, and none at the ends."""
    return " ".join(text.split())


def count(truth: Sequence[Hashable], output: Sequence[Hashable]) -> EditCounts:
    """The counts of the shortest way from truth to output; strings count by character."""
    hits = substitutions = deletions = insertions = 0
    for op in Levenshtein.opcodes(truth, output):
        if op.tag == "equal":
            hits += op.src_end - op.src_start
        elif op.tag == "replace":
            substitutions += op.src_end - op.src_start
        elif op.tag == "delete":
            deletions += op.src_end - op.src_start
        else:
            insertions += op.dest_end - op.dest_start
    return EditCounts(hits=hits, substitutions=substitutions, deletions=deletions, insertions=insertions)


def blocks(truth: Sequence[Hashable], output: Sequence[Hashable]) -> tuple[AlignedBlock, ...]:
    """Both sequences cut into stretches that agree and stretches that differ, in order, without gaps."""
    out: list[AlignedBlock] = []
    for op in Levenshtein.opcodes(truth, output):
        block = AlignedBlock(
            truth=Span(op.src_start, op.src_end),
            output=Span(op.dest_start, op.dest_end),
            equal=op.tag == "equal",
        )
        if out and not out[-1].equal and not block.equal:
            block = AlignedBlock(
                truth=out[-1].truth.hull(block.truth), output=out[-1].output.hull(block.output), equal=False
            )
            out.pop()
        out.append(block)
    return tuple(out)


def rightness(truth: Sequence[str], output: Sequence[str]) -> list[bool]:
    """For each word of the output, whether it stands in the truth at its place."""
    right = [False] * len(output)
    for block in blocks(truth, output):
        if block.equal:
            right[block.output.start : block.output.end] = [True] * len(block.output)
    return right


def stretches(source: str, output: str, words: Sequence[Span]) -> list[Span]:
    """For each word of `output` (spans of it, in order), the stretch of `source` that it stands for.

    Both are strings that were folded alike; the stretch is the hull of the source characters that the
    word's characters are aligned with, edits included.
    """
    edges = _edges(source, output)
    return [Span(edges[w.start][0], max(edges[w.start][0], edges[w.end][1])) for w in words]


def _edges(source: str, output: str) -> list[tuple[int, int]]:
    # For each boundary of the output: the source offset when a stretch begins there, and when one ends
    # there. They differ where source characters were dropped at the very boundary; a stretch takes both.
    begins = [len(source)] * (len(output) + 1)
    ends = [0] * (len(output) + 1)
    at = 0
    begins[0] = 0
    for op in Levenshtein.opcodes(source, output):
        if op.tag == "delete":
            ends[op.dest_start] = max(ends[op.dest_start], op.src_end)
            begins[op.dest_start] = min(begins[op.dest_start], op.src_start)
            at = op.src_end
            continue
        length = op.dest_end - op.dest_start
        for step in range(length + 1):
            here = op.src_start + (step if op.tag != "insert" else 0)
            place = op.dest_start + step
            begins[place] = min(begins[place], here)
            ends[place] = max(ends[place], here)
        at = op.src_end
    ends[len(output)] = max(ends[len(output)], at)
    return list(zip(begins, ends, strict=True))


def word_spans(text: str) -> Iterator[Span]:
    """The stretches between spaces of a text that `one_spaced` made."""
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        yield Span(start, at)


# Cost of a word that stands alone: dearer than a poor match, so that alike words find each other.
ALONE, APART, JOINED = 1.0, 1.6, 0.75
STEPS = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))


def pairs(truth: Sequence[str], output: Sequence[str]) -> Iterator[tuple[Span, Span]]:
    """Words of a differing stretch put side by side so that alike ones stand together.

    Yields stretches of truth and output: a word on each side, a word against nothing, or a word against the
    two that it was joined from or split into. Used to name errors, not to count them.
    """
    rows, columns = len(truth), len(output)
    best: list[list[tuple[float, tuple[int, int]]]] = [
        [(0.0, (0, 0))] * (columns + 1) for _ in range(rows + 1)
    ]
    for i in range(rows + 1):
        for j in range(columns + 1):
            ways = [
                (best[i - a][j - b][0] + _cost(truth[i - a : i], output[j - b : j]), (a, b))
                for a, b in STEPS
                if a <= i and b <= j
            ]
            if ways:
                best[i][j] = min(ways)
    found: list[tuple[Span, Span]] = []
    i, j = rows, columns
    while i or j:
        a, b = best[i][j][1]
        found.append((Span(i - a, i), Span(j - b, j)))
        i, j = i - a, j - b
    yield from reversed(found)


def _cost(truth: Sequence[str], output: Sequence[str]) -> float:
    if not truth or not output:
        return ALONE
    apart = APART * Levenshtein.normalized_distance("".join(truth), "".join(output))
    return apart + JOINED * (len(truth) + len(output) - 2)
