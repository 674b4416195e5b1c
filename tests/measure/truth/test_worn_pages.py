"""Worn pages: the same for the same seed, worse from level to level."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.errors import UsageError
from septel.measure.metrics.alignment import EditCounts, count, one_spaced
from septel.measure.truth.by_name import load
from septel.measure.truth.worn_pages import level_of, page_texts, worn


def rate(level: str, shared: Path) -> float:
    total = EditCounts()
    for document in worn(level, shared, pages=1).documents:
        truth = document.units[0].passages[0].truth
        total += count(one_spaced(truth), one_spaced(document.source.text))
    return total.error_rate


def test_pages_get_worse_from_level_to_level(shared: Path) -> None:
    light, heavy = rate("1", shared), rate("bad photocopy", shared)
    assert light < 0.1
    assert light < heavy


def test_the_same_seed_gives_the_same_pages(shared: Path) -> None:
    assert page_texts(shared, pages=3, seed=5) == page_texts(shared, pages=3, seed=5)
    assert page_texts(shared, pages=3, seed=5) != page_texts(shared, pages=3, seed=6)


def test_pages_fit_the_paper_and_bear_no_stamp(shared: Path) -> None:
    for _, text in page_texts(shared, pages=20, seed=1):
        lines = text.splitlines()
        assert len(lines) <= 54 and max(map(len, lines)) <= 75
        assert text == text.upper()


def test_unknown_levels_are_refused(tmp_path: Path) -> None:
    assert level_of("2") == level_of("photocopy")
    with pytest.raises(UsageError, match="ghastly"):
        load("synthetic:5", tmp_path)
