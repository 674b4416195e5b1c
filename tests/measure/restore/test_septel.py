"""The shipped restorer as one of the systems: nothing that it says is lost on the way to the judges."""

from __future__ import annotations

import pytest

from septel.errors import MissingPart
from septel.measure import ShownWord
from septel.measure.restore.registry import corrector
from septel.measure.restore.septel import correction_of
from septel.restore import Noise, Restoration, RestoredWord
from septel.text import Alternative, Confidence, Source, Span, State, Step


def test_states_and_probabilities_are_carried() -> None:
    source = Source.of_text("TI1E ·~ SlDE\nN0\n")
    words = (
        RestoredWord(
            span=Span(0, 4),
            line=1,
            text="THE",
            state=State.SURE,
            confidence=Confidence(probability=0.98, calibration="made up"),
        ),
        RestoredWord(span=Span(5, 7), line=1, text="US", state=State.UNREADABLE),
        RestoredWord(span=Span(8, 12), line=1, text="SIDE", state=State.DOUBTFUL),
        RestoredWord(
            span=Span(13, 15), line=2, text="NO", state=State.SURE, alternatives=(Alternative(text="10"),)
        ),
    )
    restoration = Restoration(
        source=source,
        words=words,
        blanks=(),
        step=Step.of("test", "1"),
        noise=Noise(profile="old", rate=0.3, lines=(0.3, 0.3)),
    )
    found = correction_of(restoration)
    assert found.lines == ("THE US SIDE", "NO")
    assert found.words == (
        ShownWord(line=1, text="THE", confidence=0.98),
        ShownWord(line=1, text="US", sure=False, unreadable=True),
        ShownWord(line=1, text="SIDE", sure=False),
        ShownWord(line=2, text="NO", alternatives=("10",)),
    )


@pytest.mark.parametrize("name", ["septel", "septel-unhinted"])
def test_the_shipped_restorer_keeps_lines_and_clean_words(name: str) -> None:
    try:
        restorer = corrector(name)
    except MissingPart as missing:
        pytest.skip(f"no shipped model: {missing}")
    text = "THE SOVIET SIDE SAID\n\nTHAT THE TALKS WOULD CONTINUE IN GENEVA.\n"
    found = restorer.correct(Source.of_text(text))
    assert found.lines == ("THE SOVIET SIDE SAID", "", "THAT THE TALKS WOULD CONTINUE IN GENEVA.")
    assert found.words is not None
    assert [w.text for w in found.words if w.line == 1] == ["THE", "SOVIET", "SIDE", "SAID"]
