"""The row of agencies that got a report: at the head or foot of its form, read through misread letters."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from septel.papers.places.sheet import Sheet, SheetWord

AGENCIES = (
    "STATE/INR", "STATE", "DIA", "ARMY", "ARMY/ACSI", "NAVY", "AIR", "JCS", "SECDEF", "NSA", "NIC",
    "USIA", "OCI", "ONE", "OCR", "ORR", "OO", "OBI", "FBI", "CIA/NMCC", "NMCC", "NPIC", "TREASURY",
    "AD/CI", "I&NS", "EXO", "DD/I", "AID", "AEC", "REPCINCLANT", "CINCLANT", "CINCSO", "CINCARIB",
    "CINCPAC", "SDO", "CGS", "OSI", "OER", "OSR", "CRS", "STATE/DIR",
)  # fmt: skip
"""Who got reports, as the rows of agencies on their forms have it (form 1K, 1962-64; cables, 1965-73)."""
_PRINTED = (
    "STATE/INR", "DIA", "ARMY/ACSI", "NAVY", "AIR", "JCS", "SECDEF", "NSA", "NIC", "AID", "USIA", "OCI",
    "ONE", "OCR", "ORR", "OBI", "OO", "EXO",
)  # fmt: skip
_NOT_LISTED = frozenset({"STATE/DIR"})
LEAST = 4


def agencies_on(sheet: Sheet, *, printed: bool = False) -> tuple[str, ...]:
    """The agencies in the order of the form; empty where no row has several.

    Args:
        sheet: a page.
        printed: whether its row is the form's own, from which the typist struck nothing: where many of its
            names are read the others stand there too.
    """
    for at, row in enumerate(sheet.rows):
        first = _agencies(row.tokens)
        if len(set(first)) < LEAST or _is_abroad(sheet, at):
            continue
        found = list(first)
        for below in sheet.rows[at + 1 : at + 4]:
            more = _agencies(below.tokens)
            if 2 * len(more) >= len(below.tokens):
                found += more
        found = _whole_row(found) if printed else found
        return tuple(dict.fromkeys(one for one in found if one not in _NOT_LISTED))
    return ()


def _is_abroad(sheet: Sheet, at: int) -> bool:
    """Whether a row is of the paragraph that tells who got the report abroad, of three rows at most."""
    for row in reversed(sheet.rows[max(0, at - 2) : at + 1]):
        if _IN_FIELD.search(row.text):
            return True
        if _BEHIND.search(row.text):
            return False
    return False


_BEHIND = re.compile(r"END OF|CLASSIFICATION|D[I1]SSEMINATION")
_IN_FIELD = re.compile(r"F[I1]ELD\s?D[I1]SS")
"""The label of the report's paragraph of those who got it abroad, and what stands behind that."""


def _whole_row(found: list[str]) -> list[str]:
    """The names of the printed row with those that were not read between or beside others in its order."""
    own = [one for one in dict.fromkeys(found) if one in _PRINTED]
    if len(own) < _MOST_READ or "STATE" in found:
        return found
    row = [one for one in _PRINTED if one in own or one != "OBI"]  # the last editions have no OBI
    return row + [one for one in found if one not in _PRINTED]


_MOST_READ = 6
"""So many names of the printed row tell that it is the row."""


def _agencies(tokens: tuple[SheetWord, ...]) -> list[str]:
    words = [word.upper() for token in tokens for word in re.split(r"[^A-Za-z0-9&/]+", token.text) if word]
    for at in range(len(words) - 1, 0, -1):
        if (words[at - 1], words[at]) == ("STATE", "INR"):
            words[at - 1 : at + 1] = ["STATE/INR"]
        elif words[at - 1] + words[at] in AGENCIES and len(words[at - 1]) > 1:
            words[at - 1 : at + 1] = [words[at - 1] + words[at]]  # read in two
    told = [_agency(word) for word in words]
    for at, (word, agency) in enumerate(zip(words, told, strict=True)):
        if agency is None and at > 0:
            told[at] = _between(word, told[at - 1], told[at + 1] if at + 1 < len(told) else None)
    return [one for one in told if one]


def _agency(word: str) -> str | None:
    if word in AGENCIES:
        return word
    if word in _MISREAD:
        return _MISREAD[word]
    near = process.extractOne(word, AGENCIES, scorer=fuzz.ratio, score_cutoff=78) if len(word) > 3 else None
    return near[0] if near else None


_MISREAD = {
    "00": "OO",
    "081": "OBI",
    "0B1": "OBI",
    "0BI": "OBI",
    "EX": "EXO",
    "EX0": "EXO",
    "0CI": "OCI",
    "0CR": "OCR",
}
"""What figures stand for letters, in names too short to tell by likeness."""


def _between(word: str, before: str | None, after: str | None) -> str | None:
    """A misread name by its neighbours: the form prints the names in one order (form 1K, 1961-64)."""
    if before not in _PRINTED or len(word) > 5:
        return None
    at = _PRINTED.index(before) + 1
    if at >= len(_PRINTED) or (after is not None and after != _PRINTED[min(at + 1, len(_PRINTED) - 1)]):
        return None
    wanted = _PRINTED[at]
    return wanted if Levenshtein.distance(word, wanted) <= 1 + (len(word) > len(wanted)) else None
