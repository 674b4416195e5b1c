"""One archive taken into another: documents, what was decided about them, notes, tags, originals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from septel.archive.acts import ABSENCE, UNDO, acts_of, let_latest_stand, note_standing, put_act, state_of
from septel.archive.catalogue import continue_log, reindex
from septel.archive.decisions import decided, meet
from septel.archive.store import (
    Database,
    OriginalStore,
    Transactions,
    by_hand,
    faults,
    is_absent,
    log_of,
    put_cited,
    source_of,
    unpack,
)
from septel.text import EditLog, Entry

_COPIED = (
    (
        "holding",
        "id",
        "id, added, title, identifier, post, dtg, subject, classification, captions, meeting, accounts",
    ),
    ("content", "holding", "holding, heading, tree, refs, geometry"),
    ("original", "holding", "holding, ordinal, name, digest"),
    ("run", "source", "source, first, last, data"),
    ("entry", "source", "source, number, data"),
    ("review", "source", "source, number, data"),
    ("contest", "holding", "holding, number, data"),
    ("taught", "holding", "word, holding"),
    ("layer", "holding", "holding, source"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of taking in one document.

    Attributes:
        holding: its id.
        new: whether it was not held before.
        entries: entries of the edit log that were added.
        acts: corrections, notes, tags and the like that were added.
        purged: it was purged here, and stays out.
        absent_there: it is hidden or deleted there; being held here, it stays as it is.
    """

    holding: str
    new: bool = False
    entries: int = 0
    acts: int = 0
    purged: bool = False
    absent_there: bool = False


def documents_of(theirs: Database) -> list[str]:
    """The documents of another archive, older captures first."""
    rows = theirs.execute(
        """SELECT id FROM holding ORDER BY id NOT IN (SELECT older FROM succession), added, id"""
    )
    return [row[0] for row in rows]


def take_in(ours: Database, theirs: Database, holding: str) -> Merged:
    """Take a document of another archive in; within a transaction of ours. Originals must be here already."""
    if ours.execute("SELECT 1 FROM purged WHERE holding = ?", [holding]).fetchone():
        return Merged(holding=holding, purged=True)
    new = not ours.execute("SELECT 1 FROM holding WHERE id = ?", [holding]).fetchone()
    entries = 0
    if new:
        _copy(ours, theirs, holding)
    else:
        entries = _decisions(ours, theirs, holding)
    acts = _acts(ours, theirs, holding, new=new)
    for older, newer, at in theirs.execute(
        "SELECT older, newer, at FROM succession WHERE newer = ?", [holding]
    ):
        here = ours.execute("SELECT 1 FROM holding WHERE id = ?", [older]).fetchone()
        if here:
            ours.execute(
                "INSERT INTO succession VALUES (?, ?, ?) ON CONFLICT (older) DO NOTHING", (older, newer, at)
            )
            source = source_of(ours, older)
            reindex(ours, source, log_of(ours, older, source.text))
    note_standing(ours, holding, state_of(ours, holding))
    source = source_of(ours, holding)
    reindex(ours, source, log_of(ours, holding, source.text))
    absent = not new and is_absent(theirs, holding) and not is_absent(ours, holding)
    return Merged(holding=holding, new=new, entries=entries, acts=acts, absent_there=absent)


def originals_of(theirs: Database, holding: str) -> list[str]:
    """The digests of a document's originals."""
    return [
        row[0] for row in theirs.execute("SELECT DISTINCT digest FROM original WHERE holding = ?", [holding])
    ]


def _copy(ours: Database, theirs: Database, holding: str) -> None:
    sources = [
        holding,
        *(r[0] for r in theirs.execute("SELECT source FROM layer WHERE holding = ?", [holding])),
    ]
    for one in sources:
        row = theirs.execute(
            "SELECT id, name, digest, text, pages, step FROM source WHERE id = ?", [one]
        ).fetchone()
        ours.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING", row)
    for table, key, columns in _COPIED:
        marks = ", ".join("?" * len(columns.split(", ")))
        order = " ORDER BY rowid" if table == "layer" else ""
        rows = theirs.execute(f"SELECT {columns} FROM {table} WHERE {key} = ?{order}", [holding]).fetchall()
        ours.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING", rows)
        if table == "content":
            for _, heading, _, refs, _ in rows:
                put_cited(ours, holding, unpack(heading), unpack(refs))


