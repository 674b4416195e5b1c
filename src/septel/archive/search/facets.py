"""The values of fields by document: what `post:`, `class:` and their kin ask for, and how hits are spread."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence

from septel.archive.search.results import Facet, FacetValue
from septel.archive.store import Database, escaped

HEADING, RECORD = 1, 2
"""What of a document was read: its heading; its record of statements."""
ON_RECORD = frozenset({"side", "issue"})
"""Fields that come from the record."""
FACETS = ("year", "post", "to", "class", "caption", "tags", "kind", "person", "side", "issue", "tag")
"""The fields whose spread a result tells."""
_MOST = 12
_SHARED = frozenset({"year", "post", "from", "to", "class", "caption", "tags", "kind", "has", "tag"})
"""Fields whose values many documents share."""
_SINGLE = frozenset({"year", "post", "class", "kind"})
"""Fields of which a document has one value at most (see `keys_of`)."""


def put_facets(
    connection: Database,
    n: int,
    facets: Mapping[str, Sequence[str]],
    known: MutableMapping[tuple[str, str], int] | None = None,
) -> None:
    """Note the values of a document's fields; `known` are the numbers of values, as far as they are known."""
    pairs = [(field, value) for field, values in facets.items() for value in dict.fromkeys(values) if value]
    if known is not None:
        numbers = [known[pair] for pair in pairs if pair in known]
        pairs = [pair for pair in pairs if pair not in known]
    connection.executemany(
        "INSERT INTO value (field, value) VALUES (?, ?) ON CONFLICT (field, value) DO NOTHING", pairs
    )
    connection.executemany(
        """INSERT INTO facet (value, n) SELECT id, ? FROM value WHERE field = ? AND value = ?
           ON CONFLICT (value, n) DO NOTHING""",
        [(n, field, value) for field, value in pairs],
    )
    if known is None:
        return
    connection.waiting.put(
        "INSERT INTO facet (value, n) VALUES (?, ?) ON CONFLICT (value, n) DO NOTHING",
        [(number, n) for number in numbers],
    )
    for field, value in pairs:
        if field in _SHARED:
            query = "SELECT id FROM value WHERE field = ? AND value = ?"
            known[field, value] = connection.execute(query, (field, value)).fetchone()[0]


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
    connection: Database, documents: Collection[int], known_read: Sequence[int] | None = None
) -> tuple[Facet, ...]:
    """How documents, given by their numbers in the index, are spread over fields.

    `known_read` says what of each was read, where that is known already.
    """
    fields = FACETS
    with connection.selection(documents) as (found, chosen):
        if known_read is not None:
            total, read, recorded = (
                len(known_read),
                sum(one & HEADING for one in known_read),
                sum((one & RECORD) // RECORD for one in known_read),
            )
        else:
            total, read, recorded = connection.execute(
                f"""SELECT count(*), coalesce(sum(read & 1), 0), coalesce(sum((read & 2) / 2), 0)
                   FROM indexed WHERE n IN ({found})""",
                chosen,
            ).fetchone()
        counts = _counts(connection, found, chosen, fields)
        known = _known(connection, found, chosen, counts, total)
    facets = []
    for field in fields:
        stated = recorded if field in ON_RECORD else total if field in {"tag", "kind"} else read
        none = max(0, stated - known[field])
        values = tuple(FacetValue(value=value, count=count) for value, count in counts[field][:_MOST])
        facets.append(
            Facet(
                field=field,
                values=values,
                known=known[field],
                none=none,
                not_stated=total - known[field] - none,
            )
        )
    return tuple(facets)


def _counts(
    connection: Database, found: str, chosen: Sequence[object], fields: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    """How many of some documents have each value of each field, the commonest first."""
    rows = connection.execute(
        f"""SELECT value.field, value.value, counted.many FROM
               (SELECT value AS id, count(*) AS many FROM facet WHERE n IN ({found}) GROUP BY value)
               AS counted JOIN value ON value.id = counted.id
           WHERE value.field IN ({", ".join("?" * len(fields))}) ORDER BY 3 DESC, 2""",
        [*chosen, *fields],
    )
    counts: dict[str, list[tuple[str, int]]] = {field: [] for field in fields}
    for field, value, many in rows:
        counts[str(field)].append((str(value), int(many)))
    return counts


def _known(
    connection: Database,
    found: str,
    chosen: Sequence[object],
    counts: Mapping[str, Sequence[tuple[str, int]]],
    total: int,
) -> dict[str, int]:
    """How many of some documents have any value of each field; counted only where the values don't tell."""
    known = {field: sum(many for _, many in values) for field, values in counts.items()}
    open_ = [field for field, values in counts.items() if len(values) > 1 and field not in _SINGLE]
    for field in [one for one in open_ if counts[one][0][1] == total]:
        known[field] = total
        open_.remove(field)
    if open_:
        rows = connection.execute(
            f"""SELECT value.field, count(DISTINCT facet.n) FROM facet CROSS JOIN value
               WHERE value.id = facet.value AND facet.n IN ({found})
                 AND value.field IN ({", ".join("?" * len(open_))}) GROUP BY value.field""",
            [*chosen, *open_],
        )
        known |= {str(field): int(many) for field, many in rows}
    return known


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
