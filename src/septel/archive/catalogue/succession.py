"""A newer capture by a person's word: another scan of the same paper, which no digest tells."""

from __future__ import annotations

from datetime import datetime

from septel.archive.acts import carry_acts, uncarry_acts
from septel.archive.audit import DECIDED, put_audit
from septel.archive.catalogue.edit_log import carried, continue_log, refresh
from septel.archive.decisions import (
    Settlement,
    carry_reviews,
    origin,
    put_contest,
    put_reviews,
    put_settlement,
    review_log_of,
    written,
)
from septel.archive.store import Database, log_of, newer_of, source_of
from septel.errors import EditConflict, NotHeld
from septel.text import Legible, Source


def succeed(
    connection: Database,
    old: Source,
    new: Source,
    *,
    at: datetime,
    by: str,
    legible: Legible | None,
) -> None:
    """Let one document take another's place; see `septel.archive.Archive.supersede`."""
    where = old.id if newer_of(connection, old.id) else new.id
    taken = newer_of(connection, where)
    if taken or old.id == new.id:
        raise EditConflict(
            f"it has a newer capture, {taken}" if taken else "it is itself",
            where=where,
            remedy="Name two documents that `septel show` lists.",
        )
    kept = log_of(connection, new.id)
    log, contests = carried(connection, kept, new, [old.id], legible, at)
    for contest in contests:
        put_contest(connection, contest)
    carry_reviews(connection, new, [old], at)
    carry_acts(connection, old, new, absence=False)
    connection.execute("INSERT INTO succession VALUES (?, ?, ?)", (old.id, new.id, f"{at.isoformat()} {by}"))
    continue_log(connection, new, kept, log)
    refresh(connection, old, log_of(connection, old.id))
    put_audit(connection, DECIDED, by=by, holding=old.id, data={"newer": new.id})


def part(connection: Database, old: Source, *, at: datetime, by: str) -> str:
    """Undo `succeed`: the entries that came from the older document no longer count in the newer one."""
    newer = newer_of(connection, old.id)
    if newer is None:
        raise NotHeld(
            "it has no newer capture", where=old.id, remedy="`septel show` names it where there is one."
        )
    new = source_of(connection, newer)
    prefix = f"{old.id}:"
    connection.execute("DELETE FROM succession WHERE older = ?", [old.id])
    kept = log = log_of(connection, newer)
    for entry in list(log.standing()):
        if origin(newer, entry).startswith(prefix):
            log = log.undo(entry.number, by=by, at=at)
    uncarry_acts(connection, old.id, newer, by=by, at=at)
    continue_log(connection, new, kept, log)
    for contest in written(connection, newer):
        if contest.origin.startswith(prefix) and contest.settlement is None and contest.number:
            settlement = Settlement(by=by, at=at, why="it is another document", entry=None)
            put_settlement(connection, newer, contest.number, settlement)
    reviews = after = review_log_of(connection, newer)
    for reviewed, _ in list(reviews.standing()):
        if reviews.origin(reviewed).startswith(prefix):
            after = after.undo(reviewed.number, by=by, at=at)
    put_reviews(connection, after, len(reviews.entries))
    refresh(connection, old, log_of(connection, old.id))
    put_audit(connection, DECIDED, by=by, holding=old.id, data={"separated": newer})
    return newer
