"""The log of acts: every correction of a heading, note, tag, hiding and deleting; what stands of them.

An act is never changed and never removed. It is undone by another (`undo`, which names it), and undoing that
one brings it back. What is purged leaves its acts behind: they say what went, when, by whom and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from septel.archive.search import words_of
from septel.archive.store import Database
from septel.errors import EditConflict

CORRECT, NOTE, TAG, UNTAG = "correct", "note", "tag", "untag"
HIDE, SHOW, DELETE, UNDELETE, PURGE, UNDO = "hide", "show", "delete", "undelete", "purge", "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurationAct:
    """What a person did.

    Attributes:
        number: from one, over the whole archive.
        what: the kind, as `correct` or `tag`.
        holding: the document, or None where it concerns none.
        data: the rest, by kind.
    """

    number: int
    at: datetime
    by: str
    what: str
    holding: str | None
    data: Mapping[str, Any]

    def to_json(self) -> dict[str, object]:
        """For other programs."""
        return {
            "act": self.number,
            "at": self.at.isoformat(),
            "by": self.by,
            "what": self.what,
            "holding": self.holding,
            **self.data,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A person's note.

    Attributes:
        act: its number in the log, by which it is undone.
        text: the note.
        start, end: the stretch of the source that it is about; None where it is about the whole document.
    """

    act: int
    by: str
    at: datetime
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurationState:
    """What stands of the acts on one document.

    Attributes:
        corrections: the act that gave each corrected field its value, by the field's name.
        tags: in alphabetical order.
        notes: in their order.
        hidden, deleted: whether it is.
    """

    corrections: Mapping[str, CurationAct]
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    hidden: bool = False
    deleted: bool = False


def put_act(
    connection: Database,
    what: str,
    holding: str | None,
    data: Mapping[str, object],
    *,
    by: str,
    at: datetime,
) -> int:
    """Write an act down, and give its number."""
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM act").fetchone()
    connection.execute(
        "INSERT INTO act (number, at, by, what, holding, data) VALUES (?, ?, ?, ?, ?, ?)",
        (number, at.isoformat(), by, what, holding, json.dumps(dict(data), ensure_ascii=False)),
    )
    return int(number)


def acts_of(connection: Database, holding: str | None = None) -> tuple[CurationAct, ...]:
    """The acts on a document, or all, in their order."""
    where, values = ("WHERE holding = ?", [holding]) if holding else ("", [])
    return _acts(connection, where, values)


def _acts(connection: Database, where: str, values: Sequence[str]) -> tuple[CurationAct, ...]:
    rows = connection.execute(
        f"SELECT number, at, by, what, holding, data FROM act {where} ORDER BY number", values
    )
    return tuple(
        CurationAct(
            number=number,
            at=datetime.fromisoformat(at),
            by=by,
            what=what,
            holding=one,
            data=json.loads(data),
        )
        for number, at, by, what, one, data in rows
    )


def standing(acts: Iterable[CurationAct]) -> tuple[CurationAct, ...]:
    """The acts that were not undone, without the undoings."""
    kept = tuple(acts)
    undone: set[int] = set()
    for act in reversed(kept):
        if act.what == UNDO and act.number not in undone:
            undone.add(int(act.data["undoes"]))
    return tuple(act for act in kept if act.what != UNDO and act.number not in undone)


def state_of(connection: Database, holding: str) -> CurationState:
    """What stands of the acts on a document."""
    return state(standing(acts_of(connection, holding)))


def states_of(connection: Database, holdings: Sequence[str]) -> dict[str, CurationState]:
    """What stands of the acts on some documents, of each that has any."""
    acts = _acts(connection, f"WHERE holding IN ({', '.join('?' * len(holdings))})", holdings)
    found: dict[str, list[CurationAct]] = {}
    for act in standing(acts):
        found.setdefault(str(act.holding), []).append(act)
    return {holding: state(own) for holding, own in found.items()}


def state(acts: Iterable[CurationAct]) -> CurationState:
    """What these acts come to."""
    corrections: dict[str, CurationAct] = {}
    tags: set[str] = set()
    notes: list[Note] = []
    hidden = deleted = False
    for act in acts:
        if act.what == CORRECT:
            corrections[str(act.data["field"])] = act
        elif act.what == TAG:
            tags.add(str(act.data["tag"]))
        elif act.what == UNTAG:
            tags.discard(str(act.data["tag"]))
        elif act.what == NOTE:
            place = act.data.get("place") or (None, None)
            notes.append(
                Note(
                    act=act.number,
                    by=act.by,
                    at=act.at,
                    text=str(act.data["text"]),
                    start=place[0],
                    end=place[1],
                )
            )
        elif act.what in (HIDE, SHOW):
            hidden = act.what == HIDE
        elif act.what in (DELETE, UNDELETE):
            deleted = act.what == DELETE
    return CurationState(
        corrections=corrections, tags=tuple(sorted(tags)), notes=tuple(notes), hidden=hidden, deleted=deleted
    )


def undo_act(connection: Database, number: int, *, by: str, at: datetime) -> CurationAct:
    """Make an act no longer count; gives the act.

    Raises:
        EditConflict: there is no such act, or it is none that can be undone.
    """
    found = next((act for act in acts_of(connection) if act.number == number), None)
    if found is None or found.what == PURGE:
        raise EditConflict(
            f"there is no act {number}" if found is None else "what was purged is gone",
            remedy="`septel note`, `correct` and `handling show` of a HOLDING number what can be undone.",
        )
    put_act(connection, UNDO, found.holding, {"undoes": number}, by=by, at=at)
    return found


def note_standing(connection: Database, holding: str, found: CurationState) -> None:
    """Bring the tables that lists and searches look into up to date."""
    connection.execute("DELETE FROM standing_note WHERE holding = ?", [holding])
    connection.executemany(
        "INSERT INTO standing_note VALUES (?, ?, ?)",
        [(note.act, holding, f" {' '.join(words_of(note.text))} ") for note in found.notes],
    )
    connection.execute("DELETE FROM absent WHERE holding = ?", [holding])
    if found.deleted or found.hidden:
        how = "deleted" if found.deleted else "hidden"
        connection.execute("INSERT INTO absent VALUES (?, ?)", (holding, how))
