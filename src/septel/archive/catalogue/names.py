"""Which document a person means by a name; the index knows every name, no document is opened for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from septel.archive.acts import listed
from septel.archive.catalogue.copies import copies_of
from septel.archive.catalogue.identity import names_of
from septel.archive.search import storable
from septel.archive.store import Database, faults
from septel.errors import NotHeld, SeveralHeld
from septel.telegram import NameKeys, keys_beginning, keys_meant

MOST_SHOWN = 12
"""How many holdings a message lists when a name fits several."""
MOST_KEYS = 5_000
"""Of so many names the documents are looked at: a beginning may fit all that there are."""


class NamedHere(NamedTuple):
    """The documents that a name may mean, by their numbers in the index, and whether these are all."""

    numbers: list[int]
    complete: bool = True


def named_here(connection: Database, name: str) -> NamedHere:
    """The documents that a name may mean, as the index has it; see `septel.telegram.names`.

    Beginnings count when nothing else fits. A year that the name says takes those of that year before those
    whose year is open. Ids are not looked at. Of very many (`MOST_KEYS`) the first are given.
    """
    for keys in (keys_meant(name), keys_beginning(name)):
        rows = _under(connection, keys)
        ranked: dict[int, int] = {}
        for key, n in rows:
            rank = keys.rank(key)
            if rank is not None:
                ranked[n] = max(rank, ranked.get(n, 0))
        if ranked:
            best = max(ranked.values())
            found = [n for n, rank in ranked.items() if rank == best]
            return NamedHere(found, complete=len(rows) < MOST_KEYS)
    return NamedHere([])


def _under(connection: Database, keys: NameKeys) -> list[tuple[str, int]]:
    """What the index has under some keys."""
    tests = [*["key = ?"] * len(keys.exact), *["key >= ? AND key < ?"] * len(keys.between)]
    values = [*keys.exact, *(edge for pair in keys.between for edge in pair)]
    if not tests:
        return []
    # Each by itself, so that each is looked up in the index.
    union = " UNION ALL ".join(f"SELECT key, n FROM name WHERE {test}" for test in tests)
    rows = connection.execute(f"{union} LIMIT ?", [*values, MOST_KEYS])
    return [(str(key), int(n)) for key, n in rows]


def _oldest_first(connection: Database, numbers: Sequence[int]) -> list[str]:
    with connection.selection(numbers) as (chosen, values):
        rows = connection.execute(
            f"""SELECT holding.id FROM indexed JOIN holding ON holding.id = indexed.holding
                WHERE indexed.n IN ({chosen}) ORDER BY dtg IS NULL, dtg, holding.title, holding.id""",
            values,
        )
        return [str(one) for (one,) in rows.fetchall()]


def resolved(connection: Database, folder: Path, name: str, *, deleted: bool) -> str:
    """The id of the one holding that a person means; see `septel.archive.Archive.resolve`.

    A telegram's number counts in any of its written forms (`LA PAZ 158`, `1974LAPAZ00158`). A name means
    the newest capture; an older one, and what was hidden, goes by its id. With `deleted`, what was
    deleted goes by its id too; else it is as if it were not there.

    Raises:
        NotHeld: none fits.
        SeveralHeld: more than one does; those that fit are listed.
    """
    with faults(folder):
        found = names_of(connection, storable(name), deleted=deleted)
        here = NamedHere([]) if found else named_here(connection, storable(name))
        found = found or _oldest_first(connection, here.numbers)
    if len(found) == 1:
        return found[0]
    if found:
        with faults(folder):
            raise _several(connection, folder, name, found, complete=here.complete)
    raise NotHeld(
        f"the archive holds nothing called {name!r}",
        where=str(folder),
        remedy="`septel list` shows what it holds.",
    )


def _several(
    connection: Database, folder: Path, name: str, found: Sequence[str], *, complete: bool
) -> SeveralHeld:
    """The fault of a name that fits several; of one title they are told by their files, copies as copies."""
    first = list(found[:MOST_SHOWN])
    fields = {one.id: one.fields for one in listed(connection, first)}
    titles = [fields[one]["title"] or "" for one in first if one in fields]
    shown = [
        f"{one} ({', '.join(_told(fields.get(one, {}), alike=len(set(titles)) < len(titles)))})"
        for one in first
    ]
    many = f"; and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    count = len(found) if complete else f"{len(found)} and more"
    likened = {other for other, _ in copies_of(connection, first[0])}
    copies = complete and len(found) > 1 and likened.issuperset(found[1:])
    remedy = (
        f"Give the id; `septel copies --held {name!r}` reads them together." if copies else "Give the id."
    )
    return SeveralHeld(
        f"{name!r} may mean {count} holdings{', copies of one message' if copies else ''}: "
        f"{'; '.join(shown).replace(' ()', '')}{many}",
        where=str(folder),
        remedy=remedy,
        holdings=found,
    )


def _told(fields: Mapping[str, str | None], *, alike: bool) -> list[str]:
    """What tells a document from the others: its title, and its file where titles are alike."""
    return [told for told in (fields.get("title"), fields.get("name") if alike else None) if told]
