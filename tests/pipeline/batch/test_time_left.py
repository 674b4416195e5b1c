"""How long a run will take yet: nothing before it can be known, and a span that holds what comes."""

from __future__ import annotations

import random

import pytest

from septel.pipeline import Remaining
from septel.pipeline.batch import spoken


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_told_before_five_items() -> None:
    clock = Clock()
    left = Remaining(items=10, clock=clock)
    for _ in range(4):
        clock.now += 1
        left.passed()
        assert left.left() is None
    clock.now += 1
    left.passed()
    told = left.left()
    assert told is not None
    assert told.likely == pytest.approx(5.0)
    assert str(told) == "about 5 s"


def test_what_an_earlier_run_did_takes_no_time() -> None:
    clock = Clock()
    left = Remaining(items=100, clock=clock)
    for _ in range(50):
        left.skipped()
    for _ in range(10):
        clock.now += 2
        left.passed()
    told = left.left()
    assert told is not None
    assert told.likely == pytest.approx(80.0)


def test_the_span_holds_the_true_time_nine_times_in_ten() -> None:
    held = 0
    for seed in range(200):
        rng = random.Random(seed)
        clock = Clock()
        left = Remaining(items=200, clock=clock)
        taken = [rng.lognormvariate(0, 1) for _ in range(200)]
        for seconds in taken[:60]:
            clock.now += seconds
            left.passed()
        told = left.left()
        assert told is not None
        held += told.least <= sum(taken[60:]) <= told.most
    assert held >= 180


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (12.3, "12 s"),
        (100, "2 min"),
        (3600, "1 h"),
        (7800, "2 h 10 min"),
        (40_000, "11 h"),
        (200_000, "2 days 8 h"),
        (2e6, "23 days"),
    ],
)
def test_times_are_spoken_no_finer_than_they_are_known(seconds: float, told: str) -> None:
    assert spoken(seconds) == told
