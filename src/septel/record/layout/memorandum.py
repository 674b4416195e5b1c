"""Reads memoranda of conversation and edited documents as *Foreign Relations* prints them.

One line is one paragraph, unless a typist broke the text into lines. A numbered title,
a dateline, lists of subject and participants, headings of topics, paragraphs, and notes below a rule. Source
of the form: *Foreign Relations* 1964-76.
"""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.layout.document import (
    INFORMATION_REPORT,
    DocumentLayout,
    LayoutBlock,
    Role,
    report_source,
)
from septel.record.layout.headings import PrintHeading, date_in, dateline_of, heading_of, is_prefatory
from septel.record.layout.lists import OpeningLists, is_heading, is_topic, prose_of
from septel.record.layout.parties import between_governments, within_one_government
from septel.record.layout.patterns import cue
from septel.record.layout.prose import Prose, ReadingText
from septel.record.layout.typed_lines import TypedLines
from septel.record.model import Excerpt
from septel.text import Reading

_PAGE = re.compile(r"^\[Page [\dA-Z]+\]$")
_RULE = re.compile(r"^-{3,}\s*Notes\s*-{3,}|^_{5,}$")
_DRAFTED = cue("memoranda.drafted")
_GIVEN = cue("memoranda.given")
_FIELD = re.compile(
    r"(?:\d{1,6}\.\s*)?(?:Subj(?:ect)?|Refs?|Reftels?|References?|Re|Pass|Depts?|Deptels?) ?: ?"
    r"(?P<rest>(?:[^.]|\.(?=\S)|(?<=\b[A-Z])\.|(?<=\bNo)\.){1,200}?)(?:\.(?=\s+[A-Z0-9]|$)|$)"
)
_SERIAL = re.compile(r"(?:\d{3,6}|[A-Z][a-z]+ \d{1,4})\.\s+(?=\S)")
_OMITTED = re.compile(r"^\[(?:Omitted|Here follows|\d+ (?:lines?|paragraphs?))[^\]]*(?:\]\W*)?$")
_MEETING_NUMBER = re.compile(r"[A-Z]+(?:/[A-Z]+)*[/–-]\d+\s+(?=[A-Z][a-z])")
"""The number of a meeting before its place and date: `SET/MC/35 London, June 25, 1962`."""
_PREFATORY = 3
_LONGEST_DATELINE = 110
_SPEAKS = re.compile(r"^(?:letters?|messages?|note|aide-mémoire|oral (?:note|statement))$")
_POST = re.compile(r"the (?:(?:\w+ )?Embassy|Legation|Department|Delegation|Mission|Consulate)\b")
_ENDS_WORDS = re.compile(r"\s*(?:\b(?:top secret|secret|confidential|restricted|priority|us urgent)\b\s*)+$")


def is_memorandum(reading: Reading) -> bool:
    """Whether a document has the heading of an edited one: its kind in words, before any telegraphic line."""
    return heading_of([line.strip() for line in reading.line_texts]) is not None


def read(carried: ReadingText) -> DocumentLayout:
    """Lay out an edited document."""
    lines = [span.of(carried.text).strip() for span in carried.lines]
    end = next((i for i, line in enumerate(lines) if _RULE.match(line)), len(lines))
    heading = heading_of(lines[:end]) or PrintHeading(0, "document")
    drafted = _DRAFTED.search(" ".join(lines[end:]))
    title = lines[heading.line] if lines else ""
    paper = DocumentLayout(
        kind=heading.kind,
        title=re.sub(r"\s*\[\d+\]$", "", title),
        carried=carried,
        blocks=(),
        heading=prose_of(carried, heading.line, "heading"),
        drafter=drafted.group("name") if drafted else "",
        sender=_named(carried, heading.line, heading.sender),
        addressee=_named(carried, heading.line, heading.addressee),
        source=(report_source(carried.text) or "") if heading.kind == INFORMATION_REPORT else "",
    )
    paper = _dated(paper, title)
    return _Layout(carried, lines, end, heading.line + 1, _giver(paper)).fill(paper)


