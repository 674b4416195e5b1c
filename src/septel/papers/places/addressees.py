"""The stations among the words of a row, with precedences between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.places.sheet import SheetWord
from septel.papers.places.stations import ALIKE, LOOSELY, code, name, precedence


def is_info(text: str) -> bool:
    """Whether a word is the printed INFO of a telegraph line, misread or not."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    return bare in ("INFO", "INF0", "1NFO", "IMFO", "UNFO", "NFO", "INFD", "INFQ", "IHFO", "LNFO", "INFOI")


def stations_in(
    tokens: Sequence[SheetWord], alike: float = ALIKE, *, unknown: bool = False
) -> tuple[tuple[str, ...], str]:
    """The stations among words, in their order, and the first precedence.

    Args:
        tokens: the words.
        alike: how alike a full name must be.
        unknown: whether codes that no list has count, where only stations can stand.
    """
    found: list[str] = []
    fast = ""
    at = 0
    while at < len(tokens):
        word = tokens[at].text.strip(" .,:;()")
        told = precedence(word)
        if told:
            fast = fast or told
            at += 1
            continue
        for many in (4, 3, 2, 1):
            words = " ".join(one.text.strip(" .,:;()") for one in tokens[at : at + many])
            full = name(words, alike) if at + many <= len(tokens) and len(words) > 3 else None
            coded = code(words) if many == 1 and len(words) > 2 else None
            if full or coded:
                # `PARIS` is a name that begins as its code does.
                found.append(full if full and len(words) > 4 else coded or full or "")
                at += many
                break
        else:
            if unknown and re.fullmatch(r"[A-Z]{4}", word):
                found.append(word)
            at += 1
    return tuple(dict.fromkeys(found)), fast


def only_stations(tokens: Sequence[SheetWord]) -> tuple[str, ...]:
    """The stations of a row that has hardly anything else; empty otherwise."""
    words = [one for one in tokens if len(one.text.strip(".,")) > 1]
    found, _ = stations_in(words)
    letters = sum(len(one.text.strip(".,")) for one in words)
    return found if letters and sum(len(one.replace(" ", "")) for one in found) >= 0.75 * letters else ()


def raw_names(words: Sequence[SheetWord]) -> tuple[str, ...]:
    """Stations as they are written; empty where the words are no clean names."""
    names = [part.strip(" .") for part in " ".join(one.text for one in words).split(",")]
    return tuple(names) if all(re.fullmatch(r"[A-Z]{4,}(?: [A-Z]{2,}){0,2}", one) for one in names) else ()


def longest_name(words: Sequence[str]) -> str | None:
    """The station's full name that words begin with."""
    for many in (3, 2, 1):
        told = name(" ".join(words[:many]), LOOSELY) if len(words) >= many else None
        if told:
            return told
    return None
