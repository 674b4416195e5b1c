"""One process, two processes and a cluster: the same archive and the same exports, byte for byte."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.cli.main import run
from septel.errors import ExitCode, StoreAway, StoreFull
from septel.synthesis.typescript import print_pages

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample" / "telegram.ocr.txt"
EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page image, the sample telegram, short and made ones, one paper twice, and two that can't be read."""
    folder = tmp_path_factory.mktemp("papers")
    page = next(iter(print_pages("SUBJECT: SALT\n\n1. HE SPOKE AT LENGTH ABOUT IT.\n", seed=2)))
    (folder / "scan").mkdir()
    page.crop((0, 0, 1000, 500)).save(folder / "scan" / "page-1.tif")
    shutil.copy(SAMPLE, folder / "b-sample.txt")
    for number in range(8):
        text = f"FM AMEMBASSY LIMA\nSUBJECT: TALKS {number}\n\n1. THE MIN1STER SPOKE. REF: LIMA 12{number}.\n"
        (folder / f"c{number}.txt").write_text(text)
    shutil.copy(folder / "c1.txt", folder / "d-again.txt")
    (folder / "e-empty.txt").write_text("")
    (folder / "f-torn.pdf").write_bytes(b"%PDF-1.4 torn")
    return folder


def exports(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def rows(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the catalogue but what its making is stamped with; every word of its indices by place.

    FTS5's own tables are not compared: how it lays words out follows from which documents were kept in one
    step. What it says is.
    """
    with closing(sqlite3.connect(archive / "catalogue.sqlite")) as catalogue:
        made = dict(catalogue.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
        virtual = tuple(f"{name}_" for name, sql in made.items() if "fts5(" in sql)
        tables = [
            name
            for name, sql in made.items()
            if name != "migration" and "VIRTUAL" not in sql and not name.startswith(virtual)
        ]
        found = {name: catalogue.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        for name in virtual:
            index = name.removesuffix("_")
            catalogue.execute(
                f"CREATE VIRTUAL TABLE temp.all_{index} USING fts5vocab(main, {index}, instance)"
            )
            rows = catalogue.execute(f"SELECT term, doc, col, offset FROM all_{index}").fetchall()
            assert rows
            found[index] = sorted(rows, key=repr)
        return found


def outcomes(archive: Path) -> list[dict[str, object]]:
    lines = (archive / "ledger.jsonl").read_text().splitlines()
    # A stage's key has the folder of its exports.
    return [{k: v for k, v in json.loads(line).items() if k not in ("at", "stage")} for line in lines]


@pytest.fixture(scope="module")
def alone(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alone")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH["SOURCE_DATE_EPOCH"])
        assert read(papers, folder) == ExitCode.FAULTS
    assert len(exports(folder / "out")) == 3 * 10
    return folder


def read(papers: Path, folder: Path, *more: str) -> int:
    command = ["read", str(papers), "--archive", str(folder / "archive"), "--export", str(folder / "out")]
    return run([*command, "--quiet", *more])


def test_two_processes_make_what_one_makes(
    papers: Path,
    alone: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(*next(iter(EPOCH.items())))
    assert read(papers, tmp_path, "--processes", "2") == ExitCode.FAULTS
    assert "13 documents: 11 read, 2 failed" in capsys.readouterr().out
    assert exports(tmp_path / "out") == exports(alone / "out")
    assert rows(tmp_path / "archive") == rows(alone / "archive")
    assert outcomes(tmp_path / "archive") == outcomes(alone / "archive")
    objects = [file.name for file in sorted((tmp_path / "archive" / "objects").rglob("*"))]
    assert objects == [file.name for file in sorted((alone / "archive" / "objects").rglob("*"))]
    assert read(papers, tmp_path, "--processes", "2", "--resume") == ExitCode.INPUT
    assert "13 documents: 0 read, 11 left as an earlier run made them, 2 failed" in capsys.readouterr().out


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed (septel[cluster])")
def test_a_cluster_of_two_workers_makes_what_one_process_makes(
    papers: Path, alone: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "septel.cli", "read", str(papers), "--quiet", "--on", "ray"]
    command += ["--archive", str(tmp_path / "archive"), "--export", str(tmp_path / "out"), "--processes", "2"]
    env = os.environ | EPOCH | {"PYTHONPATH": str(ROOT / "src"), "RAY_TMPDIR": "/tmp"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.FAULTS, done.stderr
    assert "13 documents: 11 read, 2 failed" in done.stdout
    assert exports(tmp_path / "out") == exports(alone / "out")
    assert rows(tmp_path / "archive") == rows(alone / "archive")
    assert outcomes(tmp_path / "archive") == outcomes(alone / "archive")


def test_what_persons_decided_reaches_the_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(*next(iter(EPOCH.items())))
    paper = tmp_path / "paper.txt"
    paper.write_text("SUBJECT: TALKS\n\n1. THE MINISTER QZXVK SPOKE OF TRADE.\n2. THE TALKS WENT WELL.\n")
    other = tmp_path / "other.txt"
    other.write_text("SUBJECT: MORE TALKS\n\n1. QZXVKOV WAS QUOTED BY THE MINISTER QZXVKOV.\n")
    for name in ("one", "two"):
        archive = tmp_path / name
        assert run(["read", str(paper), "--archive", str(archive), "--quiet"]) == ExitCode.OK
        capsys.readouterr()
        assert run(["list", "--json", "--archive", str(archive)]) == ExitCode.OK
        (held,) = json.loads(capsys.readouterr().out)
        decide = ["decide", str(held["id"]), "3:QZXVK", "QZXVKOV", "--by", "A", "--archive", str(archive)]
        assert run(decide) == ExitCode.OK
        more = ["--processes", "2"] if name == "two" else []
        where = ["--archive", str(archive), "--export", str(tmp_path / f"out-{name}"), "--quiet"]
        assert run(["read", str(paper), str(other), *where, *more]) == ExitCode.OK
    out = exports(tmp_path / "out-two")
    assert any(b"QZXVKOV SPOKE" in data for name, data in out.items() if name.endswith(".txt"))
    one = exports(tmp_path / "out-one")
    assert list(out) == list(one)
    text = [name for name in out if name.endswith(".txt")]
    assert {name: out[name] for name in text} == {name: one[name] for name in text}


def test_an_archive_that_is_away_and_a_full_disk(
    papers: Path,
    alone: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(*next(iter(EPOCH.items())))
    # One document in each step, so that it is known which of them is in when the archive goes.
    monkeypatch.setattr("septel.pipeline.batch.dispatch.GROUP", 1)
    add, calls = Archive.add_all, 0

    def shaky(self: Archive, *args: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls in (2, 3):
            raise StoreAway("the server is away", where="db")
        if calls == 6:
            raise StoreFull("the disk is full")
        return add(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "add_all", shaky)
    assert read(papers, tmp_path, "--processes", "2", "--patience", "20") == ExitCode.FULL
    told = capsys.readouterr()
    assert "db: the server is away; waiting for up to 20 seconds." in told.err
    assert "13 documents: 3 read, 10 not reached" in told.out
    assert read(papers, tmp_path, "--processes", "2", "--resume") == ExitCode.FAULTS
    assert "13 documents: 8 read, 3 left as an earlier run made them, 2 failed" in capsys.readouterr().out
    assert exports(tmp_path / "out") == exports(alone / "out")
    assert rows(tmp_path / "archive") == rows(alone / "archive")


def test_a_place_to_work_that_is_none(papers: Path, tmp_path: Path) -> None:
    assert read(papers, tmp_path, "--on", "moon") == ExitCode.USAGE
    command = ["read", "-", "--archive", str(tmp_path / "archive"), "--processes", "2"]
    assert run(command) == ExitCode.USAGE
    assert not (tmp_path / "archive").exists()


def test_a_time_that_is_none(papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert run(["read", str(SAMPLE), "--archive", str(tmp_path / "a"), "--quiet"]) == ExitCode.USAGE


def test_workers_share_the_models_that_they_map(tmp_path: Path) -> None:
    smaps = Path("/proc/self/smaps")
    if not smaps.exists():
        pytest.skip("this system does not tell what processes share")
    code = (
        "from septel.restore import Restorer\n"
        "from septel.text import Source\n"
        f"r = Restorer.load(); r.restore(Source.of_text(open({str(SAMPLE)!r}).read()[:3000], name='a'))\n"
        "mapped = private = 0\n"
        "here = False\n"
        "for line in open('/proc/self/smaps'):\n"
        "    first = line.split()[0]\n"
        "    if '-' in first: here = line.rstrip().endswith('.arrays')\n"
        "    elif here and first == 'Rss:': mapped += int(line.split()[1])\n"
        "    elif here and first == 'Private_Dirty:': private += int(line.split()[1])\n"
        "print(mapped, private)\n"
    )
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        )
    mapped, private = map(int, done.stdout.split())
    assert mapped > 1000, "models are mapped from files"
    assert private < mapped / 100, "and no process has pages of them for itself"
