"""All rows of one catalogue into another, whatever keeps them; what can be made again is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from septel.archive.store.database import Database, TableShape
from septel.errors import StoreError

MADE_AGAIN = frozenset(
    ("counter", "dictionary", "facet", "indexed", "migration", "name", "object", "pair", "shape", "sound")
) | {"spelling", "unit", "value", "word", "word_terms", "cited", "series_number", "telegram"}
"""Tables that are no part of what is true: the search index, who cites whom, what each store has."""
_LOT = 200
"""Rows that are copied in one change."""


def copy_rows(
    source: Database, target: Database, *, progress: Callable[[float], None] = lambda _: None
) -> None:
    """Copy every row that the target has not; an interrupted copy goes on where it ended.

    Each table is gone through by its key, some rows in each change; a row that was copied is not looked at
    again (`differences` does that).

    Raises:
        StoreError: the two have not the same tables.
    """
    tables = shared_tables(source, target)
    for n, (table, shape) in enumerate(tables):
        columns, key = ", ".join(shape.columns), ", ".join(shape.key)
        marks = ", ".join("?" * len(shape.columns))
        backwards = ", ".join(f"{column} DESC" for column in shape.key)
        last = target.execute(f"SELECT {key} FROM {table} ORDER BY {backwards} LIMIT 1").fetchone()
        while rows := _after(source, table, shape, last, _LOT):
            with target.transaction(nested=False):
                target.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
            last = _key(rows[-1], shape)
        progress((n + 1) / len(tables))
    target.settle()


def mend_rows(source: Database, target: Database, tables: Sequence[str]) -> None:
    """Bring the rows of some tables up to date that the target has otherwise, or has not."""
    for table, shape in shared_tables(source, target):
        if table not in tables:
            continue
        columns, key = ", ".join(shape.columns), ", ".join(shape.key)
        marks, places = ", ".join("?" * len(shape.columns)), ", ".join("?" * len(shape.key))
        rest = [column for column in shape.columns if column not in shape.key]
        change = f"UPDATE SET {', '.join(f'{one} = excluded.{one}' for one in rest)}" if rest else "NOTHING"
        last: Sequence[Any] | None = None
        while rows := _after(source, table, shape, last, _LOT):
            ends = [*_key(rows[0], shape), *_key(rows[-1], shape)]
            there = target.execute(
                f"SELECT {columns} FROM {table} WHERE ({key}) >= ({places}) AND ({key}) <= ({places})", ends
            )
            known = {tuple(row) for row in there}
            fresh = [row for row in rows if tuple(row) not in known]
            with target.transaction(nested=False):
                target.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT ({key}) DO {change}", fresh
                )
            last = _key(rows[-1], shape)
    target.settle()


def differences(source: Database, target: Database) -> list[str]:
    """The tables whose rows are not the same in both."""
    return [
        table
        for table, shape in shared_tables(source, target)
        if _digest(source, table, shape) != _digest(target, table, shape)
    ]


def shared_tables(source: Database, target: Database) -> list[tuple[str, TableShape]]:
    """The tables that are true, those that others refer to first.

    Raises:
        StoreError: the two have not the same.
    """
    found, there = _true(source), _true(target)
    if {name: set(shape.columns) for name, shape in found.items()} != {
        name: set(shape.columns) for name, shape in there.items()
    }:
        odd = ", ".join(sorted(found.keys() ^ there.keys())) or "their columns"
        raise StoreError(
            f"the two archives are not of one version ({odd})",
            remedy="Open each with this Septel, then try again.",
        )
    first = ("source", "holding")
    return sorted(found.items(), key=lambda one: (one[0] not in first, one[0] != "source", one[0]))


def _true(database: Database) -> Mapping[str, TableShape]:
    return {name: shape for name, shape in database.tables().items() if name not in MADE_AGAIN}


def _after(
    source: Database, table: str, shape: TableShape, last: Sequence[Any] | None, most: int
) -> list[Any]:
    """The next rows by their key."""
    columns, key = ", ".join(shape.columns), ", ".join(shape.key)
    marks = ", ".join("?" * len(shape.key))
    where, values = (f"WHERE ({key}) > ({marks})", list(last)) if last else ("", [])
    rows = source.execute(f"SELECT {columns} FROM {table} {where} ORDER BY {key} LIMIT ?", [*values, most])
    return rows.fetchall()


def _key(row: Sequence[Any], shape: TableShape) -> list[Any]:
    return [row[shape.columns.index(column)] for column in shape.key]


def _rows(source: Database, table: str, shape: TableShape) -> Iterator[Sequence[Any]]:
    last: Sequence[Any] | None = None
    while rows := _after(source, table, shape, last, _LOT):
        yield from rows
        last = _key(rows[-1], shape)


def _digest(source: Database, table: str, shape: TableShape) -> str:
    sha = hashlib.sha256()
    ordered = sorted(range(len(shape.columns)), key=lambda n: shape.columns[n])
    for row in _rows(source, table, shape):
        sha.update(repr([row[n] for n in ordered]).encode("utf-8", "surrogatepass"))
    return sha.hexdigest()
