"""The fields of a query as SQL conditions on documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from septel.archive.search.query_language import (
    KINDS,
    All,
    AnyOf,
    FieldQuery,
    Node,
    QueryError,
    number_of,
    post_name,
    range_of,
)
from septel.archive.search.words import words_of
from septel.archive.store import Database, containing, escaped, like_pattern


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition on documents, in SQL on `indexed`, with its values.

    Attributes:
        sql: the condition, by which documents may be found.
        values: its values.
        exact: whether it asks for one post, which `values` gives after its field (see `_NAMED`).
        days: the first and the last day, where it asks when a document was sent.
    """

    sql: str
    values: tuple[object, ...] = ()
    exact: bool = False
    days: tuple[str, str] | None = None


def conditions(node: Node) -> list[Condition]:
    """What the fields of a query ask of documents, where all of it must hold."""
    if isinstance(node, FieldQuery):
        return [condition(node)]
    if isinstance(node, All):
        found = [one for part in node.parts for one in conditions(part)]
        for part in node.without:
            for one in conditions(part) if isinstance(part, FieldQuery) else ():
                found.append(Condition(sql=f"NOT ({one.sql})", values=one.values))
        return found
    if isinstance(node, AnyOf) and all(isinstance(part, FieldQuery) for part in node.parts):
        each = [condition(part) for part in node.parts if isinstance(part, FieldQuery)]
        return [
            Condition(
                sql="(" + " OR ".join(one.sql for one in each) + ")",
                values=tuple(value for one in each for value in one.values),
            )
        ]
    return []


_FEW = 20_000
"""So many documents of some days are looked at one by one for what else is asked of them."""
_ON_DAYS = """SELECT n FROM indexed WHERE first BETWEEN ? AND ?
    UNION ALL SELECT n FROM indexed
        WHERE last <> first AND last >= ? AND first || '' < ? AND first || '' <> ''"""
"""Those of more days than one are few and have an index; by their first day, all before would be read."""


def where_of(conditions: Sequence[Condition], connection: Database) -> tuple[str, list[object]]:
    """The WHERE of a statement on `indexed` that lists the documents which fit all of some conditions.

    Of few days, those that have a value are found by both: each by itself may have very many.
    """
    dated = next((one for one in conditions if one.days), None)
    exact = next((one for one in conditions if one.exact), None)
    if dated is not None and exact is not None and dated.days:
        first, last = dated.days
        days = [first, last, first, first]
        if _within_a_month(first, last) or _are_few(days, connection):
            others = [one for one in conditions if one is not dated and one is not exact]
            ids = [int(row[0]) for row in connection.execute(_VALUE_IDS, exact.values)]
            found = _ON_DAYS_OF_VALUE.format(ids=", ".join(map(str, ids)) or "NULL")
            tests = [f"indexed.n IN ({found})", *(f"({one.sql})" for one in others)]
            values = [*days, *(value for one in others for value in one.values)]
            return f"WHERE {' AND '.join(tests)}", values
    if not conditions:
        return "", []
    tests = [one.sql for one in conditions]
    return f"WHERE {' AND '.join(tests)}", [value for one in conditions for value in one.values]


def _within_a_month(first: str, last: str) -> bool:
    """Whether the days are so few that their documents need not be counted."""
    return first[:7] == last[:7]


def _are_few(days: Sequence[str], connection: Database) -> bool:
    """Whether few documents are of some days."""
    found = connection.execute(f"SELECT count(*) FROM ({_ON_DAYS} LIMIT {_FEW + 1}) AS found", days)
    return int(found.fetchone()[0]) <= _FEW


_VALUE = """indexed.n IN (SELECT facet.n FROM facet JOIN value ON value.id = facet.value
    WHERE value.field = ? AND {test})"""


_NAMED = "(value.value = ? OR (value.value > ? AND value.value < ?))"
"""A post's name, or the name before a colon: WASHINGTON: BRAZILIAN EMBASSY."""
_VALUE_IDS = f"SELECT id FROM value WHERE field = ? AND {_NAMED}"
_ON_DAYS_OF_VALUE = f"""SELECT days.n FROM ({_ON_DAYS}) AS days
    WHERE EXISTS (SELECT 1 FROM facet WHERE facet.value IN ({{ids}}) AND facet.n = days.n)"""
"""The values are looked up for each document of the days: a list of these costs more, and so does asking in
the same breath which values they are (half as much again at a million)."""
_LIKE = _VALUE.format(test="upper(value.value) LIKE ? ESCAPE '\\'")


