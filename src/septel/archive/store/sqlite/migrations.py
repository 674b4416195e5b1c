"""The catalogue's shape, as named steps that are applied in order, each in a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from septel.archive.store.sqlite.upgrade import (
    note_facets,
    pack_anew,
    pack_content,
    pack_entries,
    places_in_runs,
    put_dictionary,
    put_names,
    rows_by_key,
    rows_by_number,
)
from septel.errors import StoreNewer

Statement = str | Callable[[Any], None]

EMPTIED = (
    *(f"DELETE FROM {table}" for table in ("unit", "indexed", "facet", "value", "spelling")),
    "UPDATE counter SET next = 1 WHERE name IN ('unit', 'indexed')",
    "DELETE FROM counter WHERE name = 'version'",
)
"""Everything that can be made again is emptied; it is made when the archive is opened."""

ANEW = (
    *EMPTIED,
    "DROP INDEX indexed_first",
    "CREATE INDEX indexed_first ON indexed (first, last)",
    "CREATE INDEX indexed_span ON indexed (last) WHERE last <> first",
)
"""The same, and days found in another way."""

COMPACTED = "0013-compact"
"""After this step a file has much empty space."""

COMPACT: tuple[Statement, ...] = (
    "CREATE TABLE dictionary (name TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID",
    put_dictionary,
    """CREATE TABLE name (
        key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX name_n ON name (n)",
    put_names,
    "ALTER TABLE indexed ADD COLUMN unit INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE indexed ADD COLUMN units INTEGER NOT NULL DEFAULT 0",
    """UPDATE indexed SET unit = coalesce((SELECT min(id) FROM unit WHERE unit.n = indexed.n), 0),
        units = coalesce((SELECT max(id) - min(id) + 1 FROM unit WHERE unit.n = indexed.n), 0)""",
    "DROP INDEX unit_n",
    """CREATE TABLE sound (
        sound TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (sound, id)) STRICT, WITHOUT ROWID""",
    "INSERT INTO sound SELECT sound, id FROM spelling WHERE sound IS NOT NULL",
    "DROP INDEX spelling_sound",
    "ALTER TABLE spelling DROP COLUMN sound",
)
"""Of 0013, what both stores do alike."""

