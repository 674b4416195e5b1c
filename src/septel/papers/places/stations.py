"""The stations and precedences of telegraph lines, known through misread letters.

Codes of four letters stand for a station from about 1958 to 1968, full names before and after.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon, letters

PRECEDENCES = {
    "FLASH": "FLASH", "CRITIC": "CRITIC", "IMMEDIATE": "IMMEDIATE", "IMMED": "IMMEDIATE", "OPIM": "OPIM",
    "PRIORITY": "PRIORITY", "PRITY": "PRIORITY", "PRTY": "PRIORITY", "ROUTINE": "ROUTINE",
    "DEFERRED": "DEFERRED",
    "OPERATIONAL": "OPERATIONAL", "NIACT": "NIACT",
}  # fmt: skip
"""Precedences as they are written, each with its plain form."""
ALIKE = 82.0
"""How alike a long name must be, of a hundred (`rapidfuzz.fuzz.ratio`) ..."""
LOOSELY = 72.0
"""... and where the form says that only a station can stand there."""
_FIGURES = str.maketrans("015", "OIS")
_LABELS = (
    "INFO",
    "CITE",
    "REF",
    "REFS",
    "FROM",
    "DATE",
    "UNIT",
    "ORIG",
    "CONF",
    "COPY",
    "FILE",
    "PAGE",
    "CASE",
)
"""Printed words that are like codes."""


@lru_cache(maxsize=1)
def codes() -> dict[str, str]:
    """The codes of four letters, each with its station's name in capitals."""
    return {row["code"]: row["name"].upper() for row in _table() if row["code"]}


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """The stations' names, by their letters."""
    return {letters(row["name"].upper()): row["name"].upper() for row in _table()}


@lru_cache(maxsize=1)
def _posts() -> dict[str, str]:
    """The posts of the Department, by their letters: other services had stations in the same towns."""
    return {letters(post.name.upper()): post.name.upper() for post in Lexicon.shipped().posts}


def _table() -> list[dict[str, str]]:
    text = (resources.files("septel.papers") / "data" / "stations.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=4096)
def code(word: str, *, loose: bool = False) -> str | None:
    """The station's code that a word is, one misread letter aside where only one code is as near.

    Args:
        word: as read.
        loose: whether a letter may also be lost, where a number follows.
    """
    bare = re.sub(r"[^A-Z0-9]", "", word.upper()).translate(_FIGURES)
    known = codes()
    if bare in known or (len(bare) == 5 and bare[4] == "F" and bare[:4] in known):
        return bare  # in 1949-52 a final F stood for the field station
    if not 3 <= len(bare) <= 5 or bare in PRECEDENCES or bare in _LABELS:
        return None
    if len(bare) == 3 and not loose:
        return "DIR" if Levenshtein.distance(bare, "DIR", score_cutoff=1) <= 1 else None
    near = near_codes(bare)
    return near[0] if len(near) == 1 else None


def near_codes(bare: str) -> list[str]:
    """The codes that are one letter from a word."""
    return [one for one in codes() if len(one) == 4 and Levenshtein.distance(bare, one, score_cutoff=1) <= 1]


@lru_cache(maxsize=4096)
def name(words: str, alike: float = ALIKE) -> str | None:
    """The station's full name that words are, through misread letters; None where two are as near."""
    bare = letters(words.upper().translate(_FIGURES))
    known = names()
    if bare in known:
        return known[bare]
    if len(bare) < 5:
        return None
    if bare in _posts():
        return _posts()[bare]
    near = process.extract(bare, known.keys(), scorer=fuzz.ratio, score_cutoff=alike, limit=2)
    if not near or (len(near) > 1 and near[0][1] - near[1][1] < 4 and not _one_letter(bare, near)):
        return None
    if abs(len(near[0][0]) - len(bare)) > 2:
        return None
    return known[near[0][0]]


def _one_letter(bare: str, near: Sequence[tuple[str, float, int]]) -> bool:
    """Whether the nearest of two names is one misread letter away and the other is not."""
    apart = [sum(a != b for a, b in zip(one[0], bare, strict=False)) for one in near]
    return len(near[0][0]) == len(bare) and apart[0] == 1 and (len(near[1][0]) != len(bare) or apart[1] > 1)


@lru_cache(maxsize=4096)
def begun(words: str) -> str | None:
    """The station's full name that words begin, where a cell's end was not read; only one may begin so."""
    told = name(words)
    bare = letters(words.upper().translate(_FIGURES))
    if told or len(bare) < 5:
        return told
    near = [full for known, full in names().items() if known.startswith(bare)]
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=4096)
def precedence(word: str) -> str | None:
    """The precedence that a word is, through misread letters."""
    bare = letters(word.upper().translate(_FIGURES))
    if bare in PRECEDENCES:
        return PRECEDENCES[bare]
    if len(bare) < 6:
        return None
    near = process.extractOne(bare, PRECEDENCES.keys(), scorer=fuzz.ratio, score_cutoff=74)
    return PRECEDENCES[near[0]] if near else None


def is_word(text: str, wanted: str, *, most: int = 1) -> bool:
    """Whether a word is the wanted one, so many misread letters aside."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper()).translate(_FIGURES)
    return abs(len(bare) - len(wanted)) <= most and (
        Levenshtein.distance(bare, wanted, score_cutoff=most) <= most
    )
