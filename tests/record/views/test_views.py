"""Views over many records: what is left out of the comparison could not have been found by it."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

import pytest

from septel.record import Act, OpenState, Polarity, Record, Stance, Statement, open_points, suggestions
from septel.record.model import side_key
from septel.record.views.acceptance import accepts
from septel.record.views.views import _content_words, in_order
from tests.record.made_record import record

WORDS = ["ALPHA", "BRAVO", "CHARLIE", "DELTA", "ECHOES", "FOXTROT", "GOLFS", "HOTEL", "INDIA", "JULIET"]


def made(seed: int) -> list[Record]:
    drawn, base, records, number = random.Random(seed), record(), [], 0
    for _ in range(20):
        said = []
        for _ in range(8):
            number += 1
            one = drawn.choice(base.statements)
            words = " ".join(drawn.choices(WORDS, k=drawn.randint(0, 8)))
            said.append(
                replace(
                    one,
                    id=f"s{number}",
                    content=replace(one.content, words=words),
                    speaker=replace(one.speaker, side=drawn.choice(["US", "Soviet", None])),
                    act=drawn.choice(list(Act)),
                    polarity=drawn.choice(list(Polarity)),
                    answers=drawn.choice([None, f"s{drawn.randint(1, number)}"]),
                )
            )
        date = drawn.choice([None, f"1969-{drawn.randint(1, 12):02}-11"])
        records.append(replace(base, date=date, statements=tuple(said)))
    return records


def test_suggestions_are_those_of_comparing_all_with_all() -> None:
    found = 0
    for seed in range(6):
        records = made(seed)
        said: dict[tuple[str, str | None], list[Statement]] = defaultdict(list)
        for one in in_order(records):
            for statement in one.counted:
                for issue in statement.issue_ids if statement.side else ():
                    said[issue, side_key(statement.side)].append(statement)
        pairs = set()
        for held in said.values():
            for at, earlier in enumerate(held):
                for later in held[at + 1 :]:
                    first, second = _content_words(earlier), _content_words(later)
                    alike = len(first & second) / max(1, len(first), len(second))
                    if alike >= 0.7 and earlier.polarity is later.polarity:
                        pairs.add((earlier.id, later.id, round(alike, 3)))
        made_of = suggestions(records)
        assert {(one.earlier.id, one.later.id, one.rank) for one in made_of} == pairs
        assert [one.rank for one in made_of] == sorted((one.rank for one in made_of), reverse=True)
        found += len(pairs)
    assert found > 50


def test_a_proposal_is_accepted_by_what_follows_of_another_side() -> None:
    checked = 0
    for seed in range(6):
        records = made(seed)
        said = [one for each in in_order(records) for one in each.counted]
        for point in open_points(records):
            if point.what != "proposal":
                continue
            proposal = point.statements[0]
            after = said[said.index(proposal) + 1 :]
            accepted = [
                one
                for one in after
                if one.stance is Stance.ACCEPTS
                and one.side is not None
                and side_key(one.side) != side_key(proposal.side)
                and (one.answers == proposal.id or set(one.issue_ids) & set(proposal.issue_ids))
                and accepts(one, proposal, at_once=one is after[0])
            ]
            assert list(point.statements[1:]) == accepted
            answered = any(one.answers == proposal.id for one in said)
            left = OpenState.ANSWERED if answered else OpenState.OPEN
            assert point.state is (OpenState.ACCEPTED_BY_BOTH if accepted else left)
            checked += 1
    assert checked > 20


@pytest.mark.parametrize(
    ("proposed", "held", "answers", "same"),
    [
        ("A CEILING OF TWELVE TUGS FOR EACH HARBOUR", "A CEILING OF TWELVE TUGS", False, True),
        ("A CEILING OF TWELVE TUGS FOR EACH HARBOUR", "THE SECOND PILOT STATION", False, False),
        ("A CEILING OF TWELVE TUGS FOR EACH HARBOUR", "THIS PROPOSAL", True, True),
        ("A CEILING OF TWELVE TUGS FOR EACH HARBOUR", "THIS PROPOSAL", False, False),
        ("FOLLOWING CHANGES: (A) PAPER HAD MONTHLY MEETINGS", "MONTHLY HARBOUR MEETINGS", False, False),
        ("THAT MONTHLY HARBOUR MEETINGS BE ABANDONED", "THE MONTHLY HARBOUR MEETINGS", False, False),
        ("THAT MONTHLY HARBOUR MEETINGS BE ABANDONED", "TO ABANDON HARBOUR MEETINGS", False, True),
    ],
)  # fmt: skip
def test_what_is_accepted_is_what_was_proposed(proposed: str, held: str, answers: bool, same: bool) -> None:
    base = record().statements[0]
    proposal = replace(
        base,
        id="p",
        act=Act.PROPOSES,
        polarity=Polarity.POSITIVE,
        content=replace(base.content, words=proposed),
    )
    acceptance = replace(
        proposal,
        id="a",
        act=Act.ACCEPTS,
        answers="p" if answers else None,
        content=replace(base.content, words=held),
    )
    assert accepts(acceptance, proposal) is same
    bare = replace(acceptance, answers=None, content=replace(base.content, words="I AGREED WITH HIM"))
    assert accepts(bare, proposal, at_once=True)
    assert not accepts(bare, proposal)
    denied = replace(acceptance, polarity=Polarity.NEGATIVE, answers=None)
    assert not accepts(denied, proposal)
