"""What was stated of earlier captures holds for the newer one: a better scan opens nothing that is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from septel.archive.acts import acts_of, standing
from septel.archive.handling.statements import EMBARGO, RELEASE, HandlingStatement, Portion, statements_of
from septel.archive.store import Database, source_of
from septel.text import relocate


def statements_on(connection: Database, holding: str) -> tuple[HandlingStatement, ...]:
    """What stands of the statements on a paper and on its earlier captures, theirs first.

    A portion is found again by its words. Where it is not found, what was stated of it is taken to be stated
    of the whole paper: rather too much is closed than something open that was closed.
    """
    found: list[HandlingStatement] = []
    for older in _older(connection, holding):
        theirs = statements_on(connection, older)
        found += _carried(connection, theirs, older, holding) if theirs else ()
    return (*found, *statements_of(standing(acts_of(connection, holding))))


def _older(connection: Database, holding: str) -> list[str]:
    rows = connection.execute("SELECT older FROM succession WHERE newer = ? ORDER BY at, older", [holding])
    return [str(row[0]) for row in rows.fetchall()]


def _carried(
    connection: Database, theirs: Sequence[HandlingStatement], older: str, newer: str
) -> list[HandlingStatement]:
    spans = [span for one in theirs if one.portion is not None for span in one.portion.spans]
    places = iter(
        relocate(spans, source_of(connection, older), source_of(connection, newer)) if spans else ()
    )
    carried = []
    for one in theirs:
        if one.portion is None:
            carried.append(one)
            continue
        now = [next(places)[0] for _ in one.portion.spans]
        known = tuple(place for place in now if place is not None)
        if len(known) == len(now):
            carried.append(replace(one, portion=Portion(one.portion.name, known)))
        elif _closes(one):
            carried.append(replace(one, portion=None))
    return carried


def _closes(one: HandlingStatement) -> bool:
    if one.kind == RELEASE:
        return one.get("value") in ("withheld", "under review")
    return one.kind == EMBARGO and one.get("value") is not None
