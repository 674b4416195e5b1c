"""The values of fields by document: what `post:`, `class:` and their kin ask for, and how hits are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence

from septel.archive.search.results import Facet, FacetValue
from septel.archive.store import OWN_FIELDS, Database, escaped, facets_noted, facets_of

HEADING, RECORD = 1, 2
"""What of a document was read: its heading; its record of statements."""
ON_RECORD = frozenset({"side", "issue"})
"""Fields that come from the record."""
FACETS = ("year", "post", "to", "class", "caption", "tags", "kind", "person", "side", "issue", "tag")
"""The fields whose spread a result tells."""
_MOST = 12
_SHARED = frozenset({"year", "post", "from", "to", "class", "caption", "tags", "kind", "has", "tag"})
"""Fields whose values many documents share."""
_MOST_ROWS = 20_000
"""The values of so many documents are counted together."""
_LOT = 500

Noted = tuple[int, str]
"""What was read of a document, and the numbers of its values, as `indexed` has them."""


def put_facets(
    connection: Database,
    n: int,
    facets: Mapping[str, Sequence[str]],
    known: MutableMapping[tuple[str, str], int] | None = None,
) -> str:
    """Note the values of a document's fields; `known` are the numbers of values, as far as they are known.

    Returns:
        The numbers of its values as they stand in its row of `indexed`.
    """
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
        return facets_of(connection, n, n).get(n, "")
    connection.waiting.put(
        "INSERT INTO facet (value, n) VALUES (?, ?) ON CONFLICT (value, n) DO NOTHING",
        [(number, n) for number in numbers],
    )
    for field, value in pairs:
        if field not in OWN_FIELDS:
            query = "SELECT id FROM value WHERE field = ? AND value = ?"
            number = int(connection.execute(query, (field, value)).fetchone()[0])
            numbers.append(number)
            if field in _SHARED:
                known[field, value] = number
    return facets_noted(numbers)


def forget_facets(connection: Database, n: int) -> None:
    """Take a document's values back."""
    connection.execute("DELETE FROM facet WHERE n = ?", [n])


def replace_facets(connection: Database, n: int, facets: Mapping[str, Iterable[str]]) -> None:
    """Give a document other values of some fields."""
    for field in facets:
        connection.execute(
            "DELETE FROM facet WHERE n = ? AND value IN (SELECT id FROM value WHERE field = ?)", (n, field)
        )
    noted = put_facets(connection, n, {field: tuple(values) for field, values in facets.items()})
    connection.execute("UPDATE indexed SET facets = ? WHERE n = ?", (noted, n))


def noted(connection: Database, documents: Collection[int] | None) -> Iterator[Sequence[Noted]]:
    """What is noted of documents, given by their numbers in the index, or of all, some at a time."""
    if documents is None:
        at = 0
        query = "SELECT n, read, facets FROM indexed WHERE n > ? ORDER BY n LIMIT ?"
        while rows := connection.execute(query, [at, _MOST_ROWS]).fetchall():
            at = rows[-1][0]
            yield [(read, facets) for _, read, facets in rows]
        return
    ordered = sorted(documents)
    for first in range(0, len(ordered), _MOST_ROWS):
        with connection.selection(ordered[first : first + _MOST_ROWS]) as (found, chosen):
            query = f"SELECT read, facets FROM indexed WHERE n IN ({found})"
            rows = connection.execute(query, chosen).fetchall()
        yield rows


def spread(connection: Database, lots: Iterable[Sequence[Noted]]) -> tuple[Facet, ...]:
    """How documents are spread over fields, by what is noted of each."""
    total = read = recorded = 0
    counts: Counter[str] = Counter()
    having: Counter[str] = Counter()
    values: dict[str, tuple[str, str]] = {}
    fields: dict[str, str] = {}
    for rows in lots:
        total += len(rows)
        for what, many in Counter([what for what, _ in rows]).items():
            read += many * (what & HEADING)
            recorded += many * ((what & RECORD) // RECORD)
        each = [(numbers.split(), many) for numbers, many in Counter([one for _, one in rows]).items()]
        lot = Counter([number for numbers, many in each if many == 1 for number in numbers])
        for numbers, many in each:
            for number in numbers if many > 1 else ():
                lot[number] += many
        counts.update(lot)
        fresh = _values(connection, lot.keys() - values.keys())
        values |= fresh
        fields |= {number: field for number, (field, _) in fresh.items()}
        for numbers, many in each:
            for field in set(map(fields.__getitem__, numbers)):
                having[field] += many
    found: dict[str, list[tuple[str, int]]] = {field: [] for field in FACETS}
    for number, many in counts.items():
        field, value = values[number]
        if field in found:
            found[field].append((value, many))
    facets = []
    for field in FACETS:
        stated = recorded if field in ON_RECORD else total if field in {"tag", "kind"} else read
        known = having[field]
        none = max(0, stated - known)
        first = sorted(found[field], key=lambda one: (-one[1], one[0]))[:_MOST]
        facets.append(
            Facet(
                field=field,
                values=tuple(FacetValue(value=value, count=count) for value, count in first),
                known=known,
                none=none,
                not_stated=total - known - none,
            )
        )
    return tuple(facets)


def _values(connection: Database, numbers: Collection[str]) -> dict[str, tuple[str, str]]:
    """The field and the value behind each of some numbers."""
    asked = sorted(map(int, numbers))
    found: dict[str, tuple[str, str]] = {}
    for at in range(0, len(asked), _LOT):
        lot = asked[at : at + _LOT]
        rows = connection.execute(
            f"SELECT id, field, value FROM value WHERE id IN ({', '.join('?' * len(lot))})", lot
        )
        found |= {str(number): (str(field), str(value)) for number, field, value in rows}
    return found


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
