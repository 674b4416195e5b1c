"""The catalogue: one folder, one SQLite file, originals by hash; nothing is ever half-written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from septel.archive.decisions import (
    DecisionConflict,
    Settlement,
    append_reviews,
    carry_reviews,
    decided,
    disputes,
    joined,
    part,
    put_contest,
    review_log_of,
    settle,
    succeed,
    written,
)
from septel.archive.model import Hit, Holding, Original, account_from_json, page_from_json
from septel.archive.search import find, storable
from septel.archive.store import (
    Originals,
    captures_of,
    carried,
    continue_log,
    faults,
    log_of,
    migrate,
    newer_of,
    put_holding,
    put_source,
    refresh,
    source_of,
    whole,
)
from septel.errors import NotHeld, StoreError
from septel.record.review import ReviewLog
from septel.text import Edit, EditLog, Legible, Source, Span

BUSY_SECONDS = 10.0
_WITH_DECISIONS = """SELECT DISTINCT source FROM entry WHERE json_extract(data, '$.ground') = 'decision'
    UNION SELECT DISTINCT holding FROM contest ORDER BY 1"""


class Archive:
    """A folder that holds `catalogue.sqlite` and `objects/`.

    Use as a context; it is closed at the end. Each change is one transaction.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.objects = Originals(folder / "objects")
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
        with faults(folder):
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
        with faults(self.folder):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with faults(self.folder):
            return self._connection.execute(query, tuple(values)).fetchall()

    def holds(self, holding_id: str) -> bool:
        """Whether a document is here."""
        return bool(self._rows("SELECT 1 FROM holding WHERE id = ?", [holding_id]))

    def add(self, holding: Holding, files: Sequence[Path] = (), *, legible: Legible | None = None) -> bool:
        """Take a document in, with its files; says whether it was new.

        A document that is already held keeps its log, and the new log continues it (see
        `septel.archive.decisions.continuation`): a rerun with another model takes the place of the old one, and what
        persons decided stands. Without files, those that are held stay. All or nothing: after a fault the
        archive is as it was.

        Another capture of a file that is held (by a newer engine, with other settings) takes the place of the
        older one, which stays under its id but is neither listed nor searched. What persons decided about the
        older one is carried over by content (with `legible`, see `septel.text.reanchor`), or listed by
        `contests`.

        Raises:
            StoreFull: the disk is full.
            StoreError: the archive can't be written.
        """
        originals = [Original(name=file.name, digest=self.objects.keep(file)) for file in files]
        with self._change() as connection:
            new = not connection.execute("SELECT 1 FROM holding WHERE id = ?", [holding.id]).fetchone()
            for source in (holding.source, *holding.layers):
                put_source(connection, source)
            put_holding(connection, holding)
            if originals:
                connection.execute("DELETE FROM original WHERE holding = ?", [holding.id])
            connection.executemany(
                "INSERT INTO original VALUES (?, ?, ?, ?)",
                [(holding.id, i, o.name, o.digest) for i, o in enumerate(originals)],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO layer VALUES (?, ?)", [(holding.id, s.id) for s in holding.layers]
            )
            kept = log_of(connection, holding.id)
            log = joined(kept, holding.log, at=holding.added)
            rivals = captures_of(connection, holding.source)
            log, contests = carried(connection, log, holding.source, rivals, legible, holding.added)
            for contest in contests:
                put_contest(connection, contest)
            for rival in rivals:
                connection.execute(
                    "INSERT OR REPLACE INTO succession VALUES (?, ?, ?)",
                    (rival, holding.id, holding.added.isoformat()),
                )
            connection.execute("DELETE FROM succession WHERE older = ?", [holding.id])
            if rivals:
                older = [source_of(connection, rival) for rival in rivals]
                carry_reviews(connection, holding.source, older, holding.added)
            continue_log(connection, holding.source, kept, log, new=new)
            for rival in rivals:
                refresh(connection, source_of(connection, rival), log_of(connection, rival))
        return new

    def append(self, source_id: str, log: EditLog, contests: Sequence[DecisionConflict] = ()) -> None:
        """Add the entries of a log that go beyond those kept for its source.

        Decisions that do not simply stand are written down in the same step, to be settled by a person.

        Raises:
            NotHeld: the source is not here.
            StoreError: the log does not continue the one that is kept.
        """
        source = self.source(source_id)
        with self._change() as connection:
            kept = log_of(connection, source_id)
            if log.entries[: len(kept.entries)] != kept.entries:
                raise StoreError(
                    "the edit log was changed by someone else in the meantime",
                    where=source_id,
                    remedy="Load the document again and repeat the decision.",
                )
            for contest in contests:
                put_contest(connection, contest)
            continue_log(connection, source, kept, log)
            now = log.entries[-1].at if log.entries else datetime.now(UTC)
            # A newer capture takes over at once what is decided about an older one.
            while newer := newer_of(connection, source_id):
                kept = log_of(connection, newer)
                source = source_of(connection, newer)
                log, beyond = carried(connection, kept, source, [source_id], None, now)
                for contest in beyond:
                    put_contest(connection, contest)
                continue_log(connection, source, kept, log)
                source_id = newer

    def decided(self, source: Source, *, legible: Legible | None = None) -> tuple[Edit, ...]:
        """What persons decided about a text: about itself, and about earlier captures as far as it fits.

        The text need not be here yet; nothing is written.
        """
        with faults(self.folder):
            kept = log_of(self._connection, source.id)
            rivals = captures_of(self._connection, source)
            now = datetime.now(UTC)
            log, _ = carried(self._connection, kept, source, rivals, legible, now)
        return tuple(edit for entry in log.active() if (edit := decided(entry)) is not None)

    def taught(self) -> frozenset[str]:
        """The words that persons have set in any reading of the archive, in capitals."""
        return frozenset(word for (word,) in self._rows("SELECT DISTINCT word FROM taught"))

    def contests(
        self, holding_id: str | None = None, *, settled: bool = False
    ) -> tuple[DecisionConflict, ...]:
        """The decisions that do not simply stand, of one document or of all; with settled ones on demand."""
        ids = [holding_id] if holding_id else [row[0] for row in self._rows(_WITH_DECISIONS)]
        found: list[DecisionConflict] = []
        with faults(self.folder):
            for one in ids:
                if holding_id or not newer_of(self._connection, one):
                    with whole(one):
                        found += written(self._connection, one)
                    found += disputes(log_of(self._connection, one))
        return tuple(contest for contest in found if settled or contest.settlement is None)

    def settle(
        self, holding_id: str, number: int, *, by: str, at: datetime, why: str = "", place: Span | None = None
    ) -> Settlement:
        """Settle a contest that was written down: its decision stands at a place, or is set aside for good.

        Settling again replaces the settlement; an entry that an earlier one made is undone in the edit log.

        Raises:
            NotHeld: there is no such contest.
            EditConflict: the place does not lie within one line.
        """
        source = self.source(holding_id)
        with self._change() as connection:
            return settle(connection, source, number, by=by, at=at, why=why, place=place)

    def reviews(self, source_id: str) -> ReviewLog:
        """What persons said of the record of a source."""
        with faults(self.folder), whole(source_id):
            return review_log_of(self._connection, source_id)

    def review(self, log: ReviewLog) -> None:
        """Add the entries of a review log that go beyond those kept; newer captures take them over at once.

        Raises:
            NotHeld: the source is not here.
            StoreError: the log does not continue the one that is kept.
        """
        source = self.source(log.source_id)
        with self._change() as connection:
            append_reviews(connection, source, log)

    def supersede(
        self, older: str, newer: str, *, at: datetime, by: str, legible: Legible | None = None
    ) -> None:
        """A person says that one document is a newer capture of another: what was decided follows.

        Raises:
            NotHeld: one of them is not here.
            EditConflict: the older one is the newer one, or already has a newer one.
        """
        old, new = self.source(older), self.source(newer)
        with self._change() as connection:
            succeed(connection, old, new, at=at, by=by, legible=legible)

    def separate(self, older: str, *, at: datetime, by: str) -> str:
        """Take back what `supersede` said: both stand by themselves, and what was carried no longer counts.

        Returns:
            The id of the document that had been taken for the newer capture.

        Raises:
            NotHeld: nobody said that the document has a newer capture.
        """
        old = self.source(older)
        with self._change() as connection:
            return part(connection, old, at=at, by=by)

    def successor(self, holding_id: str) -> str | None:
        """The capture that took a document's place, or None while it is the newest."""
        with faults(self.folder):
            return newer_of(self._connection, holding_id)

    def source(self, source_id: str) -> Source:
        """A source by its id.

        Raises:
            NotHeld: it is not here.
        """
        with faults(self.folder):
            return source_of(self._connection, source_id)

    def log(self, source_id: str) -> EditLog:
        """The whole edit log of a source."""
        with faults(self.folder):
            return log_of(self._connection, source_id)

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
        if len(found) > 1:
            # A name means the newest capture; an older one goes by its id.
            found = [one for one in found if not self.successor(one)] or found
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
        with whole(holding_id):
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
        """What is here, the newest capture of each, oldest telegram first: id, title, the heading."""
        columns = ("id", "title", "identifier", "post", "dtg", "subject", "classification", "name", "added")
        rows = self._rows(
            """SELECT holding.id, title, identifier, post, dtg, subject, classification, source.name, added
               FROM holding JOIN source USING (id) WHERE holding.id NOT IN (SELECT older FROM succession)
               ORDER BY dtg IS NULL, dtg, title, holding.id"""
        )
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """The lines that hold the words, surest layer first; quotation marks ask for a phrase."""
        with faults(self.folder):
            return find(self._connection, self.holding, words, limit)

    def rebuild_index(self) -> None:
        """Make the search index again from the catalogue; it holds nothing of its own."""
        for row in self._rows("SELECT id FROM holding"):
            source = self.source(row[0])
            with self._change() as connection:
                refresh(connection, source, log_of(connection, source.id))
