"""The names of errors, one example each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.measure.metrics.error_kinds import ErrorKind, counted, errors


@pytest.mark.parametrize(
    ("truth", "source", "output", "kind"),
    [
        ("AND THE SIDE", "AND •~ SIDE", "AND SIDE", ErrorKind.DROPPED),
        ("AND SIDE", "AND •~ SIDE", "AND • SIDE", ErrorKind.ADDED),
        ("Houston said", "houston said", "houston said", ErrorKind.CASE),
        ("OUR TWO SIDES", "OURTWO SIDES", "OURTWO SIDES", ErrorKind.SPACING),
        ("SAID: NO", "SAIDt NO", "SAID NO", ErrorKind.SIGNS),
        ("NOV 18 SESSION", "NOV 1B SESSION", "NOV 13 SESSION", ErrorKind.NUMBER),
        ("SEMENOV SAID", "SEHtNOV SAID", "SEHtNOV SAID", ErrorKind.KEPT),
        ("LIRING HAS", "LIRING HAS", "LIVING HAS", ErrorKind.MISREAD),
        ("EVIDENT CHANGE", "•V~-·~1 CHANGE", "THAN CHANGE", ErrorKind.INVENTED),
    ],
)
def test_an_error_has_a_name(truth: str, source: str, output: str, kind: ErrorKind) -> None:
    assert [p.kind for p in errors(truth, source, output)] == [kind]


def test_harm_and_doubt_are_told() -> None:
    found = errors("LIRING HAS LEFT", "LIRING HAS L~FT", "LIVING HAS LIFT", [True, True, False])
    assert [(p.truth, p.harm, p.sure) for p in found] == [("LIRING", True, True), ("LEFT", False, False)]
    table = {k.kind: (k.places, k.sure, k.harm) for k in counted(found)}
    assert table == {ErrorKind.MISREAD: (2, 1, 1)}


@given(st.text(alphabet="AB1. ", max_size=25), st.text(alphabet="AB1. ", max_size=25))
def test_there_is_an_error_exactly_where_the_words_differ(truth: str, output: str) -> None:
    found = errors(truth, output, output)
    assert (not found) == (truth.split() == output.split())
    assert sum(k.places for k in counted(found)) == len(found)
