"""The lists over the text of an edited document: subject, participants, references, copies.

A list of participants has many printed forms: `PARTICIPANTS` with a name a line, `Present:` with the first
name behind it, `The following were present:`, a heading for each side (`U.S. Side`, `Participants for
Pakistan`, `State:`), a sentence. Source of the forms: *Foreign Relations* 1914-80.
"""

from __future__ import annotations

import re

from septel.record.layout.document import ListedParticipant
from septel.record.layout.parties import PARTIES, heads_list, is_party, tells_side
from septel.record.layout.patterns import cue
from septel.record.layout.prose import Prose, ReadingText
from septel.record.model import Excerpt
from septel.text import Span

_NAME = cue("memoranda.name")
_LISTS = (
    "PARTICIPANTS", "PRESENT", "PARTICIPANT", "ALSO PRESENT", "THOSE PRESENT", "IN ATTENDANCE", "ATTENDANCE",
    "PARTICIPATION",
)  # fmt: skip
_BODY = re.compile(r"[A-Z]{2,6}:?")
_ATTENDING = re.compile(
    r"(?:\(U\)\s+|\(?[A-Z1-9]{1,2}[.)]\s+)?(?:THE )?"
    r"(?:(?:THOSE|PERSONS|ALSO|MEMBERS|OTHERS?|FOLLOWING|OFFICIALS|WERE) )*"
    r"(?:ATTENDING|PRESENT|IN ATTENDANCE|PARTICIPATING|PARTICIPANTS?|PARTICIPATION|ATTENDEES|ATTENDANCE"
    r"|CONFEREES)"
    r"(?: (?:WERE|INCLUDED|ON|BOTH|SIDES|THE|AT|MEETING|LUNCHEON|LUNCH|DINNER|ALSO|ARE)\b){0,5}\s*:?$",
    re.IGNORECASE,
)
_HEADS = (
    *_LISTS,
    "SUBJECT",
    "SUBJECTS",
    "SUBJ",
    "REFERENCE",
    "REFERENCES",
    "REF",
    "COPIES TO",
    "DISTRIBUTION",
    "DATE",
    "DATE AND TIME",
    "TIME AND PLACE",
    "DATE AND PLACE",
    "PLACE",
    "TIME",
    "ORIGIN",
    "MEMORANDUM FOR",
)
_FOR_A_SIDE = re.compile(
    r"^(?:(?:participants?|conferees|present|those present|attendees) (?:for|from|of)"
    r"|representing)\s+(?:the\s+)?"
    r"(?P<side>[^:]{2,50}?):?$"
    r"|^(?:the )?(?P<other>[\w. ]{2,40}?) (?:was|were) represented by:?$",
    re.IGNORECASE,
)
_PRESENT_AT = re.compile(
    r"^(?:Present at|Those present at|In attendance at|Also present at) (?:the|this) [^.;]{3,90} were\b"
    r"|^(?:Those|Also|Others) present(?:, [^,;.]{3,60},)? were\b"
    r"|^The following were (?:also )?present(?: at [^.;:]{3,90})?:"
    r"|^The (?:Vice )?President presided at (?:the|this) [^.;]{3,60}\. Also present were\b"
)
_OF_SENTENCE = re.compile(
    r"(?:(?!; |[,;]? and (?=the [A-Z])|, (?:and )?(?=(?:the|General|Mr\.|Admiral|Maj\.|Lt\.|Dr\.) ?[A-Z])"
    r"|\. (?:Also|In|Others) |\.$).)+"
)
"""One person of a sentence that names those present."""
_PARTY = re.compile(r"^(?P<who>[A-Z][^:;]{1,70})\s*:$")
"""A party over its people: `Standard Oil Company (New Jersey):`."""
_OF_BODY = re.compile(
    r"^[\w. ]*\b(?:Treasury|State|Defense|Commerce|Embassy|Government|Delegation|Team|Mission"
    r"|Department|Agriculture)$"
)
"""A body of one side over its people: `U.S. Treasury`."""
_RANKED = re.compile(
    r"^(?:The )?(?:members|member|observers?|advisers?|advisors?|staff|secretar(?:ies|iat)|others?"
    r"|alternates?|principals|consultants|also present|guests|interpreters?|recorders?"
    r"|note ?takers?)(?: present)?\s*:?$",
    re.IGNORECASE,
)
"""Sorts of those who are there: `Members`, over the names."""
_AND_OTHERS = re.compile(r"\(?(?:and |&amp; )?(?:et al\.?|others|staff|aides)\)?", re.IGNORECASE)
_OF_NO_SIDE = re.compile(r"interpreters?|note ?takers?|observers?|secretariat|also present", re.IGNORECASE)
"""Sorts of people who may be of either side."""
_SHORT_SUBJECT = 80
"""Characters that a subject with a stop behind it has at most."""
_LONGEST_SUBJECT = 300
_OF_MANY = re.compile(
    r"(?:.*?\b(?:Mr|Mrs|Dr|Ambassador|General|Admiral|Secretary|Minister)\b\.? "
    r"(?:[A-Z]\. )*[A-Z][a-z]+){3}.*[^.]$"
)
"""A paragraph that holds a whole list: three titles with names and more, and no stop at its end."""
_LONGEST_TOPIC = 120
_NUMBERED = re.compile(r"(?:\d{1,2}|[a-zA-Z]|[IVX]{1,4})[.)]\s+(?=[A-Z“])")
_SENTENCE = re.compile(
    r"\b(?:said|stated|told|asked|was|were|is|are|has|had|opened|began|would|referred|expressed|called"
    r"|met|presented|discussed|read|gave|indicated|raised|noted)\b"
)


