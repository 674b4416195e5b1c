"""FollowTheMoney entities, one JSON object a line, as Aleph and OpenAleph load them.

- The telegram is a `PlainText` document with its reading; its pages are not repeated.
- Senders and addressees are `PublicBody`, tied to it by `Documentation` with their role.
- With a record: who speaks or takes part is a `Person`, a meeting an `Event` that they are `involved` in.

An entity's id follows from its kind and name, so the same post in many files is one entity when they are
loaded. Persons of different documents are one only where the rosters say so (their key).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from septel.archive import DossierDocument, Holding
from septel.archive.model import shown_field, tree_of
from septel.export.protocol import LossNote, Records
from septel.record import Person

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowTheMoney:
    """The entities of a holding as JSON lines.

    Attributes:
        records: gives the record of a holding, for persons and meetings; without it there are none.
    """

    records: Records | None = None
    name: str = "ftm"
    ending: str = ".ftm.json"
    media_type: str = "application/x-ndjson"
    losses: tuple[LossNote, ...] = (
        LossNote(what="the source's own characters and every change", where="tei, json, prov"),
        LossNote(what="the telegram's sections and paragraphs, and boxes", where="tei, json"),
        LossNote(what="statements: who said what", where="tei --record, tables --record"),
    )

    def write(self, holding: Holding) -> bytes:
        """The entities, one a line."""
        record = self.records(holding) if self.records else None
        lines = (json.dumps(one, ensure_ascii=False) for one in entities_of(holding, record))
        return "".join(f"{line}\n" for line in lines).encode()


def entities_of(holding: Holding, record: DossierDocument | None = None) -> Iterator[dict[str, Any]]:
    """The entities of a holding, each once; each value a list, as the model wants it."""
    document = _id("document", holding.id)
    tree = tree_of(holding)
    yield _entity(
        document,
        "PlainText",
        title=shown_field(holding, "title"),
        fileName=holding.source.name,
        bodyText=holding.reading.text,
        summary=holding.subject,
        language="eng",
        date=_date(holding.dtg),
        keywords=[mark for mark in (holding.classification, *holding.captions) if mark],
    )
    bodies: dict[str, str] = {}
    if holding.post:
        bodies[holding.post] = "sender"
    for addressee in tree.heading.addressees if tree else ():
        bodies.setdefault(addressee.station.name, f"{addressee.role} addressee")
    for name, role in bodies.items():
        key = _id("body", name.upper())
        yield _entity(key, "PublicBody", name=name)
        yield _entity(
            _id("documentation", document, key), "Documentation", document=document, entity=key, role=role
        )
    if record is not None:
        yield from _recorded(document, holding, record)


def _recorded(document: str, holding: Holding, record: DossierDocument) -> Iterator[dict[str, Any]]:
    found = record.reviewed.record
    persons: dict[str, tuple[Person, str]] = {}
    for part in found.participants:
        persons.setdefault(part.person.key, (part.person, "participant"))
    for statement in found.statements:
        if statement.speaker.person:
            persons.setdefault(statement.speaker.person.key, (statement.speaker.person, "speaker"))
    for person, role in persons.values():
        # Outside the rosters a surname is one person in one document, and no more can be said.
        own = _person(holding, person)
        yield _entity(own, "Person", name=person.name, position=person.role or None, summary=person.side)
        yield _entity(
            _id("documentation", document, own), "Documentation", document=document, entity=own, role=role
        )

    for meeting in found.meetings:
        yield _entity(
            _id("meeting", meeting.id),
            "Event",
            name=f"{meeting.kind.value}, {meeting.place or meeting.date or meeting.status}",
            date=_date(meeting.date),
            notes="the date is that of the report" if meeting.date_of_report else None,
            location=meeting.place,
            involved=[_person(holding, p.person) for p in meeting.participants],
            proof=document,
        )


def _person(holding: Holding, person: Person) -> str:
    scope = holding.id if person.origin == "document" else "rosters"
    return _id("person", scope, person.key)


def _entity(key: str, schema: str, **properties: str | list[str] | None) -> dict[str, Any]:
    filled = {
        name: value if isinstance(value, list) else [value] for name, value in properties.items() if value
    }
    return {"id": key, "schema": schema, "properties": filled}


def _id(*parts: str) -> str:
    return hashlib.sha1("\x00".join(("septel", *parts)).encode(), usedforsecurity=False).hexdigest()


def _date(text: str | None) -> str | None:
    """As much of a date as is known, from the year on; a date without one is no date here."""
    found = _DATE.match(text or "")
    return found.group() if found else None
