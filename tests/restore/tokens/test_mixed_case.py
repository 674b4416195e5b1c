"""Text in both cases: omissions, abbreviations, small letters read as capitals, marks before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.restore import Restorer
from septel.restore.channel.channel import profile
from septel.restore.tokens.artefacts import settled
from septel.restore.tokens.classes import TokenClass, pinned
from septel.restore.tokens.mixed_case import (
    abbreviation,
    cased,
    engine_read,
    given_up,
    in_figures,
    marked,
    typed,
    usually_small,
)
from septel.text import Source

VOCABULARY = Restorer.load().vocabulary


@pytest.mark.parametrize(
    ("text", "seen", "after", "right"),
    [
        ("velocities.", "velocities_", "and", "velocities,"),
        ("clear.", "clear_", "Jim", "clear."),
        ("clear.", "clear.", "but", "clear."),
        ("Houston", "Houston_", "Gemini", "Houston,"),
        ("Houston", "Houst_", "Gemini", "Houston"),
        ("5.", "5_", "and", "5,"),
        ("5.", "5_", "Roger", "5."),
        ("5.", "5.", "and", "5."),
        ("Houstone", "Houston_", "Gemini", "Houston,"),
        ("they", "the_", "are", "they"),
    ],
)
def test_no_stop_is_guessed_before_a_small_letter(text: str, seen: str, after: str, right: str) -> None:
    assert marked(text, seen, after, VOCABULARY) == right


@pytest.mark.parametrize(
    ("text", "before", "right"),
    [
        ("Just", "we're", "just"),
        ("Just", "Roger.", "Just"),
        ("Just", "", "Just"),
        ("Just", "I", "just"),
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


def test_a_first_letter_that_was_not_seen_is_a_capital_after_a_sentence() -> None:
    assert cased("then", "stow.", VOCABULARY, seen="_hen") == "Then"
    assert cased("then", "and", VOCABULARY, seen="_hen") == "then"
    assert cased("then", "stow.", VOCABULARY, seen="then") == "then"


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


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("It 's off and we' re on.", "It's off and we're on."),
        ("at 16: 34, 3: 12 and 02: 17.", "at 16:34, 3: 12 and 02:17."),
        ("about 90 ° right; 34 , 2 and 03 . Over", "about 90° right; 34, 2 and 03. Over"),
        ("is it 5 ? Yes", "is it 5? Yes"),
        ("48 35- Roger, 1965-66 and 1- MARK", "48 35. Roger, 1965-66 and 1- MARK"),
        ("lA is 24, i-B is 25, l-C; iron, lC3", "1A is 24, 1-B is 25, 1-C; iron, lC3"),
        ("count l, 2, 3 and ll right, 2", "count 1, 2, 3 and 11 right, 2"),
        ("number i and what i see; we ll go", "number 1 and what I see; we ll go"),
        ("A]] right, a sma]l one [sic] here", "A]] right, a sma]l one [sic] here"),
        ("A]] right, a sma]l one, end]", "All right, a small one, end]"),
        ("and we Just said i'm 0kay", "and we just said I'm Okay"),
        ("", ""),
    ],
)
def test_lines_stand_as_a_typist_types_them(line: str, read: str) -> None:
    assert " ".join(typed(line, "", VOCABULARY).split()) == read
    assert len(typed(line, "", VOCABULARY)) == len(line)


@given(
    st.text(st.sampled_from("lLiI1205AB ':.,-°·?]J"), max_size=24), st.sampled_from(["", "we", "5,", "no."])
)
def test_a_typed_line_is_as_long_and_stays(line: str, before: str) -> None:
    once = typed(line, before, VOCABULARY)
    assert len(once) == len(line)


def test_the_case_of_a_line_hangs_on_the_line_before() -> None:
    assert typed("Just a second", "away, and we", VOCABULARY) == "just a second"
    assert typed("Just a second", "Okay.", VOCABULARY) == "Just a second"


def test_a_sign_given_up_shows_an_engine_and_a_rule_does_not() -> None:
    assert engine_read("Gemini 4, Houston CAP COM_ go ahead")
    assert given_up("Gemini 4, Houston CAP COM_ go ahead")
    assert not given_up("the “door” | is shut ~ and °")
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
    assert pinned(TokenClass.FIGURES, 0.08, "12+35.", mixed=True)
    assert not pinned(TokenClass.FIGURES, 0.08, "12+35.")


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


def test_what_is_plain_to_see_is_not_taken_from_a_typescript() -> None:
    page = (
        "Go on HF and stay there. Do you copy?\n"
        "Gemini 4, we need it - and soon - at 08 44. 09+06. Roger.\n"
        "Is the tbing about 3 and a 1/2 wide_ or i{as it grown? The hole's ripped. Tell me. A]I right.\n"
        "MSC-2 and -3. The LOS, RKV and the gun are noc here.\n"
    )
    read = Restorer.load().restore(Source.of_text(page)).best.text
    assert "Do you copy?\n" in read
    assert "it - and soon - at 08 44. 09+06. Roger.\n" in read
    assert "3 and a 1/2 wide" in read
    assert "MSC-2 and -3. The LOS, RKV and the gun" in read
    assert "The hole's ripped. Tell me. All right." in read
