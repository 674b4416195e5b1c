"""A document's entry in the search index, from its rows as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from septel.archive.acts import CurationState, state_of
from septel.archive.records import facets_kept
from septel.archive.search import forget_units, index_units, keys_of
from septel.archive.store import HEADING, Database, is_absent, newer_of, tree_of, unpack, whole
from septel.telegram import name_keys, named
from septel.text import EditLog, Source


def reindex(connection: Database, source: Source, log: EditLog) -> None:
    """Index a source anew, or take it out when it is not to be found: superseded, hidden or deleted."""
    row = connection.execute(
        "SELECT heading, tree, refs FROM content WHERE holding = ?", [source.id]
    ).fetchone()
    if row is None or newer_of(connection, source.id) or is_absent(connection, source.id):
        forget_units(connection, source.id)
        return
    with whole(source.id):
        tree, refs = tree_of(row[0], row[1], source.text), unpack(row[2])
    index_document(connection, source, log, tree, refs)


def index_document(
    connection: Database,
    source: Source,
    log: EditLog,
    tree: Mapping[str, Any],
    refs: Sequence[Mapping[str, Any]],
) -> None:
    """Index a source by the tree and the references that it has."""
    state = state_of(connection, source.id)
    heading = heading_of(connection, source.id, state)
    record = connection.execute("SELECT data FROM record WHERE holding = ?", [source.id]).fetchone()
    told = facets_kept(record[0]) if record else None
    has = [name for name, any_of in (("note", state.notes), ("tag", state.tags)) if any_of]
    has += ["correction"] if state.corrections else []
    if source.step is not None:
        has.append("image")
    keys = keys_of(heading, tree, refs, tags=state.tags, has=has, record=told)
    names = named(
        source.id, identifier=heading["identifier"], file=source.name, dtg=heading["dtg"], tree=tree
    )
    index_units(connection, source.id, log.reading(source), tree, keys, name_keys(names))


def heading_of(connection: Database, holding_id: str, state: CurationState) -> dict[str, str | None]:
    """The heading fields of a holding as they stand: the machine's, and over them a person's."""
    row = connection.execute(
        f"SELECT {', '.join(HEADING)} FROM holding WHERE id = ?", [holding_id]
    ).fetchone()
    found: dict[str, str | None] = dict(zip(HEADING, row or (None,) * len(HEADING), strict=True))
    return found | {field: act.data["value"] for field, act in state.corrections.items()}
