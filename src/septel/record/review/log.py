"""What persons say of a record: accepted, rejected, corrected, added; only ever added to, never changed.

File format, one JSON object a line, like the edit log's: `entry`, `at`, `by`, then either an opinion
(`object`, `verdict`, `span`, `other`, `said`, `reason`, `origin`) or `undoes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from septel.errors import EditConflict
from septel.text import Locus, Span


class ObjectKind(StrEnum):
    """What an opinion is about."""

    STATEMENT = "statement"
    MEETING = "meeting"
    ASSESSMENT = "assessment"
    TEXT = "text"
    CLAIM = "claim"
    SUGGESTION = "suggestion"
    """A pair of statements that a rule offered for comparison."""


class Verdict(StrEnum):
    """What a person says of an object."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"
    """No rule found it; the person read it on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one person says of one object.

    Attributes:
        kind: what sort of object.
        verdict: what is said of it.
        span: the object's words in the source; None when a newer capture has no place for them.
        other: of a suggestion, the words of the other statement.
        said: what the person holds to be true of the object, field by field, in the words of tables
            (`side` is `Soviet`, `issues` is `abm; verification`); of a rejected object, what was wrong.
        reason: why, for those who come after.
        origin: where the opinion was first given, as `source:entry`; empty where that is here.
        lost: why there is no place, when there is none.
    """

    kind: ObjectKind
    verdict: Verdict
    span: Span | None
    other: Locus | None = None
    said: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    origin: str = ""
    lost: str = ""

    def __post_init__(self) -> None:
        """Refuse a suggestion without its other half, and a place that is missing without saying why."""
        if (self.kind is ObjectKind.SUGGESTION) != (self.other is not None):
            raise ValueError("a suggestion, and nothing else, is about two statements")
        if (self.span is None) != bool(self.lost):
            raise ValueError("an opinion without a place says why, and one with a place has nothing to say")

    @property
    def fields(self) -> Mapping[str, str]:
        """What is said, by field."""
        return dict(self.said)

    def to_json(self) -> dict[str, object]:
        """For the catalogue and for other programs."""
        return {
            "object": self.kind.value,
            "verdict": self.verdict.value,
            "span": [self.span.start, self.span.end] if self.span else None,
            "other": str(self.other) if self.other else None,
            "said": dict(self.said),
            "reason": self.reason,
            "origin": self.origin,
            "lost": self.lost,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Opinion:
        """Read back what `to_json` wrote."""
        return cls(
            kind=ObjectKind(data["object"]),
            verdict=Verdict(data["verdict"]),
            span=Span(*data["span"]) if data["span"] else None,
            other=Locus.parse(data["other"]) if data["other"] else None,
            said=tuple(data["said"].items()),
            reason=data["reason"],
            origin=data["origin"],
            lost=data["lost"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """One line of the review log.

    Attributes:
        number: from one, in the order in which entries were added.
        at: when, in UTC.
        by: who.
        opinion: what was said, or None when the entry undoes another.
        undoes: the number of the entry that no longer counts.
    """

    number: int
    at: datetime
    by: str
    opinion: Opinion | None = None
    undoes: int | None = None

    def to_json(self) -> dict[str, object]:
        """The entry as one line."""
        data: dict[str, object] = {"entry": self.number, "at": self.at.isoformat(), "by": self.by}
        if self.opinion is not None:
            data |= self.opinion.to_json()
        if self.undoes is not None:
            data["undoes"] = self.undoes
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ReviewEntry:
        """Read back what `to_json` wrote."""
        return cls(
            number=int(data["entry"]),
            at=datetime.fromisoformat(data["at"]),
            by=str(data["by"]),
            opinion=Opinion.from_json(data) if "object" in data else None,
            undoes=data.get("undoes"),
        )


@dataclass(frozen=True, slots=True)
class ReviewLog:
    """Everything that persons said of the record of one source, only ever added to."""

    source_id: str
    entries: tuple[ReviewEntry, ...] = ()

    def add(self, opinion: Opinion, *, by: str, at: datetime) -> ReviewLog:
        """The log with one more opinion."""
        entry = ReviewEntry(number=len(self.entries) + 1, at=at, by=by, opinion=opinion)
        return replace(self, entries=(*self.entries, entry))

    def undo(self, number: int, *, by: str, at: datetime) -> ReviewLog:
        """The log with entry `number` no longer counting; undoing an undoing brings it back.

        Raises:
            EditConflict: there is no such entry.
        """
        if not 1 <= number <= len(self.entries):
            raise EditConflict(
                f"the review log has no entry {number}",
                where=self.source_id,
                remedy=f"It has {len(self.entries)}.",
            )
        entry = ReviewEntry(number=len(self.entries) + 1, at=at, by=by, undoes=number)
        return replace(self, entries=(*self.entries, entry))

    def standing(self) -> Iterator[tuple[ReviewEntry, Opinion]]:
        """The opinions that have not been undone, in order."""
        undone: set[int] = set()
        for entry in reversed(self.entries):
            if entry.number not in undone and entry.undoes is not None:
                undone.add(entry.undoes)
        for entry in self.entries:
            if entry.number not in undone and entry.opinion is not None:
                yield entry, entry.opinion

    def origin(self, entry: ReviewEntry) -> str:
        """Where an opinion was first given."""
        return (entry.opinion.origin if entry.opinion else "") or f"{self.source_id}:{entry.number}"
