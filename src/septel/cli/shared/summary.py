"""A telegram in a few words: its title, its heading field by field, its paragraphs by their labels."""

from __future__ import annotations

import calendar
from collections.abc import Iterable

from septel.pipeline import summary_of
from septel.record import NextMeeting
from septel.telegram import Addressee, DateTime, Field, Heading, SeriesNumber, Telegram, doubted_fields
from septel.text import DOUBT

WIDTH = 100
"""Characters of a paragraph that an outline shows."""
_ROWS = {
    "identifier": "telegram",
    "post": "from",
    "dtg": "date-time group",
    "classification": "classification",
    "subject": "subject",
}
"""The rows that bear their mark as a whole, by the names of `doubted_fields`."""


def series_shown(field: Field[SeriesNumber]) -> str:
    """A series number with the readings that it also allows."""
    readings = dict.fromkeys(f"{n.series} {n.number}" for n in (field.value, *field.alternatives))
    return " or ".join(readings)


def fields_shown(telegram: Telegram) -> list[tuple[str, str]]:
    """The heading's fields that were found, in the order of a telegram."""
    heading, summary = telegram.heading, summary_of(telegram)
    doubted = {_ROWS[name] for name in doubted_fields(heading) if name in _ROWS}
    sections = ", ".join(f"{s.n or '?'} of {s.of or '?'}" for s in telegram.sections if s.of)
    rows: list[tuple[str, str | None]] = [
        ("telegram", summary.identifier),
        ("from", summary.post),
        ("date-time group" if heading.sent else "date", _sent_shown(heading.sent) or _day_shown(heading)),
        ("to", "; ".join(map(_receiver_shown, heading.action))),
        ("info", "; ".join(map(_receiver_shown, heading.info))),
        ("classification", summary.classification),
        ("captions", ", ".join(summary.captions)),
        ("series", "; ".join(map(series_shown, heading.series))),
        ("sections", sections),
        ("pass to", "; ".join(", ".join(s.name for s in p.to) for p in heading.passing)),
        ("E.O.", heading.executive_order.value if heading.executive_order else None),
        ("TAGS", ", ".join(heading.tags.value) if heading.tags else None),
        ("subject", summary.subject),
        ("reference", "; ".join(f"{f.value}{DOUBT if f.doubtful else ''}" for f in heading.references)),
        ("signed", _signer_shown(telegram.signature)),
        ("released", "; ".join(_whole(mark.value for mark in telegram.releases))),
        ("lines unplaced", str(len(telegram.unplaced)) if telegram.unplaced else None),
    ]
    return [(name, f"{value}{DOUBT}" if name in doubted else value) for name, value in rows if value]


def _receiver_shown(one: Addressee) -> str:
    return f"{one.station.name}{DOUBT if one.doubtful else ''}"


def _signer_shown(field: Field[str] | None) -> str | None:
    return f"{field.value}{DOUBT if field.doubtful else ''}" if field else None


def _day_shown(heading: Heading) -> str | None:
    return f"{heading.date.value}{DOUBT if heading.date.doubtful else ''}" if heading.date else None


def _sent_shown(sent: Field[DateTime] | None) -> str | None:
    """When it was sent; as it stands on the page where that is no whole date and time."""
    if sent is None:
        return None
    return sent.value.iso if sent.value.year and "T" in sent.value.iso else f"{sent.raw} (as it stands)"


def _whole(values: Iterable[str]) -> list[str]:
    """Each value once, without those that only begin another: a stamp that was cut off on one page."""
    found = list(dict.fromkeys(values))
    return [one for one in found if not any(other != one and other.startswith(one) for other in found)]


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


def meeting_shown(meeting: NextMeeting) -> str:
    """A meeting in words; what the telegram does not say is left out."""
    date = None
    if meeting.day is not None:
        month = calendar.month_name[meeting.month] if meeting.month else ""
        date = " ".join(str(part) for part in (meeting.day, month, meeting.year or "") if part)
    parts = [part for part in (meeting.place, meeting.weekday, date, meeting.time) if part]
    notes = [finding.what for finding in meeting.findings]
    return ", ".join(parts or [meeting.raw]) + "".join(f" [{note}]" for note in notes)
