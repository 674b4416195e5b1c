"""Two texts of one statement word by word: what was added, left out, replaced or moved.

Unlike copies, two texts (as authorised and as delivered) differ by intent; nothing is voted on. Case and
punctuation at the ends of words are passed over unless asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

from septel.text import Source, Span, with_signs
from septel.witness.apparatus import ApparatusEntry, Difference, Variant

MOVED = 4
"""From how many words on a passage that is left out here and added there counts as moved."""
_WORD = re.compile(r"\S+")
_EDGES = ".,;:()[]\"'’‘“”-•"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between the texts.

    Attributes:
        kind: substitution, addition (the second text has more), omission (it has less), or move.
        first: the stretch of the first text; empty where it has nothing.
        second: the stretch of the second text; empty where it has nothing.
        pair: the number of a move, from one: its two places bear the same; None otherwise.
    """

    kind: Difference
    first: Span
    second: Span
    pair: int | None = None


@dataclass(frozen=True, kw_only=True)
class Collation:
    """The differences of two texts, in the order of the first; additions where they come in.

    Marks of doubt are compared by nobody: words are the same with and without them.

    Attributes:
        words: how many words the first text has, and the second.
        alike: how many words both have alike, in order.
    """

    first: Source
    second: Source
    changes: tuple[Change, ...]
    words: tuple[int, int]
    alike: int

    @property
    def same(self) -> bool:
        """Whether the texts do not differ."""
        return not self.changes

    def said(self, change: Change) -> tuple[str, str]:
        """What each text has at a change, on one line."""
        return (
            " ".join(change.first.of(self.first.text).split()),
            " ".join(change.second.of(self.second.text).split()),
        )

    def marked(self, change: Change) -> tuple[str, str]:
        """The same with the marks of doubt that the texts have."""
        one, other = with_signs(self.first, change.first), with_signs(self.second, change.second)
        return " ".join(one.split()), " ".join(other.split())

    @property
    def entries(self) -> tuple[ApparatusEntry, ...]:
        """The changes as an apparatus to the first text."""
        return tuple(self._entry(change) for change in self.changes)

    def _entry(self, change: Change) -> ApparatusEntry:
        _, other = self.said(change)
        locus = self.second.locus(change.second) if other else None
        lemma, marked = self.marked(change)
        variant = Variant(
            witnesses=(self.second.name,), text=other, loci=(locus,), kind=change.kind, marked=marked
        )
        return ApparatusEntry(
            span=change.first,
            text=change.first.of(self.first.text),
            witnesses=(self.first.name,),
            variants=(variant,),
            marked=lemma,
        )


@dataclass(frozen=True, slots=True)
class _Token:
    """A word: where it stands, what is compared, and whether a sentence ends with it."""

    span: Span
    key: str
    ends: bool


def collate(first: Source, second: Source, *, exact: bool = False) -> Collation:
    """Compare two texts word by word.

    Args:
        first: the text that the other is measured by, for example as authorised.
        second: the other, for example as delivered.
        exact: whether case and punctuation count.
    """
    ones, others = _tokens(first.text, exact), _tokens(second.text, exact)
    alike = 0
    runs: list[tuple[int, int, int, int]] = []
    matcher = Indel.opcodes([t.key for t in ones], [t.key for t in others])
    for op in matcher:
        if op.tag == "equal":
            alike += op.src_end - op.src_start
        elif runs and runs[-1][1] == op.src_start and runs[-1][3] == op.dest_start:
            runs[-1] = (runs[-1][0], op.src_end, runs[-1][2], op.dest_end)
        else:
            runs.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    ends = [(0, 0), *((b, d) for _, b, _, d in runs)]
    runs = [_slid(run, ones, others, end) for run, end in zip(runs, ends, strict=False)]
    changes = [change for run in _with_moves(runs, ones, others) for change in _changes(run, ones, others)]
    changes.sort(key=lambda c: (c.first.start, c.second.start))
    return Collation(
        first=first,
        second=second,
        changes=tuple(changes),
        words=(len(ones), len(others)),
        alike=alike,
    )


def _tokens(text: str, exact: bool) -> list[_Token]:
    found: list[_Token] = []
    for match in _WORD.finditer(text):
        word = match.group()
        key = word if exact else word.strip(_EDGES).upper()
        if key:
            found.append(_Token(Span(*match.span()), key, word.endswith((".", ":", "?"))))
    return found


Run = tuple[int, int, int, int]


def _slid(run: Run, ones: Sequence[_Token], others: Sequence[_Token], ends: tuple[int, int]) -> Run:
    """An addition or omission shifted to begin with its sentence, where the words allow it.

    `THE +PRESIDENT SPOKE. THE+ SIDES` is the same as `+THE PRESIDENT SPOKE.+ THE SIDES`, and reads worse. It
    is never shifted over the difference before it, which ends at these words of the two texts.
    """
    a, b, c, d = run
    if (a == b) == (c == d):
        return run
    tokens, start, end = (others, c, d) if a == b else (ones, a, b)
    back = 0
    most = min(a - ends[0], c - ends[1])
    while back < most and tokens[start - back - 1].key == tokens[end - back - 1].key:
        back += 1
        first = start - back
        if first == 0 or tokens[first - 1].ends:
            return (a - back, b - back, c - back, d - back)
    return run


