"""Texts that an instruction quotes: sent, received or signed, else yet to be said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.record.layout.document import LayoutBlock

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
_PLANNED = re.compile(r"\b(?:DRAFT|SUGGESTED?|PROPOSED|APPROPRIATE|ALONG (?:\w+ )?LINES)\b")
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
