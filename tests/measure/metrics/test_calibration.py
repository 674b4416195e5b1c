"""Calibration and capture, against forecasters whose worth is known."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.measure import JudgedWord, trust
from septel.measure.metrics.calibration import ReliabilityBin, calibration_error, capture_curve, reliability

claims = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_a_perfect_forecaster_has_no_calibration_error() -> None:
    draw = random.Random(1)
    told = [draw.random() for _ in range(20_000)]
    error = calibration_error(reliability([(p, draw.random() < p) for p in told]))
    assert error is not None and error < 0.02


def test_a_boaster_is_found_out() -> None:
    # Claims 95%, holds 3 of 4.
    table = reliability([(0.95, True)] * 3 + [(0.95, False)])
    assert table == (ReliabilityBin(low=0.9, high=1.0, words=4, claimed=table[0].claimed, right=0.75),)
    assert table[0].claimed == pytest.approx(0.95)
    assert calibration_error(table) == pytest.approx(0.2)


def test_no_claims_no_error() -> None:
    assert calibration_error(reliability([])) is None


@given(claims)
def test_bins_hold_every_claim_and_the_error_is_a_share(found: list[tuple[float, bool]]) -> None:
    table = reliability(found)
    assert sum(b.words for b in table) == len(found)
    assert all(b.low - 1e-9 <= b.claimed <= b.high + 1e-9 for b in table)
    error = calibration_error(table)
    assert error is not None and 0 <= error <= 1


def test_the_worst_are_caught_first() -> None:
    found = [(0.1, False), (0.2, False), *[(0.9, True)] * 8]
    caught = {c.flagged: c.captured for c in capture_curve(found, shares=(0.1, 0.2, 0.5))}
    assert caught == {0.1: pytest.approx(0.5), 0.2: pytest.approx(1.0), 0.5: pytest.approx(1.0)}


def test_equal_confidence_catches_by_chance() -> None:
    found = [(0.5, False)] * 5 + [(0.5, True)] * 15
    assert capture_curve(found, shares=(0.2,))[0].captured == pytest.approx(0.2)


@given(claims)
def test_flagging_more_never_catches_less(found: list[tuple[float, bool]]) -> None:
    curve = [c.captured for c in capture_curve(found)]
    assert all(0 <= c <= 1 + 1e-9 for c in curve)
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(curve))


def test_marks_of_doubt_by_hand() -> None:
    # Ten words: eight sure of which one is wrong and invented, two doubtful of which one is wrong.
    words = [JudgedWord(right=True, sure=True, confidence=0.99)] * 7
    words += [JudgedWord(right=False, sure=True, confidence=0.97, invented=True)]
    words += [
        JudgedWord(right=False, sure=False, confidence=0.4),
        JudgedWord(right=True, sure=False, confidence=0.6),
    ]
    found = trust(words)
    assert found is not None
    assert found.sure_share == 0.8
    assert found.sure_wrong == 1 / 8
    assert found.sure_invented == 1
    assert found.shown.flagged == pytest.approx(0.2)
    assert found.shown.captured == 0.5
    assert found.with_confidence == 10


def test_words_without_probabilities_have_no_calibration() -> None:
    found = trust([JudgedWord(right=False, sure=True)])
    assert found is not None
    assert (found.calibration_error, found.brier, found.capture) == (None, None, ())
    assert trust([]) is None
