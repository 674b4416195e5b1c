"""Information reports: places, numbers of all series, and the printed row of agencies."""

from __future__ import annotations

import pytest

from septel.papers import PaperKind
from septel.papers.forms import form_fields
from septel.papers.places import FormWitness, Sheet, agencies_on
from tests.papers.forms.sheets import sheet

REPORT = """COUNTRY CHILE
REPORT NO. {number}
SUBJECT PLANS OF THE PORT WORKERS
DATE DISTR. 28 JUNE 1963OHNSON
PLACE & DATE ACQ. {place} (27 JUNE 1963)
FIELD REPORT NO. HSC 3566
SOURCE A MAN WHO KNOWS THE PORT
1. THE WORKERS OF THE PORT PLAN TO STOP WORK ON THE FIRST DAY OF NEXT MONTH.
{row}
"""
ROW = "STATE/INR DIA ARMY/ACSI NAVY AIR JCS SECDEF NSA NIC AID USIA OCI ONE OCR ORR OO EXO"


def read(number: str = "TDCS-3/551,800RREST", place: str = "CHILE, SANTIAGO", row: str = ROW) -> object:
    text = REPORT.format(number=number, place=place, row=row)
    return form_fields(PaperKind.REPORT, [FormWitness.of_texts([text])])


def test_stamps_over_number_and_date_are_no_part_of_them() -> None:
    told = read()
    assert told.number == "TDCS-3/551,800"  # type: ignore[attr-defined]
    assert told.date == "1963-06-28"  # type: ignore[attr-defined]


def test_one_place_and_places_in_both_cases() -> None:
    assert read(place="SINGAPORE").originator == "SINGAPORE"  # type: ignore[attr-defined]
    assert read(place="Mexico, Mexico City").originator == "Mexico, Mexico City"  # type: ignore[attr-defined]


def test_reports_that_went_by_pouch_have_their_numbers() -> None:
    assert read(number="CS-311/00466-65").number == "CS-311/00466-65"  # type: ignore[attr-defined]
    assert read(number="00-B-30993").number == "00-B-30993"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("worn", "told"),
    [
        ("STATE/INR DIA 4RMVIAC# navv AIR JCS SECDEF NSA 7IC A1) USIA OCI ONE OCR ORR 00 EX", ROW),
        # What stands nowhere is not put in.
        (
            ROW.removesuffix(" OO EXO") + " FBI\nTATE/DIR I&NS",
            ROW.removesuffix("OO EXO") + "FBI STATE/DIR I&NS",
        ),
        (ROW.replace(" AID", ""), ROW.replace(" AID", "")),
        (ROW.replace("OCR ORR ", ""), ROW.replace("OCR ORR ", "")),
        (ROW.replace("AID", "XXXXX"), ROW.replace(" AID", "")),
    ],
)
def test_only_what_has_a_place_in_the_row_stands_in_it(worn: str, told: str) -> None:
    assert read(row=worn).to == tuple(told.split())  # type: ignore[attr-defined]


def test_a_name_of_the_row_that_an_engine_lost_has_its_room() -> None:
    lost = sheet((0, 0, ROW.replace("NAVY AIR", "        ")))
    assert agencies_on(lost, printed=True) == tuple(ROW.split())
    assert "NAVY" not in agencies_on(sheet((0, 0, ROW.replace("NAVY AIR ", ""))), printed=True)


def test_what_the_typist_struck_out_of_the_limited_series_is_not_put_back() -> None:
    struck = "STATE/INR DIA ARMY/ACSI NAVY AIR JCS SECDEF NSA NIC XXXXXXXX OCI ONE OCR"
    told = read(number="TDCSDB-3/656,739", row=struck)
    assert told.to == tuple(struck.replace("XXXXXXXX ", "").split())  # type: ignore[attr-defined]


