"""The archive: a catalogue in SQLite or PostgreSQL, originals by hash; nothing is ever half-written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from septel.archive.acts import CurationState, Listed, each_listed, listed, state_of
from septel.archive.audit import AuditTrail
from septel.archive.catalogue import (
    Addition,
    add_holdings,
    append_log,
    conflicts_of,
    decided_edits,
    load_holding,
    load_readings,
    load_shown,
    originals_of,
    part,
    resolved,
    settle,
    succeed,
)
from septel.archive.contents import Contents
from septel.archive.curation import Curation
from septel.archive.decisions import DecisionConflict, Settlement, append_reviews, review_log_of
from septel.archive.handling import Handling
from septel.archive.model import Holding, Original
from septel.archive.records import Records
from septel.archive.search import Query, Searcher, Searches, SearchResult
from septel.archive.store import (
    ArchivePlace,
    OpenStore,
    Transactions,
    faults,
    log_of,
    newer_of,
    open_store,
    source_of,
    whole,
)
from septel.archive.upkeep import Backup, Flaw, Merged, all_taken_in, back_up, catch_up, flaws, rebuilt
from septel.errors import NotHeld, SeptelError
from septel.record.review import ReviewLog
from septel.text import Edit, EditLog, Legible, Reading, Source, Span

BUSY_SECONDS = 10.0


class Archive:
    """A folder that holds `catalogue.sqlite` and `objects/`, or a schema of a PostgreSQL database.

    Use as a context; it is closed at the end. Each change is one transaction.
    """

    def __init__(self, store: OpenStore) -> None:
        self.store = store
        self.place, self.folder, self.objects = store.place, store.folder, store.originals
        folder, connection = store.folder, store.database
        self._connection = connection
        self._transactions = Transactions(folder, connection)
        self._change, self._rows = self._transactions.change, self._transactions.rows
        self._searcher = Searcher(
            connection, partial(load_readings, connection), partial(load_shown, connection)
        )
        self.curation = Curation(connection, self._change, self.objects)
        self.searches = Searches(connection, self._change)
        self.records = Records(connection, self._change)
        self.handling = Handling(connection, self._change)
        self.audit = AuditTrail(connection, self._change)
        self.contents = Contents(folder, connection, self._transactions)

    @classmethod
    def open(cls, place: str | ArchivePlace, *, create: bool = True, away: float | None = None) -> Self:
        """Open the archive in a folder or at an address, making or updating it as needed.

        An archive in a folder that can't be written is opened for reading.

        Args:
            place: its folder, or its address.
            create: whether it may be made.
            away: so many seconds each of its methods waits for a database that can't be reached; a minute
                and a half unless given. A run that waits by itself gives few, so that it can say so.

        Raises:
            NotHeld: there is no archive and none may be made.
            StoreError: it can't be opened (see its kinds in `septel.errors`).
        """
        store = open_store(place, create=create, wait=BUSY_SECONDS, away=away)
        try:
            archive = cls(store)
            if not store.database.only_read:
                catch_up(archive._transactions)
        except BaseException:
            store.database.close()
            raise
        return archive

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

    def together(self) -> AbstractContextManager[None]:
        """Make the changes within one transaction: all of them are kept at its end, or none."""
        return self._transactions.together()

    def count(self) -> int:
        """How many documents are listed: the newest captures, without what was hidden or deleted."""
        (row,) = self._rows(
            """SELECT count(*) FROM holding WHERE id NOT IN (SELECT older FROM succession)
               AND id NOT IN (SELECT holding FROM absent)"""
        )
        return int(row[0])

    def holds(self, holding_id: str) -> bool:
        """Whether a document is here."""
        return bool(self._rows("SELECT 1 FROM holding WHERE id = ?", [holding_id]))

    def add(
        self, holding: Holding, files: Sequence[Path | Original] = (), *, legible: Legible | None = None
    ) -> bool:
        """Take a document in, with its files; says whether it was new.

        A document that is already held keeps its log, and the new log continues it (see
        `septel.archive.decisions.continuation`): a rerun with another model takes the place of the old one,
        and what persons decided stands. Without files, those that are held stay. A file may be given as
        the original that `objects` keeps already. All or nothing: after a fault the archive is as it was.

        Raises:
            StoreFull: the disk is full.
            StoreError: the archive can't be written.
        """
        (added,) = self.add_all([Addition(holding, files)], legible=legible)
        if isinstance(added, SeptelError):
            raise added
        return added

    def add_all(
        self, additions: Sequence[Addition], *, legible: Legible | None = None
    ) -> list[bool | SeptelError]:
        """Take documents in within one transaction, which costs far less than one for each; see `add`.

        Returns:
            For each whether it was new, or why it could not be taken in (one of its files can't be read); the
            others are in all the same.

        Raises:
            StoreFull: the disk is full; none of them is in.
            StoreError: the archive can't be written; none of them is in.
        """
        given = originals_of(additions, self.objects)
        return self._transactions.run(lambda connection: add_holdings(connection, additions, given, legible))

    def append(self, source_id: str, log: EditLog, contests: Sequence[DecisionConflict] = ()) -> None:
        """Add the entries of a log that go beyond those kept for its source.

        Decisions that do not simply stand are written down in the same step, to be settled by a person.

        Raises:
            NotHeld: the source is not here.
            StoreError: the log does not continue the one that is kept.
        """
        source = self.source(source_id)
        self._transactions.run(lambda connection: append_log(connection, source, log, contests))

    def decided(self, source: Source, *, legible: Legible | None = None) -> tuple[Edit, ...]:
        """What persons decided about a text: about itself, and about earlier captures as far as it fits.

        The text need not be here yet; nothing is written.
        """
        with faults(self.folder):
            return decided_edits(self._connection, source, legible)

    def taught(self) -> frozenset[str]:
        """The words that persons have set in any reading of the archive, in capitals."""
        return frozenset(word for (word,) in self._rows("SELECT DISTINCT word FROM taught"))

    def contests(
        self, holding_id: str | None = None, *, settled: bool = False
    ) -> tuple[DecisionConflict, ...]:
        """The decisions that do not simply stand, of one document or of all; with settled ones on demand."""
        with faults(self.folder):
            return conflicts_of(self._connection, holding_id, settled=settled)

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
        return self._transactions.run(
            lambda connection: settle(connection, source, number, by=by, at=at, why=why, place=place)
        )

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
        self._transactions.run(lambda connection: append_reviews(connection, source, log))

    def supersede(
        self, older: str, newer: str, *, at: datetime, by: str, legible: Legible | None = None
    ) -> None:
        """A person says that one document is a newer capture of another: what was decided follows.

        Raises:
            NotHeld: one of them is not here.
            EditConflict: the older one is the newer one, or already has a newer one.
        """
        old, new = self.source(older), self.source(newer)
        self._transactions.run(
            lambda connection: succeed(connection, old, new, at=at, by=by, legible=legible)
        )

    def separate(self, older: str, *, at: datetime, by: str) -> str:
        """Take back what `supersede` said: both stand by themselves, and what was carried no longer counts.

        Returns:
            The id of the document that had been taken for the newer capture.

        Raises:
            NotHeld: nobody said that the document has a newer capture.
        """
        old = self.source(older)
        return self._transactions.run(lambda connection: part(connection, old, at=at, by=by))

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

    def resolve(self, name: str, *, deleted: bool = False) -> str:
        """The id of the one holding that a person means, by any name (see `septel.telegram.names`).

        Raises:
            NotHeld: none fits, or more than one does; those that fit are listed.
        """
        return resolved(self._connection, self.folder, name, deleted=deleted)

    def holding(self, holding_id: str) -> Holding:
        """A document with all its layers; its heading fields as they stand after persons' corrections.

        Raises:
            NotHeld: it is not here.
        """
        with faults(self.folder):
            return load_holding(self._connection, holding_id)

    def reading(self, holding_id: str) -> tuple[str, Reading]:
        """A document's title as lists show it, and its text as it is read now, without its other layers.

        Raises:
            NotHeld: it is not here.
        """
        with faults(self.folder):
            readings = load_readings(self._connection, [holding_id])
            shown = load_shown(self._connection, [holding_id])
        if holding_id not in shown:
            raise NotHeld("the archive holds no such document", where=holding_id, remedy="See `septel list`.")
        return shown[holding_id].title, readings[holding_id]

    def state(self, holding_id: str) -> CurationState:
        """What stands of persons' acts on a document: corrections, tags, notes, whether it is hidden."""
        with faults(self.folder), whole(holding_id):
            return state_of(self._connection, holding_id)

    def holdings(self) -> list[dict[str, str | None]]:
        """What is here, the newest capture of each, oldest telegram first: id, title, the heading."""
        with faults(self.folder):
            return [one.to_json() for one in listed(self._connection)]

    def each_listed(self, query: str | Query | None = None, *, most: int | None = None) -> Iterator[Listed]:
        """The documents that a query means, or all or the first of all, oldest first: headings, tags, files.

        They come as they are read, some at a time.

        Raises:
            QueryError: the query can't be understood.
        """
        with faults(self.folder):
            ids = None if query is None else self.select(query)
            yield from each_listed(self._connection, ids, most=most)

    def listed(self, query: str | Query | None = None, *, most: int | None = None) -> list[Listed]:
        """The documents that a query means, or all or the first of all, oldest first; see `each_listed`."""
        return list(self.each_listed(query, most=most))

    def search(
        self, query: str | Query, *, limit: int = 50, sort: str = "relevance", facets: bool = False
    ) -> SearchResult:
        """The paragraphs and fields that a query finds (see `docs/search.md`), surest reading first.

        Args:
            query: in the query language.
            limit: the most hits; `total` of the result counts all.
            sort: `relevance`, `date` or `number`.
            facets: whether to count how the documents found are spread over posts, years and other fields.

        Raises:
            QueryError: it can't be understood; an empty query is one.
        """
        asked = Query.of(query) if isinstance(query, str) else query
        with faults(self.folder):
            return self._searcher.run(asked, limit=limit, sort=sort, facets=facets)

    def select(self, query: str | Query) -> tuple[str, ...]:
        """The documents that a query means, oldest first: by their fields, and by their words as read.

        What may only be read so, or looks alike, is not among them: a verb acts on what is there.

        Raises:
            QueryError: it can't be understood.
        """
        asked = Query.of(query) if isinstance(query, str) else query
        with faults(self.folder):
            return tuple(self._searcher.select(asked))

    def rebuild_index(
        self, *, only_old: bool = False, progress: Callable[[float], None] = lambda _: None
    ) -> int:
        """Make the search index again from the catalogue; it holds nothing of its own.

        Args:
            only_old: leave out what this version has indexed.
            progress: told the share done.

        Returns:
            How many documents were indexed.
        """
        return rebuilt(self._transactions, only_old=only_old, progress=progress)

    def backup(self, target: Path, *, progress: Callable[[float], None] = lambda _: None) -> Backup:
        """Copy the archive as it is at this moment into a new folder; others may go on using it.

        Raises:
            StoreError: the folder is there already, or can't be written.
        """
        with faults(self.folder):
            return back_up(self._connection, self.objects, self.folder, target, progress=progress)

    def verify(
        self, *, quick: bool = False, progress: Callable[[float], None] = lambda _: None
    ) -> Iterator[Flaw]:
        """Everything that is wrong with the archive, as it is found; nothing when it is whole."""
        with faults(self.folder):
            yield from flaws(self._connection, self.objects, quick=quick, progress=progress)

    def merge(self, other: Archive) -> Iterator[Merged]:
        """Take another archive in, document by document, each in one transaction.

        What is held here keeps its text and the tools' work; decisions, reviews, notes, tags and corrections
        of the other one are added. Done again, it adds nothing.
        """
        yield from all_taken_in(self._transactions, self.objects, other._transactions, other.objects)
