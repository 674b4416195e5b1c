"""Memoranda and letters say who wrote to whom, about what, and who signed, wherever labels stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.papers import PaperKind, runs_of
from septel.papers.forms import FormFields, form_fields
from septel.papers.forms.cells import labelled_cells
from septel.papers.forms.signers import signer_of
from septel.papers.places import FormWitness, Sheet
from tests.cli.test_cli import Capsys, call
from tests.papers.forms.sheets import sheet

TEXT = "1. The reports that were asked for in March have been put together by this office and are attached.\n"
MEMORANDUM = f"""12 March 1962
MEMORANDUM FOR: Chief, Contact Division
FROM: Chief, New York Office
SUBJECT: Reports on the Harbour
REFERENCE: NY Reports 2988-3 and 2989-3
{TEXT}
HENRY T. LOWELL
Chief, New York Office
"""


def read(kind: PaperKind, text: str) -> FormFields:
    return form_fields(kind, [FormWitness.of_texts([text])])


def test_a_memorandum_has_receiver_sender_references_and_signer() -> None:
    told = read(PaperKind.MEMORANDUM, MEMORANDUM)
    assert (told.to, told.originator) == (("Chief, Contact Division",), "Chief, New York Office")
    assert told.references == ("NY Reports 2988-3 and 2989-3",)
    assert (told.subject, told.signature) == ("Reports on the Harbour", "HENRY T. LOWELL")


def test_all_labels_before_all_values() -> None:
    head = "MEMORANDUM FOR:\nFROM:\nSUBJECT:\nOffice of Finance\nContract Division\nThe Contract\n"
    told = read(PaperKind.MEMORANDUM, head + TEXT)
    assert (told.to, told.originator, told.subject) == (
        ("Office of Finance",),
        "Contract Division",
        "The Contract",
    )


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("PROM   :   Chief, New York Office", "from", "Chief, New York Office"),  # a letter misread
        ("MEMO TO: Mr. Rowland", "to", "Mr. Rowland"),
        ("TO     Legat, Mexico (105-3702)     DATE: 3-13-64", "to", "Legat, Mexico (105-3702)"),
        ("FROM Deputy Director of Security", "from", "Deputy Director of Security"),  # its colon not read
        ("SUBJECT: THE MOUTSOS CASE  CIA HAS NO OBJECTION TO", "subject", "THE MOUTSOS CASE"),
    ],
)
def test_a_cell_through_its_noise(line: str, label: str, value: str) -> None:
    (cell,) = labelled_cells([line])
    assert (cell.label, cell.value) == (label, value)


@pytest.mark.parametrize("line", ["to. them at all", "from the office: a letter", "Subject.", "REFER 12"])
def test_prose_is_no_cell(line: str) -> None:
    assert not labelled_cells([line])


def test_words_at_the_left_of_a_scan_are_labels_by_the_gap_behind_them() -> None:
    head = sheet((3, 3, "TO"), (3, 22, "Chief, Harbours"), (6, 3, "FROM"), (6, 22, "Chief, Lisbon"))
    cells = labelled_cells([row.laid for row in head.rows])
    assert [(one.label, one.value) for one in cells] == [("to", "Chief, Harbours"), ("from", "Chief, Lisbon")]


def test_a_letter_goes_to_whom_its_address_names() -> None:
    text = f"""25 January 1974
Mr. William E. Nash
Deputy Director for Operations
Washington, D.C. 20505
Dear Mr. Nash:
{TEXT}
Sincerely,
W. J. FORKEL
Captain, USN
"""
    told = read(PaperKind.LETTER, text)
    assert (told.to, told.date, told.signature) == (("Mr. William E. Nash",), "1974-01-25", "W. J. FORKEL")
    assert "signature" not in told.guessed


def test_a_name_without_any_sign_beside_it_is_a_guess() -> None:
    lines = [TEXT, "Victor R. Whitman"]
    assert (signer := signer_of(lines)) is not None
    assert (signer.name, signer.sure) == ("Victor R. Whitman", False)
    assert signer_of([TEXT, "Director of Security"]) is None
    assert signer_of([TEXT, "RETURN TO CIA"]) is None
    names = [f"{first}. Palmer Reed" for first in "ABCDE"]
    assert signer_of([TEXT, *names]) is None  # a list


def test_parse_shows_who_wrote_to_whom(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "memorandum.txt"
    file.write_text(MEMORANDUM, encoding="utf-8")
    (run,) = runs_of([[MEMORANDUM]])
    assert run.kind is PaperKind.MEMORANDUM
    _, out, _ = call(capsys, "parse", file, "--as-is")
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in out.splitlines() if line.strip()}
    assert rows["from"] == "Chief, New York Office"
    assert rows["to"].startswith("Chief, Contact Division")
    assert rows["signed"].startswith("HENRY T. LOWELL")


def test_titles_above_a_head_are_no_text() -> None:
    told = read(
        PaperKind.MEMORANDUM,
        f"The Meeting in San Juan, P. R., 2-5 May 1964 Once More\nSUBJECT: The Boats\n{TEXT}",
    )
    assert told.subject == "The Boats"


def test_the_blanks_of_a_row_are_kept() -> None:
    assert Sheet.of_lines(["TO      Chief"]).rows[0].laid == "TO      Chief"


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("(William H. Smith)", "William H. Smith"),
        ("[William H. Smith]", "William H. Smith"),
        ("William H. Smith (Acting)", "William H. Smith (Acting)"),
    ],
)
def test_brackets_of_release_are_no_part_of_a_name(written: str, sender: str) -> None:
    page = f"1 November 1977\nMEMORANDUM FOR: Chief, WH/3\nFROM : {written}\nSUBJECT : Harbour"
    assert form_fields(PaperKind.MEMORANDUM, [FormWitness.of_texts([page])]).originator == sender
