"""Where the words begin that tell what was said: behind the verb that reports it, or with that verb.

HE DID NOT FEEL THAT THE DANGERS WERE SERIOUS, HE HOPED THE PRESIDENT WOULD GIVE AN ORDER, BROWN CONCURRED IN
THE SUGGESTION: without their verbs the words would say the contrary, would tell as a fact what is hoped, or
would say nothing.
"""

from __future__ import annotations

import re

from septel.record.attribution import ReportedSpeech
from septel.record.layout import has_verb
from septel.record.model import Polarity
from septel.record.statements.speech_acts import doubts

_DENIAL = re.compile(
    r"\b(?:(?:DID|DOES|DO|WAS|WERE|IS|ARE|COULD|CAN|WOULD|HAD|HAS|HAVE|WILL) NOT|\w+N['’]T|NEVER|NOT)\b"
)
_WISHING = frozenset(
    {"hope", "wish", "want", "desire", "look forward", "expect", "intend", "be concerned", "fear"}
)
"""Verbs of what is not, and may be some day."""
_JOINED = re.compile(r"(?:AND|BUT)\b(?! THAT\b)")
_SHARED = re.compile(r",?\s+(?:AND|BUT|WHILE)\s+\S")
_TELLING = frozenset({"tell", "inform", "assure", "remind", "warn", "advise", "notify"})
_SAID = re.compile(
    r"\s+(?:THAT|OF|ABOUT|TO|IF|WHETHER|WHAT|HOW|WHY|IT|HE|SHE|THEY|WE|I|THERE|THIS|HIM|HER|ME|US|THEM"
    r"|AGAINST|NOT)\b|\s*[,:;“\"(]"
)


def is_shared(saying: ReportedSpeech) -> bool:
    """Whether the object of the clause stands behind another's verb: A PROPOSED AND B REJECTED A PLAN."""
    head = saying.head
    return head is not None and _SHARED.match(saying.block.prose.plain, head.end, saying.content) is not None


def denies(saying: ReportedSpeech) -> bool:
    """Whether the clause that reports a statement denies it, or doubts it."""
    head = saying.head
    if head is None or not saying.start <= head.verb_start < saying.content:
        return False
    contrary = head.verb.polarity is Polarity.NEGATIVE or doubts(saying.block.prose, head)
    return head.negated or contrary


def told_from(saying: ReportedSpeech) -> int:
    """Where the words begin that tell what was said."""
    head = saying.head
    if head is None or not saying.start <= head.verb_start < saying.content:
        return saying.content
    plain = saying.block.prose.plain
    if head.negated:
        first = max(saying.start, min(head.subject.end, head.verb_start))
        denial = _DENIAL.search(plain, first, head.verb_start)
        return denial.start() if denial else first
    if denies(saying) or head.verb.lemma in _WISHING:
        return head.verb_start
    if _JOINED.match(plain, saying.content):
        return head.verb_start  # A PROPOSED AND B REJECTED A PLAN
    heard = head.verb.lemma in _TELLING and not plain[head.end : saying.content].strip()
    if heard and _SAID.match(plain, head.end, saying.end) is None:
        return head.verb_start  # INFORMED MINFIN QUIROGA: who is told, and not what
    return saying.content if has_verb(plain[saying.content : saying.end]) else head.verb_start
