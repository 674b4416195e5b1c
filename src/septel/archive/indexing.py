"""The search index: a cache of each line as restored, as it may also be read, and as it came."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from septel.lexicon import shapes
from septel.text import EditLog, Source


def forget_lines(connection: sqlite3.Connection, source_id: str) -> None:
    """Take the lines of one source out of the index."""
    connection.execute("DELETE FROM line WHERE holding = ?", [source_id])
    connection.execute("DELETE FROM shape WHERE holding = ?", [source_id])


def index_lines(connection: sqlite3.Connection, source: Source, log: EditLog) -> None:
    """Put the lines of one source into the index, in place of what was there."""
    forget_lines(connection, source.id)
    reading = log.reading(source)
    alternatives: dict[int, list[str]] = defaultdict(list)
    for edit in reading.edits:
        alternatives[source.line_at(edit.span.start)] += [a.text for a in edit.alternatives]
    rows = []
    alike = []
    for number, (line, restored) in enumerate(zip(source.lines, reading.line_texts, strict=True), 1):
        raw = line.of(source.text)
        if not raw.strip() and not restored.strip():
            continue
        rows.append((restored, " ".join(alternatives[number]), raw, source.id, number))
        alike.append(("\n".join((restored, raw, shapes(restored), shapes(raw))), source.id, number))
    connection.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO shape VALUES (?, ?, ?)", alike)
