"""Mentions out of the rows of `cited`: what is needed to tell what they mean, without opening a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from septel.archive.citations.held_rows import COLUMNS, HERE, HeldRows, held_of
from septel.archive.store import Database
from septel.citations import HeldTelegram, Reference, ReferenceKind, ReferenceTarget, Resolver
from septel.text import Locus, Span

CitedKey: TypeAlias = tuple[str, int]
"""The run and the number of what is cited (see `septel.archive.store.cited_rows`)."""


class StoredMention(NamedTuple):
    """One mention: who cites, what is said, and what it means. The words and their place are not read."""

    citing: HeldTelegram
    reference: Reference
    meaning: ReferenceTarget


def mentions_of(
    connection: Database, held: HeldRows, resolver: Resolver, keys: Sequence[CitedKey]
) -> Iterator[tuple[CitedKey, list[StoredMention]]]:
    """Every mention of some messages, message by message, in the order of the holdings that cite."""
    held.look_up(keys)
    marks, values = ", ".join(["(?, ?)"] * len(keys)), [value for key in keys for value in key]
    rows = connection.execute(
        f"""WITH wanted (run, number) AS (VALUES {marks})
            SELECT cited.run, cited.number, cited.place, cited.told, {COLUMNS} FROM wanted
            JOIN cited ON cited.run = wanted.run AND cited.number = wanted.number
            JOIN telegram ON telegram.holding = cited.holding
            WHERE {HERE.format(table="cited")}
            ORDER BY cited.run, cited.number, cited.holding, cited.place""",
        values,
    )
    for key, own in groupby(rows, key=lambda row: (row[0], row[1])):
        yield key, list(_mentions(key, own, resolver))


def _mentions(key: CitedKey, rows: Iterator[Sequence[Any]], resolver: Resolver) -> Iterator[StoredMention]:
    plain = _reference(key, {})
    for _, own in groupby(rows, key=lambda row: row[4]):
        document = list(own)
        citing = held_of(document[0][4:])
        told = {place: json.loads(text) if text else {} for _, _, place, text, *_ in document}
        references = {place: _reference(key, one) if one else plain for place, one in told.items()}
        meant = {
            place: resolver.resolve(reference, citing)
            for place, reference in references.items()
            if "through" not in told[place]
        }
        for place, reference in references.items():
            yield StoredMention(citing, reference, meant[told[place].get("through", place)])


def _reference(key: CitedKey, told: dict[str, Any]) -> Reference:
    """A reference without its words."""
    run, number = key
    kind = ReferenceKind.REFTEL if "through" in told else ReferenceKind(told.get("kind", "telegram"))
    alone = "kind" in told or "through" in told
    return Reference(
        kind=kind,
        raw="",
        normal=told.get("normal", "" if alone else f"{run} {number}"),
        locus=_NOWHERE,
        paragraph="",
        post=told.get("post") if alone else run,
        number=told.get("number") if alone else str(number),
        series=told.get("series"),
        sender=told.get("sender"),
        time=told.get("time"),
        year=told.get("year"),
        dated=told.get("dated"),
        parts=tuple(told.get("parts", ())),
        not_to_all=told.get("not_to_all", False),
    )


_NOWHERE = Locus("", Span(0, 0))
