from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.errors import MissingPart, ModelError
from septel.restore.compiled.automaton import score, step
from septel.restore.compiled.constants import SIZE
from septel.restore.language.alphabet import LETTERS, OTHER, encode, fold, letter
from septel.restore.language.characters import CharacterModel
from septel.training.characters import train_language_model

TEXT = "THE NEXT MEETING WILL BE HELD ON THURSDAY. THE MEETING WAS HELD. " * 40


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> CharacterModel:
    out = tmp_path_factory.mktemp("model") / "language.xz"
    train_language_model(encode(TEXT), out, threshold=0.5)
    return CharacterModel.load(out)


def cost(model: CharacterModel, text: str) -> float:
    parts = (model.masks, model.first, model.fails, model.backoffs, model.costs, model.nexts)
    return float(score(*parts, encode(text)).mean())


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    for character in text:
        once = fold(character)
        assert all(fold(c) == c for c in once) or once == character.upper()


@given(st.text(alphabet=LETTERS, max_size=40))
def test_what_the_alphabet_has_is_encoded_and_read_back(text: str) -> None:
    assert "".join(letter(int(code)) for code in encode(text)) == text


def test_accents_and_case_are_folded_and_other_scripts_are_not_guessed() -> None:
    assert "".join(letter(int(c)) for c in encode("Señor é")) == "SENOR E"
    assert list(encode("Ж•")) == [OTHER, OTHER]


def test_what_was_seen_is_likelier_than_what_was_not(model: CharacterModel) -> None:
    assert cost(model, "THE NEXT MEETING") > cost(model, "THE NEXT MEATING") > cost(model, "XQ ZVKJ 7&#")


def test_probabilities_of_every_state_add_up_to_about_one(model: CharacterModel) -> None:
    parts = (model.masks, model.first, model.fails, model.backoffs, model.costs, model.nexts)
    for state in range(len(model.masks)):
        total = sum(np.exp(step(*parts, state, code)[0]) for code in range(SIZE))
        # Costs are stored in steps of a sixteenth, so sums stray by a few hundredths.
        assert total == pytest.approx(1.0, abs=0.12)


def test_a_missing_or_damaged_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="septel train lm"):
        CharacterModel.load(tmp_path / "none.xz")
    (tmp_path / "bad.xz").write_bytes(b"no model")
    with pytest.raises(ModelError, match=r"bad\.xz.*damaged"):
        CharacterModel.load(tmp_path / "bad.xz")


@given(
    st.lists(st.tuples(st.text("THE MEWILBN.", max_size=9), st.text("THE MEWILBN.", min_size=1, max_size=60)))
)
def test_stretches_fit_as_their_characters_do(model: CharacterModel, texts: list[tuple[str, str]]) -> None:
    bounds: list[int] = []
    at = 0
    for before, one in texts:
        bounds += (at, at + len(before), at + len(before) + len(one))
        at = bounds[-1]
    fits = model.fits(encode("".join(before + one for before, one in texts)), np.array(bounds, np.int64))
    each = [model.scores(encode(before + one))[len(before) :].sum() for before, one in texts]
    assert fits == pytest.approx([float(one) for one in each], rel=1e-5, abs=1e-5)
