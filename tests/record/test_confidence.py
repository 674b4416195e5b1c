"""The confidence holds on documents that it was not fitted on: overall, by kind of document, and above .9."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.measure.record.logistic import fit
from septel.measure.record.statements import StatementReport, StatementScore, measure_statements
from septel.record.statements.confidence import Weights
from septel.text import Reading, Source


@pytest.fixture(scope="module")
def report(shared: Path) -> StatementReport:
    folder = shared / "dev" / "statements"
    if not folder.is_dir():
        pytest.skip("the documents with marked statements are not here")
    return measure_statements(
        folder, read=lambda path: Reading.of(Source.of_text(path.read_text(encoding="utf-8"), name=path.name))
    )


def test_statements_are_found_and_named_rightly(report: StatementReport) -> None:
    score = report.score
    assert score.found / score.gold >= 0.80
    assert score.false / score.shown <= 0.03
    assert score.named_right / score.named >= 0.97
    unseen = next(one for one in report.seen if one.name == "not looked at")
    assert unseen.found / unseen.gold >= 0.80
    assert unseen.named_right / unseen.named >= 0.93


def test_claimed_is_right_within_three_hundredths(report: StatementReport) -> None:
    assert abs(report.score.gap) <= 0.03
    assert abs(report.score.high_gap) <= 0.03


def test_claimed_is_right_where_no_rule_was_made(report: StatementReport) -> None:
    unseen = next(one for one in report.seen if one.name == "not looked at")
    assert unseen.trusted >= 90
    assert abs(unseen.gap) <= 0.03
    assert abs(unseen.high_gap) <= 0.03


def test_acts_claimed_are_right(report: StatementReport) -> None:
    unseen = next(one for one in report.seen if one.name == "not looked at")
    for one in (report.score, unseen):
        assert one.acts >= 100
        assert abs(one.acts_gap) <= 0.03
    assert report.score.stance_f1 >= 0.55


@pytest.mark.parametrize("kind", ["memcon", "telegram"])
def test_claimed_is_right_by_kind(report: StatementReport, kind: str) -> None:
    score = next(one for one in report.kinds if one.name == kind)
    assert score.trusted >= 100
    assert abs(score.gap) <= 0.03
    assert abs(score.high_gap) <= 0.03


@pytest.mark.parametrize(
    "kind",
    ["telegrams", "memoranda of conversation", "minutes and records", "notes, messages and letters"],
)
def test_claimed_is_right_on_documents_judged_by_eye(report: StatementReport, kind: str) -> None:
    score = next(one for one in report.judged if one.name == kind)
    assert score.documents >= 20
    assert score.named >= 200
    assert abs(score.gap) <= 0.03
    assert abs(score.high_gap) <= 0.03


def test_claimed_is_right_on_all_documents_judged_by_eye(report: StatementReport) -> None:
    score = next(one for one in report.judged if one.name == "all")
    assert score.named >= 1900
    assert abs(score.gap) <= 0.02
    assert score.high_right / score.high >= 0.95


def score(name: str, *, named: int, right: int, unnamed: int) -> StatementScore:
    return StatementScore(
        name=name,
        gold=10,
        found=10,
        shown=10,
        false=0,
        named=named,
        named_right=right,
        unnamed=unnamed,
        sided=0,
        side_right=0,
        claimed=0.0,
        trusted=0,
        trusted_right=0,
        high=0,
        high_right=0,
        high_claimed=0.0,
        seconds=0.0,
    )


def test_a_wrong_name_costs_ten_times_an_unknown_one() -> None:
    wrong = score("wrong", named=10, right=9, unnamed=0)
    unknown = score("unknown", named=9, right=9, unnamed=1)
    assert wrong.cost == pytest.approx(10 * unknown.cost)


def test_a_model_learns_what_speaks_for_and_against() -> None:
    for_it, against = frozenset({"strong"}), frozenset({"weak"})
    model = fit([(for_it, True, 1.0)] * 30 + [(against, False, 1.0)] * 30)
    assert model.probability(for_it) > 0.9
    assert model.probability(against) < 0.1
    assert Weights().probability(()) == 0.5
