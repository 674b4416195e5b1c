"""Whether an archive is whole: each text has its id, each log fits its text, each original its digest."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from septel.archive.audit import audit_flaws
from septel.archive.search import UNINDEXED, VERSION
from septel.archive.store import (
    Database,
    OriginalStore,
    cited_rows_of,
    facets_of,
    log_of,
    rows_of,
    source_of,
    tree_of,
    unpack,
)
from septel.errors import SeptelError

_NAMED = 3
"""So many files that nothing refers to are named."""
_LOT = 5000
"""The rows of so many documents are held against each other at once."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it should be: where, what, and whether anything is lost by it."""

    where: str
    what: str
    lost: bool = True

    def __str__(self) -> str:
        """One line."""
        return f"{self.where}: {self.what}"


def flaws(
    connection: Database,
    objects: OriginalStore,
    *,
    quick: bool = False,
    progress: Callable[[float], None] = lambda _: None,
) -> Iterator[Flaw]:
    """Everything that is wrong with an archive; nothing when it is whole.

    Args:
        connection: its catalogue.
        objects: its originals.
        quick: leave the bytes of the originals alone.
        progress: told the share done.
    """
    for found in connection.defects():
        yield Flaw("catalogue.sqlite", found)
    ids = [row[0] for row in connection.execute("SELECT id FROM source ORDER BY id")]
    for n, one in enumerate(ids):
        yield from _of_source(connection, one)
        progress(0.6 * n / len(ids))
    yield from _of_tables(connection)
    for what in audit_flaws(connection):
        yield Flaw("the audit trail", what)
    yield from _of_originals(connection, objects, quick)
    progress(1.0)


def _of_source(connection: Database, one: str) -> Iterator[Flaw]:
    try:
        source = source_of(connection, one)
        if source.id != one:
            yield Flaw(one, "the text is not the one that was read: its id would be another")
            return
        log = log_of(connection, one, source.text)
        numbers = [entry.number for entry in log.entries]
        if numbers != list(range(1, len(numbers) + 1)):
            yield Flaw(one, "the edit log has a gap")
        log.reading(source)
        row = connection.execute(
            "SELECT heading, tree, refs, geometry FROM content WHERE holding = ?", [one]
        ).fetchone()
        if row is not None:
            tree_of(row[0], row[1], source.text)
            noted = rows_of(one, unpack(row[0]), unpack(row[2]))
            if cited_rows_of(connection, one) != noted:
                yield Flaw(
                    one, "who cites whom is not as it says; `septel rebuild-index` mends it", lost=False
                )
            unpack(row[3])
    except (SeptelError, sqlite3.DatabaseError, ValueError, KeyError, TypeError) as why:
        yield Flaw(one, str(why))


def _of_tables(connection: Database) -> Iterator[Flaw]:
    for (one,) in connection.execute(
        "SELECT id FROM holding WHERE id NOT IN (SELECT holding FROM content) ORDER BY id"
    ).fetchall():
        yield Flaw(one, "its tree is missing")
    for (one,) in connection.execute(UNINDEXED, [VERSION]).fetchall():
        yield Flaw(one, "it is not in the search index; `septel rebuild-index` puts it there", lost=False)
    for one in _wrongly_noted(connection):
        yield Flaw(one, "its fields are not as they are counted; `septel rebuild-index` mends it", lost=False)
    for (one,) in connection.execute(
        """SELECT holding FROM indexed WHERE holding IN (SELECT holding FROM absent)
           OR holding IN (SELECT older FROM succession) OR holding NOT IN (SELECT id FROM holding)"""
    ).fetchall():
        yield Flaw(one, "it is in the search index and should not be; run `septel rebuild-index`", lost=False)


def _wrongly_noted(connection: Database) -> Iterator[str]:
    """The documents whose row in the index has other values than are noted of it."""
    last = 0
    while rows := connection.execute(
        "SELECT n, holding, facets FROM indexed WHERE n > ? ORDER BY n LIMIT ?", [last, _LOT]
    ).fetchall():
        first, last = rows[0][0], rows[-1][0]
        facets = facets_of(connection, first, last)
        yield from (holding for n, holding, noted in rows if facets.get(n, "") != noted)


def _of_originals(connection: Database, objects: OriginalStore, quick: bool) -> Iterator[Flaw]:
    rows = connection.execute("SELECT holding, name, digest FROM original ORDER BY digest").fetchall()
    checked = ""
    for holding, name, digest in rows:
        if not objects.holds(digest):
            yield Flaw(holding, f"the original {name} is missing")
        elif not quick and digest != checked and not objects.is_whole(digest):
            yield Flaw(holding, f"the original {name} has other bytes than were read")
        checked = digest
    known = {digest for _, _, digest in rows}
    unused = [f"objects/{name[:20]}" for name in objects.kept() if name not in known]
    if unused:
        # A run that died leaves files behind; one line tells of them all.
        more = f" and {len(unused) - _NAMED} more" if len(unused) > _NAMED else ""
        told = "nothing refers to it: a run died there; it may be removed while nothing is being read"
        yield Flaw(f"{', '.join(unused[:_NAMED])}{more}", told, lost=False)
