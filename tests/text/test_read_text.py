"""Texts as read, which are compared without the marks of doubt and shown with them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from septel.text import Reading, ReadText, Source, Span, marked, with_signs
from tests.text.strategies import edited


@given(edited().map(lambda made: Reading.of(*made)), st.lists(st.integers(0, 200), max_size=4))
def test_stretches_that_follow_each_other_have_each_mark_once(reading: Reading, cuts: list[int]) -> None:
    text = ReadText.of_reading(reading, name="A")
    whole = Span(0, len(text.text))
    assert with_signs(text, whole).rstrip("\n") == marked(reading).rstrip("\n")
    ends = sorted({0, whole.end, *(cut for cut in cuts if cut < whole.end)})
    parts = [with_signs(text, Span(a, b)) for a, b in pairwise(ends)]
    assert "".join(parts) == with_signs(text, whole)


@given(edited().map(lambda made: Reading.of(*made)))
def test_a_text_made_of_one_with_marks_has_the_same_marks(reading: Reading) -> None:
    text = ReadText.of_reading(reading, name="A")
    again = ReadText.of_marked(
        with_signs(text, Span(0, len(text.text))), text.signs, name="B", digest=text.digest
    )
    assert (again.text, again.signs) == (text.text, text.signs)


def test_a_text_that_nobody_read_has_no_marks() -> None:
    assert with_signs(Source.of_text("TIN[?]"), Span(0, 6)) == "TIN[?]"
