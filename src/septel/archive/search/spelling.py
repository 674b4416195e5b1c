"""The archive's own words: which look alike, which sound alike, and how a person may have meant to spell one.

A name's sound is what transliterations of it share: its consonants in classes (`SEMENOV`, `SEMYONOV` and
`SEMENOFF` are one), after the manner of Daitch and Mokotoff's code for Slavic names (1985), made coarser.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from septel.lexicon import shapes

ALIKE = 78.0
"""How alike (rapidfuzz's ratio, 0 to 100) a word of the archive must be to one looked for."""
SAME_SHAPE = 90.0
"""The same after look-alikes (0 and O, 1 and I) were made one; stricter, since less is left to tell by."""
LEAST = 5
"""Shorter words are too like each other."""
_MOST_KNOWN = 400_000
_LONGEST = 40
_LOT = 500
_GROUPS = {
    **dict.fromkeys(("SCHTSCH", "SHCH", "SZCZ", "STCH", "SCH", "SH", "SZ"), "S"),
    **dict.fromkeys(("TSCH", "TCH", "CZ", "CH"), "C"),
    **dict.fromkeys(("DZH", "ZH", "DJ"), "J"),
    **dict.fromkeys(("KH", "CK", "QU", "Q"), "K"),
    **dict.fromkeys(("PH", "V", "W"), "F"),
    **dict.fromkeys(("TS", "TZ"), "Z"),
    "X": "KS",
    "DT": "T",
}
"""Letters of transliterations, and the class of their sound; all other consonants are their own."""
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_VOWELS = str.maketrans("AEIOUYH", ".......", "")
_DOUBLE = re.compile(r"(.)\1+")


def sound_of(word: str) -> str:
    """The classes of a name's consonants in order; empty where it is no name."""
    if not word.isascii() or not word.isalpha():
        return ""
    text = word.upper()
    first = "A" if text[0] in "AEIOUY" else ""
    # Classes are written small until the vowels are gone, so that none is taken for a letter again.
    classes = _GROUP.sub(lambda found: _GROUPS[found.group()].lower(), text).translate(_VOWELS)
    return first + _DOUBLE.sub(r"\1", classes.replace("J", ".").upper()).replace(".", "")


class Spelling:
    """The words of one archive, kept as they are indexed."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def learn(self, connection: sqlite3.Connection, words: Iterable[str]) -> None:
        """Take in the words of a document before they are indexed; numbers and odd words are left out.

        What the index has already was taken in then.
        """
        fresh = [
            word
            for word in set(words) - self._known
            if 3 <= len(word) <= _LONGEST and not word.isdigit() and word.isascii()
        ]
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known.update(fresh)
        known = _indexed(connection, fresh)
        (at,) = connection.execute("SELECT coalesce(max(id), 0) FROM spelling").fetchone()
        rows = [
            (n, word, (sound_of(word) if len(word) >= 4 else "") or None)
            for n, word in enumerate((word for word in fresh if word not in known), at + 1)
        ]
        connection.executemany("INSERT INTO spelling (id, word, sound) VALUES (?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO shape (rowid, letters) VALUES (?, ?)",
            [(n, shapes(word.upper())) for n, word, _ in rows if len(word) >= LEAST - 1],
        )

    def forget(self) -> None:
        """Know nothing, as after a change that was taken back."""
        self._known.clear()


def _indexed(connection: sqlite3.Connection, words: Sequence[str]) -> set[str]:
    """Those of some words that the index has."""
    found: set[str] = set()
    for at in range(0, len(words), _LOT):
        lot = words[at : at + _LOT]
        marks = ", ".join("?" * len(lot))
        found.update(
            row[0] for row in connection.execute(f"SELECT term FROM word_terms WHERE term IN ({marks})", lot)
        )
    return found


def alike(connection: sqlite3.Connection, word: str, *, most: int = 24) -> list[tuple[str, float]]:
    """The archive's words that look like one, the likest first, each with how alike it is (0 to 100)."""
    lowered = word.lower()
    if len(lowered) < LEAST:
        return []
    shape = shapes(word)
    grams = sorted({form[i : i + 3] for form in (shape, shapes(word.upper())) for i in range(len(form) - 2)})
    if not grams:
        return []
    rows = connection.execute(
        """SELECT word FROM spelling WHERE id IN (SELECT rowid FROM shape WHERE shape MATCH ?)
           AND length(word) BETWEEN ? AND ?""",
        (" OR ".join(f'"{gram}"' for gram in grams), len(lowered) * 2 // 3, len(lowered) * 3 // 2 + 1),
    ).fetchall()
    words = [one for (one,) in rows if one != lowered]
    found: dict[str, float] = {}
    for one, score, _ in process.extract(lowered, words, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=most):
        found[one] = score
    if len(shape) >= LEAST:
        folded = {one: shapes(one.upper()) for one in words}
        for _, score, one in process.extract(
            shape, folded, scorer=fuzz.ratio, score_cutoff=SAME_SHAPE, limit=most
        ):
            found[one] = max(score, found.get(one, 0.0))
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def same_sound(connection: sqlite3.Connection, word: str, *, most: int = 60) -> list[str]:
    """The archive's words that sound like one; itself is among them when it is held."""
    sound = sound_of(word)
    if len(sound) < 2:
        return []
    rows = connection.execute(
        "SELECT word FROM spelling WHERE sound = ? ORDER BY word LIMIT ?", (sound, most)
    )
    return [one for (one,) in rows]


def beginning(connection: sqlite3.Connection, start: str, *, most: int = 20) -> list[tuple[str, int]]:
    """The indexed words that begin so, the commonest first, each with how many units have it."""
    rows = connection.execute(
        "SELECT term, doc FROM word_terms WHERE term >= ? AND term < ? ORDER BY doc DESC, term LIMIT ?",
        (start, start + "\U0010ffff", most),
    )
    return [(str(term), int(count)) for term, count in rows]


def matching(connection: sqlite3.Connection, pattern: str, *, most: int) -> list[str]:
    """The indexed words that fit a pattern with `*` and `?`, in their order."""
    start = re.match(r"[^*?]*", pattern)
    lead = start.group() if start else ""
    rows = connection.execute(
        "SELECT term FROM word_terms WHERE term >= ? AND term < ? AND term GLOB ? LIMIT ?",
        (lead, lead + "\U0010ffff", pattern, most),
    )
    return [str(term) for (term,) in rows]


def is_live(connection: sqlite3.Connection, words: Sequence[str]) -> bool:
    """Whether a document that may be found has these words in one place as it is read."""
    phrase = " ".join(f'"{word}"' for word in words)
    row = connection.execute(
        "SELECT 1 FROM word JOIN unit ON unit.id = word.rowid WHERE word MATCH ? LIMIT 1", [phrase]
    ).fetchone()
    return row is not None
