"""Stations of a worn heading that the form fixed are named as they are read, not as the engine had them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from septel import capture
from septel.capture import EnginePool, Limits
from septel.errors import SeptelError
from septel.papers import papers_in, read_paper
from septel.pipeline import reading_of
from septel.restore import Restorer

PAGE = Path(__file__).parents[2] / "sample" / "gains" / "railway.png"


def test_what_the_form_fixed_stands_in_the_fields() -> None:
    faults: list[SeptelError] = []
    with EnginePool(Limits()) as pool:
        (paper,) = papers_in(PAGE, partial(capture.read, pool=pool), on_fault=faults.append)
    captured = paper.part.capture
    reading = reading_of(captured, Restorer.load())
    if "FM AMEMBASSY VIENNA" not in reading.text or "AMEMBASSY VIENNA" in captured.source.text:
        pytest.skip("the engine reads this page otherwise now")
    heading = read_paper(reading, paper.described, captured)[0].heading
    assert heading.originator is not None
    assert heading.originator.value.name == "AMEMBASSY VIENNA"
    assert heading.addressees[0].station.name == "SECSTATE WASHDC"
