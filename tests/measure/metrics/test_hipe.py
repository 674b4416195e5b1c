"""The HIPE-OCRepair measures, against examples worked by hand from their definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.measure import EditCounts
from septel.measure.metrics import hipe


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The U.S. side:  NO", "the u s side no"),
        ("under_score\nand line", "under score and line"),
        ("  (1)  ", "1"),
        ("Straße æon", "strasse aeon"),
        ("Été", "été"),
        ("con¬\nstitution", "constitution"),
        ("•!?", ""),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert hipe.normalise(text) == normal


@given(st.text(max_size=40))
def test_the_normal_form_is_normal(text: str) -> None:
    once = hipe.normalise(text)
    assert hipe.normalise(once) == once


def test_case_and_punctuation_do_not_count() -> None:
    assert hipe.character_counts("SALT: NOV. 18", "salt nov 18") == EditCounts(hits=11)


def test_match_error_rate_counts_additions_below_the_line() -> None:
    # "salt" against "salty": four hits, one addition.
    assert hipe.character_counts("SALT", "SALTY").match_error_rate == 1 / 5


@pytest.mark.parametrize(
    ("source", "output", "preference"), [("SAT", "SALT", 1), ("SALT", "SAT", -1), ("X", "Y", 0)]
)
def test_preference_is_the_sign_of_the_improvement(source: str, output: str, preference: int) -> None:
    before, after = hipe.character_counts("SALT", source), hipe.character_counts("SALT", output)
    assert hipe.preference(before, after) == preference
