"""How the record is scored: matches, stances, and the figures that the development half must keep."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from septel.errors import InputError
from septel.measure import RecordReport, measure_record
from septel.measure.record.gold import bag, overlap


def test_overlap_counts_words_and_leaves_out_notes() -> None:
    first, second = bag("the talks [Page 40] might begin soon"), bag("he said the talks might begin")
    assert first == Counter(["THE", "TALKS", "MIGHT", "BEGIN", "SOON"])
    assert overlap(first, second) == (4 / 5, 4 / 7)


def test_unknown_component(shared: Path) -> None:
    with pytest.raises(InputError, match="no component"):
        measure_record(shared, without=["magic"])


def test_no_documents(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        measure_record(tmp_path)


@pytest.fixture(scope="module")
def report(shared: Path) -> RecordReport:
    return measure_record(shared)


def test_figures_on_the_development_half(report: RecordReport) -> None:
    score = report.score
    assert score.found >= 0.85 and score.precision >= 0.85
    assert score.speaker >= 0.95 and score.side >= 0.95
    assert score.stance_f1 >= 0.75 and score.issues_f1 >= 0.75
    assert report.trust is not None and report.trust[0] <= report.trust[1] + 0.02


def test_rosters_carry_their_weight(shared: Path, report: RecordReport) -> None:
    assert measure_record(shared, without=["rosters"]).score.side < report.score.side
