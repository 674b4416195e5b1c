"""Passages that cite nothing are told by their words: none is turned away that the scanner finds any in."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from septel.citations.extraction.candidates import may_cite
from septel.citations.extraction.context import ReferenceContext
from septel.citations.extraction.scanner import _Scanner
from septel.citations.extraction.words import TOKEN, tokens_of
from septel.text import JoinedLines, Reading, Source

WORDS = (
    *(
        "STATE",
        "LA",
        "PAZ",
        "LAPAZ",
        "BONN'S",
        "BONN,",
        "USUN",
        "DEPT",
        "EMBASSY'S",
        "DEPARTMENT",
        "YOUR",
        "OUR",
    ),
    *("REF", "REFS", "REFTEL", "(REFTEL)", "SEPTEL.", "SEPTELA", "DEPTEL", "EMBTELS", "REURTEL", "CIRCULAR"),
    *(
        "DESPATCH",
        "TEL",
        "TELEGRAM",
        "NO.",
        "NR",
        "A",
        "B",
        "A-228",
        "CA-12",
        "A37",
        "TOSEC",
        "S ECTO",
        "LIPTO",
    ),
    *("158", "00158", "#12", "1135.", "1973", "131738", "131738Z", "MAY", "78", "1974LAPAZ00158", "BONN123"),
    *("--", "(", "AND", "THE", "OFFICERS", "IN", "CONFERENCE", "CALL", "10.5", "25TH", "1.", "é1"),
)
SERIES = ("LIPTO",)


def strip_of(text: str, paragraph: str = "1") -> JoinedLines:
    reading = Reading.of(Source.of_text(text))
    return JoinedLines.of(reading, range(1, reading.source.line_count + 1), paragraph)


def mentions(strip: JoinedLines) -> int:
    """How many a full reading finds."""
    scanner = _Scanner(ReferenceContext.of(strip))
    scanner.series(SERIES)
    scanner.run()
    return len(scanner.found)


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", "  ", "\n", "\t"]))
@example(["STATE", "TELEGRAM", "158"], " ")
@example(["OUR", "--", "1135."], " ")
@example(["LA", "PAZ", "(", "158"], " ")
def test_nothing_is_turned_away_that_cites(words: list[str], between: str) -> None:
    strip = strip_of(between.join(words))
    if not may_cite(strip, SERIES):
        assert not mentions(strip)


@pytest.mark.parametrize(
    "text",
    [
        "1. TALKS BEGAN IN MAY 1973 WITH 12 DELEGATES.",
        "THE 1973 PROGRAM COST 10.5 PERCENT MORE THAN IN 1972.",
        "THE CONFERENCE CALLED ON THE 25TH. HE WILL TELL US.",
    ],
)
def test_figures_alone_cite_nothing(text: str) -> None:
    assert not may_cite(strip_of(text), ())


def test_a_reference_line_is_always_read() -> None:
    assert may_cite(strip_of("REF: ASGABAT 1234", "heading"), ())


@given(st.text("ABCDSTEL1234 \n\t.,-(\u2013\u2014\u2009é", max_size=24))
@example("TO STATE1234 AND A\u2014B")
def test_words_are_parted_the_quick_way_only_where_it_is_the_same(text: str) -> None:
    assert tokens_of(text) == TOKEN.findall(text)
