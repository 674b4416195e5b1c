"""The documents that a name means: an id or its beginning, a number in any form, a file's name."""

from __future__ import annotations

from pathlib import PurePath

from septel.archive.search import number_of
from septel.archive.store import Database

_SHOWN = "id NOT IN (SELECT older FROM succession) AND id NOT IN (SELECT holding FROM absent)"


def names_of(connection: Database, name: str, *, deleted: bool = False) -> list[str]:
    """The ids of the documents that a name means; an older capture only by its own id."""
    found = _names_of(connection, name)
    if deleted:
        return found
    gone = {row[0] for row in connection.execute("SELECT holding FROM absent WHERE how = 'deleted'")}
    return [one for one in found if one not in gone]


def _names_of(connection: Database, name: str) -> list[str]:
    bare = name.strip()
    if not bare:
        return []
    whole = connection.execute("SELECT id FROM holding WHERE id = ?", [bare.lower()]).fetchone()
    if whole:
        return [str(whole[0])]
    found: set[str] = set()
    if len(bare) >= 4 and all(c in "0123456789abcdef" for c in bare.lower()):
        rows = connection.execute(
            "SELECT id FROM holding WHERE id >= ?1 AND id < ?1 || 'g'", [bare.lower()]
        ).fetchall()
        found.update(row[0] for row in rows)
    rows = connection.execute(
        """SELECT id FROM holding WHERE identifier IS NOT NULL AND upper(identifier) = upper(?1)
           UNION SELECT id FROM source WHERE name = ?1
               AND EXISTS (SELECT 1 FROM holding WHERE holding.id = source.id)""",
        [bare],
    ).fetchall()
    found.update(row[0] for row in rows)
    found.update(_numbered(connection, bare))
    if not found:
        stem = PurePath(bare).stem
        rows = connection.execute(
            """SELECT id FROM source WHERE name >= ?1 || '.' AND name < ?1 || '/'
               AND EXISTS (SELECT 1 FROM holding WHERE holding.id = source.id)""",
            [stem],
        ).fetchall()
        found.update(row[0] for row in rows)
    if len(found) > 1:
        shown = {one for one in found if _is_shown(connection, one)}
        found = shown or found
    return sorted(found)


def _numbered(connection: Database, name: str) -> set[str]:
    named = number_of(name)
    if named is None:
        return set()
    rows = connection.execute(
        """SELECT indexed.holding, indexed.first FROM value JOIN facet ON facet.value = value.id
           JOIN indexed ON indexed.n = facet.n WHERE value.field = 'number' AND value.value = ?""",
        [named.value],
    ).fetchall()
    if named.year is None:
        return {holding for holding, _ in rows}
    of_year = {holding for holding, first in rows if first[:4] == str(named.year)}
    return of_year or {holding for holding, first in rows if not first}


def _is_shown(connection: Database, holding: str) -> bool:
    row = connection.execute(f"SELECT 1 FROM holding WHERE id = ? AND {_SHOWN}", [holding]).fetchone()
    return row is not None


def beside(connection: Database, holding: str) -> tuple[str | None, str | None]:
    """The documents before and after one, by date, number and age; None at the ends."""
    columns = ("first = ''", "first", "coalesce(serial, 0)", "n")
    key = ", ".join(columns)
    row = connection.execute(f"SELECT {key} FROM indexed WHERE holding = ?", [holding]).fetchone()
    if row is None:
        return None, None
    found: list[str | None] = []
    for than, order in (("<", "DESC"), (">", "ASC")):
        ordered = ", ".join(f"{column} {order}" for column in columns)
        near = connection.execute(
            f"""SELECT holding FROM indexed WHERE ({key}) {than} (?, ?, ?, ?)
                ORDER BY {ordered} LIMIT 1""",
            row,
        ).fetchone()
        found.append(str(near[0]) if near else None)
    return found[0], found[1]
