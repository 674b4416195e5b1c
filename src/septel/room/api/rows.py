"""Rows of the record as JSON, each with the place in the source that proves it."""

from __future__ import annotations

from typing import Any

from septel.record import Cell, Excerpt, Meeting, OpenPoint, Statement
from septel.record.review import Queued
from septel.room.negotiation import PersonRow


def excerpt_json(excerpt: Excerpt) -> dict[str, Any]:
    """Words and where they stand."""
    return {"words": excerpt.words, "locus": str(excerpt.locus), "line": excerpt.line}


def statement_json(said: Statement) -> dict[str, Any]:
    """A statement in short; the record of its telegram has all of it."""
    return {
        "id": said.id,
        "speaker": said.speaker.name or None,
        "side": said.side,
        "act": said.act.value,
        "issues": list(said.issue_ids),
        "content": excerpt_json(said.content),
    }


def meeting_json(meeting: Meeting) -> dict[str, Any]:
    """A meeting with who took part."""
    return {
        "id": meeting.id,
        "kind": meeting.kind.value,
        "status": meeting.status,
        "date": meeting.date,
        "weekday": meeting.weekday,
        "time": meeting.time,
        "place": meeting.place,
        "participants": [{"key": one.person.key, "name": one.person.name} for one in meeting.participants],
        "shown_by": excerpt_json(meeting.shown_by),
        "reported_by": list(meeting.reported_by),
    }


def cell_json(cell: Cell) -> dict[str, Any]:
    """What a side holds on an issue in one document."""
    return {
        "issue": cell.issue,
        "side": cell.side,
        "date": cell.date,
        "stance": cell.stance.value,
        "statements": [statement_json(one) for one in cell.statements],
    }


def point_json(point: OpenPoint) -> dict[str, Any]:
    """A question or proposal, and what shows how it stands."""
    return {
        "what": point.what,
        "state": point.state.value,
        "issues": list(point.issues),
        "statements": [statement_json(one) for one in point.statements],
    }


def queued_json(queued: Queued) -> dict[str, Any]:
    """A pair that a rule offers, with what a person said of it."""
    one, standing = queued.suggestion, queued.standing
    return {
        "kind": one.kind.value,
        "why": one.why,
        "rank": one.rank,
        "earlier": statement_json(one.earlier),
        "later": statement_json(one.later),
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
