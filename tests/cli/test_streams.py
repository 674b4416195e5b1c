"""Output of any encoding, closed output, and readers who leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from septel.errors import ExitCode
from tests.conftest import ROOT

SAMPLE = str(ROOT / "sample" / "telegram.ocr.txt")


def septel(*words: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    surroundings = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    asked = [sys.executable, "-m", "septel.cli", *words]
    return subprocess.run(asked, capture_output=True, check=False, env=surroundings)


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_signs_that_a_terminal_has_not_are_written_plainly(encoding: str) -> None:
    read = septel("restore", SAMPLE, encoding="utf-8")
    assert b"\xe2\x80\xa6" in read.stdout  # […4], with an ellipsis
    plain = septel("restore", SAMPLE, encoding=encoding)
    assert (plain.returncode, plain.stderr) == (ExitCode.OK, b"")
    shown = plain.stdout.decode(encoding)
    assert shown.replace("…", "...") == read.stdout.decode("utf-8").replace("…", "...")


def test_json_loses_nothing() -> None:
    read, plain = (septel("restore", SAMPLE, "--json", encoding=name) for name in ("utf-8", "ascii"))
    assert plain.returncode == ExitCode.OK
    assert plain.stdout.isascii()
    assert json.loads(plain.stdout) == json.loads(read.stdout)


def test_closed_output_is_no_fault() -> None:
    asked = f"{sys.executable} -m septel.cli restore {SAMPLE} >&-"
    done = subprocess.run(["sh", "-c", asked], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (ExitCode.OK, b"")


@pytest.mark.parametrize("verb", ["restore", "parse", "record", "read"])
def test_a_reader_who_leaves_is_no_fault(verb: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    more = ["--archive", str(tmp_path_factory.mktemp("left") / "archive")] if verb == "read" else []
    asked = [sys.executable, "-m", "septel.cli", verb, SAMPLE, *more]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
        assert (running.wait(), said) == (ExitCode.OK, b"")


@pytest.mark.parametrize("more", [[], ["--json"], ["--quiet"]])
def test_what_is_read_is_stored_though_nobody_looks_on(tmp_path: Path, more: list[str]) -> None:
    for number in range(6):
        text = Path(SAMPLE).read_text("utf-8").replace("2417", f"24{number}7")
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    archive = tmp_path / "archive"
    texts = sorted(map(str, tmp_path.glob("*.txt")))
    asked = [sys.executable, "-m", "septel.cli", "read", *texts, "--archive", str(archive), *more]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.wait() == ExitCode.OK
    listed = [sys.executable, "-m", "septel.cli", "list", "--json", "--archive", str(archive)]
    assert len(json.loads(subprocess.run(listed, capture_output=True, check=True).stdout)) == 6
