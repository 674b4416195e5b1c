"""An archive of made telegrams, and plain full-text search beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from septel.cli.main import run
from septel.errors import ExitCode
from tests.postgresql import server_or_skip


def _asked(shared: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["bench", "archive", "--shared", str(shared), *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_both_plain_searches_are_asked_for_the_same_texts(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with server_or_skip() as server:
        words = ("--size", "12", "--at", str(tmp_path / "made"), "--clients", "1", "--asked", "1")
        beside = ("--beside", server.address("bench"))
        code, out, err = _asked(shared, capsys, *words, *beside, "--json")
        assert code == ExitCode.OK, err
        report = json.loads(out)
        assert report["holdings"] == report["built"] == 12
        assert report["peer"]["kind"] == "phrase, FTS5 alone, one client"
        assert report["beside"]["kind"] == "phrase, tsvector alone, one client"
        # What is there is asked again, and not built or copied again.
        again = json.loads(_asked(shared, capsys, *words, *beside, "--json")[1])
        assert (again["built"], again["holdings"]) == (0, 12)
        assert again["beside"]["count"] == report["beside"]["count"]


def test_a_folder_is_no_server(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--size", "12", "--at", str(tmp_path / "made"), "--beside", str(tmp_path))
    code, _, err = _asked(shared, capsys, *words)
    assert code == ExitCode.USAGE
    assert "names a PostgreSQL server" in err
    assert not (tmp_path / "made").exists()
