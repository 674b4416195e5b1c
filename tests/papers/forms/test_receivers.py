"""Receivers of memoranda and how sure they are, numbers of reports, grades with compartments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from septel.papers import PaperKind, read_paper, runs_of
from septel.papers.forms import FormFields
from septel.papers.forms.agreement import POST, confidence_of, weighed
from septel.papers.places import compartmented
from septel.text import Reading, Source
from tests.papers.forms.test_first_pages import TEXT, memo, read

LETTER = FormFields(to=("Chief, Support Branch",))


@pytest.mark.parametrize(
    ("title", "to"),
    [
        ("MEMORANDUM FOR THE RECORD", "THE RECORD"),
        ("MEMORANDUM FOR: THE RE CORD", "THE RECORD"),
        ("MEMORANDUM FOR: THE REORD", "THE RECORD"),  # a letter was not read
        ("MEMO FOR THE RECORD", "THE RECORD"),
        ("MEMO FOR RECORD", "RECORD"),
        ("MEMORANDUM FOR THE FILE", "THE FILE"),
        ("MEMO FOR: FILES", "FILES"),
    ],
)
def test_a_memorandum_is_for_the_record_or_the_file(title: str, to: str) -> None:
    assert memo(f"3 May 1963\n{title}\nSUBJECT: The Harbour").to == (to,)


def test_receivers_by_their_posts_one_to_a_line() -> None:
    told = memo(
        "3 May 1963\nMEMORANDUM NO. 7 FOR: Director of Boats\nChief, Harbour Staff\nDeputy Director (Nets)\n"
        "Office of Fishing\nSUBJECT: The Harbour"
    )
    assert told.to == ("Director of Boats", "Chief, Harbour Staff", "Deputy Director (Nets)")


@pytest.mark.parametrize("title", ["MEMO", "MEMO FOR THE RECORD", "Memo for File"])
def test_the_short_title_begins_a_memorandum(title: str) -> None:
    (run,) = runs_of([[f"3 May 1963\n\n{title}\n\n{TEXT}\n\nJohn B. North\nChief, Support Branch\n"]])
    assert run.kind is PaperKind.MEMORANDUM


def test_receivers_by_post_are_surer_than_names() -> None:
    named = replace(LETTER, to=("Mr. North",))
    post, name = (weighed([("engine", one)]).confidence["to"] for one in (LETTER, named))
    assert post == confidence_of("to", POST)
    assert name < 0.91 < post
    guessed = weighed([("engine", replace(LETTER, guessed=("to",)))])
    assert guessed.confidence["to"] < 0.91
    assert weighed([("layer", LETTER)]).confidence.get("to", 0.0) < 0.91


def test_a_title_without_a_name_is_nobody() -> None:
    told = memo("3 May 1963\nTO: Chief, Support Branch\nFROM: MR.\nSUBJECT: The Harbour")
    assert told.originator == ""


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        ("SECRET/RYBAT", "SECRET/RYBAT"),
        ("RYBAT/SECRET", "RYBAT/SECRET"),
        ("HARBOR / S E C R E T", "HARBOR/S E C R E T"),
        ("SECRET/HARBOR", "SECRET/HARBOR"),
        ("SECRET/NOFORN", ""),  # a control, no compartment
        ("CONFIDENTIAL/US OFFICIALS ONLY", ""),
        ("UNCLASSIFIED/CONFIDENTIAL/SECRET", ""),  # to be ticked
        ("INTERNAL/SECRET", ""),
        ("The SECRET/HARBOR boats have been counted and nothing at all was found", ""),
    ],
)
def test_a_grade_with_its_compartment(line: str, grade: str) -> None:
    assert compartmented([line]) == grade


@pytest.mark.parametrize("line", ["RYBAT/SECRET", "SECRET/RYBAT"])
def test_a_compartment_is_shown_as_a_caption(line: str) -> None:
    text = f"{line}\n\n3 May 1963\n\nMEMORANDUM FOR: Chief, Support Branch\n\n{TEXT}"
    told = read_paper(Reading.of(Source.of_text(text)), {"kind": "memorandum"})[0].heading
    assert told.classification is not None
    assert (told.classification.value, told.classification.raw) == ("SECRET", line)
    assert [one.value for one in told.captions] == ["RYBAT"]


@pytest.mark.parametrize(
    "number", ["TDCSDB-3/123,456", "TDCSCI-3/123,456", "CS CI-3/123,456", "HCS/DB-12345", "CS-3/123,456"]
)
def test_letters_of_a_reports_number_are_not_dropped(number: str) -> None:
    told = read(f"COUNTRY: Cuba  REPORT NO. {number}\nSUBJECT: The Harbour\n{TEXT}", PaperKind.REPORT)
    assert told.number.replace(" ", "") == number.replace(" ", "")
