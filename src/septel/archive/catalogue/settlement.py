"""Settling a decision that does not simply stand: it stands at a place, or is set aside for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from septel import __version__
from septel.archive.audit import DECIDED, put_audit
from septel.archive.catalogue.edit_log import continue_log
from septel.archive.decisions import CARRIER, Settlement, put_settlement, written
from septel.archive.store import Database, log_of
from septel.errors import EditConflict, NotHeld
from septel.text import Source, Span, Step


def settle(
    connection: Database,
    source: Source,
    number: int,
    *,
    by: str,
    at: datetime,
    why: str,
    place: Span | None,
) -> Settlement:
    """Settle a contest of a holding; see `septel.archive.Archive.settle`."""
    contest = next((c for c in written(connection, source.id) if c.number == number), None)
    if contest is None:
        raise NotHeld(
            f"there is no conflict {number}",
            where=source.id,
            remedy="See `septel conflicts`. What it lists as disputed has no number: it ends when one of the "
            "two decisions is undone (`septel undo HOLDING ENTRY`) or both persons decide alike.",
        )
    kept = log = log_of(connection, source.id)
    if contest.settlement and contest.settlement.entry:
        log = log.undo(contest.settlement.entry, by=by, at=at)
    entry: int | None = None
    if place is not None:
        if "\n" in place.of(source.text) or place.end > len(source.text):
            raise EditConflict(
                f"{place.start}-{place.end} does not lie within one line",
                where=source.id,
                remedy="Give another place.",
            )
        edit = replace(
            contest.edit,
            span=place,
            before=place.of(source.text),
            step=Step.of(CARRIER, __version__, origin=contest.origin),
        )
        log = log.add([edit], by=contest.by, at=at)
        entry = len(log.entries)
    settlement = Settlement(by=by, at=at, why=why, entry=entry)
    put_settlement(connection, source.id, number, settlement)
    data = {"conflict": number, "entry": entry}
    put_audit(connection, DECIDED, by=by, holding=source.id, data=data)
    continue_log(connection, source, kept, log)
    return settlement
