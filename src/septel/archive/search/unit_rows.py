"""The units that have what is asked of the index of words, as far as the fields allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property
from heapq import nsmallest

from septel.archive.search.conditions import Condition, few_documents
from septel.archive.search.hits import FIRST_PARTS, Kept, UnitPlace
from septel.archive.search.index import main_words
from septel.archive.search.plain_units import (
    has_all,
    is_unedited,
    pairs_anywhere,
    phrases_of,
    plain_texts,
    reads_all,
)
from septel.archive.search.query_language import Node
from septel.archive.search.words import common_pairs, pair_over_label
from septel.archive.store import Database, WordMatch
from septel.text import Reading

MOST_AT_ONCE = 500
"""Up to so many units are held against their texts, or left out of other questions, one by one."""
MOST_COUNTED = 20_000
"""Up to so many units are counted and sorted; of more a total says "or more"."""
MOST_QUICKLY = 50
"""The same in a large archive, where only the first hits by relevance are asked for, and no facets."""
LARGE = 1_000_000
"""An archive with more units (some 50,000 telegrams) is large."""
_LOT = 500
_MOST_MATCHED = 500
"""Of so many units with most words of a phrase, those of documents with edits are looked at."""
_FEW = 60
"""Up to so many are looked at where a phrase has rarer words too: by these the index finds it as soon."""
_MOST_READ = 16
"""Up to so many units of documents with edits, or one in four, are read for a phrase: of more the index is
asked, which finds it sooner."""
_AHEAD = 32
"""So many documents are read together."""
_LEAST_LOT, _MOST_LOT = 64, 4096
"""So many units with all pairs are looked at together."""
_RARE = 8
"""Where fewer than one in so many has the phrase, the others have its words elsewhere: the index is asked."""
_MOST_DOCUMENTS, _COMMON = 2_000, 2_000
"""Of so many documents of few days at most units are looked for by their numbers, where so many have a
word."""
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


def in_order(order: str) -> Callable[[UnitPlace], tuple[object, ...]]:
    """What sorts units in an order: `relevance`, `date` or `number`."""
    return _KEYS[order]


def is_large(connection: Database) -> bool:
    """Whether an archive has so many units that to count all that a query finds would take long."""
    (units,) = connection.execute("SELECT next FROM counter WHERE name = 'unit'").fetchone()
    return int(units) > LARGE


class UnitRows:
    """Units by what the index says, in documents that fit all of some conditions.

    Args:
        connection: the catalogue.
        fields: the conditions.
    """

    def __init__(self, connection: Database, fields: Sequence[Condition]) -> None:
        self.connection = connection
        self._fields = fields
        self._more = "".join(f" AND {one.sql}" for one in fields)
        self._values = [value for one in fields for value in one.values]

    @cached_property
    def _within(self) -> list[int] | None:
        """The numbers of the units of all documents that fit, where these are few and of few days."""
        found = few_documents(self._fields, self.connection, most=_MOST_DOCUMENTS)
        if found is None:
            return None
        with self.connection.selection(found) as (chosen, values):
            query = f"SELECT unit, units FROM indexed WHERE n IN ({chosen})"
            rows = self.connection.execute(query, values).fetchall()
        return [number for first, count in rows for number in range(first, first + count)]

    @contextmanager
    def _narrowed(self, match: WordMatch | None) -> Iterator[tuple[str, list[object], str, list[object]]]:
        """What is asked beside a match: of the numbers of units, or of their documents; each with its values.

        Of a word that very many have, the units of few documents are looked for by their numbers: to look at
        the document of each that has it takes fifty times as long.
        """
        within = self._within if self._more and match is not None and self._is_common(match) else None
        if within is None:
            yield "", [], self._more, self._values
            return
        with self.connection.selection(within) as (chosen, values):
            yield f" AND +word.rowid IN ({chosen})", values, "", []

    def _is_common(self, match: WordMatch) -> bool:
        test, value = self.connection.words.test(match)
        query = f"SELECT count(*) FROM (SELECT 1 FROM word WHERE {test} LIMIT ?) AS counted"
        return int(self.connection.execute(query, [value, _COMMON]).fetchone()[0]) == _COMMON

    def any(self, match: WordMatch) -> bool:
        """Whether any unit, of whatever document, has what is asked."""
        test, value = self.connection.words.test(match)
        return (
            self.connection.execute(f"SELECT 1 FROM word WHERE {test} LIMIT 1", [value]).fetchone()
            is not None
        )

    def first(self, match: WordMatch, most: int) -> list[UnitPlace]:
        """The first units by their numbers; the index is read no further than needed."""
        test, value = self.connection.words.test(match)
        order = self.connection.words.by_number
        with self._narrowed(match) as (narrow, chosen, more, values):
            sql = f"SELECT {_COLUMNS} FROM {_JOINED} WHERE {test}{narrow}{more} ORDER BY {order} LIMIT ?"
            given = [value, *chosen, *values, most]
            return list(map(UnitPlace._make, self.connection.execute(sql, given)))

    def alike(self, match: WordMatch, slack: WordMatch, known: Set[int], most: int) -> list[UnitPlace]:
        """The first units that have what is asked, then such of documents with edits as have less of it.

        Args:
            match: what is asked.
            slack: what is asked less; empty where nothing.
            known: units that are left out.
            most: so many are given.
        """
        found = [one for one in self.first(match, most + len(known)) if one.id not in known][:most]
        if not slack or len(found) == most or not self._any_edited():
            return found
        test, value = self.connection.words.test(slack)
        sql = f"""SELECT {_COLUMNS} FROM (SELECT rowid AS id FROM word WHERE {test} LIMIT ?) AS found
            JOIN unit ON unit.id = found.id JOIN indexed ON indexed.n = unit.n
            WHERE EXISTS (SELECT 1 FROM run WHERE run.source = indexed.holding){self._more}
            ORDER BY unit.id"""
        rows = self.connection.execute(sql, [value, _MOST_MATCHED, *self._values])
        more = [UnitPlace._make(row) for row in rows if row[0] not in known]
        return list({one.id: one for one in (*found, *more)}.values())[:most]

    def _any_edited(self) -> bool:
        """Whether any document has edits: an archive of clean texts need not be asked for more."""
        return self.connection.execute("SELECT 1 FROM run LIMIT 1").fetchone() is not None

    def ordered(self, match: WordMatch | None, order: str, most: int | None) -> list[UnitPlace]:
        """The units, or all, in an order: `relevance`, `date` or `number`."""
        where, given = "1 = 1", list[object]()
        with self._narrowed(match) as (narrow, chosen, more, values):
            if match is not None:
                test, value = self.connection.words.test(match)
                where, given = f"unit.id IN (SELECT rowid FROM word WHERE {test}{narrow})", [value, *chosen]
            sql = f"""SELECT {_COLUMNS} FROM unit JOIN indexed ON indexed.n = unit.n
                WHERE {where}{more} ORDER BY {_ORDERS[order]}"""
            given += values
            if most is not None:
                sql, given = f"{sql} LIMIT ?", [*given, most]
            return list(map(UnitPlace._make, self.connection.execute(sql, given)))

    def numbered(self, ids: Sequence[int]) -> list[UnitPlace]:
        """Units by their numbers, in the order of these, as far as they are still there."""
        found: list[UnitPlace] = []
        for at in range(0, len(ids), _LOT):
            lot = ids[at : at + _LOT]
            sql = f"""SELECT {_COLUMNS} FROM unit JOIN indexed ON indexed.n = unit.n
                WHERE unit.id IN ({", ".join("?" * len(lot))}){self._more} ORDER BY unit.id"""
            found += map(UnitPlace._make, self.connection.execute(sql, [*lot, *self._values]))
        return found

    def having(self, match: WordMatch, units: Sequence[UnitPlace]) -> set[int]:
        """The numbers of those units whose words have what is asked."""
        if not units:
            return set()
        test, value = self.connection.words.test(match)
        marks = ", ".join("?" * len(units))
        sql = f"SELECT rowid FROM word WHERE {test} AND rowid IN ({marks})"
        return {int(one) for (one,) in self.connection.execute(sql, [value, *(unit.id for unit in units)])}


class SureUnits:
    """The units whose words as read have what is asked: how many, which first, of which documents.

    The index is asked once. Where more than are counted have it, the first of them, as they were indexed,
    stand for all, but where all are to be sorted by date or number.

    Args:
        rows: the units of the catalogue that the fields allow.
        match: what is asked; None where nothing is.
        most: so many are counted.
        known: all of them, or one more than are counted, where they were found otherwise.

    Attributes:
        complete: whether these are all.
    """

    def __init__(
        self, rows: UnitRows, match: WordMatch | None, most: int, known: Sequence[UnitPlace] | None = None
    ) -> None:
        self._rows, self._match = rows, match
        if known is None:
            known = rows.first(match, most + 1) if match is not None else []
        self.complete = len(known) <= most
        self._all = known[:most]

    @property
    def ids(self) -> frozenset[int] | None:
        """The numbers of all of them; None where they are many, or more than were counted."""
        if not self.complete or len(self._all) > MOST_AT_ONCE:
            return None
        return frozenset(unit.id for unit in self._all)

    def without(self, units: Sequence[UnitPlace]) -> list[UnitPlace]:
        """Those of some units that are not among them."""
        known = self.ids
        if known is None:
            known = frozenset(self._rows.having(self._match, units) if self._match else ())
        return [unit for unit in units if unit.id not in known]

    def ordered(self, order: str, most: int) -> list[UnitPlace]:
        """The first in an order."""
        if self.complete or order == "relevance":
            return nsmallest(most, self._all, key=_KEYS[order])
        return self._rows.ordered(self._match, order, most)

    def count(self) -> int:
        """How many there are; at least so many where they are not complete."""
        return len(self._all)

    def documents(self) -> list[tuple[str, int]]:
        """Their documents, each with its number, in the order in which they were indexed."""
        return list(dict.fromkeys((unit.holding, unit.n) for unit in self._all))


def sure_units(
    rows: UnitRows, node: Node, match: WordMatch | None, readings: Kept[Reading], most: int
) -> SureUnits:
    """The units whose words as read have what a query asks.

    Where it asks for phrases with common words in them, the index tells by their pairs which units come into
    question; the text itself then tells, or the words of a document with edits as they are read.

    Args:
        rows: the units that the fields allow.
        node: the query.
        match: what it asks of the words as read.
        readings: documents as they are read.
        most: so many are counted.
    """
    phrases = phrases_of(node)
    tokens = [token for phrase in phrases or () for token in common_pairs(phrase)]
    if match is None or not phrases or not tokens:
        return SureUnits(rows, match, most)
    told = len(tokens) == sum(len(phrase) - 1 for phrase in phrases)
    known = _by_pairs(rows, tokens, phrases, readings, most, None if told else _FEW)
    return SureUnits(rows, match, most, known)


def _by_pairs(
    rows: UnitRows,
    tokens: Sequence[str],
    phrases: Sequence[Sequence[str]],
    readings: Kept[Reading],
    most: int,
    few: int | None,
) -> list[UnitPlace] | None:
    """The units that have some phrases, or one more than are counted; None where the index finds them sooner.

    With `few`, it does where more units than these have the pairs.
    """
    known: list[UnitPlace] = []
    seen = read = at = 0
    while True:
        # As many as ought to have what is still missing.
        wanted = (most + 1 - len(known)) * max(1, seen) // max(1, len(known))
        rare = len(known) * _RARE < seen
        largest = _LEAST_LOT if rare else _MOST_LOT if seen else MOST_AT_ONCE
        lot = few + 1 if few else max(_LEAST_LOT, min(largest, wanted))
        ids = rows.connection.words.paired(tokens, every=True, most=lot, above=at)
        seen += len(ids)
        if few and seen > few:
            return None
        units = rows.numbered(ids)
        texts = plain_texts(rows.connection, [unit.holding for unit in units])
        edited = [unit for unit in units if unit.holding not in texts]
        read += len(edited)
        if read > _MOST_READ and 4 * read > seen:
            return None
        having = set(_edited_with(edited, phrases, readings))
        known += [
            unit
            for unit in units
            if unit.id in having or (unit.holding in texts and reads_all(texts[unit.holding], unit, phrases))
        ]
        if len(ids) < lot or len(known) > most:
            return known
        if seen > MOST_AT_ONCE and len(known) * _RARE < seen:
            return None
        at = ids[-1]


def _edited_with(
    units: Sequence[UnitPlace], phrases: Sequence[Sequence[str]], readings: Kept[Reading]
) -> Iterator[int]:
    """The numbers of those units of documents with edits that have some phrases as they are read.

    Asked for single units, the index would read all places of each word anew.
    """
    for at in range(0, len(units), _AHEAD):
        lot = units[at : at + _AHEAD]
        readings.have(unit.holding for unit in lot)
        for unit in lot:
            reading = readings.of(unit.holding)
            if is_unedited(reading, unit):
                has = reads_all(reading.text, unit, phrases)
            else:
                has = has_all(main_words(reading, unit.lines, unit.following), phrases)
            if has:
                yield unit.id


def over_labels(rows: UnitRows, node: Node, sure: SureUnits, most: int) -> tuple[list[UnitPlace], bool]:
    """The units where a phrase may run on behind a paragraph's number, and whether these are all.

    Those that have what is asked as read are left out.
    """
    tokens = [pair_over_label(*pair) for pair in dict.fromkeys(pairs_anywhere(node))]
    if not tokens:
        return [], True
    ids = rows.connection.words.paired(tokens, every=False, most=most + 1)
    return sure.without(rows.numbered(ids[:most])), len(ids) <= most
