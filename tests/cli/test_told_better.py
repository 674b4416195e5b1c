"""What is told where something is not so: the line that is meant, the verbs there are, numbers not held."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.errors import ExitCode
from tests.cli.test_cli import Capsys, cable, call


@pytest.fixture
def archive(tmp_path: Path, capsys: Capsys) -> Path:
    call(capsys, "read", cable(tmp_path), "--archive", tmp_path / "a", "--quiet")
    return tmp_path / "a"


def test_a_place_that_is_none_tells_what_its_line_reads(archive: Path, capsys: Capsys) -> None:
    code, _, err = call(capsys, "cite", "cable.txt", "--at", "1:NOWHERE", "--archive", archive)
    assert code == ExitCode.USAGE and "Line 1 reads" in err


def test_a_verb_that_is_none_names_those_that_there_are(capsys: Capsys) -> None:
    code, _, err = call(capsys, "handling", "set")
    assert code == ExitCode.USAGE and "mark" in err and "release" in err
    assert "Did you mean `release`?" in call(capsys, "handling", "releese")[2]


def test_a_number_that_is_not_held_is_said_to_be(archive: Path, capsys: Capsys) -> None:
    _, out, _ = call(capsys, "search", "La Paz 00158", "--archive", archive)
    assert "LA PAZ 158 is not held" in out
    assert "not held" not in call(capsys, "search", "zzyzx", "--archive", archive)[1]


def test_no_archive_is_used_where_none_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(capsys, "use", "no/such/folder")[0] == ExitCode.USAGE
    assert call(capsys, "use", "salt")[0] == ExitCode.OK


def test_what_an_export_lacks_is_told_in_one_line(archive: Path, tmp_path: Path, capsys: Capsys) -> None:
    _, _, err = call(capsys, "export", "--all", "--as", "site", "--to", tmp_path / "s", "--archive", archive)
    assert sum("does not hold" in line for line in err.splitlines()) == 1