def _with_moves(
    runs: Sequence[Run], ones: Sequence[_Token], others: Sequence[_Token]
) -> Iterable[tuple[Run, int | None]]:
    """The runs of difference, with passages that were moved cut out of them and numbered."""
    left = [(a, b) for a, b, _, _ in runs if b > a]
    right = [(c, d) for _, _, c, d in runs if d > c]
    moves: list[tuple[int, int, int]] = []
    while True:
        best = (0, 0, 0)
        for a, b in left:
            for c, d in right:
                found = SequenceMatcher(
                    None, [t.key for t in ones[a:b]], [t.key for t in others[c:d]], autojunk=False
                ).find_longest_match()
                if found.size > best[2]:
                    best = (a + found.a, c + found.b, found.size)
        if best[2] < MOVED:
            break
        moves.append(best)
        left = _without(left, best[0], best[0] + best[2])
        right = _without(right, best[1], best[1] + best[2])
    moves.sort()
    for run in runs:
        yield from ((piece, None) for piece in _pieces(run, moves))
    for number, (a, c, size) in enumerate(moves, 1):
        yield (a, a + size, c, c), number
        yield (a, a, c, c + size), number


def _without(runs: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in runs:
        if b <= start or a >= end:
            out.append((a, b))
        else:
            out += [(x, y) for x, y in ((a, start), (end, b)) if y > x]
    return out


def _pieces(run: Run, moves: Sequence[tuple[int, int, int]]) -> Iterable[Run]:
    """What of a run of difference is left once moved passages are taken out."""
    a, b, c, d = run
    left = [(a, b)] if b > a else []
    right = [(c, d)] if d > c else []
    cut = False
    for start, other, size in moves:
        if a <= start < b:
            left, cut = _without(left, start, start + size), True
        if c <= other < d:
            right, cut = _without(right, other, other + size), True
    if not cut:
        yield run
        return
    yield from ((x, y, c, c) for x, y in left)
    yield from ((b, b, x, y) for x, y in right)


def _changes(
    run: tuple[Run, int | None], ones: Sequence[_Token], others: Sequence[_Token]
) -> Iterable[Change]:
    (a, b, c, d), pair = run
    first, second = _span(ones, a, b), _span(others, c, d)
    if pair is not None:
        kind = Difference.MOVE
    elif b > a and d > c:
        kind = Difference.SUBSTITUTION
    else:
        kind = Difference.OMISSION if b > a else Difference.ADDITION
    yield Change(kind=kind, first=first, second=second, pair=pair)


def _span(tokens: Sequence[_Token], start: int, end: int) -> Span:
    if end > start:
        return tokens[start].span.hull(tokens[end - 1].span)
    at = tokens[start - 1].span.end if start else 0
    return Span(at, at)


def collation_text(collation: Collation) -> str:
    """The first text with the differences in it, for print: `[-left out-]`, `{+added+}`, `[~1 moved~]`."""
    out: list[str] = []
    at = 0
    text = collation.first
    for change in collation.changes:
        lemma, other = collation.marked(change)
        if change.first.start < at:
            continue
        out.append(with_signs(text, Span(at, change.first.start)))
        at = change.first.end
        out.append(_marked(change, lemma, other, after=bool(out and out[-1][-1:].strip())))
    return "".join(out) + with_signs(text, Span(at, len(text.text)))


def _marked(change: Change, lemma: str, other: str, *, after: bool) -> str:
    space = " " if after and not len(change.first) else ""
    if change.kind is Difference.MOVE:
        return f"{space}[~{change.pair} {lemma}~]" if lemma else f"{space}{{~{change.pair} {other}~}}"
    gone = f"[-{lemma}-]" if lemma else ""
    come = f"{{+{other}+}}" if other else ""
    return space + gone + come


def collation_lines(collation: Collation) -> list[str]:
    """The differences one by one, each with its line in the texts."""
    lines: list[str] = []
    for change in collation.changes:
        lemma, other = collation.marked(change)
        first = collation.first.line_at(change.first.start)
        second = collation.second.line_at(change.second.start)
        match change.kind:
            case Difference.SUBSTITUTION:
                said = f"{lemma}  →  {other}"
            case Difference.OMISSION:
                said = f"left out: {lemma}"
            case Difference.ADDITION:
                said = f"added: {other}"
            case _:
                said = f"moved ({change.pair}), {'from here' if lemma else 'to here'}: {lemma or other}"
        lines.append(f"{first:>4} / {second:<4} {said}")
    return lines


def collation_json(collation: Collation) -> dict[str, object]:
    """The differences for other programs."""
    return {
        "first": collation.first.name,
        "second": collation.second.name,
        "words": list(collation.words),
        "alike": collation.alike,
        "same": collation.same,
        "changes": [
            {
                "kind": change.kind.value,
                "first": collation.said(change)[0],
                "second": collation.said(change)[1],
                "first_marked": collation.marked(change)[0],
                "second_marked": collation.marked(change)[1],
                "first_locus": str(collation.first.locus(change.first)),
                "second_locus": str(collation.second.locus(change.second)),
                "pair": change.pair,
            }
            for change in collation.changes
        ],
    }