def test_a_subject_goes_on_over_rows_and_ends_before_the_next_cell() -> None:
    text = """COUNTRY SOUTH VIETNAM
SUBJECT WARNING TO THE PRESIDENT OF A POSSIBLE DATE DISTR. 1 AUGUST 1962
COUP ON THE NIGHT OF THE HOLI-
DAY OF THE STATE PRECEDENCE ROUTINE
DATE OF INFO. 1 AUGUST 1962
SOURCE A MAN WHO KNOWS
1. THE WORKERS OF THE PORT PLAN TO STOP WORK ON THE FIRST DAY OF NEXT MONTH.
"""
    told = form_fields(PaperKind.REPORT, [FormWitness.of_texts([text])])
    assert told.subject == (
        "WARNING TO THE PRESIDENT OF A POSSIBLE COUP ON THE NIGHT OF THE HOLIDAY OF THE STATE"
    )
    assert told.date == "1962-08-01"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("VIETNAM, SATGON", "VIETNAM, SAIGON"),
        ("PANAMA, PANAMA", "PANAMA, PANAMA"),
        ("PERU, CUZCO", "PERU, CUZCO"),
    ],
)
def test_a_misread_town_is_known_by_the_stations(typed: str, told: str) -> None:
    text = f"COUNTRY X\nPLACE & DATE ACQ. APPRAISAL {typed} (14 SEPTEMBER 1962)\nSOURCE A SENIOR OFFICIAL"
    assert form_fields(PaperKind.REPORT, [FormWitness.of_texts([text])]).originator == told


def test_those_who_got_a_report_in_the_field_are_none_of_its_row() -> None:
    text = f"2. FIELD DISSEM. STATE ARMY NAVY AIR CINCPAC PACFLT.\nEND OF MESSAGE\n{ROW}"
    assert agencies_on(Sheet.of_lines(text.split("\n")))[:3] == ("STATE/INR", "DIA", "ARMY/ACSI")
    assert agencies_on(Sheet.of_lines(["STATE INR DIA ARMY/ACSI NAVY AIR JCS"]))[0] == "STATE/INR"


@pytest.mark.parametrize(
    ("cells", "date"),
    [
        ("DATE DISTR. 27 AUGUST 1962\nDATE OF INFO. 24 AUGUST 1962", "1962-08-27"),
        ("DATE DIST. 27 AUGUST 1962", "1962-08-27"),
        ("REPORT DATE 27 AUGUST 1962\nDATE OF INFO. 24 AUGUST 1962", "1962-08-27"),
        ("DATE DISTR.\n27 AUGUST 1962", "1962-08-27"),
        ("DATE DISTR.\n27 AUG 62\nDATE OF INFO.\n24 AUG 62", "1962-08-27"),
        ("DATE DISTR. PRECEDENCE\n27 AUGUST 1962 ROUTINE", "1962-08-27"),
        ("DATE OF INFO. 24 AUGUST 1962\nDATE DISTR.\nPRECEDENCE ROUTINE\n27 AUGUST 1962", "1962-08-27"),
        # Only another date is told.
        ("DATE DISTR.\nDATE OF INFO. 24 AUGUST 1962", ""),
        ("DATE DISTR.\nPLACE & DATE ACQ. PARIS (25 AUGUST 1962)", ""),
        ("PLACE & DATE ACQ. PARIS (25 AUGUST 1962)", ""),
        ("DATE DISTR.\nDATE OF INFO.\n24 AUGUST 1962", ""),
    ],
)
def test_the_date_of_distribution_and_no_other(cells: str, date: str) -> None:
    text = f"COUNTRY CUBA\nREPORT NO. TDCS-3/551,800\nSUBJECT THE PORT\n{cells}\nSOURCE A MAN\n"
    text += "1. THE WORKERS OF THE PORT PLAN TO STOP WORK ON THE FIRST DAY OF NEXT MONTH.\n"
    assert form_fields(PaperKind.REPORT, [FormWitness.of_texts([text])]).date == date