CITATIONS = (
    """CREATE TABLE telegram (
        holding TEXT PRIMARY KEY, post TEXT, serial INTEGER, year INTEGER, sent TEXT, sender TEXT,
        citations INTEGER NOT NULL, unclear INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX telegram_number ON telegram (post, serial, sent)",
    "CREATE INDEX telegram_minute ON telegram (substr(sent, 9))",
    """CREATE TABLE series_number (
        series TEXT NOT NULL, number INTEGER NOT NULL, holding TEXT NOT NULL,
        PRIMARY KEY (series, number, holding)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX series_number_holding ON series_number (holding)",
    """CREATE TABLE cited (
        run TEXT NOT NULL, number INTEGER NOT NULL, holding TEXT NOT NULL, place INTEGER NOT NULL,
        told TEXT, PRIMARY KEY (run, number, holding, place)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX cited_holding ON cited (holding)",
)
"""Who cites whom (see `cited_rows`); filled some documents at a time when the archive is opened."""

FACETS: tuple[Statement, ...] = (
    "ALTER TABLE indexed ADD COLUMN facets TEXT NOT NULL DEFAULT ''",
    note_facets,
)
"""Of 0015, what both stores do alike."""

MIGRATIONS: tuple[tuple[str, tuple[Statement, ...]], ...] = (
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
    (
        "0007-packed",
        (
            """CREATE TABLE content (
                holding TEXT PRIMARY KEY REFERENCES holding(id), heading BLOB NOT NULL, tree BLOB NOT NULL,
                refs BLOB NOT NULL, geometry BLOB NOT NULL) STRICT""",
            pack_content,
            "ALTER TABLE holding DROP COLUMN telegram",
            "ALTER TABLE holding DROP COLUMN refs",
            "ALTER TABLE holding DROP COLUMN geometry",
            """CREATE TABLE run (
                source TEXT NOT NULL REFERENCES source(id), first INTEGER NOT NULL, last INTEGER NOT NULL,
                data BLOB NOT NULL, PRIMARY KEY (source, first)) STRICT, WITHOUT ROWID""",
            "DROP TRIGGER entry_remains",
            pack_entries,
            """CREATE TRIGGER entry_remains BEFORE DELETE ON entry
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never removed'); END""",
            """CREATE TRIGGER run_stays BEFORE UPDATE ON run
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never changed'); END""",
            """CREATE TRIGGER run_remains BEFORE DELETE ON run
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never removed'); END""",
        ),
    ),
    (
        "0008-units",
        (
            "DROP TABLE line",
            "DROP TABLE shape",
            "DROP TABLE indexed",
            """CREATE TABLE indexed (
                n INTEGER PRIMARY KEY, holding TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
                first TEXT NOT NULL, last TEXT NOT NULL, serial INTEGER, title TEXT NOT NULL,
                subject TEXT NOT NULL, read INTEGER NOT NULL) STRICT""",
            "CREATE INDEX indexed_first ON indexed (first)",
            """CREATE TABLE unit (
                id INTEGER PRIMARY KEY, n INTEGER NOT NULL, part TEXT NOT NULL, lines TEXT NOT NULL,
                following TEXT NOT NULL) STRICT""",
            "CREATE INDEX unit_n ON unit (n)",
            """CREATE VIRTUAL TABLE word USING fts5(
                main, other, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')""",
            "CREATE VIRTUAL TABLE word_terms USING fts5vocab(word, 'row')",
            "CREATE TABLE spelling (id INTEGER PRIMARY KEY, word TEXT NOT NULL, sound TEXT) STRICT",
            "CREATE INDEX spelling_sound ON spelling (sound) WHERE sound IS NOT NULL",
            """CREATE VIRTUAL TABLE shape USING fts5(
                letters, content = '', columnsize = 0, detail = none, tokenize = 'trigram')""",
            """CREATE TABLE value (
                id INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL,
                UNIQUE (field, value)) STRICT""",
            """CREATE TABLE facet (
                value INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (value, n)) STRICT, WITHOUT ROWID""",
            "CREATE INDEX facet_n ON facet (n, value)",
            "CREATE TABLE counter (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT",
            "INSERT INTO counter VALUES ('indexed', 1), ('unit', 1)",
        ),
    ),
    (
        "0009-acts",
        (
            """CREATE TABLE act (
                number INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, what TEXT NOT NULL,
                holding TEXT, data TEXT NOT NULL) STRICT""",
            "CREATE INDEX act_holding ON act (holding)",
            """CREATE TRIGGER act_stays BEFORE UPDATE ON act
                BEGIN SELECT RAISE(ABORT, 'acts of persons are never changed'); END""",
            """CREATE TRIGGER act_remains BEFORE DELETE ON act
                BEGIN SELECT RAISE(ABORT, 'acts of persons are never removed'); END""",
            """CREATE TABLE standing_note (
                act INTEGER PRIMARY KEY, holding TEXT NOT NULL, folded TEXT NOT NULL) STRICT""",
            "CREATE INDEX standing_note_holding ON standing_note (holding)",
            """CREATE TABLE absent (
                holding TEXT PRIMARY KEY REFERENCES holding(id), how TEXT NOT NULL) STRICT""",
            """CREATE TABLE purged (
                holding TEXT PRIMARY KEY, act INTEGER NOT NULL) STRICT""",
            "DROP TRIGGER entry_remains",
            "DROP TRIGGER run_remains",
            "DROP TRIGGER review_remains",
            "DROP TRIGGER contest_remains",
            """CREATE TRIGGER entry_remains BEFORE DELETE ON entry
                WHEN OLD.source NOT IN (SELECT holding FROM purged)
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never removed'); END""",
            """CREATE TRIGGER run_remains BEFORE DELETE ON run
                WHEN OLD.source NOT IN (SELECT holding FROM purged)
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never removed'); END""",
            """CREATE TRIGGER review_remains BEFORE DELETE ON review
                WHEN OLD.source NOT IN (SELECT holding FROM purged)
                BEGIN SELECT RAISE(ABORT, 'entries of the review log are never removed'); END""",
            """CREATE TRIGGER contest_remains BEFORE DELETE ON contest
                WHEN OLD.holding NOT IN (SELECT holding FROM purged)
                BEGIN SELECT RAISE(ABORT, 'conflicts of decisions are never removed'); END""",
            """CREATE TABLE saved (
                name TEXT PRIMARY KEY, query TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL) STRICT""",
            """CREATE TABLE copy (
                one TEXT NOT NULL, other TEXT NOT NULL, share REAL NOT NULL,
                PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID""",
            """CREATE TABLE record (
                holding TEXT PRIMARY KEY, key TEXT NOT NULL, data BLOB NOT NULL) STRICT""",
        ),
    ),
    (
        "0010-names",
        (
            "CREATE INDEX source_name ON source (name)",
            "CREATE INDEX holding_identifier ON holding (upper(identifier)) WHERE identifier IS NOT NULL",
        ),
    ),
    (
        "0011-handling",
        (
            """CREATE TABLE rules (
                number INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL,
                text TEXT NOT NULL) STRICT""",
            """CREATE TRIGGER rules_stay BEFORE UPDATE ON rules
                BEGIN SELECT RAISE(ABORT, 'rules of handling are replaced, never changed'); END""",
            """CREATE TRIGGER rules_remain BEFORE DELETE ON rules
                BEGIN SELECT RAISE(ABORT, 'rules of handling are never removed'); END""",
            """CREATE TABLE reader (
                name TEXT PRIMARY KEY, role TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL) STRICT""",
            """CREATE TABLE audit (
                number INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, what TEXT NOT NULL,
                holding TEXT, data TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT""",
            """CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
                BEGIN SELECT RAISE(ABORT, 'entries of the audit trail are never changed'); END""",
            """CREATE TRIGGER audit_remains BEFORE DELETE ON audit
                BEGIN SELECT RAISE(ABORT, 'entries of the audit trail are never removed'); END""",
            """CREATE TABLE audit_head (
                one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL,
                hash TEXT NOT NULL) STRICT""",
            "INSERT INTO audit_head VALUES (1, 0, '')",
        ),
    ),
    (
        "0012-pairs",
        (
            "DROP TABLE word_terms",
            "DROP TABLE word",
            """CREATE VIRTUAL TABLE word USING fts5(
                main, other, content = '', columnsize = 0,
                tokenize = "unicode61 remove_diacritics 2 tokenchars '_'")""",
            "CREATE VIRTUAL TABLE word_terms USING fts5vocab(word, 'row')",
            """CREATE VIRTUAL TABLE pair USING fts5(
                tokens, content = '', columnsize = 0, detail = none,
                tokenize = "unicode61 remove_diacritics 2 tokenchars '_'")""",
            "INSERT INTO shape (shape) VALUES ('delete-all')",
            *ANEW,
        ),
    ),
    (
        COMPACTED,
        (
            *COMPACT,
            "DROP TRIGGER run_stays",
            "DROP TRIGGER run_remains",
            pack_anew,
            rows_by_number,
            """CREATE TRIGGER run_stays BEFORE UPDATE ON run
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never changed'); END""",
            """CREATE TRIGGER run_remains BEFORE DELETE ON run
                WHEN OLD.source NOT IN (SELECT holding FROM purged)
                BEGIN SELECT RAISE(ABORT, 'entries of the edit log are never removed'); END""",
            rows_by_key,
        ),
    ),
    ("0014-citations", CITATIONS),
    (
        "0015-facets",
        (
            "DROP INDEX indexed_first",
            *FACETS,
            # What lists of some days show and count, without a look at the documents' rows.
            "CREATE INDEX indexed_first ON indexed (first, last, serial, read, holding, facets)",
        ),
    ),
    ("0016-places", (places_in_runs,)),
)


def migrate(connection: sqlite3.Connection, where: str) -> list[str]:
    """Bring the catalogue up to date; gives the steps that were missing.

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
    made: list[str] = []
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
                if isinstance(statement, str):
                    connection.execute(statement)
                else:
                    statement(connection)
            connection.execute("INSERT INTO migration VALUES (?, ?)", (name, datetime.now(UTC).isoformat()))
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
        made.append(name)
    return made
