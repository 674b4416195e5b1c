"""Cables are read by the places of their forms: labels misread or lost, values beside or under them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from septel.papers import PaperKind
from septel.papers.forms import FormFields, form_fields, weighed_fields
from septel.papers.forms.cables.form import cable_form
from septel.papers.forms.cables.lines import is_apart
from septel.papers.places import FormWitness, Sheet, grade_on, listed_stations, references_on
from septel.papers.places.telegraph import telegraph_line
from septel.text import SURE
from tests.papers.forms.sheets import page, sheet

OUTGOING = (
    (4.0, 20.0, "MESSAGE FORM"),
    (6.0, 3.0, "UNIT: WH/3"),
    (7.0, 3.0, "EXT : 1234"),
    (8.0, 3.0, "DATE: 12 MARCH 1966"),
    (10.0, 6.0, "ROME BONN INFO: PARIS, GERMANY"),
    (12.0, 3.0, "FROM: DIRECTOR"),
    (16.0, 6.0, "ROME BONN"),
    (16.3, 28.0, "INFO PARI GMNY"),
    (15.8, 55.0, "CITE DIR"),
    (17.4, 33.0, "GNVA"),
    (19.0, 6.0, "TYPIC AMWHIP"),
    (21.0, 6.0, "REFS: A. ROME 9425 (IN 80558)"),
    (21.2, 62.0, "92482"),
    (22.6, 12.0, "B. FRAN 2758 (NOT SENT BONN)"),
    (26.0, 10.0, "1. STATION IS ASKED FOR ITS VIEWS ON THE MATTER"),
    (28.0, 6.0, "THAT WAS TOLD OF IN THE REFERENCES AND ITS ANNEX"),
    (30.0, 10.0, "B. NO TRACES ARE HELD OF THE MAN WHO WAS NAMED"),
    (32.0, 6.0, "BY THE SECOND SOURCE IN THE LETTER OF LAST WEEK"),
    (34.0, 10.0, "3. PLEASE ADVISE BY RETURN WHAT CAN BE DONE NOW"),
    (36.0, 20.0, "END OF MESSAGE"),
    (40.0, 20.0, "COORDINATING OFFICERS"),
)


def test_an_outgoing_form_is_read_by_its_columns() -> None:
    found = cable_form([sheet(*OUTGOING)])
    assert found.originator == "DIRECTOR"
    assert found.to == ("ROME", "BONN")
    assert found.info == ("PARI", "GMNY", "GNVA")
    assert found.number == "DIR 92482"
    assert found.date == "1966-03-12"
    assert found.references == ("A. ROME 9425 (IN 80558)", "B. FRAN 2758 (NOT SENT BONN)")


def test_a_misread_label_is_known_by_its_neighbours() -> None:
    assert cable_form([sheet(*OUTGOING)]).paragraphs == ("1.", "2.", "3.")


def test_an_incoming_message_is_read_by_its_telegraph_line() -> None:
    text = """CLASSIFIED MESSAGE
TO: DIRECTOR
FROM: MEXICO CITY
ACTION: C/WH 5
S E C R E T 231917Z
PRIORITY DIR INFO WAVE CITE MEXI 7373
RYBAT TYPIC
23 NOV 63 IN 67195
REF MEXI 7359 (IN 79677)
1. STATION OFFICER SAW HIM TODAY AND WILL SEE HIM AGAIN."""
    witness = FormWitness.of_texts([text])
    found = form_fields(PaperKind.CABLE, [witness])
    assert (found.originator, found.number, found.precedence) == ("MEXICO CITY", "MEXI 7373", "PRIORITY")
    assert (found.to, found.info) == (("DIR",), ("WAVE",))
    assert found.date == "1963-11-23"
    assert found.classification == "S E C R E T"
    assert found.references == ("MEXI 7359 (IN 79677)",)


def test_the_day_of_the_group_goes_before_that_of_the_stamp() -> None:
    text = "S E C R E T 302355Z CITE JMWAVE 7953\nPRIORITY DIRECTOR\n1 JUL 67 IN 02284"
    assert form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])]).date == "1967-06-30"


def test_a_stations_form_has_its_values_in_cells() -> None:
    found = telegraph_line(
        sheet(
            (10.0, 4.0, "TO"),
            (10.1, 28.0, "INFO"),
            (10.2, 58.0, "CITE"),
            (10.5, 6.0, "DIR"),
            (10.6, 32.0, "WAVE"),
            (10.4, 63.0, "KNGS 0208"),
            (14.0, 4.0, "A LINE OF TEXT THAT IS AS LONG AS THE PAGE IS WIDE TO THE RIGHT EDGE"),
        )
    )
    assert found is not None
    assert (found.to, found.info, found.who, found.number) == (("DIR",), ("WAVE",), "KNGS", "0208")


def test_what_cannot_be_read_is_empty() -> None:
    found = cable_form([sheet((2.0, 3.0, "oe te ; rs"), (5.0, 9.0, "=~ 8) wl"), (9.0, 30.0, "ste 44"))])
    assert (found.number, found.date, found.to, found.references, found.paragraphs) == ("", "", (), (), ())


def test_dates_in_the_text_are_not_the_messages() -> None:
    text = """S E C R E T 012356Z
