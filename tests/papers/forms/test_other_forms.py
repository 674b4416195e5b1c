"""Reports, messages of the bureau, wires and the Department's old form, read by place."""

from __future__ import annotations

import pytest

from septel.papers import PaperKind
from septel.papers.forms import FormFields, form_fields
from septel.papers.places import FormWitness
from septel.papers.places.dates import dates_on, day_of, month_of
from septel.papers.places.grades import grade_on
from septel.papers.places.sheet import Sheet
from septel.papers.places.stations import code, name
from tests.papers.forms.sheets import sheet


def read(kind: PaperKind, *pages: str) -> FormFields:
    return form_fields(kind, [FormWitness.of_texts(pages)])


def test_an_information_report() -> None:
    found = read(
        PaperKind.REPORT,
        """COUNTRY CUBA REPORT NO. TDCSDB-3/658, 582
SUBJECT POLICY OF THE GOVERNMENT DATE DISTR. 18 DECEMBER 1963
DATE OF INFO. LATE NOVEMBER 1963
PLACE & DATE ACQ. GERMANY, MUNICH (16 DECEMBER 1963) REF IN 82930
SOURCE A DIPLOMAT WHO HAS REPORTED BEFORE
1. THE PRESENT POLICY OF THE GOVERNMENT IS NOT TO ATTACK ANYBODY.
2. IT IS EXPECTED TO CHANGE WHEN THE WINTER IS OVER.
STATE/INR DIA ARMY/ACSI NAVY AIR JCS SECDEF NSA""",
        "TDCSDB-3/658,582 IN 82930\nPAGE 2\nFIELD DISSEM: CINCLANT.",
    )
    assert found.number == "TDCSDB-3/658,582"
    assert found.date == "1963-12-18"
    assert found.subject == "POLICY OF THE GOVERNMENT"
    assert found.originator == "GERMANY, MUNICH"
    assert found.to == ("STATE/INR", "DIA", "ARMY/ACSI", "NAVY", "AIR", "JCS", "SECDEF", "NSA")
    assert found.paragraphs == ("1.", "2.")


def test_an_airtel_whose_labels_were_misread() -> None:
    found = read(
        PaperKind.BUREAU,
        "FD-36 (Rev. 5-22-64)\nDate: 7-16-65\nALRTEL\nSAC, New York (134-5609)\n"
        "Froms Director, FB/ (105-89457)\nReBulet 6/1/65.",
    )
    assert (found.to, found.originator) == (("SAC, New York",), "Director, FBI")
    assert found.date == "1965-07-16"
    assert found.references == ("ReBulet 6/1/65.",)


def test_a_date_that_a_memorandum_speaks_of_is_not_its_own() -> None:
    text = """TO: Deputy Assistant Secretary
FROM: Deputy Director, Plans
SUBJECT: JANIKOWSKI, Henryk
1. Reference is made to the name check request, dated 18 June 1963, subject as above."""
    assert read(PaperKind.MEMORANDUM, text).date == ""
    assert read(PaperKind.MEMORANDUM, f"16 AUG 1963\n{text}").date == "1963-08-16"


def test_a_label_that_ends_a_sentence_is_none() -> None:
    text = """11. No commitments other than those stated above have been made to the
{}
12. At such time as he re-enters training"""
    assert read(PaperKind.MEMORANDUM, text.format("Subject.")).subject == ""
    assert read(PaperKind.MEMORANDUM, text.format("to. him at all,")).to == ()
    # A colon that was read as a full stop is still one.
    assert read(PaperKind.MEMORANDUM, "TO. Chief, Special Affairs Staff").to == (
        "Chief, Special Affairs Staff",
    )
    assert read(PaperKind.MEMORANDUM, "SUBJECT.\nHerbert Itkin File").subject == "Herbert Itkin File"


def test_a_military_message_whose_fm_was_misread() -> None:
    found = read(
        PaperKind.MILITARY,
        """O 180627Z
FW COMUSMACV
TO RUEPCR/WHITEHOUSE
RUEPDA/SECSTATE
INFO RUHPA/CINCPAC
BT
T O P S E C R E T MAC SOG 5050
A. OPLAN 34A
1. IN ORDER TO MEET SCHEDULES FOR JUNE AND JULY.""",
    )
    assert found.originator == "COMUSMACV"
    assert (found.to, found.info) == (("RUEPCR/WHITEHOUSE", "RUEPDA/SECSTATE"), ("RUHPA/CINCPAC",))


def test_the_departments_form_of_1961_beside_a_column_of_offices() -> None:
    found = read(
        PaperKind.STATE_TELEGRAM,
        """INCOMING TELEGRAM
Control: 9439
FE FROM: SAIGON
TO: Secretary of State
SS NO: 660, NOVEMBER 16, 11 AM
ACTION DEPARTMENT 660, INFORMATION CINCPAC POLAD 268
CIA REF: EMBTEL 627
Rec'd: NOV. 16, 1961""",
    )
    assert (found.originator, found.number, found.date) == ("SAIGON", "660", "1961-11-16")
    assert (found.info, found.references) == (("CINCPAC POLAD",), ("EMBTEL 627",))


