"""Files brought in through the browser: kept under harmless names, read in another process, told of."""

from __future__ import annotations

import os
import re
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
    jobs = Jobs(tmp_path, tmp_path)
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


def test_the_list_of_jobs_outlasts_the_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "_work", lambda self: None)
    jobs = Jobs(tmp_path, tmp_path)
    first, second = jobs.add([tmp_path / "a.pdf"], by="x"), jobs.add([tmp_path / "b.pdf"], by="y")
    jobs.cancel(first.number)
    again = Jobs(tmp_path, tmp_path)
    assert [(one.number, one.by, one.state) for one in again.all()] == [
        (2, "y", JobState.INTERRUPTED),
        (1, "x", JobState.CANCELLED),
    ]
    taken_up = again.resume(second.number, by="y")
    assert taken_up is not None
    assert taken_up.number == 3
    (tmp_path / "uploads" / "jobs.json").write_text("{")
    assert Jobs(tmp_path, tmp_path).all() == []


def test_papers_are_divided_as_a_person_says(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two telegrams in one file are joined; what was decided follows; then they are parted again."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")]))
    visitor = Visitor(archive)
    pages = [
        f"PAGE 01 LA PAZ 0{number} 091826Z\nO R 091743Z JAN 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC\n"
        f"C O N F I D E N T I A L LA PAZ 0{number}\nSUBJ: {subject}\n"
        f"1. THE MINISTER SPOKE OF {subject}.\nSTEDMAN\n"
        for number, subject in ((158, "SUGAR"), (159, "WHEAT"))
    ]
    file = ("files", ("two.txt", "\f".join(pages).encode()))
    visitor.ask("POST", "/read/files", data={"token": visitor.token()}, files=[file])
    page = _ended(visitor)
    assert "2 papers" in page
    former = {str(row["id"]): row["identifier"] for row in archive.holdings()}
    assert sorted(str(one) for one in former.values()) == ["LA PAZ 158", "LA PAZ 159"]
    second = next(one for one, name in former.items() if name == "LA PAZ 159")
    at = archive.source(second).text.index("WHEAT")
    decision = {"place": f"{at}-{at + 5}", "seen": 0, "verdict": "read", "text": "MAIZE"}
    assert visitor.post(f"/telegram/{second}/decide", decision).status_code == 303

    address = "/read/division?job=1&file=two.txt"
    starts = re.findall(r'name="starts" value="(\d+)" checked', visitor.get(address).text)
    assert len(starts) == 2
    asked = {"job": 1, "file": "two.txt"}
    assert visitor.post("/read/division", asked | {f"kind-{starts[0]}": "haiku"}).status_code == 400
    assert visitor.post("/read/division", asked | {"file": "other.txt"}).status_code == 404
    joined = visitor.post("/read/division", asked | {f"kind-{starts[0]}": "state-telegram"})
    assert joined.status_code == 303
    _ended(visitor)
    (row,) = archive.holdings()
    assert row["id"] not in former
    assert "SUBJ: MAIZE" in archive.holding(str(row["id"])).reading.text
    assert "a person said so" in visitor.get("/read/division?job=2&file=two.txt").text

    rows = re.findall(r'name="starts" value="(\d+)"', visitor.get("/read/division?job=2&file=two.txt").text)
    parted = visitor.post("/read/division", {"job": 2, "file": "two.txt", "starts": rows})
    assert parted.status_code == 303
    _ended(visitor)
    assert {str(one["identifier"]) for one in archive.holdings()} == {"LA PAZ 158", "LA PAZ 159"}


def _ended(visitor: Visitor) -> str:
    for _ in range(600):
        page = visitor.get("/read/state").text
        if ">waiting," not in page and ">running," not in page:
            return page
        time.sleep(0.2)
    raise AssertionError("the job never ended")
