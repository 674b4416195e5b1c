"""A long run that was interrupted is taken up again where it stopped."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from septel.capture.engines.typed.network import reader
from septel.cli.main import run
from septel.errors import ExitCode
from septel.restore import Restorer
from septel.synthesis.typescript import print_pages


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


def test_a_scan_that_an_older_network_read_is_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = next(iter(print_pages("SUBJECT: SALT\n\n1. HE SPOKE AT LENGTH.\n", seed=2)))
    (tmp_path / "scans").mkdir()
    page.crop((0, 0, 1000, 500)).save(tmp_path / "scans" / "a.tif")
    archive = tmp_path / "archive"
    command = ["read", str(tmp_path / "scans" / "a.tif"), "--archive", str(archive), "--quiet", "--resume"]

    def outcome() -> tuple[str, int]:
        assert run(command) == ExitCode.OK
        return capsys.readouterr().out, len(list((archive / "readings").rglob("*.json.gz")))

    out, readings = outcome()
    assert "left as an earlier run" not in out
    assert readings == 1
    assert outcome() == ("\n1 document: 0 read, 1 left as an earlier run made them\n" + _foot(archive), 1)
    network = replace(reader(), name="younger")
    monkeypatch.setattr("septel.capture.engines.typed.engine.reader", lambda: network)
    out, readings = outcome()
    assert "left as an earlier run" not in out
    assert readings == 2, "the page was read, not taken from what the older network read"
    assert "1 left as an earlier run" in outcome()[0]
    # The models of the restorer count as well: its gauges are among them.
    restorer = Restorer.load()
    fitted = replace(restorer, models=replace(restorer.models, digest="other gauges"))
    monkeypatch.setattr(Restorer, "load", lambda: fitted)
    out, readings = outcome()
    assert "left as an earlier run" not in out
    assert readings == 2, "what the engine read of the page still holds"


def _foot(archive: Path) -> str:
    return (
        f"\nArchive: {archive}  (1 held)\nSearch:  septel search WORDS --archive {archive}\n"
        f"Read in the browser:  septel room --archive {archive}\n"
    )