DIR CITE MEXI 6761
1. FOLLOWING DEVELOPMENTS SINCE OUR MEETING OF 18 AUGUST 1945 ARE REPORTED."""
    assert form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])]).date == ""


def test_pages_vote_on_the_number_of_a_message() -> None:
    pages = ["BONN INFO ROME CITE DIR 75838\nTYPIC\n1. TEXT OF THE FIRST PAGE IS HERE"]
    pages += [f"PAGE {word}\nINFO CITE DIR 75338\nTEXT GOES ON" for word in ("TWO", "THREE")]
    assert form_fields(PaperKind.CABLE, [FormWitness.of_texts(pages)]).number == "DIR 75338"


def test_words_at_places_are_one_row_where_an_engine_cut_it() -> None:
    rows = Sheet.of_page(page([(4.0, 6.0, "ROME"), (4.2, 40.0, "CITE DIR"), (9.0, 6.0, "TYPIC")])).rows
    assert [row.text for row in rows] == ["ROME CITE DIR", "TYPIC"]


INCOMING = """CLASSIFIED MESSAGE
DATE 16 DECEMBER 1959
TO
FROM
ROUTINE {box}
{line}
3. THE CHIEF IS VISITING THE SIERRA FOR A CONFERENCE WITH THE OTHERS.
END OF MESSAGE
SECRET
"""


def test_a_number_in_its_box_tells_the_sender() -> None:
    text = INCOMING.format(box="IN 38553 HAVA 0693", line="INFO CITE")
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])])
    assert (found.number, found.originator, found.date) == ("HAVA 0693", "HAVA", "1959-12-16")


def test_a_torn_line_of_addresses_is_a_guess() -> None:
    text = INCOMING.format(box="", line="OPIN DIR INFO PRETY QQQQ CITRIX480")
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])])
    assert (found.to, "to" in found.guessed) == (("DIR",), True)


@pytest.mark.parametrize(
    ("name", "placed", "lined", "apart"),
    [
        ("to", ("SJOS",), ("SAN JOSE",), False),  # a code and its name
        ("to", ("SJOS",), ("SJOS", "WAVE"), False),
        ("to", ("WASHINGTON",), ("SHEXI",), True),
        ("number", "DIR 45535", "DIRECTOR 045535", False),
        ("number", "DIR 45535", "DIR 45536", True),
        ("date", "1961-04-03", "1961-04-04", False),  # typed and stamped
        ("date", "1962-08-28", "1975-07-15", True),
        ("originator", "MEXI", "MEXICO CITY", False),
        ("originator", "MEXI", "", False),
    ],
)
def test_what_places_and_lines_tell_differently(
    name: str, placed: object, lined: object, apart: bool
) -> None:
    one, other = (replace(FormFields(), **{name: told}) for told in (placed, lined))  # type: ignore[arg-type]
    assert is_apart(name, one, other) is apart


def test_dates_of_cited_papers_and_of_prose_are_not_the_messages() -> None:
    head = "CLASSIFIED MESSAGE\nTO: DIRECTOR\nFROM: MEXICO CITY\nDIR CITE MEXI 7489\n"
    cited = "REF: A. UFGA 19569, 22 JAN 1965 (NOT SENT PARI)\n"
    prose = "THE MAN WAS A GUARD OF THE EMBASSY FROM 28 AUG 62 TO 4 AUG 65 AND IN TEHRAN TOO\n"
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([head + cited + prose])])
    assert found.date == ""


def test_a_list_of_stations_on_a_later_page_is_whom_the_message_goes_to() -> None:
    first = "CLASSIFIED MESSAGE\nFROM: DIRECTOR\nTO: SEE ATTACHED LIST\nCITE DIR 37947\n1. ALL ARE ASKED.\n"
    second = "CITE DIR 37947\nLOND PARI BRUS HAGU\nCOPE STOC OSLO MADR\nROME MEXI BUEN LIMA\n"
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([first, second])])
    assert len(found.to) == 12
    assert found.to[:2] == ("LOND", "PARI")


SANITIZED = """CLASSIFIED MESSAGE
TO : [16-27]
FROM: DIRECTOR
TO [16-27] INFO [16-20] WAVE
DYVOUR PBRUMEN [02]TIDE
REF: [21-27]4538 (IN 80402) *
MR. ALEXANDER SHATTON ETA SAO PAULO PAN AIR DO BRASIL"""


def test_codes_of_a_sanitized_copy_stay_as_they_are() -> None:
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([SANITIZED])])
    assert (found.to, found.info) == (("[16-27]",), ("[16-20]", "WAVE"))
    assert found.references == ("[21-27]4538 (IN 80402)",)


def test_words_of_the_text_are_no_stations() -> None:
    text = """FROM: DIRECTOR
