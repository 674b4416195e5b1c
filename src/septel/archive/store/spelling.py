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
_LOTS, _MOST_READ = 4, 50_000
"""After so many documents with no other writer between, so many words are read at once."""
_MOST_VALUES = 20_000
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


def _once(found: re.Match[str]) -> str:
    # A template is expanded in Python, at more cost.
    return found[1]


def sound_of(word: str) -> str:
    """The classes of a name's consonants in order; empty where it is no name."""
    if not word.isascii() or not word.isalpha():
        return ""
    text = word.upper()
    first = "A" if text[0] in "AEIOUY" else ""
    # Classes are written small until the vowels are gone, so that none is taken for a letter again.
    classes = _GROUP.sub(lambda found: _GROUPS[found.group()].lower(), text).translate(_VOWELS)
    return first + _DOUBLE.sub(_once, classes.replace("J", ".").upper()).replace(".", "")


class Spelling:
    """The words of one archive, kept as they are indexed."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._mark: int | None = None
        self._count: int | None = None
        self._lots = 0
        self._whole = False
        self._values: dict[tuple[str, str], int] = {}

    @property
    def values(self) -> dict[tuple[str, str], int] | None:
        """The numbers of some values of fields, right after `learn`; None where another may change them."""
        return self._values if self._mark is not None else None

    def learn(self, connection: Database, words: Iterable[str]) -> None:
        """Take in the words of a document before they are indexed; numbers and odd words are left out.

        What the index has already was taken in then.
        """
        if len(self._known) > _MOST_KNOWN:
            self.forget()
        at = self._meet(connection)
        fresh = [
            word
            for word in sorted(set(words) - self._known)
            if 3 <= len(word) <= _LONGEST
            and word.isascii()
            and (word.isalpha() or (not word.isdigit() and sum(map(str.isdigit, word)) < _FIGURES))
        ]
        self._known.update(fresh)
        known = () if self._whole else connection.words.known(fresh)
        rows = list(enumerate((word for word in fresh if word not in known), at + 1))
        put = connection.waiting.put if self._mark is not None else connection.executemany
        put("INSERT INTO spelling (id, word) VALUES (?, ?)", rows)
        names = [(n, word) for n, word in rows if len(word) >= LEAST - 1]
        put(
            "INSERT INTO sound (sound, id) VALUES (?, ?)",
            [(sound, n) for n, word in names if (sound := sound_of(word))],
        )
        self._count = at + len(rows)
        connection.words.put_shapes([(n, shapes(word.upper())) for n, word in names])

    def _meet(self, connection: Database) -> int:
        """The greatest number of a word.

        Where this connection goes on adding, all words are read at once rather than asked for one by one.
        """
        mark = connection.written_elsewhere()
        if mark is None or mark != self._mark or self._count is None:
            if mark is not None:
                connection.waiting.write()
            (self._count,) = connection.execute("SELECT coalesce(max(id), 0) FROM spelling").fetchone()
        if mark != self._mark:
            self._mark, self._lots, self._whole = mark, 0, False
            self._values.clear()
        if len(self._values) > _MOST_VALUES:
            self._values.clear()
        self._lots += 1
        if mark is not None and not self._whole and self._lots >= _LOTS and self._count <= _MOST_READ:
            connection.waiting.write()
            self._known.update(word for (word,) in connection.execute("SELECT word FROM spelling"))
            self._whole = True
        return self._count

    def forget(self) -> None:
        """Know nothing, as after a change that was taken back."""
        self._known.clear()
        self._values.clear()
        self._mark, self._count, self._lots, self._whole = None, None, 0, False
