"""What an archive knows and decides of handling: statements, rules, readers, rulings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from septel.archive.acts import put_act, state_of
from septel.archive.audit import HANDLED, RULED, put_audit
from septel.archive.catalogue import heading_of
from septel.archive.handling.facts import HandlingFacts, facts_of
from septel.archive.handling.grades import grade_of
from septel.archive.handling.inheritance import sheet_before, statements_on
from septel.archive.handling.markings import (
    MarkingEvent,
    marking_corrected,
    markings_on_page,
    markings_stated,
)
from septel.archive.handling.portions import portion_of
from septel.archive.handling.rules import (
    HandlingRules,
    HandlingRuling,
    ReaderRole,
    rules_of,
    shipped_text,
)
from septel.archive.handling.stamps import archive_stamp, paper_stamps
from septel.archive.handling.statements import (
    EMBARGO,
    EXCISE,
    KINDS,
    MARK,
    RELEASE,
    STAGES,
    STATUSES,
    HandlingStatement,
    Portion,
)
from septel.archive.search import date_of
from septel.archive.store import Database, source_of, tree_of, whole
from septel.errors import NotHeld, UsageError
from septel.text import Source, Span, check_line, check_typed

Change = Callable[[], AbstractContextManager[Database]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRuling:
    """What a role may see of a paper.

    Attributes:
        holding: its id.
        facts: what stands of its handling.
        whole: the ruling on the paper.
        portions: the rulings on its portions, as far as anything is said of them.
    """

    holding: str
    facts: HandlingFacts
    whole: HandlingRuling
    portions: tuple[tuple[Portion, HandlingRuling], ...] = ()

    @property
    def withheld(self) -> tuple[Span, ...]:
        """The stretches of the source that are withheld of a paper that is shown."""
        return tuple(
            span for portion, ruling in self.portions if not ruling.released for span in portion.spans
        )

    @property
    def outcome(self) -> str:
        """`whole`, `in part` or `withheld`."""
        if not self.whole.released:
            return "withheld"
        return "in part" if self.withheld else "whole"

    @property
    def until(self) -> str | None:
        """The first day on which any of the rulings may be another one by itself."""
        days = [self.whole.until, *(ruling.until for _, ruling in self.portions)]
        return min((day for day in days if day), default=None)


def paper_ruling(
    holding: str,
    facts: tuple[HandlingFacts, Sequence[HandlingFacts]],
    rules: HandlingRules,
    role: ReaderRole,
    today: date,
) -> PaperRuling:
    """What rules say of a paper and its portions, by what stands of their handling (`facts_of`)."""
    whole_paper, portions = facts
    return PaperRuling(
        holding=holding,
        facts=whole_paper,
        whole=rules.ruling(role, whole_paper, today),
        portions=tuple(
            (one.portion, rules.ruling(role, one, today)) for one in portions if one.portion is not None
        ),
    )


class Handling:
    """Markings, release, embargo, rules and readers; `Archive.handling` is one.

    Args:
        connection: the catalogue.
        change: a transaction.
    """

    def __init__(self, connection: Database, change: Change) -> None:
        self._connection, self._change = connection, change

    def rules_text(self) -> str:
        """The rules as they stand, the shipped ones where the archive has none of its own."""
        row = self._connection.execute("SELECT text FROM rules ORDER BY number DESC LIMIT 1").fetchone()
        return str(row[0]) if row else shipped_text()

    def rules(self) -> HandlingRules:
        """The rules as they stand."""
        return rules_of(self.rules_text())

    def put_rules(self, text: str, *, by: str, why: str = "") -> int:
        """Put other rules in place of those that stand; gives their number.

        Raises:
            UsageError: they can't be understood, or take away the role of a reader.
        """
        rules, moment = rules_of(text), datetime.now(UTC)
        for name, role in self.readers().items():
            if role != "owner" and role not in rules.roles:
                raise UsageError(
                    f"{name} is {role}, and the rules have no such role",
                    remedy="Give the reader another role first (`septel handling reader`).",
                )
        with self._change() as connection:
            before = self.rules_text()
            (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM rules").fetchone()
            connection.execute(
                "INSERT INTO rules (number, at, by, why, text) VALUES (?, ?, ?, ?, ?)",
                (number, moment.isoformat(), by, why, text),
            )
            data = {"rules": number, "why": why, "before": before, "after": text}
            put_audit(connection, RULED, by=by, data=data, at=moment)
        return int(number)

    def readers(self) -> dict[str, str]:
        """The readers that have a role of their own, by name."""
        return dict(self._connection.execute("SELECT name, role FROM reader ORDER BY name").fetchall())

    def put_reader(self, name: str, role: str | None, *, by: str) -> None:
        """Give a reader a role, or with None take it away.

        Raises:
            NotHeld: there is no such role.
            UsageError: the name is empty, or that of a role.
        """
        name = " ".join(name.split())
        rules = self.rules()
        if not name or name == "owner" or name in rules.roles:
            raise UsageError(f"{name!r} can't be a reader's name", remedy="Name a person.")
        if role is not None:
            rules.role(role)
        moment = datetime.now(UTC)
        with self._change() as connection:
            connection.execute("DELETE FROM reader WHERE name = ?", [name])
            if role is not None:
                connection.execute(
                    "INSERT INTO reader VALUES (?, ?, ?, ?)", (name, role, moment.isoformat(), by)
                )
            put_audit(connection, RULED, by=by, data={"reader": name, "role": role}, at=moment)

    def role_of(self, reader: str, *, otherwise: str | None = None) -> ReaderRole:
        """The role of a reader, by name; a role's own name means the role.

        Args:
            reader: a reader, a role, or `owner`.
            otherwise: the role of a reader who has none of their own.

        Raises:
            NotHeld: nobody is called so.
        """
        rules = self.rules()
        name = " ".join(reader.split())
        own = self.readers().get(name)
        if own is not None:
            return rules.role(own)
        if otherwise is not None:
            return rules.role(otherwise)
        if name == "owner" or name in rules.roles:
            return rules.role(name)
        known = ", ".join(("owner", *rules.roles, *self.readers()))
        raise NotHeld(f"there is no reader {reader!r}", remedy=f"Readers and roles are {known}.")

    def stated(self) -> bool:
        """Whether anybody ever stated anything of any paper's handling."""
        marks = ", ".join("?" * len(KINDS))
        found = self._connection.execute(f"SELECT 1 FROM act WHERE what IN ({marks}) LIMIT 1", KINDS)
        return found.fetchone() is not None

    def stamps(self) -> dict[str, str]:
        """Each paper that is listed, with a stamp that is another one once anything of it was written."""
        return paper_stamps(self._connection)

    def stamp(self) -> str:
        """A stamp that is another one once any stamp of a paper is, or the rules are."""
        return archive_stamp(self._connection)

    def statements(self, holding: str) -> tuple[HandlingStatement, ...]:
        """What persons state of a paper's handling and of its earlier captures, and was not undone."""
        with whole(holding):
            return statements_on(self._connection, holding)

    def history(self, holding: str) -> tuple[MarkingEvent, ...]:
        """A paper's markings as history: what its lines say, then what persons state.

        Raises:
            NotHeld: it is not here.
        """
        source, tree = self._read(holding)
        return (*self._told(tree, source), *markings_stated(self.statements(holding)))

    def ruling(
        self, holding: str, role: ReaderRole, *, today: date | None = None, rules: HandlingRules | None = None
    ) -> PaperRuling:
        """What a role may see of a paper, portion by portion, and why.

        Raises:
            NotHeld: it is not here.
        """
        day = today or datetime.now(UTC).date()
        asked = rules or self.rules()
        source, tree = self._read(holding)
        state = state_of(self._connection, holding)
        heading: dict[str, object] = dict(heading_of(self._connection, holding, state))
        heading["captions"] = self._captions(holding)
        told = (*self._told(tree, source), *marking_corrected(state))
        facts = facts_of(heading, told, self.statements(holding), tags=state.tags)
        return paper_ruling(holding, facts, asked, role, day)

    def mark(
        self,
        holding: str,
        value: str,
        *,
        by: str,
        stage: str = "current",
        caption: bool = False,
        portion: str | None = None,
        day: str | None = None,
        authority: str = "",
        why: str = "",
    ) -> int:
        """State a marking of a paper or a portion: gives the number of the act.

        Raises:
            NotHeld: the paper is not here.
            UsageError: there is no such marking, stage, day or portion.
        """
        grade = None if caption else grade_of(value)
        if grade is None and not caption:
            raise UsageError(
                f"{value!r} is no classification", remedy="Write SECRET, or say --caption EXDIS."
            )
        data = {
            "stage": _one_of("stage", stage, STAGES),
            "kind": "caption" if caption else "classification",
            "value": grade.code if grade else " ".join(value.upper().split()),
        }
        return self._state(MARK, holding, data, portion, by=by, day=day, authority=authority, why=why)

    def release(
        self,
        holding: str,
        status: str,
        *,
        by: str,
        portion: str | None = None,
        day: str | None = None,
        authority: str = "",
        why: str = "",
    ) -> int:
        """State what a review decided of a paper or a portion (`STATUSES`): gives the number of the act.

        Raises:
            NotHeld: the paper is not here.
            UsageError: there is no such status, day or portion.
        """
        data = {"value": _one_of("status", status, STATUSES)}
        return self._state(RELEASE, holding, data, portion, by=by, day=day, authority=authority, why=why)

    def embargo(
        self,
        holding: str,
        until: str | None,
        *,
        by: str,
        portion: str | None = None,
        authority: str = "",
        why: str = "",
    ) -> int:
        """Close a paper or a portion until a day (the first on which it is open), or with None lift that.

        Raises:
            NotHeld: the paper is not here.
            UsageError: it is no day, or there is no such portion.
        """
        data = {"value": _day(until) if until else None}
        return self._state(EMBARGO, holding, data, portion, by=by, day=None, authority=authority, why=why)

    def excise(
        self, holding: str, portion: str, what: str = "", *, by: str, authority: str = "", why: str = ""
    ) -> int:
        """Note that something was taken out of the paper at a place before it came here.

        Raises:
            NotHeld: the paper is not here.
            UsageError: there is no such place.
        """
        data = {"value": " ".join(what.split()) or "something"}
        return self._state(EXCISE, holding, data, portion, by=by, day=None, authority=authority, why=why)

    def _state(
        self,
        kind: str,
        holding: str,
        data: Mapping[str, str | None],
        portion: str | None,
        *,
        by: str,
        day: str | None,
        authority: str,
        why: str,
    ) -> int:
        source, tree = self._read(holding)
        part = portion_of(source, tree, portion) if portion else None
        check_line(" ".join((str(data.get("value") or ""), authority)), "what is said of handling")
        check_typed(why, "a reason")
        told: dict[str, object] = {
            **data,
            "portion": part.to_json() if part else None,
            "date": _day(day) if day else None,
            "authority": authority,
            "why": why,
        }
        moment = datetime.now(UTC)
        with self._change() as connection:
            number = put_act(connection, kind, holding, told, by=by, at=moment)
            put_audit(connection, HANDLED, by=by, holding=holding, data={"act": number, "kind": kind, **told})
        return number

    def _read(self, holding: str) -> tuple[Source, dict[str, object]]:
        """The source and the stored tree of a paper."""
        row = self._connection.execute(
            "SELECT heading, tree FROM content WHERE holding = ?", [holding]
        ).fetchone()
        if row is None:
            raise NotHeld("the archive holds no such document", where=holding, remedy="See `septel list`.")
        source = source_of(self._connection, holding)
        with whole(holding):
            return source, tree_of(row[0], row[1], source.text)

    def _told(self, tree: Mapping[str, object], source: Source) -> tuple[MarkingEvent, ...]:
        """What a paper's lines say, and the record sheet before it."""
        sheet = sheet_before(self._connection, tree)
        return (*markings_on_page(tree, source), *([sheet] if sheet else ()))

    def _captions(self, holding: str) -> Sequence[str]:
        row = self._connection.execute("SELECT captions FROM holding WHERE id = ?", [holding]).fetchone()
        with whole(holding):
            return tuple(json.loads(row[0])) if row else ()


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    plain = " ".join(value.lower().replace("-", " ").split())
    if plain not in known:
        raise UsageError(f"there is no {name} {value!r}", remedy=f"It is one of {', '.join(known)}.")
    return plain


def _day(text: str) -> str:
    """A day as ISO 8601.

    Raises:
        UsageError: it is none.
    """
    with suppress(ValueError):
        return date.fromisoformat(text.strip()).isoformat()
    known = date_of(text)
    if known is None or known[0] != known[1]:
        raise UsageError(f"{text!r} is no day", remedy="Write 2030-01-31.")
    return known[0]
