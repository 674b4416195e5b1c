from __future__ import annotations

import pytest

from septel.measure.capture.confusions import confusion_grids, confusions_of, likeness
from septel.measure.metrics.grid import grids_in_markdown


def test_what_characters_became_is_counted() -> None:
    found = confusions_of("a page", [("MOSCOW AND MOSCOW", "MQSCQW AN M0SCOW!")])
    assert found.became == {("O", "Q"): 2, ("D", ""): 1, ("O", "0"): 1}
    assert found.added == {"!": 1}
    assert found.share("O", "Q") == pytest.approx(0.5)
    assert found.rate == pytest.approx(5 / 17)


def test_like_noise_is_told_from_unlike_noise() -> None:
    one = confusions_of("one", [("MOSCOW", "MQSCQW")])
    assert likeness(one, one) == pytest.approx(1.0)
    assert likeness(one, confusions_of("other", [("MOSCOW", "NOSCOW")])) == 0.0
    assert likeness(one, confusions_of("clean", [("MOSCOW", "MOSCOW")])) == 0.0


def test_both_stand_side_by_side() -> None:
    one = confusions_of("one", [("O" * 10, "O" * 8 + "QQ")])
    other = confusions_of("other", [("O" * 10, "O" * 5)])
    table = grids_in_markdown(confusion_grids(one, other))
    assert "| O | 80 | Q 20 | 50 | lost 50 |" in table
