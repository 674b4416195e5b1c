"""A document taken in, its log continued, and what persons decided about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from septel.archive.acts import carry_acts
from septel.archive.audit import DECIDED, put_audit
from septel.archive.catalogue.copies import note_copies
from septel.archive.catalogue.edit_log import carried, continue_log, refresh
from septel.archive.catalogue.settlement import brought_back
from septel.archive.decisions import (
    DecisionConflict,
    carry_reviews,
    decided,
    joined,
    listed,
    put_contest,
    put_disputes,
)
from septel.archive.model import Holding, Original
from septel.archive.store import (
    Database,
    OriginalStore,
    by_hand,
    captures_of,
    log_of,
    newer_of,
    put_holding,
    put_source,
    source_of,
    whole,
)
from septel.errors import SeptelError, StoreError, ends_the_run, printable, unforeseen
from septel.text import Edit, EditLog, Legible, Source

_HELD = "SELECT 1 FROM source WHERE id = ? UNION ALL SELECT 1 FROM source WHERE digest = ? LIMIT 1"
"""Whether a text or another capture of its file is here: most documents come for the first time."""
_HEARD_OF = """SELECT 1 FROM source WHERE id = ?1 UNION ALL SELECT 1 FROM source WHERE digest = ?2
    UNION ALL SELECT 1 FROM purged WHERE holding = ?1 UNION ALL SELECT 1 FROM absent WHERE holding = ?1
    UNION ALL SELECT 1 FROM act WHERE holding = ?1 UNION ALL SELECT 1 FROM contest WHERE holding = ?1
    UNION ALL SELECT 1 FROM succession WHERE older = ?1 UNION ALL SELECT 1 FROM record WHERE holding = ?1
    LIMIT 1"""
"""Whether anything is known of a document: of most that come nothing is, and much need not be asked."""
_HAS_DECISIONS = """SELECT 1 FROM entry WHERE source = ?1
    UNION ALL SELECT 1 FROM contest WHERE holding = ?1 LIMIT 1"""
_WITH_DECISIONS = """SELECT DISTINCT source FROM entry
    UNION SELECT DISTINCT holding FROM contest ORDER BY 1"""
"""What tools propose is in `run`: an entry that stands alone is a person's."""


class Addition(NamedTuple):
    """A document to be taken in, with its files: each as a file, or as the original that is kept already."""

    holding: Holding
    files: Sequence[Path | Original] = ()


def originals_of(
    additions: Sequence[Addition], objects: OriginalStore
) -> list[tuple[Original, ...] | SeptelError]:
    """The originals of documents, kept; or why one of a document's files can't be read."""
    files = [file for one in additions for file in one.files if isinstance(file, Path)]
    kept = iter(objects.keep_all(files))
    found: list[tuple[Original, ...] | SeptelError] = []
    for one in additions:
        own = [file if isinstance(file, Original) else _original(file, next(kept)) for file in one.files]
        fault = next((each for each in own if isinstance(each, SeptelError)), None)
        found.append(fault or tuple(each for each in own if isinstance(each, Original)))
    return found


def _original(file: Path, digest: str | SeptelError) -> Original | SeptelError:
    if isinstance(digest, SeptelError):
        return digest
    return Original(name=printable(file.name), digest=digest)


def add_holdings(
    connection: Database,
    additions: Sequence[Addition],
    originals: Sequence[tuple[Original, ...] | SeptelError],
    legible: Legible | None,
) -> list[bool | SeptelError]:
    """Take documents in, within a transaction; see `septel.archive.Archive.add_all`."""
    with connection.waiting.written():
        return _added(connection, additions, originals, legible)


def _added(
    connection: Database,
    additions: Sequence[Addition],
    originals: Sequence[tuple[Original, ...] | SeptelError],
    legible: Legible | None,
) -> list[bool | SeptelError]:
    found: list[bool | SeptelError] = []
    for one, files in zip(additions, originals, strict=True):
        if isinstance(files, SeptelError):
            found.append(files)
            continue
        try:
            # Each is undone by itself where it can't be taken in.
            apart = connection.transaction(nested=True) if len(additions) > 1 else nullcontext()
            with connection.waiting.gathered(), apart:
                found.append(add_holding(connection, one.holding, files, legible))
        except Exception as fault:
            grave = isinstance(fault, (StoreError, OSError, sqlite3.Error)) or ends_the_run(fault)
            if grave or len(additions) == 1:
                raise
            name = one.holding.source.name
            found.append(fault if isinstance(fault, SeptelError) else unforeseen(fault, name))
    return found


