"""Telegrams of commercial companies; all are made up."""

from __future__ import annotations

import pytest

from septel.papers import PaperKind, runs_of
from septel.papers.forms import form_fields
from septel.papers.places import FormWitness

UNION = """CLASS OF SERVICE
WESTERN UNION
TELEGRAM
W. P. MARSHALL, PRESIDENT
1960 MAY 5 PM 6 02
LLF429 OB154 LA610
L LLJ201 PD LOS ANGELES CALIF 5 250P PDT
HENRY BROWN
PO BOX 8105 SOUTHWEST STATION WASHDC
NO WORD FROM JONES YET. PLEASE CHECK. MAY HAVE MISMAILED.
BEST REGARDS
HENRY LOPEZ
"""
OVERSEAS = """RCA COMMUNICATIONS, INC.
A RADIO CORPORATION OF AMERICA SERVICE
NOV 26 1963
MEXICOCITY 32 26 1230 LT
JOHN SMITH 12 BROADWAY
NEWYORK
SHIPMENT OF MACHINES LEFT VERACRUZ MONDAY STOP WILL YOU PAY
FREIGHT ON ARRIVAL
GARCIA
"""


def test_a_line_of_filing_tells_place_and_address() -> None:
    found = form_fields(PaperKind.OTHER_CABLE, [FormWitness.of_texts([UNION])])
    assert (found.originator, found.date, found.signature) == (
        "LOS ANGELES CALIF",
        "1960-05-05",
        "HENRY LOPEZ",
    )
    assert found.to == ("HENRY BROWN, PO BOX 8105 SOUTHWEST STATION WASHDC",)


def test_an_overseas_telegram_has_place_words_day_and_hour() -> None:
    found = form_fields(PaperKind.OTHER_CABLE, [FormWitness.of_texts([OVERSEAS])])
    assert (found.originator, found.date, found.signature) == ("MEXICOCITY", "1963-11-26", "GARCIA")
    assert found.to == ("JOHN SMITH 12 BROADWAY, NEWYORK",)


@pytest.mark.parametrize("text", [UNION, OVERSEAS])
def test_a_companys_form_is_known(text: str) -> None:
    (run,) = runs_of([[text]], agency="cia")
    assert run.kind is PaperKind.OTHER_CABLE


def test_a_text_that_speaks_of_a_company_is_no_telegram_of_it() -> None:
    text = "MEMORANDUM FOR THE RECORD\nSUBJECT: Western Union\n1. He wired from Los Angeles on 5 May.\n"
    found = form_fields(PaperKind.OTHER_CABLE, [FormWitness.of_texts([text])])
    assert (found.originator, found.to) == ("", ())
