"""What migrations do beyond SQL: earlier catalogues' JSON and edit logs in their compact forms."""

from __future__ import annotations

import json
import sqlite3

from septel.archive.store.packed import by_hand, edits_packed, pack, runs_of
from septel.text import Entry


def split_heading(tree: dict[str, object]) -> tuple[object, dict[str, object]]:
    """A telegram's tree as its heading, and the rest with null in the heading's place."""
    if "heading" not in tree:
        return None, tree
    return tree["heading"], tree | {"heading": None}


def pack_content(connection: sqlite3.Connection) -> None:
    """Trees, references and geometry out of the rows of `holding` into packed ones."""
    ids = [row[0] for row in connection.execute("SELECT id FROM holding")]
    for one in ids:
        telegram, refs, geometry = connection.execute(
            "SELECT telegram, refs, geometry FROM holding WHERE id = ?", [one]
        ).fetchone()
        heading, tree = split_heading(json.loads(telegram))
        values = (one, pack(heading), pack(tree), pack(json.loads(refs)), pack(json.loads(geometry)))
        connection.execute("INSERT INTO content VALUES (?, ?, ?, ?, ?)", values)


def pack_entries(connection: sqlite3.Connection) -> None:
    """What tools proposed out of single entries into packed runs; what persons decided stays as it is."""
    for source, text in connection.execute("SELECT id, text FROM source").fetchall():
        rows = connection.execute("SELECT data FROM entry WHERE source = ? ORDER BY number", [source])
        entries = [Entry.from_json(json.loads(data)) for (data,) in rows]
        put_runs(connection, source, text, entries, keep=False)
        connection.executemany(
            "DELETE FROM entry WHERE source = ? AND number = ?",
            [(source, entry.number) for entry in entries if not by_hand(entry)],
        )


def put_runs(
    connection: sqlite3.Connection, source: str, text: str, entries: list[Entry], *, keep: bool = True
) -> None:
    """Write entries of a source's log: tools' in packed runs, persons' decisions one by one.

    With `keep` false the decisions are there already.
    """
    for run in runs_of(entries):
        if not by_hand(run[0]):
            data = edits_packed(run, text)
            values = (source, run[0].number, run[-1].number, data)
            connection.execute("INSERT INTO run VALUES (?, ?, ?, ?)", values)
        elif keep:
            plain = json.dumps(run[0].to_json(), ensure_ascii=False)
            connection.execute("INSERT INTO entry VALUES (?, ?, ?)", (source, run[0].number, plain))
