"""Memoranda behind each other in one text, with no page's end between them."""

from __future__ import annotations

from pathlib import Path

from septel import capture
from septel.papers import PaperKind, parted, shown_participants
from tests.cli.test_cli import Capsys, call

BODY = "\n".join(f"Line {n} of what was said at the meeting by those who were there." for n in range(1, 9))


def memorandum(title: str, subject: str) -> str:
    return f"{title}\n\nSUBJECT: {subject}\nDATE: March 3, 1969\n\n{BODY}\n\nJohn Smith\n"


def parts(tmp_path: Path, text: str) -> list[tuple[PaperKind, tuple[int, int], str]]:
    file = tmp_path / "dump.txt"
    file.write_text(text, encoding="utf-8")
    found = parted(capture.read(file))
    assert "".join(one.capture.source.text for one in found) == text
    return [(one.paper.kind, one.paper.lines, one.capture.source.text.split("\n")[0]) for one in found]


def test_two_memoranda_are_two_papers(tmp_path: Path) -> None:
    one = memorandum("MEMORANDUM FOR THE PRESIDENT", "Talks at Helsinki")
    two = memorandum("MEMORANDUM OF CONVERSATION", "Limits on launchers")
    found = parts(tmp_path, f"{one}\n{two}")
    assert [kind for kind, _, _ in found] == [PaperKind.MEMORANDUM, PaperKind.MEMORANDUM]
    assert [first for _, _, first in found] == ["MEMORANDUM FOR THE PRESIDENT", "MEMORANDUM OF CONVERSATION"]


def test_documents_of_an_edition_are_told_by_their_numbers(tmp_path: Path) -> None:
    one = f"12. Memorandum From the Assistant to the President\n\n{BODY}\n"
    two = f"13. Letter From the Ambassador to the Secretary\n\n{BODY}\n"
    found = parts(tmp_path, f"{one}\n{two}")
    assert [kind for kind, _, _ in found] == [PaperKind.MEMORANDUM, PaperKind.LETTER]


def test_a_memorandum_that_is_named_or_quoted_within_one_begins_none(tmp_path: Path) -> None:
    text = memorandum("MEMORANDUM FOR THE PRESIDENT", "Talks at Helsinki")
    named = text.replace("Line 4 of", "MEMORANDUM FOR THE RECORD, as he called it, line 4 of")
    assert len(parts(tmp_path, named)) == 1
    quoted = f"{BODY}\n{BODY}\n\n{text}"
    assert len(parts(tmp_path, quoted)) == 1
    bare = text.replace("Line 4 of", "\nMEMORANDUM FOR THE RECORD\n\nLine 4 of")
    assert len(parts(tmp_path, bare)) == 1


def test_participants_stand_in_lists_and_citations(tmp_path: Path, capsys: Capsys) -> None:
    file, archive = tmp_path / "007.txt", tmp_path / "archive"
    people = "PARTICIPANTS\n• Ambassador Anatoliy Dobrynin\n• Mr. Henry A. Kissinger\n"
    file.write_text(
        f"135. Memorandum of Conversation[1]\n\nWashington, February 18, 1970.\n\n{people}\n{BODY}\n",
        encoding="utf-8",
    )
    call(capsys, "read", file, "--archive", archive, "--quiet")
    _, listed, _ = call(capsys, "list", "--archive", archive)
    assert "(Dobrynin and Kissinger), 1970-02-18" in listed
    _, cited, _ = call(capsys, "cite", "007.txt", "--archive", archive)
    assert "Dobrynin and Kissinger" in cited


def test_more_than_three_participants_are_counted() -> None:
    names = [
        "Mr. Henry A. Kissinger",
        "William Hyland",
        "Anatoliy Dobrynin",
        "Yuli Vorontsov",
        "Georgi Korniyenko",
    ]
    assert shown_participants(names) == "Kissinger, Hyland, Dobrynin and 2 others"
    assert shown_participants(names[:4]) == "Kissinger, Hyland, Dobrynin and 1 other"
    assert shown_participants(names[:1]) == "Kissinger"
    assert shown_participants([]) == ""


TELEGRAM = """PAGE 01  HELSINKI 01417  221430Z

P 221400Z NOV 69
FM USDEL SALT HELSINKI
TO SECSTATE WASHDC PRIORITY 4410
INFO AMEMBASSY MOSCOW

C O N F I D E N T I A L HELSINKI 1417

SUBJECT: SALT: DINNER TALK

1. FARLEY ASKED WHETHER THE MEETING WOULD BE HELD ON TUESDAY.

2. SEMENOV SAID THAT IT WOULD.
FARLEY
"""


def test_a_telegram_behind_a_memorandum_is_a_paper_of_its_own(tmp_path: Path) -> None:
    one = memorandum("Memorandum of Conversation", "Next meeting")
    found = parts(tmp_path, f"DEPARTMENT OF STATE\n\n{one}\n{TELEGRAM}")
    assert [kind for kind, _, _ in found] == [PaperKind.MEMORANDUM, PaperKind.STATE_TELEGRAM]
    assert found[1][2].startswith("PAGE 01  HELSINKI 01417")


def test_a_memorandum_behind_a_telegram_is_a_paper_of_its_own(tmp_path: Path) -> None:
    one = memorandum("MEMORANDUM OF CONVERSATION", "Next meeting")
    found = parts(tmp_path, f"{TELEGRAM}\nDEPARTMENT OF STATE\n{one}\n{TELEGRAM.replace('1417', '1433')}")
    assert [(kind, first) for kind, _, first in found] == [
        (PaperKind.STATE_TELEGRAM, "PAGE 01  HELSINKI 01417  221430Z"),
        (PaperKind.MEMORANDUM, "DEPARTMENT OF STATE"),
        (PaperKind.STATE_TELEGRAM, "PAGE 01  HELSINKI 01433  221430Z"),
    ]


def test_what_is_introduced_as_a_text_begins_no_paper(tmp_path: Path) -> None:
    one = memorandum("MEMORANDUM OF CONVERSATION", "Next meeting")
    sent = TELEGRAM.replace("FARLEY\n", f"3. TEXT OF MEMORANDUM FOLLOWS:\n\n{one}\nFARLEY\n")
    assert len(parts(tmp_path, sent)) == 1
    quoted = one.replace("John Smith", f"He had sent this cable:\n\n{TELEGRAM}\nJohn Smith")
    assert len(parts(tmp_path, quoted)) == 1