_LEFT_OUT = re.compile(r"\[|[,;(]\s*\w")
BRACKETED = re.compile(r"\[[^\]]*\]")
_WERE_THERE = re.compile(r"\s+(?:was|were) (?:also )?(?:present|in attendance)\b.{0,40}$")


def prose_of(carried: ReadingText, index: int, path: str) -> Prose:
    """One line as prose."""
    return Prose.of(carried, (carried.lines[index],), path)


class OpeningLists:
    """Takes the lines over a text, one after another, as headings of lists and what stands in them.

    Attributes:
        listed: the participants so far.
        subject: the subject, once it was read.
    """

    def __init__(self, carried: ReadingText) -> None:
        self._carried = carried
        self._listing = ""
        self._side = ""
        self._open: tuple[int, ...] = ()
        """The lines of an entry that a comma ends: the next goes on with it."""
        self.listed: list[ListedParticipant] = []
        self.subject: Prose | None = None

    @property
    def topic(self) -> Excerpt | None:
        """The subject, as the topic of what follows."""
        return self.subject.excerpt(0, len(self.subject.text)) if self.subject and self.subject.text else None

    def end(self) -> None:
        """What follows is no list any more."""
        self._listing = ""

    @staticmethod
    def heads(line: str) -> bool:
        """Whether a line heads a list of participants."""
        label = line.partition(":")[0].strip()
        party = (
            len(label) < 60 and PARTIES.match(label) and re.search(r"participants?$", label, re.IGNORECASE)
        )
        return label.upper() in _LISTS or bool(party) or _ATTENDING.match(line) is not None

    def take(self, i: int, line: str) -> bool:
        """Take a line as a heading of lists, or an entry in one; whether it was that."""
        line = line.rstrip(">")
        if _ATTENDING.match(line):
            self._listing, self._side = "PRESENT", ""
            return True
        if _PRESENT_AT.match(line):
            self._take_sentence(i, line)
            return True
        label, _, rest = line.partition(":")
        if label.strip().upper() in _HEADS and len(label) < 20:
            self._listing, self._side = label.strip().upper(), ""
            if rest.strip() and self._listing in _LISTS:
                for part in re.finditer(r"[^;]+", rest) if ";" in rest else re.finditer(r".+", rest):
                    self._enter(i, line.index(":") + 1 + part.start(), line.index(":") + 1 + part.end())
            elif rest.strip() and self._listing.startswith("SUBJ") and self.subject is None:
                self.subject = self._entered(i, line.index(":") + 1)
            return True
        if self._heads_side(line):
            return True
        if self._listing in _LISTS:
            return self._entry_of(i, line)
        if self._listing.startswith("SUBJ") and (
            line.startswith("•")
            or is_heading(line)
            or (_NUMBERED.match(line) and len(line) < _LONGEST_TOPIC and not _SENTENCE.search(line))
            or (self.subject is None and _may_be_subject(line))
        ):
            if self.subject is None:
                self.subject = prose_of(self._carried, i, "subject")
            return True
        if self._listing and line.startswith("•"):
            return True
        if is_name(line):
            if self._listing == "MEMORANDUM FOR":
                return True  # to whom it goes, who need not have been there
            self.listed.append(ListedParticipant(text=self._entry(i, 0, len(line)), side=self._side))
            return True
        return False

    def _take_sentence(self, i: int, line: str) -> None:
        """A sentence that names them: `Present at the Council meeting were the President; the Secretary`."""
        self._side = "Department of State" if re.search(r"\b(?:NSC|Council)\b", line) else ""
        start = (re.search(r"\bwere\b(?: present[^:;.]*:)?", line) or re.match("", line)).end()  # type: ignore[union-attr]
        if ";" not in line:
            self._enter(i, start, len(line.rstrip(".")))
            return
        for part in _OF_SENTENCE.finditer(line, start):
            also = re.match(
                r"\s*(?:and |(?:Also|In|Others) [^;]{3,90}? (?:were|was) |the following: )*", part.group()
            )
            self._enter(i, part.start() + (also.end() if also else 0), part.end())

    def _heads_side(self, line: str) -> bool:
        """Take a line that heads the people of one side; whether it does."""
        bare = line.lstrip("• ")
        told = _FOR_A_SIDE.match(bare)
        if told and tells_side(told.group("side") or told.group("other")):
            self._listing, self._side = "PARTICIPANTS", told.group("side") or told.group("other")
            return True
        own = PARTIES.match(line)
        named = own is not None and len(line) < 60 and heads_list(own.group("side"))
        heads = re.search(r"participants?\s*:?$", line, re.IGNORECASE) is not None
        if own and (named or heads) and not line.startswith("•"):
            if heads:
                self._listing = "PARTICIPANTS"
            if self._listing in _LISTS:
                self._side = own.group("side") if tells_side(own.group("side")) else ""
                return True
        return False

    def _entry_of(self, i: int, line: str) -> bool:
        """Take a line within a list of participants; whether it belongs to it."""
        if self._open and may_be_entry(line):
            whole = (*self._open, i)
            prose = Prose.of(self._carried, tuple(self._carried.lines[n] for n in whole), "participants")
            last = self.listed.pop()
            self.listed.append(ListedParticipant(text=prose.excerpt(0, len(prose.text)), side=last.side))
            self._open = whole if line.endswith(",") else ()
            return True
        if self.listed and _LEFT_OUT.match(line) and not _SENTENCE.search(BRACKETED.sub("", line)):
            return True  # names that were left out
        if _BODY.fullmatch(line):
            self._side = (
                line.strip(":") if tells_side(line.strip(":")) else ""
            )  # a body whose members follow: CSC
            return True
        bullet = line.lstrip("• ")
        if _AND_OTHERS.fullmatch(bullet):
            return True
        if _RANKED.match(bullet):
            self._side = "" if _OF_NO_SIDE.match(bullet) else self._side
            return True
        party = PARTIES.match(bullet)
        if line.startswith("•") and party and (is_party(party.group("side")) or "OTHER" in bullet.upper()):
            self._side = party.group("side")
            return True
        if _OF_BODY.search(bullet) and len(bullet.split()) < 4 and tells_side(bullet):
            self._side = bullet
            return True
        headed = _PARTY.match(bullet)
        if headed and len(bullet.split()) < 9 and not bullet.isupper():
            self._side = headed.group("who")
            return True
        if self._is_topic(bullet):
            self.end()
            return False
        if line.startswith("•") or may_be_entry(line):
            self._enter(i, len(line) - len(bullet), len(line))
            self._open = (i,) if line.endswith(",") else ()
            return True
        return False

    def _is_topic(self, line: str) -> bool:
        """Whether a line in capitals under names of both cases heads what was spoken of: `MIDDLE EAST`."""
        letters = [c for c in line if c.isalpha()]
        return (
            len(letters) > 5
            and line.isupper()
            and bool(self.listed)
            and not any(entry.text.words.isupper() for entry in self.listed)
        )

    def _enter(self, i: int, start: int, end: int) -> None:
        entry = self._entry(i, start, end)
        if entry.words.strip():
            self.listed.append(ListedParticipant(text=entry, side=self._side))

    def _entered(self, i: int, start: int) -> Prose:
        span = self._carried.lines[i]
        raw = span.of(self._carried.text)
        lead = len(raw) - len(raw.lstrip())
        return Prose.of(self._carried, (Span(span.start + lead + start, span.end),), "subject")

    def _entry(self, index: int, start: int, end: int) -> Excerpt:
        """A part of a line, by offsets in the line without the blanks around it."""
        span = self._carried.lines[index]
        raw = span.of(self._carried.text)
        lead = len(raw) - len(raw.lstrip())
        part = Span(span.start + lead + start, min(span.end, span.start + lead + end))
        prose = Prose.of(self._carried, (part,), "participants")
        return prose.excerpt(0, len(prose.text)) if prose.text else prose.excerpt(0, 0)


