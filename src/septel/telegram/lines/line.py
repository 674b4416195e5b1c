"""The lines of a reading as the grammar sees them, and what kind each can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from septel.telegram.lines.blank_lines import FAR, usual_blanks
from septel.telegram.model import Layer, new_locus, new_span
from septel.text import Ground, Locus, Reading, Span, State


class LineKind(StrEnum):
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
    DOWNGRADING = "downgrading"
    UNPLACED = "unplaced"


LAYERS: dict[LineKind, Layer] = {
    LineKind.BLANK: Layer.BLANK,
    LineKind.RELEASE: Layer.RELEASE,
    LineKind.FRAME: Layer.CATALOGUE,
    LineKind.CATALOGUE: Layer.CATALOGUE,
    LineKind.FOOTER: Layer.FORM,
    LineKind.FORM: Layer.FORM,
    LineKind.PAGE: Layer.FORM,
    LineKind.MARKING: Layer.FORM,
    LineKind.BOX: Layer.FORM,
    LineKind.DISTRIBUTION: Layer.FORM,
    LineKind.DRAFTING: Layer.FORM,
    LineKind.DASHES: Layer.FORM,
    LineKind.REMARK: Layer.FORM,
    LineKind.ROUTING: Layer.TRANSMISSION,
    LineKind.PREAMBLE: Layer.TRANSMISSION,
    LineKind.TEXT: Layer.TEXT,
    LineKind.SIGNATURE: Layer.TEXT,
    LineKind.UNPLACED: Layer.UNPLACED,
}
"""Kinds that are not listed belong to the heading."""

# A member costs more to look up than a name, and there are two hundred million lines.
_UNPLACED = LineKind.UNPLACED
# Marks of a bad copy: characters that no teletype has, and capitals and small letters mixed in one word.
_MARKS = b"{}[]\\|~<>^_`\t\r\f\v\0\x7f"
_DAMAGE = re.compile(
    r"[^\x20-\x7e\u2018-\u201d\u2013\u2014]|[{}\[\]\\|~<>^_`]|[a-z][A-Z]|[A-Z]{2}[a-z]|\s[.,;:']$"
    r"|\d[OlI]|[Ol]\d"
)
# A letter for a figure shows first in counts of offices and in page numbers.
_MISREAD = re.compile(r"-(?:O[0-3]|[01]O)")
_STAMP = "Declassified/Released"
_FRAMES = frozenset({"Message Text", "Message Attributes"})
ATTRIBUTES = "Message Attributes"
"""The line that ends a released telegram of 1973-79 and opens the archive's own data on it."""


class TelegramLine:
    """One line of the reading that is not blank; `kind`, `continues` and `section` are filled by the grammar.

    Attributes:
        number: from one, in the source.
        text: the line without spaces at its ends.
        seen: the same line of the source, before any edit: what a restorer takes for noise may be a label.
        start: where `text` begins in the reading.
        begin: where the whole line begins in the source.
        end: where the whole line ends in the source.
        page: from one.
        gap: whether a blank line, or the beginning, stands before it.
        indent: how many spaces stood before `text`.
        kind: what it is.
        continues: whether it carries on the line of its kind before it.
        section: index of the section it belongs to.
        indent_seen: how many spaces stand before `seen` in the source.
        own: whether `text` and `start` are the source's own, since the reading hid a plain form.
    """

    __slots__ = (
        "begin",
        "continues",
        "end",
        "gap",
        "indent",
        "indent_seen",
        "kind",
        "number",
        "own",
        "page",
        "section",
        "seen",
        "start",
        "text",
    )

    def __init__(
        self,
        number: int,
        text: str,
        seen: str,
        start: int,
        begin: int,
        end: int,
        page: int,
        gap: bool,
        indent: int,
    ) -> None:
        self.number = number
        self.text = text
        self.seen = seen
        self.start = start
        self.begin = begin
        self.end = end
        self.page = page
        self.gap = gap
        self.indent = indent
        self.kind = _UNPLACED
        self.continues = False
        self.section = 0
        self.own = False
        self.indent_seen = 0

    def unread(self) -> TelegramLine:
        """The same line before the grammar has said what it is."""
        fresh = TelegramLine(
            self.number,
            self.text,
            self.seen,
            self.start,
            self.begin,
            self.end,
            self.page,
            self.gap,
            self.indent,
        )
        fresh.own, fresh.indent_seen = self.own, self.indent_seen
        return fresh

    @property
    def span(self) -> Span:
        """The whole line in the source."""
        return Span(self.begin, self.end)


