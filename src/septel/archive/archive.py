"""The catalogue: one folder, one SQLite file, originals by hash; nothing is ever half-written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from septel.archive.holdings import (
    Hit,
    Holding,
    Original,
    account_from_json,
    account_to_json,
    page_from_json,
    page_to_json,
)
from septel.archive.indexing import index_lines
from septel.archive.joining import joined
from septel.archive.migrations import migrate
from septel.archive.objects import Objects, full
from septel.archive.searching import find, storable
from septel.errors import NotHeld, StoreError
from septel.text import EditLog, Entry, Source, Span, Step

BUSY_SECONDS = 10.0


class Archive:
    """A folder that holds `catalogue.sqlite` and `objects/`.

    Use as a context; it is closed at the end. Each change is one transaction.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.objects = Objects(folder / "objects")
        self._connection = connection

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Self:
        """Open the archive in a folder, making or updating it as needed.

        Raises:
            NotHeld: there is no archive and none may be made.
            StoreError: it can't be opened (see its kinds in `septel.errors`).
        """
        file = folder / "catalogue.sqlite"
        if not create and not file.exists():
            raise NotHeld(
                "there is no archive here", where=str(folder), remedy="Make one with `septel read`."
            )
        with _faults(folder):
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA synchronous = NORMAL")
                # Without it, INSERT OR REPLACE would get round the triggers that protect the edit log.
                connection.execute("PRAGMA recursive_triggers = ON")
                migrate(connection, str(folder))
            except BaseException:
                connection.close()
                raise
        return cls(folder, connection)

    def __enter__(self) -> Self:
        """The open archive."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the catalogue; what was added is there."""
        self._connection.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with _faults(self.folder):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with _faults(self.folder):
            return self._connection.execute(query, tuple(values)).fetchall()

    def holds(self, holding_id: str) -> bool:
        """Whether a document is here."""
        return bool(self._rows("SELECT 1 FROM holding WHERE id = ?", [holding_id]))

    def add(self, holding: Holding, files: Sequence[Path] = ()) -> bool:
        """Take a document in, with its files; says whether it was new.

        A document that is already held keeps its log, and the new log continues it (see
        `septel.archive.joining`): a rerun with another model takes the place of the old one, and what
        persons decided stands. Without files, those that are held stay. All or nothing: after a fault the
        archive is as it was.

        Raises:
            StoreFull: the disk is full.
            StoreError: the archive can't be written.
        """
        originals = [Original(name=file.name, digest=self.objects.keep(file)) for file in files]
        with self._change() as connection:
            new = not connection.execute("SELECT 1 FROM holding WHERE id = ?", [holding.id]).fetchone()
            for source in (holding.source, *holding.layers):
                _put_source(connection, source)
            _put_holding(connection, holding)
            if originals:
                connection.execute("DELETE FROM original WHERE holding = ?", [holding.id])
            connection.executemany(
                "INSERT INTO original VALUES (?, ?, ?, ?)",
                [(holding.id, i, o.name, o.digest) for i, o in enumerate(originals)],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO layer VALUES (?, ?)", [(holding.id, s.id) for s in holding.layers]
            )
            kept = _log(connection, holding.id)
            log = joined(kept, holding.log, at=holding.added)
            for entry in log.entries[len(kept.entries) :]:
                _put_entry(connection, holding.id, entry)
            index_lines(connection, holding.source, log)
        return new

    def append(self, source_id: str, log: EditLog) -> None:
        """Add the entries of a log that go beyond those kept for its source.

        Raises:
            NotHeld: the source is not here.
            StoreError: the log does not continue the one that is kept.
        """
        source = self.source(source_id)
        with self._change() as connection:
            kept = _log(connection, source_id)
            if log.entries[: len(kept.entries)] != kept.entries:
                raise StoreError(
                    "the edit log was changed by someone else in the meantime",
                    where=source_id,
                    remedy="Load the document again and repeat the decision.",
                )
            for entry in log.entries[len(kept.entries) :]:
                _put_entry(connection, source_id, entry)
            index_lines(connection, source, log)

    def source(self, source_id: str) -> Source:
        """A source by its id.

        Raises:
            NotHeld: it is not here.
        """
        rows = self._rows("SELECT name, digest, text, pages, step FROM source WHERE id = ?", [source_id])
        if not rows:
            raise NotHeld("the archive holds no such source", where=source_id, remedy="See `septel show`.")
        name, digest, text, pages, step = rows[0]
        with _whole(source_id):
            return Source(
                name=name,
                digest=digest,
                text=text,
                pages=tuple(Span(a, b) for a, b in json.loads(pages)),
                step=Step.from_json(json.loads(step)) if step else None,
            )

    def log(self, source_id: str) -> EditLog:
        """The whole edit log of a source."""
        with _faults(self.folder):
            return _log(self._connection, source_id)

    def resolve(self, name: str) -> str:
        """The id of the holding that a person means: an id, its beginning, an identifier or a file's name.

        Raises:
            NotHeld: none fits, or more than one does.
        """
        rows = self._rows(
            """SELECT holding.id FROM holding JOIN source USING (id)
               WHERE holding.id = ?1 OR (length(?1) >= 4 AND substr(holding.id, 1, length(?1)) = lower(?1))
                  OR upper(identifier) = upper(?1) OR source.name = ?1""",
            [storable(name)],
        )
        found = sorted({row[0] for row in rows})
        if len(found) == 1:
            return str(found[0])
        if found:
            raise NotHeld(
                f"{name!r} may mean {len(found)} holdings ({', '.join(found)})",
                where=str(self.folder),
                remedy="Give the id.",
            )
        raise NotHeld(
            f"the archive holds nothing called {name!r}",
            where=str(self.folder),
            remedy="`septel show` without a name lists what it holds.",
        )

    def holding(self, holding_id: str) -> Holding:
        """A document with all its layers.

        Raises:
            NotHeld: it is not here.
        """
        rows = self._rows(
            """SELECT added, title, identifier, post, dtg, subject, classification, captions, telegram, refs,
                      meeting, geometry, accounts FROM holding WHERE id = ?""",
            [holding_id],
        )
        if not rows:
            raise NotHeld("the archive holds no such document", where=holding_id, remedy="See `septel show`.")
        row = rows[0]
        originals = self._rows(
            "SELECT name, digest FROM original WHERE holding = ? ORDER BY ordinal", [holding_id]
        )
        layers = self._rows("SELECT source FROM layer WHERE holding = ? ORDER BY rowid", [holding_id])
        with _whole(holding_id):
            return Holding(
                source=self.source(holding_id),
                log=self.log(holding_id),
                added=datetime.fromisoformat(row[0]),
                title=row[1],
                identifier=row[2],
                post=row[3],
                dtg=row[4],
                subject=row[5],
                classification=row[6],
                captions=tuple(json.loads(row[7])),
                telegram=json.loads(row[8]),
                references=json.loads(row[9]),
                meeting=json.loads(row[10]) if row[10] else None,
                pages=tuple(page_from_json(page) for page in json.loads(row[11])),
                accounts=tuple(account_from_json(account) for account in json.loads(row[12])),
                originals=tuple(Original(name=n, digest=d) for n, d in originals),
                layers=tuple(self.source(source_id) for (source_id,) in layers),
            )

    def holdings(self) -> list[dict[str, str | None]]:
        """What is here, oldest telegram first: id, title and the heading's fields."""
        columns = ("id", "title", "identifier", "post", "dtg", "subject", "classification", "name", "added")
        rows = self._rows(
            """SELECT holding.id, title, identifier, post, dtg, subject, classification, source.name, added
               FROM holding JOIN source USING (id) ORDER BY dtg IS NULL, dtg, title, holding.id"""
        )
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """The lines that hold the words, surest layer first; quotation marks ask for a phrase."""
        with _faults(self.folder):
            return find(self._connection, self.holding, words, limit)

    def rebuild_index(self) -> None:
        """Make the search index again from the catalogue; it holds nothing of its own."""
        for row in self._rows("SELECT id FROM holding"):
            source = self.source(row[0])
            with self._change() as connection:
                index_lines(connection, source, _log(connection, source.id))


