"""What a person types is what it is seen to be."""

from __future__ import annotations

import pytest

from septel.errors import UsageError
from septel.text import check_line, check_typed, typed_fault

BAD = ("A\nB", "A\rB", "A\u2028B", "A\x1b[31m", "A\u202eB", "STOCKS[?].", "A […4] B", "A [...] B")


@pytest.mark.parametrize("text", BAD)
def test_no_line_holds_ends_controls_or_marks_of_doubt(text: str) -> None:
    assert typed_fault(text)
    with pytest.raises(UsageError):
        check_line(text, "a reading")


def test_a_mark_that_the_source_has_is_its_own() -> None:
    assert not typed_fault("STOCKS[?]", there="ST0CKS[?]")
    assert typed_fault("STOCKS […3]", there="ST0CKS[?]")


@pytest.mark.parametrize("text", ["A\nB", "why [?] stands there", "plain"])
def test_notes_and_reasons_may_have_lines_and_speak_of_marks(text: str) -> None:
    check_typed(text, "a note")
