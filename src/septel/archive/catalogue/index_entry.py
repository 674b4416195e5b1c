"""A document's entry in the search index, from its rows as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from septel.archive.acts import CurationState, heading_corrected, state_of
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
    *,
    told: Mapping[str, str | None] | None = None,
    first: bool = False,
) -> None:
    """Index a source by the tree and the references that it has.

    `told` are the heading fields that a machine found, where they are known and need not be asked for;
    `first` says that nothing else is known of the document, and that it is not indexed.
    """
    state = CurationState(corrections={}) if first else state_of(connection, source.id)
    heading = heading_of(connection, source.id, state, told)
    facets = None
    if not first:
        record = connection.execute("SELECT data FROM record WHERE holding = ?", [source.id]).fetchone()
        facets = facets_kept(record[0]) if record else None
    has = [name for name, any_of in (("note", state.notes), ("tag", state.tags)) if any_of]
    has += ["correction"] if state.corrections else []
    if source.step is not None:
        has.append("image")
    keys = keys_of(heading, tree, refs, tags=state.tags, has=has, record=facets)
    names = named(
        source.id, identifier=heading["identifier"], file=source.name, dtg=heading["dtg"], tree=tree
    )
    index_units(connection, source.id, log.reading(source), tree, keys, name_keys(names), new=first)


def heading_of(
    connection: Database,
    holding_id: str,
    state: CurationState,
    told: Mapping[str, str | None] | None = None,
) -> dict[str, str | None]:
    """The heading fields of a holding as they stand: the machine's, and over them a person's.

    `told` are the machine's, where they are known and need not be asked for.
    """
    if told is None:
        row = connection.execute(
            f"SELECT {', '.join(HEADING)} FROM holding WHERE id = ?", [holding_id]
        ).fetchone()
        told = dict(zip(HEADING, row or (None,) * len(HEADING), strict=True))
    given = {field: act.data["value"] for field, act in state.corrections.items()}
    return given | heading_corrected(told, given)
