"""The row of agencies that got a report: at the head or foot of its form, read through misread letters."""

from __future__ import annotations

import re
from itertools import pairwise

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
_UNDER = "STATE/DIR"
"""Alone under the row it is the form's print beside STATE/INR; among those typed in it is one of them."""
LEAST = 4


def agencies_on(sheet: Sheet, *, printed: bool = False) -> tuple[str, ...]:
    """The agencies in the order of the form; empty where no row has several.

    Args:
        sheet: a page.
        printed: whether its row is the form's own, from which the typist struck nothing: where many of its
            names are read, words between them that are no names are misread ones.
    """
    for at, row in enumerate(sheet.rows):
        first = _agencies(row.tokens)
        if len({name for name, _ in first}) < LEAST or _is_abroad(sheet, at):
            continue
        found = _with_gaps(first, row.tokens) if printed else [name for name, _ in first]
        for below in sheet.rows[at + 1 : at + 4]:
            more = [name for name, _ in _agencies(below.tokens)]
            if 2 * len(more) >= len(below.tokens) and more != [_UNDER]:
                found += more
        return tuple(dict.fromkeys(found))
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


def _with_gaps(read: list[_Placed], tokens: tuple[SheetWord, ...]) -> list[str]:
    """The names of a printed row with those between two others in whose place something stands unread.

    The row has gaps of a name's length there, or words that are no names. What stands nowhere is none: an
    edition of the form or a typist may have left it out.
    """
    if len({name for name, _ in read} & set(_PRINTED)) < _MOST_READ or any(n == "STATE" for n, _ in read):
        return [name for name, _ in read]
    found = [read[0][0]]
    for (before, left), (after, right) in pairwise(read):
        if before in _PRINTED and after in _PRINTED:
            lost = _PRINTED[_PRINTED.index(before) + 1 : _PRINTED.index(after)]
            between = [one for one in tokens[left + 1 : right] if not _STRUCK.search(one.text)]
            # What is blank between the two, and could hold the names that are lost.
            wide = tokens[right].left - tokens[left].right
            room = not tokens[left + 1 : right] and wide >= _SET * sum(len(one) + 1 for one in lost)
            if lost and (len(between) == len(lost) or room):
                found += lost
        found.append(after)
    return found


_STRUCK = re.compile(r"X{2,}|\bX\w*X\b", re.IGNORECASE)
"""What a typist struck out."""
_SET = 0.65
"""The form prints the names so much narrower than typed words stand."""
_MOST_READ = 6
"""So many names of the printed row tell that it is the row."""
_Placed = tuple[str, int]
"""A name, and the place of the word in its row that ends it."""


def _agencies(tokens: tuple[SheetWord, ...]) -> list[_Placed]:
    words = [
        (word.upper(), at)
        for at, token in enumerate(tokens)
        for word in re.split(r"[^A-Za-z0-9&/]+", token.text)
        if word
    ]
    for at in range(len(words) - 1, 0, -1):
        (first, _), (second, place) = words[at - 1 : at + 1]
        if (first, second) == ("STATE", "INR"):
            words[at - 1 : at + 1] = [("STATE/INR", place)]
        elif first + second in AGENCIES and len(first) > 1:
            words[at - 1 : at + 1] = [(first + second, place)]  # read in two
    told = [_agency(word) for word, _ in words]
    for at, ((word, _), agency) in enumerate(zip(words, told, strict=True)):
        if agency is None and at > 0:
            told[at] = _between(word, told[at - 1], told[at + 1] if at + 1 < len(told) else None)
    return [(one, place) for one, (_, place) in zip(told, words, strict=True) if one]


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
