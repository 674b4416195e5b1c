"""What is made again from the catalogue: the search index, and who cites whom."""

from __future__ import annotations

from collections.abc import Callable

from septel.archive.catalogue import reindex
from septel.archive.search import UNINDEXED, VERSION, clear_index
from septel.archive.store import (
    CITED_VERSION,
    CitedRows,
    Transactions,
    log_of,
    put_cited_rows,
    rows_of,
    source_of,
    unpack,
)
from septel.progress import announced, silent

_BATCH = 100
"""So many documents are indexed anew in one transaction."""
_CITED_BATCH = 5000
_UNNOTED = """SELECT holding, heading, refs FROM content WHERE holding > ?
    AND holding NOT IN (SELECT holding FROM telegram) ORDER BY holding LIMIT ?"""


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
        note_citations(transactions, anew=True, progress=silent)
    ids = [row[0] for row in transactions.rows(UNINDEXED, [VERSION])]
    for at in range(0, len(ids), _BATCH):
        with transactions.change() as connection:
            for one in ids[at : at + _BATCH]:
                reindex(connection, source_of(connection, one), log_of(connection, one))
        progress(min(1.0, (at + _BATCH) / len(ids)))
    _done(transactions, "version", VERSION)
    return len(ids)


def note_citations(transactions: Transactions, *, anew: bool, progress: Callable[[float], None]) -> None:
    """Write the rows of who cites whom that are missing, some documents at a time; or all of them anew.

    Interrupted, it goes on where it was when the archive is opened.
    """
    if anew:
        with transactions.change() as connection:
            for table in ("telegram", "series_number", "cited"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("DELETE FROM counter WHERE name = 'citations'")
    ((total,),) = transactions.rows("SELECT count(*) FROM content")
    ((done,),) = transactions.rows("SELECT count(*) FROM telegram")
    last = ""
    while True:
        with transactions.change() as connection:
            documents = connection.execute(_UNNOTED, [last, _CITED_BATCH]).fetchall()
            put_cited_rows(connection, [_cited_of(*row) for row in documents])
        if not documents:
            break
        last, done = documents[-1][0], done + len(documents)
        progress(min(1.0, done / max(1, total)))
    _done(transactions, "citations", CITED_VERSION)


def _cited_of(holding: str, heading: bytes, refs: bytes) -> CitedRows:
    """The rows of a document; what a bad disk damaged cites nothing."""
    try:
        return rows_of(holding, unpack(heading), unpack(refs))
    except ValueError:
        return rows_of(holding, None, ())


def catch_up(transactions: Transactions) -> None:
    """Make what no version, or an older one, has made; at once when there is nothing to do."""
    rows = transactions.rows("SELECT name, next FROM counter WHERE name IN ('version', 'citations')")
    made = {str(name): int(version) for name, version in rows}
    if made.get("citations") != CITED_VERSION:
        with announced("Noting who cites whom") as progress:
            note_citations(transactions, anew="citations" in made, progress=progress)
    if made.get("version") != VERSION:
        with announced("Indexing") as progress:
            rebuilt(transactions, only_old=True, progress=progress)


def _done(transactions: Transactions, name: str, version: int) -> None:
    with transactions.change() as connection:
        connection.execute(
            """INSERT INTO counter (name, next) VALUES (?, ?)
               ON CONFLICT (name) DO UPDATE SET next = excluded.next""",
            [name, version],
        )
