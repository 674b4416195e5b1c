"""Copies of one text laid over each other character by character, and their vote.

After ROVER (Fiscus 1997): the copy that lies nearest to the others is the frame; each character of it and
each gap between two is put to the vote, weighted by how sure the engine was of the word.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from septel.text import Span

HIDDEN = "\ufffc"
"""Stands for an excision while copies are compared."""
GAP_WEIGHT = math.log(0.85 / 0.15)
"""What a copy's lack of a character weighs in the vote."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A copy laid over a frame.

    Attributes:
        places: for each character of the frame, the offset of the copy's character there, or None.
        between: for a place before a frame's character, the offsets of what the copy has besides.
    """

    places: Sequence[int | None]
    between: Mapping[int, Sequence[int]] = field(repr=False)


def overlaid(frame: str, copy: str) -> Overlay:
    """Lay a copy over a frame by the fewest changes."""
    places: list[int | None] = [None] * len(frame)
    between: dict[int, list[int]] = defaultdict(list)
    for op in Levenshtein.opcodes(frame, copy):
        if op.tag in ("equal", "replace"):
            for here, there in zip(
                range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=False
            ):
                places[here] = there
            more = op.dest_start + (op.src_end - op.src_start)
            between[op.src_end] += range(min(more, op.dest_end), op.dest_end)
        elif op.tag == "insert":
            between[op.src_start] += range(op.dest_start, op.dest_end)
    return Overlay(places=places, between={at: found for at, found in between.items() if found})


def frame_of(texts: Sequence[str]) -> int:
    """Which copy lies nearest to all others; the first of equals."""
    apart = [sum(Levenshtein.distance(text, other) for other in texts) / max(1, len(text)) for text in texts]
    return min(range(len(texts)), key=lambda n: (apart[n], n))


def voted(texts: Sequence[str], sure: Sequence[Sequence[float]]) -> str:
    """The text that the copies agree on, each character by weighted vote.

    Args:
        texts: the copies.
        sure: for each character of each copy, how sure its engine was, from zero to one.
    """
    first = frame_of(texts)
    frame = texts[first]
    laid = {n: overlaid(frame, text) for n, text in enumerate(texts) if n != first}
    out: list[str] = []
    for at in range(len(frame) + 1):
        out.append(_between(at, texts, sure, laid))
        if at == len(frame):
            break
        if frame[at] == "\n":
            out.append("\n")
            continue
        votes: dict[str, float] = defaultdict(float)
        votes[frame[at]] += _weight(sure[first][at])
        for n, one in laid.items():
            place = one.places[at]
            if place is None:
                votes[""] += GAP_WEIGHT
            else:
                votes[texts[n][place]] += _weight(sure[n][place])
        chosen = max(votes, key=lambda seen: (votes[seen], seen))
        out.append(" " if chosen == "\n" else chosen)
    return "".join(out)


def _between(
    at: int, texts: Sequence[str], sure: Sequence[Sequence[float]], laid: Mapping[int, Overlay]
) -> str:
    """What the frame lacks here and two copies have alike."""
    held = [(n, one.between[at]) for n, one in laid.items() if at in one.between]
    if len(held) < 2:
        return ""
    (a, ones), (b, others) = held[:2]
    left, right = "".join(texts[a][i] for i in ones), "".join(texts[b][i] for i in others)
    out: list[str] = []
    for op in Levenshtein.opcodes(left, right):
        if op.tag == "equal":
            out.append(left[op.src_start : op.src_end])
        elif op.tag == "replace":
            pairs = zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=False)
            out += [left[x] if sure[a][ones[x]] >= sure[b][others[y]] else right[y] for x, y in pairs]
    return "".join(out)


def _weight(probability: float) -> float:
    kept = min(0.995, max(0.05, probability))
    return math.log(kept / (1 - kept))


def word_spans(text: str) -> list[Span]:
    """The words of a text, blanks apart."""
    return [Span(*found.span()) for found in _WORD.finditer(text)]


def words_over(frame: str, copy: str) -> tuple[list[Span], list[tuple[int, ...]]]:
    """The words of a copy, and for each word of the frame the numbers of those that stand over it."""
    laid = overlaid(frame, copy)
    spans = word_spans(copy)
    owner = {at: n for n, span in enumerate(spans) for at in range(span.start, span.end)}
    over: list[tuple[int, ...]] = []
    for word in word_spans(frame):
        here = [place for place in laid.places[word.start : word.end] if place is not None]
        here += [i for at in range(word.start + 1, word.end) for i in laid.between.get(at, ())]
        over.append(tuple(sorted({owner[place] for place in here if place in owner})))
    return spans, over
