"""A long run that was interrupted is taken up again where it stopped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from septel.cli.main import run
from septel.errors import ExitCode


def test_a_run_is_resumed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "a.txt").write_text("SUBJECT: SALT\n\n1. HE SPOKE.\n")
    (scans / "b.txt").write_text("")
    command = ["read", str(scans), "--archive", str(tmp_path / "archive"), "--quiet"]
    assert run(command) == ExitCode.FAULTS
    assert "2 documents: 1 read, 1 failed" in capsys.readouterr().out
    (scans / "b.txt").write_text("SUBJECT: MBFR\n\n1. SHE SPOKE.\n")
    assert run([*command, "--resume"]) == ExitCode.OK
    out = capsys.readouterr().out
    assert "2 documents: 1 read, 1 left as an earlier run made them" in out
    assert "MBFR" in out
    assert "(2 held)" in out
    # Other settings, and files that changed, are other work.
    os.utime(scans / "a.txt", ns=(1, 1))
    assert run([*command, "--resume"]) == ExitCode.OK
    assert "2 documents: 1 read, 1 left" in capsys.readouterr().out
    assert run([*command, "--resume", "--sure", "0.5"]) == ExitCode.OK
    assert "2 documents: 2 read\n" in capsys.readouterr().out
    assert run(command) == ExitCode.OK
    assert "2 documents: 2 read\n" in capsys.readouterr().out
    assert len((tmp_path / "archive" / "ledger.jsonl").read_text().splitlines()) == 2 + 1 + 1 + 2 + 2
