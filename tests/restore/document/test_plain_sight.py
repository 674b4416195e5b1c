"""What no guess may take from a text in both cases, and what no guess is left to take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from septel.restore import Restorer
from septel.restore.confidence import WordFeatures
from septel.restore.document.plain_sight import in_capitals_around, spoilt
from septel.restore.document.restraint import restrained
from septel.restore.document.result import RestoredWord
from septel.text import Alternative, Confidence, Ground, Reason, Source, Span, State, digest_of


@pytest.mark.parametrize(
    ("guess", "before", "spoils"),
    [
        ("information", "inform ation", False),
        ("Washington", "Washingto n", False),
        ("overall", "over all", True),  # two words that were typed
        ("Castro's", "Castro s", True),
        ("the", "the:", True),
        ("10", "-10", True),
        ("MADE", "MADR", True),
    ],
)
def test_what_is_plain_to_see_stands(guess: str, before: str, spoils: bool) -> None:
    assert spoilt(guess, before, Restorer.load().vocabulary) == spoils


def test_in_a_line_of_capitals_no_word_is_an_abbreviation() -> None:
    text = "The officer wrote from Madrid:\nREQUEST TRACES LEKE THOSE OF Feb\nHe asked the DCOS to call.\n"
    lowest, dcos = text.index("LEKE"), text.index("DCOS")
    assert in_capitals_around(text, Span(lowest, lowest + 4))
    assert not in_capitals_around(text, Span(dcos, dcos + 4))
    assert not in_capitals_around("LEKE", Span(0, 4))
    known = Restorer.load().vocabulary
    assert spoilt("LIKE", "LEKE", known) and not spoilt("LIKE", "LEKE", known, among_capitals=True)


SOURCE = "He writte that the numbe of men was smal"


def word(before: str, text: str, probability: float, ground: Ground = Ground.LANGUAGE) -> RestoredWord:
    start = SOURCE.index(before)
    features = WordFeatures(
        posterior=0.9,
        wrong=1,
        length=len(text),
        weight=9,
        digits=0,
        rate=0.01,
        document=0.01,
        runner_up=0.0,
        strange=0.0,
        strange_line=0.0,
    )
    return RestoredWord(
        span=Span(start, start + len(before)),
        line=1,
        text=text,
        state=State.DOUBTFUL,
        confidence=Confidence(probability=probability, calibration="test"),
        alternatives=(Alternative(text=before, probability=0.1),),
        reason=Reason(ground=ground),
        evidence=features,
    )


def shown(words: list[RestoredWord], rate: float) -> list[str]:
    source = Source(name="page", digest=digest_of(SOURCE.encode()), text=SOURCE)
    return [one.text for one in restrained(words, source, rate)]


def test_a_quiet_page_without_one_likely_correction_stays_as_it_came() -> None:
    words = [word("writte", "written", 0.9), word("numbe", "number", 0.75), word("smal", "small", 0.5)]
    assert shown(words, 0.01) == ["written", "number", "small"]
    assert shown(words[1:], 0.01) == ["numbe", "smal"]
    assert shown(words[1:], 0.03) == ["number", "small"]


def test_what_is_put_back_is_doubtful_and_says_what_may_be_meant() -> None:
    source = Source(name="page", digest=digest_of(SOURCE.encode()), text=SOURCE)
    (back,) = restrained([word("numbe", "numb", 0.15)], source, 0.01)
    assert back.text == "numbe" and back.state is State.DOUBTFUL
    assert back.confidence is None and back.evidence is None
    assert [(one.text, one.probability) for one in back.alternatives] == [("numb", 0.15)]


def test_hints_decisions_and_what_stands_are_no_guesses() -> None:
    hinted = word("numbe", "number", 0.1, Ground.HINT)
    decided = replace(word("smal", "small", 0.1), evidence=None)
    stands = word("writte", "writte,", 0.1)
    assert shown([hinted, decided, stands], 0.01) == ["number", "small", "writte,"]