def _named(carried: ReadingText, line: int, place: tuple[int, int] | None) -> Excerpt | None:
    """The words of a heading at a place of its line."""
    if place is None:
        return None
    prose = prose_of(carried, line, "heading")
    words = carried.lines[line].of(carried.text).strip()[slice(*place)]
    at = prose.text.find(" ".join(words.split()))
    return prose.excerpt(at, at + len(" ".join(words.split()))) if at >= 0 and words.strip() else None


def _giver(paper: DocumentLayout) -> Excerpt | None:
    """Who speaks by a letter, a note or a message to another government; None of other papers."""
    if paper.sender is None:
        return None
    if paper.kind == "telegram" and between_governments(paper.sender, paper.addressee):
        return paper.sender
    if not _SPEAKS.search(paper.kind):
        return None
    if paper.kind in ("letter", "message") and _POST.match(paper.sender.words):
        return None
    if paper.kind == "aide-mémoire":
        return paper.sender
    return None if within_one_government(paper.sender, paper.addressee) else paper.sender


def _dated(paper: DocumentLayout, line: str) -> DocumentLayout:
    """With the date that a line tells, if none was told before."""
    told = date_in(line) if paper.date is None else None
    return paper if told is None else replace(paper, date=told[0], time=told[1])


_LABEL = re.compile(
    r"\(?(?:(?P<number>\d{1,2})|(?P<roman>[IVX]{1,4})|(?P<letter>[A-Za-z]))[.)]\s+"
    r"(?!(?:said|says|asked|told|thinks?|thought|will|would|is|was|has|had|replied|agreed|wants?|mentioned)\b)(?=[\w“\"])"
    r"|(?P<dash>[—–•-])\s*(?=\w)"
)
_COMMENTS = re.compile(r"(?:\d+\.\s*)?\W*COMMENTS?\s*[:.—]")
_ENDS_COMMENT = re.compile(r"\bEND (?:OF )?COMMENT\b")