INFO: DDP, CI
TO: SAOP INFO: RIOD WAVE
CITE O.R: 89299
DYVOUR PBRUMEN BETIDE
REF: SAOP 4538 (IN 80402)
MR. ALEXANDER SHATTON ETA SAO PAULO PAN AIR DO BRASIL"""
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])])
    assert (found.to, found.info, found.number) == (("SAOP",), ("RIOD", "WAVE"), "DIR 89299")


def test_a_number_stamped_where_cite_was_not_read_is_a_guess() -> None:
    rows = [row for row in OUTGOING if "CITE" not in row[2]]
    found = cable_form([sheet(*rows, (16.9, 60.0, "92482"))])
    assert (found.number, "number" in found.guessed) == ("DIR 92482", True)
    rows = [row for row in rows if row[2] != "92482"]
    assert cable_form([sheet(*rows, (16.9, 60.0, "92482"), (15.0, 60.0, "71111"))]).number == ""


def test_another_number_under_that_of_headquarters_makes_it_doubtful() -> None:
    text = (
        "FROM: DIRECTOR\nCITE DIR: {}\n31987\nTO SEE ATTACHED LIST INFO\n1. ALL STATIONS SHOULD KNOW OF IT."
    )
    told = [
        "number" in cable_form([Sheet.of_lines(text.format(one).split("\n"))]).contested
        for one in ("57347", "31987")
    ]
    assert told == [True, False]


@pytest.mark.parametrize(
    ("box", "told"),
    [
        ("SECRET/RYBAT", "SECRET/RYBAT"),
        ("SECRET / KAPOK", "SECRET/KAPOK"),
        ("SECRET/NO FOREIGN DISSEM", ""),
        ("S E C R E T", "S E C R E T"),
    ],
)
def test_a_grade_with_its_word_of_handling_in_one_box(box: str, told: str) -> None:
    assert grade_on([Sheet.of_lines(["CLASSIFIED MESSAGE", box, "TO: ROME"])]) == told


def test_headquarters_between_the_rows_of_a_list_is_none_of_it() -> None:
    rows = [
        "BONN, FRANKFURT, BERLIN, COPENHAGEN,",
        "REYKJAVIK, PARIS, STOCKHOLM",
        "DIRECTOR",
        "BRUSSELS, ROME",
    ]
    listed = listed_stations(Sheet.of_lines(rows))
    assert "DIRECTOR" not in listed
    assert len(listed) == 9


def test_references_through_misread_words_in_brackets() -> None:
    rows = ["REF: JMWAVE 7900 (GW 00397)", "1. FOLLOWING QUERIES HAVE EMERGED FROM MEETINGS."]
    assert references_on(Sheet.of_lines(rows), 0).entries == ("JMWAVE 7900 (IN 00397)",)
    rows[0] = "REF: MEXICO CITY 35112 |IN 025302| Y"
    assert references_on(Sheet.of_lines(rows), 0).entries == ("MEXICO CITY 35112 IN 025302",)


def test_the_grade_of_a_teletype_stands_before_its_addresses() -> None:
    rows = ["(PRIORITY) SECRET CN NR 132 TO NEW ORLEANS FROM WASHINGTON", "TO ONE FROM TWO - CITE WA-9870"]
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts(["\n".join(rows)])])
    assert (found.classification, found.to) == ("SECRET", ("NEW ORLEANS",))


def test_a_message_that_is_to_be_relayed_lends_no_number() -> None:
    text = "FROM: DIRECTOR\nINFO: DDP, NE, VR\nPLEASE RELAY DIR 85387 TO NEW DELHI.\nEND OF MESSAGE"
    assert form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])]).number == ""


def test_an_army_telegram_is_dated_by_its_last_line() -> None:
    text = (
        "NR: DA 99529 TO: CINCEUR FRANKFURT INFO: USFA VIENNA\n1. REQUEST WORD.\n"
        "DA 99529 (AUG 51) DTG: 231455Z"
    )
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])])
    assert (found.to, found.info, found.date) == (("CINCEUR FRANKFURT",), ("USFA VIENNA",), "1951-08-23")


RECEIVED = """CLASSIFIED MESSAGE
TO: DIRECTOR
FROM: PARIS
ACTION: WE 8
{stamps}
S E C R E T {group}
DIR CITE PARI 5567
1. STATION OFFICER SAW HIM TODAY AND WILL SEE HIM AGAIN."""


@pytest.mark.parametrize(
    ("stamps", "group", "day", "doubtful"),
    [
        ("1 AUG 64 IN 40821", "012135Z", "1964-08-01", False),
        # A branch's stamp is of a later day than receipt, which the group and the number of receipt tell.
        ("3 AUG 64\n1 AUG 64 IN 40821", "012135Z", "1964-08-01", False),
        ("3 AUG 64\n1 AUG 64 IN 40821", "B2135Z", "1964-08-01", False),
        ("3 AUG 64", "B2135Z", "1964-08-03", True),
        ("3 AUG 64", "012135Z", "1964-08-01", False),
        ("18 SEP 64\n1 AUG 64 IN 40821", "", "1964-08-01", True),
        ("13 OCT 63", "222330Z", "1963-10-22", True),
        # One of the years is misread.
        (
            "HQ HAD BEEN NOTIFIED AND THE COPY SLOTTED AT 1035 13 DEC 63\n13 DEC 53 IN 80239",
            "",
            "1953-12-13",
            True,
        ),
    ],
)
def test_stamps_against_the_messages_own_time(stamps: str, group: str, day: str, doubtful: bool) -> None:
    witness = FormWitness.of_texts([RECEIVED.format(stamps=stamps, group=group)])
    told = weighed_fields(PaperKind.CABLE, [witness])
    assert told.fields.date == day
    assert (told.confidence["date"] < SURE) is doubtful


def test_a_group_of_another_day_makes_the_typed_date_doubtful() -> None:
    rows = [row for row in OUTGOING if "MESSAGE FORM" not in row[2]]
    for group, beside in (("302239Z", "302239Z"), ("122239Z", "")):
        told = cable_form([sheet((4.0, 20.0, f"MESSAGE FORM {group}"), *rows)])
        assert told.date == "1966-03-12"
        assert told.beside == beside
        assert ("date" in told.contested) is bool(beside)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("HE CAME HERE IN LATE 64 AND STAYED ON UNTIL THE END OF DECEMBER 65", True),
        ("HE CAME HERE IN LATE 64 AND WAS EMPLOYED AGAIN FROM 1 JAN 66 BY THE FIRM", False),
        ("HIS PASSPORT IS VALID UNTIL 1 JAN 66 AND WILL BE RENEWED BY LATE 70", True),
        ("HE CAME HERE IN LATE 44 AND WAS EMPLOYED AGAIN FROM 1 JAN 45 BY THE FIRM", True),
    ],
)
def test_a_date_before_times_that_the_text_names_as_past_is_ruled_out(text: str, read: bool) -> None:
    page = RECEIVED.format(stamps="6 DEC 46 IN 40821", group="062311Z") + f"\n2. {text}."
    told = weighed_fields(PaperKind.CABLE, [FormWitness.of_texts([page])])
    assert told.fields.date == ("1946-12-06" if read else "")
    assert told.unread.get("date", ()) == (() if read else ("1946-12-06",))


def test_a_filing_stamp_through_a_misread_z() -> None:
    text = (
        "CLASSIFIED MESSAGE\nORIG: A. ROWE\nUNIT: SAS\nEXT: 6153\nDATE: 21 NOV. 63\n22 Nov. 63 17 832\n"
        "TO: LIMA\nFROM: DIRECTOR\nCITE DIR 85312\n1. THE REPORTS THAT WERE ASKED FOR IN MARCH ARE HERE.\n"
    )
    assert form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])]).date == "1963-11-22"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("SUBJECT: HARBOUR/CO INTEL\nNAMES OF OLD RESIDENTS OF THE TOWN Y\nREF: BONN 62740 Y", True),
        ("SUBJECT HARBOUR/CO INTEL\nNAMES OF OLD RESIDENTS OF THE TOWN\nREF A. BONN 62740", True),
    ],
)
def test_a_subject_goes_on_over_its_rows(rows: str, told: bool) -> None:
    head = "SECRET 161250Z SEP 77 STAFF\nCITE BONN 62742\nTO: WASHINGTON INFO HAMBURG, GERMANY.\n"
    text = f"{head}{rows}\n1. THE TEXT.\n"
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])])
    assert (found.subject == "HARBOUR/CO INTEL NAMES OF OLD RESIDENTS OF THE TOWN") is told
    assert found.info == ("HAMBURG",)


def test_a_divisions_office_in_a_town_cites_under_its_whole_name() -> None:
    text = (
        "SECRET 222331Z JAN 71 CITE WH/MIAMI 0125\nDIRECTOR\n1. THE REPORTS THAT WERE ASKED FOR ARE HERE.\n"
    )
    found = form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])])
    assert (found.originator, found.number) == ("WH/MIAMI", "WH/MIAMI 0125")


def test_a_station_that_a_list_mended_is_a_guess() -> None:
    text = (
        "SECRET 211935Z\nDIR INFO {} CITE MEXI 7373\n1. THE REPORTS THAT WERE ASKED FOR IN MARCH ARE HERE.\n"
    )
    read = [
        form_fields(PaperKind.CABLE, [FormWitness.of_texts([text.format(one)])]) for one in ("WAVE", "WAVF")
    ]
    assert [one.info for one in read] == [("WAVE",), ("WAVE",)]
    assert ["info" in one.guessed for one in read] == [False, True]


def test_headquarters_stamp_beside_a_cable_to_many() -> None:
    rows = [
        (2.0, 8.0, "PRIORITY BOOK CABLE"),
        (2.0, 60.0, "88212"),
        (3.5, 6.0, "CARA LIMA WAVE BOGO"),
        (5.0, 6.0, "MEXI QUIT GUAT MONT"),
        (8.0, 9.0, "1. THE REPORTS THAT WERE ASKED FOR IN MARCH ARE HERE AND WERE READ."),
        (10.0, 6.0, "THEY SPEAK OF SHIPS THAT CAME INTO THE HARBOUR IN THE SPRING OF LAST YEAR."),
    ]
    text = "\n".join(words for _, _, words in rows)
    told = form_fields(PaperKind.CABLE, [FormWitness(text, (sheet(*rows),))])
    assert told.number == "DIR 88212"
    assert "number" in told.guessed


def test_a_case_and_its_number_are_no_cables_own() -> None:
    text = "SECRET\nNYOR CITE WA-12345\nROWE FROM SUPPORT\nCASE 37411\nREUR NYOR 6012.\n131435Z\n"
    told = form_fields(PaperKind.CABLE, [FormWitness.of_texts([text])])
    assert (told.originator, told.number, told.to) == ("WA", "WA 12345", ("NYOR",))