def _decisions(ours: Database, theirs: Database, holding: str) -> int:
    """Add the decisions, and undoings of decisions, that only the other archive has; gives how many."""
    source = source_of(ours, holding)
    kept, log = log_of(ours, holding, source.text), log_of(theirs, holding, source.text)
    joined = with_decisions(kept, log)
    if len(joined.entries) > len(kept.entries):
        continue_log(ours, source, kept, joined)
    return len(joined.entries) - len(kept.entries)


def with_decisions(kept: EditLog, other: EditLog) -> EditLog:
    """A log, continued by the decisions of persons that only another log of the same source has.

    Of two about one place the later one in time stands, so that both archives come to the same.
    """
    known = {_said(entry): entry.number for entry in kept.entries if by_hand(entry)}
    undone = {(e.undoes, e.by, e.at) for e in kept.entries if e.undoes is not None}
    entries = list(kept.entries)
    numbers: dict[int, int] = {}
    for entry in other.entries:
        if by_hand(entry):
            number = known.get(_said(entry))
            if number is None:
                number = len(entries) + 1
                entries.append(Entry(number=number, at=entry.at, by=entry.by, edit=entry.edit))
                known[_said(entry)] = number
            numbers[entry.number] = number
        elif entry.undoes in numbers:
            again = (numbers[entry.undoes], entry.by, entry.at)
            if again not in undone:
                entries.append(
                    Entry(number=len(entries) + 1, at=entry.at, by=entry.by, undoes=numbers[entry.undoes])
                )
                numbers[entry.number] = len(entries)
    return _latest_last(EditLog(kept.source_id, tuple(entries)), len(kept.entries))


def _latest_last(log: EditLog, first: int) -> EditLog:
    """A log that says again what a person decided later than what came in, behind its first entries, did."""
    standing = [entry for entry in log.standing() if decided(entry) is not None]
    came = [entry for entry in standing if entry.number > first]
    again = [
        entry
        for entry in standing
        if entry.number <= first and any(entry.at > other.at and meet(entry, other) for other in came)
    ]
    for entry in sorted(again, key=lambda one: one.at):
        if entry.edit is not None:
            log = log.add([entry.edit], by=entry.by, at=entry.at)
    return log


def _said(entry: Entry) -> str:
    data = entry.to_json()
    del data["entry"]
    return json.dumps(data, sort_keys=True)


def _acts(ours: Database, theirs: Database, holding: str, *, new: bool) -> int:
    """Add the acts that only the other archive has; gives how many.

    What was held here before is neither hidden, deleted nor brought back by what was done there.
    """
    known = {
        _key(act.what, act.by, act.at.isoformat(), act.data): act.number for act in acts_of(ours, holding)
    }
    numbers: dict[int, int] = {}
    added = 0
    for act in acts_of(theirs, holding):
        data = dict(act.data)
        if act.what in ABSENCE and not new:
            continue
        if act.what == UNDO:
            if int(data["undoes"]) not in numbers:
                continue
            data["undoes"] = numbers[int(data["undoes"])]
        key = _key(act.what, act.by, act.at.isoformat(), data)
        number = known.get(key)
        if number is None:
            number = put_act(ours, act.what, holding, data, by=act.by, at=act.at)
            known[key] = number
            added += 1
        numbers[act.number] = number
    if added:
        let_latest_stand(ours, holding)
    return added


def _key(what: str, by: str, at: str, data: Mapping[str, Any]) -> str:
    return json.dumps([what, by, at, dict(data)], sort_keys=True)


def all_taken_in(
    ours: Transactions, objects: OriginalStore, theirs: Transactions, their_objects: OriginalStore
) -> Iterator[Merged]:
    """Take every document of another archive in, with its originals, each in one transaction."""
    with faults(theirs.folder):
        documents = documents_of(theirs.connection)
    for one in documents:
        for digest in originals_of(theirs.connection, one):
            if not objects.holds(digest):
                objects.keep(their_objects.find(digest))
        with ours.change() as connection:
            merged = take_in(connection, theirs.connection, one)
        yield merged
