"""An undated paper dates itself: proposals with reasons, never as if they stood on the page."""

from __future__ import annotations

import datetime

import pytest

from septel.record.checks.dates import DateProposal, Neighbour, date_proposals
from septel.telegram import Telegram, parse
from septel.text import Reading, Source

TEXT = """FM USDEL SALT HELSINKI
TO SECSTATE WASHDC
S E C R E T HELSINKI 1321
{extra}SUBJECT: SALT: NOV 18 SESSION
1. SMITH MET SEMENOV. {text}
{signed}
"""


def read(text: str = "", *, extra: str = "", signed: str = "SMITH") -> tuple[Telegram, Reading]:
    reading = Reading.of(Source.of_text(TEXT.format(text=text, extra=extra, signed=signed)))
    return parse(reading), reading


def years(found: tuple[DateProposal, ...]) -> set[str]:
    return {one.date[:4] for one in found}


def test_the_real_telegrams_date() -> None:
    telegram, reading = read("NEXT MEETING AT SOVIET EMBASSY, THURSDAY, NOV 20.", extra="SALTO 015\n")
    (found,) = date_proposals(telegram, reading)
    assert found.date == "1969-11"
    reasons = " ".join(found.reasons)
    assert "Thursday, November 20" in reasons
    assert "1969" in reasons
    assert "Semenov" in reasons
    assert telegram.heading.sent is None  # nothing of it stands in the tree


def test_a_weekday_alone_leaves_a_few() -> None:
    _, reading = read("THE GROUP MET ON THURSDAY, NOV 20.", signed="NOBODY")
    text = reading.source.text.replace("SMITH MET SEMENOV. ", "").replace("SALT: ", "").replace("SALT ", "")
    plain = Reading.of(Source.of_text(text))
    assert years(date_proposals(parse(plain), plain)) == {"1947", "1952", "1958", "1969", "1975", "1980"}


def test_numbers_that_are_held_narrow_it() -> None:
    _, reading = read(signed="NOBODY")
    text = reading.source.text.replace("SMITH MET SEMENOV. ", "").replace("SALT", "TALKS")
    plain = Reading.of(Source.of_text(text))
    near = (
        Neighbour(sent=datetime.date(1970, 11, 16), serial=1300, where="HELSINKI 1300"),
        Neighbour(sent=datetime.date(1970, 11, 21), serial=1340, where="HELSINKI 1340"),
        Neighbour(sent=datetime.date(1971, 1, 9), serial=40, where="HELSINKI 40"),
    )
    (found,) = date_proposals(parse(plain), plain, neighbours=near)
    assert found.date.startswith("1970")
    assert "HELSINKI 1300" in found.reasons[0]


def test_a_chief_signs_while_in_office() -> None:
    text = "FM AMEMBASSY ROME\nTO SECSTATE WASHDC\nC O N F I D E N T I A L ROME 1196\n"
    text += "TAGS: PFOR\nSUBJECT: X\n1. Y.\nVOLPE\n"
    reading = Reading.of(Source.of_text(text))
    found = date_proposals(parse(reading), reading)
    assert years(found) <= {"1973", "1974", "1975", "1976", "1977"}
    assert found


@pytest.mark.parametrize("dtg", ["P 181400Z NOV 69\n", "P 311400Z FEB 74\n"])
def test_a_page_that_names_a_year_needs_none(dtg: str) -> None:
    _, reading = read()
    reading = Reading.of(Source.of_text(dtg + reading.source.text))
    assert date_proposals(parse(reading), reading) == ()


def test_too_little_says_nothing() -> None:
    reading = Reading.of(Source.of_text("1. NOTHING OF NOTE WAS SAID.\n2. NOR DONE.\n"))
    assert date_proposals(parse(reading), reading) == ()


def test_a_paper_on_one_side_in_a_file_dates_nothing() -> None:
    reading = Reading.of(Source.of_text("1. NOTHING OF NOTE WAS SAID.\n2. NOR DONE.\n"))
    one = Neighbour(sent=datetime.date(1975, 3, 1), serial=None, where="Memorandum")
    other = Neighbour(sent=datetime.date(1975, 3, 9), serial=None, where="Letter")
    assert date_proposals(parse(reading), reading, neighbours=(one,)) == ()
    assert years(date_proposals(parse(reading), reading, neighbours=(one, other))) == {"1975"}
