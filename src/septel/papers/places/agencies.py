"""The row of agencies that got a report: at the head or foot of its form, read through misread letters."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from septel.papers.places.sheet import Sheet, SheetWord

AGENCIES = (
    "STATE/INR", "STATE", "DIA", "ARMY", "ARMY/ACSI", "NAVY", "AIR", "JCS", "SECDEF", "NSA", "NIC",
    "USIA", "OCI", "ONE", "OCR", "ORR", "OO", "OBI", "FBI", "CIA/NMCC", "NMCC", "NPIC", "TREASURY",
    "AD/CI", "I&NS", "EXO", "DD/I", "AID", "AEC", "REPCINCLANT", "CINCLANT", "CINCSO", "CINCARIB",
    "CINCPAC", "SDO", "CGS", "OSI", "OER", "OSR", "CRS", "STATE/DIR",
)  # fmt: skip
"""Who got reports, as the rows of agencies on their forms have it (form 1K, 1962-64; cables, 1965-73)."""
_NOT_LISTED = frozenset({"STATE/DIR"})
LEAST = 4


def agencies_on(sheet: Sheet) -> tuple[str, ...]:
    """The agencies in the order of the form; empty where no row has several."""
    for at, row in enumerate(sheet.rows):
        first = _agencies(row.tokens)
        if len(first) < LEAST:
            continue
        found = list(first)
        for below in sheet.rows[at + 1 : at + 4]:
            more = _agencies(below.tokens)
            if 2 * len(more) >= len(below.tokens):
                found += more
        return tuple(dict.fromkeys(one for one in found if one not in _NOT_LISTED))
    return ()


def _agencies(tokens: tuple[SheetWord, ...]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        for word in re.split(r"[^A-Za-z0-9&/]+", token.text):
            bare = word.upper()
            if bare in AGENCIES:
                found.append(bare)
            elif len(bare) > 3 and (
                near := process.extractOne(bare, AGENCIES, scorer=fuzz.ratio, score_cutoff=78)
            ):
                found.append(near[0])
            elif bare == "00":
                found.append("OO")
    return found