@dataclass(frozen=True, slots=True)
class TelegramLines:
    """The lines of a reading, sorted into those that a telegram is made of and the archive's own.

    Most lines of a released file are blank or attributes; they are counted and kept, but no rule is tried
    on them.

    Attributes:
        count: how many lines the source has.
        lines: the lines that are not blank, up to the attributes and without them.
        attributes: number and text of each line of the attribute block.
    """

    count: int
    lines: list[TelegramLine]
    attributes: list[tuple[int, str]]


def sheet_of(reading: Reading) -> TelegramLines:
    """The lines of a reading, one per line of its source; blank ones are only counted."""
    if reading.text != reading.source.text:
        return _restored_sheet(reading)
    sheet = _plain_sheet(reading)
    for line in sheet.lines if reading.edits else ():  # doubts of what stands
        line.indent_seen = 0 if line.kind is LineKind.CATALOGUE else line.indent
    return sheet


def _plain_sheet(reading: Reading) -> TelegramLines:
    """The lines of a text that nobody changed: reading and source are one."""
    source = reading.source
    rows = _rows(source.text)
    texts = list(map(str.strip, rows))
    framed = ATTRIBUTES in texts
    page_ends = [page.end for page in source.pages]
    last_page = len(page_ends)
    lines: list[TelegramLine] = []
    attributes: list[tuple[int, str]] = []
    number, begin, page, blank, usual = 0, 0, 1, FAR, usual_blanks(texts)
    for row, text in zip(rows, texts[: texts.index(ATTRIBUTES) + 1] if framed else texts, strict=False):
        number += 1
        if not text:
            begin += len(row) + 1
            blank += 1
            continue
        end = begin + len(row)
        while page < last_page and begin >= page_ends[page - 1]:
            page += 1
        indent = 0 if row[0] == text[0] else len(row) - len(row.lstrip())
        gap, blank = blank > usual, 0
        lines.append(TelegramLine(number, text, text, begin + indent, begin, end, page, gap, indent))
        begin = end + 1
    if framed:
        _take_attributes(rows, rows, texts, lines[-1], lines, attributes)
    return TelegramLines(len(rows), lines, attributes)


def _restored_sheet(reading: Reading) -> TelegramLines:
    source = reading.source
    whole, read = _rows(source.text), _rows(reading.text)
    read += [""] * (len(whole) - len(read))
    settled = _settled(reading)
    page_ends = [page.end for page in source.pages]
    last_page = len(page_ends)
    lines: list[TelegramLine] = []
    attributes: list[tuple[int, str]] = []
    blank, page, start, begin, usual = FAR, 1, 0, 0, usual_blanks([row.strip() for row in whole])
    for number, (raw, row) in enumerate(zip(read, whole, strict=True), 1):
        text = raw.strip()
        # What is settled stands; what a restorer made of a line does not hide what the page shows.
        seen = text if number in settled else row.strip()
        end = begin + len(row)
        if text or seen:
            while page < last_page and begin >= page_ends[page - 1]:
                page += 1
            indent = len(raw) - len(raw.lstrip()) if text else 0
            gap, blank = blank > usual, 0
            line = TelegramLine(number, text, seen, start + indent, begin, end, page, gap, indent)
            line.indent_seen = len(row) - len(row.lstrip())
            lines.append(line)
            if text == ATTRIBUTES:
                _take_attributes(read, whole, [row.strip() for row in read], line, lines, attributes)
                break
        else:
            blank += 1
        begin = end + 1
        start += len(raw) + 1
    return TelegramLines(len(whole), lines, attributes)


def _settled(reading: Reading) -> frozenset[int]:
    """The lines of the source that stand as they are read: a person decided on them, or a form fixed them.

    A form fixes words; figures are held against what stands elsewhere, so the source's own are kept.
    """
    decided, fixed, others = set[int](), set[int](), set[int]()
    for edit in reading.edits:
        line = reading.source.line_at(edit.span.start)
        if edit.reason.ground is Ground.DECISION:
            decided.add(line)
        elif edit.reason.ground is Ground.HINT and edit.state is not State.DOUBTFUL:
            (others if any(map(str.isdigit, edit.before)) else fixed).add(line)
        else:
            others.add(line)
    return frozenset(decided | (fixed - others))


def _rows(text: str) -> list[str]:
    rows = text.split("\n")
    return rows if rows[-1] else rows[:-1]  # a final line end opens no further line


