"""The telegram's own order beside its text: what the heading says, which parts it has, what it refers to."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

from septel.archive import Holding
from septel.archive.model import shown_field, shown_reference
from septel.capture import PageOutcome
from septel.record import findings
from septel.telegram import AddresseeJson, Marking, TelegramJson, marked_field, marking_of, parse
from septel.telegram.output import ParagraphJson, PassageJson
from septel.text import Locus, Span, marked_passage, marked_value, shortened

WORDS = 56
"""Characters of a part that the outline shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """A name and what the telegram says under it, with the line that says so where one line does.

    `shown` is the same with its marks of doubt, where the value is looked up as it is.
    """

    name: str
    value: str
    line: int | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """A part of the text: its label, how deep it lies, its first words, and where it begins."""

    label: str
    depth: int
    words: str
    line: int


def heading_of(holding: Holding, tree: TelegramJson | None) -> list[OutlineRow]:
    """The heading's fields that were found, for people; without a tree, those that the list shows."""
    rows = [
        _row(holding, tree, "Telegram", "identifier", "number"),
        _row(holding, tree, "From", "post", "originator"),
        _row(holding, tree, "Date-time group", "dtg", "sent"),
    ]
    if tree is not None:
        rows += _receivers(holding, tree)
    rows.append(_row(holding, tree, "Subject", "subject", "subject"))
    if tree is not None:
        rows += _marked(holding, marking_of(tree))
        rows += _further(holding, tree)
    else:
        rows.append(
            OutlineRow(
                name="Classified",
                value=", ".join([shown_field(holding, "classification"), *holding.captions]),
            )
        )
    if holding.meeting:
        rows.append(
            OutlineRow(
                name="Next meeting",
                value=_worded(holding, meeting_of(holding.meeting), holding.meeting.get("locus")),
                line=_line(holding, holding.meeting.get("locus")),
            )
        )
    return [row for row in rows if row.value.strip(" ,")]


def _row(holding: Holding, tree: TelegramJson | None, name: str, column: str, field: str) -> OutlineRow:
    """A field of the heading, as a person corrected it, or with the mark of doubt if it is doubtful."""
    return OutlineRow(name=name, value=shown_field(holding, column), line=_at(holding, tree, field))


def _at(holding: Holding, tree: TelegramJson | None, field: str) -> int | None:
    found = getattr(tree.heading, field) if tree is not None else None
    return _line(holding, found.locus) if found is not None else None


def _receivers(holding: Holding, tree: TelegramJson) -> list[OutlineRow]:
    rows: list[OutlineRow] = []
    for role, name in (("action", "To"), ("info", "Info")):
        found = [a for a in tree.heading.addressees if a.role == role]
        if found:
            stations = "; ".join(dict.fromkeys(_receiver(holding, one) for one in found))
            rows.append(OutlineRow(name=name, value=stations, line=_line(holding, found[0].locus)))
    for request in tree.heading.passing[:1]:
        stations = ", ".join(_worded(holding, station.name, request.locus) for station in request.to)
        rows.append(OutlineRow(name="To be passed to", value=stations, line=_line(holding, request.locus)))
    return rows


def _receiver(holding: Holding, one: AddresseeJson) -> str:
    return marked_field(one, one.station.name, holding.reading)


def _worded(holding: Holding, value: str, locus: object) -> str:
    """What is taken from the text, with the marks that its words have there."""
    place = _place(locus)
    return value if place is None else marked_value(holding.reading, place, value)


def _marked(holding: Holding, marking: Marking) -> list[OutlineRow]:
    then = ", ".join([shown_field(holding, "classification"), *marking.captions])
    rows = [OutlineRow(name="Marked when sent", value=then.strip(", "))]
    stamps = "; ".join(dict.fromkeys(stamp.value for stamp in marking.stamps))
    if stamps:
        note = " (the stamps differ)" if marking.contradicted else ""
        line = _line(holding, str(marking.stamps[0].locus))
        rows.append(OutlineRow(name="Stamped later", value=stamps + note, line=line))
    return rows


def _further(holding: Holding, tree: TelegramJson) -> list[OutlineRow]:
    heading = tree.heading
    sections = ", ".join(f"{s.n or '?'} of {s.of}" for s in tree.sections if s.of)
    rows = [OutlineRow(name="Sections", value=sections)]
    for field in heading.series:
        readings = dict.fromkeys(f"{n.series} {n.number}" for n in (field.value, *field.alternatives))
        rows.append(OutlineRow(name="Series", value=" or ".join(readings), line=_line(holding, field.locus)))
    if heading.tags:
        rows.append(
            OutlineRow(name="TAGS", value=", ".join(heading.tags.value), line=_at(holding, tree, "tags"))
        )
    if tree.signature:
        rows.append(
            OutlineRow(
                name="Signed",
                value=marked_field(tree.signature, tree.signature.value, holding.reading),
                line=_line(holding, tree.signature.locus),
            )
        )
    return rows


