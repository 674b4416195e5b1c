"""What kind of error remains: names for what a reader would see, with examples to look at.

The first kind of the list that fits is taken. Errors are named per place, so their number differs a little
from the edits that the word error rate counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from septel.measure.metrics.alignment import blocks, one_spaced, pairs, stretches, word_spans
from septel.measure.metrics.invention import SUPPORT, bare, fold, support
from septel.text import Span

EXAMPLES = 12  # of each kind, most frequent first


class ErrorKind(StrEnum):
    """A kind of error at a place."""

    DROPPED = "dropped"
    """A word of the truth has nothing in its place."""
    ADDED = "added"
    """A word stands where the truth has none."""
    CASE = "case"
    """Right apart from case."""
    SPACING = "spacing"
    """Right apart from spaces: words joined or split."""
    SIGNS = "signs"
    """Right apart from punctuation and other signs."""
    NUMBER = "number"
    """The digits differ."""
    KEPT = "kept"
    """It stands as it came, and came wrong."""
    INVENTED = "invented"
    """Nothing in the source supports it."""
    MISREAD = "misread"
    """Other letters than the page had, with some support."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPlace:
    """One error: what the source had, what the page said, what was made of it.

    Attributes:
        kind: of error.
        source: the stretch of the source.
        truth: what the page said there.
        output: what is shown there.
        sure: whether it is shown as sure; a dropped word always is, since nothing marks it.
        harm: whether the source had it right.
    """

    kind: ErrorKind
    source: str
    truth: str
    output: str
    sure: bool
    harm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """All errors of a kind: how many, how many of them shown as sure, how many the source had right.

    `examples` are source, truth, output, how often.
    """

    kind: ErrorKind
    places: int
    sure: int
    harm: int
    examples: tuple[tuple[str, str, str, int], ...]


def errors(truth: str, source: str, output: str, sure: Sequence[bool] | None = None) -> list[ErrorPlace]:
    """Every place where the output differs from the truth.

    Args:
        truth: what the page said.
        source: what the corrector was given.
        output: what it made of it.
        sure: for each word of the output, whether it is shown as sure; all are when absent.
    """
    source, output = one_spaced(source), one_spaced(output)
    expected, words, given = truth.split(), output.split(), source.split()
    differing = [b for b in blocks(expected, words) if not b.equal]
    if not differing:
        return []
    held = [False] * len(expected)  # words of the truth that the source has
    for block in blocks(expected, given):
        if block.equal:
            held[block.truth.start : block.truth.end] = [True] * len(block.truth)
    spans = list(word_spans(output))
    places = stretches(fold(source), fold(output), spans)
    found: list[ErrorPlace] = []
    for block in differing:
        left = expected[block.truth.start : block.truth.end]
        right = words[block.output.start : block.output.end]
        for ours, theirs in pairs(left, right):
            here, there = ours.shift(block.truth.start), theirs.shift(block.output.start)
            said, shown = " ".join(expected[_of(here)]), " ".join(words[_of(there)])
            if said == shown:  # two ways to align cost the same; this word is right after all
                continue
            stretch = places[there.start].hull(places[there.end - 1]).of(source).strip() if shown else ""
            found.append(
                ErrorPlace(
                    kind=kind_of(said, shown, stretch),
                    source=stretch,
                    truth=said,
                    output=shown,
                    sure=sure is None or all(sure[_of(there)]),
                    harm=all(held[_of(here)]) if said else False,
                )
            )
    return found


def kind_of(truth: str, output: str, source: str) -> ErrorKind:
    """The first kind that fits an output that differs from its truth."""
    if not output:
        return ErrorKind.DROPPED
    if not truth:
        return ErrorKind.ADDED
    if output.casefold() == truth.casefold():
        return ErrorKind.CASE
    if output.replace(" ", "") == truth.replace(" ", ""):
        return ErrorKind.SPACING
    if bare(output) == bare(truth):
        return ErrorKind.SIGNS
    if _digits(output) != _digits(truth):
        return ErrorKind.NUMBER
    if output == source:
        return ErrorKind.KEPT
    return ErrorKind.INVENTED if support(output, source) < SUPPORT else ErrorKind.MISREAD


def counted(places: Iterable[ErrorPlace]) -> tuple[KindCount, ...]:
    """Errors gathered by kind, the most frequent kind first."""
    by_kind: dict[ErrorKind, list[ErrorPlace]] = {}
    for place in places:
        by_kind.setdefault(place.kind, []).append(place)
    return tuple(
        KindCount(
            kind=kind,
            places=len(group),
            sure=sum(p.sure for p in group),
            harm=sum(p.harm for p in group),
            examples=tuple(
                (*what, times)
                for what, times in Counter((p.source, p.truth, p.output) for p in group).most_common(EXAMPLES)
            ),
        )
        for kind, group in sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _of(span: Span) -> slice:
    return slice(span.start, span.end)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
