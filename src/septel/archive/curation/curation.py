"""What a person does with the papers of an archive, each act one transaction and one line of the log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from difflib import get_close_matches

from septel.archive.acts import (
    CORRECT,
    DELETE,
    HIDE,
    NOTE,
    PURGE,
    SHOW,
    TAG,
    UNDELETE,
    UNTAG,
    CurationAct,
    FieldDispute,
    Listed,
    absent,
    acts_of,
    carry_acts,
    field_disputes,
    note_standing,
    put_act,
    state_of,
    undo_act,
)
from septel.archive.audit import DECIDED, put_audit
from septel.archive.catalogue import reindex
from septel.archive.curation.removal import purge
from septel.archive.search import CORRECTABLE, date_of, may_be_two_days, number_of
from septel.archive.store import Database, OriginalStore, log_of, newer_of, source_of
from septel.errors import NotHeld, UsageError
from septel.lexicon import Lexicon, letters
from septel.text import Span, check_line, check_typed

Change = Callable[[], AbstractContextManager[Database]]
_STAMP = re.compile(r"(?P<day>\d{4}-\d\d?-\d\d?)[T ](?P<hour>(?:[01]\d|2[0-3]):[0-5]\d)(?::\d\d)?Z")
"""A day and a month in figures, where either may be the day."""


_WORDS = re.compile(r"[^\W\d_]+")
_TYPED = {"text": "a note", "tag": "a tag", "value": "a field", "why": "a reason"}


def _like(name: str, tags: Iterable[str]) -> str | None:
    """The first of some tags that is a name in whatever letters."""
    return next((one for one in tags if one.casefold() == name.casefold()), None)


class Curation:
    """Corrections, notes, tags, hiding and deleting; `Archive.curation` is one.

    Args:
        connection: the catalogue.
        change: a transaction.
        objects: the originals.
    """

    def __init__(self, connection: Database, change: Change, objects: OriginalStore) -> None:
        self._connection, self._change, self._objects = connection, change, objects

    def acts(self, holding: str | None = None) -> tuple[CurationAct, ...]:
        """Every act on a document, or on all, undone ones too."""
        return acts_of(self._connection, holding)

    def disputes(self, holding: str | None = None) -> tuple[FieldDispute, ...]:
        """The heading fields that two persons corrected otherwise, of one document or of all."""
        acts = [act for act in acts_of(self._connection, holding) if act.holding]
        return tuple(field_disputes(acts))

    def absent(self) -> list[Listed]:
        """What was hidden or deleted and not yet purged."""
        return absent(self._connection)

    def correct(
        self,
        holding: str,
        field: str,
        value: str | None,
        *,
        by: str,
        at: datetime | None = None,
        why: str = "",
    ) -> int:
        """Say what a heading field is, whatever was read; None says that the paper has none.

        What the machine found stays beside it. Gives the number of the act, by which it is undone.

        Raises:
            NotHeld: the document is not here.
            UsageError: there is no such field, or the value is none for it.
        """
        if field not in CORRECTABLE:
            raise UsageError(f"{field!r} can't be corrected", remedy=f"Fields are {', '.join(CORRECTABLE)}.")
        return self._act(
            CORRECT, holding, {"field": field, "value": _checked(field, value), "why": why}, by, at
        )

    def note(
        self, holding: str, text: str, *, by: str, at: datetime | None = None, place: Span | None = None
    ) -> int:
        """Note something on a document, or on a stretch of its source; gives the number of the act.

        Raises:
            NotHeld: the document is not here.
            UsageError: the note is empty or holds control characters, or the place is not in the source.
        """
        text = text.replace("\r\n", "\n")  # as browsers send it
        if not text.strip():
            raise UsageError("the note is empty", where=holding, remedy="Type what is to be remembered.")
        if place is not None and place.end > len(source_of(self._connection, holding).text):
            raise UsageError(f"{place} lies outside the text", where=holding, remedy="Give another place.")
        where = [place.start, place.end] if place is not None else None
        return self._act(NOTE, holding, {"text": text, "place": where}, by, at)

    def tag(self, holding: str, tag: str, *, by: str, at: datetime | None = None) -> int:
        """Tag a document; gives the number of the act, or of none (0) where it had the tag.

        A tag that another document has in other letters (Trade, trade) is the same, as it was first written.
        """
        name = " ".join(tag.split())
        if not name:
            raise UsageError("the tag is empty", where=holding, remedy="Type a word or two.")
        if _like(name, state_of(self._connection, holding).tags) is not None:
            return 0
        given = self._connection.execute(
            """SELECT value FROM value WHERE field = 'tag' AND EXISTS
               (SELECT 1 FROM facet WHERE facet.value = value.id) ORDER BY id"""
        )
        name = _like(name, [str(one) for (one,) in given]) or name
        return self._act(TAG, holding, {"tag": name}, by, at)

    def untag(self, holding: str, tag: str, *, by: str) -> int:
        """Take a tag off a document; 0 where it had none of the kind."""
        name = _like(" ".join(tag.split()), state_of(self._connection, holding).tags)
        if name is None:
            return 0
        return self._act(UNTAG, holding, {"tag": name}, by, None)

    def hide(self, holding: str, *, by: str, at: datetime | None = None, why: str = "") -> int:
        """Leave a document out of lists, searches and exports of all; by its id it is still shown."""
        return self._act(HIDE, holding, {"why": why}, by, at)

    def show(self, holding: str, *, by: str, at: datetime | None = None, why: str = "") -> int:
        """Take back `hide`."""
        return self._act(SHOW, holding, {"why": why}, by, at)

    def delete(self, holding: str, *, by: str, at: datetime | None = None, why: str = "") -> int:
        """Delete a document: it is found nowhere any more. Nothing is lost until it is purged."""
        return self._act(DELETE, holding, {"why": why}, by, at)

    def undelete(self, holding: str, *, by: str, at: datetime | None = None, why: str = "") -> int:
        """Bring a deleted document back, with everything that was ever said of it."""
        return self._act(UNDELETE, holding, {"why": why}, by, at)

    def purge(self, holding: str, *, by: str, at: datetime | None = None, why: str = "") -> None:
        """Take a deleted document out for good: text, layers, logs and originals; only the acts stay.

        Raises:
            NotHeld: it is not here.
            EditConflict: it was not deleted before.
        """
        with self._change() as connection:
            unused = purge(connection, holding, by=by, at=at or datetime.now(UTC), why=why)
            put_audit(connection, DECIDED, by=by, holding=holding, data={"kind": PURGE, "why": why})
        for digest in unused:
            self._objects.remove(digest)

    def undo(self, number: int, *, by: str, at: datetime | None = None) -> CurationAct:
        """Make an act no longer count; undoing the undoing brings it back. Gives the act undone.

        Raises:
            EditConflict: there is no such act, or it can't be undone.
        """
        with self._change() as connection:
            act = undo_act(connection, number, by=by, at=at or datetime.now(UTC))
            data = {"kind": "undo", "undoes": number}
            put_audit(connection, DECIDED, by=by, holding=act.holding, data=data)
            if act.holding:
                self._renew(connection, act.holding)
        return act

    def _act(self, what: str, holding: str, data: dict[str, object], by: str, at: datetime | None) -> int:
        for name, value in data.items():
            check = check_typed if name in ("text", "why") else check_line
            check(str(value or ""), _TYPED.get(name, "what is said"))
        with self._change() as connection:
            if not connection.execute("SELECT 1 FROM holding WHERE id = ?", [holding]).fetchone():
                raise NotHeld(
                    "the archive holds no such document", where=holding, remedy="See `septel list`."
                )
            number = put_act(connection, what, holding, data, by=by, at=at or datetime.now(UTC))
            put_audit(connection, DECIDED, by=by, holding=holding, data={"act": number, "kind": what})
            self._renew(connection, holding)
            # A newer capture takes over at once what is said of an older one.
            older = holding
            while newer := newer_of(connection, older):
                old, new = source_of(connection, older), source_of(connection, newer)
                carry_acts(connection, old, new, absence=False)
                self._renew(connection, newer)
                older = newer
        return number

    def _renew(self, connection: Database, holding: str) -> None:
        """Bring what lists and searches look into up to date with the acts."""
        note_standing(connection, holding, state_of(connection, holding))
        source = source_of(connection, holding)
        reindex(connection, source, log_of(connection, holding, source.text))


def _slip(text: str) -> str | None:
    """The classification that a text all but names, as TOP SEKRET; None where it names one or none at all."""
    grades = {letters(form): form for one in Lexicon.shipped().classifications for form in one.forms}
    words = _WORDS.findall(text.upper())
    runs = {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    if not runs.isdisjoint(grades):
        return None
    near = get_close_matches(letters(text), grades, n=1, cutoff=0.75)
    return grades[near[0]] if near else None


def _checked(field: str, value: str | None) -> str | None:
    """The value in the field's form.

    Raises:
        UsageError: it has none.
    """
    text = " ".join((value or "").split())
    if not text:
        return None
    if field == "identifier":
        named = number_of(text)
        if named is None:
            raise UsageError(f"{text!r} is no telegram's number", remedy="Write it as LA PAZ 158.")
        return named.value
    if field == "classification" and (meant := _slip(text)):
        raise UsageError(f"{text!r} is no classification", remedy=f"Write {meant}.")
    if field == "dtg":
        stamp = _STAMP.fullmatch(text.upper())
        known = date_of(stamp["day"]) if stamp else date_of(text)
        if may_be_two_days(text):
            raise UsageError(f"{text!r} may be one of two days", remedy="Write the month's name.")
        if known is None:
            raise UsageError(
                f"{text!r} is no date", remedy="Write 1969-11-18, 1969-11-18T16:55Z, or 181655Z NOV 69."
            )
        if known[0][:4] > str(datetime.now(UTC).year):
            raise UsageError(f"{text!r} lies ahead", remedy="See to the year.")
        if known[0] != known[1]:
            return (
                known[0][:4]
                if known[0][:4] != known[1][:7] and known[1].endswith("12-31") and known[0].endswith("01-01")
                else known[0][:7]
            )
        hour = f"T{stamp['hour']}Z" if stamp else _hour(text)
        if hour > "T23:59Z" or hour[4:6] > "59":
            raise UsageError(f"{text!r} has no hour of a day", remedy="A date-time group is 181655Z NOV 69.")
        return known[0] + hour
    return text


def _hour(text: str) -> str:
    """The hour of a date-time group, as `T16:55Z`; empty where there is none."""
    group = text.upper().split(" ")[0]
    figures = group.rstrip("Z")
    if len(figures) == 6 and figures.isdigit() and group.endswith("Z"):
        return f"T{figures[2:4]}:{figures[4:6]}Z"
    return ""
