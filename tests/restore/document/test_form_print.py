"""Lines of print on a page in capitals are read as a text of their own; nothing in them becomes sure."""

from __future__ import annotations

import pytest

from septel.restore import Restorer
from septel.restore.document import WorkingCopy, alone, print_lines
from septel.text import Edit, Ground, Reason, Source, Span, State, Step

PAGE = """        CLASSIFIED MESSAGE      SECRET
   Reproductlon by other than the lssuing offlce ls prohlbited
TO DIRECTOR INFO HAVANA~ MEXlCO CITY    REF: DIR 40122
1. SUBJECT ARRlVED PORT AU PR!NCE ON M0RNING FLIGHT AND MET THE
   MINISTER 0F INTERIOR AT H1S RESIDENCE. HE SA1D THAT N0 DECISION
   WAS TAKEN AND THAT THE ARMY W0ULD WAIT UNTIL THE ELECTI0NS.
2. STATION WILL C0NTINUE TO REP0RT. END OF MESSAGE.
   This documemt must not be removed frorn the hle or copled
"""
LEGEND = PAGE.split("\n")[1]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.load()


def test_misread_legends_of_a_telegram_are_mended_and_stay_doubtful(restorer: Restorer) -> None:
    found = restorer.restore(Source.of_text(PAGE))
    assert "Reproduction by other than the issuing office is prohibited" in found.lines[1]
    assert "This document must not be removed" in found.lines[7]
    changed = [w for w in found.words if w.line in (2, 8) and w.text != w.span.of(PAGE)]
    assert changed
    assert all(word.state is not State.SURE for word in changed)
    assert found.reading.invert() == PAGE
    assert found.best.invert() == PAGE


def test_the_telegram_is_read_as_if_the_print_were_not_there(restorer: Restorer) -> None:
    found = restorer.restore(Source.of_text(PAGE))
    assert "MINISTER OF INTERIOR" in found.lines[4]
    assert found.lines[4] == found.lines[4].upper()
    assert found.noise.lines[4] > 0
    assert [word.span.start for word in found.words] == sorted(word.span.start for word in found.words)


def test_a_line_in_which_something_is_decided_is_left_to_the_page(restorer: Restorer) -> None:
    at = PAGE.index("offlce")
    step = Step.of("a person", "1")
    edit = Edit(
        span=Span(at, at + 6),
        before="offlce",
        after="office",
        reason=Reason(ground=Ground.DECISION),
        step=step,
    )
    found = restorer.restore(Source.of_text(PAGE), decisions=(edit,))
    assert "Reproduction by other" not in found.lines[1]
    assert "This document must not be removed" in found.lines[7]


def test_which_lines_are_print(restorer: Restorer) -> None:
    assert print_lines(WorkingCopy(Source.of_text(PAGE), restorer.vocabulary)) == [1, 7]
    assert print_lines(WorkingCopy(Source.of_text(LEGEND), restorer.vocabulary)) == []
    kept = alone(Source.of_text(PAGE), [1])
    assert len(kept.text) == len(PAGE)
    assert kept.text.split() == LEGEND.split()
