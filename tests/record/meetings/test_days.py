"""The day of a meeting: what the text says of it stands before the date of the telegram that reports it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from septel.archive import Archive, dossier_of
from septel.record import Meeting, Record, record_of
from septel.record.review.fields import corrected_meeting
from septel.text import EditLog, Reading, Source
from tests.archive.made import AT, holding_of

HEAD = """PAGE 01 LA PAZ 04170 121318Z
{sent}
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC PRIORITY 6225
C O N F I D E N T I A L LA PAZ 4170
SUBJECT: CREDITS
1. {text}
"""
SENT = "P 112130Z MAY 79"
MINISTERS = "MINISTER ALBA TOLD THE AMBASSADOR THAT RESERVES HAD FALLEN TO ZERO."


def of(text: str, sent: str = SENT, day: str | None = None) -> Record:
    return record_of(None, Reading.of(Source.of_text(HEAD.format(sent=sent, text=text))), day=day)


def held(record: Record) -> Meeting:
    return next(m for m in record.meetings if m.status == "held")


@pytest.mark.parametrize(
    "told, day, of_report",
    [
        ("AT A DINNER ON MAY 9 ", "1979-05-09", False),
        ("AT A LUNCH YESTERDAY ", "1979-05-10", False),
        ("AT A LUNCH TODAY ", "1979-05-11", False),
        ("ON MAY 9 THE CABINET MET. AT THE SAME MEETING ", "1979-05-09", False),
        ("THE CABINET MET ON MAY 9. THE BANKS WERE SHUT. IN A TALK THAT EVENING ", "1979-05-09", False),
        # A new meeting has not the day of what was told before it.
        ("ON MAY 9 THE CABINET MET. AT A DINNER ", "1979-05-11", True),
        ("AT A DINNER ", "1979-05-11", True),
    ],
)
def test_a_day_in_the_text_stands_before_the_telegram_s(told: str, day: str, of_report: bool) -> None:
    found = held(of(told + MINISTERS))
    assert (found.date, found.date_of_report) == (day, of_report)


def test_a_day_that_only_the_catalogue_has_is_the_report_s() -> None:
    record = of("AT A DINNER " + MINISTERS, sent="P 112130Z", day="1979-05-11")
    assert record.date == "1979-05-11"
    assert (held(record).date, held(record).date_of_report) == ("1979-05-11", True)
    assert held(of("AT A DINNER YESTERDAY " + MINISTERS, sent="", day="1979-05-11")).date == "1979-05-10"


def test_no_date_at_all_is_none() -> None:
    found = held(of("AT A DINNER " + MINISTERS, sent=""))
    assert (found.date, found.date_of_report) == (None, False)


def test_meetings_that_only_their_reports_date_are_not_taken_for_one() -> None:
    one, other = of("AT A DINNER " + MINISTERS), of("AT A LUNCH " + MINISTERS)
    assert held(one).date == held(other).date
    assert held(one).id != held(other).id


def test_a_day_that_a_person_gives_is_the_meeting_s_own() -> None:
    doubted = replace(held(of("AT A DINNER " + MINISTERS)), date_doubtful=True)
    found = corrected_meeting(doubted, {"date": "1979-05-08"})
    assert (found.date, found.date_of_report, found.date_doubtful) == ("1979-05-08", False, False)


def test_the_day_of_a_list_is_the_report_s_and_moves_with_its_correction(tmp_path: Path) -> None:
    text = HEAD.format(sent="P 112130Z", text="AT A DINNER " + MINISTERS)
    source = Source.of_text(text, name="body.txt")
    with Archive.open(tmp_path / "archive") as archive:
        archive.add(holding_of(source, EditLog(source.id), title="LA PAZ 4170", dtg="1979-05-11T21:30Z"))
        found = held(dossier_of(archive, [source.id]).records[0])
        assert (found.date, found.date_of_report) == ("1979-05-11", True)
        archive.curation.correct(source.id, "dtg", "12 May 1979", by="A. Reader", at=AT, why="the head")
        found = held(dossier_of(archive, [source.id]).records[0])
        assert (found.date, found.date_of_report, found.date_doubtful) == ("1979-05-12", True, False)
