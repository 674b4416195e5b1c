"""Papers as a person takes a file apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.errors import UsageError
from septel.papers import PaperKind, divided, parted
from tests.papers.samples import CABLE, COVER, MEMORANDUM, MEMORANDUM_2, captured

RIF = COVER.format(number="124-10225-10195")


def test_a_person_says_where_papers_begin() -> None:
    found = captured(RIF, MEMORANDUM, MEMORANDUM_2, CABLE.format(number=75338))
    starts = [page.start for page in found.source.pages]
    parts = divided(found, [(starts[0], None), (starts[2], PaperKind.DISPATCH)])
    assert [(one.paper.kind, one.paper.pages) for one in parts] == [
        (PaperKind.COVER, (1, 2)),
        (PaperKind.DISPATCH, (3, 4)),
    ]
    assert [one.paper.why for one in parts] == [("a person said so",)] * 2
    assert "".join(one.capture.source.text for one in parts) == found.source.text
    # What stays as it was keeps its id, so that what persons decided about it stays with it.
    assert divided(found, [(at, None) for at in starts])[3].id == parted(found)[2].id
    (whole,) = divided(found, [(0, PaperKind.OTHER)])
    assert whole.id == found.source.id
    for wrong in ([(starts[1] + 1, None)], [(10**9, None)], []):
        with pytest.raises(UsageError):
            divided(found, wrong)


@given(st.sets(st.integers(min_value=0, max_value=3)))
def test_any_division_loses_nothing(chosen: set[int]) -> None:
    found = captured(RIF, MEMORANDUM, MEMORANDUM_2, CABLE.format(number=75338))
    starts = [found.source.pages[n].start for n in sorted({0, *chosen})]
    parts = divided(found, [(at, None) for at in starts])
    assert "".join(one.capture.source.text for one in parts) == found.source.text
    assert [one.paper.number for one in parts] == list(range(1, len(parts) + 1))