class _Layout:
    """One walk over the lines between title and notes."""

    def __init__(
        self, carried: ReadingText, lines: list[str], end: int, start: int, giver: Excerpt | None = None
    ) -> None:
        self._carried = carried
        self._lines = lines
        self._end = end
        self._start = start
        self._giver = giver
        self._raw = [
            "" if _PAGE.match(line) else span.of(carried.text)
            for line, span in zip(lines, carried.lines, strict=True)
        ]
        self._typed = TypedLines.of(self._raw[start:end])
        self._lists = OpeningLists(carried)
        self._blocks: list[LayoutBlock] = []
        self._topic: Excerpt | None = None
        self._closing: Prose | None = None
        self._commenting = False
        self._number = 0

    def fill(self, paper: DocumentLayout) -> DocumentLayout:
        """The paper with its lists, paragraphs and signer."""
        telegram = paper.kind == "telegram"
        taken = self._start
        for i in range(self._start, self._end):
            line = self._lines[i]
            if i < taken or not line or _PAGE.match(line) or _OMITTED.match(line):
                continue
            if self._prefatory() and OpeningLists.heads(line):
                self._blocks.clear()  # a number of the meeting, the name of a journey, over the list
            if not self._blocks:
                dated = self._dateline(paper, i, line)
                if dated is not None:
                    paper = dated
                    continue
                if is_prefatory(line):
                    continue
                if self._lists.take(i, line):
                    self._topic = self._topic or self._lists.topic
                    continue
            if line.startswith("•"):
                continue
            self._lists.end()
            run = self._run(i)
            taken = run.stop
            if len(run) == 1 and is_heading(line):
                self._heading(i, line)
                continue
            self._paragraph(run, line, telegram)
        closing = self._closing.excerpt(0, len(self._closing.text)) if self._closing is not None else None
        signer = None if paper.kind.startswith("memorandum") else closing
        return replace(
            paper,
            blocks=tuple(self._blocks),
            listed=tuple(self._lists.listed),
            subject=self._lists.subject,
            signer=signer,
            closing=closing,
        )

    def _prefatory(self) -> bool:
        """Whether only lines stand so far that are no sentences."""
        return 0 < len(self._blocks) <= _PREFATORY and all(
            len(b.prose.text) < 220 and (b.prose.text.rstrip()[-1:] not in ".:?!" or is_topic(b.prose.text))
            for b in self._blocks
        )

    def _dateline(self, paper: DocumentLayout, i: int, line: str) -> DocumentLayout | None:
        """The paper with what a line tells of place and time; None where it is no dateline."""
        line = _ENDS_WORDS.sub("", line)
        date = dateline_of(_MEETING_NUMBER.sub("", line))
        if not date or len(line) >= _LONGEST_DATELINE:
            return None
        dated = _dated(paper, line)
        if dated is paper and paper.date is None:
            return None
        told = date_in(line)
        place = None
        if date.group("place"):
            prose = self._prose(i, "dateline")
            at = prose.text.find(date.group("place"))
            place = prose.excerpt(at, at + len(date.group("place"))) if at >= 0 else None
        return replace(dated, time=dated.time or (told[1] if told else None), place=dated.place or place)

    def _heading(self, i: int, line: str) -> None:
        given = _GIVEN.match(re.sub(r"\[\d+\]", "", line))
        prose = self._prose(i, "heading")
        if given:
            self._giver = prose.excerpt(*given.span("giver"))
        elif re.match(r"(?:Part|Tab|Attachment|Annex|Enclosure)\b", line):
            self._giver = None
        self._topic = prose.excerpt(0, len(prose.text))
        self._closing = prose
        self._commenting = bool(re.match(r"COMMENTS?\b", line.upper()))

    def _run(self, i: int) -> range:
        """The lines of the paragraph that begins with a line."""
        return range(i, i + 1) if self._typed is None else self._typed.run(self._raw, i, self._end)

    def _paragraph(self, run: range, line: str, telegram: bool) -> None:
        spans = (self._carried.lines[i] for i in run if self._raw[i])
        prose = Prose.of(self._carried, spans, str(self._number + 1))
        start = 0
        if telegram and not self._blocks:
            serial = _SERIAL.match(prose.text)
            start = serial.end() if serial else 0
        while telegram or not self._blocks:
            field = _FIELD.match(prose.text, start)
            if not field:
                break
            if self._lists.subject is None and "ubj" in field.group():
                self._lists.subject = _cut(prose, *field.span("rest"))
            start = field.end() + len(prose.text[field.end() :]) - len(prose.text[field.end() :].lstrip())
        if start >= len(prose.text):
            return
        prose = _cut(prose, start, len(prose.text))
        label = _LABEL.match(prose.text)
        if label and label.end() < len(prose.text):
            prose = _cut(prose, label.end(), len(prose.text))
        self._closing = None
        self._number += 1
        comment = _COMMENTS.match(line.upper()) is not None
        role = Role.COMMENT if comment or self._commenting else Role.ENCLOSED if self._giver else Role.BODY
        if comment and telegram:
            self._commenting = True  # a post's comment goes on to the end of its telegram, or to END COMMENT
        if _ENDS_COMMENT.search(prose.upper):
            self._commenting = False
        self._blocks.append(
            LayoutBlock(
                path=str(self._number),
                role=role,
                prose=prose,
                numbered=bool(label and (label.group("number") or label.group("roman"))),
                giver=self._giver,
                topic=self._topic,
                label=label.group().strip(" .()") if label else "",
            )
        )

    def _prose(self, index: int, path: str) -> Prose:
        return prose_of(self._carried, index, path)


def _cut(prose: Prose, start: int, end: int) -> Prose:
    return Prose(prose.carried, prose.text[start:end], prose.at[start:end], prose.paragraph)
