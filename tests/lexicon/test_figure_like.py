"""Letters where a figure should be."""

from __future__ import annotations

import pytest

from septel.lexicon import figure_like


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("5O", {1}),
        ("12,7O0,OO0", {4, 7, 8}),
        ("48.O", {3}),
        ("COME-OO", {5, 6}),
        ("COME-00", set()),
        ("E.O.", set()),
        ("B-52", set()),
        ("SS-9", set()),
        ("SOLD", set()),
        ("", set()),
    ],
)
def test_letters_among_figures_are_told_from_words_and_designations(word: str, places: set[int]) -> None:
    assert figure_like(word) == places
