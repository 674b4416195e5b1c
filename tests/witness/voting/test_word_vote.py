from __future__ import annotations

import random
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.capture import Box, Capture, Origin, PageSource, RecognisedWord, TesserocrEngine
from septel.capture.capture_builder import CaptureBuilder
from septel.capture.engines.typed.network import reader
from septel.capture.model.text_layer import laid
from septel.errors import EngineFailure, ModelError
from septel.text import Step
from septel.training.engine_vote import fit_vote
from septel.witness import CHOICES, VoteModel, step_of, vote
from septel.witness.voting.preference import FEATURES, shipped
from septel.witness.voting.word_vote import vote_step

VOCABULARY = {"THE", "NEXT", "MEETING", "SOVIET", "EMBASSY", "WILL", "HELD"}


def reading(tool: str, *pages: str | None, sure: float = 70.0) -> Capture:
    """What an engine made of pages; None is a page that it failed on."""
    gathered = CaptureBuilder("cable", "0" * 64)
    for number, text in enumerate(pages, 1):
        seen = [
            tuple(
                RecognisedWord(
                    text=word, box=Box(left=i, top=row, right=i + 1, bottom=row + 1), confidence=sure
                )
                for i, word in enumerate(line.split())
            )
            for row, line in enumerate((text or "").split("\n"))
            if line.split()
        ]
        fault = EngineFailure("crashed") if text is None else None
        gathered.add(PageSource(number=number), laid(seen), origin=Origin.ENGINE, fault=fault)
    return gathered.capture(Step.of(tool, "1"))


def voted(first: str, second: str, sure: float = 70.0) -> Capture:
    return vote(reading("one", first, sure=sure), reading("other", second), known=VOCABULARY.__contains__)


def test_the_known_word_wins_and_the_other_stays_as_evidence() -> None:
    taken = voted("THE MEXT MEETING\nHELD", "THE NEXT MEETlNG\nHELD")
    assert taken.source.text == "THE NEXT MEETING\nHELD\n"
    found = [word for line in taken.pages[0].lines for word in line.words]
    assert [(word.agreed, word.others) for word in found] == [
        (True, ()),
        (False, ("MEXT",)),
        (False, ("MEETlNG",)),
        (True, ()),
    ]
    assert [layer.name for layer in taken.layers] == ["cable (one)", "cable (other)"]
    assert taken.layers[0].text == "THE MEXT MEETING\nHELD\n"


def test_what_was_fitted_decides_between_unknown_words() -> None:
    weights = tuple(float(name == "second_sure") - float(name == "first_sure") for name in FEATURES)
    surer = VoteModel(data="", intercept=0.0, weights=weights)

    def taken(sure: float) -> str:
        first, second = reading("one", "KVITSINSK1Y", sure=sure), reading("other", "KVITSINSKIY")
        return vote(first, second, known=VOCABULARY.__contains__, preference=surer).source.text

    assert taken(95.0) == "KVITSINSK1Y\n"
    assert taken(40.0) == "KVITSINSKIY\n"


def test_the_second_engine_is_followed_where_the_first_has_a_letter_among_figures() -> None:
    def taken(one: str, other: str) -> str:
        readings = reading("one", one, sure=70.0), reading("other", other, sure=97.0)
        return vote(*readings, known=VOCABULARY.__contains__).source.text

    assert taken("HELD 5O WILL", "HELD 50 WILL") == "HELD 50 WILL\n"
    assert taken("HELD 50 WILL", "HELD 5O WILL") == "HELD 50 WILL\n"


def test_a_word_that_only_the_second_engine_saw_within_a_line_stands_where_its_figure_is_high() -> None:
    first, second = "THE NEXT MEETING", "THE NEXT SOVIET MEETING"
    unsure = voted(first, second)
    assert unsure.source.text == "THE NEXT MEETING\n"
    assert "SOVIET" in unsure.layers[1].text
    sure = vote(reading("one", first), reading("other", second, sure=97.0), known=VOCABULARY.__contains__)
    assert sure.source.text == "THE NEXT SOVIET MEETING\n"
    (word,) = (w for line in sure.pages[0].lines for w in line.words if w.text == "SOVIET")
    # Nobody agreed to it, and the first engine says nothing of it.
    assert (word.agreed, word.engine_confidence, word.characters) == (False, None, ())


