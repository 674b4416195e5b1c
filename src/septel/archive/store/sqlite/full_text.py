"""The index of words in SQLite: FTS5 without contents, of words, of pairs, of the trigrams of words' shapes.

What a unit may have beside its words as read is kept under terms of its own (`_salt`): of a common word it is
found without reading all its places.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from septel.archive.store.database import UnitWords
from septel.archive.store.word_match import (
    MatchAll,
    MatchNear,
    MatchOther,
    MatchPhrase,
    MatchWithout,
    WordMatch,
)

_MOST = 20_000
"""Units that wait in memory to be written at the end of a change."""


@dataclass(slots=True)
class _Gathered:
    """What one change adds to the index, and what it wrote for those around it."""

    words: list[tuple[int, str, str]] = field(default_factory=list)
    pairs: list[tuple[int, str]] = field(default_factory=list)
    shapes: list[tuple[int, str]] = field(default_factory=list)
    borrowed: list[_Gathered] = field(default_factory=list)

    def add(self, other: _Gathered) -> None:
        self.words += other.words
        self.pairs += other.pairs
        self.shapes += other.shapes

    def take_over(self, inner: _Gathered) -> None:
        """Have what a change within this one adds, and what that wrote for those around this one too."""
        self.add(inner)
        if inner.borrowed:
            self.borrow(inner.borrowed[:-1])

    def borrow(self, written: Sequence[_Gathered]) -> None:
        """Note what was written for the changes around this one, the outermost first."""
        if not self.borrowed:
            self.borrowed = [_Gathered() for _ in written]
        for borrowed, level in zip(self.borrowed, written, strict=True):
            borrowed.add(level)

    def taken(self) -> _Gathered:
        """What waits here, which then waits no longer."""
        taken = _Gathered(self.words, self.pairs, self.shapes)
        self.words, self.pairs, self.shapes = [], [], []
        return taken


class Fts5Words:
    """The index of words of one SQLite catalogue.

    The words of a unit that is indexed anew stay in `word` under its old number until the index is rebuilt.

    What a change adds is written at its end, or when the index is asked: FTS5 writes what it has in memory
    down at each savepoint, and merges it later, which costs more than all else of indexing.
    """

    nearest = 64
    by_number = "word.rowid"  # in this order the index gives them: nothing is sorted

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._open: list[_Gathered] = []

    def begin(self) -> None:
        """Gather what is added from now on; a change within another has its own."""
        self._open.append(_Gathered())

    def end(self, *, kept: bool) -> None:
        """Write what was gathered, or leave it to the change around this one, or forget it."""
        gathered = self._open.pop()
        if kept and self._open:
            self._open[-1].take_over(gathered)
        elif kept:
            self._write(gathered)
        elif gathered.borrowed:
            # What was written within a change that is taken back waits again where it came from.
            for level, borrowed in zip(self._open, gathered.borrowed, strict=True):
                level.add(borrowed)

    def put(self, units: Sequence[UnitWords]) -> None:
        """Index the words of new units."""
        rows = [
            (one.id, " ".join(one.main), " ".join([f"_{word}" for _, word in one.other])) for one in units
        ]
        pairs = [(one.id, _plain(" ".join(one.pairs))) for one in units if one.pairs]
        gathered = _Gathered(words=rows, pairs=pairs)
        if self._open:
            self._open[-1].add(gathered)
        else:
            self._write(gathered)
        if sum(len(level.words) for level in self._open) > _MOST:
            self._flush()

    def _flush(self) -> None:
        """Write what waits, since the index is asked, or since it is much."""
        if not any(level.words or level.pairs or level.shapes for level in self._open):
            return
        *around, own = self._open
        taken = [level.taken() for level in around]
        own.borrow(taken)
        for level in (*taken, own.taken()):
            self._write(level)

    def _write(self, gathered: _Gathered) -> None:
        put = self._connection.executemany
        put("INSERT INTO word (rowid, main, other) VALUES (?, ?, ?)", gathered.words)
        put("INSERT INTO pair (rowid, tokens) VALUES (?, ?)", gathered.pairs)
        put("INSERT INTO shape (rowid, letters) VALUES (?, ?)", gathered.shapes)

    def forget(self, ids: str, values: Sequence[object]) -> None:
        """Nothing: an index without contents can't tell which words to take out."""

    def clear(self) -> None:
        """Empty it."""
        if self._open:
            *around, own = self._open
            own.borrow([level.taken() for level in around])
            own.taken()
        for table in ("word", "pair", "shape"):
            self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")

    def known(self, words: Sequence[str]) -> set[str]:
        """Those of some words that the index has."""
        # Asked of `word_terms`, the index would count all places of each.
        query = "SELECT 1 FROM word WHERE word MATCH ? LIMIT 1"
        found = {
            word for word in words if self._connection.execute(query, [f'"{word}" OR "_{word}"']).fetchone()
        }
        for level in self._open if len(found) < len(words) else ():
            for _, main, other in level.words:
                waiting = {*main.split(), *(one.removeprefix("_") for one in other.split())}
                found.update(waiting.intersection(words))
        return found

    def test(self, match: WordMatch) -> tuple[str, object]:
        """A condition on the relation `word` that a unit has what is asked, with its value."""
        self._flush()
        return "word MATCH ?", fts5(match)

    def paired(self, tokens: Sequence[str], *, every: bool, most: int, above: int = 0) -> list[int]:
        """The first units above one that have every one, or any, of some tokens of pairs."""
        self._flush()
        each = [f'"{one[:-1]}" *' if one[-1:] == "*" else f'"{one}"' for one in map(_plain, tokens)]
        asked = (" AND " if every else " OR ").join(each)
        query = "SELECT rowid FROM pair WHERE pair MATCH ? AND rowid > ? LIMIT ?"
        rows = self._connection.execute(query, (asked, above, most))
        return [int(one) for (one,) in rows]

    def matching(self, pattern: str, *, most: int) -> list[str]:
        """The words that fit a pattern with `*` and `?`, in their order."""
        self._flush()
        start = re.match(r"[^*?]*", pattern)
        lead = start.group() if start else ""
        found: set[str] = set()
        for mark in ("", "_"):
            rows = self._connection.execute(
                """SELECT term FROM word_terms WHERE term >= ? AND term < ? AND term GLOB ?
                   AND substr(term, 1, 1) <> ? LIMIT ?""",
                (mark + lead, mark + lead + "\U0010ffff", mark + pattern, "" if mark else "_", most),
            )
            found.update(str(term).removeprefix(mark) for (term,) in rows)
        return sorted(found)[:most]

    def put_shapes(self, shapes: Sequence[tuple[int, str]]) -> None:
        """Note the shapes of words by their numbers in `spelling`."""
        if self._open:
            self._open[-1].shapes += shapes
        else:
            self._write(_Gathered(shapes=list(shapes)))

    def sharing(self, grams: Sequence[str], least: int, most: int) -> list[str]:
        """The words of so many letters in whose shape one of these three letters stands."""
        self._flush()
        rows = self._connection.execute(
            """SELECT word FROM spelling WHERE id IN (SELECT rowid FROM shape WHERE shape MATCH ?)
               AND length(word) BETWEEN ? AND ?""",
            (" OR ".join(f'"{gram}"' for gram in grams), least, most),
        )
        return [str(word) for (word,) in rows]


def _plain(token: str) -> str:
    """Tokens of pairs in ASCII: FTS5 parts words at some letters, and finds no two tokens in a row here."""
    return token if token.isascii() else "".join(c if c.isascii() else f"_{ord(c):x}_" for c in token)


def fts5(match: WordMatch) -> str:
    """What is asked, in the language of FTS5."""
    if isinstance(match, MatchPhrase):
        return f'"{" ".join(match.words)}"{" *" if match.prefix else ""}'
    if isinstance(match, MatchOther):
        return f'"_{match.word}"{" *" if match.prefix else ""}'
    if isinstance(match, MatchWithout):
        return f"({fts5(match.part)} NOT {fts5(match.without)})"
    if isinstance(match, MatchNear):
        return f"NEAR({' '.join(fts5(part) for part in match.parts)}, {match.distance})"
    join = " AND " if isinstance(match, MatchAll) else " OR "
    return f"({join.join(fts5(part) for part in match.parts)})"