def test_a_military_message_of_a_short_name_with_its_references() -> None:
    found = read(
        PaperKind.MILITARY,
        """P 212203Z
FM JCS
TO RUHPA/CINCPAC
INFO RUEPIA/CIA
BT
S E C R E T JCS 7421
LIMDIS NOFORN
REF: A. CINCPAC 190234Z
1. REQUEST YOUR COMMENTS.""",
    )
    assert (found.originator, found.number) == ("JCS", "JCS 7421")
    assert (found.references, found.signature) == (("A. CINCPAC 190234Z",), "")


def test_a_codeword_behind_a_misread_grade() -> None:
    found = read(
        PaperKind.OTHER_CABLE, "COP SECRET DINAR\nFR WASHINGTON: BRAZILIAN EMBASSY 26 NOV 63\nNR. 825."
    )
    assert (found.classification, found.number) == ("TOP SECRET DINAR", "825")


def test_other_posts_that_the_departments_form_informs() -> None:
    found = read(
        PaperKind.STATE_TELEGRAM,
        """INCOMING TELEGRAM Department of State
FROM: MOSCOW
TO: Secretary of State
NO: 2119, DECEMBER 2, 1961, 8 PM
ACTION DEPARTMENT 2119, INFORMATION PARIS 188, LONDON 233
REF: EMBTEL 062725 0128T""",
    )
    assert found.info == ("PARIS", "LONDON")
    assert found.references == ()  # what stands there is no telegram's number


def test_a_teletype_to_two_offices() -> None:
    found = read(
        PaperKind.BUREAU,
        """TELETYPE
URGENT 11-24-63 8-15 PM EST MAC
TO DIRECTOR, FBI AND SAC, DALLAS
FROM SAC, NEW YORK (105-38431)
RE NEW YORK TEL NOVEMBER TWENTYTHREE LAST.
UNSUBS, ARMED ROBBERY, HALLANDALE, IN THE STATE OF FLORIDA, MARCH 20, 1961.""",
    )
    assert (found.to, found.originator) == (("Director, FBI", "SAC, DALLAS"), "SAC, NEW YORK")
    assert found.date == "1963-11-24"
    assert found.references == ("RE NEW YORK TEL NOVEMBER TWENTYTHREE LAST.",)


def test_a_teletype_has_no_date_of_its_text() -> None:
    text = (
        "DECODED COPY\nFROM SAC, MIAMI 131836\nEDITH AND FRITZ DORIGO, HALLANDALE, FLORIDA, MARCH 20, 1961,"
    )
    assert read(PaperKind.BUREAU, text).date == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("DATE: 1B_Apr 68", "1968-04-18"),
        ("21 Aug 63 21 28z", "1963-08-21"),
        ("DEC 21 0142Z 63 IN 85247", "1963-12-21"),
        ("NOV. 16, 1961 3:50 a.m.", "1961-11-16"),
        ("28 June '67", "1967-06-28"),
        ("29-June-1067", "1967-06-29"),  # a figure of the century misread
        ("29 MARGH 1966", "1966-03-29"),
        ("DECLASSIFIED BY 12 MAY 1978", ""),
        ("31 FEB 63", ""),
        ("10 DEC 2063", ""),
    ],
)
def test_dates_through_misread_signs(line: str, told: str) -> None:
    assert next((one.iso for one in dates_on(Sheet.of_lines([line]))), "") == told


def test_the_day_of_a_group_beside_a_stamp() -> None:
    assert day_of(30, "1967-07-01", before=4, after=1) == "1967-06-30"
    assert day_of(15, "1967-07-01", before=4, after=1) == ""


def test_months_that_might_be_two_are_none() -> None:
    assert month_of("JU?") is None
    assert month_of("NOVENBER") == 11


def test_the_name_one_letter_away_goes_before_others_that_are_alike() -> None:
    assert name("BONDON") == "LONDON"
    assert name("BONDOR") is None


def test_stations_through_a_misread_letter_and_never_by_guess() -> None:
    assert code("MEXl") == "MEXI"
    assert code("HAVE") is None  # Havana or JMWAVE
    assert name("JMHAVE") == "JMWAVE"
    assert name("MEXICO ClTY") == "MEXICO CITY"
    assert name("OF THE") is None


def test_a_grade_whose_letters_were_cut_anyhow() -> None:
    assert grade_on([sheet((3.0, 30.0, "S EC R ET"))]) == "S E C R E T"
    assert grade_on([sheet((3.0, 30.0, "SECRETARY OF STATE"))]) == ""
    assert grade_on([Sheet.of_lines(["CLASSIFIED MESSAGE SECRET"])]) == "SECRET"
    assert grade_on([Sheet.of_lines(["THIS IS NO SECRET TO ANY OF THOSE WHO WERE THERE"])]) == ""


@pytest.mark.parametrize("line", ["2nd June, 1961.", "June 2nd, 1961", "2 June 1961"])
def test_days_with_their_endings(line: str) -> None:
    assert (
        form_fields(PaperKind.MEMORANDUM, [FormWitness.of_texts([f"{line}\nMEMORANDUM\n"])]).date
        == "1961-06-02"
    )
