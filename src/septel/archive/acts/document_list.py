"""Lists of documents, with their headings as they stand after persons' corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from septel.archive.acts.log import CurationState, state, states_of
from septel.archive.model import HeadingCorrection
from septel.archive.store import Database

_COLUMNS = ("id", "title", "identifier", "post", "dtg", "subject", "classification", "name", "added")
_LIST = f"""SELECT holding.id, {", ".join(_COLUMNS[1:7])}, source.name, added
    FROM holding JOIN source USING (id)"""
_SHOWN = """holding.id NOT IN (SELECT older FROM succession)
    AND holding.id NOT IN (SELECT holding FROM absent)"""
_FIRST, _LOT = 50, 500
"""So many are read at a time: few at first, so that they are shown soon."""
_HEADING = frozenset(_COLUMNS[1:7])


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document in a list.

    Attributes:
        fields: id, title, identifier, post, dtg, subject, classification, name, added.
        shelf: collection, box, folder, call, repository, as far as a person gave them.
        tags: what persons tagged it.
        notes: how many notes it has.
        corrected: the names of the fields that a person corrected.
        absent: `hidden` or `deleted`, or None.
    """

    fields: Mapping[str, str | None]
    shelf: Mapping[str, str]
    tags: tuple[str, ...] = ()
    notes: int = 0
    corrected: tuple[str, ...] = ()
    absent: str | None = None

    @property
    def id(self) -> str:
        """The document's id."""
        return str(self.fields["id"])

    def to_json(self) -> dict[str, str | None]:
        """The fields of the heading, as lists always had them."""
        return dict(self.fields)


def corrections_of(found: CurationState, machine: Mapping[str, str | None]) -> tuple[HeadingCorrection, ...]:
    """What persons corrected, beside what the machine found."""
    return tuple(
        HeadingCorrection(
            field=field,
            value=act.data["value"],
            machine=machine.get(field),
            by=act.by,
            at=act.at,
            why=str(act.data.get("why", "")),
            act=act.number,
        )
        for field, act in found.corrections.items()
    )


def heading_corrected(
    machine: Mapping[str, str | None], corrected: Mapping[str, str | None]
) -> dict[str, str | None]:
    """The fields of a heading as they stand: the machine's, over them a person's.

    A title is made of the others, and follows them, unless a person gave the paper one of its own.
    """
    stands = dict(machine) | {name: value for name, value in corrected.items() if name in machine}
    stands["title"] = corrected.get("title") or _retitled(machine, corrected)
    return stands


def _retitled(machine: Mapping[str, str | None], corrected: Mapping[str, str | None]) -> str | None:
    title = machine.get("title") or ""
    for name in ("identifier", "subject"):
        was, now = machine.get(name), corrected.get(name)
        if now and was and was in title:
            title = title.replace(was, now, 1)
        elif now and not was and title and title == machine.get("identifier"):
            title = f"{title}: {now}"
    was, now = (machine.get("dtg") or "")[:10], (corrected.get("dtg") or "")[:10]
    return (title.replace(f", {was} (", f", {now} (", 1) if was and now else title) or None


def listed(
    connection: Database, ids: Sequence[str] | None = None, *, most: int | None = None
) -> list[Listed]:
    """The documents of these ids in their order, or all that are shown, oldest telegram first.

    With `most`, only so many of all, and no more rows are looked at than that takes.
    """
    return list(each_listed(connection, ids, most=most))


def each_listed(
    connection: Database, ids: Iterable[str] | None = None, *, most: int | None = None
) -> Iterator[Listed]:
    """The same one by one; some are read at a time."""
    wanted = iter(shown_ids(connection, most=most) if ids is None else ids)
    size = _FIRST
    while lot := list(islice(wanted, size)):
        marks = ", ".join("?" * len(lot))
        states = states_of(connection, lot)
        found: dict[str, Listed] = {}
        for row in connection.execute(f"{_LIST} WHERE holding.id IN ({marks})", lot):
            found[row[0]] = _listed(dict(zip(_COLUMNS, row, strict=True)), states.get(row[0]) or state(()))
        yield from (found[one] for one in lot if one in found)
        size = _LOT


def shown_ids(connection: Database, *, most: int | None = None) -> Iterator[str]:
    """The ids of all documents that are shown, or the first of them, oldest telegram first.

    As the catalogue sorts them, but for those whose heading a person corrected.
    """
    ids = connection.execute(
        f"""SELECT holding.id FROM holding WHERE {_SHOWN}
            AND holding.id IN (SELECT DISTINCT holding FROM act WHERE what = 'correct')"""
    )
    corrected = [str(one) for (one,) in ids.fetchall()]
    moved = {one.id: _oldest_first(one) for one in each_listed(connection, corrected)}
    limit = "" if most is None else f"LIMIT {int(most) + len(moved)}"
    rows = connection.execute(
        f"""SELECT holding.id, dtg, coalesce(title, '') FROM holding WHERE {_SHOWN}
            ORDER BY dtg IS NULL, dtg, coalesce(title, ''), holding.id {limit}"""
    )
    others = ((dtg is None, dtg or "", title, one) for one, dtg, title in rows if one not in moved)
    for key in islice(merge(others, sorted(moved.values())), most):
        yield key[3]


def absent(connection: Database) -> list[Listed]:
    """What was hidden or deleted and not yet purged."""
    ids = [row[0] for row in connection.execute("SELECT holding FROM absent ORDER BY holding")]
    return listed(connection, ids)


def _listed(row: dict[str, str | None], found: CurationState) -> Listed:
    values = {name: act.data["value"] for name, act in found.corrections.items()}
    fields = heading_corrected(row, {name: value for name, value in values.items() if name in _HEADING})
    return Listed(
        fields=fields,
        shelf={name: str(value) for name, value in values.items() if name not in _HEADING and value},
        tags=found.tags,
        notes=len(found.notes),
        corrected=tuple(sorted(found.corrections)),
        absent="deleted" if found.deleted else "hidden" if found.hidden else None,
    )


def oldest_first(found: Iterable[Listed]) -> list[Listed]:
    """Documents as lists sort them."""
    return sorted(found, key=_oldest_first)


def _oldest_first(one: Listed) -> tuple[bool, str, str, str]:
    dtg = one.fields["dtg"]
    return dtg is None, dtg or "", one.fields["title"] or "", one.id
