"""Reads memoranda of conversation and edited documents as *Foreign Relations* prints them.

One line is one paragraph. A numbered title, a dateline, lists of subject and participants, headings of
topics, paragraphs, and notes below a rule. Source of the form: *Foreign Relations* 1964-76.
"""

from __future__ import annotations

import re
from dataclasses import replace

from septel.lexicon import Lexicon
from septel.record.layout.document import DocumentLayout, LayoutBlock, ListedParticipant, Role
from septel.record.layout.parties import PARTIES, heads_list, is_party, tells_side, within_one_government
from septel.record.layout.patterns import cue
from septel.record.layout.prose import Prose, ReadingText
from septel.record.model import Excerpt
from septel.text import Reading, Span

_TITLE = cue("memoranda.title")
_DATELINE = cue("memoranda.dateline")
_PAGE = re.compile(r"^\[Page [\dA-Z]+\]$")
_NAME = cue("memoranda.name")
_RULE = re.compile(r"^-{3,}\s*Notes\s*-{3,}|^_{5,}$")
_DRAFTED = cue("memoranda.drafted")
_GIVEN = cue("memoranda.given")
_FIELD = re.compile(
    r"(?:\d{1,6}\.\s*)?(?:Subj(?:ect)?|Refs?|Reftels?|References?|Re|Pass|Depts?|Deptels?) ?: ?"
    r"(?P<rest>(?:[^.]|\.(?=\S)|(?<=\b[A-Z])\.|(?<=\bNo)\.){1,200}?)(?:\.(?=\s+[A-Z0-9]|$)|$)"
)
_SERIAL = re.compile(r"(?:\d{3,6}|[A-Z][a-z]+ \d{1,4})\.\s+(?=\S)")
_DATED = re.compile(
    r"\b(?P<month>[A-Z][a-z]{2,8}) (?P<day>\d{1,2})(?:[–-]\d{1,2})?, (?P<year>1[89]\d\d)"
    r"(?:, (?P<time>\d[^\[]*))?"
)
_SENT_BY = re.compile(
    r"^(?:\d{1,4}\.\s+)?(?:Aide-M[eé]moire From (?P<office>.+?) to |"
    r"(?:(?:Oral |Personal )?(?:Letter|Message|Note|Statement)) From "
    r"(?P<giver>(?!the (?:Embassy|Department|Delegation|Mission|Consulate)).+?) to )"
)
_OMITTED = re.compile(r"^\[(?:Omitted|Here follows|\d+ (?:lines?|paragraphs?))")
_LISTS = (
    "PARTICIPANTS", "PRESENT", "PARTICIPANT", "ALSO PRESENT", "THOSE PRESENT", "IN ATTENDANCE", "ATTENDANCE",
    "PARTICIPATION",
)  # fmt: skip
_BODY = re.compile(r"[A-Z]{3,6}:?")
_ATTENDING = re.compile(
    r"(?:THOSE |PERSONS |ALSO |MEMBERS )?(?:ATTENDING|PRESENT|IN ATTENDANCE|PARTICIPATING)\b[A-Z ]{0,30}:?$",
    re.IGNORECASE,
)
_HEADS = (
    *_LISTS,
    "SUBJECT",
    "SUBJECTS",
    "REFERENCE",
    "REFERENCES",
    "COPIES TO",
    "DATE",
    "PLACE",
    "TIME",
    "ORIGIN",
    "MEMORANDUM FOR",
)
_MEETING_NUMBER = re.compile(r"[A-Z]{2,}(?:/[A-Z]+)*[/-]\d+\s+(?=[A-Z][a-z])")
"""The number of a meeting before its place and date: `SET/MC/35 London, June 25, 1962`."""
_PREFATORY = 3
_LONGEST_SUBJECT = 200
_SHORT_SUBJECT = 80
"""Characters that a subject with a stop behind it has at most."""
_SENTENCE = re.compile(
    r"\b(?:said|stated|told|asked|was|were|is|are|has|had|opened|began|would|referred|expressed|called)\b"
)


def is_memorandum(reading: Reading) -> bool:
    """Whether a document has the heading of an edited one: its kind in words, before any telegraphic line."""
    seen = 0
    for line in reading.line_texts:
        if not line.strip() or _PAGE.match(line.strip()):
            continue
        if _TITLE.match(line.strip()):
            return True
        seen += 1
        if seen == 3:
            return False
    return False


