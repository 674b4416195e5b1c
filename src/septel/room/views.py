"""What a page of the reading room shows: lines in pieces, each piece with its edit."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

from septel.archive import Holding
from septel.export import doubtful
from septel.text import Entry, Ground, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a line, on the source side or on the restored side.

    Attributes:
        text: what is shown.
        key: the edit's number, shared by both sides; None where nothing was edited.
        kind: `changed`, `doubtful`, `unreadable`, `decided`, or empty.
        note: the edit in words, for readers who hover, focus or listen.
        entry: the edit's log entry, or None.
    """

    text: str
    key: int | None = None
    kind: str = ""
    note: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line: its number, its page when a page begins with it, and both sides in pieces."""

    number: int
    opens_page: int | None
    source: tuple[Piece, ...]
    restored: tuple[Piece, ...]
    place: Span


def kind_of(entry: Entry) -> str:
    """How an edit is shown."""
    edit = entry.edit
    assert edit is not None
    if edit.reason.ground is Ground.DECISION:
        return "decided"
    if edit.unreadable:
        return "unreadable"
    if doubtful(edit):
        return "doubtful"
    return "changed" if edit.changes and edit.after.strip() != edit.before.strip() else ""


def note_of(entry: Entry) -> str:
    """An edit in words: what was there, what is read, why, how surely, what else."""
    edit = entry.edit
    assert edit is not None
    if edit.unreadable:
        said = f"Unreadable: {edit.before!r}"
    elif edit.changes:
        said = f"{edit.before or 'nothing'!r} read as {edit.after or 'nothing'!r}"
    else:
        said = f"{edit.before!r} stands"
    parts = [said, str(edit.reason)]
    if edit.confidence:
        parts.append(
            f"right with probability {edit.confidence.probability:.2f} ({edit.confidence.calibration})"
        )
    if edit.alternatives:
        rivals = (
            f"{a.text}{f' ({a.probability:.2f})' if a.probability is not None else ''}"
            for a in edit.alternatives
        )
        parts.append("or: " + ", ".join(rivals))
    return "; ".join(parts) + f". Entry {entry.number}, by {entry.by}."


def line_views(holding: Holding) -> list[LineView]:
    """The document line by line."""
    source = holding.source
    entries = list(holding.log.active())
    pages = {page.start: number for number, page in reversed(list(enumerate(source.pages, 1)))}
    views: list[LineView] = []
    at_entry = 0
    for number, line in enumerate(source.lines, 1):
        left: list[Piece] = []
        right: list[Piece] = []
        at = line.start
        while at_entry < len(entries):
            entry = entries[at_entry]
            edit = entry.edit
            assert edit is not None
            if edit.span.end > line.end:
                break
            between = source.text[at : edit.span.start]
            if between:
                left.append(Piece(text=between))
                right.append(Piece(text=between))
            kind, note = kind_of(entry), note_of(entry)
            shown = f"[…{edit.extent or ''}]" if edit.unreadable else edit.after
            left.append(Piece(text=edit.before, key=entry.number, kind=kind, note=note, entry=entry))
            right.append(Piece(text=shown, key=entry.number, kind=kind, note=note, entry=entry))
            at = edit.span.end
            at_entry += 1
        rest = source.text[at : line.end]
        if rest:
            left.append(Piece(text=rest))
            right.append(Piece(text=rest))
        views.append(
            LineView(
                number=number,
                opens_page=pages.get(line.start),
                source=tuple(left),
                restored=tuple(right),
                place=line,
            )
        )
    return views


def counted(holding: Holding) -> Mapping[str, int]:
    """How many edits of each kind the reading rests on."""
    out = {"changed": 0, "doubtful": 0, "unreadable": 0, "decided": 0}
    for entry in holding.log.active():
        kind = kind_of(entry)
        if kind:
            out[kind] += 1
    return out


def heading_of(holding: Holding) -> list[tuple[str, str]]:
    """The heading's fields that were found, for people."""
    pairs = [
        ("Telegram", holding.identifier),
        ("From", holding.post),
        ("Date-time group", holding.dtg),
        ("Subject", holding.subject),
        ("Classification", holding.classification),
        ("Captions", ", ".join(holding.captions)),
    ]
    if holding.meeting:
        pairs.append(("Next meeting", meeting_of(holding.meeting)))
    return [(name, value) for name, value in pairs if value]


def meeting_of(meeting: Mapping[str, object]) -> str:
    """The next meeting: place, weekday, date and hour, as far as the telegram says."""
    month = meeting.get("month")
    date = (meeting.get("day"), calendar.month_name[int(str(month))] if month else None, meeting.get("year"))
    shown = " ".join(str(part) for part in date if part)
    parts = (meeting.get("place"), meeting.get("weekday"), shown, meeting.get("time"))
    return ", ".join(str(part) for part in parts if part) or str(meeting.get("raw", ""))
