"""Which files of a folder are documents: clutter, links, odd names; one bad item never ends a run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from septel.archive import Archive, Holding
from septel.archive.catalogue.addition import add_holding
from septel.archive.store import Database
from septel.errors import InputError, SeptelError, printable
from septel.papers import documents
from tests.cli.test_cli import Capsys, call
from tests.papers.samples import telegram


def put(folder: Path, *names: str) -> None:
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(telegram(1400 + number), encoding="utf-8")


def found(folder: Path, *, sidecars: bool = False) -> tuple[list[str], list[str]]:
    told: list[str] = []
    files = [str(p.relative_to(folder)) for p in documents(folder, sidecars=sidecars, told=told.append)]
    return files, told


def test_sidecars_are_named_once_and_are_no_documents(tmp_path: Path) -> None:
    clutter = ("b.json", "index.tsv", "notes.md", "x.csv", "Thumbs.db", "desktop.ini", "c.txt~", ".hidden")
    put(tmp_path, "a.txt", *clutter)
    files, told = found(tmp_path)
    assert files == ["a.txt"]
    assert len(told) == len(clutter) - 1
    assert all(sum(name in line for line in told) == 1 for name in clutter if name != ".hidden")
    more = ["a.txt", "b.json", "c.txt~", "index.tsv", "notes.md", "x.csv"]
    assert found(tmp_path, sidecars=True)[0] == more
    assert list(documents(tmp_path / "notes.md")) == [tmp_path / "notes.md"]


def test_a_folder_of_pages_with_clutter_is_one_document(tmp_path: Path) -> None:
    put(tmp_path, "1.png", "2.png", "desktop.ini", "1.json")
    assert found(tmp_path)[0] == ["."]


def test_links_are_followed_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "inner/b.txt")
    (tmp_path / "inner" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "inner" / "round").symlink_to(tmp_path / "inner", target_is_directory=True)
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere")
    files, told = found(tmp_path)
    assert sorted(files) == ["a.txt", "inner/b.txt"]
    assert len(told) == 4


def test_a_link_to_a_file_elsewhere_is_read(tmp_path: Path) -> None:
    put(tmp_path, "there/a.txt")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link.txt").symlink_to(tmp_path / "there" / "a.txt")
    assert found(tmp_path / "here")[0] == ["link.txt"]


def test_an_archive_is_no_folder_of_papers(tmp_path: Path) -> None:
    put(tmp_path, "papers/a.txt")
    with Archive.open(tmp_path / "papers" / "archive"):
        pass
    files, told = found(tmp_path / "papers")
    assert files == ["a.txt"]
    assert "archive" in told[0]
    for folder in ("papers/archive", "papers/archive/objects"):
        (tmp_path / folder).mkdir(exist_ok=True)
        with pytest.raises(InputError, match="septel show"):
            list(documents(tmp_path / folder))


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX systems")
def test_names_are_bytes(tmp_path: Path, capsys: Capsys) -> None:
    folder = tmp_path / "papers"
    (folder / os.fsdecode(b"d\xff")).mkdir(parents=True)
    put(folder, os.fsdecode(b"caf\xe9.txt"), os.fsdecode(b"d\xff/x.txt"), "n" * 240 + ".txt", "tab\there.txt")
    archive, out = tmp_path / "archive", tmp_path / "out"
    code, shown, err = call(capsys, "read", folder, "--archive", archive, "--export", out, "--quiet")
    assert (code, err) == (0, "")
    assert "caf\\xe9" in shown
    assert len(list(out.iterdir())) == 3 * 4
    with Archive.open(archive) as kept:
        assert len(kept.holdings()) == 4
    code, lines, _ = call(capsys, "read", folder, "--archive", archive, "--json")
    assert code == 0
    assert all(json.loads(line) for line in lines.splitlines())


@pytest.mark.parametrize("name", ["plain.txt", "ümlaut.txt", "日本.txt"])
def test_plain_names_stay(name: str) -> None:
    assert printable(name) == name


def test_the_last_catch_keeps_the_others(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "papers"
    put(folder, "a.txt", "b.txt", "c.txt")
    whole = add_holding

    def breaks(database: Database, holding: Holding, *rest: Any) -> bool:
        if holding.identifier == "HELSINKI 1401":
            raise RuntimeError("a fault of our own")
        return whole(database, holding, *rest)

    monkeypatch.setattr("septel.archive.catalogue.addition.add_holding", breaks)
    code, _, err = call(capsys, "read", folder, "--archive", tmp_path / "archive", "--quiet")
    assert code == 1
    assert err.count("\n") == 1
    assert "b.txt" in err
    assert "a fault of our own" in err
    with Archive.open(tmp_path / "archive") as kept:
        assert len(kept.holdings()) == 2


def test_an_error_message_can_always_be_printed() -> None:
    str(SeptelError("bad", where=os.fsdecode(b"\xff\xfe"))).encode()


def test_folders_that_lie_too_deep_are_named_in_a_line_and_end_nothing(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "z/b.txt")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(260):
        os.mkdir("d" * 20, dir_fd=here)
        below = os.open("d" * 20, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    files, told = found(tmp_path)
    assert files == ["a.txt", "z/b.txt"]
    assert len(told) == 1
    assert len(told[0]) < 400
    assert "too long" in told[0]


def test_a_line_end_in_a_name_is_shown_as_an_escape(tmp_path: Path, capsys: Capsys) -> None:
    (tmp_path / "new\nline.txt").write_text("ONLY SOME WORDS THAT ARE NO TELEGRAM\n")
    code, out, err = call(capsys, "read", str(tmp_path), "--archive", str(tmp_path.parent / "kept"))
    assert code == 0
    assert "new\nline.txt" not in out + err
    assert "new\\nline.txt" in out + err
