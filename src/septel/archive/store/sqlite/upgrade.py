"""What migrations do beyond SQL: earlier catalogues' JSON and edit logs in their compact forms."""

from __future__ import annotations

import json

from septel.archive.store.database import Database
from septel.archive.store.packed import by_hand, pack
from septel.archive.store.rows import put_runs, split_heading
from septel.text import Entry


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
