"""The rules of handling: roles of readers, rules that release or withhold, as a text in the archive.

The text is TOML (`rules.toml` beside this module is the one that is shipped, and says what each word means).
It is checked as a whole before it is kept: a rule that can't be understood must not come to light as a leak.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from septel.archive.handling.facts import HandlingFacts
from septel.archive.handling.grades import grade_of, normal, told
from septel.archive.handling.statements import STATUSES
from septel.errors import NotHeld, UsageError

FORMAT = "septel handling 1"
OWNER = "owner"
"""Who has the archive itself: sees everything, whatever the rules say; no rule may name the role."""
NEEDED = ("staff", "reader", "public")
"""Roles that every text has: of accounts that may change things, of those that read, of everybody."""
_ROLE = re.compile(r"[a-z][a-z0-9-]{0,30}\Z")
_LISTS = frozenset({"status", "marking", "original", "caption", "tag"})
_FLAGS = frozenset({"embargoed", "stamped", "contradicted", "excised", "portion"})
_PLACES = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRole:
    """What a reader is to the archive.

    Attributes:
        name: as readers and rules name it.
        what: in words.
        everything: whether nothing is kept back.
        otherwise: whether what no rule speaks of is released.
        notes, tags, originals: whether notes, tags, and page images with files are given.
    """

    name: str
    what: str = ""
    everything: bool = False
    otherwise: bool = False
    notes: bool = False
    tags: bool = False
    originals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingRule:
    """One rule.

    Attributes:
        name: by which a ruling names it.
        roles: whom it is for.
        when: what has to hold, by the names of `rules.toml`.
        release: what follows.
        reason: what is told with a ruling.
    """

    name: str
    roles: tuple[str, ...]
    when: Mapping[str, Any]
    release: bool
    reason: str

    def holds(self, facts: HandlingFacts, today: date) -> bool:
        """Whether everything that the rule asks for holds; what is not known does not."""
        return all(_holds(name, value, facts, today) for name, value in self.when.items())

    @property
    def needs_statement(self) -> bool:
        """Whether the rule can only hold where a person stated something of a paper's handling."""
        return self.when.get("embargoed") is True or (
            "status" in self.when and "none" not in self.when["status"]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingRuling:
    """What the rules say of a paper or a portion.

    Attributes:
        released: whether it is shown.
        rule: the rule that decided; empty where none held.
        reason: in words.
        until: the first day on which the ruling may be another one by itself; None where there is no such
        day.
    """

    released: bool
    rule: str
    reason: str
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingRules:
    """Roles and rules, as they were read from their text."""

    roles: Mapping[str, ReaderRole]
    rules: Sequence[HandlingRule]

    def role(self, name: str) -> ReaderRole:
        """A role by its name.

        Raises:
            NotHeld: there is none.
        """
        if name == OWNER:
            return ReaderRole(name=OWNER, what="who has the archive itself", everything=True)
        if name not in self.roles:
            known = ", ".join((OWNER, *self.roles))
            raise NotHeld(f"there is no role {name!r}", remedy=f"Roles are {known}.")
        return self.roles[name]

    def ruling(self, role: ReaderRole, facts: HandlingFacts, today: date) -> HandlingRuling:
        """What a role may see of what these facts are about, and why."""
        if role.everything:
            return HandlingRuling(released=True, rule="", reason=f"{role.name} sees everything")
        asked = [rule for rule in self.rules if role.name in rule.roles]
        until = self._until(asked, facts, today)
        for rule in asked:
            if rule.holds(facts, today):
                reason = _filled(rule.reason, facts)
                return HandlingRuling(released=rule.release, rule=rule.name, reason=reason, until=until)
        reason = f"no rule for {role.name} speaks of it; {'released' if role.otherwise else 'withheld'} then"
        return HandlingRuling(released=role.otherwise, rule="", reason=reason, until=until)

    def _until(self, asked: Sequence[HandlingRule], facts: HandlingFacts, today: date) -> str | None:
        """The next day on which a condition about time turns."""
        days = [facts.embargo] if facts.embargoed(today) else []
        for rule in asked:
            years = rule.when.get("older_than")
            if years is not None and facts.sent and len(facts.sent) == 10:
                turns = _years_after(facts.sent, int(years))
                if turns is not None and turns > today.isoformat():
                    days.append(turns)
        return min((day for day in days if day), default=None)

    def shows_all_without_statements(self, role: ReaderRole) -> bool:
        """Whether a role sees everything as long as no person has stated anything of any paper's handling.

        Then nothing has to be looked at before such a statement is made.
        """
        if role.everything:
            return True
        closing = [one for one in self.rules if role.name in one.roles and not one.release]
        shows = role.notes and role.tags and role.originals
        return role.otherwise and shows and all(rule.needs_statement for rule in closing)


def _holds(name: str, asked: Any, facts: HandlingFacts, today: date) -> bool:
    if name == "embargoed":
        return facts.embargoed(today) is asked
    if name == "portion":
        return (facts.portion is not None) is asked
    if name in _FLAGS:
        return getattr(facts, name) is asked
    if name == "at_most":
        grade, most = grade_of(facts.marking), grade_of(asked)
        return grade is not None and most is not None and grade.rank <= most.rank
    if name == "older_than":
        turns = _years_after(facts.sent, int(asked)) if facts.sent and len(facts.sent) == 10 else None
        return turns is not None and turns <= today.isoformat()
    known = {"caption": facts.captions, "tag": facts.tags}.get(name)
    if known is None:
        one = getattr(facts, name)
        known = (one,) if one else ()
    return any(value in known or (value == "none" and not known) for value in asked)


def _years_after(day: str, years: int) -> str | None:
    try:
        known = date.fromisoformat(day)
        return (known.replace(year=known.year + years) if (known.month, known.day) != (2, 29)
                else date(known.year + years, 3, 1)).isoformat()  # fmt: skip
    except ValueError:
        return None


def _filled(reason: str, facts: HandlingFacts) -> str:
    known = {
        "embargo": facts.embargo,
        "status": facts.status,
        "marking": told(facts.marking) if facts.marking else None,
        "sent": facts.sent,
    }
    return _PLACES.sub(lambda found: str(known.get(found[1]) or "not known"), reason)


MARKS_ROLE = ReaderRole(
    name="export", what="an export without what bears certain marks", otherwise=True, notes=True, tags=True
)


def rules_without(marks: Iterable[str]) -> HandlingRules:
    """The rules that withhold, for `MARKS_ROLE`, what bears one of these classifications or captions now."""
    known = tuple(sorted(map(normal, marks)))
    rules = [
        HandlingRule(
            name=f"without {told(mark)}, as {kind}",
            roles=(MARKS_ROLE.name,),
            when={kind: (mark,)},
            release=False,
            reason=f"marked {told(mark)}",
        )
        for mark in known
        for kind in ("marking", "caption")
    ]
    return HandlingRules(roles={MARKS_ROLE.name: MARKS_ROLE}, rules=tuple(rules))


def shipped_text() -> str:
    """The text of the rules that are shipped."""
    return files("septel.archive.handling").joinpath("rules.toml").read_text("utf-8")


@lru_cache(maxsize=8)
def rules_of(text: str) -> HandlingRules:
    """Read the text of rules.

    Raises:
        UsageError: it can't be understood; says what, and of which rule.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as why:
        raise UsageError(f"the rules are no TOML ({why})", remedy="Mend the text.") from why
    if data.get("format") != FORMAT:
        raise UsageError("the rules are of another format", remedy=f'The first line is format = "{FORMAT}".')
    unknown = set(data) - {"format", "roles", "rule"}
    if unknown:
        raise _fault(f"nothing is called {sorted(unknown)[0]!r}", "the rules")
    roles = {name: _role(name, row) for name, row in _table(data.get("roles", {}), "roles").items()}
    lacking = next((name for name in NEEDED if name not in roles), None)
    if lacking:
        raise _fault(f"the role {lacking} is missing", "the rules")
    rows = data.get("rule", [])
    if not isinstance(rows, list):
        raise _fault("rules are written under [[rule]]", "the rules")
    rules = tuple(_rule(row, roles, n) for n, row in enumerate(rows, 1))
    names = [rule.name for rule in rules]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise _fault("two rules have the name", f"rule {twice!r}")
    return HandlingRules(roles=roles, rules=rules)


def _fault(what: str, where: str) -> UsageError:
    return UsageError(
        what, where=where, remedy="`septel handling rules` shows the text and what its words mean."
    )


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _fault("it is no table", where)
    return value


def _role(name: str, row: Any) -> ReaderRole:
    where = f"role {name!r}"
    if not _ROLE.match(name) or name == OWNER:
        raise _fault("a role has a name of small letters, and none is called owner", where)
    row = dict(_table(row, where))
    otherwise = row.pop("otherwise", "withhold")
    if otherwise not in ("release", "withhold"):
        raise _fault("otherwise is release or withhold", where)
    known = {one.name for one in fields(ReaderRole)} - {"name", "otherwise"}
    for key, value in row.items():
        if key not in known or not isinstance(value, str if key == "what" else bool):
            raise _fault(f"{key} = {value!r} means nothing", where)
    return ReaderRole(name=name, otherwise=otherwise == "release", **row)


def _rule(row: Any, roles: Mapping[str, ReaderRole], number: int) -> HandlingRule:
    row = _table(row, f"rule {number}")
    name = row.get("name")
    where = f"rule {name!r}" if name else f"rule {number}"
    if not isinstance(name, str) or not name.strip():
        raise _fault("it has no name", where)
    unknown = set(row) - {"name", "roles", "when", "then", "reason"}
    if unknown:
        raise _fault(f"nothing is called {sorted(unknown)[0]!r}", where)
    named = row.get("roles")
    if not isinstance(named, list) or not named or any(one not in roles for one in named):
        raise _fault("roles is a list of roles of this text", where)
    if row.get("then") not in ("release", "withhold"):
        raise _fault("then is release or withhold", where)
    when = {key: _asked(key, value, where) for key, value in _table(row.get("when", {}), where).items()}
    if not when:
        raise _fault("it asks for nothing; `otherwise` of a role says what follows then", where)
    reason = str(row.get("reason") or name)
    return HandlingRule(
        name=name, roles=tuple(named), when=when, release=row["then"] == "release", reason=reason
    )


def _asked(key: str, value: Any, where: str) -> Any:
    """The value of a condition, in the form in which facts are compared with it."""
    if key in _FLAGS:
        if not isinstance(value, bool):
            raise _fault(f"{key} is true or false", where)
        return value
    if key == "older_than":
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1000:
            raise _fault("older_than is a number of years", where)
        return value
    if key == "at_most":
        if not isinstance(value, str) or grade_of(value) is None:
            raise _fault(f"{value!r} is no classification", where)
        return value
    if key not in _LISTS:
        raise _fault(f"there is no condition {key!r}", where)
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values or not all(isinstance(one, str) for one in values):
        raise _fault(f"{key} is a word, or a list of words", where)
    if key == "status" and not set(values) <= {*STATUSES, "none"}:
        raise _fault(f"status is one of {', '.join(STATUSES)}, none", where)
    if key in ("marking", "original") and any(one != "none" and grade_of(one) is None for one in values):
        raise _fault(f"{key} is a classification", where)
    return tuple(one if key in ("status", "tag") or one == "none" else normal(one) for one in values)
