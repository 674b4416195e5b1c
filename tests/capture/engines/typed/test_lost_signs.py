"""A sign that the network saw, but took for none, is there with doubt where the pitch has room for it."""

from __future__ import annotations

import numpy as np
import pytest

from septel.capture.engines.typed.ctc import CLASSES, CODES, NONE, Scores, signs_of
from septel.capture.engines.typed.pitch import with_lost_signs

CELL = 4
FAINT = {"E": 0.3, "B": 0.25}


def scores_of(text: str, faint: dict[str, float]) -> Scores:
    """What the network answers to a line: sure signs in their cells, a tilde for a faint one."""
    weights = np.full((CELL * len(text), CLASSES), 1e-6, np.float32)
    weights[:, NONE] = 1.0
    for number, sign in enumerate(text):
        told = faint if sign == "~" else {sign: 0.95}
        frame = CELL * number + 2
        for one, weight in told.items():
            weights[frame, CODES[one]] = weight
        weights[frame, NONE] = 1.0 - sum(told.values())
    scores: Scores = np.log(weights / weights.sum(axis=1, keepdims=True))
    return scores


def read(text: str, faint: dict[str, float] = FAINT, *, capitals: bool = True) -> str:
    scores = scores_of(text, faint)
    signs = with_lost_signs(signs_of(scores, capitals=capitals), scores, CELL, capitals=capitals)
    return "".join(sign.text for sign in signs)


def test_a_lost_sign_stands_where_one_has_room() -> None:
    assert read("R~PORTED") == "REPORTED"


def test_it_is_doubtful_and_knows_what_else_it_may_be() -> None:
    scores = scores_of("R~PORTED", FAINT)
    lost = with_lost_signs(signs_of(scores, capitals=True), scores, CELL, capitals=True)[1]
    assert lost.weight == pytest.approx(0.3, abs=0.01)
    assert [text for text, _ in lost.others] == ["", "B"]


@pytest.mark.parametrize("text", ["RE PORTED", "R~~PORTED", "~REPORTED", "REPORTED~"])
def test_nothing_stands_where_more_or_less_than_one_has_room(text: str) -> None:
    assert read(text) == text.replace("~", "")


@pytest.mark.parametrize("faint", [{"E": 0.08}, {" ": 0.35, "E": 0.2}])
def test_a_sign_of_hardly_any_weight_and_a_blank_are_left_out(faint: dict[str, float]) -> None:
    assert read("R~PORTED", faint) == "RPORTED"


def test_a_page_in_capitals_has_no_small_letters_there() -> None:
    assert read("R~PORTED", {"e": 0.3, "E": 0.2}) == "REPORTED"
    assert read("R~PORTED", {"e": 0.3, "E": 0.2}, capitals=False) == "RePORTED"


def test_nothing_stands_beside_a_mark_whose_place_in_its_cell_is_not_plain() -> None:
    assert read('"~PORTED') == '"PORTED'
    assert read("INR-~7") == "INR-E7"


def test_rows_of_marks_are_counted_by_their_ink_alone() -> None:
    assert read("-----~----", {"-": 0.3}) == "---------"
