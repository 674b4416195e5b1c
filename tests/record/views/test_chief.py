"""The chief statement of a cell, and what is said on no issue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from septel.record import (
    NO_ISSUE,
    Act,
    Excerpt,
    OpenState,
    Record,
    RecordSet,
    Statement,
    open_points,
    positions,
)
from septel.record.views.chief import chief_of, is_whole
from tests.record.made_record import record

ISSUE = "Additional Korean Troops"


def said(words: str, *, verb: bool = True, principal: bool = False, at: int = 0) -> Statement:
    one = record().statements[0]  # with an issue
    excerpt = replace(one.excerpt, words=words)
    issues = tuple(replace(tag, issue=ISSUE, shown_by=excerpt_elsewhere(one)) for tag in one.issues[:1])
    return replace(
        one,
        id=f"s{at}",
        excerpt=excerpt,
        content=excerpt,
        verb=excerpt if verb else None,
        principal=principal,
        issues=issues,
    )


def excerpt_elsewhere(one: Statement) -> Excerpt:
    """A heading, which is no part of what was said."""
    return replace(
        one.excerpt, locus=replace(one.excerpt.locus, span=record().meetings[0].shown_by.locus.span)
    )


@pytest.mark.parametrize(
    "words, whole",
    [
        ("Pak said that Korea would send two divisions.", True),
        ("SEMENOV SAID THAT HE COULD NOT ACCEPT IT.", True),
        ("He asked: “Will the troops be sent?”", True),
        ("President Pak would have no difficulty in keeping DRP in line, although", False),
        ("and that we would expect detailed discussions of the matter.", False),
        ("AND REJECTED SUGGESTION THAT CHARGES BE COLLECTED.", False),
        ("would have no difficulty in keeping them in line.", False),
        ("matter has prematurely leaked to press, and has", False),
        ("Pak agreed.", False),
    ],
)
def test_a_sentence_is_whole_from_its_beginning_to_its_stop(words: str, whole: bool) -> None:
    assert is_whole(said(words)) is whole


def test_the_chief_is_a_whole_sentence_about_the_issue_with_its_own_verb() -> None:
    about = said("Pak said that Korea would send two more divisions of troops.", at=1)
    held = [
        about,
        said("Pak proposed that the Korean troops leave in", principal=True, at=2),
        said("He believed that the press would hear nothing of it whatever was done.", principal=True, at=3),
        said("The troops were already at sea with everything that they needed.", verb=False, at=4),
    ]
    assert chief_of(ISSUE, held) is about
    accepts = said("Pak accepted that the Korean troops would be paid by Korea.", principal=True, at=5)
    assert chief_of(ISSUE, [accepts, *held]) is accepts


def test_where_none_is_about_the_issue_the_longest_whole_sentence_is_chief() -> None:
    longest = said("He believed that the press would hear nothing of it whatever was done.", at=1)
    held = [
        said("This had worked very well there.", principal=True, at=2),
        longest,
        said(
            "and we would do our best to prevent it, whatever anybody might say of the matter to us",
            at=3,
        ),
    ]
    assert chief_of(ISSUE, held) is longest
    assert chief_of(ISSUE, held[2:]) is held[2]


@pytest.mark.parametrize("issue", ["PFOR", NO_ISSUE])
def test_an_issue_without_words_asks_for_none(issue: str) -> None:
    held = [
        said("Pak rejected the request of the others for a delay.", principal=True, at=1),
        said("He said that the weather had been cold for the whole of the week.", at=2),
    ]
    assert chief_of(issue, held) is held[0]


class Records(RecordSet):
    def __init__(self, *records: Record) -> None:
        self._records, self.spare = records, frozenset()

    @property
    def records(self) -> tuple[Record, ...]:
        return self._records


def test_what_is_said_on_no_issue_is_a_row_and_what_has_no_side_is_counted() -> None:
    made = record()
    bare = tuple(replace(one, issues=()) for one in made.statements)
    nobody = replace(bare[0], id="nobody", speaker=replace(bare[0].speaker, person=None, side=None))
    found = Records(replace(made, statements=(*bare, nobody)))
    assert {cell.issue for cell in found.positions} == {NO_ISSUE}
    shown = {one.id for cell in found.positions for one in cell.statements}
    assert shown == {one.id for one in bare}
    assert found.sideless == (1, len(bare) + 1)


def test_the_stance_of_a_cell_is_its_chief_statement_s() -> None:
    for cell in positions([record()]):
        assert cell.chief in cell.statements
        assert cell.stance is cell.chief.stance


@pytest.mark.parametrize("verb, waits", [("proposed", True), ("HOPED HE WOULD", False), ("thanked", False)])
def test_what_is_only_hoped_or_thanked_for_is_no_open_proposal(verb: str, waits: bool) -> None:
    one = said("He hoped that they would send the troops.")
    asked = replace(one, act=Act.PROPOSES, verb=replace(one.excerpt, words=verb))
    found = open_points([replace(record(), statements=(asked,))])
    assert [point.what for point in found] == (["proposal"] if waits else [])


@pytest.mark.parametrize(
    "act, rule, side, state",
    [
        (Act.STATES, "named", "US", OpenState.ANSWERED),
        (Act.ANSWERS, "named", None, OpenState.ANSWERED),
        (Act.STATES, "person: A. Reader", None, OpenState.ANSWERED),
        (Act.STATES, "unknown", None, OpenState.OPEN),
    ],
)
def test_what_is_nobody_s_answers_no_question(
    act: Act, rule: str, side: str | None, state: OpenState
) -> None:
    asked = replace(said("He asked whether it was really urgent.", at=1), act=Act.ASKS)
    next_ = said("The Minister was clearly not fully informed.", at=2)
    next_ = replace(
        next_, act=act, rule=rule, answers=asked.id, speaker=replace(next_.speaker, person=None, side=side)
    )
    (point,) = open_points([replace(record(), statements=(asked, next_))])
    assert point.state is state
