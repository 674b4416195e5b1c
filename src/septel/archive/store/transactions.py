"""Changes of the catalogue: each is one transaction, or a part of one that holds several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from septel.archive.store.database import Database
from septel.archive.store.rows import faults
from septel.errors import StoreAway, StoreError

T = TypeVar("T")
_TRIES = 4
"""So often a change is tried whose connection is lost on the way."""


class Transactions:
    """The transactions of one connection.

    Args:
        folder: the archive's, for faults.
        connection: the catalogue.
    """

    def __init__(self, folder: Path, connection: Database) -> None:
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
    def change(self) -> Iterator[Database]:
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
        with faults(self.folder), self.connection.transaction(nested=self._nested):
            yield self.connection

    def run(self, work: Callable[[Database], T]) -> T:
        """Do a change in one transaction, and again where the connection was lost before it was kept.

        Raises:
            StoreAway: the connection was lost time and again, or within `together`: nothing was kept.
        """
        for left in reversed(range(_TRIES)):
            began = False
            try:
                with self.change() as connection:
                    began = True
                    return work(connection)
            except StoreAway:
                # One that did not even begin was waited for long enough.
                if not began or not left or self._nested:
                    raise
        raise AssertionError

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
