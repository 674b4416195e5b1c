"""Unknown words beside known ones: what a second look finds, takes, and never calls sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.errors import ModelError
from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.restore.channel import shape_cost
from septel.restore.document.lexical_rivals import FEATURES, LexicalRivals, LexiconIndex, RivalModel, SeenWord
from septel.text import Source, State

PAGE = (
    "~i THE EMBASSY REP0RTED THAT TH€ {} OF DEFENSE HAD NOT YE7 BEEN 1NFORMED OF THE\n"
    "PR0POSAL. THE MlNISTER SAID HE WOULD C0NSIDER lT AND WOULD REPLY 1N A FEW DAYS.\n"
    "HE ADDED TH4T THE G0VERNMENT WAS NOT IN A P0SITION TO ACCEPT THE SOVlET TEXT.\n"
)


def rivals(text: str, at: int, *, mixed: bool = False) -> list[str]:
    restorer = Restorer.load()
    words = [SeenWord(text=one, before=one, line=1, doubt=0.0, open=True) for one in text.split()]
    found = LexicalRivals.of(
        LexiconIndex.of(restorer.vocabulary),
        restorer.models.language,
        restorer.models.phrases,
        words,
        mixed=mixed,
        rate=0.05,
    )
    assert all(len(one.features) == len(FEATURES) for one in found.rivals(at))
    return [one.text for one in found.rivals(at)]


def test_a_known_word_near_an_unknown_one_is_found_with_its_marks_and_case() -> None:
    assert rivals("THE DEVARTMENT, HE SAID", 1)[0] == "DEPARTMENT,"
    assert rivals("the Devartment of State", 1, mixed=True)[0] == "Department"
    assert rivals("the devartment of State", 1, mixed=True)[0] == "department"


def test_two_words_that_lost_their_blank_are_parted() -> None:
    assert "IN GENEVA" in rivals("TALKS INGENEVA BEGAN", 1)


@pytest.mark.parametrize("word", ["DEPARTMENT", "THE", "1974", "D3PT", "LA-PAZ", "..", "ÅBO"])
def test_what_is_known_and_what_is_no_word_is_left(word: str) -> None:
    assert rivals(f"HE SAID {word} AGAIN", 2) == []


def test_a_name_that_the_document_has_elsewhere_is_a_rival() -> None:
    text = "ZVEREKOV SAID YES. ZVEREKOV SAID NO. ZVEREKOV WENT. ZVERBKOV"
    assert rivals(text, 8) == ["ZVEREKOV"]
    assert rivals("ZVEREKOV SAID ZVERBKOV", 2) == []


def test_what_looks_alike_costs_less() -> None:
    assert shape_cost("HE", "HE") < shape_cost("HO", "H0") < shape_cost("HX", "H0")


def test_a_garble_of_a_known_word_is_read_as_it_and_keeps_the_other_reading() -> None:
    found = restore_source(Source.of_text(PAGE.format("DEVARTMENT")), Restorer.load())
    assert "THE DEPARTMENT OF DEFENSE" in found.best.text


@pytest.mark.parametrize("word", ["SOVIE.", "HAROROVE", "MINISTEN", "ZAVIMOV"])
def test_a_word_that_no_lexicon_has_and_stands_once_is_never_sure(word: str) -> None:
    found = restore_source(Source.of_text(PAGE.format(word)), Restorer.load())
    (shown,) = [one for one in found.words if one.span.of(found.source.text) == word]
    known = Restorer.load().vocabulary.weight(shown.text) is not None
    assert known or shown.state is not State.SURE


def test_a_damaged_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "rivals.json").write_text('{"data": "none", "intercept": 0, "weights": {}}')
    with pytest.raises(ModelError):
        RivalModel.load(tmp_path / "rivals.json")


def test_a_model_is_kept_as_it_is(tmp_path: Path) -> None:
    model = RivalModel(data="none", intercept=0.5, weights=tuple(float(n) for n in range(len(FEATURES))))
    model.save(tmp_path / "rivals.json")
    assert RivalModel.load(tmp_path / "rivals.json") == model
