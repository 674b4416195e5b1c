"""Lists of documents, with their headings as they stand after persons' corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from septel.archive.acts.log import CurationAct, CurationState, acts_of, standing, state
from septel.archive.model import HeadingCorrection
from septel.archive.store import Database

_COLUMNS = ("id", "title", "identifier", "post", "dtg", "subject", "classification", "name", "added")
_LIST = f"""SELECT holding.id, {", ".join(_COLUMNS[1:7])}, source.name, added
    FROM holding JOIN source USING (id)"""
_SHOWN = """holding.id NOT IN (SELECT older FROM succession)
    AND holding.id NOT IN (SELECT holding FROM absent)"""
_FEW = 200
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


def listed(
    connection: Database, ids: Sequence[str] | None = None, *, most: int | None = None
) -> list[Listed]:
    """The documents of these ids in their order, or all that are shown, oldest telegram first.

    With `most`, only so many of all, and no more rows are looked at than that takes.
    """
    if ids is None and most is not None:
        return _first(connection, most)
    if ids is None:
        rows = connection.execute(f"{_LIST} WHERE {_SHOWN}").fetchall()
    else:
        rows = []
        for at in range(0, len(ids), 500):
            lot = ids[at : at + 500]
            marks = ", ".join("?" * len(lot))
            rows += connection.execute(f"{_LIST} WHERE holding.id IN ({marks})", list(lot)).fetchall()
    acts = _acts(connection, ids)
    found = [_listed(dict(zip(_COLUMNS, row, strict=True)), state(acts.get(row[0], ()))) for row in rows]
    if ids is not None:
        place = {one: n for n, one in enumerate(ids)}
        return sorted(found, key=lambda one: place[one.id])
    return sorted(found, key=_oldest_first)


def _first(connection: Database, most: int) -> list[Listed]:
    """The first of all: of what persons did nothing to as the catalogue sorts it, and of all else."""
    touched = _acts(connection, None)
    sql = f"""SELECT holding.id FROM holding WHERE {_SHOWN}
        ORDER BY dtg IS NULL, dtg, coalesce(title, ''), holding.id LIMIT ?"""
    ids = [str(one) for (one,) in connection.execute(sql, [most + len(touched)])]
    gone = {str(one) for (one,) in connection.execute("SELECT holding FROM absent")}
    old = {str(one) for (one,) in connection.execute("SELECT older FROM succession")}
    found = listed(connection, list(dict.fromkeys([*ids, *(touched.keys() - gone - old)])))
    return sorted(found, key=_oldest_first)[:most]


def _acts(connection: Database, ids: Sequence[str] | None) -> Mapping[str, Sequence[CurationAct]]:
    """The standing acts by document; of a few documents only theirs are read."""
    if ids is not None and len(ids) <= _FEW:
        return {one: standing(acts_of(connection, one)) for one in ids}
    found: dict[str, list[CurationAct]] = defaultdict(list)
    for act in standing(acts_of(connection)):
        if act.holding:
            found[act.holding].append(act)
    return found


def absent(connection: Database) -> list[Listed]:
    """What was hidden or deleted and not yet purged."""
    ids = [row[0] for row in connection.execute("SELECT holding FROM absent ORDER BY holding")]
    return listed(connection, ids)


def _listed(row: dict[str, str | None], found: CurationState) -> Listed:
    values = {name: act.data["value"] for name, act in found.corrections.items()}
    title = row["title"]
    fields = row | {name: value for name, value in values.items() if name in _HEADING}
    fields["title"] = fields["title"] or title
    return Listed(
        fields=fields,
        shelf={name: str(value) for name, value in values.items() if name not in _HEADING and value},
        tags=found.tags,
        notes=len(found.notes),
        corrected=tuple(sorted(found.corrections)),
        absent="deleted" if found.deleted else "hidden" if found.hidden else None,
    )


def _oldest_first(one: Listed) -> tuple[bool, str, str, str]:
    dtg = one.fields["dtg"]
    return dtg is None, dtg or "", one.fields["title"] or "", one.id
