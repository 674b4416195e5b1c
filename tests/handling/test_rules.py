"""Rules as data: what they may say, what they decide, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.archive.handling import ReaderRole, rules_of, shipped_text
from septel.archive.handling.facts import HandlingFacts
from septel.archive.handling.statements import Portion
from septel.errors import NotHeld, UsageError
from septel.text import Span
from tests.handling.made import OPEN, telegram

TODAY = date(2026, 11, 29)
HEAD = shipped_text().partition("[[rule]]")[0]


def ruled(rule: str, facts: HandlingFacts, role: str = "public") -> tuple[bool, str]:
    text = f'{HEAD}[[rule]]\nname = "it"\nroles = ["public", "reader"]\n{rule}\nthen = "release"\n'
    rules = rules_of(text)
    found = rules.ruling(rules.role(role), facts, TODAY)
    return found.released, found.rule


SECRET = HandlingFacts(original="S", marking="C", captions=("NODIS",), sent="1969-11-18", tags=("tin",))


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ('when.marking = "CONFIDENTIAL"', True),
        ('when.marking = "C"', True),
        ('when.marking = ["SECRET", "C O N F I D E N T I A L"]', True),
        ('when.marking = "SECRET"', False),
        ('when.original = "SECRET"', True),
        ('when.at_most = "SECRET"', True),
        ('when.at_most = "CONFIDENTIAL"', True),
        ('when.at_most = "LIMITED OFFICIAL USE"', False),
        ('when.caption = "nodis"', True),
        ('when.caption = ["EXDIS", "none"]', False),
        ('when.tag = "tin"', True),
        ('when.status = "none"', True),
        ('when.status = "released"', False),
        ("when.older_than = 57", True),
        ("when.older_than = 58", False),
        ("when.stamped = false", True),
        ("when.excised = true", False),
        ("when.portion = false", True),
        ('when.marking = "C"\nwhen.tag = "wheat"', False),
    ],
)
def test_conditions(when: str, holds: bool) -> None:
    assert ruled(when, SECRET) == (holds, "it" if holds else "")


@pytest.mark.parametrize(
    "when",
    [
        'when.marking = "SECRET"',
        'when.at_most = "TOP SECRET"',
        "when.older_than = 1",
        'when.original = "SECRET"',
    ],
)
def test_what_is_not_known_never_holds(when: str) -> None:
    assert ruled(when, HandlingFacts()) == (False, "")


def test_a_day_that_is_not_known_whole_is_not_old() -> None:
    assert ruled("when.older_than = 1", HandlingFacts(sent="1969-11")) == (False, "")
    assert ruled("when.older_than = 1", HandlingFacts(sent="????-??-18")) == (False, "")


def test_the_first_rule_that_holds_decides() -> None:
    rules = rules_of(shipped_text())
    public = rules.role("public")
    closed = HandlingFacts(status="released", embargo="2030-01-01", stamped=True)
    found = rules.ruling(public, closed, TODAY)
    assert (found.released, found.rule, found.reason) == (False, "embargo", "closed until 2030-01-01")
    assert found.until == "2030-01-01"
    assert rules.ruling(public, closed, date(2030, 1, 1)).rule == "released"
    assert rules.ruling(public, HandlingFacts(marking="U"), TODAY).released
    assert not rules.ruling(public, HandlingFacts(marking="U", captions=("NODIS",)), TODAY).released
    assert not rules.ruling(public, HandlingFacts(stamped=True, contradicted=True), TODAY).released
    assert not rules.ruling(public, HandlingFacts(), TODAY).released
    assert rules.ruling(rules.role("reader"), HandlingFacts(marking="TS"), TODAY).released
    assert not rules.ruling(rules.role("reader"), HandlingFacts(status="under review"), TODAY).released


def test_a_ruling_on_time_says_when_it_turns() -> None:
    text = f'{HEAD}[[rule]]\nname = "thirty"\nroles = ["public"]\nwhen.older_than = 60\nthen = "release"\n'
    rules = rules_of(text)
    public = rules.role("public")
    facts = HandlingFacts(sent="1968-02-29")
    before = rules.ruling(public, facts, TODAY)
    assert (before.released, before.until) == (False, "2028-03-01")
    assert not rules.ruling(public, facts, date(2028, 2, 29)).released
    after = rules.ruling(public, facts, date(2028, 3, 1))
    assert (after.released, after.until) == (True, None)


def test_portions_have_rules_of_their_own() -> None:
    portion = HandlingFacts(marking="S", portion=Portion("3", (Span(0, 4),)))
    assert ruled("when.portion = true", portion) == (True, "it")
    assert ruled("when.portion = true", SECRET) == (False, "")


def test_the_owner_sees_everything_whatever_rules_say() -> None:
    rules = rules_of(shipped_text())
    assert rules.ruling(rules.role("owner"), HandlingFacts(status="withheld"), TODAY).released
    with pytest.raises(UsageError):
        rules_of(shipped_text().replace("[roles.staff]", "[roles.owner]\nnotes = false\n[roles.staff]"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('format = "septel handling 1"', 'format = "septel handling 9"', "another format"),
        ("[roles.public]", "[roles.public", "no TOML"),
        ("[roles.public]", "[roles.Public]", "small letters"),
        ("[roles.public]", "[roles.club]", "public is missing"),
        ('otherwise = "withhold"', 'otherwise = "perhaps"', "release or withhold"),
        ("notes = true", "nods = true", "means nothing"),
        ("notes = true", 'notes = "yes"', "means nothing"),
        ("when.embargoed = true", "when.embargoed = 1", "true or false"),
        ("when.embargoed = true", "when.embargo = true", "no condition"),
        ('when.status = ["withheld", "under review"]', 'when.status = ["witheld"]', "status is one of"),
        ('when.marking = "UNCLASSIFIED"', 'when.marking = "UNCLASIFIED"', "a classification"),
        ('when.marking = "UNCLASSIFIED"', 'when.at_most = "HIGH"', "no classification"),
        ('when.marking = "UNCLASSIFIED"', "when.older_than = -1", "number of years"),
        ('when.marking = "UNCLASSIFIED"', "when.marking = []", "a word, or a list"),
        ('name = "embargo"', "", "no name"),
        ('name = "embargo"', 'name = "withheld"', "two rules"),
        ('roles = ["reader", "public"]', 'roles = ["reader", "nobody"]', "roles is a list"),
        ('then = "release"', 'then = "show"', "release or withhold"),
        ("when.stamped = true", "", "asks for nothing"),
        ("[[rule]]", "[[rules]]", "nothing is called"),
        ('reason = "the paper bears its release"', 'raison = "x"', "nothing is called"),
    ],
)
def test_faults_of_rules_are_told(before: str, after: str, said: str) -> None:
    text = shipped_text()
    assert before in text
    with pytest.raises(UsageError, match=said):
        rules_of(text.replace(before, after))


def test_every_condition_is_told_in_the_text() -> None:
    text = HEAD
    from septel.archive.handling import rules

    for name in (*rules._LISTS, *rules._FLAGS, "at_most", "older_than"):
        assert name in text
    for field in ReaderRole.__dataclass_fields__:
        assert field in text or field in ("name", "what")


def test_rules_and_readers_of_an_archive(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept:
        assert kept.handling.rules_text() == shipped_text()
        with pytest.raises(UsageError):
            kept.handling.put_rules("nonsense", by="me")
        assert kept.handling.rules_text() == shipped_text()
        other = shipped_text() + '\n[roles.club]\nwhat = "members"\notherwise = "release"\n'
        assert kept.handling.put_rules(other, by="A. Lawyer", why="members") == 1
        kept.handling.put_reader("Rob  Reader", "club", by="me")
        assert kept.handling.readers() == {"Rob Reader": "club"}
        assert kept.handling.role_of("Rob Reader").name == "club"
        assert kept.handling.role_of("Someone", otherwise="reader").name == "reader"
        with pytest.raises(UsageError, match="no such role"):
            kept.handling.put_rules(shipped_text(), by="me")
        for name, role in (("public", "club"), ("", "club"), ("owner", "club")):
            with pytest.raises(UsageError):
                kept.handling.put_reader(name, role, by="me")
        with pytest.raises(NotHeld):
            kept.handling.put_reader("Rob", "nothing", by="me")
        with pytest.raises(NotHeld):
            kept.handling.role_of("Someone")
        kept.handling.put_reader("Rob Reader", None, by="me")
        assert kept.handling.readers() == {}
        kinds = [(one.what, one.by) for one in kept.audit.entries()][::-1]
        assert kinds == [("ruled", "A. Lawyer"), ("ruled", "me"), ("ruled", "me")]
        assert kept.audit.entries()[-1].data["after"] == other


def test_rules_that_were_kept_stay(tmp_path: Path) -> None:
    import sqlite3

    with Archive.open(tmp_path) as kept:
        kept.handling.put_rules(shipped_text(), by="me")
    connection = sqlite3.connect(tmp_path / "catalogue.sqlite")
    for statement in ("UPDATE rules SET text = ''", "DELETE FROM rules"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_explaining_names_the_rule(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept:
        held = telegram(OPEN, "x.txt")
        kept.add(held)
        found = kept.handling.ruling(held.id, kept.handling.role_of("public"))
        assert (found.outcome, found.whole.rule) == ("whole", "stamped as released")
        kept.handling.release(held.id, "withheld", by="me", portion="1")
        found = kept.handling.ruling(held.id, kept.handling.role_of("public"))
        assert found.outcome == "in part"
        ((portion, one),) = found.portions
        assert (portion.name, one.released, one.rule) == ("1", False, "withheld")
