"""The units that have what is asked of the index of words, as far as the fields allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from septel.archive.search.expressions import Condition
from septel.archive.search.hits import UnitPlace
from septel.archive.store import Database, WordMatch

MOST_AT_ONCE = 500
"""Up to so many matches are read in one pass and sorted here; of more only what is shown."""
FIRST_PARTS = ("subject", "summary")
_COLUMNS = (
    "unit.id, unit.n, indexed.holding, unit.part, unit.lines, unit.following, indexed.first, indexed.serial"
)
_JOINED = "word JOIN unit ON unit.id = word.rowid JOIN indexed ON indexed.n = unit.n"
_ORDERS = {
    "relevance": "unit.part NOT IN ('subject', 'summary'), indexed.first = '', indexed.first, unit.id",
    "date": "indexed.first = '', indexed.first, indexed.serial NULLS FIRST, unit.id",
    "number": "indexed.serial IS NULL, indexed.serial, indexed.first, unit.id",
}
_KEYS: Mapping[str, Callable[[UnitPlace], tuple[object, ...]]] = {
    "relevance": lambda unit: (unit.part not in FIRST_PARTS, unit.first == "", unit.first, unit.id),
    "date": lambda unit: (
        *(unit.first == "", unit.first, unit.serial is not None),
        *(unit.serial or 0, unit.id),
    ),
    "number": lambda unit: (unit.serial is None, unit.serial or 0, unit.first, unit.id),
}


class UnitRows:
    """Units by what the index says, in documents that fit all of some conditions.

    Args:
        connection: the catalogue.
        fields: the conditions.
    """

    def __init__(self, connection: Database, fields: Sequence[Condition]) -> None:
        self.connection = connection
        self._more = "".join(f" AND {one.sql}" for one in fields)
        self._values = [value for one in fields for value in one.values]

    def first(self, match: WordMatch, most: int) -> list[UnitPlace]:
        """The first units by their numbers; the index is read no further than needed."""
        test, value = self.connection.words.test(match)
        order = self.connection.words.by_number
        sql = f"SELECT {_COLUMNS} FROM {_JOINED} WHERE {test}{self._more} ORDER BY {order} LIMIT ?"
        return [UnitPlace(*row) for row in self.connection.execute(sql, [value, *self._values, most])]

    def ordered(self, match: WordMatch | None, order: str, most: int | None) -> list[UnitPlace]:
        """The units, or all, in an order: `relevance`, `date` or `number`."""
        where, given = "1 = 1", list[object]()
        if match is not None:
            test, value = self.connection.words.test(match)
            where, given = f"unit.id IN (SELECT rowid FROM word WHERE {test})", [value]
        sql = f"""SELECT {_COLUMNS} FROM unit JOIN indexed ON indexed.n = unit.n
            WHERE {where}{self._more} ORDER BY {_ORDERS[order]}"""
        given += self._values
        if most is not None:
            sql, given = f"{sql} LIMIT ?", [*given, most]
        return [UnitPlace(*row) for row in self.connection.execute(sql, given)]

    def count(self, match: WordMatch) -> int:
        """How many units there are."""
        test, value = self.connection.words.test(match)
        sql = f"SELECT count(*) FROM {_JOINED} WHERE {test}{self._more}"
        return int(self.connection.execute(sql, [value, *self._values]).fetchone()[0])

    def documents(self, match: WordMatch) -> list[tuple[str, int]]:
        """Their documents, each with its number, in the order in which they were indexed."""
        test, value = self.connection.words.test(match)
        sql = f"""SELECT holding, n FROM indexed
            WHERE n IN (SELECT unit.n FROM word JOIN unit ON unit.id = word.rowid WHERE {test}){self._more}
            ORDER BY n"""
        return [(str(one), int(n)) for one, n in self.connection.execute(sql, [value, *self._values])]


class SureUnits:
    """The units whose words as read have what is asked: how many, which first, of which documents.

    Where they are few, the index is asked once.

    Args:
        rows: the units of the catalogue that the fields allow.
        match: what is asked; None where nothing is.
    """

    def __init__(self, rows: UnitRows, match: WordMatch | None) -> None:
        self._rows, self._match = rows, match
        found = rows.first(match, MOST_AT_ONCE + 1) if match is not None else []
        self._all = found if len(found) <= MOST_AT_ONCE else None

    @property
    def ids(self) -> frozenset[int] | None:
        """The numbers of all of them; None where they are many."""
        return None if self._all is None else frozenset(unit.id for unit in self._all)

    def ordered(self, order: str, most: int | None) -> list[UnitPlace]:
        """The first in an order."""
        if self._all is not None:
            return sorted(self._all, key=_KEYS[order])[:most]
        return self._rows.ordered(self._match, order, most)

    def count(self) -> int:
        """How many there are."""
        if self._all is not None or self._match is None:
            return len(self._all or ())
        return self._rows.count(self._match)

    def documents(self) -> list[tuple[str, int]]:
        """Their documents, each with its number, in the order in which they were indexed."""
        if self._all is not None or self._match is None:
            return list(dict.fromkeys((unit.holding, unit.n) for unit in self._all or ()))
        return self._rows.documents(self._match)
