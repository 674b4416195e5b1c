"""Weights of kinds and beginnings, chosen on made files."""

from __future__ import annotations

import numpy as np
import pytest

from septel.measure.papers.fit import PRIOR, JudgedFile, _least, fitted_kinds, fitted_starts
from septel.papers import PaperKind
from tests.papers.samples import CABLE, MEMORANDUM, MEMORANDUM_2

FILES = [
    JudgedFile(
        pages=[[MEMORANDUM], [MEMORANDUM_2], [CABLE.format(number=75300 + n)]],
        agency="cia",
        papers={0: (PaperKind.MEMORANDUM,), 2: (PaperKind.CABLE,)},
    )
    for n in range(6)
]


def test_the_least_place_is_found() -> None:
    def bowl(
        v: np.ndarray[tuple[int], np.dtype[np.float64]],
    ) -> tuple[float, np.ndarray[tuple[int], np.dtype[np.float64]]]:
        aim = np.array([1.0, -2.0, 3.0])
        scale = np.array([1.0, 10.0, 0.1])
        return float((scale * (v - aim) ** 2).sum()), 2 * scale * (v - aim)

    assert _least(bowl, np.zeros(3)) == pytest.approx([1.0, -2.0, 3.0], abs=1e-2)


def test_kinds_are_told_by_what_their_pages_have() -> None:
    weights = fitted_kinds(FILES)
    assert weights["cia-cable"]["capitals"] > weights["memorandum"]["capitals"]
    assert weights["memorandum"]["sign: memorandum"] > weights["cia-cable"]["sign: memorandum"]
    assert "sign: airtel" not in weights["memorandum"]


def test_beginnings_are_told_from_pages_that_go_on() -> None:
    weights = fitted_starts(FILES)
    assert weights["begins"] > 0 > weights["surely goes on"]
    assert weights["a copy"] == pytest.approx(PRIOR["a copy"], abs=1e-6)  # no page is one: the prior stands