def condition(asked: FieldQuery) -> Condition:
    """A field's condition."""
    make = _CONDITIONS.get(asked.name)
    if make is not None:
        return make(asked.value)
    pattern = asked.value.upper()
    if "*" in pattern:
        return Condition(sql=_LIKE, values=(asked.name, like_pattern(pattern)))
    return Condition(sql=_VALUE.format(test="upper(value.value) = ?"), values=(asked.name, pattern))


def _post(name: str) -> Callable[[str], Condition]:
    def made(value: str) -> Condition:
        if "*" in value:
            return Condition(sql=_LIKE, values=(name, like_pattern(value.upper())))
        test = _VALUE.format(test=_NAMED)
        post = post_name(value)
        # What follows a colon in the order of characters is a semicolon.
        return Condition(sql=test, values=(name, post, f"{post}:", f"{post};"), exact=True)

    return made


def _number(value: str) -> Condition:
    named = number_of(value)
    if named is None:
        serial = value.strip().lstrip("#")
        if serial.isdigit():
            return Condition(sql="indexed.serial = ?", values=(int(serial),))
        raise QueryError(f"{value!r} is no telegram's number", remedy='Write it as number:"la paz 158".')
    test = Condition(sql=_VALUE.format(test="value.value = ?"), values=("number", named.value))
    if named.year is None:
        return test
    return Condition(
        sql=f"({test.sql} AND (indexed.first = '' OR substr(indexed.first, 1, 4) = ?))",
        values=(*test.values, str(named.year)),
    )


def _date(value: str) -> Condition:
    days = range_of(value)
    assert days is not None  # the parser has looked
    return Condition(
        sql="(indexed.first <> '' AND indexed.first <= ? AND indexed.last >= ?)",
        values=(days[1], days[0]),
        days=days,
    )


def _year(value: str) -> Condition:
    if "*" in value:
        return Condition(sql=_LIKE, values=("year", like_pattern(value)))
    if value.isdigit():
        return Condition(sql=_VALUE.format(test="value.value = ?"), values=("year", value))
    return _date(value)


def _cites(value: str) -> Condition:
    if value.isdigit():  # of any post
        return Condition(sql=_LIKE, values=("cites", f"% {int(value)}"))
    named = number_of(value)
    names = (value.upper(), named.value) if named else (value.upper(), value.upper())
    return Condition(
        sql=_VALUE.format(test="(upper(value.value) = ? OR upper(value.value) = ?)"), values=("cites", *names)
    )


def _person(value: str) -> Condition:
    return Condition(
        sql=_VALUE.format(test="' ' || upper(value.value) LIKE ? ESCAPE '\\'"),
        values=("person", containing(f" {value.upper()}")),
    )


def _worded(column: str) -> Callable[[str], Condition]:
    def made(value: str) -> Condition:
        words = words_of(value)
        if '"' in value or not words:
            words = words or [value.lower()]
        return Condition(sql=f"{column} LIKE ? ESCAPE '\\'", values=(containing(f" {' '.join(words)} "),))

    return made


def _note(value: str) -> Condition:
    words = words_of(value)
    sql = "indexed.holding IN (SELECT holding FROM standing_note WHERE folded LIKE ? ESCAPE '\\')"
    return Condition(sql=sql, values=(containing(" ".join(words) or value.lower()),))


def _file(value: str) -> Condition:
    sql = """indexed.holding IN (SELECT id FROM source WHERE upper(name) LIKE ? ESCAPE '\\'
        UNION SELECT holding FROM original WHERE upper(name) LIKE ? ESCAPE '\\')"""
    pattern = like_pattern(value.upper())
    return Condition(sql=sql, values=(pattern, pattern))


def _kind(value: str) -> Condition:
    """A kind as it is kept, or any of those that a word of people's covers."""
    pattern = value.upper()
    if "*" in pattern:
        return Condition(sql=_LIKE, values=("kind", like_pattern(pattern)))
    covered = KINDS.get(" ".join(value.lower().split()), (value.lower(),))
    marks = ", ".join("?" * len(covered))
    return Condition(sql=_VALUE.format(test=f"value.value IN ({marks})"), values=("kind", *covered))


_CONDITIONS: Mapping[str, Callable[[str], Condition]] = {
    "post": _post("post"),
    "from": _post("from"),
    "to": _post("to"),
    "number": _number,
    "date": _date,
    "year": _year,
    "cites": _cites,
    "kind": _kind,
    "person": _person,
    "subject": _worded("indexed.subject"),
    "title": _worded("indexed.title"),
    "note": _note,
    "file": _file,
    "id": lambda value: Condition(
        sql="indexed.holding LIKE ? ESCAPE '\\'", values=(f"{escaped(value.lower())}%",)
    ),
}
