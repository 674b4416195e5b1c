"""What an archive has in it as a whole: how much, in what order, under which names, what resembles what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from septel.archive.acts import Listed, listed
from septel.archive.catalogue import references_stored
from septel.archive.search import beside, copies_of, names_of, storable
from septel.archive.store import Database, Transactions, faults


class Contents:
    """Looks at all documents of one archive together; it only reads."""

    def __init__(self, folder: Path, connection: Database, transactions: Transactions) -> None:
        self._folder = folder
        self._connection = connection
        self._transactions = transactions
        self._rows = transactions.rows

    def totals(self) -> tuple[int, int]:
        """How many documents are held, and how many characters their texts have."""
        (row,) = self._rows(
            "SELECT count(*), coalesce(sum(length(text)), 0) FROM holding JOIN source USING (id)"
        )
        return int(row[0]), int(row[1])

    def edition(self) -> tuple[int, int]:
        """A key that is another one once anything was written, here or by another connection."""
        with faults(self._folder):
            return self._connection.edition()

    def files(self) -> dict[str, set[str]]:
        """The files by their digests, each with the papers that came from it: all but older captures."""
        found: dict[str, set[str]] = {}
        for digest, holding in self._rows(
            "SELECT digest, holding FROM original WHERE holding NOT IN (SELECT older FROM succession)"
        ):
            found.setdefault(str(digest), set()).add(str(holding))
        return found

    def known_as(self, name: str) -> tuple[str, ...]:
        """The holdings that go by an id, a telegram's number or a file's name, without opening any tree."""
        with faults(self._folder):
            return tuple(names_of(self._connection, storable(name)))

    def beside(self, holding_id: str) -> tuple[str | None, str | None]:
        """The holdings before and after one by date and number, as lists have them; None at the ends."""
        with faults(self._folder):
            return beside(self._connection, holding_id)

    def of(self, ids: Sequence[str]) -> list[Listed]:
        """These documents as lists show them, in their order."""
        with faults(self._folder):
            return listed(self._connection, ids)

    def cited(self) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
        """Each document that is not deleted, with its heading and its references as they are stored."""
        yield from references_stored(self._transactions)

    def copies(self, holding_id: str) -> tuple[tuple[str, float], ...]:
        """Other documents that seem to be the same message, each with the share of words in common."""
        with faults(self._folder):
            return copies_of(self._connection, holding_id)
