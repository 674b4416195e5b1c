"""Counts against examples worked by hand, and the laws that any edit distance keeps."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from septel.measure import EditCounts, count, one_spaced, rightness
from septel.measure.metrics.alignment import blocks, pairs, stretches, word_spans
from septel.text import Span

texts = st.text(alphabet="AB ", max_size=30)
word_lists = st.lists(st.sampled_from(["THE", "SOVIET", "SIDE", "SAID"]), max_size=12)


def test_counts_by_character() -> None:
    # KITTEN to SITTING: two letters changed, one added.
    assert count("KITTEN", "SITTING") == EditCounts(hits=4, substitutions=2, insertions=1)
    assert count("KITTEN", "SITTING").error_rate == 3 / 6
    assert count("KITTEN", "SITTING").match_error_rate == 3 / 7


def test_counts_by_word() -> None:
    truth = ["SEMENOV", "SAID", "THAT", "HE", "HAD", "LISTENED"]
    output = ["SEMENOV", "SAD", "THAT", "HAD", "LISTENED", "CAREFULLY"]
    counts = count(truth, output)
    assert (counts.substitutions, counts.deletions, counts.insertions, counts.hits) == (1, 1, 1, 4)
    assert counts.error_rate == 3 / 6


def test_an_empty_truth_makes_any_output_an_error() -> None:
    assert count("", "").error_rate == 0.0
    assert count("", "X").error_rate == 1.0
    assert count("", "X").match_error_rate == 1.0


def test_line_ends_are_layout() -> None:
    assert one_spaced(" THE\nUS  SIDE \n") == "THE US SIDE"


@given(texts, texts)
def test_no_error_exactly_when_equal(truth: str, output: str) -> None:
    assert (count(truth, output).edits == 0) == (truth == output)


@given(texts, texts)
def test_counts_add_up_and_stay_within_bounds(truth: str, output: str) -> None:
    counts = count(truth, output)
    assert counts.truth == len(truth)
    assert counts.hits + counts.substitutions + counts.insertions == len(output)
    assert abs(len(truth) - len(output)) <= counts.edits <= max(len(truth), len(output))
    assert 0 <= counts.match_error_rate <= 1


@given(texts, texts)
def test_distance_is_the_same_both_ways(truth: str, output: str) -> None:
    there, back = count(truth, output), count(output, truth)
    assert there.edits == back.edits
    assert there.match_error_rate == 0 or back.match_error_rate > 0


@given(texts, texts, texts)
def test_a_detour_is_never_shorter(one: str, two: str, three: str) -> None:
    assert count(one, three).edits <= count(one, two).edits + count(two, three).edits


@given(word_lists, word_lists)
def test_blocks_cover_both_sides_and_alternate(truth: list[str], output: list[str]) -> None:
    found = blocks(truth, output)
    assert [w for b in found for w in truth[b.truth.start : b.truth.end]] == truth
    assert [w for b in found for w in output[b.output.start : b.output.end]] == output
    assert all(a.equal != b.equal for a, b in itertools.pairwise(found))
    assert sum(rightness(truth, output)) == count(truth, output).hits


@given(word_lists, word_lists)
def test_pairs_keep_every_word_in_order(truth: list[str], output: list[str]) -> None:
    found = list(pairs(truth, output))
    assert [w for a, _ in found for w in truth[a.start : a.end]] == truth
    assert [w for _, b in found for w in output[b.start : b.end]] == output


def test_pairs_put_alike_words_together() -> None:
    found = list(pairs(["THE", "CONCLUSION"], ["CONCLUSlON"]))
    assert found == [(Span(0, 1), Span(0, 0)), (Span(1, 2), Span(0, 1))]


def test_pairs_put_a_joined_word_beside_its_two() -> None:
    assert list(pairs(["OUR", "TWO"], ["OURTWO"])) == [(Span(0, 2), Span(0, 1))]


def test_a_word_stands_for_the_stretch_that_it_came_from() -> None:
    source, output = "TI1E S0VlET SlDE", "THE SOVIET SIDE"
    found = [s.of(source) for s in stretches(source, output, list(word_spans(output)))]
    assert found == ["TI1E", "S0VlET", "SlDE"]


@given(texts, texts)
def test_stretches_lie_within_the_source(source: str, output: str) -> None:
    output = one_spaced(output)
    words = list(word_spans(output))
    assert [w.of(output) for w in words] == output.split()
    assert all(Span(0, len(source)).covers(s) for s in stretches(source, output, words))
