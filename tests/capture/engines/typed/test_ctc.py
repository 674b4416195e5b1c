"""Reading signs off the network's scores."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from septel.capture.engines.typed.ctc import CLASSES, CODES, NONE, SIGNS, Scores, signs_of, sure_signs

TEXTS = st.text(alphabet=SIGNS, max_size=30)


def scores_of(text: str, *, runs: int = 1, rest: float = 0.0) -> Scores:
    """Scores that answer with the text: each sign for some frames, nothing between."""
    rows = []
    for sign in text:
        rows += [CODES[sign]] * runs + [NONE]
    weights = np.full((len(rows) + 1, CLASSES), rest, np.float32)
    for frame, code in enumerate([*rows, NONE]):
        weights[frame, code] = 1.0 - rest * (CLASSES - 1)
    with np.errstate(divide="ignore"):
        return np.log(weights)


@given(TEXTS, st.integers(1, 4))
def test_every_sign_is_read_once_however_many_frames_it_takes(text: str, runs: int) -> None:
    signs = signs_of(scores_of(text, runs=runs), capitals=False)
    assert "".join(sign.text for sign in signs) == text
    assert [sign.last - sign.first for sign in signs] == [runs] * len(text)


def test_small_letters_give_way_to_capitals_on_a_page_in_capitals() -> None:
    scores = scores_of("ab", rest=0.001)
    scores[0, CODES["A"]] = np.log(0.05)
    signs = signs_of(scores, capitals=True)
    assert signs[0].text == "A"
    assert not any(sign.text.islower() for sign in signs)


def test_weights_and_rivals_are_those_of_the_best_frame() -> None:
    weights = np.full((1, CLASSES), 1e-6, np.float32)
    weights[0, CODES["D"]], weights[0, CODES["O"]], weights[0, NONE] = 0.6, 0.3, 0.1
    (sign,) = signs_of(np.log(weights), capitals=True)
    assert (sign.text, round(sign.weight, 2)) == ("D", 0.6)
    assert [(text, round(weight, 2)) for text, weight in sign.others] == [("O", 0.3), ("", 0.1)]


@given(
    st.lists(st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4), min_size=1, max_size=30),
    st.floats(0.1, 0.9),
)
def test_sure_signs_are_those_of_the_whole_reading(frames: list[list[float]], least: float) -> None:
    weights = np.full((len(frames), CLASSES), 1e-7, np.float32)
    for row, some in zip(weights, frames, strict=True):
        row[[CODES["A"], CODES["a"], CODES[" "], NONE]] = np.array(some) + 1e-6
    scores = np.log(weights / weights.sum(axis=1, keepdims=True))
    sure = [SIGNS[code] for code in sure_signs(scores, least) if code != NONE]
    assert sure == [sign.text for sign in signs_of(scores, capitals=False) if sign.weight >= least]
