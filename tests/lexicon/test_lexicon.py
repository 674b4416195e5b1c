"""The closed lists and their look-ups."""

from __future__ import annotations

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.lexicon import Lexicon, fold, letters, numerals, shapes

LEXICON = Lexicon.shipped()
FILES = (
    "posts",
    "captions",
    "classifications",
    "precedences",
    "series",
    "months",
    "tags",
    "offices",
    "signers",
)


@pytest.mark.parametrize("name", FILES)
def test_every_entry_names_its_source(name: str) -> None:
    text = (resources.files("septel.lexicon") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HELSINKI", "HELSINKI"),
        ("HELSIN", "HELSINKI"),
        ("LAPAZ", "LA PAZ"),
        ("AMEMBASSY LA PAZ", "LA PAZ"),
        ("SECSTATE WASHDC", "STATE"),
        ("US MISSION NATO", "NATO"),
        ("AMCONSUL HONG KONG", "HONG KONG"),
        ("USDEL SALT HELSINKI", "SALT"),
    ],
)
def test_a_post_is_known_by_name_variant_and_abbreviation(text: str, name: str) -> None:
    post = LEXICON.post(text)
    assert post is not None
    assert post.name == name


@pytest.mark.parametrize("text", ["", "ATLANTIS", "AMEMBASSY", "12"])
def test_what_is_no_post_is_none(text: str) -> None:
    assert LEXICON.post(text) is None


def test_near_posts_come_with_their_distance() -> None:
    nearest, second = LEXICON.near_posts("HELSJNl<f", most=2)
    assert nearest.entry.name == "HELSINKI"
    assert 0 < nearest.distance < second.distance


def test_an_exact_text_has_no_distance() -> None:
    assert LEXICON.near_captions("EXDIS")[0].distance == 0
    assert LEXICON.near_series("TOSALT")[0].entry.pair == "SALTO"
    assert LEXICON.near_classifications("S E C R E T")[0].entry.code == "S"
    assert LEXICON.near_precedences("ROIJ'TlNE")[0].entry.word == "ROUTINE"


def test_numbers_keep_every_reading() -> None:
    assert numerals("0 IS") == ("015", "018")
    assert numerals("1321") == ("1321",)
    assert numerals("H4") == ()


def test_every_series_has_its_pair_in_the_other_direction() -> None:
    for series in LEXICON.series:
        pair = LEXICON.series_names.get(series.pair)
        if pair is not None:
            assert pair.pair == series.name
            assert {series.direction, pair.direction} == {"from", "to"}


@given(st.text(max_size=40))
def test_folding_keeps_offsets(text: str) -> None:
    folded = fold(text)
    assert folded.text == shapes(text)
    assert len(folded.positions) == len(folded.text)
    assert list(folded.positions) == sorted(folded.positions)
    for at in range(len(folded.text)):
        assert shapes(folded.span(at, at + 1).of(text)) == folded.text[at]


@given(st.text(max_size=30))
def test_letters_are_a_normal_form(text: str) -> None:
    assert letters(letters(text)) == letters(text)


@given(st.from_regex(r"[0-9]{1,5}", fullmatch=True))
def test_clean_figures_are_read_as_they_stand(figures: str) -> None:
    assert numerals(figures) == (figures,)
