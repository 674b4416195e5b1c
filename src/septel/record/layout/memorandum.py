"""Reads memoranda of conversation and edited documents as *Foreign Relations* prints them.

One line is one paragraph. A numbered title, a dateline, lists of subject and participants, headings of
topics, paragraphs, and notes below a rule. Source of the form: *Foreign Relations* 1964-76.
"""

from __future__ import annotations

import re
from dataclasses import replace

from septel.lexicon import Lexicon
from septel.record.layout.document import DocumentLayout, LayoutBlock, ListedParticipant, Role
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
_FIELD = re.compile(r"(?:\d{1,6}\.\s*)?(?:Subj(?:ect)?|Ref(?:s|tel)?|Re|Dept(?:el)?|Depts?) ?:")
_SENT_BY = re.compile(
    r"^(?:\d{1,4}\.\s+)?(?:(?:Oral |Personal )?(?:Letter|Message|Note|Statement)) From "
    r"(?P<giver>(?!the (?:Embassy|Department|Delegation|Mission|Consulate)).+?) to "
)
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,4})\.\s+(?=[\w“\"])")
_OMITTED = re.compile(r"^\[(?:Omitted|Here follows|\d+ (?:lines?|paragraphs?))")
_SIDE = cue("memoranda.side")


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
    giver = _prose(carried, title_at, "heading").excerpt(*sent.span("giver")) if sent else None
    paper = DocumentLayout(
        kind=_kind(kind),
        title=re.sub(r"\s*\[\d+\]$", "", lines[title_at]) if lines else "",
        carried=carried,
        blocks=(),
        heading=_prose(carried, title_at, "heading"),
        drafter=drafted.group("name") if drafted else "",
    )
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


def _prose(carried: ReadingText, index: int, path: str) -> Prose:
    return Prose.of(carried, (carried.lines[index],), path)


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

    def fill(self, paper: DocumentLayout) -> DocumentLayout:
        months = Lexicon.shipped().month_numbers
        listed: list[ListedParticipant] = []
        blocks: list[LayoutBlock] = []
        listing, side, topic, giver = "", "", None, self._giver
        subject, closing = None, None
        number = 0
        commenting = False
        for i in range(self._start, self._end):
            line = self._lines[i]
            if not line or _PAGE.match(line) or _OMITTED.match(line) or _FIELD.match(line):
                listing = "" if line and blocks else listing
                continue
            date = _DATELINE.match(line)
            if date and not blocks and paper.date is None and len(line) < 90:
                month = months.get(date.group("month").upper())
                if month:
                    place = self._prose(i, "dateline")
                    paper = replace(
                        paper,
                        date=f"{date.group('year')}-{month:02d}-{int(date.group('day')):02d}",
                        time=(date.group("time") or "").strip(" .") or None,
                        place=place.excerpt(0, len(date.group("place"))) if date.group("place") else None,
                    )
                    continue
            label = line.rstrip(":").upper()
            if label in (
                "SUBJECT",
                "SUBJECTS",
                "PARTICIPANTS",
                "PRESENT",
                "PARTICIPANT",
                "REFERENCE",
                "COPIES TO",
            ):
                listing = label
                side = ""
                continue
            if line.startswith("•"):
                if listing in ("PARTICIPANTS", "PRESENT", "PARTICIPANT"):
                    named = _SIDE.match(line.lstrip("• "))
                    if named:
                        side = named.group("side")
                    else:
                        listed.append(ListedParticipant(text=self._entry(i), side=side))
                elif listing.startswith("SUBJECT") and subject is None:
                    subject = self._prose(i, "subject")
                continue
            if listing in ("PARTICIPANTS", "PRESENT", "PARTICIPANT") and not blocks and len(line) < 90:
                named = _SIDE.match(line)
                if named:
                    side = named.group("side")
                    continue
            if not blocks and _is_name(line):
                listed.append(ListedParticipant(text=self._entry(i), side=side))
                continue
            listing = ""
            if _is_heading(line):
                given = _GIVEN.match(re.sub(r"\[\d+\]", "", line))
                prose = self._prose(i, "heading")
                if given:
                    giver = prose.excerpt(*given.span("giver"))
                elif (
                    re.match(r"(?:Part|Tab|Attachment|Annex|Enclosure)\b", line)
                    and not line.startswith("Part")
                ) or line.startswith("Part"):
                    giver = None
                topic = prose.excerpt(0, len(prose.text))
                closing = prose
                commenting = bool(re.match(r"COMMENTS?\b", line.upper()))
                continue
            number += 1
            closing = None
            prose = self._prose(i, str(number))
            numbered = _NUMBERED.match(prose.plain)
            if numbered and numbered.end() < len(prose.text):
                start = numbered.end()
                prose = Prose(prose.carried, prose.text[start:], prose.at[start:], prose.paragraph)
            role = Role.ENCLOSED if giver else Role.COMMENT if commenting else Role.BODY
            if re.match(r"(?:\d+\.\s*)?COMMENTS?\s*[:.—]", line.upper()):
                role = Role.COMMENT
            blocks.append(
                LayoutBlock(
                    path=str(number),
                    role=role,
                    prose=prose,
                    numbered=bool(numbered),
                    giver=giver,
                    topic=topic,
                )
            )
        signer = None
        if closing is not None and not paper.kind.startswith("memorandum"):
            signer = closing.excerpt(0, len(closing.text))
        return replace(paper, blocks=tuple(blocks), listed=tuple(listed), subject=subject, signer=signer)

    def _prose(self, index: int, path: str) -> Prose:
        return _prose(self._carried, index, path)

    def _entry(self, index: int) -> Excerpt:
        span = self._carried.lines[index]
        raw = span.of(self._carried.text)
        lead = len(raw) - len(raw.lstrip("• \t"))
        prose = Prose.of(self._carried, (Span(span.start + lead, span.end),), "participants")
        return prose.excerpt(0, len(prose.text))


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


def _is_name(line: str) -> bool:
    """A participant given on a line of its own, without a list: `Mr. Henry A. Kissinger`."""
    return bool(_NAME.match(line)) and len(line) < 80
