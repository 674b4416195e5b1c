"""Continuing the edit log of a document that is read again.

- An entry that the kept log already has (same edit, same maker) is not added again.
- What a tool proposed before and does not propose now no longer counts: a further entry undoes it. If it is
  proposed once more, that undoing is undone.
- What a person decided or undid stands; so does the proposal beneath a decision, for the day when the
  decision is undone.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from septel.text import EditLog, Entry, Ground

RERUN = "septel (read again)"
"""Who undoes what is no longer proposed."""


def joined(kept: EditLog, new: EditLog, *, at: datetime) -> EditLog:
    """The kept log, continued so that the tools' entries that count are those of the new one."""
    if not kept.entries:
        return new
    known = {_content(entry): entry.number for entry in kept.entries}
    entries = list(kept.entries)
    numbers: dict[int, int] = {}
    for entry in new.entries:
        moved = entry if entry.undoes is None else replace(entry, undoes=numbers[entry.undoes])
        number = known.get(_content(moved))
        if number is None:
            number = len(entries) + 1
            entries.append(replace(moved, number=number))
        numbers[entry.number] = number
    log = EditLog(kept.source_id, tuple(entries))
    proposed = {numbers[entry.number] for entry in new.standing()}
    standing = {entry.number: entry for entry in log.standing()}
    decisions = [entry for entry in standing.values() if _decided(entry)]
    withdrawn = [
        n
        for n, entry in standing.items()
        if n not in proposed and not _decided(entry) and not any(_beneath(entry, d) for d in decisions)
    ]
    again = [n for n in proposed if n not in standing]
    revived = [entry.number for entry in _undoings(log) if entry.undoes in again and entry.by == RERUN]
    for number in (*withdrawn, *revived):
        log = log.undo(number, by=RERUN, at=at)
    return log


def _decided(entry: Entry) -> bool:
    return entry.edit is not None and entry.edit.reason.ground is Ground.DECISION


def _beneath(entry: Entry, decision: Entry) -> bool:
    assert entry.edit is not None
    assert decision.edit is not None
    return entry.edit.span == decision.edit.span or entry.edit.span.overlaps(decision.edit.span)


def _undoings(log: EditLog) -> list[Entry]:
    """The undoings that have not been undone themselves."""
    undone: set[int] = set()
    counting: list[Entry] = []
    for entry in reversed(log.entries):
        if entry.undoes is not None and entry.number not in undone:
            undone.add(entry.undoes)
            counting.append(entry)
    return counting


def _content(entry: Entry) -> str:
    """What an entry says, without its number and time; probabilities to four places, as they are kept now."""
    data = entry.to_json()
    del data["entry"], data["at"]
    return json.dumps(_rounded(data), sort_keys=True)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return value
