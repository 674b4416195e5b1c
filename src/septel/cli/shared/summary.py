"""A telegram in a few words: its title, its heading field by field, its paragraphs by their labels."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from septel.citations import Reference
from septel.record import NextMeeting
from septel.telegram import Field, SeriesNumber, Telegram

WIDTH = 100
"""Characters of a paragraph that an outline shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What lists and titles show of a telegram; None where the telegram does not say it."""

    title: str | None
    identifier: str | None
    post: str | None
    dtg: str | None
    subject: str | None
    classification: str | None
    captions: tuple[str, ...]


def summary_of(telegram: Telegram) -> Summary:
    """The fields that a list shows."""
    heading = telegram.heading
    number = heading.number.value if heading.number else None
    identifier = f"{number.post or '?'} {number.serial}" if number else None
    subject = heading.subject.value if heading.subject else None
    title = ": ".join(part for part in (identifier, subject) if part)
    originator = heading.originator.value.name if heading.originator else None
    return Summary(
        title=title or None,
        identifier=identifier,
        post=originator or (number.post if number else None),
        dtg=heading.sent.value.iso if heading.sent else None,
        subject=subject,
        classification=heading.classification.value if heading.classification else None,
        captions=tuple(caption.value for caption in heading.captions),
    )


def series_shown(field: Field[SeriesNumber]) -> str:
    """A series number with the readings that it also allows."""
    readings = dict.fromkeys(f"{n.series} {n.number}" for n in (field.value, *field.alternatives))
    return " or ".join(readings)


def fields_shown(telegram: Telegram) -> list[tuple[str, str]]:
    """The heading's fields that were found, in the order of a telegram."""
    heading, summary = telegram.heading, summary_of(telegram)
    sections = ", ".join(f"{s.n or '?'} of {s.of or '?'}" for s in telegram.sections if s.of)
    rows: list[tuple[str, str | None]] = [
        ("telegram", summary.identifier),
        ("from", summary.post),
        ("date-time group", summary.dtg),
        ("to", "; ".join(a.station.name for a in heading.action)),
        ("info", "; ".join(a.station.name for a in heading.info)),
        ("classification", summary.classification),
        ("captions", ", ".join(summary.captions)),
        ("series", "; ".join(map(series_shown, heading.series))),
        ("sections", sections),
        ("pass to", "; ".join(", ".join(s.name for s in p.to) for p in heading.passing)),
        ("E.O.", heading.executive_order.value if heading.executive_order else None),
        ("TAGS", ", ".join(heading.tags.value) if heading.tags else None),
        ("subject", summary.subject),
        ("reference", "; ".join(field.value for field in heading.references)),
        ("signed", telegram.signature.value if telegram.signature else None),
        ("released", "; ".join(dict.fromkeys(mark.value for mark in telegram.releases))),
        ("lines unplaced", str(len(telegram.unplaced)) if telegram.unplaced else None),
    ]
    return [(name, value) for name, value in rows if value]


def outline(telegram: Telegram) -> list[str]:
    """The parts of the text by their labels, each with its first words."""
    lines: list[str] = []
    if telegram.summary:
        lines.append(_cut("summary", telegram.summary.text))
    lines += [_cut(p.path, p.text) for p in telegram.paragraphs]
    if telegram.comment and telegram.comment.paragraph is None:
        lines.append(_cut("comment", telegram.comment.text))
    return lines


def _cut(label: str, text: str) -> str:
    words = " ".join(text.split())
    return f"{label:8}{words if len(words) <= WIDTH else words[: WIDTH - 1] + '…'}"


@lru_cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """What writes values of a type as JSON; making it takes longer than most telegrams' parsing."""
    return TypeAdapter(kind)


def references_json(references: tuple[Reference, ...]) -> list[dict[str, Any]]:
    """References as the archive keeps them."""
    return list(_adapter(tuple[Reference, ...]).dump_python(references, mode="json")) if references else []


def meeting_json(meeting: NextMeeting) -> dict[str, Any]:
    """A meeting as the archive keeps it."""
    return dict(_adapter(NextMeeting).dump_python(meeting, mode="json"))


def meeting_shown(meeting: NextMeeting) -> str:
    """A meeting in words; what the telegram does not say is left out."""
    date = None
    if meeting.day is not None:
        month = calendar.month_name[meeting.month] if meeting.month else ""
        date = " ".join(str(part) for part in (meeting.day, month, meeting.year or "") if part)
    parts = [part for part in (meeting.place, meeting.weekday, date, meeting.time) if part]
    notes = [finding.what for finding in meeting.findings]
    return ", ".join(parts or [meeting.raw]) + "".join(f" [{note}]" for note in notes)
