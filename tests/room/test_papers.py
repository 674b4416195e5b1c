"""A paper in the room: its own pages, its name among others', and blanks where marks were taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from septel.archive import Archive
from tests.archive.made import made, source_of_pages
from tests.cli.test_cli import Capsys, call
from tests.papers.samples import COVER
from tests.papers.test_reading import REPORT
from tests.room.visitor import Visitor


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def test_a_name_that_several_go_by_leads_to_each(archive: Archive) -> None:
    first, second = made(), made("ANOTHER COPY\n", name="b.txt")
    archive.add(first)
    archive.add(second)
    answer = Visitor(archive).get("/telegram/HELSINKI-1321")
    assert answer.status_code == 404
    assert "Several by this name" in answer.text
    for one in (first, second):
        assert f'href="/telegram/{one.id}"' in answer.text
    assert "Not here" in Visitor(archive).get("/telegram/NOBODY-99").text


def test_a_paper_shows_its_own_pages(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "release.txt"
    file.write_text(f"{COVER.format(number='197-10002-10190')}\f{REPORT}", encoding="utf-8")
    call(capsys, "read", file, "--archive", tmp_path / "archive", "--quiet")
    with Archive.open(tmp_path / "archive") as kept:
        (report,) = (one.id for one in kept.listed() if "Information report" in str(one.fields["title"]))
        page = Visitor(kept).get(f"/telegram/{report}").text
        before = Visitor(kept).get(f"/telegram/{report}?page=1").text
    assert "Page 2" in page
    for one in (page, before):
        assert "Pages before" not in one
        assert "page=-" not in one
    assert re.search(r"Page 1\b(?! of)", page) is None


def test_the_list_marks_what_is_doubtful(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    call(capsys, "read", file, "--archive", tmp_path / "archive", "--quiet")
    with Archive.open(tmp_path / "archive") as kept:
        (one,) = kept.listed()
        doubted = kept.contents.doubted([one.id])[one.id]
        page = Visitor(kept).get("/").text
    for name in ("dtg", "subject", "classification"):
        assert (f"{one.fields[name]}[?]" in page) is (name in doubted)


def test_pages_of_a_document_of_its_own_begin_with_the_first(archive: Archive) -> None:
    holding = made()
    archive.add(holding)
    assert source_of_pages is not None
    assert Visitor(archive).get(f"/telegram/{holding.id}").status_code == 200
