"""The words that a catalogue has met, each with its sound and its shape.

A name's sound is what transliterations of it share: its consonants in classes (`SEMENOV`, `SEMYONOV` and
`SEMENOFF` are one), after the manner of Daitch and Mokotoff's code for Slavic names (1985), made coarser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from septel.archive.store.database import Database
from septel.lexicon import shapes

LEAST = 5
"""Shorter words are too like each other."""


_MOST_KNOWN = 400_000
_LONGEST = 40
_FIGURES = 4
"""Words with so many figures are numbers of papers: each is another, and none is misspelt."""
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

    def learn(self, connection: Database, words: Iterable[str]) -> None:
        """Take in the words of a document before they are indexed; numbers and odd words are left out.

        What the index has already was taken in then.
        """
        fresh = [
            word
            for word in sorted(set(words) - self._known)
            if 3 <= len(word) <= _LONGEST
            and word.isascii()
            and sum(map(str.isdigit, word)) < _FIGURES
            and not word.isdigit()
        ]
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known.update(fresh)
        known = connection.words.known(fresh)
        (at,) = connection.execute("SELECT coalesce(max(id), 0) FROM spelling").fetchone()
        rows = [
            (n, word, (sound_of(word) if len(word) >= 4 else "") or None)
            for n, word in enumerate((word for word in fresh if word not in known), at + 1)
        ]
        connection.executemany("INSERT INTO spelling (id, word, sound) VALUES (?, ?, ?)", rows)
        connection.words.put_shapes(
            [(n, shapes(word.upper())) for n, word, _ in rows if len(word) >= LEAST - 1]
        )

    def forget(self) -> None:
        """Know nothing, as after a change that was taken back."""
        self._known.clear()
