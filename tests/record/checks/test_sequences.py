"""Checks over pages, sections, runs of numbers and weekdays; each with a sound telegram beside it."""

from __future__ import annotations

import pytest

from septel.record import findings
from septel.telegram import parse
from septel.text import Reading, Source
from tests.telegram.samples import ELECTRONIC

SERIES = """\
P 181655Z NOV 69
FM AMEMBASSY HELSINKI
TO SECSTATE WASHDC PRIORITY

S E C R E T SECTION 1 OF 1 HELSINKI 1321

SALTO 015

SUBJECT: SALT

1. WE MEET AGAIN ON THURSDAY, NOVEMBER 20.

2. AS AGREED ON 17 NOVEMBER, A MONDAY.

GP-3.
SMITH
"""


def found(text: str) -> list[str]:
    reading = Reading.of(Source.of_text(text))
    return [finding.what for finding in findings(parse(reading), reading)]


def test_a_sound_telegram_has_none() -> None:
    assert found(SERIES) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("SECTION 1 OF 1", "SECTION 1 OF 3", "section 2, 3 of 3 is not here"),
        ("SALTO 015", "TOSALT 015", "TOSALT runs from the Department"),
        ("SALTO 015", "HAKTO 015", "HAKTO ran 1971-1977"),
        ("THURSDAY, NOVEMBER 20", "FRIDAY, NOVEMBER 20", "1969-11-20 was a THURSDAY, not a FRIDAY"),
        ("NOV 69", "NOV 72", "GP-3 on a telegram of 1972-11-18"),
    ],
)
def test_a_contradiction_is_told(before: str, after: str, told: str) -> None:
    assert before in SERIES
    assert any(told in what for what in found(SERIES.replace(before, after)))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("PAGE 02 LA PAZ 04112", "PAGE 02 LA PAZ 04172", "page 2 bears number 4172"),
        ("PAGE 02 LA PAZ 04112", "PAGE 02 LIMA 04112", "page 2 names LIMA"),
        ("PAGE 02 LA PAZ", "PAGE 03 LA PAZ", "page 2 is missing"),
    ],
)
def test_page_heads_are_held_together(before: str, after: str, told: str) -> None:
    assert before in ELECTRONIC
    assert any(told in what for what in found(ELECTRONIC.replace(before, after)))


def test_a_date_far_from_the_telegrams_own_is_left_alone() -> None:
    assert found(SERIES.replace("THURSDAY, NOVEMBER 20", "MONDAY, MAY 5, 1969")) == []
    assert found(SERIES.replace("2. AS AGREED", "2. ON MONDAY, JANUARY 6, 1967 OR AS AGREED")) != []
