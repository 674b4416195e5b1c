"""What counts as invented, by example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.measure import invented, support
from septel.measure.metrics.invention import fold


def made_up(truth: str, source: str, output: str) -> list[str]:
    return [w for w, bad in zip(output.split(), invented(truth, source, output), strict=True) if bad]


def test_fluent_words_over_rubbish_are_invented() -> None:
    truth = "IN AN EVIDENT DEPARTURE FROM PAST PRACTICE"
    source = "~N t.· ,VlD[N' P:~T.~~ FROM PAST PRACTICE"
    assert made_up(truth, source, "WHICH WOULD BECOME FROM PAST PRACTICE") == ["WHICH", "WOULD", "BECOME"]


def test_a_wrong_guess_at_letters_that_are_there_is_no_invention() -> None:
    assert made_up("LIRING-3 HAS LEFT", "LIRING-3 HAS LEFT", "LIVING HAS LEFT") == []


def test_a_word_of_the_truth_is_never_invented() -> None:
    # Nothing in the source says SECRET, yet it is what the page said.
    assert made_up("SECRET SECTION ONE", "·~· ·~ SECTION ONE", "SECRET, SECTION ONE") == []


def test_signs_claim_nothing() -> None:
    assert made_up("SAID", "SAID", "SAID --") == []


def test_rubbish_left_standing_is_no_invention() -> None:
    assert made_up("THE SOVIET SIDE", "TH~ S•V%q SIDE", "TH~ S•V%q SIDE") == []


@pytest.mark.parametrize(
    ("word", "stretch", "share"),
    [
        ("SEMENOV", "SEHtNOV", 5 / 7),
        ("18", "lB", 1.0),
        ("NOD", "", 0.0),
        ("--", "", 1.0),
        ("SOO", "$0D", 1.0),
    ],
)
def test_support(word: str, stretch: str, share: float) -> None:
    assert support(word, stretch) == pytest.approx(share)


@given(st.text(max_size=30))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="ABC 1.~", max_size=30), st.text(alphabet="ABC 1.~", max_size=30))
def test_a_copy_of_the_source_invents_nothing(truth: str, source: str) -> None:
    assert not any(invented(truth, source, source))


@given(st.text(alphabet="ABC 1.~", max_size=30), st.text(alphabet="ABC 1.~", max_size=30))
def test_the_truth_is_never_invented(truth: str, source: str) -> None:
    assert not any(invented(truth, source, truth))
