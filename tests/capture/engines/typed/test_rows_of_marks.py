"""Rows of dashes are as long as they stand on the page."""

import numpy as np
import pytest

from septel.capture.engines.typed.baseline import Curve
from septel.capture.engines.typed.ctc import Sign
from septel.capture.engines.typed.lines import FRAME, HIGH, LineStrip
from septel.capture.engines.typed.pitch import completed

CELL = 4.0


def strip_of(text: str) -> LineStrip:
    """A line with a dash in each cell that has one, and a tall stroke for any other sign."""
    pixels = np.zeros((HIGH, round(len(text) * CELL * FRAME)), np.float32)
    for number, sign in enumerate(text):
        left = round(number * CELL * FRAME)
        rows = slice(15, 17) if sign == "-" else slice(6, 26)
        if sign != " ":
            pixels[rows, left + 3 : left + 13] = 1.0
    return LineStrip(pixels=pixels, left=0.0, curve=Curve(0.0, 0.0, 0.0, 1.0), scale=1.0)


def seen(text: str) -> list[Sign]:
    """What was read: a sign for each cell but those marked with a tilde, which were missed."""
    return [
        Sign(text=sign, first=round(number * CELL) + 1, last=round(number * CELL) + 3, weight=0.9)
        for number, sign in enumerate(text)
        if sign != "~"
    ]


@pytest.mark.parametrize(
    ("there", "read"),
    [
        ("----------", "---~~-----"),
        ("----------", "~~------~~"),
        ("A --------  1", "A --~----~  1"),
        ("----------", "---- -----"),
        ("--- --- --", "--- --- --"),
    ],
)
def test_marks_that_were_missed_in_a_row_are_there(there: str, read: str) -> None:
    marks = [sign for sign in completed(seen(read), strip_of(there), CELL) if sign.text == "-"]
    places = [round(((sign.first + sign.last) / 2 - CELL / 2) / CELL) for sign in marks]
    assert places == [at for at, sign in enumerate(there) if sign == "-"]


def test_what_is_no_row_stays_as_it_was_read() -> None:
    read = seen("A-B -- C.D")
    assert completed(read, strip_of("A-B----C.D"), CELL) == read
