"""What `septel search` tells: lines cut around what was found, posts that may be meant, what persons are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from septel.archive.dossier import Dossier
from septel.cli.main import run
from septel.record import IssueVocabulary


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told")
    text = "\n".join(
        (
            "PAGE 01 BELGRA 01234 041530Z",
            "FM AMEMBASSY BELGRADE",
            "TO SECSTATE WASHDC",
            "S E C R E T BELGRADE 1234",
            "REF: STATE 4321",
            "SUBJECT: GRAIN",
            "1. MINISTER PETROVIC SAID THAT THE COMMITTEE MET AS STATE 555[?] ASKED.",
            "SMITH",
            "",
        )
    )
    (folder / "one.txt").write_text(text, "utf-8")
    (folder / "line.txt").write_text("THE CLERKS WROTE IT ALL DOWN. " * 200 + "A ZEBRA CAME.\n", "utf-8")
    assert run(["read", *map(str, folder.glob("*.txt")), "--archive", str(folder / "a"), "--quiet"]) == 0
    return folder / "a"


def _said(archive: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    run([*words, "--archive", str(archive)])
    return capsys.readouterr().out


def test_a_long_line_is_cut_around_what_was_found(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = _said(archive, capsys, "search", "zebra")
    assert "A ZEBRA CAME." in out
    assert "…" in out
    assert len(out) < 500
    assert len(_said(archive, capsys, "search", "clerks")) < 1000


def test_a_misspelled_post_before_a_number(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Did you mean belgrade 99 ?" in _said(archive, capsys, "search", "bellgrad 99")
    assert "Did you mean" not in _said(archive, capsys, "search", "xyzzyq 99")


def test_who_is_only_named_is_no_person(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = _said(archive, capsys, "search", "person:petrovic")
    assert "not who is only named" in out
    assert "Did you mean petrovic ?" in out


def test_references_tell_their_doubts(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cites = json.loads(_said(archive, capsys, "references", "BELGRADE 1234", "--json"))["cites"]
    assert {one["raw"]: one["doubtful"] for one in cites} == {"STATE 4321": False, "STATE 555": True}
    assert "STATE 555[?]" in _said(archive, capsys, "table", "references")


def test_codes_are_spelled_out() -> None:
    made = Dossier(documents=(), vocabulary=IssueVocabulary.shipped())
    assert made.label("BL") == "Bolivia (BL)"
    assert made.label("QQQQ") == "QQQQ"
