"""What else a word may be: probabilities that add up, and no reading told twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.restore.channel import garble, profile
from septel.restore.confidence import OTHER_FEATURES, AlternativeModel, OtherReading
from septel.text import Source, State

TEXT = (
    "THE EMBASSY REPORTED THAT THE MINISTER OF DEFENSE HAD NOT YET BEEN INFORMED OF THE\n"
    "PROPOSAL. THE AMBASSADOR SAID HE WOULD CONSIDER IT AND WOULD REPLY IN A FEW DAYS.\n"
    "HE ADDED THAT THE GOVERNMENT WAS NOT IN A POSITION TO ACCEPT THE SOVIET TEXT OF 1973.\n"
    "THE DELEGATION WILL MEET AGAIN ON THURSDAY AT THE RESIDENCE OF THE CHAIRMAN.\n"
)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from((0.05, 0.15, 0.3)))
def test_a_word_and_its_other_readings_share_what_is_certain(seed: int, rate: float) -> None:
    seen = garble(TEXT, profile("old"), rate, seed=seed)
    for word in restore_source(Source.of_text(seen), Restorer.load()).words:
        if word.confidence is None:
            continue
        shares = [one.probability for one in word.alternatives]
        assert all(share is not None and share > 0 for share in shares)
        told = [share for share in shares if share is not None]
        assert word.confidence.probability + sum(told) <= 1.001
        assert told == sorted(told, reverse=True)
        texts = [one.text for one in word.alternatives]
        assert word.text not in texts
        assert len(set(texts)) == len(texts)


def test_what_is_put_in_the_place_of_a_word_is_never_sure() -> None:
    seen = TEXT.replace("THEIR", "1HEIR").replace("DELEGATION WILL", "DELEGATI0N W1LL ENTER IHEIR")
    words = restore_source(Source.of_text(seen), Restorer.load()).words
    changed = [word for word in words if "beside its neighbours" in (word.reason.detail or "")]
    assert all(word.state is not State.SURE for word in changed)


def test_a_model_holds_to_what_a_word_leaves(tmp_path: Path) -> None:
    model = AlternativeModel(data="none", intercept=2.0, weights=(0.0,) * len(OTHER_FEATURES))
    model.save(tmp_path / "others.json")
    model = AlternativeModel.load(tmp_path / "others.json")
    others = [OtherReading(text=text, features=(0.0,) * len(OTHER_FEATURES)) for text in "ABCDEFG"]
    told = model.probabilities(others, 0.9)
    assert len(told) == 5
    assert abs(told[0][1] - 0.1 / 7) < 1e-3
    assert model.probabilities(others, 0.999) == []


def test_of_what_is_too_long_for_a_word_no_readings_are_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = garble(TEXT, profile("old"), 0.15, seed=1)

    def weighed(longest: int) -> set[bool]:
        monkeypatch.setattr("septel.restore.document.other_readings.LONGEST", longest)
        words = restore_source(Source.of_text(seen), Restorer.load()).words
        return {len(word.text) > 6 for word in words if word.others}

    assert weighed(64) == {False, True}
    assert weighed(6) == {False}
