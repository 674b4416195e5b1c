"""Rows of new documents that wait until all of a step are in: written together, they cost half as much.

What waits is asked for by nothing that takes in a new document. Whatever looks further (another capture of a
file that is held, a document for the second time) has it written first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Write = Callable[[str, Iterable[Sequence[Any]]], object]
"""What executes a statement for each of many rows."""
Rows = dict[str, list[Sequence[Any]]]
"""Rows by the statement that writes them."""


class WaitingRows:
    """What one connection has yet to write.

    Args:
        write: writes rows at once.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._earlier: Rows = {}
        self._own: Rows = {}
        self._lent: Rows = {}
        self._wait = False

    @contextmanager
    def written(self) -> Iterator[None]:
        """A step at whose end everything is written; after a fault what waits is forgotten."""
        try:
            yield
            self.write()
        finally:
            self._earlier, self._own, self._lent = {}, {}, {}

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """A part of a step, undone by itself when it fails, whose rows wait.

        What it wrote for the parts before it waits again then.
        """
        self._wait = True
        try:
            yield
            for query, rows in self._own.items():
                self._earlier.setdefault(query, []).extend(rows)
        except BaseException:
            self._earlier = self._lent or self._earlier
            raise
        finally:
            self._own, self._lent, self._wait = {}, {}, False

    def put(self, query: str, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows, with those of others where they may wait."""
        if not self._wait:
            self._write(query, rows)
        elif rows:
            self._own.setdefault(query, []).extend(rows)

    def at_once(self) -> None:
        """Write what waits, and let nothing more of this part wait."""
        self.write()
        self._wait = False

    def write(self) -> None:
        """Write what waits, statement by statement in the order of the first of each."""
        for waiting in (self._earlier, self._own):
            for query, rows in waiting.items():
                self._write(query, rows)
        if self._wait:
            self._lent = self._lent or self._earlier
        self._earlier, self._own = {}, {}
