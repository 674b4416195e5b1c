"""A word and its marks are judged apart."""

from __future__ import annotations

import pytest

from septel.restore import RestoredWord
from septel.restore.document.result import parts_of
from septel.restore.tokens.classes import parted
from septel.text import Alternative, Confidence, Span, State

SEEN = "PHA5E;"


def word(text: str, whole: float, marks: float, state: State = State.DOUBTFUL) -> RestoredWord:
    return RestoredWord(
        span=Span(10, 16),
        line=1,
        text=text,
        state=state,
        confidence=Confidence(probability=whole, calibration="made up"),
        alternatives=(Alternative(text="PHASE.", probability=0.3), Alternative(text="PHRASE,")),
        core=Span(10, 15),
        marks=marks,
    )


def told(one: RestoredWord) -> list[tuple[str, str]]:
    return [(part.text, part.state.value) for part in parts_of(one)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("PHASE,", ("", "PHASE", ",")),
        ('"U.S."', ('"', "U.S", '."')),
        ("-", ("-", "", "")),
        ("", ("", "", "")),
    ],
)
def test_marks_at_the_edges_are_parted(text: str, parts: tuple[str, str, str]) -> None:
    assert parted(text) == parts
    assert "".join(parted(text)) == text


def test_a_doubtful_comma_does_not_taint_a_sure_word() -> None:
    assert told(word("PHASE,", 0.6, 0.62)) == [("PHASE", "sure"), (",", "doubtful")]


def test_nor_does_a_sure_one_make_a_word_sure() -> None:
    assert told(word("PHASE,", 0.6, 0.98)) == [("PHASE", "doubtful"), (",", "sure")]


def test_where_both_are_in_doubt_the_word_stays_whole() -> None:
    assert told(word("PHASE,", 0.4, 0.7)) == [("PHASE,", "doubtful")]
    assert told(word("PHASE,", 0.99, 0.99, State.SURE)) == [("PHASE,", "sure")]


def test_a_mark_that_was_put_in_has_no_place_of_its_own() -> None:
    one = word("PHASE,", 0.6, 0.62)
    bare = RestoredWord(
        span=Span(10, 15),
        line=1,
        text="PHASE,",
        state=State.DOUBTFUL,
        confidence=one.confidence,
        core=Span(10, 15),
        marks=0.62,
    )
    assert told(bare) == [("PHASE,", "doubtful")]


def test_each_part_has_its_own_rivals() -> None:
    core, mark = parts_of(word("PHASE,", 0.6, 0.62))
    assert [one.text for one in core.alternatives] == ["PHRASE"]
    assert [one.text for one in mark.alternatives] == ["."]
