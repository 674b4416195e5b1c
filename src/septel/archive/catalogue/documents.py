"""Documents out of the catalogue: whole, or only what a search needs of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from septel.archive.acts import corrections_of, heading_corrected, listed, state_of
from septel.archive.catalogue.heading_doubts import titles_shown
from septel.archive.model import Holding, Original, account_from_json, page_from_json
from septel.archive.search import ShownText
from septel.archive.store import (
    HEADING,
    Database,
    Transactions,
    log_of,
    logs_of,
    source_of,
    sources_of,
    tree_of,
    unpack,
    whole,
)
from septel.capture.model import Page
from septel.errors import NotHeld
from septel.text import Locus, Reading, Source

_HOLDING = f"""SELECT added, captions, meeting, accounts, heading, tree, refs, geometry, {", ".join(HEADING)}
    FROM holding JOIN content ON content.holding = holding.id WHERE id = ?"""


def load_holding(connection: Database, holding_id: str) -> Holding:
    """A document with all its layers; see `septel.archive.Archive.holding`.

    Raises:
        NotHeld: it is not here, or was deleted.
    """
    row = connection.execute(_HOLDING, [holding_id]).fetchone()
    if row is None:
        raise NotHeld("the archive holds no such document", where=holding_id, remedy="See `septel list`.")
    deleted = "SELECT 1 FROM absent WHERE holding = ? AND how = 'deleted'"
    if connection.execute(deleted, [holding_id]).fetchone():
        raise NotHeld("it was deleted", where=holding_id, remedy="`septel undelete` brings it back.")
    added, captions, meeting, accounts, heading, tree, refs, geometry, *fields = row
    originals = connection.execute(
        "SELECT name, digest FROM original WHERE holding = ? ORDER BY ordinal", [holding_id]
    ).fetchall()
    layers = connection.execute("SELECT source FROM layer WHERE holding = ? ORDER BY rowid", [holding_id])
    source = source_of(connection, holding_id)
    machine: dict[str, Any] = dict(zip(HEADING, fields, strict=True))
    with whole(holding_id):
        corrected = corrections_of(state_of(connection, holding_id), machine)
        stands: dict[str, Any] = heading_corrected(machine, {one.field: one.value for one in corrected})
        return Holding(
            source=source,
            log=log_of(connection, holding_id, source.text),
            added=datetime.fromisoformat(added),
            **stands,
            captions=tuple(json.loads(captions)),
            telegram=tree_of(heading, tree, source.text),
            references=unpack(refs),
            meeting=json.loads(meeting) if meeting else None,
            pages=tuple(page_from_json(page, source) for page in unpack(geometry)),
            accounts=tuple(account_from_json(account) for account in json.loads(accounts)),
            originals=tuple(Original(name=n, digest=d) for n, d in originals),
            layers=tuple(source_of(connection, one) for (one,) in layers.fetchall()),
            corrected=corrected,
        )


def load_readings(connection: Database, holdings: Sequence[str]) -> dict[str, Reading]:
    """Some documents as they are read now, as far as they are here."""
    sources = sources_of(connection, holdings)
    logs = logs_of(connection, {one: source.text for one, source in sources.items()})
    return {one: logs[one].reading(source) for one, source in sources.items()}


def load_shown(connection: Database, holdings: Sequence[str]) -> dict[str, ShownText]:
    """What hits in some documents show beside their words, as far as these are here."""
    marks = ", ".join("?" * len(holdings))
    rows = connection.execute(
        f"SELECT holding, heading, geometry FROM content WHERE holding IN ({marks})", holdings
    ).fetchall()
    titles = titles_shown(connection, listed(connection, holdings))
    first_units = connection.execute(
        f"""SELECT holding, part, lines FROM indexed JOIN unit ON unit.id = indexed.unit
            WHERE holding IN ({marks})""",
        holdings,
    )
    bodies = {
        str(one): str(lines) for one, part, lines in first_units if part[:1].isdigit() or part == "summary"
    }
    found: dict[str, ShownText] = {}
    for one, heading, geometry in rows:
        found[one] = ShownText(
            title=titles[one],
            pages=partial(_pages, one, geometry),
            number_at=partial(_field_at, one, heading, "number"),
            subject_at=partial(_field_at, one, heading, "subject"),
            body=bodies.get(str(one), ""),
        )
    return found


def _pages(holding: str, geometry: bytes, source: Source) -> tuple[Page, ...]:
    with whole(holding):
        return tuple(page_from_json(page, source) for page in unpack(geometry))


def _field_at(holding: str, heading: bytes, field: str) -> int | None:
    """Where a heading's field stands in the source."""
    with whole(holding):
        found = (unpack(heading) or {}).get(field)
        return Locus.parse(found["locus"]).span.start if found and found.get("locus") else None


def references_stored(
    transactions: Transactions,
) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Each document that is not deleted, with its heading and its references as they are stored."""
    for one, heading, refs in transactions.rows(
        """SELECT holding, heading, refs FROM content
           WHERE holding NOT IN (SELECT holding FROM absent) ORDER BY holding"""
    ):
        with whole(one):
            found = unpack(heading), unpack(refs)
        yield one, found[0] or {}, found[1]
