"""A plan: counts, rates and sums that come out right, and a span around what is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from septel import __version__
from septel.cli.main import run
from septel.errors import ExitCode, ModelError, UsageError
from septel.pipeline import item_of
from septel.pipeline.plan import (
    DocumentGroup,
    GrowthCurve,
    GrowthPoint,
    InputKind,
    KindRate,
    MeasuredDocument,
    MeasuredRates,
    Prices,
    groups_in,
    is_fresh,
    machine_of,
    made_groups,
    of_pages,
    plan_of,
    rate_of,
    read_rates,
    shape_of,
    shipped_growth,
    write_rates,
)
from septel.synthesis.typescript import print_pages

FLAT = GrowthCurve(measured="", version="", machine="", command="", points=())


def rates(**more: object) -> MeasuredRates:
    scan = KindRate(
        kind=InputKind.SCAN,
        documents=10,
        units=20.0,
        worker=2.0,
        driver=0.1,
        unsure=0.05,
        originals=50_000.0,
        catalogue=20_000.0,
        readings=5_000.0,
        failed=0.0,
    )
    made = MeasuredRates(
        measured=datetime(2026, 1, 1, tzinfo=UTC),
        version=__version__,
        machine=machine_of(),
        source="made",
        start=3.0,
        memory=400_000_000,
        kinds=(scan, replace(scan, kind=InputKind.TEXT, worker=0.5, unsure=None)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_plan_adds_up() -> None:
    group = DocumentGroup(kind=InputKind.SCAN, documents=1000, units=2000.0)
    plan = plan_of([group], rates(), FLAT, processes=1)
    assert plan.processor == pytest.approx(2000 * 2.0 + 1000 * 0.1 + 3.0)
    assert plan.driver == pytest.approx(100.0)
    assert plan.clock == pytest.approx(plan.processor)
    assert (plan.low, plan.high) == pytest.approx((4103 - 400, 4103 + 400))
    assert plan.disk == pytest.approx(2000 * 75_000)
    assert plan.compute == pytest.approx(4103 / 3600 * 0.04)
    assert plan.storage == pytest.approx(0.15 * 0.023)
    dear = plan_of([group], rates(), FLAT, processes=1, prices=Prices(core_hour=0.4))
    assert dear.compute == pytest.approx(10 * plan.compute)
    more = plan_of([group], rates(), FLAT, processes=4)
    assert plan.clock / 4 < more.clock < plan.clock / 3
    assert more.memory > 4 * plan.memory


def test_a_hundred_million_pages_in_a_day() -> None:
    plan = plan_of([of_pages(1e8, InputKind.SCAN, 2.0)], rates(), FLAT, processes=2)
    assert (plan.documents, plan.pages) == (50_000_000, 1e8)
    shape = plan.cluster
    assert shape.workers * 86400 > 1e8 * 2.0
    assert shape.workers * 86400 < 1.15 * 1e8 * 2.0
    assert shape.nodes * (shape.cores - 1) >= shape.workers + shape.drivers
    assert shape.drivers * 86400 >= plan.driver > (shape.drivers - 1) * 86400
    assert plan.clock >= plan.driver
    with pytest.raises(UsageError, match="a plan goes up to 100,000,000 pages"):
        plan_of([of_pages(1.01e8, InputKind.SCAN, 2.0)], rates(), FLAT, processes=2)


def test_a_kind_that_was_not_measured_is_not_guessed() -> None:
    with pytest.raises(UsageError, match="no rate was measured for documents of the kind pdf"):
        plan_of([of_pages(10, InputKind.PDF, 1.0)], rates(), FLAT, processes=1)


def test_what_is_not_known_is_said() -> None:
    plan = plan_of([of_pages(10, InputKind.TEXT, 1.0)], rates(), FLAT, processes=1)
    assert plan.notes == ("one text was measured: how far others differ is not known",)
    point = GrowthPoint(holdings=100, keep_seconds=0.1, catalogue=1.0, search_seconds=0.0, driver_bytes=1)
    curve = replace(FLAT, points=(point, replace(point, holdings=10)))
    assert (
        "archives were measured up to 100 documents"
        in plan_of([of_pages(5000, InputKind.SCAN, 2.0)], rates(), curve, processes=1).notes[0]
    )


def test_a_rate_is_a_ratio_of_sums_with_its_error() -> None:
    measured = [MeasuredDocument(units=u, worker=w, driver=0.1) for u, w in ((1, 2.0), (10, 18.0), (4, 10.0))]
    rate = rate_of(InputKind.SCAN, measured, failed=1, originals=15, catalogue=30, readings=0)
    assert rate.worker == pytest.approx(2.0)
    assert rate.failed == 0.25
    assert (rate.originals, rate.catalogue) == (1.0, 2.0)
    # Differences from the ratio: 0, -2, 2.
    assert rate.unsure == pytest.approx((3 * 8 / 2) ** 0.5 / 30)
    assert rate_of(InputKind.SCAN, measured[:1], originals=0, catalogue=0, readings=0).unsure is None


def test_keeping_grows_with_the_logarithm_of_the_size() -> None:
    point = GrowthPoint(holdings=1024, keep_seconds=1.0, catalogue=1.0, search_seconds=0.0, driver_bytes=1)
    curve = replace(FLAT, points=(point, replace(point, holdings=4096, keep_seconds=1.2)))
    assert curve.keep_factor(10) == 1.0
    assert curve.keep_factor(round(4096 * 2.718281828)) == pytest.approx(1.2, abs=0.001)
    assert curve.keep_factor(10**6) > curve.keep_factor(10**5) > 1.2
    falling = replace(curve, points=(point, replace(point, holdings=4096, keep_seconds=0.5)))
    assert falling.keep_factor(10**6) == 1.0


def test_the_shipped_growth_was_measured_at_three_sizes() -> None:
    curve = shipped_growth()
    assert len(curve.points) >= 3
    assert curve.measured and curve.machine and curve.command.startswith("septel bench growth")
    assert curve.largest >= 10_000
    memory = [point.driver_bytes for point in curve.points]
    assert max(memory) < 1.5 * min(memory), "memory is flat"


def test_a_folder_is_counted_and_a_sample_drawn_by_its_seed(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text("A" * 2000)
    (tmp_path / "scan").mkdir()
    page = next(iter(print_pages("SALT", seed=1)))
    for number in range(3):
        page.save(tmp_path / "scan" / f"{number}.png")
    items = [item_of(path) for path in sorted(tmp_path.iterdir())]
    scan, text = groups_in(items, sample=4, seed=1)
    assert (scan.kind, scan.documents, scan.units, scan.pages) == (InputKind.SCAN, 1, 3.0, 3.0)
    assert (text.kind, text.documents, text.units, text.pages) == (InputKind.TEXT, 12, 24.0, 12.0)
    assert len(text.sample) == 4
    assert groups_in(items, sample=4, seed=1) == (scan, text)
    assert groups_in(items, sample=4, seed=2)[1].sample != text.sample


def test_rates_are_kept_with_their_date_and_go_stale(tmp_path: Path) -> None:
    file = tmp_path / "rates.json"
    write_rates(rates(), file)
    assert read_rates(file) == rates()
    now = datetime(2026, 1, 10, tzinfo=UTC)
    assert is_fresh(rates(), now)
    assert not is_fresh(rates(), now + timedelta(days=30))
    assert not is_fresh(rates(version="0"), now)
    assert not is_fresh(rates(machine="another"), now)
    file.write_text("{}")
    with pytest.raises(ModelError, match="no measured rates"):
        read_rates(file)


def test_made_papers_are_of_two_kinds(tmp_path: Path) -> None:
    scan, text = made_groups(tmp_path, pages=2)
    assert (scan.kind, scan.units, len(scan.sample)) == (InputKind.SCAN, 2.0, 2)
    assert text.kind is InputKind.TEXT
    assert 1.0 < text.units / 2 < 3.0


def test_more_workers_than_a_node_has_processors() -> None:
    shape = shape_of(86400.0 * 50, 1.0, rates(), hours=24, cores=16)
    assert shape.workers > 50
    assert shape.nodes == 4
    assert shape.drivers == 1


def test_the_command_plans_a_folder_from_a_sample_of_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(
            f"SUBJECT: TALKS {number}\n\n1. THE M1NISTER SPOKE TWICE.\n" * 9
        )
    (folder / "empty.txt").write_text("")
    (folder / "about.json").write_text("{}")
    assert run(["plan", str(folder), "--sample", "7", "--processes", "1", "--json"]) == ExitCode.OK
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert "reading a sample to measure it (7 of 7 text)" in err
    assert "about.json is no document" in err
    assert "empty.txt" in err
    assert data["plan"]["documents"] == 7
    assert data["plan"]["failing"] == 1
    assert data["plan"]["processor"] > data["rates"]["start"] >= 0
    assert data["rates"]["kinds"][0]["documents"] == 6
    assert data["plan"]["catalogue"] > 0
    assert not (folder / "catalogue.sqlite").exists()
    assert run(["plan", str(folder), "--sample", "3"]) == ExitCode.OK
    out = capsys.readouterr().out
    assert "7 documents" in out
    assert "in 24 hours" in out
    assert f"to begin: septel read {folder} --processes" in out


def test_what_is_written_ahead_is_not_planned_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, archive = tmp_path / "papers", tmp_path / "archive"
    folder.mkdir()
    for number in range(12):
        words = " ".join(f"WORD{number * n}X" for n in range(300))
        (folder / f"{number}.txt").write_text(f"SUBJECT: TALKS {number}\n\n1. {words}.\n")
    assert run(["plan", str(folder), "--sample", "6", "--json"]) == ExitCode.OK
    planned = json.loads(capsys.readouterr().out)["plan"]["catalogue"]
    assert run(["read", str(folder), "--archive", str(archive), "--quiet"]) == ExitCode.OK
    held = (archive / "catalogue.sqlite").stat().st_size
    assert 0.2 * held < planned < 1.5 * held


def test_the_command_plans_pages_from_rates_that_it_keeps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "plan-rates.json"
    write_rates(rates(measured=datetime.now(UTC), source="made pages, typed"), file)
    monkeypatch.setattr("septel.cli.document.plan.rates_file", lambda: file)
    assert run(["plan", "2_000_000", "--json", "--hours", "48"]) == ExitCode.OK
    data = json.loads(capsys.readouterr().out)
    assert data["plan"]["pages"] == 2e6
    assert data["plan"]["documents"] == 1_000_000
    assert data["plan"]["cluster"]["hours"] == 48
    assert run(["plan", "100", "--check"]) == ExitCode.USAGE
    assert run(["plan", str(tmp_path / "none")]) == ExitCode.USAGE
    assert run(["plan", "200000000"]) == ExitCode.USAGE
