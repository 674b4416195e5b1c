"""The lines of a reading as the grammar sees them, and what kind each can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from septel.telegram.fields import Layer
from septel.text import Ground, Locus, Reading, Span


class Kind(StrEnum):
    """What a line is. The value names the part of the tree that owns it."""

    BLANK = "blank"
    RELEASE = "release"
    FRAME = "frame"
    CATALOGUE = "catalogue"
    FOOTER = "footer"
    FORM = "form"
    PAGE = "page"
    MARKING = "marking"
    BOX = "box"
    DISTRIBUTION = "distribution"
    DRAFTING = "drafting"
    DASHES = "dashes"
    REMARK = "remark"
    ROUTING = "routing"
    PREAMBLE = "preamble"
    FROM = "from"
    TO = "to"
    INFO = "info"
    EXEMPT = "exempt"
    CLASS = "class"
    CAPTION = "caption"
    SERIES = "series"
    EO = "executive_order"
    TAGS = "tags"
    SUBJECT = "subject"
    REFERENCE = "reference"
    PASS = "pass"
    ATTENTION = "attention"
    TEXT = "text"
    SIGNATURE = "signature"
    UNPLACED = "unplaced"


LAYERS: dict[Kind, Layer] = {
    Kind.BLANK: Layer.BLANK,
    Kind.RELEASE: Layer.RELEASE,
    Kind.FRAME: Layer.CATALOGUE,
    Kind.CATALOGUE: Layer.CATALOGUE,
    Kind.FOOTER: Layer.FORM,
    Kind.FORM: Layer.FORM,
    Kind.PAGE: Layer.FORM,
    Kind.MARKING: Layer.FORM,
    Kind.BOX: Layer.FORM,
    Kind.DISTRIBUTION: Layer.FORM,
    Kind.DRAFTING: Layer.FORM,
    Kind.DASHES: Layer.FORM,
    Kind.REMARK: Layer.FORM,
    Kind.ROUTING: Layer.TRANSMISSION,
    Kind.PREAMBLE: Layer.TRANSMISSION,
    Kind.TEXT: Layer.TEXT,
    Kind.SIGNATURE: Layer.TEXT,
    Kind.UNPLACED: Layer.UNPLACED,
}
"""Kinds that are not listed belong to the heading."""

# Marks of a bad copy: characters that no teletype has, and capitals and small letters mixed in one word.
_DAMAGE = re.compile(r"[^\x20-\x7e\u2018-\u201d\u2013\u2014]|[{}\[\]\\|~<>^_`]|[a-z][A-Z]|[A-Z]{2}[a-z]")
_FULL = re.compile(r"Message Attributes|Declassified/Released")


@dataclass(slots=True)
class Line:
    """One line of the reading; `kind`, `continues` and `section` are filled by the grammar.

    Attributes:
        number: from one.
        text: the line without spaces at its ends.
        seen: the same line of the source, before any edit: what a restorer takes for noise may be a label.
        start: where `text` begins in the reading.
        span: the whole line in the source.
        page: from one.
        gap: whether a blank line, or the beginning, stands before it.
        indent: how many spaces stood before `text`.
        kind: what it is.
        continues: whether it carries on the line of its kind before it.
        section: index of the section it belongs to.
    """

    number: int
    text: str
    seen: str
    start: int
    span: Span
    page: int
    gap: bool
    indent: int
    kind: Kind = Kind.BLANK
    continues: bool = False
    section: int = 0


def lines_of(reading: Reading) -> list[Line]:
    """The lines of a reading, one per line of its source."""
    source = reading.source
    pages = source.pages
    many = len(pages) > 1
    page_ends = [page.end for page in pages]
    decisions = (edit for edit in reading.edits if edit.reason.ground is Ground.DECISION)
    settled = {source.line_at(edit.span.start) for edit in decisions}
    lines: list[Line] = []
    gap = True
    page = 1
    spans = reading.lines if reading.edits else source.lines
    full = reading.text
    for number, (span, whole) in enumerate(zip(spans, source.lines, strict=True), 1):
        raw = full[span.start : span.end]
        text = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if text else 0
        if many:
            while page < len(pages) and whole.start >= page_ends[page - 1]:
                page += 1
        # What a person decided stands; what a restorer made of a line does not hide what the page shows.
        seen = whole.of(source.text).strip() if reading.edits and number not in settled else text
        lines.append(Line(number, text, seen, span.start + indent, whole, page, gap, indent))
        gap = not text and not seen
    return lines


def is_noisy(text: str) -> bool:
    """Whether a source as a whole was read from a bad copy: damage on more than one line in twelve."""
    attributes = text.find("Message Attributes")
    message = text if attributes < 0 else text[:attributes]
    if not _DAMAGE.search(message):
        return False
    full = [line for line in message.split("\n") if line.strip()]
    damaged = sum(1 for line in full if _DAMAGE.search(line) and not _FULL.search(line))
    return damaged * 12 > len(full)


def locus_in(reading: Reading, line: Line, start: int, end: int) -> Locus:
    """Where in the source the stretch `start` to `end` of a line's text comes from."""
    if not reading.edits:
        return Locus(reading.source.id, Span(line.start + start, line.start + end))
    return reading.locus(Span(line.start + start, line.start + end))


def seen_locus(reading: Reading, line: Line, end: int) -> Locus:
    """The first `end` characters of a line as the source has them."""
    whole = line.span.of(reading.source.text)
    start = line.span.start + len(whole) - len(whole.lstrip())
    return Locus(reading.source.id, Span(start, start + end))


def locus_of(reading: Reading, line: Line) -> Locus:
    """The whole line, as a place in the source."""
    return Locus(reading.source.id, line.span)


def runs(reading: Reading, lines: list[Line]) -> tuple[Locus, ...]:
    """One locus per unbroken run of lines; blank lines between do not break a run."""
    loci: list[Span] = []
    last = 0
    for line in lines:
        if loci and line.number - last == 1:
            loci[-1] = Span(loci[-1].start, line.span.end)
        else:
            loci.append(line.span)
        last = line.number
    return tuple(Locus(reading.source.id, span) for span in loci)
