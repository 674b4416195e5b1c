"""What looks like a clause with a verb of saying and is none, or is the reporter's own."""

from __future__ import annotations

import re

from septel.record.attribution.besides.told_words import TO_NAME
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import Attribution
from septel.record.attribution.tokens import SubjectKind
from septel.record.layout import LayoutBlock
from septel.record.people import Participant
from septel.text import Span

_OBJECT = re.compile(r"\b(?:IN|ON|AT|DESPITE|FOR|INTO|DURING|UNDER)(?: THE)?\s*$")
"""Before a subject: what stands behind it is its object (`DESPITE SPD PROMISES TO ABOLISH IT`)."""
_REPEATED = re.compile(
    r"\s+(?:THAT|HIS|HER|ITS|THE|THIS|THESE|THOSE|IN|WHAT|TO|I|WE|HE|SHE|IT|THEY|US|USG|AS|MY|OUR|EARLIER"
    r"|PREVIOUS)\b"
)
_OFFICE = re.compile(
    r"(?:THE |THIS |OUR |MY )?(?:EMBASSY|EMB|EMBOFFS?|MISSION|CONSULATE|POST|DEPARTMENT|DEPT|COUNTRY TEAM"
    r"|[A-Z]{1,4}/[A-Z]{1,4}|STATE)\W*$"
)
_HEARD = frozenset(
    {
        "tell", "inform", "advise", "notify", "assure", "ask", "reply", "answer", "respond", "point out",
        "explain", "remind", "warn", "say", "request", "press", "thank", "read", "hand", "deliver", "convey",
    }
)  # fmt: skip
"""Verbs by which an office speaks to somebody outside it."""


def is_no_clause(block: LayoutBlock, head: ReportingClause) -> bool:
    """Whether what looks like subject and verb is a noun with its attribute: ON ROK STATED REQUIREMENTS."""
    if head.subject.kind is SubjectKind.PHRASE and _OBJECT.search(head.before):
        return True
    opens = head.subject.kind is SubjectKind.ELIDED and not head.before.strip()
    if opens and head.verb.lemma == "repeat":
        return _REPEATED.match(block.prose.plain, head.end) is None  # REPEATED OVERTURES STRENGTHENED IT
    return False


def is_own_office(block: LayoutBlock, head: ReportingClause) -> bool:
    """DEPARTMENT HAS CONCLUDED, OUR EMBASSY HAS URGED: what the office of who reports thinks, told nobody."""
    if head.subject.kind is not SubjectKind.PHRASE or head.verb.lemma in _HEARD:
        return False
    words = block.prose.plain[head.subject.start : head.subject.end]
    return _OFFICE.match(words.strip()) is not None and (head.perfect or head.present)


def tells_a_name(block: LayoutBlock, head: ReportingClause) -> bool:
    """WE HAVE SUBMITTED TO CHAVEZ: whether a name is told, in a print that writes names large."""
    text = block.prose.text
    return not text.isupper() and TO_NAME.match(text, head.end) is not None


def is_last_said_by(author: Participant | None, out: Attribution, block: LayoutBlock, sentence: Span) -> bool:
    """Whether what is said in a sentence is last said by the one who reports."""
    said = [
        saying
        for saying in out.sayings
        if saying.block.prose.paragraph == block.prose.paragraph
        and saying.start < sentence.end
        and sentence.start < saying.end
    ]
    last = said[-1] if said else None
    if last is None:
        return False
    first = last.head is not None and last.head.subject.kind in (SubjectKind.I, SubjectKind.WE)
    return first or (author is not None and last.voice.player is author)


def next_label(label: str) -> str:
    """The number or letter behind another: `c` behind `b`, `10` behind `9`; empty where there is none."""
    if label.isdigit():
        return str(int(label) + 1)
    return chr(ord(label) + 1) if len(label) == 1 and label.isalpha() else ""
