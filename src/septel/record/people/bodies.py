"""Names that are no person's: departments, bodies by their letters, peoples, papers; roles that are none."""

from __future__ import annotations

import re

from septel.record.people.offices import is_own_staff_word, offices_of
from septel.record.people.phrases import NounKind, head_of, noun_kind
from septel.record.people.titles import TITLES

_DEPARTMENTS = frozenset({"TREASURY", "DEFENSE", "COMMERCE", "AGRICULTURE", "JUSTICE", "INTERIOR"})
_PEOPLE = re.compile(
    r"(?:.{3,}(?:ISTS|CRATS)|EUROPEANS|AFRICANS|ASIANS|ARABS|LATINS|AMERICANS|REPUBLICANS|LIBERALS"
    r"|CONSERVATIVES|MOSLEMS|MUSLIMS|CHRISTIANS|CATHOLICS|JEWS|KURDS|DRUZE)$"
)
_ORGAN = re.compile(r"\b(?:ORGAN|NEWSPAPER|PAPER|DAILY|WEEKLY|MAGAZINE|NEWS AGENCY|RADIO|PRESS)$")
_OCCASIONS = ("MEETING", "CONFERENCE", "TALKS", "SESSION", "DINNER", "LUNCHEON", "LUNCH", "SUMMIT")
_PRONOUN = re.compile(r"(?:HE|SHE|I|WE|BOTH|THAT|WHICH)\b")
_LEAD = re.compile(r"^(?:(?:THE|A|AN|HIS|HER|MY|OUR|THEIR|ITS)\s+)+")
_TITLE = re.compile(rf"(?:(?:THE|FORMER|FIRST|DEPUTY|ACTING|VICE|NEW|SENIOR|CHIEF)\s+)*(?:{TITLES})\b\.?\s*$")


_NO_SURNAME = re.compile(
    r"-(?:DIRECTED|LED|BASED|BACKED|SPONSORED|INSPIRED|CONTROLLED|DOMINATED)$"
    r"|^(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|FIRST|SECOND|THIRD)$"
)
_SHORT_OFFICES = frozenset(
    {"AMB", "PRES", "SEC", "SECY", "GEN", "COL", "MIN", "DEPT", "PREM", "CHMN", "SECGEN", "PM", "FM", "VP"}
)


def is_no_surname(word: str) -> bool:
    """Whether a word in upper case qualifies a noun or counts: SOVIET-BACKED, SEVEN."""
    return _NO_SURNAME.search(word) is not None


def is_short_office(word: str) -> bool:
    """Whether a word in upper case is an office cut short: AMB."""
    return word.rstrip(".") in _SHORT_OFFICES


def is_people(word: str) -> bool:
    """Whether a word in upper case means people by what they are (`EUROPEANS`), though written large."""
    return _PEOPLE.match(word) is not None


def names_paper(role: str) -> bool:
    """Whether what stands before a name says that it is a paper's or a station's: PARTY ORGAN."""
    return _ORGAN.search(role) is not None


def body_named(phrase: str, written: str, *, abroad: bool) -> tuple[bool, str | None]:
    """Whether one word is a body, and its side: a department by its name alone, or letters (`USAF`).

    Args:
        phrase: the word in upper case.
        written: as a text with letters of both sizes has it.
        abroad: whether a post abroad writes, where TREASURY may be another's.
    """
    if " " in phrase or offices_of(phrase) or is_own_staff_word(phrase):
        return False, None  # SYG, DCM
    if phrase in _DEPARTMENTS and written.istitle() and not abroad:
        return True, "US"
    lettered = len(phrase) > 1 and written.isupper() and written.isalpha()
    return lettered, "US" if lettered and phrase.startswith("US") and phrase != "USSR" else None


def role_in(words: str) -> str:
    """The office that words before a name tell; empty where they are none.

    AT THE LAST NATO MEETING HAROLD, HE AND TSUSHIMA, SESSION NEW DELHI 13TH BAJPAI tell none.
    """
    bare = _LEAD.sub("", words).strip(" .")
    if not bare or words.endswith(_OCCASIONS) or _PRONOUN.match(words):
        return ""
    person = noun_kind(head_of(bare)) is NounKind.PERSON or names_paper(bare)
    return words if person or offices_of(words) or _TITLE.match(bare) else ""
