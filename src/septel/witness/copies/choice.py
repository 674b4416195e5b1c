"""Chooses, stretch by stretch, the reading that best explains what every copy shows.

A stretch is a word, or several where some copy runs them together. Its candidates are what the copies show
there and what was made of them; no other is possible, so nothing is invented here. Each is weighed by how it
could have come to look as it does in every copy (look-alike shapes cost little, other changes much), by how
far the copy can be trusted as a whole, and by whether it is a known word or a usual code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon, shapes
from septel.text import Span
from septel.witness.copies.overlay import HIDDEN, word_spans, words_over

Known = Callable[[str], bool]
"""Whether a word in capitals is known."""

# Costs in nats. They order candidates and are no probabilities; set on worn pages of our own making.
SAME, ALIKE, SIGN, OTHER, LOST, SPECK, ADDED = 0.06, 2.8, 4.2, 5.5, 3.8, 2.5, 4.8
UNKNOWN, UNKNOWN_LETTER, CODE, ODD, MARK, EDGE = 5.0, 0.6, 1.0, 7.0, 4.0, 0.5
OFFICE = -6.0
"""An office of the distribution line is one of a short list, so it outweighs two look-alikes."""
TRUSTED = 0.35
"""Copies less like the frame than this, beside the best, are too damaged to say where words end."""
LONGEST = 5
"""The most words of a stretch."""
_PAIRS = ({"H", "N", "M"}, {"P", "R"}, {"C", "G"}, {"I", ":"})
_CODE = re.compile(r"[A-Z]{1,5}-\d\d|\d+|[A-Z]\.[A-Z]\.|\d{6}Z|[A-Z]+'[A-Z]+|[A-Z]+[-/][A-Z]+", re.ASCII)
_OFFICE = re.compile(r"([A-Z/]{1,6})-\d\d", re.ASCII)
_EDGES = ".,;:()\"'-"
_SPECKS = ".,:;-*\"'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words of the frame that are decided together."""

    first: int
    last: int


def chosen(frame: str, copies: Sequence[str], made: Sequence[str], known: Known) -> str:
    """The frame with each stretch as the copies together explain it best.

    Args:
        frame: the text to start from, mostly the copies' vote.
        copies: the copies as they came; they are what must be explained.
        made: other readings of the same text (restored copies, restored votes); they give candidates only.
        known: whether a word is known.
    """
    words = word_spans(frame)
    if not words:
        return frame
    trust = trust_of(frame, copies)
    over = [words_over(frame, copy) for copy in copies]
    beside = [words_over(frame, text) for text in made]
    good = [o[1] for o, share in zip(over, trust, strict=True) if share > TRUSTED]
    out: list[str] = []
    last = 0
    for stretch in stretches(frame, good):
        start, end = words[stretch.first].start, words[stretch.last].end
        seen = [_taken(copy, *o, stretch) for copy, o in zip(copies, over, strict=True)]
        here = " ".join(frame[start:end].split())
        candidates = {here, *(s for s, share in zip(seen, trust, strict=True) if s and share > 0.3)}
        candidates |= {t for text, o in zip(made, beside, strict=True) if (t := _taken(text, *o, stretch))}
        candidates |= {trimmed for one in tuple(candidates) for trimmed in _trimmed(one)}
        if _tells(here):
            candidates.discard("")

        def worth(
            candidate: str, seen: Sequence[str] = seen, trust: Sequence[float] = trust
        ) -> tuple[float, str]:
            cost = sum(share * unlike(candidate, s) for share, s in zip(trust, seen, strict=True))
            return -(cost + oddness(candidate, known)), candidate

        out += (frame[last:start], max(candidates, key=worth))
        last = end
    return "".join(out) + frame[last:]


def trust_of(frame: str, copies: Sequence[str]) -> list[float]:
    """How far each copy can be trusted as a whole, by its likeness to the frame; the best has one."""
    alike = [max(0.02, 2 * Levenshtein.normalized_similarity(frame, copy) - 1) for copy in copies]
    best = max(alike, default=1.0)
    return [share / best for share in alike]


def stretches(frame: str, over: Sequence[Sequence[tuple[int, ...]]]) -> list[Stretch]:
    """The words of the frame, joined where a copy runs them together; never over a line end."""
    words = word_spans(frame)
    found: list[Stretch] = []
    first = 0
    for n in range(len(words)):
        if n + 1 < len(words):
            clean = all(not one[n] or not one[n + 1] or one[n][-1] < one[n + 1][0] for one in over)
            same_line = "\n" not in frame[words[n].end : words[n + 1].start]
            if not clean and same_line and n - first + 1 < LONGEST:
                continue
        found.append(Stretch(first=first, last=n))
        first = n + 1
    return found


def _taken(text: str, spans: Sequence[Span], over: Sequence[tuple[int, ...]], stretch: Stretch) -> str:
    """What a text has over a stretch."""
    numbers = [n for at in range(stretch.first, stretch.last + 1) for n in over[at]]
    if not numbers or max(numbers) - min(numbers) > 2 * (stretch.last - stretch.first) + 12:
        return ""
    return " ".join(span.of(text) for span in spans[min(numbers) : max(numbers) + 1])


def _tells(text: str) -> bool:
    """Whether a text is more than specks; an excision is."""
    return HIDDEN in text or any(map(str.isalnum, text))


def _trimmed(text: str) -> tuple[str, ...]:
    """The text without specks at its ends, and without words that are specks only."""
    bare = text.strip(_SPECKS)
    solid = " ".join(word for word in text.split() if _tells(word))
    return (bare or text, solid)


def unlike(truth: str, seen: str) -> float:
    """What it costs that `truth` is seen as `seen`, in nats."""
    cost = 0.0
    for op in Levenshtein.opcodes(truth, seen):
        length = op.src_end - op.src_start
        if op.tag == "equal":
            cost += SAME * length
        elif op.tag == "replace":
            pairs = zip(truth[op.src_start : op.src_end], seen[op.dest_start : op.dest_end], strict=True)
            cost += sum(_changed(a, b) for a, b in pairs)
        elif op.tag == "delete":
            cost += LOST * length
        else:
            cost += sum(ADDED if c.isalnum() else SPECK for c in seen[op.dest_start : op.dest_end])
    return cost


def _changed(truth: str, seen: str) -> float:
    family = shapes(truth)
    if (family and family == shapes(seen)) or any(truth in pair and seen in pair for pair in _PAIRS):
        return ALIKE
    return OTHER if seen.isalnum() else SIGN


def oddness(text: str, known: Known) -> float:
    """What it costs that the drafter wrote this, in nats: known words cost nothing."""
    cost = 0.0
    for word in text.split():
        core = word.strip(_EDGES)
        if core == HIDDEN:
            continue
        if not core:
            cost += MARK
            continue
        if core.isalpha():
            cost += 0.0 if known(core.upper()) else UNKNOWN + UNKNOWN_LETTER * len(core)
        elif (office := _OFFICE.fullmatch(core)) and office.group(1) in Lexicon.shipped().offices:
            cost += OFFICE
        else:
            cost += CODE if _CODE.fullmatch(core) else ODD
        cost += EDGE * (len(word) - len(core))
    return cost
