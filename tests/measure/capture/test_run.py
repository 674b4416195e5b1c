from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from septel.capture import Box, ReadingCache, RegionKind
from septel.errors import EmptyInput, EngineFailure, EngineTimeout, InputError, UsageError
from septel.measure.capture.bench import CaptureBench, PageSpeed, capture_bench_grids
from septel.measure.capture.known_pages import KnownPage, pages_from
from septel.measure.capture.marks import MARKS, MarkScore, marked_page, marks_grid, measure_marks, shared_area
from septel.measure.capture.run import (
    PEERS,
    CaptureReport,
    EngineScore,
    capture_grids,
    errors,
    measure_capture,
    measure_pages,
    tesseract_plain,
)
from septel.measure.metrics.grid import grids_in_markdown
from septel.synthesis.typescript import print_pages


def test_errors_count_white_space_once() -> None:
    assert errors("THE NEXT\nMEETING", "THE  NEXT MEETING\n") == (0, 0)
    assert errors("THE NEXT MEETING", "THE MEXT MEETING") == (1, 1)
    assert errors("THE NEXT MEETING", "") == (16, 3)


def test_the_shared_area_is_of_the_smaller_one() -> None:
    box = Box(left=0, top=0, right=10, bottom=10)
    assert shared_area(box, (0, 0, 10, 10)) == 1.0
    assert shared_area(box, (5, 0, 10, 10)) == 1.0
    assert shared_area(box, (5, 0, 15, 10)) == 0.5
    assert shared_area(box, (20, 0, 30, 10)) == 0.0


def test_reports_become_tables() -> None:
    report = CaptureReport(
        seed=1,
        pages=2,
        engines=(
            EngineScore(level="clean", system="tesseract", pages=2, cer=0.0123, wer=0.1, seconds=1.26),
            EngineScore(level="clean", system="ocrmypdf", note="OCRmyPDF is not installed"),
        ),
        marks=(MarkScore(level="clean", kind="black excision", there=2, found=2, false=0),),
    )
    table = grids_in_markdown(capture_grids(report))
    assert "| clean | tesseract | 2 | - | 1.2 | 10.0 | - | - | 1.3 |" in table
    assert "ocrmypdf: OCRmyPDF is not installed" in table
    assert "| clean | black excision | 2 | 2 | 0 |" in table
    bench = CaptureBench(
        pages=2, processors=2, speeds=(PageSpeed(level="clean", system="septel", seconds=1.0, cer=0.01),)
    )
    assert "| clean | septel | 1.00 | - | - | 1.0 |" in grids_in_markdown(capture_bench_grids(bench))


def test_plain_tesseract_reads_a_clean_page(tmp_path: Path) -> None:
    truth = "THE NEXT MEETING WILL BE HELD ON THURSDAY.\n" * 6
    page: Image.Image = next(iter(print_pages(truth)))
    page.save(tmp_path / "page.png")
    known = KnownPage(name="page", truth=truth, file=tmp_path / "page.png")
    assert Levenshtein.distance(tesseract_plain(known).strip(), truth.strip()) < 0.1 * len(truth)


def known_folder(folder: Path, *names: str) -> Path:
    """A folder of page images with their text beside them."""
    text = "THE NEXT MEETING WILL BE HELD ON THURSDAY.\n" * 5
    image = next(iter(print_pages(text))).crop((0, 0, 1700, 400))
    for name in names:
        image.save(folder / f"{name}.png", dpi=(150, 150))
        (folder / f"{name}.txt").write_text(text)
    return folder


def test_pages_of_a_folder_come_in_groups_and_in_natural_order(tmp_path: Path) -> None:
    folder = known_folder(tmp_path, "bad-10", "bad-2", "7", "fair 1")
    Image.new("L", (10, 10)).save(folder / "bad-3.png")  # without its text
    (folder / "bad-4.txt").write_text("WITHOUT ITS IMAGE")
    found = pages_from(folder)
    assert {group: [one.name for one in known] for group, known in found.items()} == {
        folder.name: ["7.png"],
        "bad": ["bad-2.png", "bad-10.png"],
        "fair": ["fair 1.png"],
    }
    assert found["bad"][0].dpi == 150
    assert [len(known) for known in pages_from(folder, pages=1).values()] == [1, 1, 1]


