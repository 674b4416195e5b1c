"""Acts that come from elsewhere: from an earlier capture of the same paper, from another archive.

Of two acts about one thing the later one in time stands, wherever each was made; the log itself only grows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from septel.archive.acts.log import (
    CORRECT,
    DELETE,
    HIDE,
    NOTE,
    SHOW,
    TAG,
    UNDELETE,
    UNDO,
    UNTAG,
    CurationAct,
    acts_of,
    note_standing,
    put_act,
    standing,
    state_of,
)
from septel.archive.store import Database
from septel.text import Source, Span, relocate

ORIGIN = "origin"
"""What a carried act has beside its own: the document that it was made about."""
ABSENCE = (HIDE, SHOW, DELETE, UNDELETE)
"""The acts by which a document goes and comes back."""
_CARRIED = (CORRECT, NOTE, TAG, UNTAG)


def carry_acts(connection: Database, older: Source, newer: Source, *, absence: bool) -> None:
    """Take over what persons said of an earlier capture: corrections, tags, notes, each where it belongs.

    A note on a passage that is not found again is a note on the whole paper. What was taken over before is
    not taken over again, even where it was undone since. Statements about handling need no carrying: they
    are looked up (`septel.archive.handling`).

    Args:
        connection: the catalogue, within a transaction.
        older: the capture that they were made about.
        newer: the one that takes its place.
        absence: whether the newer one is hidden or deleted where the older one is: so for the same file read
            again, not for a better scan.
    """
    known = {_made(act) for act in acts_of(connection, newer.id)}
    kinds = (*_CARRIED, *ABSENCE) if absence else _CARRIED
    fresh = [
        act
        for act in standing(acts_of(connection, older.id))
        if act.what in kinds and _made(act) not in known and act.data.get(ORIGIN) != newer.id
    ]
    if not fresh:
        return
    places = [Span(*act.data["place"]) for act in fresh if act.data.get("place")]
    found = iter(relocate(places, older, newer) if places else ())
    for act in fresh:
        data = {**act.data, ORIGIN: act.data.get(ORIGIN, older.id)}
        if act.data.get("place"):
            place, _ = next(found)
            data["place"] = [place.start, place.end] if place else None
        put_act(connection, act.what, newer.id, data, by=act.by, at=act.at)
    let_latest_stand(connection, newer.id)
    note_standing(connection, newer.id, state_of(connection, newer.id))


def uncarry_acts(connection: Database, older: str, newer: str, *, by: str, at: datetime) -> None:
    """Make no longer count what `carry_acts` took over from a document that was none of the same paper."""
    origins = {older, *(str(act.data[ORIGIN]) for act in acts_of(connection, older) if ORIGIN in act.data)}
    for act in standing(acts_of(connection, newer)):
        if act.data.get(ORIGIN) in origins:
            put_act(connection, UNDO, newer, {"undoes": act.number}, by=by, at=at)
    note_standing(connection, newer, state_of(connection, newer))


def let_latest_stand(connection: Database, holding: str) -> None:
    """Say again what was said last in time, where an older act came into the log behind it."""
    for act in overtaken(standing(acts_of(connection, holding))):
        put_act(connection, act.what, holding, act.data, by=act.by, at=act.at)


def overtaken(acts: Iterable[CurationAct]) -> tuple[CurationAct, ...]:
    """Of acts that stand: each that is the last in time about its thing, but not the last in the log."""
    last: dict[tuple[str, str], CurationAct] = {}
    latest: dict[tuple[str, str], CurationAct] = {}
    for act in acts:
        thing = _thing(act)
        if thing is not None:
            last[thing] = act
            if thing not in latest or act.at >= latest[thing].at:
                latest[thing] = act
    return tuple(act for thing, act in latest.items() if act.number != last[thing].number)


def _thing(act: CurationAct) -> tuple[str, str] | None:
    """What an act is about, of which only the last one counts."""
    if act.what == CORRECT:
        return "field", str(act.data["field"])
    if act.what in (TAG, UNTAG):
        return "tag", str(act.data["tag"])
    if act.what in (HIDE, SHOW):
        return "hidden", ""
    if act.what in (DELETE, UNDELETE):
        return "deleted", ""
    return None


def _made(act: CurationAct) -> tuple[str, str, datetime]:
    return act.what, act.by, act.at
