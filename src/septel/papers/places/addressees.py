"""The stations among the words of a row, with precedences between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from septel.papers.places.sheet import Sheet, SheetWord
from septel.papers.places.stations import ALIKE, LOOSELY, code, codes, is_word, name, near_codes, precedence


def is_info(text: str) -> bool:
    """Whether a word is the printed INFO of a telegraph line, misread or not."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    return bare in _INFO or (
        len(bare) in (3, 4) and bare[-1] in "O0" and is_word(bare, "INFO") and bare != "INTO"
    )


BRANCH = re.compile(r"[A-Z]{2,4}/[A-Z]{4,}")
"""A division's office in a town: `LA/MIAMI`."""
_COUNTRY = "GERMANY"
"""A station of its own, and behind a comma the country of the town before it."""
_INFO = ("INFO", "INF0", "1NFO", "IMFO", "UNFO", "NFO", "INFD", "INFQ", "IHFO", "LNFO", "INFOI")


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
        told = precedence(word) or ("OPIM" if at == 0 and len(tokens) > 1 and _is_opim(word) else None)
        if told:
            fast = fast or told
            at += 1
            continue
        if BRANCH.fullmatch(word):
            found.append(word)
            at += 1
            continue
        for many in (4, 3, 2, 1):
            if any(one.text.endswith((",", ";")) for one in tokens[at : at + many - 1]):
                continue  # a comma parts two names
            words = " ".join(one.text.strip(" .,:;()") for one in tokens[at : at + many])
            full = name(words, alike) if at + many <= len(tokens) and len(words) > 3 else None
            coded = code(words) if many == 1 and len(words) > 2 else None
            if full or coded:
                # `PARIS` is a name that begins as its code does; `HAMBURG, GERMANY` is one station.
                told = full if full and len(words) > 4 else coded or full or ""
                if not (found and told == _COUNTRY and tokens[at - 1].text.endswith(",")):
                    found.append(told)
                at += many
                break
        else:
            if unknown and re.fullmatch(r"[A-Z]{4}", word) and not (at == 0 and _is_fast(word)):
                # What is one letter from two codes is a misread one of them: none is guessed.
                found += [] if near_codes(word) else [word]
            elif unknown and at == 0 and _is_fast(word):
                fast = fast or "OPIM"
            at += 1
    return tuple(dict.fromkeys(found)), fast


def _is_opim(word: str) -> bool:
    """Whether a first word is `OPIM` with one misread letter, and no station's code as it stands."""
    return len(word) == 4 and word not in codes() and Levenshtein.distance(word, "OPIM", score_cutoff=1) <= 1


def _is_fast(word: str) -> bool:
    """Whether a first word may be a misread `OPIM`."""
    return len(word) == 4 and Levenshtein.distance(word, "OPIM", score_cutoff=2) <= 2


def only_stations(tokens: Sequence[SheetWord]) -> tuple[str, ...]:
    """The stations of a row that has hardly anything else; empty otherwise."""
    words = [one for one in tokens if len(one.text.strip(".,")) > 1]
    found, _ = stations_in(words)
    letters = sum(len(one.text.strip(".,")) for one in words)
    return found if letters and sum(len(one.replace(" ", "")) for one in found) >= 0.75 * letters else ()


def raw_names(words: Sequence[SheetWord]) -> tuple[str, ...]:
    """Stations as they are written; empty where the words are no clean names."""
    kept = [one.text.strip("()[]") for one in words if not precedence(one.text.strip(" .,:()"))]
    names = [part.strip(" .") for part in " ".join(kept).split(",")]
    names = [one for at, one in enumerate(names) if not (at and one == _COUNTRY)]
    return (
        tuple(names)
        if all(re.fullmatch(r"(?:[A-Z]{2,}/)?[A-Z]{4,}(?: [A-Z]{2,}){0,2}", one) for one in names)
        else ()
    )


def longest_name(words: Sequence[str]) -> str | None:
    """The station's full name that words begin with."""
    for many in (3, 2, 1):
        told = name(" ".join(words[:many]), LOOSELY) if len(words) >= many else None
        if told:
            return told
    return None


def listed_stations(sheet: Sheet) -> tuple[str, ...]:
    """The stations of a message to many: rows of nothing else, one under the other."""
    best: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    rows, down = 0, 0.0
    for at, row in enumerate(sheet.rows):
        told = only_stations(row.tokens)
        if at >= sheet.head and not told:
            break  # a list that goes on past the head
        if told and (not rows or row.down - down < 5.5):
            run, rows, down = run + told, rows + 1, row.down
        elif told or row.down - down >= 5.5:
            run, rows, down = told, 1 if told else 0, row.down
        if rows > 1 and len(run) > 7 and len(run) > len(best):
            best = run
    # Headquarters stands between a list's rows where FROM was not read before it.
    return tuple(dict.fromkeys(one for one in best if one not in ("DIRECTOR", "DIR")))


def misread_info(before: Sequence[SheetWord]) -> list[SheetWord]:
    """The small print between codes that was INFO before it was misread: `SJOS NO WAVE`."""
    return [
        one
        for left, one, right in zip(before, before[1:], before[2:], strict=False)
        if one.text.strip(".,:").upper() in ("NO", "INF", "MO", "FO", "INO", "IFO")
        and code(left.text.strip(".,:")) is not None
        and code(right.text.strip(".,:")) is not None
    ][-1:]
