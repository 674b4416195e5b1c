"""Which seen segment each true character became: the least costly way to cut a noisy line into segments.

Counting edits sees one letter replaced by another. Engines split letters in two (`l'I` for N), run them
together and drop them, so here a true character takes a whole segment of none to four seen characters. What
a segment costs comes from shape (`lookalikes.tsv`) at first, and from counts once lines have been aligned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import groupby
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from septel.restore import native
from septel.restore.channel.channel import ConfusionCounts
from septel.restore.compiled import MAX_SEGMENT
from septel.restore.language import LETTERS, OTHER, encode

Aligned = list[tuple[str, str]]
CostTable = dict[str, dict[str, float]]

SAME = 0.05
"""The cost (in nats, as all costs here) of a character that is seen as it is."""
OTHER_CASE = 1.0
OTHER_MARK = 0.4
"""The same mark in another form: a curled quotation mark for a straight one."""
LOST = 4.5
LOST_BLANK = 3.5
DIRT = 4.5
"""A seen character that nothing was typed for."""
MORE_DIRT = 2.5
"""The same, right after another one: made-up words and margins come in runs."""
LIKE = 1.5
"""The cost of a character's commonest look-alike; rarer ones cost more, up to what a stranger costs."""
STRANGER = (0.0, 4.0, 7.0, 10.5, 16.0)
"""The cost of a segment of each length that nobody knows for the character."""
ACROSS = 2.5
"""What is added where a segment holds a blank, or a blank is taken for something that was printed."""
STOUT = 4.0
"""What is added where a longer segment holds a letter or figure that is no fragment of another one."""
RUN = 6
"""From this length on, a run of lost or of made-up characters says nothing about characters."""
TRUST = 20.0
"""How many observations the costs by shape are worth when costs are counted."""
ROUNDS = 3
_SLACK = 64
_LATIN = 0x180
_FRAGMENTS = frozenset("lIiTtfrjJLnuvVcCoOD10")
_CURLED = {"'": "‘’`", '"': "“”", "-": "–—‐", ".": "…"}
_SINGLES = [chr(code) for code in range(_LATIN)] + list("‘’“”–—‐…•■€")
_BEYOND = len(_SINGLES)
"""The column of a single character beyond those; columns for longer strangers follow."""
_COLUMNS = _BEYOND + 1 + 4 * (MAX_SEGMENT - 1)


@cache
def lookalikes() -> Mapping[str, Mapping[str, float]]:
    """What each true character or short string is taken for, with weights, from `lookalikes.tsv`."""
    text = files("septel.restore").joinpath("lookalikes.tsv").read_text(encoding="utf-8")
    table: CostTable = defaultdict(dict)
    for line in text.splitlines():
        if not line.startswith("##"):
            typed, seen, weight = line.split("\t")
            table[typed.replace("␣", " ")][seen.replace("␣", " ")] = float(weight)
    return dict(table)


def _by_shape(typed: str, seen: str) -> float:
    """The cost of one seen character for a typed one that no table holds."""
    if typed == seen:
        return SAME
    if seen in _CURLED.get(typed, ""):
        return OTHER_MARK
    if typed.lower() == seen.lower():
        return OTHER_CASE
    return _stranger(typed, seen)


def _stout(segment: str) -> bool:
    return len(segment) > 1 and any(c.isalnum() and c not in _FRAGMENTS for c in segment)


def _stranger(typed: str, segment: str) -> float:
    across = ACROSS if " " in segment or typed == " " else 0.0
    return STRANGER[len(segment)] + across + (STOUT if _stout(segment) else 0.0)