def test_a_folder_without_pages_of_known_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        pages_from(tmp_path / "nowhere")
    with pytest.raises(EmptyInput, match="text beside it"):
        pages_from(tmp_path)
    (tmp_path / "1.png").write_bytes(b"no image")
    (tmp_path / "1.txt").write_text("TEXT")
    with pytest.raises(InputError, match="can't be opened"):
        pages_from(tmp_path)
    (tmp_path / "1.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InputError, match=r"1\.txt"):
        pages_from(tmp_path)


def test_an_archive_can_score_engines_on_its_own_pages(tmp_path: Path) -> None:
    folder = known_folder(tmp_path, "fair-1")
    report = measure_pages(folder, systems=["tesseract", "tesseract mode 6"], restored=False)
    assert [(s.level, s.system, s.pages) for s in report.engines] == [
        ("fair", "tesseract", 1),
        ("fair", "tesseract mode 6", 1),
    ]
    assert all(score.cer is not None and score.cer < 0.05 for score in report.engines)
    (table,) = capture_grids(report)
    assert folder.name in table.title


def test_marks_are_put_where_they_are_said_to_be() -> None:
    text = "CONFIDENTIAL\n" + "THE NEXT MEETING WILL BE HELD ON THURSDAY.\n" * 20
    page, known = marked_page(text, "clean", number=1, seed=4)
    assert {kind: len(places) for kind, places in known.items()} == dict.fromkeys(MARKS, 1) | {
        RegionKind.BANNER: 2,
        RegionKind.FRAME: 0,
    }
    again, _ = marked_page(text, "clean", number=1, seed=4)
    assert page.tobytes() == again.tobytes()
    for places in known.values():
        for place in places:
            assert np.asarray(page.crop(place)).min() < 100


@dataclass(frozen=True)
class Slow:
    """Gives no answer to some pages: out of time, or at a loss."""

    faults: dict[str, type[EngineFailure]]

    def __call__(self, page: KnownPage) -> str:
        if page.name in self.faults:
            raise self.faults[page.name]("no answer")
        return page.truth


def test_pages_that_an_engine_had_no_time_for_are_told_from_those_read_badly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = known_folder(tmp_path, "1", "2", "3", "4")
    slow = Slow({"2.png": EngineTimeout, "3.png": EngineFailure})
    monkeypatch.setitem(PEERS, "tesseract mode 6", slow)
    (score,) = measure_pages(folder, systems=["tesseract mode 6"], restored=False).engines
    assert (score.pages, score.timed_out) == (3, 1)
    assert score.cer == pytest.approx(1 / 3, abs=0.01)
    assert f"| {folder.name} | tesseract mode 6 | 3 | 1 | 33." in grids_in_markdown(
        capture_grids(CaptureReport(seed=None, pages=None, engines=(score,), marks=(), folder=folder.name))
    )
    slow.faults.update(dict.fromkeys(("1.png", "2.png", "3.png", "4.png"), EngineTimeout))
    (score,) = measure_pages(folder, systems=["tesseract mode 6"], restored=False).engines
    assert (score.pages, score.timed_out, score.cer, score.seconds) == (0, 4, None, None)


def test_marks_are_looked_for_on_pages_without_any_as_well(shared: Path, tmp_path: Path) -> None:
    kept = ReadingCache(tmp_path)
    scores = measure_marks("photocopy", shared, pages=2, seed=3, unmarked=1, readings=kept)
    assert len(list(tmp_path.rglob("*.json.gz"))) == 3
    by_kind = {one.kind: one for one in scores}
    assert {kind: by_kind[kind].there for kind in ("black excision", "white excision", "frame", "stamp")} == {
        "black excision": 2,
        "white excision": 2,
        "frame": 1,
        "stamp": 1,
    }
    shapes = [one for one in scores if one.unmarked is not None]
    assert {one.kind for one in scores} - {one.kind for one in shapes} == {
        "classification banner",
        "reproduction notice",
    }
    assert not any(one.unmarked for one in shapes)
    shown = [one for one in shapes if one.kind != "handwriting"]
    assert [(one.kind, one.found, one.false) for one in shown] == [(o.kind, o.there, 0) for o in shown]
    assert "| photocopy | stamp | 1 | 1 | 0 | 0 |" in grids_in_markdown([marks_grid(scores)])


def test_an_unknown_system_is_refused(shared: Path) -> None:
    with pytest.raises(UsageError, match="no system 'abbyy'"):
        measure_capture(["1"], shared=shared, systems=["abbyy"], pages=1)


def test_the_default_engine_is_scored_on_worn_pages_of_known_text(shared: Path) -> None:
    report = measure_capture(["clean"], shared=shared, systems=["tesseract"], pages=1, restored=False)
    (score,) = report.engines
    assert score.pages == 1 and score.cer is not None and score.cer < 0.05
    marks = {mark.kind: (mark.there, mark.found, mark.false) for mark in report.marks}
    for kind in ("black excision", "reproduction notice", "handwriting"):
        assert marks[kind] == (1, 1, 0)
    there, found, _ = marks["classification banner"]
    assert found == there > 0
