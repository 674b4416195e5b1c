"""Benches of long runs: what they tell adds up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from septel.cli.main import run
from septel.errors import ExitCode
from septel.measure.archive import made_text
from septel.measure.archive.ingest import RecordMode, retold
from septel.measure.regression import ProcessesRun
from septel.pipeline import Totals
from septel.pipeline.plan import GrowthCurve, GrowthPoint, made_paragraphs
from septel.telegram import is_released


def test_how_much_quicker_follows_from_time_at_work_and_processor_time() -> None:
    alone = ProcessesRun(
        name="alone",
        workers=1,
        totals=Totals(done=1),
        clock=100.0,
        start=0.0,
        workers_processor=90.0,
        driver_processor=0.0,
        busy=1.0,
        deaths=0,
    )
    two = ProcessesRun(
        name="local",
        workers=2,
        totals=Totals(done=1),
        clock=60.0,
        start=1.0,
        workers_processor=100.0,
        driver_processor=2.0,
        busy=0.95,
        deaths=0,
    )
    assert two.speedup(alone) == pytest.approx(2 * 0.95 * 0.9)
    assert alone.speedup(alone) == 1.0
    assert two.processor == 102.0


def test_one_process_and_two_read_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"SUBJECT: TALKS {number}\n\n1. THE M1NISTER SPOKE.\n")
    (tmp_path / "empty.txt").write_text("")
    assert run(["bench", "processes", str(tmp_path), "--json"]) == ExitCode.OK
    alone, two = json.loads(capsys.readouterr().out)
    assert (alone["name"], two["name"], two["workers"]) == ("alone", "local", 2)
    for one in (alone, two):
        assert one["totals"] == {"done": 4, "faults": 1, "earlier": 0}
        assert one["workers_processor"] > 0
        assert 0 < one["busy"] <= 1
    assert run(["bench", "processes", str(tmp_path), "--most", "1"]) == ExitCode.OK
    assert "local, 2 at once: 1 read, 0 failed" in capsys.readouterr().out


def test_growth_is_measured_at_each_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    curve = tmp_path / "growth.json"
    command = ["bench", "growth", "--shared", str(tmp_path / "none"), "--size", "20", "--size", "10"]
    command += ["--at", str(tmp_path / "archive"), "--keep", str(curve), "--processes", "1"]
    assert run([*command, "--json"]) == ExitCode.OK
    data = json.loads(capsys.readouterr().out)
    assert data["totals"]["done"] == 20
    assert data["statements"] > 0
    assert [point["holdings"] for point in data["curve"]["points"]] == [10, 20]
    kept = json.loads(curve.read_text())
    points = tuple(GrowthPoint(**point) for point in kept.pop("points"))
    assert GrowthCurve(**kept, points=points).largest == 20
    assert all(point.keep_seconds > 0 and point.catalogue > 1 for point in points)
    assert run(command) == ExitCode.USAGE, "an archive that is there is not filled again"


def test_ingest_is_measured_by_what_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["bench", "ingest", "--shared", str(tmp_path / "none"), "--number", "3"]
    assert run([*command, "--json"]) == ExitCode.OK
    rows = json.loads(capsys.readouterr().out)
    assert [row["mode"] for row in rows] == [mode.value for mode in RecordMode]
    for row in rows:
        assert (row["count"], row["telegrams"]) == (3, "made")
        assert row["characters"] > 1000
        assert row["per_second"] == pytest.approx(3 / (row["read"] + row["kept"]))
        assert row["loop"] > 0
    assert run(command) == ExitCode.OK
    assert "record left for later:" in capsys.readouterr().out


def test_a_telegram_is_told_anew_under_another_number() -> None:
    source = list(made_paragraphs())
    _, text = made_text(1234, source)
    number = text.partition("Document Number: ")[2].split("\n")[0]
    told = retold(f"{number}.txt", text, 5, source)
    assert told == retold(f"{number}.txt", text, 5, source)
    assert told != retold(f"{number}.txt", text, 6, source)
    serial = number.lstrip("0123456789").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert serial in text
    assert serial not in told[1]
    assert is_released(told[1])
    assert [bool(line) for line in told[1].split("\n")] == [bool(line) for line in text.split("\n")]
    assert 0.8 < len(told[1]) / len(text) < 1.2


def test_made_paragraphs_are_prose() -> None:
    assert all(len(paragraph.split()) > 20 for paragraph in made_paragraphs())
