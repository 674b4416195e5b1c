"""Pages without heads: what goes on, and what is a paper by itself."""

from __future__ import annotations

from septel.papers import PaperKind, runs_of
from septel.papers.cohesion import PageLook, looks
from septel.papers.pages import FilePages
from septel.papers.signs import signs_of
from septel.papers.starts import start_probability

PROSE = (
    "SECRET\n"
    "12 May 1964\n"
    "MEMORANDUM FOR THE RECORD\n"
    "SUBJECT: Meeting with the source on Friday\n"
    + "The source came to the apartment shortly after nine and spoke for hours of the embassy, its men\n"
    "and their habits, the couriers that come from the capital each month and where they are housed\n"
    * 8
    + "He believed that the officer named in the earlier report would leave before the end of the\n"
)
NEXT = (
    "month and that his place would be taken by a younger man from the courier service of the embassy, who\n"
    + "had been at the apartment twice and knew him by another name, which he gave; officers of the embassy\n"
    * 8
)
RECEIPT = (
    "Received from R. Brown\n$1,923.75\nCashier's Check No. 376163\n"
    "1,923.75 plus 64.20 = 1,987.95\n17 December 64\n"
)
FORM = (
    "SECRET\n(When Filled In)\n"
    + "".join(
        f"{n}. {label}\n"
        for n, label in enumerate(("NAME", "DATE OF BIRTH", "OFFICE", "GRADE", "SERIAL NO", "TITLE"), 1)
    )
    * 3
    + "FORM NO. 1150\n"
)


def _look(text: str) -> PageLook:
    return PageLook(text, signs_of([text]))


def test_a_sentence_that_goes_over_holds_two_pages_together() -> None:
    file = FilePages([[PROSE], [NEXT]], "cia"), FilePages([[PROSE], [RECEIPT]], "cia")
    told, other = (
        start_probability(one.looks_of_start(1, PaperKind.MEMORANDUM, one.looks[0].telling, frozenset()))
        for one in file
    )
    assert told < 0.2 < 0.5 < other


def test_receipts_and_forms_behind_a_memorandum_are_papers_of_their_own() -> None:
    runs = runs_of([[PROSE], [NEXT], [RECEIPT], [FORM]], agency="cia")
    assert [(run.first, run.last) for run in runs] == [(0, 1), (2, 2), (3, 3)]
    assert runs[-1].kind is PaperKind.FORM


def test_looks_are_numbers_of_the_pages_themselves() -> None:
    found = looks(_look(PROSE).telling, _look(PROSE), _look(NEXT), PaperKind.MEMORANDUM, 20)
    assert found["sentence goes over"] == 1.0
    assert found["begins small"] == 1.0
    assert 0.2 < found["words shared"] <= 1.0
    assert found["behind memorandum"] == 1.0
