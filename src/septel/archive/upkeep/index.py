"""The search index made again from the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from septel.archive.catalogue import reindex
from septel.archive.search import UNINDEXED, VERSION, clear_index
from septel.archive.store import Transactions, log_of, source_of

_BATCH = 100
"""So many documents are indexed anew in one transaction."""


def rebuilt(
    transactions: Transactions,
    *,
    only_old: bool,
    progress: Callable[[float], None],
) -> int:
    """Index all documents again; see `septel.archive.Archive.rebuild_index`.

    Some documents at a time, each lot in a transaction: searches go on meanwhile, and an interrupted
    rebuilding is taken up again when the archive is opened.
    """
    if not only_old:
        with transactions.change() as connection:
            clear_index(connection)
    ids = [row[0] for row in transactions.rows(UNINDEXED, [VERSION])]
    for at in range(0, len(ids), _BATCH):
        with transactions.change() as connection:
            for one in ids[at : at + _BATCH]:
                reindex(connection, source_of(connection, one), log_of(connection, one))
        progress(min(1.0, (at + _BATCH) / len(ids)))
    with transactions.change() as connection:
        connection.execute(
            """INSERT INTO counter (name, next) VALUES ('version', ?)
               ON CONFLICT (name) DO UPDATE SET next = excluded.next""",
            [VERSION],
        )
    return len(ids)


def catch_up(transactions: Transactions) -> None:
    """Index what no version, or an older one, has indexed; at once when there is nothing to do."""
    done = transactions.rows("SELECT next FROM counter WHERE name = 'version'")
    if done != [(VERSION,)]:
        rebuilt(transactions, only_old=True, progress=lambda _: None)
