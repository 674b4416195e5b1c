"""Words of the reviewers who declassified a paper: no grade of it, though near to UNCLASSIFIED."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from septel.lexicon import letters


@lru_cache(maxsize=4096)
def tells_review(text: str) -> bool:
    """Whether a line begins as reviewers' stamps do (DECLASSIFIED, `declassification`), and is no grade.

    They are near to UNCLASSIFIED by their letters; a word as near to that counts as it. `Unclassified`, typed
    so, is of a record sheet.
    """
    if text.strip(" .:") == "Unclassified":
        return True
    bare = letters(text)
    begun = bare[: len(_DECLASSIFIED)]
    told = Levenshtein.distance(begun, _DECLASSIFIED)
    return bare in _CLASSIFIED or (told <= 1 and told < Levenshtein.distance(begun, _UNCLASSIFIED))


_DECLASSIFIED, _UNCLASSIFIED = "DECLASSIF", "UNCLASSIF"
_CLASSIFIED = frozenset({"CLASSIFIED", "CLASSIFIEDBY", "CLASSIFICATION"})


def classifies(text: str) -> bool:
    """Whether a line tells who classified a paper, or is cut to that: no release, whatever follows it."""
    return letters(text) in _CLASSIFIED


_NUMBERED = r"(?:NND|NL[A-Z]|E\.? ?O\.?|EXECUTIVE ORDER|SEC(?:TION|\.)?|@)\W*[\w./()-]*\d[\w./()-]*"
_DATED = r"(?:\d[\w./-]*|JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[A-Z]*"
_OFFICES = r"NARA|CIA|FBI|OSD|DOD|DOS|NSC|JCS|NL[A-Z]|STATE|(?:US )?DEPT?\.? OF (?:STATE|DEFENSE)"
_BEHIND = (
    rf"(?:[\s,;:.|/&_*–—-]|IN FULL\b|(?:AND )?(?:APPROVED FOR )?RELEASED?\b|"
    rf"BY\W{{0,3}}[A-Z]{{2,4}}(?:/[A-Z]{{2,4}})?(?=\W+(?:NARA|DATE|\d))|(?:BY|PER|UNDER)\b|AUTH(?:ORITY)?\b|{_NUMBERED}|DATE\b|{_DATED}\b|(?:{_OFFICES})\b)*"
)
_SYSTEMATIC = (
    r"(?:[A-Z][\w.]+ ){0,4}DECLASSIFIED/RELEASED(?: US DEPARTMENT OF STATE(?: E\.?O\.?)?"
    r"(?: SYSTEMATIC)? REVIEW)"
)
_RELEASE = re.compile(rf"\W*(?:DECLASSIFIED{_BEHIND}|{_SYSTEMATIC}{_BEHIND})", re.IGNORECASE)
_UNMISTAKABLE = re.compile(rf"{_SYSTEMATIC}|DECLASSIFIED\W.*{_NUMBERED}", re.IGNORECASE)


def is_release_stamp(text: str) -> bool:
    """Whether a whole line is a stamp of release as archives put it: nothing but its fixed words and numbers.

    Sentences of papers have the same words (`declassified by the Board last week`): what holds a word that
    stamps have not is none, nor what has signs of quotation, nor what begins in small letters.
    """
    bare = " ".join(text.split())
    begun = bare.lstrip("|*_-–—.:;, ")
    return begun[:1].isupper() and not _QUOTED & set(bare) and _RELEASE.fullmatch(bare) is not None


def has_authority(text: str) -> bool:
    """Whether a stamp of release names the authority or the review, as no line of running text does."""
    return _UNMISTAKABLE.search(text) is not None


_QUOTED = frozenset("\"'“”‘’«»?!")