def read(carried: ReadingText) -> DocumentLayout:
    """Lay out an edited document."""
    lines = [span.of(carried.text).strip() for span in carried.lines]
    end = next((i for i, line in enumerate(lines) if _RULE.match(line)), len(lines))
    notes = " ".join(lines[end:])
    title_at = next((i for i, line in enumerate(lines[:end]) if _TITLE.match(line)), 0)
    title = _TITLE.match(lines[title_at]) if lines else None
    kind = " ".join((title.group("kind") if title else "document").split())
    drafted = _DRAFTED.search(notes)
    sent = _SENT_BY.match(lines[title_at]) if lines else None
    giver = _prose(carried, title_at, "heading").excerpt(*sent.span(sent.lastgroup or 0)) if sent else None
    if sent and within_one_government(lines[title_at]):
        giver = None
    paper = DocumentLayout(
        kind=_kind(kind),
        title=re.sub(r"\s*\[\d+\]$", "", lines[title_at]) if lines else "",
        carried=carried,
        blocks=(),
        heading=_prose(carried, title_at, "heading"),
        drafter=drafted.group("name") if drafted else "",
    )
    if lines:
        paper = _dated(paper, _DATED.search(lines[title_at]))
    return _Layout(carried, lines, end, title_at + 1, giver).fill(paper)


def _kind(title: str) -> str:
    low = title.lower()
    for name in (
        "memorandum of telephone conversation",
        "memorandum of conversation",
        "telegram",
        "message",
        "letter",
    ):
        if low.startswith(name) or (name == "telegram" and "telegram from" in low):
            return name
    return low.split(" from ")[0].split(" of the ")[0]


def _dated(paper: DocumentLayout, date: re.Match[str] | None) -> DocumentLayout:
    """With the date that a line tells, if none was told before."""
    month = Lexicon.shipped().month_numbers.get(date.group("month").upper()) if date else None
    if date is None or not month or paper.date is not None:
        return paper
    return replace(
        paper,
        date=f"{date.group('year')}-{month:02d}-{int(date.group('day')):02d}",
        time=(date.group("time") or "").strip(" .") or None,
    )


def _prose(carried: ReadingText, index: int, path: str) -> Prose:
    return Prose.of(carried, (carried.lines[index],), path)


