"""The shipped sample: nobody speaks for the wrong side, in its truth and in the worn copy, restored."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.record import Record, record_of
from septel.restore import Restorer
from septel.telegram import hints_of, parse
from septel.text import Reading, Source

ROOT = Path(__file__).parents[2] / "sample"
# Lines of the page and the only side that speaks there.
TRUTH = (
    (range(33, 36), "US"), (range(38, 42), "Soviet"), (range(42, 44), "US"), (range(48, 64), "Soviet"),
    (range(66, 69), "US"), (range(69, 72), "Soviet"), (range(95, 97), "Soviet"), (range(98, 100), "US"),
    (range(100, 102), "Soviet"), (range(103, 105), "US"), (range(105, 106), "Soviet"),
)  # fmt: skip
WORN = (
    (range(23, 26), "US"), (range(27, 31), "Soviet"), (range(31, 33), "US"), (range(35, 48), "Soviet"),
    (range(48, 51), "US"), (range(51, 54), "Soviet"), (range(71, 73), "US"), (range(73, 74), "Soviet"),
)  # fmt: skip


def truth() -> Record:
    text = (ROOT / "telegram.truth.txt").read_text(encoding="utf-8")
    return record_of(None, Reading.of(Source.of_text(text)))


def worn() -> Record:
    source = Source.of_text((ROOT / "telegram.ocr.txt").read_text(encoding="utf-8"))
    raw = Reading.of(source)
    return record_of(None, Restorer.load().restore(source, hints=hints_of(parse(raw), raw)).reading)


@pytest.mark.parametrize(("made", "sides", "least"), [(truth, TRUTH, 16), (worn, WORN, 10)])
def test_nobody_is_on_the_wrong_side(made, sides, least) -> None:  # type: ignore[no-untyped-def]
    told = 0
    for statement in made().statements:
        for lines, side in sides:
            if statement.excerpt.line in lines and not statement.in_summary:
                assert statement.side in (side, None), statement.excerpt
                told += statement.side == side
    assert told >= least
