"""The search index: a cache of each line as restored, as it may also be read, and as it came."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from septel.lexicon import shapes
from septel.text import EditLog, Source


def forget_lines(connection: sqlite3.Connection, source_id: str) -> None:
    """Take the lines of one source out of the index."""
    rows = connection.execute("SELECT first, last FROM indexed WHERE holding = ?", [source_id]).fetchone()
    if rows:
        connection.execute("DELETE FROM line WHERE rowid BETWEEN ? AND ?", rows)
        connection.execute("DELETE FROM shape WHERE rowid BETWEEN ? AND ?", rows)
        connection.execute("DELETE FROM indexed WHERE holding = ?", [source_id])
        return
    # Indexed by a version that did not note where: every line is looked at.
    connection.execute("DELETE FROM line WHERE holding = ?", [source_id])
    connection.execute("DELETE FROM shape WHERE holding = ?", [source_id])


def index_lines(connection: sqlite3.Connection, source: Source, log: EditLog, *, new: bool = False) -> None:
    """Put the lines of one source into the index, in place of what was there; of a new one nothing was."""
    if not new:
        forget_lines(connection, source.id)
    reading = log.reading(source)
    alternatives: dict[int, list[str]] = defaultdict(list)
    for edit in reading.edits:
        alternatives[source.line_at(edit.span.start)] += [a.text for a in edit.alternatives]
    rows = []
    alike = []
    at = first = _next(connection)
    for number, (line, restored) in enumerate(zip(source.lines, reading.line_texts, strict=True), 1):
        raw = line.of(source.text)
        if not raw.strip() and not restored.strip():
            continue
        rows.append((at, restored, " ".join(alternatives[number]), raw, source.id, number))
        alike.append((at, "\n".join((restored, raw, shapes(restored), shapes(raw))), source.id, number))
        at += 1
    connection.executemany(
        "INSERT INTO line (rowid, restored, alternatives, source, holding, number) VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    connection.executemany("INSERT INTO shape (rowid, letters, holding, number) VALUES (?, ?, ?, ?)", alike)
    connection.execute("INSERT OR REPLACE INTO indexed VALUES (?, ?, ?)", (source.id, first, at - 1))


def _next(connection: sqlite3.Connection) -> int:
    """The first row that neither index has used."""
    last = [
        connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()
        for table in ("line", "shape")
    ]
    return 1 + max((int(row[0]) for row in last if row), default=0)
