"""What migrations do beyond SQL: earlier catalogues' JSON and edit logs in their compact forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from septel.archive.model import page_from_json, page_to_json
from septel.archive.store.database import Database
from septel.archive.store.packed import by_hand, deflated, in_runs, inflated, pack, unpack, usual
from septel.archive.store.rows import facets_of, put_runs, source_of, split_heading, tree_of
from septel.telegram import name_keys, named
from septel.text import Entry, Source

_LOT = 200
_LARGE_LOT = 20_000
_BY_KEY = (
    "taught",
    "succession",
    "contest",
    "review",
    "absent",
    "purged",
    "saved",
    "reader",
    "original",
    "counter",
)
"""Small tables, each found by its key alone."""


def pack_content(connection: Database) -> None:
    """Trees, references and geometry out of the rows of `holding` into packed ones."""
    ids = [row[0] for row in connection.execute("SELECT id FROM holding")]
    for one in ids:
        telegram, refs, geometry = connection.execute(
            "SELECT telegram, refs, geometry FROM holding WHERE id = ?", [one]
        ).fetchone()
        heading, tree = split_heading(json.loads(telegram))
        values = (one, pack(heading), pack(tree), pack(json.loads(refs)), pack(json.loads(geometry)))
        connection.execute("INSERT INTO content VALUES (?, ?, ?, ?, ?)", values)


def pack_entries(connection: Database) -> None:
    """What tools proposed out of single entries into packed runs; what persons decided stays as it is."""
    for source, text in connection.execute("SELECT id, text FROM source").fetchall():
        rows = connection.execute("SELECT data FROM entry WHERE source = ? ORDER BY number", [source])
        entries = [Entry.from_json(json.loads(data)) for (data,) in rows]
        put_runs(connection, source, text, entries, keep=False)
        connection.executemany(
            "DELETE FROM entry WHERE source = ? AND number = ?",
            [(source, entry.number) for entry in entries if not by_hand(entry)],
        )


def put_dictionary(connection: Database) -> None:
    """What is usual in packed values, for those who read the catalogue without Septel."""
    connection.execute("INSERT INTO dictionary VALUES ('usual', ?)", [usual()])


def pack_anew(connection: Database) -> None:
    """Trees, references, geometry and runs by the dictionary; what can't be read stays as it is."""
    for ids in _lots(connection, "SELECT holding FROM content ORDER BY holding"):
        for (one,) in ids:
            heading, tree, refs, geometry = connection.execute(
                "SELECT heading, tree, refs, geometry FROM content WHERE holding = ?", [one]
            ).fetchone()
            source = source_of(connection, one)
            packed = (_anew(heading, ""), _anew(tree, source.text), _anew(refs, ""))
            values = [*packed, _in_columns(geometry, source), one]
            connection.execute(
                "UPDATE content SET heading = ?, tree = ?, refs = ?, geometry = ? WHERE holding = ?", values
            )
    for rows in _lots(connection, "SELECT source, first FROM run ORDER BY source, first"):
        for source, first in rows:
            data, text = connection.execute(
                "SELECT data, text FROM run JOIN source ON id = source WHERE source = ? AND first = ?",
                [source, first],
            ).fetchone()
            values = [_anew(data, text), source, first]
            connection.execute("UPDATE run SET data = ? WHERE source = ? AND first = ?", values)


def _anew(data: bytes, text: str) -> bytes:
    with suppress(ValueError):
        return deflated(inflated(data), text)
    return data


def _in_columns(geometry: bytes, source: Source) -> bytes:
    with suppress(ValueError, KeyError, TypeError, IndexError):
        pages = [page_from_json(page, source) for page in unpack(geometry)]
        return pack([page_to_json(page, source) for page in pages], "")
    return geometry


def places_in_runs(connection: Database) -> None:
    """Where the lines of trees went as runs, not line by line; what can't be read stays as it is."""
    query = """SELECT content.holding, tree, text FROM content JOIN source ON id = content.holding
        WHERE content.holding >= ? AND content.holding <= ?"""
    for ids in _lots(connection, "SELECT holding FROM content ORDER BY holding"):
        rows = connection.execute(query, [ids[0][0], ids[-1][0]]).fetchall()
        packed: list[tuple[bytes, str]] = []
        for one, tree, text in rows:
            with suppress(ValueError, AttributeError):
                packed.append((pack(in_runs(unpack(tree, text)), text), one))
        connection.executemany("UPDATE content SET tree = ? WHERE holding = ?", packed)


def put_names(connection: Database) -> None:
    """The names of what is indexed."""
    query = """SELECT n, id, identifier, name, dtg, heading, tree
        FROM indexed JOIN holding ON id = indexed.holding JOIN source USING (id)
        JOIN content ON content.holding = indexed.holding"""
    for numbers in _lots(connection, "SELECT n FROM indexed ORDER BY n"):
        for n, one, identifier, file, dtg, heading, tree in connection.execute(
            f"{query} WHERE n >= ? AND n <= ?", [numbers[0][0], numbers[-1][0]]
        ).fetchall():
            with suppress(ValueError, KeyError, TypeError):
                stored = tree_of(heading, tree, "")
                names = named(one, identifier=identifier, file=file, dtg=dtg, tree=stored)
                rows = [(key, n) for key in sorted(name_keys(names))]
                connection.executemany("INSERT INTO name (key, n) VALUES (?, ?)", rows)


def note_facets(connection: Database) -> None:
    """The numbers of each document's values in its row of the index."""
    (most,) = connection.execute("SELECT coalesce(max(n), 0) FROM indexed").fetchone()
    for first in range(1, int(most) + 1, _LARGE_LOT):
        rows = [(facets, n) for n, facets in facets_of(connection, first, first + _LARGE_LOT - 1).items()]
        connection.executemany("UPDATE indexed SET facets = ? WHERE n = ?", rows)


def _lots(connection: Database, query: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query, some at a time."""
    rows = connection.execute(query).fetchall()
    for at in range(0, len(rows), _LOT):
        yield rows[at : at + _LOT]


def rows_by_number(connection: Database) -> None:
    """Runs in a table with numbered rows: by their key they left half of their last pages empty."""
    _made_anew(
        connection,
        "run",
        """CREATE TABLE run (
            source TEXT NOT NULL REFERENCES source(id), first INTEGER NOT NULL, last INTEGER NOT NULL,
            data BLOB NOT NULL, PRIMARY KEY (source, first)) STRICT""",
    )


def rows_by_key(connection: Database) -> None:
    """Small tables without numbered rows, which asked for an index of their own each."""
    for table in _BY_KEY:
        (shape,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
        _made_anew(connection, table, f"{shape}, WITHOUT ROWID")


def _made_anew(connection: Database, table: str, shape: str) -> None:
    """Make a table in another shape, with its rows, indices and triggers."""
    parts = connection.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'table' AND sql IS NOT NULL", [table]
    ).fetchall()
    # Not by renaming: that would change what triggers of other tables say of it.
    connection.execute(f"CREATE TEMP TABLE kept AS SELECT * FROM {table}")
    connection.execute(f"DROP TABLE {table}")
    connection.execute(shape)
    connection.execute(f"INSERT INTO {table} SELECT * FROM temp.kept")
    connection.execute("DROP TABLE temp.kept")
    for (part,) in parts:
        connection.execute(part)
