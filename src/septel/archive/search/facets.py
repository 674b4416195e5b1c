"""The values of fields by document: what `post:`, `class:` and their kin ask for, and how hits are spread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from septel.archive.search.results import Facet, FacetValue
from septel.archive.store import Database, escaped

HEADING, RECORD = 1, 2
"""What of a document was read: its heading; its record of statements."""
ON_RECORD = frozenset({"side", "issue"})
"""Fields that come from the record."""
FACETS = ("year", "post", "to", "class", "caption", "tags", "kind", "person", "side", "issue", "tag")
"""The fields whose spread a result tells."""
_MOST = 12


def put_facets(connection: Database, n: int, facets: Mapping[str, Sequence[str]]) -> None:
    """Note the values of a document's fields."""
    pairs = [(field, value) for field, values in facets.items() for value in dict.fromkeys(values) if value]
    connection.executemany(
        "INSERT INTO value (field, value) VALUES (?, ?) ON CONFLICT (field, value) DO NOTHING", pairs
    )
    connection.executemany(
        """INSERT INTO facet (value, n) SELECT id, ? FROM value WHERE field = ? AND value = ?
           ON CONFLICT (value, n) DO NOTHING""",
        [(n, field, value) for field, value in pairs],
    )


def forget_facets(connection: Database, n: int) -> None:
    """Take a document's values back."""
    connection.execute("DELETE FROM facet WHERE n = ?", [n])


def replace_facets(connection: Database, n: int, field: str, values: Iterable[str]) -> None:
    """Give a document other values of one field."""
    connection.execute(
        "DELETE FROM facet WHERE n = ? AND value IN (SELECT id FROM value WHERE field = ?)", (n, field)
    )
    put_facets(connection, n, {field: tuple(values)})


def spread(
    connection: Database, holdings: Iterable[str], fields: Sequence[str] = FACETS
) -> tuple[Facet, ...]:
    """How documents are spread over fields."""
    with connection.selection(holdings) as (found, values):
        return _spread(connection, found, values, fields)


def _spread(
    connection: Database, found: str, chosen: Sequence[object], fields: Sequence[str]
) -> tuple[Facet, ...]:
    """The same for the documents whose numbers a query gives."""
    total, read, recorded = connection.execute(
        f"""SELECT count(*), coalesce(sum(read & 1), 0), coalesce(sum((read & 2) / 2), 0)
           FROM indexed WHERE n IN ({found})""",
        chosen,
    ).fetchone()
    facets = []
    for field in fields:
        rows = connection.execute(
            f"""SELECT value.value, count(*) FROM facet JOIN value ON value.id = facet.value
               WHERE value.field = ? AND facet.n IN ({found})
               GROUP BY value.id ORDER BY 2 DESC, 1 LIMIT ?""",
            (field, *chosen, _MOST),
        ).fetchall()
        (known,) = connection.execute(
            f"""SELECT count(DISTINCT facet.n) FROM facet JOIN value ON value.id = facet.value
               WHERE value.field = ? AND facet.n IN ({found})""",
            [field, *chosen],
        ).fetchone()
        stated = recorded if field in ON_RECORD else total if field in {"tag", "kind"} else read
        none = max(0, stated - known)
        values = tuple(FacetValue(value=value, count=count) for value, count in rows)
        facets.append(
            Facet(field=field, values=values, known=known, none=none, not_stated=total - known - none)
        )
    return tuple(facets)


def values_beginning(
    connection: Database, field: str, start: str, *, most: int = 20
) -> list[tuple[str, int]]:
    """The values of a field that begin so, the commonest first, each with how many documents have it."""
    rows = connection.execute(
        """SELECT value.value, count(*) FROM value JOIN facet ON facet.value = value.id
           WHERE field = ? AND upper(value.value) LIKE ? ESCAPE '\\'
           GROUP BY value.id ORDER BY 2 DESC, 1 LIMIT ?""",
        (field, escaped(start.upper()) + "%", most),
    )
    return [(str(value), int(count)) for value, count in rows]
