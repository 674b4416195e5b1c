"""What engines saw of several copies, brought together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.restore import EnginePosteriors, Restorer, SpanPosterior
from septel.restore.engine_output.fusion import seen_together
from septel.text import Alternative, Source, Span, Step

LINE = "THE GOVERNMENT S VIEW IS THAT THE TALKS SHOULD GO ON.\n"
GAP = LINE.index(" S ")


def seen(
    text: str, others: dict[int, dict[str, float]] | None = None, *, right: float = 0.99
) -> EnginePosteriors:
    """Every character that stands right with one probability, save where something else was seen."""
    glimpses = []
    for at, character in enumerate(text):
        here = (others or {}).get(at, {})
        if character == "\n" or (character == " " and not here):
            continue
        glimpses.append(
            SpanPosterior(
                span=Span(at, at + 1),
                right=min(right, 0.98 - sum(here.values())) if here else right,
                others=tuple(Alternative(text=t, probability=p) for t, p in here.items()),
            )
        )
    return EnginePosteriors(characters=tuple(glimpses), gauge="an engine")


def at(sight: EnginePosteriors, place: int) -> SpanPosterior:
    return next(one for one in sight.characters if one.span == Span(place, place + 1))


def test_copies_that_doubt_a_blank_alike_are_believed() -> None:
    faint = seen(LINE, {GAP: {"'": 0.3}})
    firm = seen(LINE)
    all_three = seen_together(LINE, [(LINE, faint)] * 3)
    one = seen_together(LINE, [(LINE, faint), (LINE, firm), (LINE, firm)])
    assert all_three and one
    assert at(all_three, GAP).share("'") > 0.1
    # What one copy alone doubts is not worth a thought.
    assert GAP not in {glimpse.span.start for glimpse in one.characters}


def test_a_character_that_one_copy_shows_well_is_offered_where_others_have_another() -> None:
    misread = LINE.replace("TALKS", "TALRS")
    place = LINE.index("TALKS") + 3
    poor = seen(misread, {place: {"K": 0.3}}, right=0.5)
    sight = seen_together(misread, [(misread, poor), (LINE, seen(LINE)), (LINE, seen(LINE))])
    assert sight
    assert at(sight, place).share("K") > 0.9
    assert sight.preferred(Span(place - 3, place + 2), "TALRS")[0] == "TALKS"


def test_what_no_other_copy_has_is_most_likely_dirt() -> None:
    dirty = LINE.replace("VIEW", "VIEWX")
    sight = seen_together(dirty, [(dirty, seen(dirty, right=0.4)), (LINE, seen(LINE)), (LINE, seen(LINE))])
    assert sight
    assert at(sight, dirty.index("X")).share("") > 0.5


def test_nobody_looked() -> None:
    assert seen_together(LINE, [(LINE, None), (LINE, None)]) is None


words = st.text(alphabet="ABCN'. \n", max_size=30)
tellings = st.dictionaries(
    st.integers(0, 29),
    st.dictionaries(st.sampled_from("N'.B "), st.floats(0.001, 0.2), max_size=3),
    max_size=9,
)


@given(words, st.lists(st.tuples(words, tellings), min_size=1, max_size=3))
def test_what_is_told_together_is_a_probability(
    text: str, copies: list[tuple[str, dict[int, dict[str, float]]]]
) -> None:
    sight = seen_together(text, [(copy, seen(copy, told, right=0.9)) for copy, told in copies])
    assert sight
    for one in (*sight.characters, *sight.words):
        assert 0.0 <= one.right <= 1.0 and one.right + one.held <= 1.0 + 1e-9
        assert "\n" not in one.span.of(text)
    assert [one.span.of(text) for one in sight.words] == text.split()
    places = [one.span.start for one in sight.characters]
    assert places == sorted(set(places))


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.load()


def test_a_mark_that_no_copy_shows_is_read_from_what_all_show_a_little_of(restorer: Restorer) -> None:
    sight = seen_together(LINE, [(LINE, seen(LINE, {GAP: {"'": 0.2}}))] * 3)
    source = replace(Source.of_text(LINE), step=Step.of("an engine", "1"))
    assert "GOVERNMENT'S VIEW" in restorer.restore(source, sight=sight).lines[0]
    assert restorer.restore(source).lines[0] == LINE.strip()
