"""A paper in the room: its own pages, its name among others', and blanks where marks were taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.room.lines import LinePiece, LineView
from septel.room.pages.telegram import paragraphs_of
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
        doubted = kept.contents.doubted([one]).get(one.id, {})
        page = Visitor(kept).get("/").text
    for name in ("dtg", "subject", "classification"):
        assert (f"{one.fields[name]}[?]" in page) is (name in doubted)


def test_pages_of_a_document_of_its_own_begin_with_the_first(archive: Archive) -> None:
    holding = made()
    archive.add(holding)
    assert source_of_pages is not None
    assert Visitor(archive).get(f"/telegram/{holding.id}").status_code == 200


def test_every_word_of_an_edit_has_its_sign() -> None:
    piece = LinePiece(text=" AMEMBASSY  MOSCOW ", kind="doubtful", doubt=2)
    assert piece.words == [(" AMEMBASSY", True), ("  MOSCOW", True), (" ", False)]
    assert LinePiece(text=" A B", kind="changed").words == [(" A B", False)]
    assert LinePiece(text=",", kind="doubtful", doubt=2, carried=True).words == [(",", False)]


def test_a_signature_stands_alone_in_the_reading_edition() -> None:
    lines = [
        LineView(number=n, page=1, opens=(), label="", layer="text", start=0, end=1, source=(),
                 restored=(LinePiece(text=text),))
        for n, text in enumerate(("IT WOULD", "FIT THE BILL.", "STEDMAN", "NOTE BY OC/T"), 1)
    ]  # fmt: skip
    shown = [[line.number for line in one] for one in paragraphs_of(lines, {3})]
    assert shown == [[1, 2], [3], [4]]


def test_an_archive_that_can_only_be_read_shows_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "archive") as opened:
        opened.add(made())
    monkeypatch.setattr("septel.archive.store.sqlite.connection._can_only_read", lambda _: True)
    with Archive.open(tmp_path / "archive") as closed:
        for page in ("/record", f"/telegram/{made().id}/record"):
            assert Visitor(closed).get(page).status_code == 200