def _column(segment: str) -> int:
    """The column of a segment that no table holds: by length, whether a blank is in it, and stout letters."""
    if len(segment) == 1:
        return _BEYOND
    return _BEYOND + 1 + 4 * (len(segment) - 2) + 2 * _stout(segment) + (" " in segment)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentCosts:
    """What it costs that a true character is seen as a segment.

    Attributes:
        table: per true character, the segments whose cost is known; others cost what strangers cost.
        dirt: per seen character, the cost of its standing where nothing was typed.
    """

    table: Mapping[str, Mapping[str, float]]
    dirt: Mapping[str, float]
    _ids: dict[str, int] = field(init=False, repr=False, default_factory=dict)
    _rows: dict[str, int] = field(init=False, repr=False, default_factory=dict)
    _matrix: list[NDArray[np.float32]] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        ids = self._ids
        ids.update((seen, column) for column, seen in enumerate(_SINGLES))
        extra = sorted({s for row in self.table.values() for s in row if s and s not in ids})
        ids.update((segment, _COLUMNS + k) for k, segment in enumerate(extra))
        letters = [chr(code) for code in range(0x20, _LATIN)]
        matrix = np.empty((len(letters) + 1, _COLUMNS + len(extra)), np.float32)
        for row, typed in enumerate([*letters, ""]):
            line = matrix[row]
            line[:_BEYOND] = [_by_shape(typed, seen) for seen in _SINGLES]
            line[_BEYOND] = _stranger(typed, "?")
            for length in range(2, MAX_SEGMENT + 1):
                for kind in ("?", "? ", "W", "W "):
                    sample = (kind * length)[-length:]
                    line[_column(sample)] = _stranger(typed, sample)
            line[_COLUMNS:] = [_stranger(typed, segment) for segment in extra]
            for segment, cost in self.table.get(typed, {}).items():
                if segment:
                    line[ids[segment]] = cost
            self._rows[typed] = row
        self._matrix.append(matrix)

    def _numbers(self, seen: str) -> NDArray[np.int32]:
        out = np.full((len(seen), MAX_SEGMENT), -1, np.int32)
        for i in range(len(seen)):
            for length in range(1, min(MAX_SEGMENT, len(seen) - i) + 1):
                segment = seen[i : i + length]
                index = self._ids.get(segment)
                out[i, length - 1] = _column(segment) if index is None else index
        return out

    def _lost(self, typed: str) -> float:
        default = LOST_BLANK if typed == " " else LOST
        return self.table.get(typed, {}).get("", default)

    def align(self, truth: str, seen: str) -> tuple[Aligned, float]:
        """As `align`, with the cost of the whole."""
        other = len(self._matrix[0]) - 1
        rows = np.array([self._rows.get(c, other) for c in truth], np.int32)
        lost = np.array([self._lost(c) for c in truth], np.float32)
        dirt = np.array([self.dirt.get(c, DIRT) for c in seen], np.float32)
        # A character beyond the table is known by its code only.
        left = np.frombuffer(truth.encode("utf-32-le"), np.uint32)
        right = np.frombuffer(seen.encode("utf-32-le"), np.uint32)
        taken, total = _cut(rows, self._numbers(seen), self._matrix[0], (lost, dirt), (left, right))
        if not np.isfinite(total):
            return [*((c, "") for c in truth), *(("", c) for c in seen)], float(total)
        out: Aligned = []
        i = j = 0
        for step in taken.tolist():
            if step < 0:
                if out and not out[-1][0]:
                    out[-1] = ("", out[-1][1] + seen[j])
                else:
                    out.append(("", seen[j]))
                j += 1
            else:
                out.append((truth[i], seen[j : j + step]))
                i += 1
                j += step
        return out, float(total)

    @classmethod
    def by_shape(cls) -> AlignmentCosts:
        """Costs from look-alikes alone."""
        table: dict[str, dict[str, float]] = {}
        for typed, segments in lookalikes().items():
            if len(typed) == 1:
                most = max(segments.values())
                table[typed] = {
                    segment: min(
                        LIKE + 0.6 * log(most / weight) + (0.8 if len(segment) > 2 else 0.0),
                        STRANGER[max(len(segment), 1)] - 0.5,
                    )
                    for segment, weight in segments.items()
                }
        return cls(table=table, dirt={})

    def learnt(self, aligned: Iterable[Aligned]) -> AlignmentCosts:
        """Costs counted on aligned lines, mixed with these costs where little was seen."""
        seen_as: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        dirt: dict[str, float] = defaultdict(float)
        places = 0
        for pairs in aligned:
            for typed, segment in pairs:
                places += 1
                if typed:
                    seen_as[typed][segment] += 1
                else:
                    for mark in segment:
                        dirt[mark] += 1
        table: dict[str, dict[str, float]] = {}
        for typed, segments in seen_as.items():
            total = sum(segments.values())
            known = dict(self.table.get(typed, {}))
            row = {}
            for segment in {*segments, *known, "", typed}:
                before = known.get(segment, self._guess(typed, segment))
                share = (segments.get(segment, 0.0) + TRUST * exp(-before)) / (total + TRUST)
                row[segment] = min(-log(share), STRANGER[max(len(segment), 1)] + ACROSS + 2.0)
            table[typed] = row
        marks = {
            mark: min(-log((n + TRUST * exp(-DIRT)) / (places + TRUST)) - 1.0, DIRT + 3.0)
            for mark, n in dirt.items()
        }
        return AlignmentCosts(table=table, dirt=marks)

    def _guess(self, typed: str, segment: str) -> float:
        if not segment:
            return self._lost(typed)
        return _by_shape(typed, segment) if len(segment) == 1 else _stranger(typed, segment)


