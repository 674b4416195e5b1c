"""What an archive has in it as a whole: how much, in what order, under which names, what resembles what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from septel.archive.acts import Listed, listed, shown_ids
from septel.archive.catalogue import (
    beside,
    copied,
    copies_of,
    doubts_listed,
    names_of,
    references_stored,
    titles_shown,
)
from septel.archive.search import storable
from septel.archive.store import Database, Transactions, faults

_LOT = 500
"""So many documents are asked for at once."""
_LARGE_PART = 5
"""Of a fifth of all documents and more, all are read in one pass rather than each by its id."""


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

    def numbered_by(self, post: str) -> list[str]:
        """The documents that lists show with a number of a post's, whose key is that of `post_key`."""
        rows = self._rows(
            """SELECT DISTINCT indexed.holding FROM name JOIN indexed ON indexed.n = name.n
               WHERE name.key >= ? AND name.key < ?""",
            [f"{post.lower()}0", f"{post.lower()}:"],
        )
        return [str(one) for (one,) in rows]

    def beside(self, holding_id: str) -> tuple[str | None, str | None]:
        """The holdings before and after one by date and number, as lists have them; None at the ends."""
        with faults(self._folder):
            return beside(self._connection, holding_id)

    def of(self, ids: Sequence[str]) -> list[Listed]:
        """These documents as lists show them, in their order."""
        with faults(self._folder):
            return listed(self._connection, ids)

    def ids(self) -> list[str]:
        """All that lists show, oldest telegram first; no document is read for it."""
        with faults(self._folder):
            return list(shown_ids(self._connection))

    def titles(self, ids: Collection[str]) -> dict[str, str]:
        """The titles of those of these documents that lists show, with the marks of what they name."""
        shown: list[str] = []
        asked = sorted(set(ids))
        for at in range(0, len(asked), _LOT):
            lot = asked[at : at + _LOT]
            marks = ", ".join("?" * len(lot))
            rows = self._rows(
                f"""SELECT id FROM holding WHERE id IN ({marks}) AND id NOT IN (SELECT older FROM succession)
                    AND id NOT IN (SELECT holding FROM absent)""",
                lot,
            )
            shown += [str(one) for (one,) in rows]
        found: dict[str, str] = {}
        for at in range(0, len(shown), _LOT):
            with faults(self._folder):
                found |= titles_shown(self._connection, self.of(shown[at : at + _LOT]))
        return found

    def doubted(self, listed: Sequence[Listed]) -> dict[str, dict[str, str]]:
        """The fields of these documents' headings that are doubtful, each as views show it, with its marks.

        By id, for those that have any; see `septel.telegram.doubted_fields`. What a person corrected stands.
        """
        found: dict[str, dict[str, str]] = {}
        for at in range(0, len(listed), _LOT):
            with faults(self._folder):
                found |= doubts_listed(self._connection, listed[at : at + _LOT])
        return found

    def details(self, ids: Sequence[str]) -> dict[str, dict[str, object]]:
        """Of each of these documents that may be found: its kind, how many pages it has, its known copies."""
        found: dict[str, dict[str, object]] = {}
        for at in range(0, len(ids), _LOT):
            lot = list(ids[at : at + _LOT])
            marks = ", ".join("?" * len(lot))
            for one, pages in self._rows(f"SELECT id, pages FROM source WHERE id IN ({marks})", lot):
                found[str(one)] = {"kind": None, "pages": len(json.loads(pages)), "copies": []}
            for one, kind in self._rows(
                f"""SELECT indexed.holding, value.value FROM indexed JOIN facet ON facet.n = indexed.n
                    JOIN value ON value.id = facet.value
                    WHERE value.field = 'kind' AND indexed.holding IN ({marks})""",
                lot,
            ):
                found[str(one)]["kind"] = str(kind)
            pairs = f"""SELECT one, other FROM copy WHERE one IN ({marks})
                UNION SELECT other, one FROM copy WHERE other IN ({marks})"""
            held = (
                f"SELECT * FROM ({pairs}) AS pairs WHERE other IN (SELECT holding FROM indexed) ORDER BY 1, 2"
            )
            copies: dict[str, list[str]] = {}
            for one, other in self._rows(held, [*lot, *lot]):
                copies.setdefault(str(one), []).append(str(other))
            for one, others in copies.items():
                found[one]["copies"] = others
        return found

    def page(self, first: int, size: int) -> list[Listed]:
        """So many documents of the list from one on (from nought), oldest first; only theirs are read."""
        rows = self._rows(
            """SELECT holding FROM indexed
               ORDER BY first = '', first, serial NULLS FIRST, title, n LIMIT ? OFFSET ?""",
            [size, first],
        )
        with faults(self._folder):
            return listed(self._connection, [str(row[0]) for row in rows])

    def months(self, ids: Sequence[str] | None = None) -> dict[str, int]:
        """How many of these documents, or of all, were sent in each month (`1969-11`), as far as known."""
        if ids is None:
            rows = self._rows(
                "SELECT substr(first, 1, 7), count(*) FROM indexed WHERE first <> '' GROUP BY 1 ORDER BY 1"
            )
            return {str(month): int(count) for month, count in rows}
        known = "SELECT holding, substr(first, 1, 7) FROM indexed WHERE first <> ''"
        wanted, (total,) = frozenset(ids), next(iter(self._rows("SELECT count(*) FROM indexed")))
        if len(wanted) * _LARGE_PART > total:
            rows = list(self._rows(known))
        else:
            lots = [list(ids[at : at + 500]) for at in range(0, len(ids), 500)]
            rows = [
                row
                for lot in lots
                for row in self._rows(f"{known} AND holding IN ({', '.join('?' * len(lot))})", lot)
            ]
        found = Counter(str(month) for holding, month in rows if holding in wanted)
        return dict(sorted(found.items()))

    def posts(self) -> list[tuple[str, int, str, str]]:
        """The posts that telegrams came from: how many, and the days of the first and the last one."""
        rows = self._rows(
            """SELECT value.value, count(*), coalesce(min(nullif(indexed.first, '')), ''), max(indexed.first)
               FROM value JOIN facet ON facet.value = value.id JOIN indexed ON indexed.n = facet.n
               WHERE value.field = 'post' GROUP BY value.id ORDER BY 2 DESC, 1"""
        )
        return [(str(post), int(count), str(first)[:10], str(last)[:10]) for post, count, first, last in rows]

    def cited(self) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
        """Each document that is not deleted, with its heading and its references as they are stored."""
        yield from references_stored(self._transactions)

    def copies(self, holding_id: str) -> tuple[tuple[str, float], ...]:
        """Other documents that seem to be the same message, each with the share of words in common."""
        with faults(self._folder):
            return copies_of(self._connection, holding_id)

    def copied(self, ids: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Which of these documents are one message, by post, number and year; none without a copy."""
        with faults(self._folder):
            return copied(self._connection, ids)