def may_be_entry(line: str) -> bool:
    """Whether a line can be a participant: short, no sentence."""
    line = _WERE_THERE.sub("", line)
    parts = [part.removeprefix("and ") for part in line.split(", ")]
    if len(parts) > 2 and all(part[:1].isupper() and len(part.split()) < 6 for part in parts):
        return _SENTENCE.search(line) is None  # a line that holds a name each: SECRETARY RUSK, MR. BELL
    if _OF_MANY.match(line) and not _SENTENCE.search(line):
        return True
    if len(line) > 160 or len(line.split()) > 22 or not line[0].isupper() or _SENTENCE.search(line):
        return False
    told = line.endswith(".") and ", " in line and len(line.split()) < 15
    return (
        not re.search(r"[a-z]{3}[.?!]$", line)
        or told
        or re.fullmatch(r"(?:Mr|Mrs|Miss|Dr|Messrs|General|Ambassador)\b\.? [\w.’' -]{2,40}\.", line)
        is not None
        or bool(re.search(r"\b(?:Jr|Sr|Embassy|Dept|State)\.$", line))
    )


def is_heading(line: str) -> bool:
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
    return is_topic(line) if line.endswith(".") else len(line) < _LONGEST_SUBJECT


def is_topic(line: str) -> bool:
    """Whether a short line with a stop behind it is a topic: `Lessening of Tension.` under SUBJECT."""
    longest = _LONGEST_SUBJECT if line.endswith(" etc.") else _SHORT_SUBJECT
    return line.endswith(".") and len(line) < longest and not _SENTENCE.search(line)


def is_name(line: str) -> bool:
    """A participant given on a line of its own, without a list: `Mr. Henry A. Kissinger`."""
    return bool(_NAME.match(line)) and len(line) < 80
