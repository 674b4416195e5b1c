from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from septel.capture import Box
from septel.capture.degrade import print_pages
from septel.errors import UsageError
from septel.measure.capture_bench import CaptureBench, PageSpeed, capture_bench_grids
from septel.measure.capturing import (
    CaptureReport,
    EngineScore,
    MarkScore,
    capture_grids,
    errors,
    measure_capture,
    shared_area,
    tesseract_plain,
)
from septel.measure.tables import grids_in_markdown


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
    assert "| clean | tesseract | 1.2 | 10.0 | - | - | 1.3 |" in table
    assert "ocrmypdf: OCRmyPDF is not installed" in table
    assert "| clean | black excision | 2 | 2 | 0 |" in table
    bench = CaptureBench(
        pages=2, processors=2, speeds=(PageSpeed(level="clean", system="septel", seconds=1.0, cer=0.01),)
    )
    assert "| clean | septel | 1.00 | 1.0 |" in grids_in_markdown(capture_bench_grids(bench))


def test_plain_tesseract_reads_a_clean_page(tmp_path: Path) -> None:
    truth = "THE NEXT MEETING WILL BE HELD ON THURSDAY.\n" * 6
    page: Image.Image = next(iter(print_pages(truth)))
    page.save(tmp_path / "page.png")
    assert Levenshtein.distance(tesseract_plain(tmp_path / "page.png").strip(), truth.strip()) < 0.1 * len(
        truth
    )


def test_an_unknown_system_is_refused(shared: Path) -> None:
    with pytest.raises(UsageError, match="no system 'abbyy'"):
        measure_capture(["1"], shared=shared, systems=["abbyy"], pages=1)


def test_the_default_engine_is_scored_on_worn_pages_of_known_text(shared: Path) -> None:
    report = measure_capture(["clean"], shared=shared, systems=["tesseract"], pages=1, restored=False)
    (score,) = report.engines
    assert score.pages == 1 and score.cer is not None and score.cer < 0.05
    assert {mark.kind: (mark.there, mark.found) for mark in report.marks}["black excision"] == (1, 1)
