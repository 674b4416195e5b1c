"""Timing: every system alone in a process, ratios against the peer."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import TypeAdapter

from septel.errors import InputError
from septel.measure import BenchReport, bench_restore, bench_texts, markdown, to_json


def test_a_text_is_timed(tmp_path: Path) -> None:
    path = tmp_path / "cable.txt"
    path.write_text("TI1E US SlDE\n" * 50, "utf-8")
    report = bench_restore(path, systems=("none",), repeats=2)
    speed = report.speeds[0]
    assert speed.characters == 650
    assert speed.seconds is not None and speed.first_seconds is not None and speed.peak_megabytes is not None
    assert 0 < speed.seconds <= speed.first_seconds
    assert speed.peak_megabytes > 10
    assert speed.ratio is None  # the peer did not run
    jsonschema.validate(json.loads(json.dumps(to_json(report))), TypeAdapter(BenchReport).json_schema())
    assert "cable.txt" in markdown(report)


def test_the_ratio_is_against_the_peer(tmp_path: Path) -> None:
    pytest.importorskip("symspellpy", reason="the optional peer symspellpy is not installed")
    path = tmp_path / "cable.txt"
    path.write_text("THE GOVERNMONT OF THE SOVLET UNION\n" * 20, "utf-8")
    none, peer = bench_restore(path, systems=("none", "symspell"), repeats=1).speeds
    assert none.characters_per_second and peer.characters_per_second and none.ratio
    assert none.ratio == pytest.approx(none.characters_per_second / peer.characters_per_second)
    assert peer.ratio is None


def test_nothing_to_time_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        bench_restore()
    with pytest.raises(InputError):
        bench_restore(tmp_path / "absent.txt")


def test_the_texts_to_time(shared: Path) -> None:
    real, clean = bench_texts(shared)
    assert 10_000 < len(real.text) < len(clean.text)
