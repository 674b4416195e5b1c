from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.text import Edit, Reading, Source, Span, Step
from tests.text.strategies import edited, sources


@given(sources())
def test_lines_are_what_splitting_at_line_ends_gives(source: Source) -> None:
    expected = source.text.split("\n")
    if expected[-1] == "":
        expected.pop()
    assert [line.of(source.text) for line in source.lines] == expected


@given(edited())
def test_single_lines_are_those_of_all_lines(made: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = made
    reading = Reading.of(source, edits)
    count = len(source.lines)
    assert source.line_count == count
    assert [source.line(n) for n in range(1, count + 1)] == list(source.lines)
    assert [reading.line(n) for n in range(1, count + 1)] == list(reading.lines)
    for text in (source, reading):
        for beyond in (0, count + 1):
            with pytest.raises(IndexError):
                text.line(beyond)


@given(sources())
def test_every_offset_lies_in_the_line_and_page_that_it_names(source: Source) -> None:
    for offset in range(len(source.text)):
        line = source.lines[source.line_at(offset) - 1]
        assert line.start <= offset <= line.end
        assert offset in source.pages[source.page_at(offset) - 1]


def test_pages_that_leave_a_gap_are_refused() -> None:
    with pytest.raises(ValueError, match="does not begin"):
        Source(name="x", digest="0", text="abcd", pages=(Span(0, 1), Span(2, 4)))
    with pytest.raises(ValueError, match="the pages end"):
        Source(name="x", digest="0", text="abcd", pages=(Span(0, 1),))


def test_a_locus_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        Source.of_text("abc").locus(Span(2, 9))


def test_the_id_follows_from_bytes_step_and_text() -> None:
    one = Source.of_text("ABC", name="one")
    assert one.id == Source.of_text("ABC", name="two").id
    assert one.id != Source.of_text("ABD").id
    read = Source(name="one", digest=one.digest, text="ABC", step=Step.of("engine", "5"))
    newer = Source(name="one", digest=one.digest, text="ABC", step=Step.of("engine", "6"))
    assert len({one.id, read.id, newer.id}) == 3


settings = st.dictionaries(st.text(min_size=1, max_size=4), st.integers() | st.text(max_size=4), max_size=3)


@given(settings)
def test_a_step_survives_json_and_does_not_depend_on_the_order_of_settings(pairs: dict[str, object]) -> None:
    step = Step(tool="t", version="1", settings=tuple(sorted((n, str(v)) for n, v in pairs.items())))
    assert Step.from_json(step.to_json()) == step
    backwards = Step(
        tool="t", version="1", settings=tuple(sorted((n, str(v)) for n, v in reversed(pairs.items())))
    )
    assert backwards.key == step.key
