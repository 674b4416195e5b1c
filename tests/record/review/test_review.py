"""Review: persons outrank rules, are told apart from them, and outlast another restoration."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.errors import EditConflict, UsageError
from septel.record import Act, IssueVocabulary, Record, Statement
from septel.record.review.annotator_agreement import agreement, cohen_kappa, krippendorff_alpha
from septel.record.review.apply import Status, alike, queue, reviewed
from septel.record.review.fields import checked, said_of
from septel.record.review.log import ObjectKind, Opinion, ReviewEntry, ReviewLog, Verdict
from septel.record.views.views import suggestions
from septel.text import Locus, Reading, Span
from tests.record.made_record import TEXT, reading, record, source

AT = datetime(2020, 5, 4, tzinfo=UTC)
SOURCE = source()
RECORD = record()
SAID, ASKED, NO = RECORD.statements


def about(statement: Statement, verdict: Verdict, **said: str) -> Opinion:
    fields = dict(said_of(statement)) | said
    return Opinion(
        kind=ObjectKind.STATEMENT,
        verdict=verdict,
        span=statement.excerpt.locus.span,
        said=tuple(fields.items()),
    )


def logged(*opinions: tuple[str, Opinion]) -> ReviewLog:
    log = ReviewLog(SOURCE.id)
    for by, opinion in opinions:
        log = log.add(opinion, by=by, at=AT)
    return log


def test_without_review_everything_is_only_proposed() -> None:
    result = reviewed(RECORD, reading(), ReviewLog(SOURCE.id))
    assert result.record == RECORD
    assert {item.standing.status for item in result.items} == {Status.PROPOSED}
    assert len(result.items) == 6


def test_what_is_rejected_leaves_the_record_and_stays_on_the_list() -> None:
    result = reviewed(RECORD, reading(), logged(("Ann", about(NO, Verdict.REJECTED))))
    assert result.record.statements == (SAID, ASKED)
    (rejected,) = [i for i in result.items if i.standing.status is Status.REJECTED]
    assert rejected.proposed == NO
    assert rejected.standing.by == "Ann"


def test_what_is_corrected_is_the_person_s_and_keeps_its_words() -> None:
    opinion = about(ASKED, Verdict.CORRECTED, speaker="Nitze", act="states", issues="verification; abm")
    result = reviewed(RECORD, reading(), logged(("Ann", opinion)))
    (now,) = [s for s in result.record.statements if s.id == ASKED.id]
    assert (now.speaker.name, now.side, now.act) == ("Nitze", "US", Act.STATES)
    assert now.speaker.person is not None
    assert now.speaker.person.name == "Paul H. Nitze"
    assert now.issue_ids == ("verification", "abm")
    assert now.excerpt == ASKED.excerpt
    assert now.rule == "person: Ann"
    assert now.confidence is None
    assert result.standing(now).status is Status.CORRECTED
    assert result.standing(SAID).status is Status.PROPOSED


def test_what_is_accepted_is_still_the_rule_s_finding() -> None:
    result = reviewed(RECORD, reading(), logged(("Ann", about(SAID, Verdict.ACCEPTED))))
    assert result.record == RECORD
    assert result.standing(SAID).status is Status.ACCEPTED


def test_what_was_accepted_outranks_what_rules_say_later() -> None:
    log = logged(("Ann", about(SAID, Verdict.ACCEPTED)))
    other = replace(SAID, act=Act.REJECTS, speaker=replace(SAID.speaker, side="US"))
    later = replace(RECORD, statements=(other, ASKED, NO))
    (now, *_) = reviewed(later, reading(), log).record.statements
    assert (now.act, now.side, now.rule) == (Act.PROPOSES, "Soviet", "person: Ann")


def test_what_no_rule_finds_any_more_stands_when_a_person_stood_for_it() -> None:
    log = logged(("Ann", about(SAID, Verdict.ACCEPTED)), ("Ann", about(NO, Verdict.REJECTED)))
    later = replace(RECORD, statements=(ASKED,))
    result = reviewed(later, reading(), log)
    first, second = result.record.statements
    assert second == ASKED
    assert first.excerpt.words == SAID.excerpt.words
    assert (first.side, first.act, first.issue_ids) == (SAID.side, SAID.act, SAID.issue_ids)
    assert first.rule == "person: Ann"
    (gone,) = [i for i in result.items if i.standing.status is Status.REJECTED]
    assert (gone.proposed, gone.thing) == (None, None)


def test_a_rejection_is_of_a_claim_not_of_a_place() -> None:
    log = logged(("Ann", about(NO, Verdict.REJECTED)))
    other = replace(NO, act=Act.RESERVES)
    result = reviewed(replace(RECORD, statements=(other,)), reading(), log)
    assert result.record.statements == (other,)
    assert result.standing(other).status is Status.PROPOSED
    assert result.standing(other).opinions


@pytest.mark.parametrize(("shift", "same"), [(0, True), (8, True), (60, False)])
def test_an_opinion_belongs_to_the_object_that_shares_most_of_its_words(shift: int, same: bool) -> None:
    span = SAID.excerpt.locus.span
    moved = Span(span.start - shift // 4, span.end - shift)
    opinion = replace(about(SAID, Verdict.CORRECTED, side="US", speaker="Smith"), span=moved)
    statements = reviewed(RECORD, reading(), logged(("Ann", opinion))).record.statements
    assert (len(statements) == 3) == same


def test_what_a_person_read_on_the_page_is_added() -> None:
    start = TEXT.index("SEMENOV SEEMED")
    said = (("speaker", "Semenov"), ("act", "expresses"), ("issues", "abm"))
    opinion = Opinion(
        kind=ObjectKind.STATEMENT, verdict=Verdict.ADDED, span=Span(start, start + 22), said=said
    )
    result = reviewed(RECORD, reading(), logged(("Ann", opinion)))
    added = result.record.statements[-1]
    assert added.excerpt.words == "SEMENOV SEEMED AT EASE"
    assert (added.side, added.act, added.rule) == ("Soviet", Act.EXPRESSES, "person: Ann")
    assert added.excerpt.line == 7
    undone = logged(("Ann", opinion)).undo(1, by="Ann", at=AT)
    assert reviewed(RECORD, reading(), undone).record == RECORD


def test_meetings_are_corrected_and_other_objects_rejected() -> None:
    held, _ = RECORD.meetings
    (comment,) = RECORD.assessments
    log = logged(
        (
            "Ann",
            Opinion(
                kind=ObjectKind.MEETING,
                verdict=Verdict.CORRECTED,
                span=held.shown_by.locus.span,
                said=(("kind", "mini-plenary"), ("time", "10:30"), ("place", "")),
            ),
        ),
        (
            "Ann",
            Opinion(kind=ObjectKind.ASSESSMENT, verdict=Verdict.REJECTED, span=comment.excerpt.locus.span),
        ),
    )
    result = reviewed(RECORD, reading(), log)
    now = result.record.meetings[0]
    assert (now.kind.value, now.time, now.place, now.status) == ("mini-plenary", "10:30", None, "held")
    assert result.record.assessments == ()


def test_two_persons_who_differ_are_told_and_the_later_one_stands() -> None:
    log = logged(
        ("Ann", about(SAID, Verdict.ACCEPTED)),
        ("Bob", about(SAID, Verdict.CORRECTED, act="commits")),
        ("Ann", about(NO, Verdict.ACCEPTED)),
        ("Bob", about(NO, Verdict.ACCEPTED)),
    )
    result = reviewed(RECORD, reading(), log)
    first, third = result.record.statements[0], result.record.statements[2]
    assert (first.act, result.standing(first).disputed) == (Act.COMMITS, True)
    assert [entry.by for entry, _ in result.standing(first).opinions] == ["Ann", "Bob"]
    assert not result.standing(third).disputed
    assert not reviewed(RECORD, reading(), log.undo(2, by="Bob", at=AT)).standing(SAID).disputed


def test_opinions_without_a_place_are_told() -> None:
    opinion = replace(about(SAID, Verdict.ACCEPTED), span=None, lost="not found")
    result = reviewed(RECORD, reading(), logged(("Ann", opinion)))
    assert [o for _, o in result.lost] == [opinion]
    assert result.record == RECORD


def test_suggestions_wait_for_a_person_and_are_found_again_by_their_pair() -> None:
    opposed = replace(NO, act=Act.REJECTS, issues=SAID.issues, content=SAID.content)
    pairs = suggestions([replace(RECORD, statements=(SAID, opposed))])
    assert pairs
    assert {q.standing.status for q in queue(pairs, {})} == {Status.PROPOSED}
    span = opposed.excerpt.locus.span
    opinion = Opinion(
        kind=ObjectKind.SUGGESTION,
        verdict=Verdict.REJECTED,
        span=Span(span.start + 1, span.end),
        other=SAID.excerpt.locus,
    )
    (judged,) = queue(pairs, {SOURCE.id: logged(("Ann", opinion))})
    assert (judged.standing.status, judged.standing.by) == (Status.REJECTED, "Ann")
    elsewhere = replace(opinion, other=Locus("another", SAID.excerpt.locus.span))
    (waiting,) = queue(pairs, {SOURCE.id: logged(("Ann", elsewhere))})
    assert waiting.standing.status is Status.PROPOSED
    # Opinions on pairs are none on statements.
    assert reviewed(RECORD, reading(), logged(("Ann", opinion))).record == RECORD


@pytest.mark.parametrize(
    ("kind", "said", "complaint"),
    [
        (ObjectKind.STATEMENT, {"colour": "red"}, "no field 'colour'"),
        (ObjectKind.STATEMENT, {"act": "sings"}, "'sings' is no act"),
        (ObjectKind.STATEMENT, {"issues": "abm; dragons"}, "no issue 'dragons'"),
        (ObjectKind.MEETING, {"kind": "dance"}, "'dance' is no kind"),
        (ObjectKind.CLAIM, {"side": "US"}, "Accept or reject"),
    ],
)
def test_what_may_not_be_said_is_refused(kind: ObjectKind, said: dict[str, str], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        checked(kind, said, IssueVocabulary.shipped())


def test_opinions_say_where_and_about_what() -> None:
    with pytest.raises(ValueError, match="two statements"):
        Opinion(kind=ObjectKind.SUGGESTION, verdict=Verdict.ACCEPTED, span=Span(0, 1))
    with pytest.raises(ValueError, match="says why"):
        Opinion(kind=ObjectKind.CLAIM, verdict=Verdict.ACCEPTED, span=None)
    with pytest.raises(EditConflict, match="no entry 4"):
        logged().undo(4, by="Ann", at=AT)


@given(st.lists(st.sampled_from([SAID, ASKED, NO]), max_size=4), st.integers(0, 5))
def test_logs_round_trip(statements: list[Statement], undone: int) -> None:
    log = logged(*(("Ann", about(s, Verdict.ACCEPTED)) for s in statements))
    if 0 < undone <= len(statements):
        log = log.undo(undone, by="Bob", at=AT)
    again = tuple(ReviewEntry.from_json(json.loads(json.dumps(e.to_json()))) for e in log.entries)
    assert again == log.entries
    assert len(list(log.standing())) == len(statements) - (0 < undone <= len(statements))


SPANS = st.builds(lambda a, b: Span(min(a, b), max(a, b)), st.integers(0, 30), st.integers(0, 30))


@given(SPANS, SPANS)
def test_sharing_is_mutual_and_whole_only_with_itself(one: Span, other: Span) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert (alike(one, other) == 1) == (one == other and len(one) > 0)


def test_cohen_s_kappa_on_a_known_table() -> None:
    # Fifty grants read by two persons: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no; kappa is 0.4.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([("y", "y")] * 3) is None
    assert cohen_kappa([]) is None


def test_krippendorff_s_alpha_on_his_own_examples() -> None:
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): two observers who differ on four of
    # ten units, 0.095; four observers with missing values, 0.743.
    first, second = "0100000000", "1110011000"
    binary = [[a, b] for a, b in zip(first, second, strict=True)]
    assert krippendorff_alpha(binary) == pytest.approx(0.095, abs=5e-4)
    columns = {
        "A": "1233 2141 2...",
        "B": "1233 2241 25.3",
        "C": ".333 2342 251.",
        "D": "1233 2441 251.",
    }
    table = [list(v.replace(" ", "")) for v in columns.values()]
    units = [[row[i] for row in table if row[i] != "."] for i in range(12)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha([["a", "a"], ["a"]]) is None


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab")), min_size=1, max_size=20))
def test_measures_of_agreement_reach_one_exactly_when_all_agree(pairs: list[tuple[str, str]]) -> None:
    same = all(a == b for a, b in pairs)
    for value in (cohen_kappa(pairs), krippendorff_alpha(pairs)):
        assert value is None or (value == pytest.approx(1.0)) == same
        assert value is None or value <= 1.0


def test_agreement_over_reviewed_objects() -> None:
    log = logged(
        ("Ann", about(SAID, Verdict.ACCEPTED)),
        ("Bob", replace(about(SAID, Verdict.CORRECTED, side="US"), span=Span(*_wider(SAID)))),
        ("Ann", about(ASKED, Verdict.ACCEPTED)),
        ("Bob", about(ASKED, Verdict.ACCEPTED)),
        ("Ann", about(NO, Verdict.ACCEPTED)),
        ("Bob", about(NO, Verdict.REJECTED)),
        ("Ann", about(NO, Verdict.REJECTED)),
        ("Cleo", about(RECORD.statements[0], Verdict.ACCEPTED)),
    )
    found = {a.field: a for a in agreement([log])}
    right = found["right"]
    assert (right.objects, right.persons) == (3, 3)
    pair = next(p for p in right.pairs if (p.one, p.other) == ("Ann", "Bob"))
    assert (pair.objects, pair.same, pair.kappa) == (3, 3, 1.0)
    side = next(p for p in found["side"].pairs if (p.one, p.other) == ("Ann", "Bob"))
    assert (side.objects, side.same) == (2, 1)
    assert found["side"].alpha is not None
    assert agreement([logged(("Ann", about(SAID, Verdict.ACCEPTED)))]) == ()


def _wider(statement: Statement) -> tuple[int, int]:
    span = statement.excerpt.locus.span
    return span.start - 3, span.end


def test_every_excerpt_after_review_holds_its_words() -> None:
    opinion = about(ASKED, Verdict.CORRECTED, speaker="Nitze")
    result: Record = reviewed(RECORD, Reading.of(SOURCE), logged(("Ann", opinion))).record
    for excerpt in result.excerpts():
        assert excerpt.words in " ".join(excerpt.locus.span.of(SOURCE.text).split())
