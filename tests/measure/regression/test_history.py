"""Figures kept over time: every run a line, ratios compared anywhere, values on one machine only."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from septel.cli.main import run
from septel.errors import ExitCode
from septel.measure.regression import (
    BenchFigure,
    BenchRun,
    bench_all,
    keep_run,
    kept_runs,
    paragraphs_of_words,
    this_run,
    trend_of,
)

PARSE = BenchFigure(stage="parse", unit="telegrams/s", value=200.0, peer="email", peer_value=100.0)
ALONE = BenchFigure(stage="export", unit="telegrams/s", value=50.0)


def a_run(machine: str, *figures: BenchFigure) -> BenchRun:
    return BenchRun(date="2026-01-01", version="1", commit=None, machine=machine, figures=figures)


def test_ratios_are_of_what_was_measured() -> None:
    assert PARSE.ratio == 2.0
    assert ALONE.ratio is None
    assert BenchFigure(stage="x", unit="y", value=1.0, peer="p", note="missing").ratio is None


def test_runs_are_added_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "figures.jsonl"
    assert kept_runs(file) == ()
    first, second = this_run([PARSE]), this_run([ALONE])
    keep_run(first, file)
    with file.open("a") as out:
        out.write("torn {\n")
    keep_run(second, file)
    assert kept_runs(file) == (first, second)
    assert first.machine
    assert first.date.endswith("+00:00")


def test_a_trend_compares_what_can_be_compared() -> None:
    earlier = [a_run("one", PARSE, ALONE), a_run("two", PARSE, ALONE), a_run("one", ALONE)]
    assert trend_of(PARSE, earlier, "one") == (2.0, 2.0)
    assert trend_of(ALONE, earlier, "one") == (50.0, 50.0)
    assert trend_of(ALONE, earlier * 9, "one") == (50.0,) * 6
    assert trend_of(PARSE, [], "one") == ()


def test_made_text_is_as_varied_as_telegrams() -> None:
    words = " ".join(paragraphs_of_words()).split()
    assert len(set(words)) > 4000
    ((_, most),) = Counter(words).most_common(1)
    assert most > len(words) / 50


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("TELEGRAMS", 20), ("SEARCHES", 6), ("PAGES", 1)):
        monkeypatch.setattr(f"septel.measure.regression.figures.{name}", value)


def test_every_stage_is_timed_and_missing_peers_are_said(quick: None) -> None:
    figures = bench_all(postgres="postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    stages = {(one.stage, one.peer): one for one in figures}
    assert len(stages) == len(figures) == 10
    assert all(one.value and one.value > 0 for one in figures)
    missing = stages["search phrases", "PostgreSQL"]
    assert missing.ratio is None
    assert missing.note in ("psycopg is not installed", "the server can't be reached (OperationalError)")
    assert stages["search phrases", "FTS5"].ratio
    for one in figures:
        assert one.ratio or one.note or not one.peer


def test_the_command_keeps_and_shows_the_trend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "septel.cli.measure.all_stages.bench_all", lambda postgres=None, progress=None: (PARSE, ALONE)
    )
    file = tmp_path / "figures.jsonl"
    assert run(["bench", "all", "--keep", str(file), "--json"]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["ratios"] == {"parse, email": 2.0}
    assert run(["bench", "all", "--keep", str(file), "--markdown"]) == ExitCode.OK
    out = capsys.readouterr().out
    assert "| parse | 200 telegrams/s | email | 100 | 2.00 | 2 | +0% |" in out
    assert len(file.read_text().splitlines()) == 2
