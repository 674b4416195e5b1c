"""The words and marks of a passage, and what the subject of a verb among them is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from septel.record.layout import BLANK, Prose, cue_text
from septel.record.people import is_common, noun_kind

_TOKEN = re.compile(
    rf"(?:U\.S\.S\.R\.|U\.S\.|U\.N\.|U\.K\.|MR\.|MRS\.|MESSRS\.|DR\.|GEN\.|COL\.|AMB\.|PRES\.|SEC\.|SECY\.|GOV\."
    rf"|PROF\.|LT\.|MAJ\.|ADM\.|SEN\.|\b[A-Z]\.(?=\s[A-Z]))"
    rf"|{BLANK}|[A-Z0-9À-Ý](?:[A-Z0-9À-Ý]|['’.&/-](?=[A-Z0-9À-Ý]))*|\S"
)

ADVERBIAL = re.compile(
    r"\b(?:AT (?:THIS|THAT|ONE|SOME|THE) (?:POINT|STAGE|JUNCTURE|TIME|MOMENT|OUTSET|END"
    r"|LENGTH|MEETING|SESSION)"
    r"|IN (?:THIS|THAT) (?:CONNECTION|REGARD|CONTEXT|RESPECT)|ON (?:THIS|THAT|THESE|HIS) (?:POINTS?"
    r"|OCCASION"
    r"|SUBJECT|PART)|(?:AT|FOR) (?:SOME|GREAT|CONSIDERABLE) LENGTH|FOR (?:HIS|HER|THEIR|ITS|MY) PART"
    r"|(?:IN|AT) (?:HIS|HER|A|AN|THE|HIS OWN|ITS)?(?: ?[A-Z]+){0,2}? ?(?:SPEECH|ADDRESS|STATEMENT|LETTER"
    r"|NOTE|INTERVIEW|CONVERSATION"
    r"|REPLY|REMARKS|CONFERENCE|MESSAGE|BROADCAST|TELEGRAM)(?: (?:YESTERDAY|TODAY|LAST (?:WEEK|NIGHT"
    r"|MONTH)|THIS MORNING"
    r"|(?:OF |ON )?[A-Z]+ \d{1,2}))?"
    r"|WITH (?:SOME|GREAT|CONSIDERABLE|MUCH|EVIDENT|OBVIOUS) [A-Z]+|OF COURSE|AT GREAT LENGTH)$"
)
"""What may stand between a subject and its verb."""
ASIDE_OPENS = re.compile(
    rf"\s*(?:WHO|WHOM|WHOSE|WHICH|FORMER|FORMERLY|NEW|THE|A|AN|IN|ON|AT|AFTER|WITH|FOR|BY|TOO|HOWEVER"
    rf"|ALSO|MOREOVER"
    rf"|AGAIN|THEN|NOW|SPEAKING|REFERRING|NOTING|ACTING|LIKE|AS|WHILE|THOUGH|ALTHOUGH|UNDER|FROM|TO"
    rf"|{cue_text('verbs.adverb')}"
    r"|[A-Z]+ING|ASSISTANT|DEPUTY|VICE|AMBASSADOR|MINISTER|SECRETARY|DIRECTOR|CHIEF|HEAD|PRESIDENT"
    r"|CHAIRMAN|LEADER)\b"
)


@dataclass(frozen=True, slots=True)
class PhraseToken:
    """One word or mark of a passage, in upper case."""

    start: int
    end: int
    word: str


@cache
def _tokens_of(text: str) -> tuple[PhraseToken, ...]:
    return tuple(PhraseToken(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text))


def tokens(prose: Prose, start: int, end: int) -> list[PhraseToken]:
    """The words and marks of a stretch of a passage."""
    found = _tokens_of(prose.plain)
    lo, hi = 0, len(found)
    while lo < hi:
        mid = (lo + hi) // 2
        lo, hi = (mid + 1, hi) if found[mid].start < start else (lo, mid)
    out: list[PhraseToken] = []
    for token in found[lo:]:
        if token.start >= end:
            break
        out.append(token)
    return out


def is_proper(word: str, first: str) -> bool:
    """Whether a word may be part of a name: it begins with a capital, and prints do not write it small."""
    return first.isupper() and noun_kind(word) is None and not is_common(word)


class SubjectKind(StrEnum):
    """The form of a subject."""

    PHRASE = "phrase"
    HE = "he"
    I = "I"  # noqa: E741
    WE = "we"
    THEY = "they"
    IT = "it"
    LATTER = "the latter"
    FORMER = "the former"
    BOTH = "both"
    ELIDED = "elided"
    YOU = "you"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The subject of a verb.

    Attributes:
        start: where the phrase begins; of an elided one, the verb.
        end: where it ends.
        kind: its form.
        joined: the first of two subjects that AND joins (`SMITH AND I SAID`), else None.
        after: the preposition or conjunction before it in upper case, or empty.
    """

    start: int
    end: int
    kind: SubjectKind
    joined: Subject | None = None
    after: str = ""


WHO = "WHO"
"""Stands for the word before a subject that WHO takes up: a clause beside the main one."""
