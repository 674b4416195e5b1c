"""Settling a decision that does not simply stand: it stands at a place, or is set aside for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from septel import __version__
from septel.archive.audit import DECIDED, put_audit
from septel.archive.catalogue.edit_log import continue_log
from septel.archive.decisions import (
    CARRIER,
    DecisionConflict,
    Settlement,
    decided,
    listed,
    meet,
    put_disputes,
    put_settlement,
    written,
)
from septel.archive.store import Database, log_of
from septel.errors import EditConflict, NotHeld
from septel.text import EditLog, Entry, Source, Span, Step, check_typed


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
    check_typed(why, "a reason")
    kept = log = log_of(connection, source.id)
    contest = next((c for c in listed(connection, log) if c.number == number), None)
    if contest is None:
        raise NotHeld(f"there is no conflict {number}", where=source.id, remedy="See `septel conflicts`.")
    put_disputes(connection, kept)
    log = _unsettled(log, contest, by=by, at=at)
    entry: int | None = None
    undid: tuple[int, ...] = ()
    if contest.against is not None:
        stands = place == contest.edit.span
        one, other = log.entries[contest.entry - 1], log.entries[contest.against - 1]
        before = len(log.entries)
        log = _give_way(log, *((other, one) if stands else (one, other)), by=by, at=at)
        undid = tuple(range(before + 1, len(log.entries) + 1))
        if stands:
            entry, place = contest.entry, None
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
    settlement = Settlement(by=by, at=at, why=why, entry=entry, undid=undid)
    put_settlement(connection, source.id, number, settlement)
    data = {"conflict": number, "entry": entry}
    put_audit(connection, DECIDED, by=by, holding=source.id, data=data)
    continue_log(connection, source, kept, log)
    return settlement


def brought_back(connection: Database, kept: EditLog, log: EditLog) -> EditLog:
    """The log where what gave way to a decision by a settlement counts again once that decision is undone."""
    undone = {entry.undoes: entry for entry in log.entries[len(kept.entries) :] if entry.undoes is not None}
    if not undone:
        return log
    for contest in written(connection, kept.source_id):
        settled = contest.settlement
        stands = (settled.entry or contest.against) if settled else None
        entry = undone.get(stands) if stands else None
        if settled is not None and entry is not None:
            for number in settled.undid:
                log = log.undo(number, by=entry.by, at=entry.at)
    return log


def _unsettled(log: EditLog, contest: DecisionConflict, *, by: str, at: datetime) -> EditLog:
    """The log without what an earlier settlement of the contest did to it."""
    earlier = contest.settlement
    if earlier is None:
        return log
    for number in earlier.undid:
        log = log.undo(number, by=by, at=at)
    if earlier.entry and earlier.entry != (contest.entry if contest.against is not None else None):
        log = log.undo(earlier.entry, by=by, at=at)
    return log


def _give_way(log: EditLog, one: Entry, other: Entry, *, by: str, at: datetime) -> EditLog:
    """The log where whatever the person of one entry decided about the place of the other no longer counts.

    The person's earlier decisions about the place go as well: they would come back in the last one's stead.
    """
    for entry in tuple(log.standing()):
        if entry.by == one.by and decided(entry) is not None and meet(entry, other):
            log = log.undo(entry.number, by=by, at=at)
    return log
