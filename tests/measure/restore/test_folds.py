"""Agreed words, and confidences fitted on other documents."""

from __future__ import annotations

import pytest

from septel.errors import UsageError
from septel.measure.metrics.agreed import AgreedWords, agreed_words, words_of
from septel.measure.restore.folds import cross_fitted
from septel.measure.truth.sets import ScoredUnit, TruthDocument, TruthPassage, TruthSet
from septel.text import Source
from septel.training.word_confidence import fold_of

PAGE = (["THE", "AMBASSADOR", "SAID", "SAID"], "The Ambas5ador said", "THE AMBASSADOR SAID")


def test_words_are_cut_as_the_held_back_pages_are() -> None:
    assert words_of("U.S./Soviet talks, 28,000 (B-52)") == ["U.S", "SOVIET", "TALKS", "28", "000", "B-52"]


def test_words_won_back_count_as_often_as_the_page_has_them() -> None:
    found = agreed_words([PAGE, (["NOTE"], "NOTE", "MOTE")])
    assert found == AgreedWords(words=5, missed=2, won=1, lost=1, worse=1)
    assert found.won_back == 0.0
    assert agreed_words([PAGE]).won_back == 0.5
    assert AgreedWords().won_back == 0.0


def test_all_words_of_a_document_lie_in_one_fold() -> None:
    folds = [fold_of(f"document {number}", 5) for number in range(500)]
    assert folds == [fold_of(f"document {number}", 5) for number in range(500)]
    assert set(folds) == set(range(5))


def test_too_few_words_fit_no_confidence() -> None:
    source = Source.of_text("| THE NEXT MEET1NG WILL BE HELD | ON FR1DAY ~\n")
    passage = TruthPassage(first=1, last=1, truth="THE NEXT MEETING WILL BE HELD ON FRIDAY")
    document = TruthDocument(id="one", source=source, units=(ScoredUnit(id="one", passages=(passage,)),))
    one = TruthSet(name="one", profile="made up", unit="document", clean=False, documents=(document,))
    with pytest.raises(UsageError, match="too few"):
        cross_fitted([one], 2)
