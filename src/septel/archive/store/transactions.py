"""Changes of the catalogue: each is one transaction, or a part of one that holds several."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from septel.archive.store.connection import spelling_of
from septel.archive.store.rows import faults
from septel.errors import StoreError


class Transactions:
    """The transactions of one connection.

    Args:
        folder: the archive's, for faults.
        connection: the catalogue.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection
        self._nested = False
        self._sealed = False

    def seal(self) -> None:
        """Allow no change any more."""
        self._sealed = True

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """What a query finds."""
        with faults(self.folder):
            return self.connection.execute(query, tuple(values)).fetchall()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One transaction, kept at its end or undone; within `together`, a part of that one.

        Raises:
            StoreError: no change is allowed here.
        """
        if self._sealed:
            raise StoreError(
                "what readers are given can't be changed",
                where=str(self.folder),
                remedy="Change the archive itself.",
            )
        begin, keep, drop = "BEGIN IMMEDIATE", "COMMIT", ["ROLLBACK"]
        if self._nested:
            begin, keep, drop = "SAVEPOINT one", "RELEASE one", ["ROLLBACK TO one", "RELEASE one"]
        with faults(self.folder):
            self.connection.execute(begin)
            try:
                yield self.connection
                self.connection.execute(keep)
            except BaseException:
                spelling_of(self.connection).forget()
                if self.connection.in_transaction:  # a full disk may have ended it already
                    for statement in drop:
                        self.connection.execute(statement)
                raise

    @contextmanager
    def together(self) -> Iterator[None]:
        """The changes within are one transaction; kept at its end, or none of them.

        A change that fails within is undone by itself; whoever catches its fault may go on. It is for taking
        in very many documents: a commit costs more than indexing a clean telegram.
        """
        with self.change():
            self._nested = True
            try:
                yield
            finally:
                self._nested = False
