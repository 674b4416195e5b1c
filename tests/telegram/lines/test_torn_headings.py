"""Headings of bad copies whose own other places tell what was lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from septel.capture import TypedEngine
from septel.lexicon import Lexicon
from septel.telegram import Telegram, parse
from septel.telegram.body.lost_labels import lost_number
from septel.telegram.heading.torn_time import torn_time
from septel.text import Reading, Source

HEAD = """CONFIDENTIAL
PAGE 01 LA PAZ 03098 141613Z
ACTION ARA-20
INFO OCT-01 ISO-00 EB-11 AID-20 /159 W
R 1475032 MAY 74
FM AMEMBASSY LA PAZ
SECSTATE WASHDC 3O79
C O N F I D E N T I A L LA PAZ 3098
E.O. 11652: GDS
TAGS: PFOR, BL
SUBJ PRESIDENT BANZER COMMENTS ON AID
REF: (AN STATE 111288; (B) STATE 092124
"""
TEXT = """1. I CALLED ON PRESIDENT BANZER MAY 13 AT MY INITIATIVE TO REVIEW
BILATERAL MATTERS PRIOR TO MY DEPARTURE.
PRESIDENT BANZER SAID THAT THE MOST URGENT NEED FOR THE FORCES IS
MORE EQUIPMENT OF ALL KINDS, AND THAT HE HOPED FOR AN ANSWER SOON
TO HIS LETTER.
3. THE PRESIDENT EXPRESSED PLEASURE THAT MILITARY SHIPMENTS WENT ON.
STEDMAN
CONFIDENTIAL
"""


def _worn(text: str) -> Telegram:
    return parse(Reading.of(replace(Source.of_text(text), step=TypedEngine().step)))


@pytest.mark.parametrize(
    ("line", "received", "told"),
    [
        ("R 1475032 MAY 74", ["141613Z"], (14, 15, 3, 5, 1974)),  # 7 for 1
        ("R 121072 MAY 74", ["312147Z"], (31, 21, 7, 5, 1974)),  # a figure lost
        ("R 221140Z MAR 796", ["232132Z"], (22, 11, 40, 3, 1979)),  # a speck behind the year
        ("R 312300Z JAN 74", ["010215Z"], (31, 23, 0, 1, 1974)),  # received in the next month
        ("R 24174Z JAN 74", ["241957Z"], None),  # ten minutes fit as well
        ("R 1475032 MAY 74", [], None),
        ("R 0112032 MAY 74", ["201613Z"], None),  # weeks before
    ],
)
def test_a_torn_time_is_told_by_the_times_of_receipt(
    line: str, received: list[str], told: tuple[int, ...] | None
) -> None:
    found = torn_time(line, Lexicon.shipped(), received)
    assert (found and found[1]) == told


def test_a_worn_heading_is_told_by_its_own_places() -> None:
    heading = _worn(HEAD + TEXT).heading
    assert heading.sent and heading.sent.value.iso == "1974-05-14T15:03Z"
    assert [(a.station.post, a.role, a.number) for a in heading.addressees] == [("STATE", "action", "3079")]
    assert heading.subject and heading.subject.value == "PRESIDENT BANZER COMMENTS ON AID"
    assert [one.value for one in heading.references] == ["(A) STATE 111288", "(B) STATE 092124"]


def test_a_time_read_with_a_letter_as_a_figure_fits_the_times_of_receipt() -> None:
    head = HEAD.replace("1475032", "1115032")
    assert (sent := _worn(head + TEXT).heading.sent)
    assert sent.value.iso == "1974-05-14T15:03Z"  # the 11th is days before


def test_a_line_of_dashes_tells_when_a_telegram_was_received() -> None:
    head = re.sub(r"\d{6}Z", "", HEAD.split("R 1475032")[0])
    assert (
        sent := _worn(
            f"{head}------------------031207 141613Z /65\nR 1475032{HEAD.split('R 1475032')[1]}{TEXT}"
        ).heading.sent
    )
    assert sent.value.iso == "1974-05-14T15:03Z"


def test_a_lost_number_stands_below_the_short_line_between_its_neighbours() -> None:
    assert [p.path for p in _worn(HEAD + TEXT).paragraphs] == ["1", "2", "3"]


def test_a_lost_number_is_not_guessed_among_several_lines() -> None:
    full = "THE PRESIDENT EXPRESSED PLEASURE THAT MILITARY SHIPMENTS WENT ON"
    assert lost_number([full, "SHORT ONE.", full, "SHORT TOO.", full, full], 1, 5) is None
    assert lost_number([full, full, full], 1, 2) is None
    assert lost_number([full, ". " + full, full], 1, 2) == (1, 2)


def test_a_clean_telegram_gets_no_number_that_it_lacks() -> None:
    clean = (
        (HEAD + TEXT).replace("1475032", "141503Z").replace("SECSTATE WASHDC 3O79", "TO SECSTATE WASHDC 3079")
    )
    assert [p.path for p in parse(Reading.of(Source.of_text(clean))).paragraphs] == ["1", "3"]
