"""The catalogue row by row: sources, holdings, logs, and what follows from a log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from septel.archive.decisions import DecisionConflict, Earlier, carry, words_set, written
from septel.archive.model import Holding, account_to_json, page_to_json
from septel.archive.search import forget_lines, index_lines
from septel.archive.store.originals import Originals, full
from septel.errors import NotHeld, StoreError
from septel.text import EditLog, Entry, Legible, Source, Span, Step


def source_of(connection: sqlite3.Connection, source_id: str) -> Source:
    """A source by its id.

    Raises:
        NotHeld: it is not here.
    """
    query = "SELECT name, digest, text, pages, step FROM source WHERE id = ?"
    row = connection.execute(query, [source_id]).fetchone()
    if not row:
        raise NotHeld("the archive holds no such source", where=source_id, remedy="See `septel show`.")
    name, digest, text, pages, step = row
    with whole(source_id):
        return Source(
            name=name,
            digest=digest,
            text=text,
            pages=tuple(Span(a, b) for a, b in json.loads(pages)),
            step=Step.from_json(json.loads(step)) if step else None,
        )


def captures_of(connection: sqlite3.Connection, source: Source) -> list[str]:
    """The other captures of a source's file that nothing has taken the place of, oldest first."""
    rows = connection.execute(
        """SELECT holding.id FROM holding JOIN source USING (id) WHERE digest = ? AND holding.id <> ?
           AND NOT EXISTS (SELECT 1 FROM succession WHERE older = holding.id) ORDER BY added, holding.id""",
        [source.digest, source.id],
    )
    return [one for (one,) in rows]


def newer_of(connection: sqlite3.Connection, holding_id: str) -> str | None:
    """The capture that took the place of a holding, or None."""
    row = connection.execute("SELECT newer FROM succession WHERE older = ?", [holding_id]).fetchone()
    return str(row[0]) if row else None


def carried(
    connection: sqlite3.Connection,
    kept: EditLog,
    source: Source,
    earlier: Sequence[str],
    legible: Legible | None,
    at: datetime,
) -> tuple[EditLog, tuple[DecisionConflict, ...]]:
    """The log with what was decided about earlier captures, and what could not be carried."""
    with whole(source.id):
        captures = [
            Earlier(
                source=source_of(connection, one),
                log=log_of(connection, one),
                open=tuple(c for c in written(connection, one) if c.settlement is None),
            )
            for one in earlier
        ]
        known = written(connection, source.id)
    return carry(
        kept, known, source, captures, find=lambda one: source_of(connection, one), legible=legible, at=at
    )


def continue_log(
    connection: sqlite3.Connection, source: Source, kept: EditLog, log: EditLog, *, new: bool = False
) -> None:
    """Write the entries by which a log goes beyond the kept one, and bring the caches up to date."""
    for entry in log.entries[len(kept.entries) :]:
        put_entry(connection, source.id, entry)
    refresh(connection, source, log, new=new)


def refresh(connection: sqlite3.Connection, source: Source, log: EditLog, *, new: bool = False) -> None:
    """The search index and the taught words of a source, made again from its log; of a new one, made."""
    if newer_of(connection, source.id):
        forget_lines(connection, source.id)
    else:
        index_lines(connection, source, log, new=new)
    connection.execute("DELETE FROM taught WHERE holding = ?", [source.id])
    rows = [(word, source.id) for word in sorted(words_set(log))]
    connection.executemany("INSERT INTO taught VALUES (?, ?)", rows)


def put_source(connection: sqlite3.Connection, source: Source) -> None:
    """Write a source, unless it is there."""
    step = json.dumps(source.step.to_json()) if source.step else None
    pages = json.dumps([[page.start, page.end] for page in source.pages])
    connection.execute(
        "INSERT OR IGNORE INTO source VALUES (?, ?, ?, ?, ?, ?)",
        (source.id, source.name, source.digest, source.text, pages, step),
    )


def put_holding(connection: sqlite3.Connection, holding: Holding) -> None:
    """Write a holding, or bring its row up to date."""
    connection.execute(
        """INSERT INTO holding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET title = excluded.title, identifier = excluded.identifier,
           post = excluded.post, dtg = excluded.dtg, subject = excluded.subject,
           classification = excluded.classification, captions = excluded.captions,
           telegram = excluded.telegram, refs = excluded.refs, meeting = excluded.meeting,
           geometry = excluded.geometry, accounts = excluded.accounts""",
        (
            holding.id,
            holding.added.isoformat(),
            holding.title,
            holding.identifier,
            holding.post,
            holding.dtg,
            holding.subject,
            holding.classification,
            json.dumps(list(holding.captions)),
            json.dumps(holding.telegram),
            json.dumps(list(holding.references)),
            json.dumps(holding.meeting) if holding.meeting else None,
            json.dumps([page_to_json(page) for page in holding.pages]),
            json.dumps([account_to_json(account) for account in holding.accounts]),
        ),
    )


def put_entry(connection: sqlite3.Connection, source_id: str, entry: Entry) -> None:
    """Write one entry of an edit log."""
    data = json.dumps(entry.to_json(), ensure_ascii=False)
    connection.execute("INSERT INTO entry VALUES (?, ?, ?)", (source_id, entry.number, data))


def log_of(connection: sqlite3.Connection, source_id: str) -> EditLog:
    """The whole edit log of a source."""
    rows = connection.execute("SELECT data FROM entry WHERE source = ? ORDER BY number", [source_id])
    with whole(source_id):
        return EditLog(source_id, tuple(Entry.from_json(json.loads(data)) for (data,) in rows))


@contextmanager
def whole(where: str) -> Iterator[None]:
    """What a row holds, if it can't be understood, as a damaged archive."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as why:
        remedy = "Restore catalogue.sqlite from a backup; the originals in objects/ are whole."
        raise StoreError(f"the archive is damaged ({why!r})", where=where, remedy=remedy) from why


@contextmanager
def faults(folder: Path) -> Iterator[None]:
    """SQLite's and the system's errors as faults of the archive."""
    where = str(folder)
    try:
        yield
    except sqlite3.OperationalError as why:
        words = str(why)
        if "full" in words:
            raise full(where) from why
        if "locked" in words or "busy" in words:
            remedy = "Wait until the other run has finished, then try again."
            raise StoreError("another program is writing to the archive", where=where, remedy=remedy) from why
        remedy = "Check the folder's permissions, or choose another with --archive."
        raise StoreError(f"the archive can't be used ({words})", where=where, remedy=remedy) from why
    except sqlite3.DatabaseError as why:
        remedy = "Restore catalogue.sqlite from a backup; the originals in objects/ are whole."
        raise StoreError(f"the archive is damaged ({why})", where=where, remedy=remedy) from why
    except OSError as why:
        raise Originals(folder)._fault(why) from why
