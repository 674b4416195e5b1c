from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from septel.text import Source, Span
from septel.witness import align


def words(text: str, other: str) -> list[tuple[str | None, str | None]]:
    columns = align(Source.of_text(text), Source.of_text(other))
    return [
        (c.first.of(text) if c.first else None, c.second.of(other) if c.second else None) for c in columns
    ]


def test_words_stand_against_words_that_look_alike() -> None:
    assert words("THE S0VIET SIDE SAID", "THE SOVIET SIDE . SA1D") == [
        ("THE", "THE"),
        ("S0VIET", "SOVIET"),
        ("SIDE", "SIDE"),
        (None, "."),
        ("SAID", "SA1D"),
    ]


def test_one_word_may_stand_against_two() -> None:
    assert words("OF SHI P-TO-SHORE USE", "OF SHIP-TO-SHORE USE")[1] == ("SHI P-TO-SHORE", "SHIP-TO-SHORE")
    assert words("NOT TOBE DONE", "NOT TO BE DONE")[1] == ("TOBE", "TO BE")


def test_a_line_that_one_witness_lacks_stands_alone() -> None:
    found = words("EXDIS\nSUBJECT: SALT\n", "EXDIS\nRADTO 022\nSUBJECT: SALT\n")
    assert [pair for pair in found if None in pair] == [(None, "RADTO"), (None, "022")]


def test_witnesses_of_as_many_pages_keep_to_their_pages() -> None:
    one = Source(name="a", digest="", text="SAME\nLOST\n", pages=(Span(0, 5), Span(5, 10)))
    other = Source(name="b", digest="", text="LOST\nSAME\n", pages=(Span(0, 5), Span(5, 10)))
    assert not any(column.agrees for column in align(one, other))


TEXTS = st.text(alphabet="AB1 \n", max_size=30)


@given(TEXTS, TEXTS)
def test_every_word_is_in_one_column_in_order(text: str, other: str) -> None:
    pairs = words(text, other)
    assert [w for a, _ in pairs if a for w in a.split()] == text.split()
    assert [w for _, b in pairs if b for w in b.split()] == other.split()
    assert all(a or b for a, b in pairs)


@given(TEXTS)
def test_a_text_agrees_with_itself(text: str) -> None:
    assert all(column.agrees for column in align(Source.of_text(text), Source.of_text(text)))