def outline_of(holding: Holding, tree: TelegramJson | None) -> list[OutlineEntry]:
    """The parts of the text in their order, each with its first words, doubts marked."""
    if tree is None:
        return []
    entries: list[OutlineEntry] = []
    for name, passage in (("Summary", tree.summary), ("Opening", tree.opening)):
        if passage and passage.lines and passage.paragraph is None:
            entries.append(_entry(holding, name, 0, passage))
    for paragraph in tree.paragraphs:
        if paragraph.lines:
            depth = paragraph.path.count(".")
            role = f" ({', '.join(paragraph.roles)})" if paragraph.roles else ""
            label = paragraph.path + role
            entries.append(_entry(holding, label, depth, paragraph))
    if tree.comment and tree.comment.lines and tree.comment.paragraph is None:
        entries.append(_entry(holding, "Comment", 0, tree.comment))
    return sorted(entries, key=lambda entry: entry.line)


def _entry(holding: Holding, label: str, depth: int, part: PassageJson | ParagraphJson) -> OutlineEntry:
    words = marked_passage(holding.reading, [Locus.parse(one).span for one in part.loci], part.text)
    return OutlineEntry(label=label, depth=depth, words=shortened(words, WORDS), line=part.lines[0])


def labels_of(tree: TelegramJson | None) -> Mapping[int, str]:
    """The label that stands in the margin of the line where a part begins."""
    if tree is None:
        return {}
    return {p.lines[0]: p.path for p in reversed(tree.paragraphs) if p.lines}


def references_of(holding: Holding) -> list[OutlineRow]:
    """What the telegram refers to, each once, where it is first named."""
    rows: dict[str, OutlineRow] = {}
    for reference in holding.references:
        shown = str(reference.get("normal") or reference.get("raw") or "")
        if shown and shown not in rows:
            kind, line = str(reference.get("kind", "")), _line(holding, reference.get("locus"))
            said = shown_reference(holding, shown, _place(reference.get("locus")))
            rows[shown] = OutlineRow(name=kind, value=shown, line=line, shown=said)
    return list(rows.values())


def sections_of(tree: TelegramJson | None) -> list[OutlineEntry]:
    """The transmitted sections, where there are several."""
    if tree is None or len(tree.sections) < 2:
        return []
    return [
        OutlineEntry(
            label=f"{one.n or '?'}", depth=0, words=f"of {one.of}" if one.of else "", line=one.lines[0]
        )
        for one in tree.sections
    ]


def findings_of(holding: Holding) -> list[OutlineRow]:
    """What the telegram contradicts of itself, or of its time, with the line."""
    reading = holding.reading
    return [
        OutlineRow(name="check", value=one.what, line=holding.source.line_at(one.locus.span.start))
        for one in findings(parse(reading), reading)
    ]


def missing_of(holding: Holding) -> list[str]:
    """Pages that were not read, and why; nothing vanishes unsaid."""
    return [
        f"Page {a.number} was not read: {a.fault}" if a.fault else f"Page {a.number} was not read"
        for a in holding.accounts
        if a.outcome is PageOutcome.FAILED
    ]


def meeting_of(meeting: Mapping[str, object]) -> str:
    """The next meeting: place, weekday, date and hour as far as the telegram says; else its own words."""
    month = meeting.get("month")
    date = (meeting.get("day"), calendar.month_name[int(str(month))] if month else None, meeting.get("year"))
    shown = " ".join(str(part) for part in date if part)
    parts = (meeting.get("place"), meeting.get("weekday"), shown, meeting.get("time"))
    return ", ".join(str(part) for part in parts if part) or str(meeting.get("raw", ""))


def _place(locus: object) -> Span | None:
    """A locus as the catalogue keeps it: in its short form, or as a table."""
    if isinstance(locus, str):
        return Locus.parse(locus).span
    if isinstance(locus, Mapping) and isinstance(span := locus.get("span"), Mapping):
        return Span(int(span["start"]), int(span["end"]))
    return None


def _line(holding: Holding, locus: object) -> int | None:
    """The line in which something begins."""
    place = _place(locus)
    return None if place is None else holding.source.line_at(place.start)
