"""A telegram in a few words: its title, its heading field by field, its paragraphs by their labels."""

from __future__ import annotations

import calendar
from collections.abc import Iterable

from septel.pipeline import summary_of
from septel.record import NextMeeting
from septel.telegram import (
    BETWEEN,
    Addressee,
    DateTime,
    Field,
    Paragraph,
    Passage,
    PassInstruction,
    SeriesNumber,
    Telegram,
    doubted_fields,
    marked_field,
)
from septel.text import Reading, marked_passage, marked_value, shortened

_RELEASES = frozenset({"release stamp", "current marking"})
"""The kinds of reviewers' marks that tell a release."""
WIDTH = 100
"""Characters of a paragraph that an outline shows."""


def series_shown(field: Field[SeriesNumber]) -> str:
    """A series number with the readings that it also allows."""
    readings = dict.fromkeys(f"{n.series} {n.number}" for n in (field.value, *field.alternatives))
    return " or ".join(readings)


def fields_shown(telegram: Telegram, reading: Reading) -> list[tuple[str, str]]:
    """The heading's fields that were found, in the order of a telegram, with the marks of their doubts."""
    heading, summary = telegram.heading, summary_of(telegram)
    date = _sent_shown(heading.sent) or (heading.date.value if heading.date else None)
    values = {
        "identifier": summary.identifier,
        "post": summary.post,
        "dtg": date,
        "subject": summary.subject,
        "classification": summary.classification,
        "to": _each(heading.action),
        "info": _each(heading.info),
        "references": BETWEEN.join(one.value for one in heading.references),
    }
    shown = values | doubted_fields(heading, reading, values)
    sections = ", ".join(f"{s.n or '?'} of {s.of or '?'}" for s in telegram.sections if s.of)
    rows: list[tuple[str, str | None]] = [
        ("telegram", shown["identifier"]),
        ("from", shown["post"]),
        ("date-time group" if heading.sent else "date", shown["dtg"]),
        ("to", shown["to"]),
        ("info", shown["info"]),
        ("classification", shown["classification"]),
        ("captions", ", ".join(summary.captions)),
        ("series", "; ".join(map(series_shown, heading.series))),
        ("sections", sections),
        ("pass to", "; ".join(_passed_to(one, reading) for one in heading.passing)),
        ("E.O.", heading.executive_order.value if heading.executive_order else None),
        ("TAGS", ", ".join(heading.tags.value) if heading.tags else None),
        ("subject", shown["subject"]),
        ("reference", shown["references"]),
        ("signed", _signer_shown(telegram.signature, reading)),
        ("released", "; ".join(_whole(one.value for one in telegram.releases if one.kind in _RELEASES))),
        ("lines unplaced", str(len(telegram.unplaced)) if telegram.unplaced else None),
    ]
    return [(name, value) for name, value in rows if value]


def _each(stations: Iterable[Addressee]) -> str:
    return BETWEEN.join(one.station.name for one in stations)


def _passed_to(one: PassInstruction, reading: Reading) -> str:
    return ", ".join(marked_value(reading, one.locus.span, station.name) for station in one.to)


def _signer_shown(field: Field[str] | None, reading: Reading) -> str | None:
    return marked_field(field, field.value, reading) if field else None


def _sent_shown(sent: Field[DateTime] | None) -> str | None:
    """When it was sent; as it stands on the page where that is no whole date and time."""
    if sent is None:
        return None
    return sent.value.iso if sent.value.year and "T" in sent.value.iso else f"{sent.raw} (as it stands)"


def _whole(values: Iterable[str]) -> list[str]:
    """Each value once, without those that only begin another: a stamp that was cut off on one page."""
    found = list(dict.fromkeys(values))
    return [one for one in found if not any(other != one and other.startswith(one) for other in found)]


def outline(telegram: Telegram, reading: Reading) -> list[str]:
    """The parts of the text by their labels, each with its first words, doubts marked."""
    lines: list[str] = []
    if telegram.summary:
        lines.append(_cut("summary", telegram.summary, reading))
    lines += [_cut(p.path, p, reading) for p in telegram.paragraphs]
    if telegram.comment and telegram.comment.paragraph is None:
        lines.append(_cut("comment", telegram.comment, reading))
    return lines


def _cut(label: str, part: Passage | Paragraph, reading: Reading) -> str:
    words = marked_passage(reading, [one.span for one in part.loci], part.text)
    return f"{label:8}{shortened(words, WIDTH)}"


def meeting_shown(meeting: NextMeeting, reading: Reading) -> str:
    """A meeting in words; what the telegram does not say is left out."""
    date = None
    if meeting.day is not None:
        month = calendar.month_name[meeting.month] if meeting.month else ""
        date = " ".join(str(part) for part in (meeting.day, month, meeting.year or "") if part)
    parts = [part for part in (meeting.place, meeting.weekday, date, meeting.time) if part]
    notes = [finding.what for finding in meeting.findings]
    told = marked_value(reading, meeting.locus.span, ", ".join(parts or [meeting.raw]))
    return told + "".join(f" [{note}]" for note in notes)
