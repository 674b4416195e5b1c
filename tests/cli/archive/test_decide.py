"""Decisions at the command line: made, contested, settled, learnt from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.errors import ExitCode
from septel.text import EditLog, Source, Step
from tests.archive.made import AT, holding_of
from tests.cli.test_cli import Capsys, cable, call

NOISY = (
    "SUBJECT: SALT TALKS\n\n1. SMITH 0PENED THE MEET1NG AND GAVE THE FL00R TO KVARTSKH3LIA.\n"
    "2. KVARTSKH3LIA REPL1ED THAT HIS S1DE HAD N0 0BJECTION.\n"
)
DIGEST = "cd" * 32


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def log_of(capsys: Capsys, name: str, archive: Path) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in call(capsys, "show", name, "--log", "--archive", archive)[1].splitlines()
    ]


def test_a_proposal_is_accepted_or_rejected(tmp_path: Path, archive: Path, capsys: Capsys) -> None:
    call(capsys, "read", cable(tmp_path), "--archive", archive)
    proposed = next(e for e in log_of(capsys, "cable.txt", archive) if e.get("before") == "0PENED")
    entry = f"entry:{proposed['entry']}"
    by = ("--by", "Ann", "--archive", archive)
    assert call(capsys, "decide", "cable.txt", entry, "--accept", "--why", "seen", *by)[0] == 0
    assert log_of(capsys, "cable.txt", archive)[-1]["detail"] == "Ann accepts: seen"
    assert "SMITH OPENED" in call(capsys, "show", "cable.txt", "--archive", archive)[1]
    code, out, _ = call(capsys, "decide", "cable.txt", "3:0PENED", "--reject", *by)
    assert (code, "'0PENED' is read as '0PENED'" in out) == (0, True)
    assert "SMITH 0PENED" in call(capsys, "show", "cable.txt", "--archive", archive)[1]
    call(capsys, "read", tmp_path / "cable.txt", "--archive", archive)
    assert "SMITH 0PENED" in call(capsys, "show", "cable.txt", "--archive", archive)[1]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("3:0PENED",), "give TEXT"),
        (("3:0PENED", "OPENED", "--accept"), "give TEXT"),
        (("entry:99", "--accept"), "no edit '99'"),
        (("1:SALT", "--accept"), "nothing is proposed"),
    ],
)
def test_what_can_not_be_meant_is_refused(
    tmp_path: Path, archive: Path, capsys: Capsys, arguments: tuple[str, ...], complaint: str
) -> None:
    call(capsys, "read", cable(tmp_path), "--archive", archive)
    code, _, err = call(capsys, "decide", "cable.txt", *arguments, "--archive", archive)
    assert code == ExitCode.USAGE
    assert complaint in err


def test_a_decision_teaches_the_document_and_the_archive(
    tmp_path: Path, archive: Path, capsys: Capsys
) -> None:
    first, other = cable(tmp_path, text=NOISY), cable(tmp_path, "other.txt", NOISY.replace("1.", "4."))
    call(capsys, "read", first, "--archive", archive)
    place = "3:KVARTSKH3LIA"
    call(capsys, "decide", "cable.txt", place, "KVARTSKHELIA", "--by", "Ann", "--archive", archive)
    with Archive.open(archive) as kept:
        assert kept.taught() == {"KVARTSKHELIA"}
    code, out, err = call(capsys, "renew", "cable.txt", "--archive", archive)
    assert (code, err) == (0, "")
    assert "new entries" in out
    shown = call(capsys, "export", "cable.txt", "--format", "plain", "--archive", archive)[1]
    assert shown.splitlines()[2].endswith("TO KVARTSKHELIA.")
    proposed = [e for e in log_of(capsys, "cable.txt", archive) if e.get("ground") != "decision"]
    assert "KVARTSKHELIA" in str(proposed)
    call(capsys, "read", other, "--archive", archive)
    assert "KVARTSKHELIA" in str(log_of(capsys, "other.txt", archive))
    # What is decided reaches the telegram's tree as well.
    call(capsys, "decide", "cable.txt", "1:SALT TALKS", "MBFR TALKS", "--archive", archive)
    call(capsys, "renew", "--all", "--archive", archive)
    assert "MBFR TALKS" in call(capsys, "show", "--archive", archive)[1]


def contested(archive: Path) -> str:
    """An archive with two captures of a scan; the newer one contradicts a decision about the older one."""
    old, new = (
        Source(name="scan.pdf", digest=DIGEST, text=f"NEXT MEETING IS ON {day}\n", step=Step.of(engine, "1"))
        for day, engine in (("TUESDAV", "old"), ("FRIDAY", "new"))
    )
    with Archive.open(archive) as kept:
        kept.add(holding_of(old, EditLog(old.id)))
    assert run_quietly("decide", old.id, "1:TUESDAV", "TUESDAY", "--by", "Ann", archive=archive) == 0
    with Archive.open(archive) as kept:
        kept.add(holding_of(new, EditLog(new.id), added=AT.replace(year=2022)))
    return new.id


def run_quietly(*arguments: str, archive: Path) -> int:
    from septel.cli.main import run

    return run([*arguments, "--archive", str(archive)])


def test_conflicts_are_listed_shown_and_settled(archive: Path, capsys: Capsys) -> None:
    new = contested(archive)
    at = ("--archive", archive)
    code, out, _ = call(capsys, "conflicts", *at)
    assert code == 0
    assert "1. contradicted: Ann reads 'TUESDAV' as 'TUESDAY'" in out
    assert "the newer source has 'FRIDAY' there" in out
    listed = json.loads(call(capsys, "conflicts", new, "--json", *at)[1])
    assert [(c["conflict"], c["kind"], c["found"]) for c in listed] == [(1, "contradicted", "FRIDAY")]
    shown, told = call(capsys, "show", "scan.pdf", *at)[1:]
    assert shown == "NEXT MEETING IS ON FRIDAY\n"
    assert "1 decision does not simply stand" in told
    assert "Ann reads 'TUESDAV'" in told
    older = listed[0]["origin"].partition(":")[0]
    assert f"a newer capture of the same file is {new}" in call(capsys, "show", older, *at)[2]
    assert call(capsys, "settle", new, 1, *at)[0] == ExitCode.USAGE
    assert call(capsys, "settle", new, 1, "--drop", "--by", "Bob", "--why", "clear", *at)[0] == 0
    assert "Every decision stands" in call(capsys, "conflicts", *at)[1]
    assert "set aside since" in call(capsys, "conflicts", "--all", *at)[1]
    assert call(capsys, "settle", new, 1, "--keep", *at)[0] == 0
    assert "ON TUESDAY" in call(capsys, "show", new, *at)[1]
    assert call(capsys, "settle", new, 1, "--at", "1:MEETING", "--json", *at)[0] == 0
    assert "NEXT TUESDAY IS ON FRIDAY" in call(capsys, "show", new, *at)[1]
    assert call(capsys, "settle", new, 2, "--drop", *at)[0] == ExitCode.NOT_HELD


def test_a_dispute_is_told_to_the_one_who_makes_it(archive: Path, capsys: Capsys) -> None:
    new = contested(archive)
    call(capsys, "settle", new, 1, "--drop", "--archive", archive)
    call(capsys, "decide", new, "1:FRIDAY", "MONDAY", "--by", "Ann", "--archive", archive)
    _, out, err = call(capsys, "decide", new, "1:FRIDAY", "SUNDAY", "--by", "Bob", "--archive", archive)
    assert "is read as 'SUNDAY'" in out
    assert "1 decision does not simply stand" in err
    told = call(capsys, "conflicts", "--archive", archive)[1]
    assert "disputed: Ann reads 'FRIDAY' as 'MONDAY'" in told
    code, _, err = call(capsys, "settle", new, 7, "--keep", "--archive", archive)
    assert code == ExitCode.NOT_HELD
    assert "there is no conflict 7" in err
    settle = re.search(rf"`septel (settle {new} \d+) --keep`", told)
    assert settle is not None
    assert call(capsys, *settle[1].split(), "--keep", "--archive", archive)[0] == 0
    assert "Every decision stands" in call(capsys, "conflicts", "--archive", archive)[1]
    assert "MONDAY" in call(capsys, "show", new, "--archive", archive)[1]
    assert call(capsys, *settle[1].split(), "--drop", "--archive", archive)[0] == 0
    assert "SUNDAY" in call(capsys, "show", new, "--archive", archive)[1]
    assert "set aside since" in call(capsys, "conflicts", "--all", "--archive", archive)[1]


def test_a_dispute_ends_by_the_undoing_that_it_names(archive: Path, capsys: Capsys) -> None:
    new = contested(archive)
    call(capsys, "settle", new, 1, "--drop", "--archive", archive)
    call(capsys, "decide", new, "1:FRIDAY", "MONDAY", "--by", "Ann", "--archive", archive)
    call(capsys, "decide", new, "1:FRIDAY", "SUNDAY", "--by", "Bob", "--archive", archive)
    told = call(capsys, "conflicts", "--archive", archive)[1]
    undo = re.search(rf"`septel (undo {new} \d+)`", told)
    assert undo is not None
    call(capsys, *undo[1].split(), "--by", "Ann", "--archive", archive)
    assert "Every decision stands" in call(capsys, "conflicts", "--archive", archive)[1]
    assert "SUNDAY" in call(capsys, "show", new, "--archive", archive)[1]


def test_another_scan_takes_the_place_of_an_older_one(tmp_path: Path, archive: Path, capsys: Capsys) -> None:
    at = ("--archive", archive)
    text = "THE NEXT MEETING WILL BE HELD ON TUESDAV AT TEN\n"
    call(capsys, "read", cable(tmp_path, "old.txt", text), *at)
    call(capsys, "read", cable(tmp_path, "new.txt", "A STAMP\n" + text), *at)
    call(capsys, "decide", "old.txt", "1:TUESDAV", "TUESDAY", "--by", "Ann", *at)
    assert call(capsys, "supersede", "old.txt", *at)[0] == ExitCode.USAGE
    code, out, _ = call(capsys, "supersede", "old.txt", "new.txt", "--by", "Ann", *at)
    assert (code, "takes the place of" in out) == (0, True)
    assert "ON TUESDAY AT" in call(capsys, "show", "new.txt", *at)[1]
    assert call(capsys, "show", *at)[1].count("\n") == 1
    code, out, _ = call(capsys, "supersede", "old.txt", "--undo", "--json", *at)
    assert (code, json.loads(out)["undone"]) == (0, True)
    assert call(capsys, "show", *at)[1].count("\n") == 2


def test_a_reading_holds_no_control_characters(archive: Path, capsys: Capsys) -> None:
    new = contested(archive)
    code, _, told = call(capsys, "decide", new, "1:FRIDAY", "FRI\x01DAY", "--archive", archive)
    assert code == ExitCode.USAGE
    assert "no control characters" in told
    for turned in ("\u202a", "\u202e", "\u2066", "\u2069"):
        word = f"FRI{turned}DAY"
        for verb in (
            ("decide", new, "1:FRIDAY", word),
            ("decide", new, "1:FRIDAY", "MONDAY", "--why", word),
            ("correct", new, f"title={word}"),
            ("correct", new, f"subject={word}"),
            ("note", new, word),
            ("tag", word, new),
        ):
            code, _, told = call(capsys, *verb, "--archive", archive)
            assert (code, "no control characters" in told) == (ExitCode.USAGE, True), verb


def test_two_papers_with_nothing_in_common_are_one_only_if_a_person_insists(
    tmp_path: Path, archive: Path, capsys: Capsys
) -> None:
    at = ("--archive", archive)
    texts = {
        "tin": "THE MINISTRY SPOKE WITH GREAT PATIENCE ABOUT FOURTEEN OTHER MATTERS BEFORE THEY WENT HOME\n",
        "wool": "HARBOUR DUES WERE RAISED FROM SEVEN PERCENT, WHICH SHIPPERS DISLIKE; STRIKES FOLLOW "
        "WHEN WINTER ENDS AND CARGO PILES UPWARD\n",
    }
    for name, text in texts.items():
        call(capsys, "read", cable(tmp_path, f"{name}.txt", text), *at)
    code, _, err = call(capsys, "supersede", "tin.txt", "wool.txt", *at)
    assert code == ExitCode.USAGE
    assert "0% of their words" in err
    code, out, _ = call(capsys, "supersede", "tin.txt", "wool.txt", "--yes", *at)
    assert (code, "--undo` ends it" in out) == (0, True)
    assert call(capsys, "supersede", "tin.txt", "--undo", *at)[0] == 0
    call(capsys, "read", cable(tmp_path, "again.txt", texts["tin"].replace("GREAT", "GRAET")), *at)
    assert call(capsys, "supersede", "tin.txt", "again.txt", *at)[0] == 0


@pytest.mark.parametrize("text", ["OPENED\nAND", "OPENED\rAND", "OPENED[?]", "OP[…2]ED", "OPENED\x1b[1m"])
def test_a_reading_is_one_line_without_marks_of_doubt(
    tmp_path: Path, archive: Path, capsys: Capsys, text: str
) -> None:
    call(capsys, "read", cable(tmp_path), "--archive", archive)
    code, _, err = call(capsys, "decide", "cable.txt", "3:0PENED", text, "--by", "Ann", "--archive", archive)
    assert code == ExitCode.USAGE
    assert len(err.splitlines()) == 1 and "a reading" in err


def test_who_signs_without_a_name_is_told_so(tmp_path: Path, archive: Path, capsys: Capsys) -> None:
    call(capsys, "read", cable(tmp_path), "--archive", archive)
    asked = ("decide", "cable.txt", "3:0PENED", "OPENED", "--archive", archive)
    assert "your user name" in call(capsys, *asked)[2]
    assert "user name" not in call(capsys, *asked, "--by", "Ann")[2]
    code, _, err = call(capsys, *asked, "--by", "Ann\nBob")
    assert code == ExitCode.USAGE and "a name" in err
