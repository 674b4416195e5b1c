"""The records of all documents in memory, brought up to date document by document, and the views over them.

Ten thousand records are read once; after that a page asks which documents changed (one query), and reads
those alone. Records that were never made are made a few at a time, so that no page waits for all of them.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from septel.archive import Archive, held_document, kept_record, spare_copies
from septel.record import Record, Statement
from septel.record.review import ReviewLog, ReviewStanding
from septel.room.negotiation.views import RecordViews
from septel.text import Reading

MOST_READINGS, MOST_VIEWS = 400, 8
"""Texts of documents that lines were shown of, and sets of views, that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDocument:
    """What is kept of a document.

    Attributes:
        state: what it was made from; another one asks for it to be read again.
        record: as persons left it.
        log: what persons said of it; None where nobody said anything.
        standings: how its statements stand, by their ids; empty where nobody said anything.
    """

    state: tuple[str, int]
    record: Record
    log: ReviewLog | None = None
    standings: Mapping[str, ReviewStanding] = field(default_factory=dict)


class KeptRecords:
    """The records of an archive; whoever calls has the archive to themselves."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._edition: tuple[int, int] | None = None
        self._documents: dict[str, KeptDocument] = {}
        self._waiting: dict[str, tuple[str, int]] = {}
        self._views: OrderedDict[tuple[str, str], RecordViews] = OrderedDict()
        self._texts: OrderedDict[tuple[str, str], tuple[str, Reading]] = OrderedDict()
        self._last: dict[tuple[str, str], RecordViews] = {}
        self._version = 0

    def refresh(self, seconds: float) -> int:
        """Take in what changed, for so many seconds at most.

        Returns:
            How many documents still wait to be read.
        """
        before = self._archive.contents.edition()
        if before != self._edition:
            self._look()
        if self._waiting:
            self._read(seconds)
        after = self._archive.contents.edition()
        # What was written here is what was read; what another program wrote meanwhile is looked at next time.
        self._edition = after if after[1] == before[1] else None
        return len(self._waiting)

    def _look(self) -> None:
        """Find out which documents changed, came or went."""
        states = self._archive.records.states()
        self._waiting = {}
        for gone in self._documents.keys() - states.keys():
            del self._documents[gone]
            self._version += 1
        for holding, state in states.items():
            known = self._documents.get(holding)
            if known is None or known.state != state:
                self._waiting[holding] = state
                if self._documents.pop(holding, None) is not None:
                    self._version += 1

    def _read(self, seconds: float) -> None:
        ended = time.monotonic() + seconds
        for holding, state in list(self._waiting.items()):
            record = None if state[1] else kept_record(self._archive, holding, state[0])
            self._documents[holding] = (
                self._reviewed(holding, state) if record is None else KeptDocument(state=state, record=record)
            )
            del self._waiting[holding]
            self._version += 1
            if time.monotonic() > ended:
                return

    def _reviewed(self, holding: str, state: tuple[str, int]) -> KeptDocument:
        document = held_document(self._archive, holding)
        return KeptDocument(
            state=state,
            record=document.reviewed.record,
            log=document.log if document.log.entries else None,
            standings=document.reviewed.standings if document.log.entries else {},
        )

    def views(self, asked: str = "", *, until: str = "") -> RecordViews:
        """The views over all records, or over those of the documents that a query means.

        Args:
            asked: the query; empty for all.
            until: leave out documents after this day, as ISO 8601.

        Raises:
            QueryError: the query can't be understood.
        """
        key = (f"{self._version} {asked}", until)
        known = self._views.get(key)
        if known is not None:
            self._views.move_to_end(key)
            return known
        chosen = self._of(self._archive.select(asked)) if asked else self._documents.values()
        records = [one.record for one in chosen]
        if until:
            records = [one for one in records if not (one.date and one.date > until)]
        last = self._last.get((asked, until))
        spare = spare_copies(self._archive, [one.source_id for one in records])
        made = self._views[key] = RecordViews(self, records, last.suggested if last else None, spare)
        self._last = {(asked, until): made} if len(self._last) > MOST_VIEWS else self._last
        self._last[asked, until] = made
        while len(self._views) > MOST_VIEWS:
            self._views.popitem(last=False)
        return made

    def _of(self, ids: Iterable[str]) -> list[KeptDocument]:
        return [self._documents[one] for one in ids if one in self._documents]

    def text(self, holding: str) -> tuple[str, Reading]:
        """A document's title and reading."""
        document = self._documents.get(holding)
        key = (holding, document.state[0] if document else "")
        if key not in self._texts:
            self._texts[key] = self._archive.reading(holding)
            while len(self._texts) > MOST_READINGS:
                self._texts.popitem(last=False)
        self._texts.move_to_end(key)
        return self._texts[key]

    def standing(self, statement: Statement) -> ReviewStanding:
        """How a statement stands."""
        document = self._documents.get(statement.excerpt.locus.source_id)
        return document.standings.get(statement.id, ReviewStanding()) if document else ReviewStanding()

    def logs(self) -> dict[str, ReviewLog]:
        """What persons said, by document."""
        return {one: document.log for one, document in self._documents.items() if document.log is not None}