_LABEL = re.compile(
    r"(?:(?P<number>\d{1,2})|(?P<roman>[IVX]{1,4})|(?P<letter>[A-Za-z]))[.)]\s+"
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
        self._listed: list[ListedParticipant] = []
        self._blocks: list[LayoutBlock] = []
        self._listing = ""
        self._side = ""
        self._topic: Excerpt | None = None
        self._subject: Prose | None = None
        self._closing: Prose | None = None
        self._commenting = False
        self._number = 0

    def fill(self, paper: DocumentLayout) -> DocumentLayout:
        """The paper with its lists, paragraphs and signer."""
        telegram = paper.kind == "telegram"
        for i in range(self._start, self._end):
            line = self._lines[i]
            if not line or _PAGE.match(line) or _OMITTED.match(line):
                continue
            if self._prefatory() and line.partition(":")[0].strip().upper() in _LISTS:
                self._blocks.clear()  # a number of the meeting, the name of a journey, over the list
            if not self._blocks:
                dated = self._dateline(paper, i, line)
                if dated is not None:
                    paper = dated
                    continue
                if self._lists(i, line):
                    continue
            if line.startswith("•"):
                continue
            self._listing = ""
            if _is_heading(line):
                self._heading(i, line)
                continue
            self._paragraph(i, line, telegram)
        signer = None
        if self._closing is not None and not paper.kind.startswith("memorandum"):
            signer = self._closing.excerpt(0, len(self._closing.text))
        return replace(
            paper,
            blocks=tuple(self._blocks),
            listed=tuple(self._listed),
            subject=self._subject,
            signer=signer,
        )

    def _prefatory(self) -> bool:
        """Whether only lines stand so far that are no sentences."""
        return 0 < len(self._blocks) <= _PREFATORY and all(
            len(b.prose.text) < 100 and b.prose.text.rstrip()[-1:] not in ".:?!" for b in self._blocks
        )

    def _dateline(self, paper: DocumentLayout, i: int, line: str) -> DocumentLayout | None:
        date = _DATELINE.match(_MEETING_NUMBER.sub("", line))
        if not date or len(line) >= 90:
            return None
        dated = _dated(paper, _DATED.search(line))
        if dated is paper and paper.date is None:
            return None
        place = self._prose(i, "dateline")
        number = _MEETING_NUMBER.match(place.text)
        if number:
            place = _cut(place, number.end(), len(place.text))
        return replace(
            dated,
            time=(date.group("time") or "").strip(" .") or dated.time,
            place=dated.place
            or (place.excerpt(0, len(date.group("place"))) if date.group("place") else None),
        )

    def _lists(self, i: int, line: str) -> bool:
        """Take a line as a heading of lists, or an entry in one; whether it was that."""
        if _ATTENDING.match(line):
            self._listing, self._side = "PRESENT", ""
            return True
        label, _, rest = line.partition(":")
        if label.strip().upper() in _HEADS and len(label) < 20:
            self._listing, self._side = label.strip().upper(), ""
            if rest.strip() and self._listing in _LISTS:
                for part in re.finditer(r"[^;]+", rest) if ";" in rest else re.finditer(r".+", rest):
                    self._enter(i, line.index(":") + 1 + part.start(), line.index(":") + 1 + part.end())
            return True
        own = PARTIES.match(line)
        named = own is not None and len(line) < 60 and heads_list(own.group("side"))
        if (
            own
            and (named or re.search(r"participants?\s*:?$", line, re.IGNORECASE))
            and not line.startswith("•")
        ):
            if re.search(r"participants?\s*:?$", line, re.IGNORECASE):
                self._listing = "PARTICIPANTS"
            if self._listing in _LISTS:
                self._side = own.group("side") if tells_side(own.group("side")) else ""
                return True
        if self._listing in _LISTS and _BODY.fullmatch(line):
            self._side = ""  # a body whose members follow: CSC
            return True
        if self._listing in _LISTS:
            bullet = line.lstrip("• ")
            party = PARTIES.match(bullet)
            if (
                line.startswith("•")
                and party
                and (is_party(party.group("side")) or "OTHER" in bullet.upper())
            ):
                self._side = party.group("side")
                return True
            if line.startswith("•") or self._may_be_entry(line):
                self._enter(i, len(line) - len(bullet), len(line))
                return True
        elif self._listing.startswith("SUBJECT") and (
            line.startswith("•") or _is_heading(line) or (self._subject is None and _may_be_subject(line))
        ):
            if self._subject is None:
                self._subject = self._prose(i, "subject")
                self._topic = self._subject.excerpt(0, len(self._subject.text))
            return True
        elif self._listing and line.startswith("•"):
            return True
        if not self._blocks and _is_name(line):
            if self._listing == "MEMORANDUM FOR":
                return True  # to whom it goes, who need not have been there
            self._listed.append(ListedParticipant(text=self._entry(i, 0, len(line)), side=self._side))
            return True
        return False

    @staticmethod
    def _may_be_entry(line: str) -> bool:
        """Whether a line can be a participant: short, no sentence."""
        parts = line.split(", ")
        if len(parts) > 3 and all(part[:1].isupper() and len(part.split()) < 6 for part in parts):
            return _SENTENCE.search(line) is None  # a line that holds a name each: SECRETARY RUSK, MR. BELL
        if len(line) > 130 or len(line.split()) > 18 or not line[0].isupper() or _SENTENCE.search(line):
            return False
        return not re.search(r"[a-z]{3}[.:?!]$", line) or bool(
            re.search(r"\b(?:Jr|Sr|Embassy|Dept|State)\.$", line)
        )

    def _enter(self, i: int, start: int, end: int) -> None:
        entry = self._entry(i, start, end)
        if entry.words.strip():
            self._listed.append(ListedParticipant(text=entry, side=self._side))

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

    def _paragraph(self, i: int, line: str, telegram: bool) -> None:
        prose = self._prose(i, str(self._number + 1))
        start = 0
        if telegram and not self._blocks:
            serial = _SERIAL.match(prose.text)
            start = serial.end() if serial else 0
        while telegram or not self._blocks:
            field = _FIELD.match(prose.text, start)
            if not field:
                break
            if self._subject is None and "ubj" in field.group():
                self._subject = _cut(prose, *field.span("rest"))
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
                label=label.group().strip(" .)") if label else "",
            )
        )

    def _prose(self, index: int, path: str) -> Prose:
        return _prose(self._carried, index, path)

    def _entry(self, index: int, start: int, end: int) -> Excerpt:
        """A part of a line, by offsets in the line without the blanks around it."""
        span = self._carried.lines[index]
        raw = span.of(self._carried.text)
        lead = len(raw) - len(raw.lstrip())
        part = Span(span.start + lead + start, min(span.end, span.start + lead + end))
        prose = Prose.of(self._carried, (part,), "participants")
        return prose.excerpt(0, len(prose.text)) if prose.text else prose.excerpt(0, 0)


def _cut(prose: Prose, start: int, end: int) -> Prose:
    return Prose(prose.carried, prose.text[start:end], prose.at[start:end], prose.paragraph)


def _is_heading(line: str) -> bool:
    """A topic, a tab or a part: short, no stop at its end, not a signature's place."""
    bare = re.sub(r"\[\d+\]", "", line).strip()
    if (
        len(bare) > 70
        or not bare
        or bare[0] in '“"—-['
        or re.match(r"\d+\.\s", bare)
        or bare[-1] in '.,;:?!”"'
    ):
        return False
    return bare[0].isupper() and len(bare.split()) <= 9


def _may_be_subject(line: str) -> bool:
    """Whether the line under SUBJECT is one, though too long for a heading: no sentence."""
    short = len(line) < (_SHORT_SUBJECT if line.endswith(".") else _LONGEST_SUBJECT)
    return short and not _SENTENCE.search(line)


def _is_name(line: str) -> bool:
    """A participant given on a line of its own, without a list: `Mr. Henry A. Kissinger`."""
    return bool(_NAME.match(line)) and len(line) < 80
