"""What the form of a telegram, or a person, says about spans of a source, made ready for the decoder.

A hinted span is read as its text and nothing else; the decoder sees that text in its place, so that what
stands beside it is read in the light of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz.distance import Levenshtein

from septel.text import Edit, Ground, Reason, Source, Span

LEAST, MOST = 0.2, 0.8
"""How alike (one minus the edit distance by length) a hinted text must be to what stands there: on a
ruined page, and on a clean one, where what stands there can be read."""
LABELS = 0.5
"""On pages where less likeness than this is asked for, labels need none."""
RUINED = 0.2
"""From this share of misread characters on, a page is a ruin: a label may have become a speck, and
the guess is taken, with its doubts, for what stands."""
CLEAR = 0.5
"""From this likeness on, a hinted text counts as sure and teaches the document's noise."""
REACH = 5
"""How many characters a hint may be widened by, on each side, to whole tokens."""
_PLAIN = re.compile(r"(?:[A-Z0-9][A-Z0-9/&-]* ?)+")
_STOPS = frozenset(".,:;)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A span that is read as a given text.

    Attributes:
        span: whole tokens of one line.
        text: what it is read as.
        others: other texts that fit as well; the reader decides.
        likeness: how alike the text is to what stands there, from 0 to 1.
        reason: the hint's rule, or the person.
    """

    span: Span
    text: str
    others: tuple[str, ...]
    likeness: float
    reason: Reason


def constraints_of(
    source: Source,
    hints: Sequence[Hint],
    decisions: Sequence[Edit],
    *,
    noise: float,
    mixed: bool = False,
) -> list[Constraint]:
    """The spans that are fixed, in order and without overlap; a person's decisions come first.

    A hint that would have to be stretched, crosses a line end, or is less like what stands there than the
    page's noise (its share of misread characters) excuses is left out. So is a decision about a part of a
    token: the edit log keeps that, and it outranks what is read here. In a text of both cases (`mixed`) no
    word with small letters is one in capitals.
    """
    found: list[Constraint] = []
    least = min(max(1.0 - 6.0 * noise, LEAST), MOST)
    for edit in decisions:
        if edit.after and _whole(source, edit.span) == edit.span:
            found.append(
                Constraint(span=edit.span, text=edit.after, others=(), likeness=1.0, reason=edit.reason)
            )
    for hint in hints:
        span = _whole(source, hint.span)
        if span is None or any(span.overlaps(other.span) for other in found):
            continue
        seen = span.of(source.text)
        if mixed and seen != seen.upper() and all(option == option.upper() for option in hint.options):
            continue
        if noise < RUINED and len(max(hint.options, key=len, default=seen)) <= 3 and not _written(seen):
            # On a page that can be read, a speck where a label might stand is a speck.
            continue
        if noise < RUINED and " " in seen and seen in hint.options and not _PLAIN.fullmatch(seen):
            # That a whole line can be read does not make its dirt right.
            continue
        inner = hint.span.of(source.text)
        if inner in hint.options and (marks := seen.removeprefix(inner)) != seen and set(marks) <= _STOPS:
            # The hinted text stands there already, with its stop or comma.
            chosen: tuple[str, tuple[str, ...], float] | None = (seen, (), 1.0)
        else:
            chosen = _choose(seen, hint, least)
        if chosen is not None:
            text, others, likeness = chosen
            reason = Reason(ground=Ground.HINT, detail=hint.detail)
            found.append(Constraint(span=span, text=text, others=others, likeness=likeness, reason=reason))
    return sorted(found, key=lambda fixed: fixed.span.start)


def _written(seen: str) -> bool:
    return any(map(str.isalnum, seen))


def _choose(seen: str, hint: Hint, least: float) -> tuple[str, tuple[str, ...], float] | None:
    if not hint.options:
        return seen, (), 1.0
    ranked = sorted(hint.options, key=lambda option: -_likeness(option, seen))
    likeness = _likeness(ranked[0], seen)
    # On a ruined page a label of a character or two may have nothing in common with its garble: its
    # neighbours decide it.
    if likeness < (least if len(ranked[0]) > 3 or least > LABELS else 0.0):
        return None
    return ranked[0], tuple(ranked[1:4]), likeness


def _likeness(option: str, seen: str) -> float:
    return float(Levenshtein.normalized_similarity(option.upper(), seen.upper()))


def _whole(source: Source, span: Span) -> Span | None:
    """The span widened to whole tokens, or None when that takes too much or crosses a line end."""
    text = source.text
    start, end = span.start, span.end
    if "\n" in span.of(text) or not span.of(text).strip():
        return None
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    if span.start - start > REACH or end - span.end > REACH:
        return None
    return Span(start, end)


class Hint(Protocol):
    """What the form of a telegram says about a span of the source.

    Attributes:
        span: the span; it lies within one line.
        detail: the rule, in words; it becomes the edit's reason.
        options: the texts that the span may be; empty means that it is kept as it stands.
    """

    @property
    def span(self) -> Span: ...  # noqa: D102  (see the class)
    @property
    def detail(self) -> str: ...  # noqa: D102
    @property
    def options(self) -> tuple[str, ...]: ...  # noqa: D102
