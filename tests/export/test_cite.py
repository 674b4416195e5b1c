"""Citations, each read back by a reader of its format; tables for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime

import pytest

from septel.archive import HeadingCorrection, Holding
from septel.errors import UsageError
from septel.export.cite.cited import Cited, cited_of
from septel.export.cite.formats import FORMATS, cite
from septel.export.cite.stations import in_words, post_in_words
from septel.export.spreadsheet import written
from septel.telegram import parse, to_json
from septel.text import Reading, Source, Span
from tests.archive.made import AT, made

RELEASED = """R 092108Z JAN 74
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC 1844

CONFIDENTIAL LA PAZ 0158

SUBJECT: TIN & WHEAT, 100% OF IT_ALL

1. THE MINISTRY SPOKE.
STEDMAN

Message Attributes
Document Number: 1974LAPAZ00158
Film Number: D740169-1020
"""


@pytest.fixture
def released() -> Holding:
    source = Source.of_text(RELEASED, name="1974LAPAZ00158.txt")
    return replace(
        made(),
        source=source,
        log=replace(made().log, source_id=source.id, entries=()),
        telegram=to_json(parse(Reading.of(source))),
        identifier="LA PAZ 158",
        post="LA PAZ",
        dtg="1974-01-09T21:08Z",
        subject="TIN & WHEAT, 100% OF IT_ALL",
        title="LA PAZ 158: TIN",
    )


def test_the_note_of_a_released_telegram_is_the_archives_own_form(released: Holding) -> None:
    note = cite([cited_of(released)], "note")
    assert note.startswith(
        "Embassy La Paz to Department of State, Telegram 158, January 9, 1974, 1974LAPAZ00158, "
        "Central Foreign Policy Files, 1973-79/D-Reel Microfilm, "
        "RG 59: General Records of the Department of State, National Archives (text as it came; Septel "
    )
    assert cite([cited_of(released)], "short") == (
        "Embassy La Paz to Department of State, Telegram 158, January 9, 1974.\n"
    )
    assert cite([cited_of(released)], "bibliography").startswith(
        "Embassy La Paz to Department of State. Telegram 158, January 9, 1974. 1974LAPAZ00158. Central"
    )


def test_where_a_paper_is_kept_is_never_guessed() -> None:
    held = made()
    assert "archival location not stated" in cite([cited_of(held)], "note")
    given = HeadingCorrection(
        field="box", value="12", machine=None, by="x", at=datetime.now(AT.tzinfo), why="", act=1
    )
    note = cite([cited_of(replace(held, corrected=(given,)))], "note")
    assert "Box 12" in note
    assert "not stated" not in note


def test_a_place_says_its_line_and_on_what_its_words_rest() -> None:
    held = made()
    start = held.source.text.index("SECRET")
    cited = cited_of(held, Span(start, start + 23))
    assert (cited.pinpoint, cited.quoted) == ("p. 1, line 2", "SECRET TALKS ABOUT SALT[?]")
    assert cited.rests == "2 words restored by Septel, the least sure with probability 0.55"
    start = held.source.text.index("0F")
    assert cited_of(held, Span(start, start + 2)).rests == "read by M. Reader"
    start = held.source.text.index("HELSINKI")
    assert cited_of(held, Span(start, start + 8)).rests == "as it came"


def test_stations_are_written_as_prose_has_them() -> None:
    assert in_words("AMEMBASSY LA PAZ") == "Embassy La Paz"
    assert in_words("SECSTATE WASHDC IMMEDIATE") == "Department of State"
    assert in_words("USMISSION BERLIN") == "U.S. Mission Berlin"
    assert in_words("HELSINKI") == "Helsinki"
    assert in_words("USIA WASHDC") == "USIA Washington"
    assert in_words("RIO DE JANEIRO: FOREIGN MINISTRY") == "Rio de Janeiro: Foreign Ministry"
    assert in_words("AMCONSUL SANTA CRUZ DE LA SIERRA") == "Consulate Santa Cruz de la Sierra"
    assert in_words("CINCPAC POLAD") == "CINCPAC POLAD"


@pytest.fixture
def several(released: Holding) -> list[Cited]:
    hard = replace(
        made(), subject="BRACES {} \\ $5 #1 ^ ~ TE\u0301ST", identifier=None, telegram={}, dtg=None, post=None
    )
    return [cited_of(released), cited_of(released), cited_of(hard)]


def test_a_citation_processor_reads_the_csl(several: list[Cited]) -> None:
    citeproc = pytest.importorskip("citeproc")
    from citeproc.source.json import CiteProcJSON  # it has no types

    items = json.loads(cite(several, "csl-json"))
    assert items[0]["author"] == [{"literal": "Embassy La Paz"}]
    assert items[0]["issued"] == {"date-parts": [[1974, 1, 9]]}
    assert len({item["id"] for item in items}) == 3
    source = CiteProcJSON(items)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(items[0]["id"])]))
    (shown,) = [str(one) for one in bibliography.bibliography()]
    assert "Embassy La Paz" in shown
    assert "1974" in shown


def test_a_reader_of_ris_reads_it(several: list[Cited]) -> None:
    rispy = pytest.importorskip("rispy")
    rows = rispy.loads(cite(several, "ris"))
    assert len(rows) == 3
    assert rows[0]["authors"] == ["Embassy La Paz"]
    assert (rows[0]["type_of_reference"], rows[0]["year"], rows[0]["title"]) == (
        "PCOMM",
        "1974",
        "TIN & WHEAT, 100% OF IT_ALL",
    )


def test_a_reader_of_bibtex_reads_it(several: list[Cited]) -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(cite(several, "bibtex"))
    assert library.failed_blocks == []
    assert [entry.entry_type for entry in library.entries] == ["misc"] * 3
    first = library.entries[0]
    assert first["author"] == "{Embassy La Paz}"
    assert first["title"] == r"{TIN \& WHEAT, 100\% OF IT\_ALL}"
    assert (first["year"], first["month"]) == ("1974", "jan")


def test_there_are_no_other_forms(several: list[Cited]) -> None:
    assert set(FORMATS) == {"note", "short", "bibliography", "csl-json", "ris", "bibtex"}
    with pytest.raises(UsageError, match="no form of citation"):
        cite(several, "apa")


ROWS: list[list[str | int | float | None]] = [
    ["=1+1", 3, None],
    ["-x", 2.5, "é\n\x07"],
    ["plain", 0, 'a,b"c'],
]


def test_csv_is_read_back_and_holds_no_formulas() -> None:
    content = written(["a", "b", "c"], ROWS, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["a", "b", "c"]
    assert rows[1] == ["'=1+1", "3", ""]
    assert rows[3] == ["plain", "0", 'a,b"c']


def test_a_workbook_is_read_back_and_holds_no_formulas() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(written(["a", "b", "c"], ROWS, "xlsx", name="things")))
    sheet = book["things"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["a", "b", "c"],
        ["=1+1", 3, None],
        ["-x", 2.5, "é\n"],
        ["plain", 0, 'a,b"c'],
    ]
    assert sheet["A2"].data_type == "s"
    assert sheet.freeze_panes == "A2"


def test_there_is_no_other_table() -> None:
    with pytest.raises(UsageError, match="no form of table"):
        written(["a"], [], "ods")


def _paper(kind: str, **known: object) -> dict[str, object]:
    return {"kind": kind, "file": "fund.pdf", "pages": [2, 3], "of": 2, **known}


def test_a_report_is_cited_by_its_service_number_and_title_not_by_where_the_news_was_got() -> None:
    held = replace(
        made(),
        telegram={
            "heading": {"originator": {"value": {"name": "FRANCE, PARIS"}}},
            "paper": _paper(
                "cia-information-report",
                service="Central Intelligence Agency",
                numbers=["TDCS-3/520,846"],
                title="PLANNED UPRISING",
            ),
        },
        identifier=None,
        post="FRANCE, PARIS",
        dtg="1962-08-27",
        subject=None,
        title="Information report TDCS-3/520,846: PLANNED UPRISING (fund.pdf, pages 2-3)",
    )
    assert cite([cited_of(held)], "short") == (
        "Central Intelligence Agency, Information Report TDCS-3/520,846, “PLANNED UPRISING”, "
        "August 27, 1962.\n"
    )


def test_what_a_list_calls_an_untitled_paper_is_no_title() -> None:
    held = replace(
        made(),
        telegram={"paper": _paper("memorandum")},
        identifier=None,
        post=None,
        dtg="1962-08-28",
        subject=None,
        title="Memorandum, 1962-08-28 (fund.pdf, pages 2-3)",
    )
    assert cite([cited_of(held)], "short") == "Memorandum, August 28, 1962, file fund.pdf, pages 2-3.\n"
    for form in FORMATS:
        assert "1962-08-28" not in cite([cited_of(held)], form), form
    given = HeadingCorrection(
        field="title", value="Talk on tin", machine=None, by="x", at=datetime.now(AT.tzinfo), why="", act=1
    )
    named = cited_of(replace(held, corrected=(given,), title="Talk on tin"))
    assert cite([named], "short") == "“Talk on tin”, August 28, 1962.\n"


def test_signs_of_offices_and_names_with_small_letters_stay() -> None:
    assert in_words("STATE/INR") == "STATE/INR"
    assert in_words("McG. Bundy, White House") == "McG. Bundy, White House"


def test_initials_of_a_man_stay_as_they_are() -> None:
    assert [in_words(one) for one in ("NKH", "MR SMITH", "ST JOHNS")] == ["NKH", "Mr Smith", "St Johns"]


@pytest.mark.parametrize(
    "given, sender, shown",
    [
        ("Bonn", "AMEMBASSY BONN", "Embassy Bonn"),
        ("BONN", "AMEMBASSY BONM", "Embassy Bonn"),
        ("Santa Cruz", "AMCONSUL SANTA CRUZ", "Consulate Santa Cruz"),
        ("AMEMBASSY BONN", "", "Embassy Bonn"),
        ("Bonn", "", "Bonn"),
        ("Embassy Bonn", "AMEMBASSY BONM", "Embassy Bonn"),
        ("Department of State", "AMEMBASSY BONN", "Department of State"),
        ("CIA", "AMEMBASSY BONN", "CIA"),
        ("The White House", None, "The White House"),
    ],
)
def test_a_post_that_a_person_gives_is_cited_as_the_page_would_have_it(
    given: str, sender: str | None, shown: str
) -> None:
    assert post_in_words(given, sender) == shown


def test_the_bracket_of_a_release_is_no_part_of_a_name() -> None:
    def sent(name: str) -> str | None:
        head = {"originator": {"value": {"name": name}}}
        return cited_of(replace(made(), telegram={"heading": head})).sender

    assert sent("(William H. Godson)") == "William H. Godson"
    assert sent("Chief, Station (Berlin)") == "Chief, Station (Berlin)"
    assert sent("(Berlin) to (Bonn)") == "(Berlin) to (Bonn)"
