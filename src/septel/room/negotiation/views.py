"""The views over records: meetings, positions, open points, suggestions, persons; made when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol

from septel.archive import issue_label
from septel.errors import NotHeld
from septel.export.record import heat_map, timeline
from septel.record import (
    NO_ISSUE,
    Excerpt,
    IssueVocabulary,
    Meeting,
    OpenState,
    Record,
    RecordSet,
    Statement,
    Suggestion,
    suggestions,
)
from septel.record.review import Queued, ReviewLog, ReviewStanding, queue
from septel.room.negotiation.matrix import Matrix, matrix_of
from septel.room.negotiation.people import PersonRow, persons_of
from septel.text import Reading, Span, marked_prose, marked_value

MANY = 5_000
"""Suggestions: from so many on, a page shows those of a moment ago rather than wait."""


class HeldTexts(Protocol):
    """What views ask for of the documents behind them."""

    def text(self, holding: str) -> tuple[str, Reading]:
        """A document's title and reading."""

    def standing(self, statement: Statement) -> ReviewStanding:
        """How a statement stands."""

    def logs(self) -> Mapping[str, ReviewLog]:
        """What persons said, by document."""


def address(excerpt: Excerpt) -> str:
    """The line that shows something, in the room."""
    return f"/telegram/{excerpt.locus.source_id}?line={excerpt.line}#l{excerpt.line}"


class RecordViews(RecordSet):
    """Views over some records; each is made when it is first asked for."""

    def __init__(
        self,
        kept: HeldTexts,
        records: Sequence[Record],
        before: Sequence[Suggestion] | None = None,
        spare: frozenset[str] = frozenset(),
    ) -> None:
        self.kept, self._records, self.spare = kept, records, spare
        self._before = before if before and len(before) > MANY else None
        self.vocabulary = IssueVocabulary.shipped()

    @property
    def records(self) -> Sequence[Record]:
        """The records."""
        return self._records

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Pairs of statements that a rule offers for comparison."""
        return suggestions(self.messages)

    @property
    def suggested(self) -> Sequence[Suggestion]:
        """The same; those of a moment ago where there were many and these are not made yet."""
        if self._before is not None and "suggestions" not in self.__dict__:
            return self._before
        return self.suggestions

    @property
    def is_late(self) -> bool:
        """Whether the suggestions are those of a moment ago."""
        return self._before is not None and "suggestions" not in self.__dict__

    def bring_up(self) -> None:
        """Make what takes long; needs nothing of the archive."""
        if self.is_late:
            _ = self.suggestions
            self.__dict__.pop("queue", None)
            self._before = None
        _ = self.suggestions, self.open_points, self.positions, self.meetings, self.persons

    @cached_property
    def queue(self) -> tuple[Queued, ...]:
        """Suggestions with what persons said of them, those that wait first."""
        return queue(self.suggested, self.kept.logs())

    @cached_property
    def persons(self) -> Sequence[PersonRow]:
        """Everybody who speaks or takes part, who speaks most first."""
        return persons_of(self.records, self.meetings)

    @cached_property
    def matrix(self) -> Matrix:
        """Issues by side by time."""
        return matrix_of(self.positions, self.label)

    @cached_property
    def timeline(self) -> str:
        """The meetings as a plot."""
        return timeline(self, address)

    @cached_property
    def heat_map(self) -> str:
        """The issues by side as a plot."""
        return heat_map(self, address)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How much there is of each."""
        return {
            "meetings": len(self.meetings),
            "open": sum(one.state is OpenState.OPEN for one in self.open_points),
            "suggestions": sum(not one.standing.by for one in self.queue),
            "people": len(self.persons),
            "issues": len({cell.issue for cell in self.positions} - {NO_ISSUE}),
            "statements": sum(len(record.counted) for record in self.records),
            "documents": len(self.records),
        }

    @cached_property
    def by_source(self) -> Mapping[str, Record]:
        """The records by the document that they are of."""
        return {record.source_id: record for record in self.records}

    def label(self, issue: str) -> str:
        """An issue for readers."""
        return issue_label(self.vocabulary, issue)

    def marked(self, excerpt: Excerpt) -> str:
        """The words of an excerpt with their marks of doubt."""
        try:
            _, reading = self.kept.text(excerpt.locus.source_id)
        except NotHeld:
            return excerpt.words
        return marked_prose(reading, excerpt.locus.span, of=excerpt.words)

    def place(self, meeting: Meeting) -> str:
        """Where a meeting is, with the marks that the words have wherever the text has them; or empty."""
        try:
            _, reading = self.kept.text(meeting.shown_by.locus.source_id)
        except NotHeld:
            return meeting.place or ""
        whole = Span(0, len(reading.source.text))
        return marked_value(reading, whole, meeting.place or "", rewritten=False)

    def title(self, holding: str) -> str:
        """How a document is called."""
        try:
            return self.kept.text(holding)[0]
        except NotHeld:
            return holding

    def standing(self, statement: Statement) -> ReviewStanding:
        """How a statement stands."""
        return self.kept.standing(statement)
