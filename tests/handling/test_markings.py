"""Markings as history: what a paper's own lines say, and what persons state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.archive.handling import facts_of, markings_on_page
from septel.archive.handling.grades import normal
from septel.capture.text_capture import text_capture
from septel.cli.main import run
from septel.errors import NotHeld, UsageError
from septel.telegram import parse, to_json
from septel.text import Reading, Source
from tests.handling.made import OPEN, PARTLY, telegram
from tests.telegram.samples import ELECTRONIC

BLOCK = """\
Message Attributes
Current Classification: UNCLASSIFIED
Decaption Date: 28 MAY 2004
Original Classification: SECRET
Original Handling Restrictions: EXDIS
Previous Classification: SECRET
Review Action: RELEASED, APPROVED
Review Authority: golinofr
Review Date: 09 SEP 2002
"""


def events(text: str) -> list[tuple[str, str, str, str | None]]:
    source = Source.of_text(text)
    tree = to_json(parse(Reading.of(source)))
    return [(one.stage, one.kind, one.value, one.date) for one in markings_on_page(tree, source)]


def test_the_page_says_what_was_and_what_is() -> None:
    found = events(ELECTRONIC.replace("Message Attributes\n", BLOCK))
    assert ("original", "classification", "CONFIDENTIAL", None) in found
    assert ("original", "caption", "LIMDIS", None) in found
    assert ("downgrading", "", "E.O. 11652: GDS", None) in found
    assert ("current", "classification", "UNCLASSIFIED", None) in found
    assert ("previous", "classification", "SECRET", None) in found
    assert ("release", "status", "RELEASED, APPROVED", "2002-09-09") in found
    stamps = [one for one in found if one[2].startswith("Declassified/Released")]
    assert [one[3] for one in stamps] == ["2005-06-30"]


def test_every_event_of_the_page_says_where(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept:
        held = telegram(OPEN, "x.txt")
        kept.add(held)
        for one in kept.handling.history(held.id):
            assert one.origin == "the page"
            assert one.where
            assert one.act is None


@pytest.mark.parametrize(
    ("stamp", "released"),
    [
        ("Declassified/Released US Department of State EO Systematic Review 30 JUN 2005", True),
        ("DECLASSIFIED Authority NND 969000", True),
        ("DECLASSIFIED AFTER 12 YEARS", False),
        ("NOT RELEASED", False),
        ("RELEASE DENIED", False),
        ("Declassified only in part; the rest is withheld", False),
    ],
)
def test_what_will_be_or_is_not_is_no_release(stamp: str, released: bool) -> None:
    from septel.archive.handling.markings import MarkingEvent

    event = MarkingEvent(stage="release", kind="status", value=stamp)
    facts, _ = facts_of({}, [event], ())
    assert facts.stamped is released


def test_statements_are_history_and_the_last_one_stands(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept:
        held = telegram(OPEN, "x.txt")
        kept.add(held)
        handling, public = kept.handling, kept.handling.role_of("public")
        handling.mark(held.id, "secret", by="A", stage="original", day="1970-03-12", authority="E.O. 10501")
        act = handling.mark(held.id, "Limited Official Use", by="B", stage="downgraded", day="4 May 1976")
        handling.mark(held.id, "exdis", by="B", caption=True)
        facts = handling.ruling(held.id, public).facts
        assert (facts.original, facts.marking, facts.captions) == ("S", "LOU", ("EXDIS",))
        stated = [one for one in handling.history(held.id) if one.act]
        assert [(one.stage, one.value, one.date, one.origin) for one in stated[:2]] == [
            ("original", "SECRET", "1970-03-12", "A"),
            ("downgraded", "LIMITED OFFICIAL USE", "1976-05-04", "B"),
        ]
        kept.curation.undo(act, by="C")
        assert handling.ruling(held.id, public).facts.marking == "S"
        assert [one.what for one in kept.audit.entries()[:2]] == ["decided", "handled"]


def test_an_excision_and_a_paragraph_mark_are_noted(tmp_path: Path) -> None:
    text = PARTLY.replace("1. THE MINISTER", "1. (S) THE MINISTER").replace(
        "3. AMBASSADOR", "3. (U) AMBASSADOR"
    )
    with Archive.open(tmp_path) as kept:
        held = telegram(text, "x.txt")
        kept.add(held)
        kept.handling.excise(held.id, "lines 9-9", "a name", by="me", authority="(b)(1)")
        ruling = kept.handling.ruling(held.id, kept.handling.role_of("public"))
        told = [(one.stage, one.value, one.authority) for one in kept.handling.history(held.id)]
        assert ("excision", "a name", "(b)(1)") in told
        marked = [one for one in kept.handling.history(held.id) if one.portion and one.stage == "original"]
        assert [(one.portion.name, one.value) for one in marked if one.portion] == [
            ("1", "SECRET"),
            ("3", "UNCLASSIFIED"),
        ]
        assert ruling.outcome == "whole"  # a stamp releases the paper with all its paragraphs


def test_faults_of_statements_are_told(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept:
        held = telegram(OPEN, "x.txt")
        kept.add(held)
        handling = kept.handling
        wrong: tuple[Callable[[], int], ...] = (
            lambda: handling.mark(held.id, "VERY SECRET", by="me"),
            lambda: handling.mark(held.id, "SECRET", by="me", stage="now"),
            lambda: handling.release(held.id, "open", by="me"),
            lambda: handling.embargo(held.id, "soon", by="me"),
            lambda: handling.embargo(held.id, "2030", by="me"),
            lambda: handling.release(held.id, "withheld", by="me", portion="17"),
            lambda: handling.release(held.id, "withheld", by="me", portion="lines 90-95"),
            lambda: handling.release(held.id, "withheld", by="me", portion="5-99999"),
            lambda: handling.release(held.id, "withheld", by="me", portion="9-9"),
        )
        for one in wrong:
            with pytest.raises(UsageError):
                one()
        with pytest.raises(NotHeld):
            handling.release("000000000000", "released", by="me")
        assert kept.handling.stated() is False
        assert kept.audit.entries() == []


def test_merging_brings_statements_along(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "one") as one, Archive.open(tmp_path / "two") as two:
        held = telegram(OPEN, "x.txt")
        for kept in (one, two):
            kept.add(held)
        two.handling.embargo(held.id, "2030-01-01", by="me")
        list(one.merge(two))
        list(one.merge(two))
        assert [one.kind for one in one.handling.statements(held.id)] == ["embargo"]


def test_released_in_part_opens_nothing_until_somebody_says_which(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept:
        held = telegram(OPEN, "x.txt")
        kept.add(held)
        public = kept.handling.role_of("public")
        kept.handling.release(held.id, "in-part", by="me")
        assert kept.handling.ruling(held.id, public).outcome == "withheld"
        kept.handling.release(held.id, "withheld", by="me", portion="2")
        assert kept.handling.ruling(held.id, public).outcome == "in part"


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        ("TOP SECRET - SENSITIVE", "TS"),
        ("D TOP SECRET -  SENSITIVE", "TS"),  # the D of DRAFT, down the margin
        ("TOP SECRET DINAR", "TS"),
        ("TOP\nSECRET DINAR", "TS"),
        ("S E C R E T", "S"),
        ("SECRET/NODIS", "S"),
        ("Confidential", "C"),
        ("| CONFIDENTIAL |", "C"),
        ("Top Secret Copy", "TS"),
        ("Top Secret Copy No. 4", "TS"),
        ("fop Secret", "TS"),
        ("CONFlDENTIAL", "C"),
        ("Secret Service", None),
        ("Secret talks were held", None),
        ("UNCLASSIFIED", None),  # lowers nothing
        ("SECRET MEETING HELD", None),
        ("The talks were secret.", None),
    ],
)
def test_the_head_and_foot_of_a_page_mark_a_paper(line: str, grade: str | None) -> None:
    body = "\n".join(f"{n}. THE DELEGATIONS MET AGAIN AND SPOKE OF FISH." for n in range(1, 12))
    for text in (f"{line}\n\n{body}\n", f"{body}\n\n{line}\n", f"{body}\n\f{line}\n{body}\n"):
        source = text_capture(text.encode(), "pages.txt").source
        whole, _ = facts_of({}, markings_on_page({}, source), ())
        assert whole.marking == (grade and normal(grade))
    middle = Source.of_text(f"{body}\n{line}\n{body}\n")
    assert facts_of({}, markings_on_page({}, middle), ())[0].marking is None


def test_the_highest_marking_counts_beside_a_message_s_own() -> None:
    source = Source.of_text("TOP SECRET DINAR\nCONFIDENTIAL LA PAZ 158\n")
    events = markings_on_page({}, source)
    assert facts_of({"classification": "CONFIDENTIAL"}, events, ())[0].marking == normal("TS")
    assert facts_of({"classification": "TS"}, (), ())[0].marking == normal("TS")


SHEET = """\
JFK ASSASSINATION SYSTEM
IDENTIFICATION FORM
AGENCY INFORMATION
AGENCY : LBJ
RECORD NUMBER : 177-10001-10060
RECORD SERIES : NATIONAL SECURITY FILE
AGENCY FILE NUMBER : #3
DOCUMENT INFORMATION
ORIGINATOR : CIA
FROM : DIRECTOR
TO : PRESIDENT
TITLE : TRADE IN WHEAT
DATE : 11/23/63
PAGES : 4
DOCUMENT TYPE : PAPER, TEXTUAL DOCUMENT
CLASSIFICATION : UNCLASSIFIED
RESTRICTIONS : 1B
CURRENT STATUS : REDACT
DATE OF LAST REVIEW : 08/13/97
OPENING CRITERIA :
COMMENTS :
"""
MEMO = """\
UNCLASSIFIED

