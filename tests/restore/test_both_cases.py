"""Text in both cases: omissions, abbreviations, small letters read as capitals, marks before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.restore import Restorer
from septel.restore.both_cases import abbreviation, cased, engine_read, in_figures, marked, usually_small
from septel.restore.channel import profile
from septel.restore.specks import settled
from septel.restore.suspicion import Look, pinned
from septel.text import Source

VOCABULARY = Restorer.load().vocabulary


@pytest.mark.parametrize(
    ("text", "seen", "after", "right"),
    [
        ("velocities.", "velocities_", "and", "velocities,"),
        ("clear.", "clear_", "Jim", "clear."),
        ("clear.", "clear.", "but", "clear."),
        ("5.", "5_", "and", "5."),
    ],
)
def test_no_stop_is_guessed_before_a_small_letter(text: str, seen: str, after: str, right: str) -> None:
    assert marked(text, seen, after) == right


@pytest.mark.parametrize(
    ("text", "before", "right"),
    [
        ("Just", "we're", "just"),
        ("Just", "Roger.", "Just"),
        ("Just", "", "Just"),
        ("Jim", "with", "Jim"),
        ("mY", "on", "my"),
        ("we'Ll", "believe", "we'll"),
        ("McNamara", "to", "McNamara"),
        ("i'm", "Okay,", "I'm"),
        ("i.e.", "that", "i.e."),
    ],
)
def test_a_word_gets_the_case_of_its_place(text: str, before: str, right: str) -> None:
    assert cased(text, before, VOCABULARY) == right


@given(st.text(st.sampled_from("abJjI.,_'mY"), max_size=8), st.sampled_from(["", "we", "end."]))
def test_a_case_put_right_keeps_every_letter(text: str, before: str) -> None:
    assert cased(text, before, VOCABULARY).lower() == text.lower()


def test_words_with_j_that_may_be_names_keep_their_capital() -> None:
    assert {"just", "jobs"} <= usually_small()
    assert not {"john", "japan", "june", "justice"} & usually_small()


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Roger ..... call again", "Roger ... call again"),
        ("again.....", "again. ..."),
        ("GETRC O1 32 35", "GETRC 01 32 35"),
        ("using O2 High Rate", "using O2 High Rate"),
        ("Contents ............ 4", "Contents ............ 4"),
        ("Wait: the ‘door’ | is shut.", "Wait: the ‘door’ | is shut."),
    ],
)
def test_omissions_and_numbers_are_settled(line: str, read: str) -> None:
    assert " ".join(settled(line).split()) == read
    assert len(settled(line)) == len(line)


def test_a_sign_given_up_shows_an_engine_and_a_rule_does_not() -> None:
    assert engine_read("Gemini 4, Houston CAP COM_ go ahead")
    assert not engine_read("Name ______ Date ______\nAnd so to the matter at hand.")


def test_only_words_in_figures_are_words() -> None:
    assert in_figures("A11", VOCABULARY)
    assert not in_figures("B52", VOCABULARY)
    assert not in_figures("1-A", VOCABULARY)


def test_abbreviations_stand_among_small_letters() -> None:
    assert abbreviation("RKV,", "This is RKV, go ahead.")
    assert not abbreviation("RKV,", "THIS IS RKV, GO AHEAD.")
    assert not abbreviation("Roger,", "Roger, go ahead.")


def test_numbers_of_a_text_in_both_cases_stand_on_noisier_pages() -> None:
    assert pinned(Look.FIGURES, 0.08, "12+35.", mixed=True)
    assert not pinned(Look.FIGURES, 0.08, "12+35.")


def test_small_letters_keep_the_errors_of_a_kind_whole() -> None:
    for name in ("old", "modern", "capitals"):
        channel = profile(name).in_both_cases(0.4)
        assert channel.mixed
        for row in channel.segments.values():
            assert sum(row.values()) == pytest.approx(1.0)


def test_call_signs_and_omissions_of_a_typescript_stand() -> None:
    page = (
        "Gemini 4, this is RKV CAP C0M. Do you read?\n"
        "Roger ..... RKV Surgeon. We have a sma]l problem here.\n"
        "Okay, we're Just waiting_ and it's holding at 5.5.\n"
    )
    read = Restorer.load().restore(Source.of_text(page)).best.text
    assert "this is RKV CAP" in read
    assert "Roger ... RKV" in read
    assert "we're just waiting" in read
