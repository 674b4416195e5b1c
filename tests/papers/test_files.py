"""Files attached to a PDF are documents; what can't be read is named, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from septel.archive import Archive
from septel.capture.formats.attachments import attachments_of
from tests.cli.test_cli import Capsys, call
from tests.papers.samples import telegram


def portfolio(path: Path, files: dict[str, bytes], *, note: bool = False) -> Path:
    made = pikepdf.new()
    made.add_blank_page()
    for name, data in files.items():
        spec = pikepdf.AttachedFileSpec(made, data, filename=name)
        if not note:
            made.attachments[name] = spec
            continue
        mark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=spec.obj, Rect=[0, 0, 9, 9]
        )
        made.pages[0].Annots = pikepdf.Array([made.make_indirect(mark)])
    made.save(path)
    return path


@pytest.mark.parametrize("note", [False, True])
def test_attachments_are_documents(tmp_path: Path, capsys: Capsys, note: bool) -> None:
    file = portfolio(tmp_path / "box.pdf", {"cable.txt": telegram(1402).encode()}, note=note)
    archive = tmp_path / "archive"
    _, out, _ = call(capsys, "read", file, "--archive", archive, "--json")
    told = [json.loads(line) for line in out.splitlines()]
    cable = next(one for one in told if one["title"].startswith("HELSINKI 1402"))
    assert cable["paper"] is None or cable["paper"]["file"] == "box.pdf: cable.txt"
    with Archive.open(archive) as kept:
        held = kept.holding(kept.resolve("HELSINKI 1402"))
        assert kept.objects.find(held.originals[0].digest).read_bytes() == telegram(1402).encode()


def test_a_portfolio_within_a_portfolio(tmp_path: Path, capsys: Capsys) -> None:
    inner = portfolio(tmp_path / "inner.pdf", {"cable.txt": telegram(1402).encode()})
    outer = portfolio(tmp_path / "outer.pdf", {"inner.pdf": inner.read_bytes()})
    call(capsys, "read", outer, "--archive", tmp_path / "archive", "--quiet")
    with Archive.open(tmp_path / "archive") as kept:
        assert kept.resolve("HELSINKI 1402")


def test_an_attachment_that_cannot_be_read_is_named(tmp_path: Path, capsys: Capsys) -> None:
    files = {"cable.txt": telegram(1402).encode(), "sheet.xlsx": b"PK\x03\x04" + bytes(40)}
    file = portfolio(tmp_path / "box.pdf", files)
    code, _, err = call(capsys, "read", file, "--archive", tmp_path / "archive", "--quiet")
    assert code == 1
    assert "box.pdf: sheet.xlsx" in err
    assert "save the attachment" in err
    with Archive.open(tmp_path / "archive") as kept:
        assert kept.resolve("HELSINKI 1402")


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b\\c.txt", "", "x" * 400, "a/../b.txt"])
def test_names_of_attachments_lead_nowhere(tmp_path: Path, name: str) -> None:
    file = portfolio(tmp_path / "box.pdf", {name or "?": b"TEXT"})
    (found,) = attachments_of(file)
    assert Path(found.name).name == found.name
    assert 0 < len(found.name) <= 120


def test_what_is_no_pdf_has_none(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("TEXT")
    assert attachments_of(file) == ()
    assert attachments_of(tmp_path) == ()
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.4\n%cut")
    assert attachments_of(tmp_path / "cut.pdf") == ()


def test_two_telegrams_of_one_file_are_stored_shown_and_searched_by_number(
    tmp_path: Path, capsys: Capsys
) -> None:
    file = tmp_path / "two.txt"
    file.write_text(telegram(1402) + "\n" + telegram(1417, "DINNER TALK", "FARLEY"))
    archive = tmp_path / "archive"
    call(capsys, "read", file, "--archive", archive, "--quiet")
    for name, signed in (("HELSINKI 1402", "SMITH"), ("helsinki 01417", "FARLEY")):
        code, shown, _ = call(capsys, "show", name, "--archive", archive)
        assert code == 0
        assert signed in shown
    code, shown, _ = call(capsys, "show", "HELSINKI 1402", "--archive", archive)
    assert "FARLEY" not in shown
    assert "DINNER" not in shown
    code, _, err = call(capsys, "show", "two.txt", "--archive", archive)
    assert code == 5
    assert "HELSINKI 1402" in err
    assert "HELSINKI 1417" in err
    code, _, _ = call(capsys, "read", file, "--archive", archive, "--quiet", "--resume")
    assert code == 0
    with Archive.open(archive) as kept:
        assert len(kept.holdings()) == 2