def test_weights_of_a_vote_are_kept_and_damage_is_told(tmp_path: Path) -> None:
    file = tmp_path / "vote.json"
    shipped().save(file)
    again = VoteModel.load(file)
    assert again.weights == pytest.approx(shipped().weights, abs=1e-5)
    file.write_text('{"data": "", "intercept": 0, "weights": {}}')
    with pytest.raises(ModelError, match="vote"):
        VoteModel.load(file)


def test_which_engine_to_follow_is_learnt_from_pages_with_their_truth() -> None:
    chance = random.Random(3)
    pages = []
    for _ in range(12):
        truth = [chance.choice(["SEMENOV", "KISHILOV", "TIMERBAEV", "GARTHOFF"]) for _ in range(30)]
        # The first engine is right when it is sure, the second otherwise.
        first = [word if n % 2 else word[1:] for n, word in enumerate(truth)]
        second = [word[:-1] if n % 2 else word for n, word in enumerate(truth)]
        one = reading("one", " ".join(first))
        line = replace(
            one.pages[0].lines[0],
            words=tuple(
                replace(word, engine_confidence=90.0 if n % 2 else 30.0)
                for n, word in enumerate(one.pages[0].lines[0].words)
            ),
        )
        one = replace(one, pages=(replace(one.pages[0], lines=(line,)),))
        pages.append((one, reading("other", " ".join(second)), " ".join(truth)))
    fitted = fit_vote(pages, known=VOCABULARY.__contains__, data="a test")
    for one, other, truth_text in pages:
        found = vote(one, other, known=VOCABULARY.__contains__, preference=fitted)
        assert found.source.text.split() == truth_text.split()
    with pytest.raises(ValueError, match="right"):
        fit_vote([(pages[0][0], pages[0][0], pages[0][2])], known=VOCABULARY.__contains__, data="")


def test_a_line_that_only_one_engine_saw_is_kept_in_its_place() -> None:
    assert voted("THE NEXT\nWILL HELD", "THE NEXT\nSOVIET EMBASSY\nWILL HELD").source.text == (
        "THE NEXT\nSOVIET EMBASSY\nWILL HELD\n"
    )
    assert voted("THE NEXT\nSOVIET EMBASSY", "THE NEXT").source.text == "THE NEXT\nSOVIET EMBASSY\n"


def test_a_page_that_one_engine_failed_on_is_the_other_s() -> None:
    first, second = reading("one", "THE NEXT", None), reading("other", "THE NEXT", "MEETING WILL")
    taken = vote(first, second, known=VOCABULARY.__contains__)
    assert [page.number for page in taken.pages] == [1, 2]
    assert taken.source.text == "THE NEXT\nMEETING WILL\n"
    assert not taken.faults
    assert sum(taken.totals.values()) == 2


words = st.text(string.ascii_uppercase, min_size=2, max_size=8)
lines = st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=6).map(
    lambda found: "\n".join(" ".join(line) for line in found)
)


@given(lines)
def test_two_engines_that_agree_change_nothing(text: str) -> None:
    taken = voted(text, text)
    assert taken.source.text == text + "\n"
    assert all(word.agreed for line in taken.pages[0].lines for word in line.words)


@given(lines, lines)
def test_every_word_of_a_vote_is_some_engine_s_and_stands_at_its_span(first: str, second: str) -> None:
    taken = voted(first, second)
    read = {*first.split(), *second.split()}
    for page in taken.pages:
        for line in page.lines:
            for word in line.words:
                assert word.text in read
                assert word.span.of(taken.source.text) == word.text


def test_a_vote_is_named_after_what_weighs_it() -> None:
    one, other = Step.of("one", "1"), Step.of("other", "1")
    again = vote(reading("one", "A"), reading("other", "A"), known=VOCABULARY.__contains__)
    assert again.source.step == vote_step(one, other) != vote_step(other, one)
    changed = replace(shipped(), intercept=shipped().intercept + 1)
    assert vote_step(one, other, changed) != vote_step(one, other)
    assert vote_step(one, other, shipped()) == vote_step(one, other)


def test_a_choice_is_known_by_its_engines_and_their_models(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RapidEngine", "RapidRows"):
        monkeypatch.setattr(f"septel.capture.engines.rapid.{name}.installed", lambda: TesserocrEngine())
    keys = [step_of(choice).key for choice in CHOICES]
    assert len({keys[0], keys[1], keys[3]}) == 3
    network = replace(reader(), name="younger")
    monkeypatch.setattr("septel.capture.engines.typed.engine.reader", lambda: network)
    after = [step_of(choice).key for choice in CHOICES]
    assert [one == other for one, other in zip(keys, after, strict=True)] == [False, True, True, False]
