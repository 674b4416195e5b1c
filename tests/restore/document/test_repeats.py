"""What a document says again and again: garbles of it, and what is none."""

from __future__ import annotations

import pytest

from septel.restore import Restorer
from septel.restore.document.repeats import repeated_phrases
from septel.restore.document.working_copy import WorkingCopy
from septel.text import Ground, Source, State

PAGE = "Gemini 4, Houston CAP COM. Go.\nGemini 4, Guaymas CAP COM. Go.\nGemini 4, go.\n"


def _found(text: str) -> list[tuple[str, str]]:
    source = Source.of_text(text)
    standing = WorkingCopy(source, Restorer.load().vocabulary)
    return [(one.span.of(text), one.text) for one in repeated_phrases(standing)]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Canary CAP COM_ Over.", [("COM_", "COM.")]),
        ("Canary CAP C0_ Over.", [("C0_", "COM.")]),
        ("Canary CAP C0M, over.", [("C0M,", "COM,")]),
        ("Gemini _, Hawaii.", [("_,", "4,")]),
        ("Gemini h, Hawaii.", [("h,", "4,")]),
    ],
)
def test_a_garble_is_read_as_what_always_stands_there(line: str, read: list[tuple[str, str]]) -> None:
    assert _found(PAGE + line) == read


@pytest.mark.parametrize(
    "line",
    [
        "Gemini 7, Hawaii.",
        "Canary CAP COME and see.",
        "Take off the CAP. C0M is gone.",
        "Canary CAP QZX. Over.",
        "Gemini program.",
    ],
)
def test_other_words_and_other_figures_are_no_garbles(line: str) -> None:
    assert _found(PAGE + line) == []


def test_a_name_like_another_is_another_name() -> None:
    assert _found("I met Ambassador Gomez. Ambassador Gomez said so. Ambassador Gomes did not.") == []


def test_a_word_with_several_followers_says_nothing() -> None:
    assert _found("take CAP COM and CAP COM or CAP ONE, CAP C0M.") == []


def test_what_is_read_so_is_a_doubtful_hint() -> None:
    restoration = Restorer.load().restore(Source.of_text(PAGE + "Gemini 4, Canary CAP C0_ How me?\n"))
    word = next(word for word in restoration.words if word.text == "COM." and word.line == 4)
    assert word.state is State.DOUBTFUL
    assert word.reason.ground is Ground.HINT
    assert "after CAP 2 times" in word.reason.detail
    assert word.confidence is None


def test_pages_in_capitals_are_left_to_their_form() -> None:
    page = "REF STATE TWO.\nREF STATE ONE.\nREF STAT_ AND £MBASSY ~ | OF ©THE\n"
    found = Restorer.load().restore(Source.of_text(page))
    assert all("the document has it" not in word.reason.detail for word in found.words)
