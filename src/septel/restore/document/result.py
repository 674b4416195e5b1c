"""What the restorer answers: words with their doubts, and the edits that make the reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from septel.restore.confidence import OtherReading, ProposedChange, WordFeatures
from septel.restore.tokens import parted
from septel.text import (
    SURE,
    Alternative,
    Confidence,
    Edit,
    Ground,
    Reading,
    Reason,
    Source,
    Span,
    State,
    Step,
    worst,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a reader may choose.

    Attributes:
        sure: from this probability on, a word counts as sure.
        floor: below this probability nothing is claimed: the word is unreadable.
        change: from these odds on (their logarithm) a reading replaces what stands, when either is right.
        adapt: whether the document teaches its own noise.
    """

    sure: float = SURE
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
        state: how far to trust it as a whole, marks and all; views show `trust`.
        confidence: the calibrated probability that `text` is right, or None.
        alternatives: other readings, best first, with their share of probability.
        reason: on what the reading rests.
        core: what its letters and figures were read from, without the marks at its edges; None where the
            two are not told apart.
        marks: the probability that its marks are right; `confidence` is of the whole word.
        sure: from which probability on the reader counts a word as sure.
        evidence: what the confidence was reckoned from; None for hinted and decided words.
        choice: what was weighed, where the word was read otherwise than it stands.
        others: what was weighed of its other readings.
    """

    span: Span
    line: int
    text: str
    state: State
    confidence: Confidence | None = None
    alternatives: tuple[Alternative, ...] = ()
    reason: Reason = field(default_factory=lambda: Reason(ground=Ground.CHANNEL))
    core: Span | None = None
    marks: float | None = None
    sure: float = SURE
    evidence: WordFeatures | None = field(default=None, repr=False)
    choice: ProposedChange | None = field(default=None, repr=False)
    others: tuple[OtherReading, ...] = field(default=(), repr=False)

    @property
    def trust(self) -> State:
        """How far every view lets it be trusted: as its least sure part, letters and marks judged apart."""
        return worst(part.state for part in parts_of(self))


def parts_of(word: RestoredWord) -> tuple[RestoredWord, ...]:
    """A doubtful word in parts, where the doubt is about its marks only, or about all but them.

    A comma that may be a stop does not make its word doubtful, nor does a sure stop make a word sure.
    """
    head, core, tail = parted(word.text)
    whole = word.confidence
    if word.state is not State.DOUBTFUL or word.core is None or word.marks is None or whole is None:
        return (word,)
    spans = (
        Span(word.span.start, word.core.start),
        word.core,
        Span(word.core.end, word.span.end),
    )
    texts = (head, core, tail)
    # What was put in where nothing stands has no place of its own.
    if (
        not core
        or not (head or tail)
        or any(bool(t) != bool(len(s)) for t, s in zip(texts, spans, strict=True))
    ):
        return (word,)
    least = word.sure
    letters = min(whole.probability / max(word.marks, 1e-6), 1.0)
    chances = (word.marks, letters, word.marks)
    if max(chances) < least:
        return (word,)
    alternatives = {
        span: tuple(dict.fromkeys(_part_of(one, texts, at) for one in word.alternatives))
        for at, span in enumerate(spans)
    }
    return tuple(
        replace(
            word,
            span=span,
            text=part,
            state=State.SURE if chance >= least else State.DOUBTFUL,
            confidence=Confidence(probability=chance, calibration=whole.calibration),
            alternatives=tuple(one for one in alternatives[span] if one is not None and one.text != part),
            core=None,
        )
        for span, part, chance in zip(spans, texts, chances, strict=True)
        if part
    )


def _part_of(alternative: Alternative, texts: tuple[str, str, str], at: int) -> Alternative | None:
    """What an alternative has for one part of a word, where it differs in that part only."""
    other = parted(alternative.text)
    if any(other[n] != texts[n] for n in range(3) if n != at):
        return None
    return Alternative(text=other[at], probability=alternative.probability)


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
            for part in parts_of(word):
                if part.state is not State.SURE or part.text != part.span.of(self.source.text):
                    yield self._edit(part)

    def _edit(self, word: RestoredWord) -> Edit:
        before = word.span.of(self.source.text)
        unreadable = word.state is State.UNREADABLE
        guess = (Alternative(text=word.text, probability=_share(word)),) if unreadable and word.text else ()
        return Edit(
            span=word.span,
            before=before,
            after="" if unreadable else word.text,
            reason=word.reason,
            step=self.step,
            confidence=word.confidence,
            alternatives=(*guess, *word.alternatives),
            unreadable=unreadable,
            extent=len(word.text or before) if unreadable else None,
            state=word.state,
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
