"""`septel export` and `septel import` at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.cli.main import run
from septel.errors import ExitCode
from septel.export import FILES, FOLDERS
from septel.text import EditLog
from tests.archive.made import holding_of, made, source_of_pages
from tests.cli.test_cli import Capsys
from tests.export.test_formats import boxed


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    other = source_of_pages("UNCLASSIFIED\n1. ANOTHER TELEGRAM\n", name="other.txt")
    with Archive.open(folder) as kept:
        kept.add(boxed())
        kept.add(holding_of(other, EditLog(other.id), title="Another", identifier="OSLO 1", captions=()))
    return folder


def said(capsys: Capsys) -> tuple[str, list[str]]:
    out, err = capsys.readouterr()
    return out, err.splitlines()


@pytest.mark.parametrize("name", [name for name in FILES if name != "pdf"])
def test_every_format_of_one_file(name: str, archive: Path, tmp_path: Path, capsys: Capsys) -> None:
    code = run(["export", "--all", "--as", name, "--to", str(tmp_path / "out"), "--archive", str(archive)])
    assert code == ExitCode.OK
    assert len(list((tmp_path / "out").iterdir())) == 2
    out, told = said(capsys)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert sorted(Path(line.removeprefix("wrote ")).name for line in out.splitlines()) == names
    # What is lost is said once a run, not once a file.
    assert told
    assert len(told) == len(set(told))


@pytest.mark.parametrize("named", ["HELSINKI 1321", "--all", "--where"])
def test_files_are_named_by_the_telegram(named: str, archive: Path, tmp_path: Path) -> None:
    which = [named, 'post:"helsinki"'] if named == "--where" else [named]
    arguments = ["export", *which, "--as", "text", "--archive", str(archive), "--to", str(tmp_path / "out")]
    assert run(arguments) == ExitCode.OK
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert [name for name in names if "helsinki-1321" in name and made().id[:8] in name]


def test_a_file_is_named_by_the_id_that_was_given(archive: Path, tmp_path: Path) -> None:
    arguments = ["export", made().id, "--as", "text", "--archive", str(archive)]
    arguments += ["--to", str(tmp_path / "out")]
    assert run(arguments) == ExitCode.OK
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{made().id}.txt"]


def test_a_folder_that_takes_nothing_is_said_once(archive: Path, tmp_path: Path, capsys: Capsys) -> None:
    (tmp_path / "file").write_text("in the way")
    impossible = tmp_path / "file" / "out"
    code = run(["export", "--all", "--as", "text", "--to", str(impossible), "--archive", str(archive)])
    assert code == ExitCode.FAULTS
    _, told = said(capsys)
    assert [line for line in told if "can't be written" in line] == [
        f"septel: {impossible}: the folder can't be written (Not a directory). Name another."
    ]


@pytest.mark.parametrize("name", sorted(FOLDERS))
def test_every_format_of_a_folder(name: str, archive: Path, tmp_path: Path, capsys: Capsys) -> None:
    arguments = ["export", "--all", "--as", name, "--archive", str(archive), "--record"]
    assert run([*arguments, "--to", str(tmp_path / "out")]) == ExitCode.OK
    assert any((tmp_path / "out").iterdir())
    assert run([*arguments, "--to", str(tmp_path / "out")]) == ExitCode.USAGE  # nothing is overwritten
    assert run(arguments) == ExitCode.USAGE  # a folder is needed
    assert "Name a new" in "\n".join(said(capsys)[1])


def test_what_is_withheld_is_told_and_not_written(archive: Path, tmp_path: Path, capsys: Capsys) -> None:
    arguments = ["export", "--all", "--as", "text", "--to", str(tmp_path / "out"), "--archive", str(archive)]
    assert run([*arguments, "--withhold", "nodis", "--json"]) == ExitCode.OK
    out, told = said(capsys)
    assert [one["holding"] for one in json.loads(out)["withheld"]] == [made().id]
    assert f"septel: {made().id}: withheld, marked NODIS." in told
    assert [path.read_text("utf-8") for path in (tmp_path / "out").iterdir()] == [
        "UNCLASSIFIED\n1. ANOTHER TELEGRAM\n"
    ]


def test_one_that_can_t_be_written_does_not_end_the_run(
    archive: Path, tmp_path: Path, capsys: Capsys
) -> None:
    code = run(["export", "--all", "--as", "pdf", "--to", str(tmp_path / "out"), "--archive", str(archive)])
    assert code == ExitCode.USAGE
    _, told = said(capsys)
    assert sum("there are no page images" in line for line in told) == 2


def test_the_base_of_addresses(archive: Path, capsys: Capsys) -> None:
    base = ["--base", "https://archive.example/room/"]
    assert run(["export", "OSLO 1", "--as", "iiif", *base, "--archive", str(archive)]) == ExitCode.OK
    out, _ = said(capsys)
    assert json.loads(out)["id"].startswith("https://archive.example/room/")


def test_a_colleague_s_corrections(archive: Path, tmp_path: Path, capsys: Capsys) -> None:
    at = ["--archive", str(archive)]
    assert run(["export", "HELSINKI 1321", "--as", "tei", *at]) == ExitCode.OK
    text, _ = said(capsys)
    file = tmp_path / "edition.xml"
    file.write_text(text.replace("HE SPOKE", "SHE SPOKE").replace(">OF</corr>", ">ON</corr>"), "utf-8")
    arguments = ["import", str(file), "--by", "B. Colleague", *at]
    assert run([*arguments, "--dry-run"]) == ExitCode.OK
    assert "1 would be taken" in said(capsys)[0]
    assert run(arguments) == ExitCode.OK
    out, told = said(capsys)
    assert out.splitlines()[0].endswith(
        "1 taken (entries 6 to 6), 0 read so already, 1 in conflict, 0 not taken"
    )
    assert "disputed: B. Colleague reads '0F' as 'ON'" in out
    assert "1 decision does not simply stand" in told[0]
    assert run([*arguments, "--json"]) == ExitCode.OK
    assert json.loads(said(capsys)[0])[0]["taken"] == []
    assert run(["show", "HELSINKI 1321", *at]) == ExitCode.OK
    assert "1. SHE SPOKE OF REYKJAVIK" in said(capsys)[0]


def test_one_bad_file_does_not_end_the_run(archive: Path, tmp_path: Path, capsys: Capsys) -> None:
    at = ["--archive", str(archive)]
    assert run(["export", "HELSINKI 1321", "--as", "tei", *at]) == ExitCode.OK
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text(said(capsys)[0].replace("HE SPOKE", "SHE SPOKE"), "utf-8")
    bad.write_text("<TEI", "utf-8")
    assert run(["import", str(bad), str(good), "--by", "B", *at]) == ExitCode.FAULTS
    out, told = said(capsys)
    assert "good.xml" in out
    assert "not whole XML" in told[0]


def test_an_export_of_nothing_says_so(tmp_path: Path, capsys: Capsys) -> None:
    text = source_of_pages("UNCLASSIFIED\n1. A TELEGRAM\n", name="text.txt")
    with Archive.open(tmp_path / "archive") as kept:
        kept.add(holding_of(text, EditLog(text.id), title="No page", identifier=None, captions=()))
    where = ["--archive", str(tmp_path / "archive")]
    assert run(["export", "--all", "--as", "page", "--to", str(tmp_path / "page"), *where]) == ExitCode.OK
    assert said(capsys)[1][-1].endswith("page is empty: page can hold nothing of what was chosen.")
    arguments = ["export", "--all", "--as", "json", "--for", "public", "--to", str(tmp_path / "none"), *where]
    with Archive.open(tmp_path / "archive") as kept:
        kept.handling.embargo(text.id, "2999-01-01", by="me")
    assert run(arguments) == ExitCode.OK
    assert said(capsys)[1][-1] == "septel: nothing was exported: the archive lists nothing."
    assert not (tmp_path / "none").exists()
