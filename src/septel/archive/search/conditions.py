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
from septel.archive.store import OWN_FIELDS, Database, containing, escaped, like_pattern


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition on documents, in SQL on `indexed`, with its values.

    Attributes:
        sql: the condition, by which documents may be found.
        values: its values.
        ids: what gives the numbers of the values of which a document must have one, by the same values; empty
            where it asks otherwise, or for values that each document has for itself.
        days: the first and the last day, where it asks when a document was sent.
    """

    sql: str
    values: tuple[object, ...] = ()
    ids: str = ""
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
_MOST_VALUES = 8
"""Of more values than these that a field may have, documents are found by the values."""
_LISTED = "n, holding, first, serial, read, facets"


def documents_with(conditions: Sequence[Condition], connection: Database) -> tuple[str, list[object]]:
    """What stands behind FROM in a statement that lists the documents which fit all of some conditions.

    It has `n`, `holding`, `first`, `serial`, `read` and `facets` of each. The documents of few days are
    looked at one by one in the index of days, which has all of these: of a value alone there may be many.
    """
    of_few_days = _of_few_days(conditions, connection)
    if of_few_days is not None:
        return of_few_days
    tests = [one.sql for one in conditions]
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    return f"indexed{where}", [value for one in conditions for value in one.values]


def few_documents(conditions: Sequence[Condition], connection: Database, *, most: int) -> list[int] | None:
    """The numbers of the documents that fit all of some conditions, where these ask for few days.

    None where they do not, or where more than `most` fit.
    """
    of_few_days = _of_few_days(conditions, connection)
    if of_few_days is None:
        return None
    listed, values = of_few_days
    rows = connection.execute(f"SELECT n FROM {listed} LIMIT ?", [*values, most + 1]).fetchall()
    return [int(n) for (n,) in rows] if len(rows) <= most else None


def _of_few_days(conditions: Sequence[Condition], connection: Database) -> tuple[str, list[object]] | None:
    dated = next((one for one in conditions if one.days), None)
    if dated is None or not dated.days:
        return None
    first, last = dated.days
    if not _within_a_month(first, last) and not _are_few([first, last, first, first], connection):
        return None
    return _on_days(first, last, [one for one in conditions if one is not dated], connection)


def _on_days(
    first: str, last: str, conditions: Sequence[Condition], connection: Database
) -> tuple[str, list[object]]:
    """The same for documents of some days, with all else that is asked."""
    test, given, others = "", list[object](), list[Condition]()
    for one in conditions:
        query = f"{one.ids} LIMIT {_MOST_VALUES + 1}"
        ids = [number for (number,) in connection.execute(query, one.values)] if one.ids else []
        if not one.ids or len(ids) > _MOST_VALUES:
            others.append(one)
            continue
        test += f" AND ({' OR '.join(['facets LIKE ?'] * len(ids)) or '1 = 0'})"
        given += [f"% {number} %" for number in ids]
    found = f"({_ON_DAYS.format(columns=_LISTED, test=test)})"
    values = [first, last, *given, first, first, *given]
    if not others:
        return f"{found} AS indexed", values
    tests = "".join(f" AND ({one.sql})" for one in others)
    more = [value for one in others for value in one.values]
    return f"indexed WHERE indexed.n IN (SELECT n FROM {found} AS days){tests}", [*values, *more]


_ON_DAYS = """SELECT {columns} FROM indexed WHERE first BETWEEN ? AND ?{test}
    UNION ALL SELECT {columns} FROM indexed
        WHERE last <> first AND last >= ? AND first || '' < ? AND first || '' <> ''{test}"""
"""Those of more days than one are few and have an index; by their first day, all before would be read."""


def _within_a_month(first: str, last: str) -> bool:
    """Whether the days are so few that their documents need not be counted."""
    return first[:7] == last[:7]


def _are_few(days: Sequence[str], connection: Database) -> bool:
    """Whether few documents are of some days."""
    each = _ON_DAYS.format(columns="n", test="")
    found = connection.execute(f"SELECT count(*) FROM ({each} LIMIT {_FEW + 1}) AS found", days)
    return int(found.fetchone()[0]) <= _FEW


_VALUE = """indexed.n IN (SELECT facet.n FROM facet JOIN value ON value.id = facet.value
    WHERE value.field = ? AND {test})"""
_VALUE_IDS = "SELECT id FROM value WHERE value.field = ? AND {test}"
_NAMED = "(value.value = ? OR (value.value > ? AND value.value < ?))"
"""A post's name, or the name before a colon: WASHINGTON: BRAZILIAN EMBASSY."""
_LIKE = "upper(value.value) LIKE ? ESCAPE '\\'"


def _having(field: str, test: str, *values: object) -> Condition:
    """The condition that a document has a value of a field that passes a test."""
    ids = "" if field in OWN_FIELDS else _VALUE_IDS.format(test=test)
    return Condition(sql=_VALUE.format(test=test), values=(field, *values), ids=ids)


def condition(asked: FieldQuery) -> Condition:
    """A field's condition."""
    make = _CONDITIONS.get(asked.name)
    if make is not None:
        return make(asked.value)
    pattern = asked.value.upper()
    if "*" in pattern:
        return _having(asked.name, _LIKE, like_pattern(pattern))
    return _having(asked.name, "upper(value.value) = ?", pattern)


def _post(name: str) -> Callable[[str], Condition]:
    def made(value: str) -> Condition:
        if "*" in value:
            return _having(name, _LIKE, like_pattern(value.upper()))
        post = post_name(value)
        # What follows a colon in the order of characters is a semicolon.
        return _having(name, _NAMED, post, f"{post}:", f"{post};")

    return made


def _number(value: str) -> Condition:
    named = number_of(value)
    if named is None:
        serial = value.strip().lstrip("#")
        if serial.isdigit():
            return Condition(sql="indexed.serial = ?", values=(int(serial),))
        raise QueryError(f"{value!r} is no telegram's number", remedy='Write it as number:"la paz 158".')
    test = _having("number", "value.value = ?", named.value)
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
        return _having("year", _LIKE, like_pattern(value))
    if value.isdigit():
        return _having("year", "value.value = ?", value)
    return _date(value)


def _cites(value: str) -> Condition:
    if value.isdigit():  # of any post
        return _having("cites", _LIKE, f"% {int(value)}")
    named = number_of(value)
    names = (value.upper(), named.value) if named else (value.upper(), value.upper())
    return _having("cites", "(upper(value.value) = ? OR upper(value.value) = ?)", *names)


def _person(value: str) -> Condition:
    test = "' ' || upper(value.value) LIKE ? ESCAPE '\\'"
    return _having("person", test, containing(f" {value.upper()}"))


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
        return _having("kind", _LIKE, like_pattern(pattern))
    covered = KINDS.get(" ".join(value.lower().split()), (value.lower(),))
    marks = ", ".join("?" * len(covered))
    return _having("kind", f"value.value IN ({marks})", *covered)


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
