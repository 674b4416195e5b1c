"""The persons of the record: for whom they spoke, how often, when, and at which meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from septel.record import Meeting, Person, Record, Statement
from septel.record.people import noun_kind

_SERVICES = frozenset({"FBI", "CIA", "NSA", "KGB", "GRU", "DIA", "MI5", "MI6", "UN", "USIS", "USIA", "AID"})
"""Services that telegrams call by their initials."""


def _is_named(person: Person) -> bool:
    """Whether one goes by a name, and not by what they are."""
    words = person.name.upper().split()
    return any(word not in _SERVICES and noun_kind(word) is None for word in words)


@dataclass(slots=True, kw_only=True)
class PersonRow:
    """A person with what the records have of them, by date."""

    person: Person
    statements: list[tuple[str | None, Statement]] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def dates(self) -> tuple[str, str]:
        """The days of the first and the last; empty where none is known."""
        known = [date for date, _ in self.statements if date]
        known += [one.date for one in self.meetings if one.date and one.date[:1].isdigit()]
        return (min(known), max(known)) if known else ("", "")


def persons_of(records: Iterable[Record], meetings: Iterable[Meeting]) -> Sequence[PersonRow]:
    """Everybody who speaks or takes part, who speaks most first.

    What speaks and is nobody by name (`EMBOFFS`, `EMBASSY`, `FBI`) is no person.
    """
    found: dict[str, PersonRow] = {}

    def row(person: Person) -> PersonRow:
        known = found.get(person.key)
        if known is None:
            known = found[person.key] = PersonRow(person=person)
        elif not known.person.role and person.role:
            known.person = person
        return known

    for record in records:
        for said in record.counted:
            if said.speaker.person and _is_named(said.speaker.person):
                row(said.speaker.person).statements.append((record.date, said))
    for meeting in meetings:
        for part in meeting.participants:
            if not _is_named(part.person):
                continue
            row(part.person).meetings.append(meeting)
    for known in found.values():
        known.statements.sort(key=lambda pair: pair[0] or "9")
    return sorted(found.values(), key=lambda one: (-len(one.statements), -len(one.meetings), one.person.name))