def add_holding(
    connection: Database, holding: Holding, originals: Sequence[Original], legible: Legible | None
) -> bool:
    """Take a document in, within a transaction; see `septel.archive.Archive.add`.

    Another capture of a file that is held (by a newer engine, with other settings) takes the place of the
    older one, which stays under its id but is neither listed nor searched. What persons decided about the
    older one is carried over by content (with `legible`, see `septel.text.reanchor`), or listed by
    `contests`.
    """
    if not connection.execute(_HEARD_OF, [holding.id, holding.source.digest]).fetchone():
        _add_first(connection, holding, originals)
        return True
    connection.waiting.at_once()
    new = not connection.execute("SELECT 1 FROM holding WHERE id = ?", [holding.id]).fetchone()
    connection.execute("DELETE FROM purged WHERE holding = ?", [holding.id])
    if originals and not new:
        connection.execute("DELETE FROM original WHERE holding = ?", [holding.id])
    _put(connection, holding, originals)
    rivals = captures_of(connection, holding.source)
    kept = EditLog(holding.id) if new else log_of(connection, holding.id, holding.source.text)
    log = joined(kept, holding.log, at=holding.added)
    log, contests = carried(connection, log, holding.source, rivals, legible, holding.added)
    for contest in contests:
        put_contest(connection, contest)
    for rival in rivals:
        connection.execute(
            """INSERT INTO succession (older, newer, at) VALUES (?, ?, ?)
               ON CONFLICT (older) DO UPDATE SET newer = excluded.newer, at = excluded.at""",
            (rival, holding.id, holding.added.isoformat()),
        )
    connection.execute("DELETE FROM succession WHERE older = ?", [holding.id])
    if rivals:
        older = [source_of(connection, rival) for rival in rivals]
        carry_reviews(connection, holding.source, older, holding.added)
        for one in older:
            carry_acts(connection, one, holding.source, absence=True)
    continue_log(connection, holding.source, kept, log, holding=holding)
    note_copies(connection, holding.id)
    for rival in rivals:
        refresh(connection, source_of(connection, rival), log_of(connection, rival))
    return new


def _add_first(connection: Database, holding: Holding, originals: Sequence[Original]) -> None:
    """Take in a document of which nothing is known yet; its rows wait for those of others."""
    _put(connection, holding, originals, first=True)
    continue_log(connection, holding.source, EditLog(holding.id), holding.log, holding=holding, first=True)
    note_copies(connection, holding.id)


def _put(
    connection: Database, holding: Holding, originals: Sequence[Original], *, first: bool = False
) -> None:
    """Write the rows of a document that don't follow from its log."""
    for source in (holding.source, *holding.layers):
        put_source(connection, source)
    put_holding(connection, holding, first=first)
    connection.waiting.put(
        "INSERT INTO original VALUES (?, ?, ?, ?)",
        [(holding.id, i, o.name, o.digest) for i, o in enumerate(originals)],
    )
    if holding.layers:
        connection.executemany(
            "INSERT INTO layer (holding, source) VALUES (?, ?) ON CONFLICT (holding, source) DO NOTHING",
            [(holding.id, s.id) for s in holding.layers],
        )


def append_log(
    connection: Database, source: Source, log: EditLog, contests: Sequence[DecisionConflict]
) -> None:
    """Add the entries of a log beyond those kept; see `septel.archive.Archive.append`.

    Raises:
        StoreError: the log does not continue the one that is kept.
    """
    source_id = source.id
    kept = log_of(connection, source_id)
    if log.entries[: len(kept.entries)] != kept.entries:
        raise StoreError(
            "the edit log was changed by someone else in the meantime",
            where=source_id,
            remedy="Load the document again and repeat the decision.",
        )
    put_disputes(connection, kept)
    log = brought_back(connection, kept, log)
    for contest in contests:
        put_contest(connection, contest)
    continue_log(connection, source, kept, log)
    said = [one for one in log.entries[len(kept.entries) :] if one.undoes is not None or by_hand(one)]
    if said:
        data = {"entries": [said[0].number, said[-1].number]}
        put_audit(connection, DECIDED, by=said[-1].by, holding=source_id, data=data)
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


def decided_edits(connection: Database, source: Source, legible: Legible | None) -> tuple[Edit, ...]:
    """What persons decided about a text; see `septel.archive.Archive.decided`."""
    if not connection.execute(_HELD, [source.id, source.digest]).fetchone():
        return ()
    kept = log_of(connection, source.id)
    rivals = captures_of(connection, source)
    now = datetime.now(UTC)
    log, _ = carried(connection, kept, source, rivals, legible, now)
    return tuple(edit for entry in log.active() if (edit := decided(entry)) is not None)


def conflicts_of(
    connection: Database, holding_id: str | None, *, settled: bool
) -> tuple[DecisionConflict, ...]:
    """The decisions that do not simply stand; see `septel.archive.Archive.contests`."""
    if holding_id:
        # Most documents have no decision, and their logs need not be opened.
        row = connection.execute(_HAS_DECISIONS, [holding_id]).fetchone()
        ids = [holding_id] if row else []
    else:
        ids = [row[0] for row in connection.execute(_WITH_DECISIONS).fetchall()]
    found: list[DecisionConflict] = []
    for one in ids:
        if holding_id or not newer_of(connection, one):
            with whole(one):
                found += listed(connection, log_of(connection, one))
    return tuple(contest for contest in found if settled or contest.settlement is None)
