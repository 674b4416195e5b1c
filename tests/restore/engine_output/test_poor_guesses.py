"""Guesses for which hardly anything speaks, where an engine saw something else."""

from __future__ import annotations

import pytest

from septel.restore.confidence import ProposedChange
from septel.restore.document.assessment import POOR, _outweighed
from septel.restore.document.result import RestoredWord
from septel.restore.engine_output import Support
from septel.text import Confidence, Span, State
from tests.restore.changes import proposed


def guessed(probability: float | None) -> RestoredWord:
    confidence = None if probability is None else Confidence(probability=probability, calibration="a gauge")
    return RestoredWord(span=Span(0, 5), line=1, text="MEDIA", state=State.UNREADABLE, confidence=confidence)


def change(stands: float | None) -> ProposedChange:
    support = None if stands is None else Support(stands=stands, dirt=0.0, reading=0.5, named=0.0)
    return proposed(guess="MEDIA", before="HEVIA", posterior=0.6, standing=0.1, support=support)


@pytest.mark.parametrize(
    ("probability", "stands", "gives_way"),
    [
        (0.1, 0.4, True),
        (0.1, POOR, True),
        (0.1, 0.2, False),
        (POOR, 0.4, False),
        (0.1, None, False),
        (None, 0.4, False),
    ],
)
def test_a_poor_guess_gives_way_to_what_an_engine_saw(
    probability: float | None, stands: float | None, gives_way: bool
) -> None:
    assert _outweighed(guessed(probability), change(stands)) is gives_way