def _take_attributes(
    read: list[str],
    whole: list[str],
    texts: list[str],
    frame: TelegramLine,
    lines: list[TelegramLine],
    attributes: list[tuple[int, str]],
) -> None:
    """Sort what stands behind the frame: stamps and frames of the archive's form, and its attributes."""
    frame.kind = LineKind.FRAME
    first = frame.number
    later = texts[first:]
    apart = _FRAMES | _stamped(later)
    restored = read is not whole
    others = [
        (number, text)
        for number, text in enumerate(later, first + 1)
        if text or (restored and whole[number - 1].strip())
    ]
    if apart.isdisjoint(later):
        attributes += others
        return
    for number, text in others:
        if text not in apart:
            attributes.append((number, text))
            continue
        raw = read[number - 1]
        indent = len(raw) - len(raw.lstrip())
        start = frame.start - frame.indent + sum(map(len, read[first - 1 : number - 1])) + number - first
        begin = frame.begin + sum(map(len, whole[first - 1 : number - 1])) + number - first
        end = begin + len(whole[number - 1])
        line = TelegramLine(number, text, text, start + indent, begin, end, frame.page, False, indent)
        line.kind = LineKind.CATALOGUE
        lines.append(line)


def _stamped(texts: list[str]) -> set[str]:
    """The release stamps among the lines of an attribute block: no attribute's name stands before them."""
    whole = "\n".join(texts)
    found: set[str] = set()
    at = whole.find(_STAMP)
    while at >= 0:
        text = texts[whole.count("\n", 0, at)]
        if ":" not in text[: text.index(_STAMP)]:
            found.add(text)
        at = whole.find(_STAMP, at + 1)
    return found


def is_released(text: str) -> bool:
    """Whether a text is an electronic telegram as the archive released it, with its attribute block.

    Such a text was never on paper before it was text: it has no noise of a scan to be restored.
    """
    at = text.find(ATTRIBUTES)
    while at >= 0:
        line = text[text.rfind("\n", 0, at) + 1 : at], text[at + len(ATTRIBUTES) :].partition("\n")[0]
        if not any(map(str.strip, line)):
            return True
        at = text.find(ATTRIBUTES, at + 1)
    return False


def is_noisy(lines: list[TelegramLine]) -> bool:
    """Whether a source as a whole was read from a bad copy: damage on more than one line in 25."""
    rows = [line.seen for line in lines]
    seen = "\n".join(rows)
    if seen.isascii() and not _has_marks(seen):
        # Nothing that no teletype has: then only small letters within words tell.
        rows = [row for row in rows if row.upper() != row or (row[-2:-1] == " " and not row.isupper())]
    rows = [row for row in rows if _STAMP not in row and row != ATTRIBUTES]
    if len(rows) * 25 <= len(lines):
        return False
    return sum(_DAMAGE.search(row) is not None for row in rows) * 25 > len(lines)


def _has_marks(seen: str) -> bool:
    """Whether a text of plain characters has any that no teletype has."""
    if len(seen.encode("ascii").translate(None, _MARKS)) != len(seen) or seen.startswith("PAGE O"):
        return True
    return "\nPAGE O" in seen or _MISREAD.search(seen) is not None


def locus_in(reading: Reading, line: TelegramLine, start: int, end: int) -> Locus:
    """Where in the source the stretch `start` to `end` of a line's text comes from."""
    if line.own or not reading.edits:
        return new_locus(reading.source.id, new_span(line.start + start, line.start + end))
    return reading.locus(Span(line.start + start, line.start + end))


def seen_locus(reading: Reading, line: TelegramLine, end: int) -> Locus:
    """The first `end` characters of a line as the source has them."""
    whole = line.span.of(reading.source.text)
    start = line.span.start + len(whole) - len(whole.lstrip())
    return new_locus(reading.source.id, new_span(start, start + end))


def locus_of(reading: Reading, line: TelegramLine) -> Locus:
    """The whole line, as a place in the source."""
    return new_locus(reading.source.id, new_span(line.begin, line.end))


def runs(reading: Reading, lines: list[TelegramLine]) -> tuple[Locus, ...]:
    """One locus per unbroken run of lines; blank lines between do not break a run."""
    source_id = reading.source.id
    loci: list[Locus] = []
    first = last = lines[0]
    for line in lines:
        if line.number - last.number > 1:
            loci.append(new_locus(source_id, new_span(first.begin, last.end)))
            first = line
        last = line
    loci.append(new_locus(source_id, new_span(first.begin, last.end)))
    return tuple(loci)
