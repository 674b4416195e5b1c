"""Rosters: who spoke for whom, by conference and round. Names are resolved through them and the document."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TypeGuard

from septel.errors import InputError
from septel.record.model import Person
from septel.record.people.phrases import is_common, noun_kind


def has_year(date: str | None) -> TypeGuard[str]:
    """Whether a date is known at least to its year."""
    return date is not None and date[:4].isdigit()


_TALKS = {"SALT": re.compile(r"\bS\.?A\.?L\.?T\b|\bSTRATEGIC (?:ARMS|WEAPONS|OFFENSIVE|DEFENSIVE)|\bABMS?\b")}
"""By what words a document is about talks whose delegations are shipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person in one delegation or office, for a time.

    Attributes:
        person: who.
        conference: the talks (`SALT I`), or the office's body (`Government`).
        round: the round (`1`), or empty for all of it.
        since: ISO date from which, or empty.
        until: ISO date up to which, or empty.
        head: whether they led the delegation.
        source: where the entry comes from.
    """

    person: Person
    conference: str = ""
    round: str = ""
    since: str = ""
    until: str = ""
    head: bool = False
    source: str = ""

    def served(self, date: str | None) -> bool:
        """Whether they held the post on an ISO date; an unknown date allows all."""
        if has_year(date):
            return (not self.since or self.since <= date) and (not self.until or date <= self.until)
        return True


COLUMNS = (
    "key", "name", "surname", "side", "role", "conference", "round", "since", "until", "head", "variants",
    "source",
)  # fmt: skip


@dataclass(frozen=True)
class Rosters:
    """Members of delegations and holders of offices; a historian's own file goes before what is shipped."""

    members: tuple[Member, ...]

    @staticmethod
    def shipped() -> Rosters:
        """The rosters that come with Septel, each entry with its source."""
        return _shipped()

    @classmethod
    def read(cls, path: Path) -> Rosters:
        """A roster of one's own: a table with tabs, headed by the names in `COLUMNS`.

        Raises:
            InputError: a column is missing, or a row has no surname.
        """
        return cls(tuple(_rows(path.read_text(encoding="utf-8"), str(path))))

    def __add__(self, other: Rosters) -> Rosters:
        """Both, this one first."""
        return Rosters(self.members + other.members)

    def on(self, date: str | None) -> Iterator[Member]:
        """Those who served on a date."""
        return (m for m in self.members if m.served(date))

    def named(self, surname: str, date: str | None = None) -> tuple[Member, ...]:
        """Those with this surname, those who served on the date first."""
        return tuple(sorted(self._by_name.get(surname.upper(), ()), key=lambda m: not m.served(date)))

    def for_document(self, date: str | None, text: str) -> Rosters:
        """Without the delegations that a document can't mean.

        A delegation is kept only in a document about its talks, and where its year is known only on a date
        within them: a Smith or a Brown of another year or of another matter is somebody else.

        Args:
            date: the document's date.
            text: its text.
        """
        upper = text.upper()
        about = {name for name, words in _TALKS.items() if words.search(upper)}
        return Rosters(tuple(m for m in self.members if _may_be_meant(m, date, about)))

    @cached_property
    def _by_name(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in self.members:
            for name in {member.person.surname.upper(), *(v.upper() for v in member.person.variants)}:
                found.setdefault(name, []).append(member)
        return found


def _may_be_meant(member: Member, date: str | None, about: set[str]) -> bool:
    talks = member.conference.split()[0] if member.conference else ""
    return talks not in _TALKS or (member.served(date) and talks in about)


def _rows(text: str, where: str) -> Iterator[Member]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = {"surname", "side"} - set(table.fieldnames or ())
    if missing:
        raise InputError(
            f"a roster needs the columns {', '.join(sorted(missing))}",
            where=where,
            remedy=f"Head the table with: {', '.join(COLUMNS)}; only surname and side must be filled.",
        )
    for number, row in enumerate(table, 2):
        cell = {key: (value or "").strip() for key, value in row.items() if key}
        if not cell["surname"]:
            raise InputError("a row without a surname", where=f"{where}:{number}", remedy="Fill it in.")
        name = cell.get("name") or cell["surname"]
        yield Member(
            person=Person(
                key=cell.get("key") or cell["surname"].lower().replace(" ", "-"),
                name=name,
                surname=cell["surname"],
                side=cell["side"] or None,
                role=cell.get("role", ""),
                variants=tuple(v.strip() for v in cell.get("variants", "").split(",") if v.strip()),
                origin=cell.get("source") or where,
            ),
            conference=cell.get("conference", ""),
            round=cell.get("round", ""),
            since=cell.get("since", ""),
            until=cell.get("until", ""),
            head=cell.get("head", "") in ("yes", "head", "1", "true"),
            source=cell.get("source") or where,
        )


@cache
def _shipped() -> Rosters:
    data = files("septel.record") / "data"
    return Rosters(
        tuple(
            member
            for name in ("rosters.tsv", "offices.tsv")
            for member in _rows((data / name).read_text(encoding="utf-8"), name)
        )
    )


def persons(members: Iterable[Member]) -> tuple[Person, ...]:
    """The persons, each once."""
    return tuple({m.person.key: m.person for m in reversed(tuple(members))}.values())


@cache
def _given() -> frozenset[str]:
    names = (member.person.name.split() for member in _shipped().members)
    return frozenset(words[0].upper() for words in names if len(words) > 1 and len(words[0]) > 2)


def is_given(word: str) -> bool:
    """Whether a word is a given name that somebody of the shipped rosters has."""
    return word.upper() in _given()


def _may_be_given(given: str, known: str) -> bool:
    """Whether two given names may be one: Anatoli and Anatoly, Jim and James; not Roger and Robert."""
    one, other = given.upper().strip("."), known.upper().strip(".")
    return one[:1] == other[:1] and (
        min(len(one), len(other)) < 4 or one[:3] == other[:3] or {one, other} in _SAME
    )


def may_be_one(person: Person, other: Person) -> bool:
    """Whether two persons of one surname may be one, by their given names: not Tom and Lyndon Johnson."""
    one, two = person.name.split(), other.name.split()
    return len(one) < 2 or len(two) < 2 or _may_be_given(one[0], two[0])


_SAME = ({"JACK", "JOHN"}, {"CHET", "CHESTER"}, {"MACK", "MCGEORGE"})


def best_member(
    rosters: Rosters, surname: str, date: str | None, side: str | None = None, given: str = ""
) -> Member | None:
    """The member of the rosters whom a surname means; None where year or given name do not bear it out.

    Delegations and offices have dates and hold only on them; an office is nobody's in a document without a
    date. A list of persons has none: it is of use only where the document gives the given name too.
    """
    found = [m for m in rosters.named(surname, date) if side is None or m.person.side == side]
    initial = given[:1].upper()
    named = bool(initial) and len(given) > 1 and given.upper() != surname.upper()
    if named:
        found = [m for m in found if _may_be_given(given, m.person.name.split()[0])]
    found = [
        m for m in found if m.since and m.served(date) and (has_year(date) or m.conference != "office")
    ] or [m for m in found if named and not m.since]
    if not found:
        return None
    if len({m.person.side for m in found}) > 1 or len({m.person.key for m in found}) > 1:
        first = found[0].conference
        same = [m for m in found if m.conference == first]
        return found[0] if len({m.person.key for m in same}) == 1 and first != "list of persons" else None
    return found[0]


_GIVEN = re.compile(r"\b(?P<given>[A-Z][a-z]+) (?:[A-Z]\. ?)*(?P<surname>[A-Z][a-z]{3,})\b")


def given_names(text: str) -> dict[str, frozenset[str]]:
    """The first letters of the given names that a text has before each surname, in upper case."""
    found: dict[str, set[str]] = {}
    for m in _GIVEN.finditer(text):
        given = m.group("given").upper()
        if noun_kind(given) is None and not is_common(given):
            found.setdefault(m.group("surname").upper(), set()).add(given[0])
    return {surname: frozenset(letters) for surname, letters in found.items()}


def may_be_another(
    rosters: Rosters, member: Member, offices: Sequence[str], given: Mapping[str, frozenset[str]]
) -> bool:
    """Whether a name with a title may mean another than whom the rosters have.

    MR. DULLES is either brother; DR. EISENHOWER is Milton, where the document calls him so.
    """
    person = member.person
    letters = given.get(person.surname.upper(), frozenset())
    if letters and person.name[:1].upper() not in letters:
        return True
    same = {m.person.key for m in rosters.named(person.surname) if m.person.side == person.side}
    return not offices and len(same | {person.key}) > 1


def office_holder(office: str, date: str | None, rosters: Rosters) -> Person | None:
    """Who held an office of the United States on a date; None without a date."""
    if not has_year(date):
        return None
    role = {
        "PRESIDENT": "President",
        "SECRETARY": "Secretary of State",
        "SECRETARY OF STATE": "Secretary of State",
    }.get(office)
    return next(
        (
            m.person
            for m in rosters.members
            if role and m.person.role == role and m.person.side == "US" and m.since and m.served(date)
        ),
        None,
    )
