"""Intervals: the same for the same seed, around the figure, wide where units differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.measure import Estimate, Resampling

units = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 50)), min_size=2, max_size=12)


@given(units, st.integers(0, 5))
def test_the_same_seed_gives_the_same_interval(counts: list[tuple[int, int]], seed: int) -> None:
    above, below = [a for a, _ in counts], [b for _, b in counts]
    one = Resampling(seed=seed, draws=50).ratio(above, below)
    assert one == Resampling(seed=seed, draws=50).ratio(above, below)
    assert one.value == sum(above) / sum(below)


@given(units)
def test_the_interval_lies_between_the_best_and_the_worst_unit(counts: list[tuple[int, int]]) -> None:
    found = Resampling(draws=200).ratio([a for a, _ in counts], [b for _, b in counts])
    rates = [a / b for a, b in counts]
    assert found.low is not None and found.high is not None
    assert min(rates) - 1e-9 <= found.low <= found.high <= max(rates) + 1e-9


def test_units_that_are_alike_leave_no_doubt() -> None:
    assert Resampling(draws=100).ratio([1] * 8, [4] * 8) == Estimate(value=0.25, low=0.25, high=0.25)


def test_one_unit_has_no_interval() -> None:
    assert Resampling().ratio([1], [4]) == Estimate(value=0.25)
    assert Resampling().mean([]) == Estimate(value=0.0)


def test_differences_are_paired() -> None:
    # Ten documents of very different noise, each made better by one error in a hundred words.
    before, after, words = list(range(10, 110, 10)), list(range(9, 109, 10)), [100] * 10
    resampling = Resampling(draws=500)
    gain = resampling.difference(before, words, after, words)
    assert gain.excludes_zero and gain.value == pytest.approx(0.01)
    unpaired = resampling.ratio(after, words)
    assert unpaired.low is not None and unpaired.high is not None
    assert unpaired.high - unpaired.low > 0.2


def test_an_interval_that_holds_zero_excludes_nothing() -> None:
    assert not Estimate(value=0.1, low=-0.1, high=0.3).excludes_zero
    assert not Estimate(value=0.1).excludes_zero


def test_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="at least once"):
        Resampling(draws=0)
