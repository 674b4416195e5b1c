"""The open catalogue: an SQLite connection that knows which words it has indexed."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from septel.archive.store.migrations import MIGRATIONS
from septel.archive.store.spelling import Spelling
from septel.errors import StoreError

PAGES = 4_000
"""Pages of 4 KiB that SQLite keeps in memory."""


class Catalogue(sqlite3.Connection):
    """A connection to `catalogue.sqlite`.

    Attributes:
        spelling: the words of the index, as far as this connection has met them.
    """

    spelling: Spelling

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
        connection.spelling = Spelling()
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


def can_only_read(file: Path) -> bool:
    """Whether a catalogue is there and neither it nor its folder may be written."""
    return file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def opened_for_reading(file: Path) -> Catalogue:
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


def spelling_of(connection: sqlite3.Connection) -> Spelling:
    """The words that a connection has met; none where it is not the catalogue's own."""
    return connection.spelling if isinstance(connection, Catalogue) else Spelling()
