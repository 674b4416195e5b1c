"""Rows of the record as JSON, each with the place in the source that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from septel.record import Cell, Excerpt, Meeting, OpenPoint, Statement
from septel.record.review import Queued
from septel.room.negotiation import PersonRow, RecordViews


@dataclass(frozen=True, slots=True)
class RecordRows:
    """Rows of the record; `views` know the texts behind it, and so which words are doubtful."""

    views: RecordViews

    def excerpt(self, excerpt: Excerpt) -> dict[str, Any]:
        """Words and where they stand, and the same words with their marks of doubt."""
        marked = self.views.marked(excerpt)
        place = {"locus": str(excerpt.locus), "line": excerpt.line}
        return {"words": excerpt.words, "marked": marked, **place}

    def statement(self, said: Statement) -> dict[str, Any]:
        """A statement in short; the record of its telegram has all of it."""
        return {
            "id": said.id,
            "speaker": said.speaker.name or None,
            "side": said.side,
            "act": said.act.value,
            "issues": list(said.issue_ids),
            "content": self.excerpt(said.content),
        }

    def meeting(self, meeting: Meeting) -> dict[str, Any]:
        """A meeting with who took part."""
        people = [{"key": one.person.key, "name": one.person.name} for one in meeting.participants]
        return {
            "id": meeting.id,
            "kind": meeting.kind.value,
            "status": meeting.status,
            "date": meeting.date,
            "date_of_report": meeting.date_of_report,
            "date_doubtful": meeting.date_doubtful,
            "weekday": meeting.weekday,
            "time": meeting.time,
            "place": meeting.place,
            "participants": people,
            "shown_by": self.excerpt(meeting.shown_by),
            "reported_by": list(meeting.reported_by),
        }

    def cell(self, cell: Cell) -> dict[str, Any]:
        """What a side holds on an issue in one document."""
        return {
            "issue": cell.issue,
            "side": cell.side,
            "date": cell.date,
            "date_doubtful": cell.date_doubtful,
            "stance": cell.stance.value,
            "statements": [self.statement(one) for one in cell.statements],
        }

    def point(self, point: OpenPoint) -> dict[str, Any]:
        """A question or proposal, and what shows how it stands."""
        return {
            "what": point.what,
            "state": point.state.value,
            "issues": list(point.issues),
            "statements": [self.statement(one) for one in point.statements],
        }

    def queued(self, queued: Queued) -> dict[str, Any]:
        """A pair that a rule offers, with what a person said of it."""
        one, standing = queued.suggestion, queued.standing
        return {
            "kind": one.kind.value,
            "why": one.why,
            "rank": one.rank,
            "earlier": self.statement(one.earlier),
            "later": self.statement(one.later),
            "status": standing.status.value,
            "by": standing.by or None,
        }


def person_json(row: PersonRow) -> dict[str, Any]:
    """A person, and how much the record has of them."""
    first, last = row.dates
    return {
        "key": row.person.key,
        "name": row.person.name,
        "side": row.person.side,
        "role": row.person.role,
        "statements": len(row.statements),
        "meetings": [one.id for one in row.meetings],
        "first": first or None,
        "last": last or None,
    }
