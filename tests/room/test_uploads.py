"""Files brought in through the browser: kept under harmless names, read in another process, told of."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.room.uploads import JobState
from septel.room.uploads.jobs import Job, Jobs
from tests.archive.made import AT
from tests.room.visitor import Visitor

TEXT = b"FM AMEMBASSY HELSINKI\nTO SECSTATE WASHDC\nSECRET HELSINKI 1400\n1. SEMENOV SPOKE.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def test_a_file_is_read_and_a_fault_is_told(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")]))
    visitor = Visitor(archive)
    token = visitor.token()
    files = [("files", ("../../cable.txt", TEXT)), ("files", ("broken.pdf", b"no pdf"))]
    assert visitor.ask("POST", "/read/files", data={"token": "x"}, files=files).status_code == 403
    assert not (archive.folder / "uploads").exists()
    assert visitor.ask("POST", "/read/files", data={"token": token}, files=files).status_code == 303
    kept = sorted(one.name for one in (archive.folder / "uploads" / "1").iterdir())
    assert kept == ["broken.pdf", "cable.txt"]
    page = ""
    for _ in range(600):
        page = visitor.get("/read/state").text
        if "waiting" not in page and "running" not in page:
            break
        time.sleep(0.2)
    assert "done, by M. Reader" in page
    assert "HELSINKI 1400" in page
    assert "broken.pdf" in page
    assert "HELSINKI 1400" in visitor.get("/").text


def test_a_job_hears_its_reader() -> None:
    job = Job(number=1, by="x", files=[], at=AT)
    job.hear({"file": "a.pdf", "share": 0.5})
    job.hear({"file": "a.pdf", "holding": "ab", "title": "T", "new": True, "papers": 1, "copies": []})
    job.hear({"file": "b.pdf", "fault": "is no PDF"})
    assert (job.now, job.share) == ("a.pdf", 0.5)
    assert job.papers[0]["holding"] == "ab"
    assert job.faults == ["b.pdf: is no PDF"]


def test_what_waits_can_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "_work", lambda self: None)
    jobs = Jobs(tmp_path)
    job = jobs.add([tmp_path / "a"], by="x")
    jobs.cancel(job.number)
    assert job.state is JobState.CANCELLED
    again = jobs.resume(job.number, by="y")
    assert again is not None
    assert (again.number, again.state) == (2, JobState.WAITING)
    assert jobs.resume(99, by="y") is None


def test_nothing_too_large_is_taken(archive: Archive) -> None:
    visitor = Visitor(archive)
    headers = {"Content-Length": str(10**10), "Content-Type": "multipart/form-data; boundary=x"}
    assert visitor.ask("POST", "/read/files", content=b"", headers=headers).status_code == 413
