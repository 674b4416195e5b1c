"""The measures of references: on the archives' attributes, and on a made archive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from septel.measure.citations.made_archive import Habits, MadePost, made_archive
from septel.measure.citations.reference_lines import named_in
from septel.measure.citations.run import measure_found, score_archive

SMALL = (
    MadePost(name="LA PAZ", line="AMEMBASSY LA PAZ", yearly=500),
    MadePost(name="STATE", line="SECSTATE WASHDC", yearly=600),
)


def test_a_seed_makes_one_archive() -> None:
    one, other = (made_archive(3, posts=SMALL, years=(1974,)) for _ in range(2))
    assert one.telegrams == other.telegrams
    assert made_archive(4, posts=SMALL, years=(1974,)).telegrams != one.telegrams


def test_resolution_in_an_archive_with_gaps_is_right_or_refused() -> None:
    habits = Habits(held=0.3, mistyped=0.0, year_given=1.0)
    made = made_archive(5, posts=SMALL, years=(1974, 1975), habits=habits)
    report = score_archive(made, seed=5, habits=habits)
    assert report.tally.right > 100
    assert report.tally.precision >= 0.99
    assert report.tally.recall >= 0.85
    assert report.named / report.ghosts > 0.9
    assert report.within > 0.95


def test_the_truth_of_a_reference_line() -> None:
    line = "(A) STATE 014154; (B) LA PAZ 0225 (NOTAL); (C) A-245 NOVEMBER 26, 1973"
    assert named_in(line) == Counter({("STATE", "14154"): 1, ("LA PAZ", "225"): 1, ("", "A-245"): 1})
    assert named_in("LA PAZ 246, AND LA PAZ 244") == Counter({("LA PAZ", "246"): 1, ("LA PAZ", "244"): 1})
    assert named_in("STATE 207984 310241Z AUG 77") == Counter({("STATE", "207984"): 1})


def test_references_of_released_telegrams(shared: Path) -> None:
    lines, texts = measure_found(shared)
    assert lines.tally.f1 >= 0.98
    assert texts.tally.f1 >= 0.95
