from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.text import Locus, Span

spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: Span(min(p), max(p)))


def test_a_span_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="runs forwards"):
        Span(4, 3)
    with pytest.raises(ValueError, match="runs forwards"):
        Span(-1, 3)


def test_an_empty_span_is_still_a_place() -> None:
    assert Span(3, 3)
    assert len(Span(3, 3)) == 0


@given(spans, spans)
def test_overlap_is_mutual_and_means_shared_characters(a: Span, b: Span) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    if len(a) and len(b):
        shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
        assert a.overlaps(b) == bool(shared)


@given(spans, spans)
def test_the_hull_covers_both(a: Span, b: Span) -> None:
    assert a.hull(b).covers(a)
    assert a.hull(b).covers(b)


@given(spans, st.text(alphabet="abc:-", min_size=1))
def test_a_locus_reads_its_short_form_back(span: Span, source_id: str) -> None:
    locus = Locus(source_id, span)
    assert Locus.parse(str(locus)) == locus


@pytest.mark.parametrize("text", ["", "abc", "abc:3", ":3-4"])
def test_what_is_no_locus_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="locus"):
        Locus.parse(text)