def _put_source(connection: sqlite3.Connection, source: Source) -> None:
    step = json.dumps(source.step.to_json()) if source.step else None
    pages = json.dumps([[page.start, page.end] for page in source.pages])
    connection.execute(
        "INSERT OR IGNORE INTO source VALUES (?, ?, ?, ?, ?, ?)",
        (source.id, source.name, source.digest, source.text, pages, step),
    )


def _put_holding(connection: sqlite3.Connection, holding: Holding) -> None:
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


def _put_entry(connection: sqlite3.Connection, source_id: str, entry: Entry) -> None:
    data = json.dumps(entry.to_json(), ensure_ascii=False)
    connection.execute("INSERT INTO entry VALUES (?, ?, ?)", (source_id, entry.number, data))


def _log(connection: sqlite3.Connection, source_id: str) -> EditLog:
    rows = connection.execute("SELECT data FROM entry WHERE source = ? ORDER BY number", [source_id])
    with _whole(source_id):
        return EditLog(source_id, tuple(Entry.from_json(json.loads(data)) for (data,) in rows))


@contextmanager
def _whole(where: str) -> Iterator[None]:
    """What a row holds, if it can't be understood, as a damaged archive."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as why:
        remedy = "Restore catalogue.sqlite from a backup; the originals in objects/ are whole."
        raise StoreError(f"the archive is damaged ({why!r})", where=where, remedy=remedy) from why


@contextmanager
def _faults(folder: Path) -> Iterator[None]:
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
        raise Objects(folder)._fault(why) from why
