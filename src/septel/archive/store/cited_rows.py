"""What of each document matters for being cited, and what it cites, as rows that an index finds.

They follow from the heading and the references that `content` has, and are made again from there:

- `telegram`: post, number, year, time of sending and sender of each document, as the machine found them.
- `series_number`: its numbers in delegations' runs.
- `cited`: each mention of a message that can be told, by the run and the number of what is cited: of a
  telegram its post; of a number in a delegation's run the series; of a message cited by its date-time group
  nothing, and day, hour and minute as the number; of others their name, and nought.

A mention has what else is told of it in `told` (JSON), where there is any. One that stands for an item of the
reference line (REFTEL) has the `place` of that item as `through`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from septel.archive.store.database import Database

if TYPE_CHECKING:
    from septel.citations import HeldTelegram, Reference

CITED_VERSION = 1
"""Of the rules of this module and of what it calls; rows that an older one made are made anew."""
LARGEST = 2**53
"""A number above it is none: figures that ran together."""
_ALONE = ("post", "number", "series", "sender", "time")


class CitedRows(NamedTuple):
    """The rows of one document."""

    telegram: tuple[Any, ...]
    series: Sequence[tuple[Any, ...]]
    cited: Sequence[tuple[Any, ...]]


def put_cited(
    connection: Database,
    holding: str,
    heading: object,
    refs: Sequence[Mapping[str, Any]],
    *,
    first: bool = False,
) -> None:
    """Write the rows of a document, in place of those that were there; `first` where there are none."""
    if not first and connection.execute("SELECT 1 FROM telegram WHERE holding = ?", [holding]).fetchone():
        forget_cited(connection, holding)
    put_cited_rows(connection, [rows_of(holding, heading, refs)])


def put_cited_rows(connection: Database, rows: Iterable[CitedRows]) -> None:
    """Write the rows of documents that have none."""
    kept = list(rows)
    connection.waiting.put(
        """INSERT INTO telegram (holding, post, serial, year, sent, sender, citations, unclear)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [one.telegram for one in kept],
    )
    series = [row for one in kept for row in one.series]
    if series:
        connection.waiting.put("INSERT INTO series_number (series, number, holding) VALUES (?, ?, ?)", series)
    cited = [row for one in kept for row in one.cited]
    if cited:
        connection.waiting.put(
            "INSERT INTO cited (run, number, holding, place, told) VALUES (?, ?, ?, ?, ?)", cited
        )


def forget_cited(connection: Database, holding: str) -> None:
    """Take the rows of a document out."""
    for table in ("telegram", "series_number", "cited"):
        connection.execute(f"DELETE FROM {table} WHERE holding = ?", [holding])


def cited_rows_of(connection: Database, holding: str) -> CitedRows | None:
    """The rows of a document as they stand; None where it has none."""
    row = connection.execute(
        """SELECT holding, post, serial, year, sent, sender, citations, unclear FROM telegram
           WHERE holding = ?""",
        [holding],
    ).fetchone()
    series = connection.execute(
        "SELECT series, number, holding FROM series_number WHERE holding = ? ORDER BY series, number",
        [holding],
    ).fetchall()
    cited = connection.execute(
        "SELECT run, number, holding, place, told FROM cited WHERE holding = ? ORDER BY place", [holding]
    ).fetchall()
    return (
        CitedRows(tuple(row), [tuple(one) for one in series], [tuple(one) for one in cited]) if row else None
    )


def rows_of(holding: str, heading: object, refs: Sequence[Mapping[str, Any]]) -> CitedRows:
    """The rows of a document; of one whose heading or references can't be understood, a bare one."""
    from septel.citations import HeldTelegram, HeldTelegrams, Resolver, citations_of, reference_from_json

    bare = CitedRows((holding, None, None, None, None, None, 0, 0), [], [])
    try:
        held = HeldTelegram.from_json(holding, heading if isinstance(heading, Mapping) else {})
        found = [reference_from_json(one) for one in refs]
        citations = citations_of(held, found, Resolver(HeldTelegrams(())))
    except (AttributeError, KeyError, TypeError, ValueError):
        return bare
    places = {
        one.ordinal: place for place, one in reversed(list(enumerate(citations))) if one.through is None
    }
    cited = []
    unclear = 0
    for place, one in enumerate(citations):
        reference = found[one.ordinal if one.through is None else one.through]
        run = run_cited(reference, held)
        if run is None:
            unclear += one.meaning.standing.value == "ambiguous"
            continue
        through = None if one.through is None else places[one.through]
        cited.append((*run, holding, place, _told(one.reference, through)))
    telegram = (
        *(holding, held.post, _bounded(held.serial), _bounded(held.year)),
        *(held.sent.isoformat(timespec="minutes") if held.sent else None, held.sender),
        *(len(citations), unclear),
    )
    series = [(name, number, holding) for name, number in sorted(set(held.series)) if number <= LARGEST]
    return CitedRows(telegram, series, cited)


def run_cited(reference: Reference, citing: HeldTelegram) -> tuple[str, int] | None:
    """The run and the number under which a mention is kept; None where it names no message.

    Mentions of one message that is not held have the same.
    """
    from septel.citations import ReferenceKind, minute_cited, name_cited

    kind, number = reference.kind, reference.number
    if kind in (ReferenceKind.AIRGRAM, ReferenceKind.DESPATCH):
        return name_cited(reference, citing), 0
    if kind is ReferenceKind.BY_TIME:
        minute = minute_cited(reference)
        return ("", minute[0] * 10_000 + minute[1] * 100 + minute[2]) if minute else None
    by_series = kind is ReferenceKind.SERIES
    run = reference.series if by_series else reference.post
    if kind not in (ReferenceKind.SERIES, ReferenceKind.TELEGRAM, ReferenceKind.BY_PARTY):
        return None
    if not run or not number or not number.isdecimal():
        return None
    return (run, int(number)) if int(number) <= LARGEST else (name_cited(reference, citing), 0)


def _told(reference: Reference, through: int | None) -> str | None:
    """What a row says of a mention beside its run and number."""
    told: dict[str, object] = {}
    if through is not None:
        told["through"] = through
    elif not _is_plain(reference):
        told |= {"kind": reference.kind.value, "normal": reference.normal}
        told |= {name: getattr(reference, name) for name in _ALONE if getattr(reference, name) is not None}
    if through is None and reference.year is not None:
        told["year"] = reference.year
    if reference.dated:
        told["dated"] = reference.dated
    if reference.parts:
        told["parts"] = reference.parts
    if reference.not_to_all:
        told["not_to_all"] = True
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else None


def _is_plain(reference: Reference) -> bool:
    """Whether run and number say all but what is told of a mention."""
    number = reference.number or ""
    bare = number.isdecimal() and number == str(int(number)) and int(number) <= LARGEST
    alone = (reference.series, reference.sender, reference.time) == (None, None, None)
    return (
        reference.kind.value == "telegram"
        and bare
        and alone
        and reference.normal == f"{reference.post} {number}"
    )


def _bounded(number: int | None) -> int | None:
    return number if number is not None and abs(number) <= LARGEST else None
