"""Texts that an instruction quotes: sent, received or signed, else yet to be said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.record.layout.document import DocumentLayout, LayoutBlock, Role
from septel.record.layout.lists import BRACKETED

_IS_SENT = re.compile(
    r"\b(?:HAS|HAVE|HAD|WAS|WERE)(?: \w+)? (?:SENT|RELAYED|DELIVERED|HANDED|GIVEN|PASSED|TRANSMITTED|RECEIVED"
    r"|CONVEYED|PRESENTED|FORWARDED|MADE|ISSUED|RELEASED)\b"
    r"|\b(?:HANDED|GAVE|RECEIVED|SENT|MADE|READ|DELIVERED) (?!TO\b|BY\b|SOONEST\b|IMMEDIATELY\b)"
    r"(?:\w+ ){0,5}?(?:MESSAGE|LETTER|NOTE|STATEMENT|AIDE|REPLY|MEMORANDUM|COMMUNICATION)"
    r"|\b(?:STATEMENT|MESSAGE|LETTER|NOTE|REPLY|AIDE[- ]MEMOIRE) (?:\w+LY )?"
    r"(?:MADE|GIVEN|HANDED|DELIVERED|SENT|READ) (?:BY|TO|US|ME)\b"
    r"|\b(?:MESSAGE|LETTER|NOTE|REPLY|COMMUNICATION|AIDE[- ]MEMOIRE)\b[^.:;]{0,80}?"
    r"\bTO (?:THE )?(?:PRESIDENT(?: (?:EISENHOWER|KENNEDY|JOHNSON|NIXON|FORD|CARTER))?|SECRETARY(?: \w+)?"
    r"|US|USG|DEPT|DEPARTMENT|UNITED STATES)\b(?! (?:OF THE REPUBLIC|[A-Z][a-z]))"
)
"""What tells that a text which an instruction quotes has been sent or received."""
_PLANNED = re.compile(
    r"\b(?:DRAFT|SUGGESTED?|PROPOSED"
    r"|APPROPRIATE(?! (?:OPPORTUNITY|TIME|MOMENT|OCCASION|LEVEL))|ALONG (?:\w+ )?LINES)\b"
)
_ASKED_FOR = re.compile(r"\b(?:PLEASE|REQUEST|REQUESTED|SHOULD|MAY|DELIVER|CONVEY|SUBMIT)\b")
_ANNOUNCES = re.compile(r"\b(?:FOLLOWING|FOLLOWS|TEXT|BELOW|VERBATIM|QUOTE)\b")
TEXT_COMES = re.compile(
    r"\bFOLLOWS? (?:THE |IS )?(?:THE )?TEXT\b"
    r"|\bTEXT OF (?:A|THE|(?:\w+ )?(?:LETTER|MESSAGE|NOTE|REPLY|STATEMENT|AIDE[- ]MEMOIRE))\b"
)
"""Tells that a text stands below."""
UNSAID = "yet to be said"
"""Why a text that an instruction quotes is set aside."""


def is_unsaid(over: Sequence[LayoutBlock], *, signed: bool, by_another: bool) -> bool:
    """Whether a text that an instruction quotes is yet to be said, by the paragraphs over it.

    What was sent or received is said, and so is what another government wrote; a signed letter is written.

    Args:
        over: the paragraphs.
        signed: whether the text names its writer, or is a letter.
        by_another: whether it is another government's.
    """
    prose = (block.prose for block in over)
    told = [p.plain[s.start : s.end] for p in prose for s in p.sentences]
    leads = [words for words in told if _ANNOUNCES.search(words)]
    if any(_PLANNED.search(words) for words in leads):
        return True
    sent = any(_IS_SENT.search(words) and not _ASKED_FOR.search(words) for words in leads)
    return not (sent or signed or by_another)


_SALUTES = re.compile(
    r"\W{0,2}(?:(?:My )?Dear (?:[\w'’-]+\.? ){0,4}[\w'’-]+|(?:Your )?Excellency|Mr\. (?:President"
    r"|Prime Minister|Chairman|Minister|Secretary))\s?[:,]",
    re.IGNORECASE,
)
_DAY = re.compile(r"\W?(?:[A-Z][a-z]{2,20}, )?(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2})\b.{0,8}$")
TEXT_ENDS = re.compile(
    r"\bEND (?:OF )?(?:VERBATIM )?(?:TEXT|MESSAGE|LETTER|QUOTE)\b|\bUNQUOTE\b", re.IGNORECASE
)
"""The words behind a text that was quoted."""
_CLOSES = re.compile(
    r"\b(?:Sincerely|Yours|Respectfully|Faithfully|Cordially|Regards?|Wishes|Consideration|Signed)\b",
    re.IGNORECASE,
)
_SHORT = 14
"""Words of the paragraph that closes a letter at most."""
_NAMES = re.compile(r"(?:\W*[A-Z][\w.'’-]*\W*){1,6}$")
"""A paragraph that signs one: words with a capital, and no others."""
_LONGEST = 40
"""Paragraphs of a letter at most."""
_LEAD = 6
"""Words that tell whose a letter is at least: under fewer the document is the letter."""


_FORWARDED = re.compile(r"\b(?:LETTER|MESSAGE|NOTE|REPLY|COMMUNICATION)\b")
_OWN = re.compile(
    r"\bFROM (?:THE )?(?:SECRETARY|ME|AMBASSADOR|EMBASSY|UNDER SECRETARY|ACTING SECRETARY)\b"
    r"|\bI (?:\w+ )?(?:SENT|SENDING|GAVE|WROTE|ADDRESSED|DELIVERED|PROPOSE)\b"
    r"|\bMY (?:\w+ )?(?:LETTER|NOTE|MESSAGE|REPLY)\b"
    r"|\bPROPOSE TO SEND\b"
)
"""Words over a letter that whoever sends the paper wrote himself."""


def letters_in(paper: DocumentLayout) -> tuple[range, ...]:
    """The letters that a document gives whole, marked as quoted or not: from salutation to signature.

    What a post forwards to its capital is one only where the words over it tell of somebody else's letter.
    """
    blocks = paper.blocks
    found: list[range] = []
    for i, block in enumerate(blocks):
        if block.role is not Role.BODY or (found and i < found[-1].stop):
            continue
        if not _SALUTES.match(block.prose.text):
            continue
        start = i - 1 if i > 1 and _DAY.match(blocks[i - 1].prose.text) else i
        marked = blocks[start].prose.text[:1] in '“"‘'
        over = " ".join(b.prose.plain for b in blocks[max(0, start - 3) : start])
        if len(over.split()) < _LEAD or (paper.kind in ("letter", "message") and not marked):
            continue
        forwards = paper.is_sent and not paper.is_instruction
        if forwards and (_OWN.search(over) or not _FORWARDED.search(over)):
            continue
        stop = _letter_end(blocks, i, quoted=marked)
        if stop is not None:
            found.append(range(start, stop))
    return tuple(found)


def _letter_end(blocks: Sequence[LayoutBlock], first: int, *, quoted: bool) -> int | None:
    """The index behind the last paragraph of a letter; None where nothing shows its end."""
    for i in range(first, min(first + _LONGEST, len(blocks))):
        text = BRACKETED.sub("", blocks[i].prose.text).strip()
        if TEXT_ENDS.search(text) or (quoted and _is_closed(text)):
            return i + 1
        if i > first and len(text.split()) <= _SHORT and _CLOSES.search(text):
            named = i + 1 < len(blocks) and _NAMES.match(blocks[i + 1].prose.text.strip()) is not None
            return i + 2 if named else i + 1
    return None


def _is_closed(text: str) -> bool:
    """Whether a paragraph closes a quotation that it does not open."""
    if not re.search(r"[”\"’]\W*$", text):
        return False
    if text[:1] in "“‘":
        return text.count("”") + text.count("’") >= text.count("“") + text.count("‘")
    return text.count("”") > text.count("“") or text.count('"') % 2 == 1
