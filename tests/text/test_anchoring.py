from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from septel.text import Edit, Ground, Reading, Reason, Source, Span, Step, reanchor
from tests.text.strategies import edited

STEP = Step.of("a person", "1")


def decision(source: Source, before: str, after: str) -> Edit:
    start = source.text.index(before)
    span = Span(start, start + len(before))
    reason = Reason(ground=Ground.DECISION, detail="Ann")
    return Edit(span=span, before=before, after=after, reason=reason, step=STEP)


@given(edited())
def test_every_edit_is_carried_or_listed(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    other = Source.of_text(source.text.replace("B", "8").replace(" ", ""))
    outcome = reanchor(edits, source, other)
    assert len(outcome.carried) + len(outcome.conflicts) == len(edits)
    Reading.of(other, outcome.carried)


@given(edited())
def test_onto_the_same_text_every_edit_that_covers_characters_is_carried_as_it_is(
    case: tuple[Source, tuple[Edit, ...]],
) -> None:
    source, edits = case
    covering = [edit for edit in edits if len(edit.span)]
    outcome = reanchor(covering, source, Source.of_text(source.text))
    assert list(outcome.carried) == covering


@given(st.text("ABC \n", max_size=20), st.text("ABC \n", max_size=20))
def test_text_that_comes_before_or_after_moves_a_decision_but_does_not_lose_it(head: str, tail: str) -> None:
    old = Source.of_text("SAID SEMEMOV, HE")
    new = Source.of_text(f"{head}\nSAID SEMEMOV, HE\n{tail}")
    outcome = reanchor([decision(old, "SEMEMOV", "SEMENOV")], old, new)
    assert not outcome.conflicts
    assert "SAID SEMENOV, HE" in Reading.of(new, outcome.carried).text


def test_a_reading_that_already_agrees_becomes_a_confirmation() -> None:
    old, new = Source.of_text("SAID SEMEMOV, HE"), Source.of_text("SAID SEMENOV, HE")
    (carried,) = reanchor([decision(old, "SEMEMOV", "SEMENOV")], old, new).carried
    assert (carried.before, carried.after) == ("SEMENOV", "SEMENOV")


def test_what_now_reads_otherwise_is_a_conflict_that_names_both() -> None:
    old, new = Source.of_text("SAID SEMEMOV, HE"), Source.of_text("SAID KORNIYENKO, HE")
    outcome = reanchor([decision(old, "SEMEMOV", "SEMENOV")], old, new)
    assert not outcome.carried
    assert "SEMEMOV" in outcome.conflicts[0].why


def test_what_is_no_longer_there_is_a_conflict() -> None:
    old, new = Source.of_text("SAID SEMEMOV, HE"), Source.of_text("SAID , HE")
    outcome = reanchor([decision(old, "SEMEMOV", "")], old, new)
    assert [c.edit.before for c in outcome.conflicts] == ["SEMEMOV"]
