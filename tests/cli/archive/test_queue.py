"""The queue of doubts at the terminal, lines with their numbers, and who may enter the room."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.room.access import AccountRole, Accounts, Tokens, TokenScope
from tests.archive.made import made
from tests.cli.test_cli import Capsys, call


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive") as kept:
        kept.add(made())
    return tmp_path / "archive"


def line(archive: Path, number: int) -> str:
    with Archive.open(archive) as kept:
        return kept.holding(made().id).reading.line_texts[number - 1]


def test_doubts_are_listed(archive: Path, capsys: Capsys) -> None:
    code, out, _ = call(capsys, "queue", "HELSINKI 1321", "--list", "--archive", archive)
    assert code == 0
    assert len(out.splitlines()) == 3
    assert "2:SAIT  word  SECRET TALKS ABOUT [SALT]" in out
    rows = json.loads(call(capsys, "queue", "HELSINKI 1321", "--json", "--archive", archive)[1])
    assert [row["weight"] for row in rows] == sorted((row["weight"] for row in rows), reverse=True)


def test_doubts_are_walked(archive: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = json.loads(call(capsys, "queue", "HELSINKI 1321", "--json", "--archive", archive)[1])
    keys = {"SAIT": "1", "~~~~": "t\nTHE", "MOSCOW": "a"}
    typed = "\n".join(keys[row["source"]] for row in rows)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    code, out, _ = call(capsys, "queue", "HELSINKI 1321", "--by", "Ann", "--archive", archive)
    assert (code, out.count("  entry ")) == (0, 3)
    assert line(archive, 2) == "SECRET TALKS ABOUT SAID"
    assert line(archive, 4) == "NEXT MEETING AT THE MOSCOW"
    assert call(capsys, "queue", "HELSINKI 1321", "--list", "--archive", archive)[1] == ""


def test_correct_alone_walks_what_is_in_doubt(
    archive: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = call(capsys, "queue", "--json", "--archive", archive)[1]
    assert json.loads(listed) == json.loads(call(capsys, "correct", "--json", "--archive", archive)[1])
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nq\n"))
    code, out, _ = call(capsys, "correct", "--by", "Ann", "--archive", archive)
    assert (code, out.count("  entry ")) == (0, 1)
    code, _, fault = call(capsys, "correct", "--undo", "1", "--archive", archive)
    assert (code, "no holding is named" in fault) == (2, True)


def test_the_walk_goes_back_to_what_is_undone_and_tells_of_other_keys(
    archive: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("z\n9\ns\nz\ne\nS\x07\ne\nSAID\nq\n"))
    code, out, told = call(capsys, "queue", "HELSINKI 1321", "--by", "Ann", "--archive", archive)
    assert code == 0
    assert "z is none of the keys here" in out
    assert "9 is none of the keys here" in out
    headings = [row.split("  ")[0] for row in out.splitlines() if " of 3  " in row]
    assert headings == ["1 of 3", "2 of 3", "1 of 3", "1 of 3", "2 of 3"]
    assert "no control characters" in told
    assert "SAID" in "".join(line(archive, number) for number in (2, 4))


def test_the_walk_can_be_undone_and_left(
    archive: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("u\nz\nq\n"))
    out = call(capsys, "queue", "HELSINKI 1321", "--by", "Ann", "--archive", archive)[1]
    assert "no longer counts" in out
    assert line(archive, 2) == "SECRET TALKS ABOUT SALT"


def test_the_shown_word_and_line_are_a_place(archive: Path, capsys: Capsys) -> None:
    shown = call(capsys, "show", "HELSINKI 1321", "--numbers", "--archive", archive)[1].splitlines()
    assert shown[1] == "    2  SECRET TALKS ABOUT SALT[?]"
    assert [row.split()[0] for row in shown] == ["1", "2", "3", "4", "5"]
    call(capsys, "decide", "HELSINKI 1321", "2:SALT[?]", "SAND", "--by", "Ann", "--archive", archive)
    assert line(archive, 2) == "SECRET TALKS ABOUT SAND"
    call(capsys, "decide", "HELSINKI 1321", "2:SAIT", "SALT", "--by", "Ann", "--archive", archive)
    assert line(archive, 2) == "SECRET TALKS ABOUT SALT"
    code, _, err = call(capsys, "decide", "HELSINKI 1321", "2:NOWHERE", "X", "--archive", archive)
    assert (code, "no single place" in err) == (2, True)


def test_long_titles_are_cut_in_lists_only(archive: Path, capsys: Capsys) -> None:
    long = "TALKS " * 1000
    out = call(capsys, "correct", "HELSINKI 1321", f"title={long}", "--archive", archive)[1]
    listed = call(capsys, "list", "--archive", archive)[1]
    for shown in (out, listed):
        assert "TAL…" in shown
        assert max(map(len, shown.splitlines())) < 250
    (row,) = json.loads(call(capsys, "list", "--json", "--archive", archive)[1])
    assert long.strip() in json.dumps(row)
    out = call(capsys, "correct", "HELSINKI 1321", "title=", "--archive", archive)[1]
    title = call(capsys, "list", "--archive", archive)[1].split("  ")[1].removesuffix("[?]")
    assert f"title = none; it is listed as {title}" in out


def test_accounts(archive: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("another password\n"))
    code, _, told = call(capsys, "account", "add", "Ann", "--archive", archive)
    assert (code, "already" in told) == (0, False)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, told = call(capsys, "account", "add", "Ann", "--archive", archive)
    assert (code, "no password was given" in told) == (2, True)
    monkeypatch.setattr("sys.stdin", io.StringIO("a long password\n"))
    code, out, told = call(capsys, "account", "add", "Ann", "--role", "editor", "--archive", archive)
    assert (code, out) == (0, "Ann may enter as editor, with another password.\n")
    assert "Ann may enter already, as reader." in told
    assert call(capsys, "account", "list", "--archive", archive)[1] == "Ann  editor\n"
    found = Accounts(archive).check("Ann", "a long password")
    assert found is not None
    assert found.role is AccountRole.EDITOR
    assert call(capsys, "account", "remove", "Ann", "--archive", archive)[0] == 0
    assert call(capsys, "account", "remove", "Ann", "--archive", archive)[0] == 5
    assert call(capsys, "account", "add", "--archive", archive)[0] == 2
    assert call(capsys, "room", "--host", "0.0.0.0", "--archive", archive)[0] == 2


def test_tokens(archive: Path, capsys: Capsys) -> None:
    asked = ("account", "token", "Ann", "--scope", "write", "--label", "desk", "--archive", archive)
    status, secret, told = call(capsys, *asked)
    assert status == 0
    assert "not shown again" in told
    found = Tokens(archive).check(secret.strip())
    assert found is not None
    assert (found.name, found.scope, found.label) == ("Ann", TokenScope.WRITE, "desk")
    listed = call(capsys, "account", "tokens", "--archive", archive)[1]
    assert listed.startswith(f"{found.id}  write  Ann")
    assert secret.strip() not in listed
    assert call(capsys, "account", "revoke", found.id, "--archive", archive)[0] == 0
    assert Tokens(archive).check(secret.strip()) is None
    assert call(capsys, "account", "revoke", found.id, "--archive", archive)[0] == 5
    for what in ("token", "revoke"):
        assert call(capsys, "account", what, "--archive", archive)[0] == 2
