"""Words are weighed by their company, and a guess against what stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from septel.errors import ModelError
from septel.restore import Restorer
from septel.restore.compiled.company import company
from septel.restore.compiled.constants import FIRST
from septel.restore.confidence.change_model import FEATURES, ChangeModel
from septel.restore.language.words import WordModel, hash_of
from septel.text import Source
from septel.training.word_confidence import fit_chooser, weigh
from septel.training.words import numbers_of, train_phrases
from tests.restore.changes import proposed

WORDS = ["ARMS", "OF", "RACE", "THE", "TRADE"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> WordModel:
    out = tmp_path_factory.mktemp("phrases") / "phrases.xz"
    texts = [("THE ARMS RACE OF THE TRADE", 8), ("OF THE ARMS TRADE", 4)]
    train_phrases(texts, WORDS, out, threshold=0.0, say=lambda _: None)
    return WordModel.load(out)


def score(model: WordModel, u: str, v: str, w: str) -> float:
    ids = {word: FIRST + n for n, word in enumerate(WORDS)}
    u_, v_, w_ = (ids.get(word, 0) for word in (u, v, w))
    m = model
    found = company(m.one, m.keys2, m.two, m.back2, m.keys3, m.three, m.back1, u_, v_, w_)
    return float(found)


def test_a_word_in_its_usual_company_is_likelier(model: WordModel) -> None:
    assert score(model, "THE", "ARMS", "RACE") > score(model, "THE", "ARMS", "OF")
    assert score(model, "THE", "ARMS", "RACE") > 0


def test_an_unknown_word_costs_nothing(model: WordModel) -> None:
    assert score(model, "THE", "ARMS", "SEMENOV") == 0.0


def test_what_follows_a_pair_adds_up_to_no_more_than_one(model: WordModel) -> None:
    shares = [np.exp(score(model, "THE", "ARMS", w) + model.one[FIRST + n]) for n, w in enumerate(WORDS)]
    assert sum(shares) <= 1.05


def test_words_are_told_by_their_letters() -> None:
    assert hash_of("ARMS") != hash_of("RAMS")
    assert numbers_of("THE ARMS, 1969. X", {"THE": 2, "ARMS": 3}) == [2, 3, 1, 0]


def test_a_damaged_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "p.xz").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="phrases"):
        WordModel.load(tmp_path / "p.xz")
    (tmp_path / "c.json").write_text("{}")
    with pytest.raises(ModelError, match="chooses"):
        ChangeModel.load(tmp_path / "c.json")


def test_company_never_breaks_the_reading() -> None:
    restorer = Restorer.load()
    bare = Restorer(models=replace(restorer.models, phrases=None))
    source = Source.of_text("TNE STRATEGlC ARNS L1MITATION TALKS WlLL RE5UME IN V1ENNA ON THUR5DAY\n" * 3)
    for one in (restorer, bare):
        found = one.restore(source)
        assert found.reading.source.text == source.text
        assert "STRATEGIC ARMS LIMITATION TALKS" in found.lines[0]


def test_every_feature_has_a_name() -> None:
    assert len(proposed().features()) == len(FEATURES)


def test_what_is_repeated_is_likelier_a_name(tmp_path: Path) -> None:
    chooser = Restorer.load().models.chooser
    assert chooser is not None
    assert chooser.odds(proposed()) > chooser.odds(proposed(repeated=True))
    chooser.save(tmp_path / "choice.json")
    again = ChangeModel.load(tmp_path / "choice.json")
    assert again.odds(proposed()) == pytest.approx(chooser.odds(proposed()), abs=0.01)


def test_a_model_learns_to_choose() -> None:
    good, bad = proposed(), proposed(guess="BEING", posterior=0.2, known=4)
    chooser = fit_chooser([(good, True), (bad, False)] * 20, data="a test")
    assert chooser.odds(good) > 0 > chooser.odds(bad)


def test_only_places_where_one_is_right_are_weighed() -> None:
    restorer = Restorer.load()
    text = "THE SOVIET DE1EGATION SA1D THAT TNE TALKS WOULD G0 ON AT THE EMBASSY IN HELSINKI.\n" * 4
    truth = text.replace("DE1EGATION", "DELEGATION").replace("SA1D", "SAID").replace("G0", "GO")
    found = list(weigh(restorer.restore(Source.of_text(text)), truth.replace("TNE", "THE")))
    assert found
    assert all(choice.guess != choice.before for choice, _ in found)
