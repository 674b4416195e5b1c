"""The log of a document continued: what newer captures take over, and what follows from its entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from septel.archive.catalogue.index_entry import index_document, reindex
from septel.archive.decisions import DecisionConflict, Earlier, carry, put_disputes, words_set, written
from septel.archive.model import Holding
from septel.archive.store import HEADING, Database, is_absent, log_of, newer_of, put_runs, source_of, whole
from septel.text import EditLog, Legible, Source


def carried(
    connection: Database,
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
                open=tuple(c for c in written(connection, one) if c.settlement is None and c.against is None),
            )
            for one in earlier
        ]
        known = written(connection, source.id)
    return carry(
        kept, known, source, captures, find=lambda one: source_of(connection, one), legible=legible, at=at
    )


def continue_log(
    connection: Database,
    source: Source,
    kept: EditLog,
    log: EditLog,
    *,
    holding: Holding | None = None,
    first: bool = False,
) -> None:
    """Write the entries by which a log goes beyond the kept one, and bring the caches up to date.

    `first` where nothing was known of the document before.
    """
    put_runs(connection, source.id, source.text, list(log.entries[len(kept.entries) :]))
    put_disputes(connection, log)
    refresh(connection, source, log, holding=holding, taught=bool(kept.entries), first=first)


def refresh(
    connection: Database,
    source: Source,
    log: EditLog,
    *,
    holding: Holding | None = None,
    taught: bool = True,
    first: bool = False,
) -> None:
    """The search index and the taught words of a source, made again from its log.

    With the holding at hand, its tree and references need not be read again; where the log had no entries
    before, it had taught no words; where nothing was known of the document (`first`), nothing is asked.
    """
    if holding is None or (
        not first and (newer_of(connection, source.id) or is_absent(connection, source.id))
    ):
        reindex(connection, source, log)
    else:
        told = {name: getattr(holding, name) for name in HEADING}
        index_document(connection, source, log, holding.telegram, holding.references, told=told, first=first)
    words = words_set(log)
    if taught:
        connection.execute("DELETE FROM taught WHERE holding = ?", [source.id])
    if words:
        rows = [(word, source.id) for word in sorted(words)]
        connection.executemany("INSERT INTO taught VALUES (?, ?)", rows)
