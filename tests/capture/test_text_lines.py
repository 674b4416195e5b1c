"""The lines of a page of text are made when they are asked for, and are a tuple of lines to all else."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from septel.capture.model import Line, TextLines
from septel.text import Source, Span


@given(st.text("ab\n", max_size=14), st.integers(0, 14), st.integers(0, 14))
def test_lines_are_those_of_the_text_that_the_page_has(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    source, page = Source.of_text(text), Span(start, end)
    touched = [line for line in source.lines if line.end >= start and line.start < end]
    expected = tuple(Line(span=Span(max(line.start, start), min(line.end, end))) for line in touched)
    found = TextLines(source, page)
    assert len(found) == len(expected)
    assert found == expected
    assert expected == found
    assert hash(found) == hash(expected)
    assert (found[:2], [*found]) == (expected[:2], [*expected])


def test_another_process_has_the_same() -> None:
    lines = TextLines(Source.of_text("ONE\nTWO\n"), Span(0, 8))
    assert pickle.loads(pickle.dumps(lines)) == lines
