"""What engines saw of a source, word by word and character by character, as probabilities.

A noisy text alone says how noisy it is only by how its words look. An engine knows more: how sure it was of
each word and character, what else it took them for, and what another engine read in the same place. Here all
that lies over the source's own characters, so that each can be doubted by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from septel.restore.channel import align
from septel.text import Alternative, Span

LEAST = 1e-4
"""Probabilities below this, and above its rest to one, are not told apart."""
MOST = 0.98
"""What is right and what else was seen never add up to more."""
STRANGERS = 50
"""Among so many characters the rest is shared: that neither what stands nor what else was seen is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanPosterior:
    """A stretch of a source as engines saw it.

    Attributes:
        span: where, within one line; empty where something was seen between two characters.
        right: the probability that the stretch is right as it stands.
        others: what else may be right in its place, with the probability of each; an empty text is dirt:
            nothing was typed. With `right` they add up to no more than one.
        asked: whether a second engine was asked for it (words only).
    """

    span: Span
    right: float
    others: tuple[Alternative, ...] = ()
    asked: bool = False

    @classmethod
    def bounded(cls, span: Span, right: float, others: Sequence[Alternative]) -> SpanPosterior:
        """A glimpse whose probabilities add up to no more than one, whatever they are by themselves."""
        total = (right if len(span) else 0.0) + sum(other.probability or 0.0 for other in others)
        scale = MOST / total if others and total > MOST else 1.0
        kept = tuple(replace(other, probability=scale * (other.probability or 0.0)) for other in others)
        taken = sum(other.probability or 0.0 for other in kept)
        return cls(span=span, right=scale * right if len(span) else 1.0 - taken, others=kept)

    def share(self, text: str) -> float:
        """The probability of one of the others, by its text; nought when it was not seen."""
        return next((other.probability or 0.0 for other in self.others if other.text == text), 0.0)

    @property
    def held(self) -> float:
        """The probability that one of the others is right."""
        return sum(other.probability or 0.0 for other in self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What engines saw that bears on a reading of a place.

    Attributes:
        stands: the probability that what stands there is right.
        dirt: that nothing was typed there.
        reading: by how much (the logarithm) the reading is likelier than what stands, from what engines saw
            of each character.
        named: the probability of the reading as a whole word that an engine read there.
        asked: whether a second engine was asked for any of it.
    """

    stands: float
    dirt: float
    reading: float
    named: float
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EnginePosteriors:
    """What engines saw of a source.

    Attributes:
        words: glimpses of whole words, in order and without overlap.
        characters: glimpses of stretches of no more than four characters, whose others have one character
            or none, in the order in which they begin. There is at most one of each stretch; a longer one lies
            over those of its characters.
        gauge: what turned the engines' figures into these probabilities, by its name.
        alone: words that have nothing but a figure of another engine, which the gauge does not know.
    """

    words: tuple[SpanPosterior, ...] = ()
    characters: tuple[SpanPosterior, ...] = ()
    gauge: str = ""
    alone: tuple[tuple[Span, float], ...] = ()
    _starts: list[int] = field(init=False, repr=False, compare=False, default_factory=list)
    _by_span: dict[Span, SpanPosterior] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._starts.extend(word.span.start for word in self.words)
        self._by_span.update((glimpse.span, glimpse) for glimpse in self.characters)

    def doubts(self, length: int) -> NDArray[np.float32]:
        """How likely each character of a source of some length is wrong; not a number where nobody looked."""
        out = np.full(length, np.nan, np.float32)
        single = (glimpse for glimpse in self.characters if len(glimpse.span) == 1)
        for glimpse in (*self.words, *single):
            span = glimpse.span
            if len(span):
                out[span.start : span.end] = 1.0 - glimpse.right ** (1.0 / len(span))
        return out

    def sure(self, length: int, *, unseen: float) -> tuple[float, ...]:
        """How likely each character of a source of some length is right.

        Args:
            length: of the source.
            unseen: what is said of those at which nobody looked.
        """
        right = 1.0 - np.nan_to_num(self.doubts(length), nan=1.0 - unseen)
        return tuple(right.tolist())

    def contested(self, length: int) -> NDArray[np.bool_]:
        """The characters of a source of some length where something else is likelier than what stands."""
        return _marked(length, (one.span for one in self.characters if one.held > one.right))

    def rivalled(self, length: int, share: float) -> NDArray[np.bool_]:
        """The characters of a source of some length where something else has at least this probability."""
        return _marked(length, (one.span for one in self.characters if one.held >= share))

    def preferred(self, span: Span, stands: str) -> tuple[str, float]:
        """A stretch with what was seen instead, wherever that is likelier than what stands, and by how much.

        Args:
            span: where, in the source.
            stands: what the source has there.
        """
        chosen: list[tuple[Span, str]] = []
        odds = 0.0
        for glimpse in self.beginning(span):
            best = max(glimpse.others, key=lambda other: other.probability or 0.0, default=None)
            inside = glimpse.span.end <= span.end and not any(glimpse.span.overlaps(one) for one, _ in chosen)
            if best and inside and glimpse.held > glimpse.right:
                chosen.append((glimpse.span, best.text))
                odds += self._gain(glimpse.span, best.text)
        out, at = "", span.start
        for piece, text in sorted(chosen):
            out += stands[at - span.start : piece.start - span.start] + text
            at = piece.end
        return out + stands[at - span.start :], odds

    def beginning(self, span: Span) -> Iterator[SpanPosterior]:
        """The characters, and stretches of them, that begin in a span."""
        # A long document has a million of them: those before and behind are neither looked at nor copied.
        at = bisect_left(self.characters, span.start, key=lambda glimpse: glimpse.span.start)
        while at < len(self.characters) and self.characters[at].span.start < span.end:
            yield self.characters[at]
            at += 1

    def within(self, span: Span) -> Sequence[SpanPosterior]:
        """The words that lie in a span."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end)
        return [word for word in self.words[low:high] if word.span.end <= span.end]

    def figure(self, span: Span) -> float | None:
        """The lowest figure of the words in a span that have nothing else; None where there is none."""
        at = bisect_left(self.alone, span.start, key=lambda one: one[0].end)
        found: list[float] = []
        while at < len(self.alone) and self.alone[at][0].start < span.end:
            found += [self.alone[at][1]] if self.alone[at][0].overlaps(span) else []
            at += 1
        return min(found, default=None)

    def support(self, span: Span, stands: str, reading: str) -> Support | None:
        """What was seen for a reading of a span, or None where nobody looked.

        Args:
            span: where, in the source.
            stands: what the source has there.
            reading: what it is read as.
        """
        words = self.within(span)
        if not words:
            return None
        right = dirt = 1.0
        for word in words:
            right *= word.right
            dirt *= word.share("")
        odds = sum(self._gain(piece, text) for piece, text in spelled(stands, reading, span.start))
        best, gain = self.preferred(span, stands)
        if best == reading:
            # The same change may be cut in several ways; this is how it was seen.
            odds = max(odds, gain)
        named = words[0].share(reading) if len(words) == 1 and reading else 0.0
        asked = any(word.asked for word in words)
        return Support(stands=right, dirt=dirt, reading=odds, named=named, asked=asked)

    def _gain(self, span: Span, text: str) -> float:
        """By how much (the logarithm) a character is likelier in a stretch than what stands there."""
        glimpse = self._by_span.get(span)
        if glimpse is None:
            known = (self._by_span.get(Span(at, at + 1)) for at in range(span.start, span.end))
            right = 1.0
            for one in known:
                right *= one.right if one else 1.0
            glimpse = SpanPosterior(span=span, right=right if len(span) else 1.0)
        rest = max(1.0 - glimpse.right - glimpse.held, 0.0) / STRANGERS
        return log(max(glimpse.share(text), rest, LEAST)) - log(max(glimpse.right, LEAST))


def _marked(length: int, spans: Iterable[Span]) -> NDArray[np.bool_]:
    """The characters of some spans; of an empty one the character behind it."""
    out = np.zeros(length + 1, np.bool_)
    for span in spans:
        out[span.start : max(span.end, span.start + 1)] = True
    return out[:length]


def logit(probability: float) -> float:
    """The logarithm of the odds, kept from the extremes."""
    kept = min(max(probability, LEAST), 1.0 - LEAST)
    return log(kept / (1.0 - kept))


def spelled(stands: str, other: str, start: int) -> Iterator[tuple[Span, str]]:
    """Where another reading of a stretch differs: what stands there, and the one character, or none, for it.

    Args:
        stands: the stretch as the source has it.
        other: the other reading.
        start: where the stretch begins.
    """
    at = start
    for typed, segment in align(other, stands):
        end = at + len(segment)
        if not typed:
            yield from ((Span(place, place + 1), "") for place in range(at, end))
        elif typed != segment:
            yield Span(at, end), typed
        at = end
