"""What persons decided about a document, carried from one capture of it to the next, and what it teaches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from septel import __version__
from septel.archive.decisions.conflicts import DecisionConflict, decided
from septel.text import EditLog, Entry, Legible, Source, Step, reanchor

CARRIER = "septel carry"
"""The tool that carried decisions name; the setting `origin` says whence."""
_WORD = re.compile(r"[^\W\d_]{3,}(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Another capture of the same file: its text, its log, and what was still open there."""

    source: Source
    log: EditLog
    open: tuple[DecisionConflict, ...] = ()


def carry(
    kept: EditLog,
    known: Iterable[DecisionConflict],
    source: Source,
    earlier: Sequence[Earlier],
    *,
    find: Callable[[str], Source],
    legible: Legible | None,
    at: datetime,
) -> tuple[EditLog, tuple[DecisionConflict, ...]]:
    """The log with the decisions about earlier captures that have a place here, and the others as contests.

    What was carried or listed before is not carried or listed again, even where it was undone since.

    Args:
        kept: the log of the capture that takes the decisions over.
        known: the contests that it has already.
        source: its text.
        earlier: the captures that it takes the place of.
        find: gives a source by its id, for contests that go further back.
        legible: see `septel.text.reanchor`.
        at: when.
    """
    listed = {contest.origin for contest in known} | {origin(source.id, entry) for entry in kept.entries}
    log = kept
    contests: list[DecisionConflict] = []
    for one in earlier:
        pending = [
            (origin(one.source.id, entry), entry.by, edit)
            for entry in one.log.standing()
            if (edit := decided(entry)) is not None
        ]
        groups = [(one.source, pending)]
        for contest in one.open:
            groups.append(
                (find(contest.origin.partition(":")[0]), [(contest.origin, contest.by, contest.edit)])
            )
        for old, decisions in groups:
            fresh = [d for d in decisions if d[0] not in listed and not d[0].startswith(f"{source.id}:")]
            if not fresh:
                continue
            listed |= {whence for whence, _, _ in fresh}
            told = {id(edit): (whence, by) for whence, by, edit in fresh}
            anchoring = reanchor((edit for _, _, edit in fresh), old, source, legible=legible)
            for before, after in anchoring.pairs:
                whence, by = told[id(before)]
                step = Step.of(CARRIER, __version__, origin=whence)
                log = log.add([replace(after, step=step)], by=by, at=at)
            for conflict in anchoring.conflicts:
                whence, by = told[id(conflict.edit)]
                contests.append(DecisionConflict.of(conflict, holding=source.id, by=by, origin=whence))
    return log, tuple(contests)


def origin(source_id: str, entry: Entry) -> str:
    """Where an entry was first made: its source and number."""
    if entry.edit is not None and entry.edit.step.tool == CARRIER:
        return dict(entry.edit.step.settings)["origin"]
    return f"{source_id}:{entry.number}"


def words_set(log: EditLog) -> frozenset[str]:
    """The words that persons have set in a reading, in capitals: names and terms that the document has."""
    if not any(decided(entry) for entry in log.entries):
        return frozenset()  # most texts: nobody has decided anything yet
    return frozenset(
        word
        for entry in log.active()
        if (edit := decided(entry)) is not None
        for word in _WORD.findall(edit.after.upper())
    )
