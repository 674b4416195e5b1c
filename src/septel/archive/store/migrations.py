"""The catalogue's shape, as named steps that are applied in order, each in a transaction of its own."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from septel.errors import StoreNewer

MIGRATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "0001-holdings",
        (
            """CREATE TABLE source (
                id TEXT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL,
                pages TEXT NOT NULL, step TEXT) STRICT""",
            """CREATE TABLE holding (
                id TEXT PRIMARY KEY REFERENCES source(id), added TEXT NOT NULL, title TEXT NOT NULL,
                identifier TEXT, post TEXT, dtg TEXT, subject TEXT, classification TEXT,
                captions TEXT NOT NULL,
                telegram TEXT NOT NULL, refs TEXT NOT NULL, meeting TEXT, geometry TEXT NOT NULL,
                accounts TEXT NOT NULL) STRICT""",
            """CREATE TABLE original (
                holding TEXT NOT NULL REFERENCES holding(id), ordinal INTEGER NOT NULL, name TEXT NOT NULL,
                digest TEXT NOT NULL, PRIMARY KEY (holding, ordinal)) STRICT""",
            """CREATE TABLE layer (
                holding TEXT NOT NULL REFERENCES holding(id), source TEXT NOT NULL REFERENCES source(id),
                PRIMARY KEY (holding, source)) STRICT""",
        ),
    ),
    (
        "0002-edit-log",
        (
            """CREATE TABLE entry (
                source TEXT NOT NULL REFERENCES source(id), number INTEGER NOT NULL, data TEXT NOT NULL,
                PRIMARY KEY (source, number)) STRICT""",
            """CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never changed'); END""",
            """CREATE TRIGGER entry_remains BEFORE DELETE ON entry
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never removed'); END""",
        ),
    ),
    (
        "0003-search",
        (
            """CREATE VIRTUAL TABLE line USING fts5(
                restored, alternatives, source, holding UNINDEXED, number UNINDEXED,
                tokenize = "unicode61 remove_diacritics 2")""",
            """CREATE VIRTUAL TABLE shape USING fts5(
                letters, holding UNINDEXED, number UNINDEXED, tokenize = 'trigram')""",
        ),
    ),
    (
        "0004-decisions",
        (
            """CREATE TABLE succession (
                older TEXT PRIMARY KEY REFERENCES holding(id), newer TEXT NOT NULL REFERENCES holding(id),
                at TEXT NOT NULL) STRICT""",
            """CREATE TABLE contest (
                holding TEXT NOT NULL REFERENCES holding(id), number INTEGER NOT NULL, data TEXT NOT NULL,
                PRIMARY KEY (holding, number)) STRICT""",
            """CREATE TRIGGER contest_stays BEFORE UPDATE ON contest
                BEGIN SELECT RAISE(ABORT, 'conflicts of decisions are never changed'); END""",
            """CREATE TRIGGER contest_remains BEFORE DELETE ON contest
                BEGIN SELECT RAISE(ABORT, 'conflicts of decisions are never removed'); END""",
            """CREATE INDEX decided ON entry (source) WHERE json_extract(data, '$.ground') = 'decision'""",
            """CREATE TABLE taught (
                word TEXT NOT NULL, holding TEXT NOT NULL REFERENCES holding(id),
                PRIMARY KEY (word, holding)) STRICT""",
        ),
    ),
    (
        "0005-reviews",
        (
            """CREATE TABLE review (
                source TEXT NOT NULL REFERENCES source(id), number INTEGER NOT NULL, data TEXT NOT NULL,
                PRIMARY KEY (source, number)) STRICT""",
            """CREATE TRIGGER review_stays BEFORE UPDATE ON review
                BEGIN SELECT RAISE(ABORT, 'entries of the review log are never changed'); END""",
            """CREATE TRIGGER review_remains BEFORE DELETE ON review
                BEGIN SELECT RAISE(ABORT, 'entries of the review log are never removed'); END""",
        ),
    ),
    (
        "0006-lookups",
        (
            "CREATE INDEX source_digest ON source (digest)",
            "CREATE INDEX taught_holding ON taught (holding)",
            """CREATE TABLE indexed (
                holding TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT""",
        ),
    ),
)


def migrate(connection: sqlite3.Connection, where: str) -> None:
    """Bring the catalogue up to date.

    Raises:
        StoreNewer: it holds a migration that this Septel does not know.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT"
    )
    applied = {name for (name,) in connection.execute("SELECT name FROM migration")}
    unknown = applied - {name for name, _ in MIGRATIONS}
    if unknown:
        raise StoreNewer(
            f"the archive was made by a newer Septel ({', '.join(sorted(unknown))})",
            where=where,
            remedy="Install that version or a later one.",
        )
    for name, statements in MIGRATIONS:
        if name in applied:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another run may have made it while this one waited.
            if connection.execute("SELECT 1 FROM migration WHERE name = ?", [name]).fetchone():
                connection.rollback()
                continue
            for statement in statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migration VALUES (?, ?)", (name, datetime.now(UTC).isoformat()))
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
