"""What the restorer answers: words with their doubts, and the edits that make the reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from septel.restore.confidence import ProposedChange, WordFeatures
from septel.text import Alternative, Confidence, Edit, Ground, Reading, Reason, Source, Span, Step


class State(StrEnum):
    """How far a word can be trusted, at the reader's thresholds."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a reader may choose.

    Attributes:
        sure: from this probability on, a word counts as sure.
        floor: below this probability nothing is claimed: the word is unreadable.
        change: from these odds on (their logarithm) a reading replaces what stands, when either is right.
        adapt: whether the document teaches its own noise.
    """

    sure: float = 0.91
    floor: float = 0.3
    change: float = 0.0
    adapt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What the restorer found about a document's noise.

    Attributes:
        profile: the kind of noise, by the name of the profile that explained it best.
        rate: the estimated share of characters that are not seen as they were typed.
        lines: the same for each line; lines that were not decoded have zero.
    """

    profile: str
    rate: float
    lines: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredWord:
    """One word as read.

    Attributes:
        span: what it was read from, in the source; may cover blanks and marks, never a line end.
        line: the number of its line, from one.
        text: the best reading; empty when the span holds only noise.
        state: how far to trust it.
        confidence: the calibrated probability that `text` is right, or None.
        alternatives: other readings, best first, with their share of probability.
        reason: on what the reading rests.
        evidence: what the confidence was reckoned from; None for hinted and decided words.
        choice: what was weighed, where the word was read otherwise than it stands.
    """

    span: Span
    line: int
    text: str
    state: State
    confidence: Confidence | None = None
    alternatives: tuple[Alternative, ...] = ()
    reason: Reason = field(default_factory=lambda: Reason(ground=Ground.CHANNEL))
    evidence: WordFeatures | None = field(default=None, repr=False)
    choice: ProposedChange | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Restoration:
    """A restored source: its words, and the blanks between them that had to be changed.

    Attributes:
        source: the text as it came.
        words: every word, in the order of the text.
        blanks: edits of what lies between words (a mark read as a blank, a lost blank, outer blanks).
        step: what made it.
        noise: what was found about the document's noise.
    """

    source: Source
    words: tuple[RestoredWord, ...]
    blanks: tuple[Edit, ...]
    step: Step
    noise: Noise

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The changes and doubts, in the order of the text; sure words that stand need none."""
        return tuple(sorted((*self._word_edits(), *self.blanks), key=lambda e: (e.span.start, e.span.end)))

    def _word_edits(self) -> Iterator[Edit]:
        for word in self.words:
            before = word.span.of(self.source.text)
            if word.state is State.SURE and word.text == before:
                continue
            unreadable = word.state is State.UNREADABLE
            guess = (
                (Alternative(text=word.text, probability=_share(word)),) if unreadable and word.text else ()
            )
            yield Edit(
                span=word.span,
                before=before,
                after="" if unreadable else word.text,
                reason=word.reason,
                step=self.step,
                confidence=word.confidence,
                alternatives=(*guess, *word.alternatives),
                unreadable=unreadable,
                extent=len(word.text or before) if unreadable else None,
            )

    @cached_property
    def reading(self) -> Reading:
        """The source as restored; unreadable words claim no text."""
        return Reading.of(self.source, self.edits)

    @cached_property
    def best(self) -> Reading:
        """The source with the best guess everywhere, for measuring and for parsing, not for quoting."""
        edits = [
            Edit(
                span=word.span,
                before=word.span.of(self.source.text),
                after=word.text,
                reason=word.reason,
                step=self.step,
            )
            for word in self.words
            if word.text != word.span.of(self.source.text)
        ]
        return Reading.of(self.source, (*edits, *self.blanks))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """One restored line per source line, with the best guess everywhere and no marks."""
        return self.best.line_texts


def _share(word: RestoredWord) -> float | None:
    return word.confidence.probability if word.confidence else None
