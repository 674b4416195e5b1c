"""The catalogue in a folder: an SQLite connection that knows which words it has indexed."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from septel.archive.store.database import TableShape
from septel.archive.store.spelling import Spelling
from septel.archive.store.sqlite.full_text import Fts5Words
from septel.archive.store.sqlite.migrations import COMPACTED, MIGRATIONS, migrate
from septel.archive.store.waiting_rows import WaitingRows
from septel.errors import NotHeld, StoreError

PAGES = 4_000
"""Pages of 4 KiB that SQLite keeps in memory."""


class Catalogue(sqlite3.Connection):
    """A connection to `catalogue.sqlite`.

    Attributes:
        spelling: the words of the index, as far as this connection has met them.
        words: the index of words.
        waiting: rows of new documents that are written together.
    """

    spelling: Spelling
    words: Fts5Words
    waiting: WaitingRows
    _only_read = False
    _aside = 0
    """Changes of what is kept only for a while, of all that SQLite counts."""

    @classmethod
    def open(cls, file: Path, *, timeout: float, only_read: bool = False) -> Catalogue:
        """Open the catalogue; `only_read` where its folder can't be written.

        Raises:
            sqlite3.Error: it can't be opened.
        """
        name = f"{file.resolve().as_uri()}?mode=ro&immutable=1" if only_read else str(file)
        connection = sqlite3.connect(
            name,
            timeout=timeout,
            isolation_level=None,
            check_same_thread=False,
            factory=cls,
            uri=only_read,
            cached_statements=256,
        )
        connection._only_read = only_read
        connection.spelling = Spelling()
        connection.words = Fts5Words(connection)
        connection.waiting = WaitingRows(connection.executemany)
        try:
            if not only_read:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = {PAGES}")
            # Without it, INSERT OR REPLACE would get round the triggers that protect the logs.
            connection.execute("PRAGMA recursive_triggers = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    @property
    def only_read(self) -> bool:
        """Whether nothing can be written."""
        return self._only_read or bool(self.execute("PRAGMA query_only").fetchone()[0])

    @contextmanager
    def transaction(self, *, nested: bool) -> Iterator[None]:
        """One change, kept at its end or undone; nested: a part of the one that is open."""
        begin, keep, drop = "BEGIN IMMEDIATE", "COMMIT", ["ROLLBACK"]
        if nested:
            begin, keep, drop = "SAVEPOINT one", "RELEASE one", ["ROLLBACK TO one", "RELEASE one"]
        self.execute(begin)
        self.words.begin()
        gathered = True
        try:
            yield
            gathered = False
            self.words.end(kept=True)
            self.execute(keep)
        except BaseException:
            self.spelling.forget()
            if gathered:
                self.words.end(kept=False)
            if self.in_transaction:  # a full disk may have ended it already
                for statement in drop:
                    self.execute(statement)
            raise

    @contextmanager
    def selection(self, numbers: Iterable[int]) -> Iterator[tuple[str, list[object]]]:
        """A query that gives some numbers, each different, for use within other statements."""
        before = self.total_changes
        self.execute("CREATE TEMP TABLE IF NOT EXISTS found (n INTEGER PRIMARY KEY)")
        self.execute("DELETE FROM found")
        self.execute("INSERT INTO found SELECT value FROM json_each(?)", [json.dumps(sorted(numbers))])
        self._aside += self.total_changes - before
        yield "SELECT n FROM found", []

    def copy_to(self, file: Path, *, progress: Callable[[float], None]) -> None:
        """Copy the catalogue as it is at this moment into a new SQLite file; others may go on using it."""

        def told(status: int, left: int, total: int) -> None:
            del status
            progress(1 - left / max(1, total))

        with closing(sqlite3.connect(file)) as copy:
            self.backup(copy, pages=2048, progress=told)
            copy.execute("PRAGMA journal_mode = DELETE")

    def tables(self) -> Mapping[str, TableShape]:
        """Its tables by their names; the rows of `layer` have their number as a column, `rowid`."""
        found: dict[str, TableShape] = {}
        shadows = ("word_", "pair_", "shape_", "sqlite_")
        for (table,) in self.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table.startswith(shadows):
                continue
            rows = self.execute(f"PRAGMA table_info({table})").fetchall()
            columns = tuple(str(row[1]) for row in rows)
            ordered = sorted((row for row in rows if row[5]), key=lambda row: int(row[5]))
            key = tuple(str(row[1]) for row in ordered)
            columns = ("rowid", *columns) if table == "layer" else columns
            found[table] = TableShape(columns, key or columns)
        return found

    def settle(self) -> None:
        """Nothing: SQLite gives out the greatest number and one."""

    def edition(self) -> tuple[int, int]:
        """A key that is another one once anything was written, here or by another connection."""
        return self.total_changes - self._aside, self.written_elsewhere()

    def written_elsewhere(self) -> int:
        """A number that is another one once another connection has written."""
        return int(self.execute("PRAGMA data_version").fetchone()[0])

    def defects(self) -> Iterator[str]:
        """What SQLite finds wrong with the file."""
        try:
            for (found,) in self.execute("PRAGMA integrity_check(20)"):
                if found != "ok":
                    yield str(found)
            for table, row, parent, _ in self.execute("PRAGMA foreign_key_check"):
                yield f"row {row} of {table} has no {parent}"
        except sqlite3.DatabaseError as why:
            yield str(why)


def opened(folder: Path, *, create: bool, wait: float) -> Catalogue:
    """The catalogue in a folder, made or brought up to date as needed.

    One in a folder that can't be written is opened for reading.

    Args:
        folder: the archive's.
        create: whether it may be made.
        wait: so many seconds another writer is waited for.

    Raises:
        NotHeld: there is none and none may be made.
        StoreError: it is of a newer version, or can't be read without writing.
        sqlite3.Error, OSError: it can't be opened.
    """
    file = folder / "catalogue.sqlite"
    if not create and not file.exists():
        remedy = "Make one with `septel read`."
        raise NotHeld("there is no archive here", where=str(folder), remedy=remedy)
    if _can_only_read(file):
        return _opened_for_reading(file)
    folder.mkdir(parents=True, exist_ok=True)
    connection = Catalogue.open(file, timeout=wait)
    try:
        if COMPACTED in migrate(connection, str(folder)):
            _written_anew(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _written_anew(connection: Catalogue) -> None:
    """Write the file without the space that a migration left empty in it, where it can be done."""
    if connection.execute("SELECT 1 FROM holding LIMIT 1").fetchone():
        # A full disk, or someone who reads: then the space is filled by what comes.
        with suppress(sqlite3.OperationalError):
            connection.execute("VACUUM")


def _can_only_read(file: Path) -> bool:
    """Whether a catalogue is there and neither it nor its folder may be written."""
    return file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def _opened_for_reading(file: Path) -> Catalogue:
    """The catalogue of a folder that can't be written.

    Raises:
        StoreError: another run left changes beside it that can't be read without writing, or it must be
            brought up to date first.
    """
    where = str(file.parent)
    beside = file.with_name(f"{file.name}-wal")
    if beside.exists() and beside.stat().st_size:
        remedy = "Copy the folder to where it can be written, and open the copy."
        raise StoreError(
            "the archive was not closed, and its folder can't be written", where=where, remedy=remedy
        )
    connection = Catalogue.open(file, timeout=0, only_read=True)
    found = {name for (name,) in connection.execute("SELECT name FROM migration")}
    if found != {name for name, _ in MIGRATIONS}:
        connection.close()
        remedy = "Copy the folder to where it can be written, and open the copy."
        raise StoreError(
            "the archive is of another version, and its folder can't be written", where=where, remedy=remedy
        )
    return connection


def in_use(file: Path) -> bool:
    """Whether another connection has a catalogue open; of one that is damaged or not there, no.

    SQLite leaves its write-ahead log only when no other connection is there; the next opening takes it up.
    """
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(file, timeout=0.5)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.DatabaseError as why:
        # A damaged catalogue, or one that can't be written, may be why somebody asks.
        return getattr(why, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return False
