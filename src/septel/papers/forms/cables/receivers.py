"""Addressees of cables by their shape: codes behind a precedence, lists of stations on later pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.places import Sheet, SheetRow, code, codes, is_info, listed_stations, name, precedence

_LISTED = re.compile(r"ATTACHED\s+LIST|SEE\s+BELOW|MULTI.?ADDRESSEE|BOOK\s+(?:CABLE|MESSAGE)|ALL\s+STATIONS")
_FIRST = re.compile(r"^\W{0,3}[1lI]\s?[.,]\s+[A-Z]")
_CITE = re.compile(r"\W*C[I1]TE\b")
_CITES = re.compile(r"\W*RE[FS]{0,2}\b")


def attached_stations(sheets: Sequence[Sheet], to: tuple[str, ...]) -> tuple[str, ...]:
    """The stations of a list on later pages, where the first names none but speaks of one."""
    named = any(_LISTED.search(row.text) for row in sheets[0].rows[: sheets[0].head])
    if len(sheets) < 2 or len(to) > 2 or not (named or not to):
        return ()
    found = [one for sheet in sheets[1:] for one in listed_stations(sheet)]
    return tuple(dict.fromkeys(found)) if named or len(found) > len(to) + 7 else ()


def shaped_receivers(head: Sheet) -> tuple[str, ...]:
    """Stations that begin a row of the head behind a precedence or before INFO or CITE: a torn line.

    Only codes and names as they stand in the lists count.
    """
    rows = head.rows[: head.head]
    for at, row in enumerate(rows):
        if _FIRST.match(row.text):
            break
        cited = any(_CITE.match(one.text) for one in rows[at + 1 : at + 2])
        alone = tuple(filter(None, (_station(one.text.strip(" .,")) for one in row.tokens)))
        if cited and len(alone) == len(row.tokens):
            return tuple(dict.fromkeys(alone))
        if not _CITES.match(row.text) and (told := _begun_by_stations(row)):
            return told
    return ()


def _begun_by_stations(row: SheetRow) -> tuple[str, ...]:
    words = [one.text.strip(" .,:;()") for one in row.tokens]
    fast = len(words) > 1 and (precedence(words[0]) is not None or words[0].startswith("OPI"))
    found: list[str] = []
    at = 1 if fast else 0
    while at < len(words) and (known := _station(words[at])):
        found.append(known)
        at += 1
    marked = any(is_info(word) or word in ("CITE", "C1TE", "GITE") for word in words[at : at + 4])
    return tuple(dict.fromkeys(found)) if found and (marked or (fast and len(words[0]) > 3)) else ()


def _station(word: str) -> str | None:
    if word in codes() or word in ("DIR", "WA"):
        return word if word == "WA" or code(word) == word else None
    return word if len(word) > 4 and name(word) == word else None
