"""Who is listed as a person: those with a name, no offices and no services."""

from __future__ import annotations

import pytest

from septel.record import Meeting
from septel.record.model import Excerpt, MeetingKind, Participation, Person
from septel.room.negotiation.people import persons_of
from septel.text import Locus, Span


def meeting(*names: str) -> Meeting:
    words = Excerpt(words="MET", locus=Locus("source", Span(0, 3)), paragraph="1", line=1)
    people = (Person(key=name.lower(), name=name, surname=name.split()[-1], side=None) for name in names)
    return Meeting(
        id="m",
        kind=MeetingKind.CONVERSATION,
        status="held",
        participants=tuple(Participation(person=one, shown_by=words) for one in people),
        shown_by=words,
    )


@pytest.mark.parametrize("nobody", ["EMBOFFS", "FBI", "EMBASSY", "DCM"])
def test_what_has_no_name_is_no_person(nobody: str) -> None:
    found = persons_of((), [meeting("Gerard SMITH", nobody, "SEMENOV")])
    assert [row.person.name for row in found] == ["Gerard SMITH", "SEMENOV"]
