"""What holds for a paper from elsewhere: statements on its earlier captures, and the record sheet before it.

A better scan opens nothing that is closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from septel.archive.acts import acts_of, standing
from septel.archive.handling.markings import MarkingEvent, record_sheet
from septel.archive.handling.statements import EMBARGO, RELEASE, HandlingStatement, Portion, statements_of
from septel.archive.store import Database, source_of, tree_of, whole
from septel.text import relocate

_MOST = 20
"""So many papers back a record sheet is looked for."""


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


def sheet_before(connection: Database, tree: Mapping[str, Any]) -> MarkingEvent | None:
    """What the record sheet says that a paper of a file stands behind; None where there is none.

    Args:
        connection: the catalogue.
        tree: the paper's stored tree; a sheet has none before it but itself.
    """
    if record_sheet(tree) is not None:
        return None
    for _ in range(_MOST):
        before = str((tree.get("paper") or {}).get("before") or "")
        query = "SELECT heading, tree FROM content WHERE holding = ?"
        row = connection.execute(query, [before]).fetchone() if before else None
        if row is None:
            return None
        with whole(before):
            tree = tree_of(row[0], row[1], source_of(connection, before).text)
        sheet = record_sheet(tree)
        if sheet is not None:
            return sheet
    return None