@cache
def _shape() -> AlignmentCosts:
    return AlignmentCosts.by_shape()


def align(truth: str, seen: str, costs: AlignmentCosts | None = None) -> Aligned:
    """Cut what was seen into the segments that the true characters became.

    Args:
        truth: the true text.
        seen: what an engine read.
        costs: what segments cost; look-alikes by shape unless given.

    Returns:
        Pairs in reading order of a true character and its segment of no more than four seen characters,
        and, where nothing was typed, of an empty string and what stands there. The first members add up to
        `truth` and the second to `seen`.
    """
    return (costs or _shape()).align(truth, seen)[0]


def shape_cost(truth: str, seen: str) -> float:
    """What it costs by shape, in nats, that a true text is seen as it is."""
    return _shape().align(truth, seen)[1]


def learn_costs(
    pairs: Iterable[tuple[str, str]], *, rounds: int = ROUNDS
) -> tuple[AlignmentCosts, list[Aligned]]:
    """Align lines, count, align again: costs for one kind of noise, and the lines as aligned at last."""
    lines = list(pairs)
    costs = _shape()
    aligned = [costs.align(truth, seen)[0] for truth, seen in lines]
    for _ in range(rounds - 1):
        costs = costs.learnt(aligned)
        aligned = [costs.align(truth, seen)[0] for truth, seen in lines]
    return costs, aligned


def count_aligned(aligned: Iterable[Aligned], *, mixed: bool = False) -> ConfusionCounts:
    """What a channel learns from aligned lines: what each character of the alphabet became."""
    counts = ConfusionCounts()
    for pairs in aligned:
        for kind, run in groupby(pairs, key=_kind):
            stretch = list(run)
            if kind and sum(len(typed) + len(segment) for typed, segment in stretch) >= RUN:
                continue
            for typed, segment in stretch:
                _count(counts, typed, segment, mixed=mixed)
    return counts


def _kind(pair: tuple[str, str]) -> int:
    return 1 if not pair[0] else 2 if not pair[1] else 0


def _count(counts: ConfusionCounts, typed: str, segment: str, *, mixed: bool) -> None:
    counts.places += len(segment)
    if not typed:
        for mark in segment:
            counts.junk[mark] += 1
        return
    code = int(encode(typed)[0])
    if code != OTHER:
        # The same mark in another form is no misreading.
        plain = typed if segment and segment in _CURLED.get(typed, "") else segment
        counts.add(LETTERS[code - 1], plain, mixed=mixed)


def _cut(
    rows: NDArray[np.int32],
    numbers: NDArray[np.int32],
    matrix: NDArray[np.float32],
    marks: tuple[NDArray[np.float32], NDArray[np.float32]],
    characters: tuple[NDArray[np.uint32], NDArray[np.uint32]],
) -> tuple[NDArray[np.int8], float]:
    """The steps of the least costly cut (-1: a mark of dirt; else the seen characters taken), and its cost.

    Only cells near the diagonal are visited: the band is as wide as the lengths differ, and `_SLACK` more.
    """
    n, m = len(rows), len(numbers)
    half = abs(n - m) + _SLACK
    wide = 2 * half + 1
    steps, total = np.empty(n + m, np.int8), np.empty(1, np.float32)
    count = native.cut(
        n,
        m,
        half,
        wide,
        *matrix.shape,
        MORE_DIRT,
        rows,
        numbers,
        matrix,
        *marks,
        *characters,
        np.empty((n + 1, wide), np.float32),
        np.empty((n + 1, wide), np.int32),
        steps,
        total,
    )
    return steps[:count][::-1], float(total[0])
