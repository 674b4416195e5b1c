"""Workers, and an archive in PostgreSQL that goes away while they read: nothing is lost, or done twice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.cli.main import run
from septel.errors import ExitCode
from tests.postgresql import Server, server_or_skip

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 150
AWAY_SECONDS = 4.0
EPOCH = "1700000000"


@pytest.fixture
def postgresql() -> Iterator[Server]:
    """A server that the test may stop."""
    with server_or_skip() as running:
        yield running


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Noisy telegrams, each another text; one is there twice, and one can't be read."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(DOCUMENTS - 2):
        body = "\n".join(
            f"{n}. THE MIN1STER SP0KE OF TRADE AND OF THE {number * 7 + n} T0NS THAT LIMA HAD 0FFERED."
            for n in range(1, 5)
        )
        text = f"FM AMEMBASSY LIMA\nSUBJECT: TALKS {number}\n\n{body}\n"
        (folder / f"c{number:03}.txt").write_text(text)
    (folder / "d-again.txt").write_text((folder / "c001.txt").read_text())
    (folder / "e-empty.txt").write_text("")
    return folder


class Reading:
    """A run of `septel read` as a program of its own, whose lines are seen as they come."""

    def __init__(self, papers: Path, folder: Path, *words: str) -> None:
        command = [sys.executable, "-m", "septel.cli", "read", str(papers), "--quiet", *words]
        env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
        self._log = folder / f"complaints-{time.monotonic_ns()}"
        with self._log.open("w") as complaints:
            self._process = subprocess.Popen(
                command, env=env, stdout=subprocess.PIPE, stderr=complaints, text=True, bufsize=1
            )
        self.lines: list[str] = []

    def until_kept(self, number: int) -> None:
        """Wait until so many documents were kept."""
        assert self._process.stdout is not None
        while sum("stored as" in line for line in self.lines) < number:
            line = self._process.stdout.readline()
            assert line, f"the run ended before: {self._log.read_text()}"
            self.lines.append(line)

    def until_told(self, words: str, *, seconds: float = 120.0) -> None:
        """Wait until it complained of something: a busy machine may come to it late."""
        ends = time.monotonic() + seconds
        while words not in self._log.read_text():
            assert time.monotonic() < ends, self._log.read_text()
            assert self._process.poll() is None, self._log.read_text()
            time.sleep(0.1)

    def workers(self) -> list[int]:
        """The numbers of its worker processes."""
        pid = self._process.pid
        found = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(one) for file in found for one in file.read_text().split()]

    def ended(self) -> tuple[int, str, str]:
        """Its exit code, what it said, and what it complained of."""
        out, _ = self._process.communicate(timeout=120)
        return self._process.returncode, "".join(self.lines) + out, self._log.read_text()

    def interrupt(self) -> None:
        """As Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)


def exported(archive: Path | str, folder: Path) -> dict[str, bytes]:
    for form in ("json", "tei"):
        command = ["export", "--all", "--as", form, "--to", str(folder / form), "--archive", str(archive)]
        assert run(command) == ExitCode.OK
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are found in /proc (Linux)")
def test_a_database_that_goes_away_under_two_workers_costs_nothing_but_time(
    postgresql: Server, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEPTEL_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    alone, shared = tmp_path / "alone", postgresql.address("shared")
    assert run(["read", str(papers), "--quiet", "--archive", str(alone)]) == ExitCode.FAULTS

    two = ("--archive", shared, "--processes", "2", "--patience", "60")
    first = Reading(papers, tmp_path, *two)
    first.until_kept(3)
    os.kill(first.workers()[0], signal.SIGKILL)
    postgresql.stop()
    first.until_told("waiting for up to 60 seconds")
    time.sleep(AWAY_SECONDS)
    postgresql.start()
    first.until_kept(5)
    first.interrupt()
    code, said, complaints = first.ended()
    assert code == ExitCode.INTERRUPTED, complaints
    assert "waiting for up to 60 seconds" in complaints
    assert "it is there again" in complaints
    assert "its process died" in complaints
    assert "error ignored" not in complaints  # the driver's own words
    found = re.search(rf"{DOCUMENTS} documents: (\d+) read(?:, (\d+) failed)?, (\d+) not reached", said)
    assert found is not None, said
    assert sum(int(number or 0) for number in found.groups()) == DOCUMENTS

    code, said, complaints = Reading(papers, tmp_path, *two, "--resume").ended()
    assert code == ExitCode.FAULTS, complaints
    left = DOCUMENTS - 1 - int(found[1])
    assert f"{DOCUMENTS} documents: {left} read, {found[1]} left as an earlier run made them" in said
    assert exported(shared, tmp_path / "of-shared") == exported(alone, tmp_path / "of-alone")
    with Archive.open(shared) as archive:
        assert list(archive.verify()) == []
        assert archive.audit.flaws() == []
        assert archive.audit.head().number == 2  # the exports


def test_a_database_that_stays_away_ends_the_run_in_the_time_given(
    postgresql: Server, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEPTEL_STATE", str(tmp_path / "state"))
    ended = Reading(
        papers, tmp_path, "--archive", postgresql.address("short"), "--processes", "2", "--patience", "1"
    )
    ended.until_kept(2)
    postgresql.stop()
    began = time.monotonic()
    code, said, complaints = ended.ended()
    # Two looks of two seconds, one second between them, and the workers' end.
    assert time.monotonic() - began < 45
    assert code == ExitCode.STORE
    assert "not reached" in said
    assert "Archive:" in said
    assert complaints.count("can't be reached") == 2
    postgresql.start()


def test_originals_elsewhere_are_refused_beside_an_address(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["read", str(papers), "--archive", "postgresql://me@db.example.org/papers"]
    assert run([*command, "--originals", str(tmp_path / "elsewhere")]) == ExitCode.USAGE
    assert "add objects=FOLDER to the address" in capsys.readouterr().err
