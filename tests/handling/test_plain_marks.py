"""Nothing is released out of prose, or by a likeness of a mark."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from septel.archive.handling import facts_of, markings_on_page
from septel.archive.handling.rules import rules_of, shipped_text
from septel.capture.text_capture import text_capture
from septel.telegram import is_release_stamp, parse, to_json
from septel.text import Reading
from tests.handling.made import OPEN

HEADED = """\
O 120900Z MAR 70
FM AMEMBASSY LIMA
TO SECSTATE WASHDC
{grade}LIMA 4700

SUBJECT: TIN AND WHEAT

1. MINISTER SAID THE GOVERNMENT WANTED WHEAT. THE NEGOTIATION OF THE TIN
AGREEMENT GOES ON, AND HE THOUGHT THAT HIS NOTES SHOULD FOR NOW NOT BE
{line}
2. THE NEXT MEETING WILL BE HELD ON FRIDAY.
CRANE
"""
PAPER = """\
12 March 1970

MEMORANDUM FOR: The Director

SUBJECT: Trade in Wheat

1. The wheat came on Monday; the note that came with it must for now remain
{line}

2. The next boat is due on Friday.
"""
WORN = (
    HEADED.replace("GOVERNMENT", "GOVERMNEMT")
    .replace("NEGOTIATION", "NEG0TlATI0N")
    .replace("THOUGHT", "TH0UCHT")
)
"""The same as an engine reads a worn page: near forms are then tried."""
PROSE = (
    "in classified.",
    "unclassified.",
    "UNCLASSIFIED.",
    "UNCLASSIFIED",
    "UNCLASSIFIED OR NOT, AS THE CASE MAY BE.",
    "THE PAPER MUST NOT BECOME UNCLASSIFIED",
    "THE PAPER MUST REMAIN CLASSIFIED.",
    '"UNCLASSIFIED"',
    "HE CALLED IT 'UNCLASSIFIED'",
    "UN-\nCLASSIFIED",
    "DE-\nCLASSIFIED",
    "DECLASSIFIED",
    "DECLASSIFIED.",
    "DECLASSIFIED DOCUMENTS WERE SHOWN TO HIM.",
    "DECLASSIFIED BY THE EMBASSY LAST WEEK",
    "Declassified papers were shown to him.",
    '"DECLASSIFIED"',
    "RELEASED IN FULL",
    "THE TEXT WAS RELEASED IN FULL",
    "RELEASED",
    "NOT DECLASSIFIED",
)


def opened(text: str) -> bool:
    source = text_capture(text.encode(), "x.txt").source
    tree = to_json(parse(Reading.of(source)))
    heading = tree["heading"]
    grade = heading["classification"]
    told = {"classification": grade["value"] if grade else None, "captions": ()}
    facts, _ = facts_of(told, markings_on_page(tree, source), ())
    rules = rules_of(shipped_text())
    return rules.ruling(rules.role("public"), facts, datetime.now(UTC).date()).released


@pytest.mark.parametrize("form", [HEADED, WORN, PAPER], ids=["telegram", "worn", "paper"])
@pytest.mark.parametrize("grade", ["C O N F I D E N T I A L ", "", "lOMFlOENTlAL "])
@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_releases_nothing(form: str, grade: str, line: str) -> None:
    assert not opened(form.format(grade=grade, line=line))


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_releases_nothing_at_a_page_s_end_either(line: str) -> None:
    text = HEADED.format(grade="C O N F I D E N T I A L ", line=line)
    assert not opened(text.replace("\n2. THE", "\f2. THE"))


@pytest.mark.parametrize(
    "seen", ["UNClASSIFlfD", "IN CLASSIFIED", "UNCLASS1FIED", "DECLASSIFlED", "CLASSIFIED"]
)
def test_a_likeness_of_a_mark_opens_nothing(seen: str) -> None:
    for text in (OPEN[: OPEN.index("Declassified")], WORN.format(grade="C O N F I D E N T I A L ", line="")):
        assert not opened(f"{seen}\n{text}")
        assert not opened(f"{text}\n{seen}\n")
    assert not opened(OPEN[: OPEN.index("Declassified")].replace("C O N F I D E N T I A L", "UNCLASS1FlED"))


@pytest.mark.parametrize(
    "stamp",
    [
        "UNCLASSIFIED",
        "DECLASSIFIED",
        "DECLASSIFIED Authority NND 969000",
        "DECLASSIFIED\nAuthority NND 969000 By KVH NARA Date 3/4/98",
        "DECLASSIFIED E.O. 12958, Sec. 3.5",
        "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005",
        "Sheryl P. Walter Declassified/Released US Department of State EO Systematic Review 20 Mar 2014",
    ],
)
def test_a_stamp_by_itself_opens(stamp: str) -> None:
    text = OPEN[: OPEN.index("Declassified")]
    assert opened(f"{stamp}\n{text}")
    assert opened(f"{text}\n{stamp}\n")
    assert not opened(text)


@pytest.mark.parametrize("grade", ["UNCLAS ", "UNCLASSIFIED ", "U N C L A S S I F I E D "])
def test_a_class_line_opens_what_was_never_classified(grade: str) -> None:
    assert opened(HEADED.format(grade=grade, line=""))


@pytest.mark.parametrize(
    "line", ["CLASSIFIED BY 012345, DECLASSIFY ON: OADR", "CLASSIFIED", "CLASSIFIED BY", "CLASSIFIED BY 12"]
)
def test_who_classified_a_paper_released_nothing(line: str) -> None:
    source = text_capture(f"{WORN.format(grade='SECRET ', line='')}\n{line}\n".encode(), "x.txt").source
    tree = to_json(parse(Reading.of(source)))
    assert [one.value for one in markings_on_page(tree, source) if one.stage in ("current", "release")] == []


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("DECLASSIFIED", True),
        ("DECLASSIFIED PER EXECUTIVE ORDER 13526", True),
        ("Declassified and Approved For Release 2013/09/26", True),
        ("DECLASSIFIED BY NARA", True),
        ("DECLASSIFIED TEXTS FOLLOW", False),
        ("declassified", False),
        ("DECLASSIFIED BY THE BOARD", False),
        ("DECLASSIFIED?", False),
        ("“DECLASSIFIED”", False),
    ],
)
def test_what_is_a_stamp_of_release(line: str, stamp: bool) -> None:
    assert is_release_stamp(line) is stamp
