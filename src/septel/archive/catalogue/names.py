"""Which document a person means by a name."""

from __future__ import annotations

from pathlib import Path

from septel.archive.acts import listed
from septel.archive.catalogue.identity import names_of
from septel.archive.search import storable
from septel.archive.store import Database, faults, tree_of
from septel.errors import NotHeld
from septel.telegram import Named, find_named, named

MOST_SHOWN = 12
"""How many holdings a message lists when a name fits several."""


def all_named(connection: Database) -> tuple[Named, ...]:
    """The newest captures under all names that people know them by."""
    rows = connection.execute(
        """SELECT holding.id, identifier, source.name, dtg, heading, tree
           FROM holding JOIN source USING (id) JOIN content ON content.holding = holding.id
           WHERE holding.id NOT IN (SELECT older FROM succession)
             AND holding.id NOT IN (SELECT holding FROM absent)
           ORDER BY dtg IS NULL, dtg, title, holding.id"""
    ).fetchall()
    return tuple(
        named(holding, identifier=identifier, file=file, dtg=dtg, tree=tree_of(heading, tree))
        for holding, identifier, file, dtg, heading, tree in rows
    )


def resolved(connection: Database, folder: Path, name: str, *, deleted: bool) -> str:
    """The id of the one holding that a person means; see `septel.archive.Archive.resolve`.

    A telegram's number counts in any of its written forms (`LA PAZ 158`, `1974LAPAZ00158`). A name means
    the newest capture; an older one, and what was hidden, goes by its id. With `deleted`, what was
    deleted goes by its id too; else it is as if it were not there.

    Raises:
        NotHeld: none fits, or more than one does; those that fit are listed.
    """
    with faults(folder):
        found = names_of(connection, storable(name), deleted=deleted)
    if not found:
        with faults(folder):
            found = list(find_named(storable(name), all_named(connection)))
    if len(found) == 1:
        return found[0]
    if found:
        with faults(folder):
            titles = {one.id: one.fields["title"] for one in listed(connection)}
        shown = [f"{one} ({titles[one]})" if titles.get(one) else one for one in found]
        many = f"; and {len(shown) - MOST_SHOWN} more" if len(shown) > MOST_SHOWN else ""
        raise NotHeld(
            f"{name!r} may mean {len(found)} holdings: {'; '.join(shown[:MOST_SHOWN])}{many}",
            where=str(folder),
            remedy="Give the id.",
        )
    raise NotHeld(
        f"the archive holds nothing called {name!r}",
        where=str(folder),
        remedy="`septel list` shows what it holds.",
    )
