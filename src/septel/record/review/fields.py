"""The fields of a record's objects that a person may correct, in the words of tables, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from septel.errors import UsageError
from septel.record.model import (
    BY_PERSON,
    Act,
    Excerpt,
    Fidelity,
    IssueTag,
    Meeting,
    MeetingKind,
    Modality,
    Mode,
    Person,
    Polarity,
    Speaker,
    SpeakerBasis,
    Statement,
)
from septel.record.people import Rosters
from septel.record.review.log import ObjectKind
from septel.record.statements import IssueVocabulary
from septel.text import check_line

E = TypeVar("E", bound=StrEnum)

_WORDED: Mapping[str, type[StrEnum]] = {
    "act": Act,
    "polarity": Polarity,
    "modality": Modality,
    "mode": Mode,
    "fidelity": Fidelity,
}
STATEMENT_FIELDS = ("speaker", "side", "addressee", *_WORDED, "issues")
MEETING_FIELDS = ("kind", "status", "date", "weekday", "time", "place", "host")
FIELDS: Mapping[ObjectKind, Sequence[str]] = {
    ObjectKind.STATEMENT: STATEMENT_FIELDS,
    ObjectKind.MEETING: MEETING_FIELDS,
}
"""What may be said of an object of each kind; of the others, only whether it is right."""


def said_of(thing: object) -> tuple[tuple[str, str], ...]:
    """The fields of a statement or meeting as they are; empty for other objects."""
    if isinstance(thing, Statement):
        return (
            ("speaker", thing.speaker.person.surname if thing.speaker.person else ""),
            ("side", thing.speaker.side or ""),
            ("addressee", thing.addressee.surname if thing.addressee else ""),
            *((field, getattr(thing, field).value) for field in _WORDED),
            ("issues", "; ".join(thing.issue_ids)),
        )
    if isinstance(thing, Meeting):
        values = ((field, getattr(thing, field)) for field in MEETING_FIELDS)
        return tuple((field, str(value) if value else "") for field, value in values)
    return ()


def checked(
    kind: ObjectKind, said: Mapping[str, str], vocabulary: IssueVocabulary
) -> tuple[tuple[str, str], ...]:
    """What a person says of an object, with every value one that its field may have.

    Raises:
        UsageError: a field or a value is none.
    """
    allowed = FIELDS.get(kind, ())
    for field, value in said.items():
        check_line(value, field)
        if field not in allowed:
            raise UsageError(
                f"a {kind.value} has no field {field!r} to correct",
                remedy=f"It has {', '.join(allowed)}." if allowed else "Accept or reject it.",
            )
        words: type[StrEnum] | None = _WORDED.get(field)
        if kind is ObjectKind.MEETING and field == "kind":
            words = MeetingKind
        if words is not None and value not in [member.value for member in words]:
            choices = ", ".join(member.value for member in words)
            raise UsageError(f"{value!r} is no {field}", remedy=f"Choose one of {choices}.")
        if field == "issues":
            known = {issue.id for issue in vocabulary.issues}
            strange = [one for one in listed(value) if one not in known]
            if strange:
                raise UsageError(
                    f"the vocabulary has no issue {strange[0]!r}",
                    remedy="Add it to a file of your own and give that with --vocabulary.",
                )
    return tuple((field, said[field].strip()) for field in allowed if field in said)


def listed(value: str) -> list[str]:
    """The parts of a value that is a list."""
    return [part.strip() for part in value.split(";") if part.strip()]


def corrected_statement(
    statement: Statement, said: Mapping[str, str], *, by: str, rosters: Rosters, date: str | None
) -> Statement:
    """A statement as a person holds it; its words and place stay."""
    person = _person(said.get("speaker", ""), said.get("side", ""), by, rosters, date)
    side = said.get("side") or (person.side if person else None)
    known = {tag.issue: tag for tag in statement.issues}
    issues = tuple(
        known.get(issue, IssueTag(issue=issue, shown_by=statement.content))
        for issue in listed(said.get("issues", ""))
    )
    same = statement.speaker.person and person and statement.speaker.person.surname == person.surname
    speaker = replace(statement.speaker, person=statement.speaker.person if same else person, side=side)
    changes: dict[str, Any] = {
        field: _member(words, said[field]) for field, words in _WORDED.items() if said.get(field)
    }
    return replace(
        statement,
        speaker=speaker,
        addressee=_person(said.get("addressee", ""), "", by, rosters, date),
        issues=issues,
        rule=BY_PERSON + by,
        act_confidence=None,
        confidence=None,
        **changes,
    )


def new_statement(
    excerpt: Excerpt, said: Mapping[str, str], *, by: str, rosters: Rosters, date: str | None
) -> Statement:
    """A statement that a person read on the page, or stands for although no rule finds it any more."""
    side = said.get("side") or None
    bare = Statement(
        id=str(excerpt.locus),
        excerpt=excerpt,
        content=excerpt,
        speaker=Speaker(person=None, side=side, resolution=SpeakerBasis.SIDE, mention=excerpt),
        principal=bool(said.get("issues")),
    )
    made = corrected_statement(bare, said, by=by, rosters=rosters, date=date)
    if made.speaker.person:
        made = replace(made, speaker=replace(made.speaker, resolution=SpeakerBasis.NAMED))
    return made


def corrected_meeting(meeting: Meeting, said: Mapping[str, str]) -> Meeting:
    """A meeting as a person holds it; the words that show it stay."""
    changes: dict[str, Any] = {
        field: said[field] or None
        for field in MEETING_FIELDS
        if field in said and field not in ("kind", "status")
    }
    if said.get("kind"):
        changes["kind"] = MeetingKind(said["kind"])
    if said.get("status"):
        changes["status"] = said["status"]
    if "date" in changes:
        changes |= {"date_of_report": False, "date_doubtful": False}
    return replace(meeting, **changes)


def new_meeting(excerpt: Excerpt, said: Mapping[str, str], source_id: str) -> Meeting:
    """A meeting that a person read on the page."""
    bare = Meeting(
        id=str(excerpt.locus),
        kind=MeetingKind.SESSION,
        status="held",
        shown_by=excerpt,
        reported_by=(source_id,),
    )
    return corrected_meeting(bare, said)


def _member(words: type[E], value: str) -> E:
    return words(value)


def _person(surname: str, side: str, by: str, rosters: Rosters, date: str | None) -> Person | None:
    if not surname:
        return None
    found = [m.person for m in rosters.named(surname, date) if not side or m.person.side == side]
    if found:
        return found[0]
    key = surname.lower().replace(" ", "-")
    return Person(key=key, name=surname, surname=surname, side=side or None, origin=BY_PERSON + by)