MEMORANDUM FOR: The Director
SUBJECT: Trade in Wheat

1. The wheat came on Monday, and was paid for.
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (SHEET, False),
        (MEMO, True),
        (SHEET + "\f" + MEMO, False),
        (SHEET.replace("REDACT", "OPEN") + "\f" + MEMO, True),
    ],
    ids=["sheet", "memorandum", "behind a sheet", "behind an open one"],
)
def test_a_record_sheet_tells_the_status_of_what_follows_and_opens_nothing(
    tmp_path: Path, text: str, shown: bool
) -> None:
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    assert run(["read", str(tmp_path / "x.txt"), "--quiet", "--archive", str(tmp_path / "a")]) == 0
    with Archive.open(tmp_path / "a") as kept:
        papers = [kept.holding(one.id) for one in kept.each_listed()]
        last = max(papers, key=lambda one: "MEMORANDUM FOR" in one.source.text)
        ruling = kept.handling.ruling(last.id, kept.handling.rules().role("public"))
        told = [one for one in kept.handling.history(last.id) if one.stage == "sheet"]
    assert len(papers) == (2 if SHEET[:20] in text and MEMO in text else 1)
    assert ruling.whole.released == shown
    assert bool(told) == (text != MEMO)
    assert all("1B" in one.value for one in told)
