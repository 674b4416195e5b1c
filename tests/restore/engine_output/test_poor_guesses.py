"""Guesses for which hardly anything speaks, where an engine saw something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.restore.document import assessment
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import degrade
from septel.text import State
from septel.witness import read_with

TEXT = """\
1. FERNANDEZ HEVIA BORN HABANA RESIDES CALLE ALBEAR
NO 909 WITH LEDEA AND MAESTRE. CACHERO LEFT ZAMORRA
FOR MIAMI AND WAS SEEN BY AMLINT AT THE HOTEL NACIONAL.
2. REQUEST TRACES VIGILANTE AND PALAFRE OWNER OF BOAT
SAULO PLEBANSKI WHO DELIVERED ALL THE MOTORS TO ARTACAN.
3. TEMPRANA CARMONA ALIAS EL PIRATA HAS A FARM NEAR
GALAFRE FIVE KILOMETERS FROM CAJALBANA, PINAR DEL RIO.
"""


def test_a_poor_guess_gives_way_to_what_an_engine_saw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.png"
    degrade(next(iter(print_pages(TEXT * 4, seed=3))), "ghastly", seed=3).save(file)
    restorer = Restorer.load()
    captured = read_with(file, "typed", known=restorer.vocabulary.knows)
    source, sight = captured.source, restorer.engine_posteriors(captured)

    def outweighed() -> list[str]:
        """Unreadable places of which the engine was surer than of the guess."""
        words = restore_source(source, restorer, sight=sight).words
        return [
            word.span.of(source.text)
            for word in words
            if word.state is State.UNREADABLE
            and word.choice is not None
            and word.choice.support is not None
            and word.choice.support.stands >= assessment.POOR
        ]

    assert not outweighed()
    monkeypatch.setattr(assessment, "_outweighed", lambda *_: False)
    assert outweighed()
