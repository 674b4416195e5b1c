"""The next meeting that a telegram announces."""

from __future__ import annotations

import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from septel.record import NextMeeting, next_meeting
from septel.telegram import parse
from septel.text import Reading, Source
from tests.telegram.samples import TWO_SECTIONS

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


def meeting(text: str) -> NextMeeting | None:
    reading = Reading.of(Source.of_text(text))
    return next_meeting(parse(reading), reading)


def dated(sentence: str) -> NextMeeting | None:
    return meeting(
        "R 181655Z NOV 69\nFM AMEMBASSY HELSINKI\nTO SECSTATE WASHDC\nSECRET HELSINKI 12\n\n"
        f"1. {sentence}\nSMITH\n"
    )


def test_place_weekday_and_a_date_that_stays_partial() -> None:
    found = meeting(TWO_SECTIONS)
    assert found is not None
    assert (found.place, found.weekday, found.date) == ("SOVIET EMBASSY", "FRIDAY", "--11-28")
    assert found.year is None
    assert 1969 in found.years
    assert found.paragraph == "summary"
    assert found.locus.span.of(TWO_SECTIONS).startswith("NEXT MEETING")


def test_with_a_year_the_weekday_is_checked() -> None:
    right = dated("NEXT MEETING WILL BE AT THE SOVIET EMBASSY ON THURSDAY, NOV 20.")
    assert right is not None
    assert (right.date, right.findings) == ("1969-11-20", ())
    wrong = dated("NEXT MEETING WILL BE AT THE SOVIET EMBASSY ON FRIDAY, NOV 20.")
    assert wrong is not None
    assert wrong.weekday == "FRIDAY"
    assert len(wrong.findings) == 1


def test_the_time_of_day() -> None:
    found = dated("NEXT SESSION IN GENEVA ON TUESDAY AT 3:30 P.M.")
    assert found is not None
    assert (found.weekday, found.time, found.date) == ("TUESDAY", "15:30", None)


def test_none_is_announced() -> None:
    assert dated("THE MEETING WAS SHORT.") is None


@given(st.dates(datetime.date(1969, 11, 19), datetime.date(1969, 12, 31)), st.sampled_from(DAYS))
def test_a_finding_exactly_when_the_weekday_is_wrong(day: datetime.date, name: str) -> None:
    month = day.strftime("%b").upper()
    found = dated(f"NEXT MEETING WILL BE HELD AT THE US EMBASSY ON {name}, {month} {day.day}.")
    assert found is not None
    assert found.date == day.isoformat()
    assert bool(found.findings) == (DAYS[day.weekday()] != name)


def test_the_real_telegram(shared: Path) -> None:
    found = meeting((shared / "seed" / "helsinki-1321.ocr.txt").read_text(encoding="utf-8"))
    assert found is not None
    assert (found.weekday, found.date, found.year) == ("THURSDAY", "--11-20", None)
    assert 1969 in found.years
