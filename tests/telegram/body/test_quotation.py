"""Quotations, quoted telegrams, excisions, downgrading groups, and places that can't be read."""

from __future__ import annotations

import pytest

from septel.telegram import Telegram, parse, to_text
from septel.text import Edit, Ground, Reading, Reason, Source, Span, Step

REPEATED = """\
P R 012345Z NOV 69
FM SECSTATE WASHDC
TO AMEMBASSY HELSINKI PRIORITY

S E C R E T STATE 180001

SUBJECT: REPETITION

1. FOLLOWING TELEGRAM FROM MOSCOW IS REPEATED FOR YOUR INFORMATION: QUOTE
R 311200Z OCT 69
FM AMEMBASSY MOSCOW
TO SECSTATE WASHDC 1234
INFO AMEMBASSY LONDON

C O N F I D E N T I A L MOSCOW 5678

SUBJECT: TALKS

1. THE MINISTER SAID QUOTE NO UNQUOTE TO ME.

2. HE LEFT EARLY.
BEAM
UNQUOTE

2. PLEASE COMMENT.

GP-3.
ROGERS
"""


def telegram(text: str) -> Telegram:
    return parse(Reading.of(Source.of_text(text)))


def test_a_telegram_quoted_whole_is_read_with_its_own_heading() -> None:
    parsed = telegram(REPEATED)
    outer, inner = parsed.quotations
    assert outer.telegram is not None and inner.telegram is None
    assert (inner.text, inner.paragraph) == ("NO", "1")
    quoted = outer.telegram
    assert quoted.heading.mrn == "1969MOSCOW05678"
    assert [p.path for p in quoted.paragraphs] == ["1", "2"]
    assert quoted.signature is not None and quoted.signature.value == "BEAM"
    assert parsed.heading.mrn == "1969STATE180001"
    assert [p.path for p in parsed.paragraphs] == ["1", "2"]
    assert len(parsed.sections) == 1
    assert len(parsed.places) == REPEATED.count("\n")


def test_a_next_section_within_a_quotation_is_the_telegrams_own() -> None:
    text = (
        "S E C R E T SECTION 1 OF 2 PARIS 77\n\n1. TEXT IS: QUOTE\nTHE FIRST PART\n"
        "S E C R E T SECTION 2 OF 2 PARIS 77\n\nAND THE SECOND UNQUOTE.\n\n2. END.\nSMITH\n"
    )
    parsed = telegram(text)
    assert [(s.n, s.of) for s in parsed.sections] == [(1, 2), (2, 2)]
    assert [q.closed for q in parsed.quotations] == [True]


def test_the_downgrading_group_is_no_text() -> None:
    parsed = telegram(REPEATED)
    assert parsed.downgrading is not None and parsed.downgrading.value == "GP-3"
    last = parsed.paragraph("2")
    assert last is not None and last.text == "PLEASE COMMENT."
    assert "GP-3" in to_text(parsed)


@pytest.mark.parametrize(
    ("mark", "unit", "amount", "less", "authority"),
    [
        ("[less than 1 line not declassified]", "line", 1, True, None),
        ("[2 paragraphs (7 lines) of source text not declassified]", "paragraph", 2, False, None),
        ("[name not declassified]", "name", None, False, None),
        ("(3 lines excised) (b)(1)", "line", 3, False, "(b)(1)"),
        ("[      ] 25X1", "", None, False, "25X1"),
        ("██████", "character", 6, False, None),
    ],
)
def test_an_excision_says_what_its_mark_says(
    mark: str, unit: str, amount: int | None, less: bool, authority: str | None
) -> None:
    (found,) = telegram(f"SECRET PARIS 12\n\n1. HE SAID {mark} TO US.\nSMITH\n").excisions
    assert (found.unit, found.amount, found.less, found.authority) == (unit, amount, less, authority)


def test_brackets_around_words_are_no_excision() -> None:
    assert telegram("SECRET PARIS 12\n\n1. HE [SIC] SAID (THREE LINES) SO.\nSMITH\n").excisions == ()


def test_what_cannot_be_read_is_marked_in_running_text() -> None:
    source = Source.of_text("UNCLAS PARIS 12\n\n1. THE DOWN XXXX OF THE RACE.\n\n2. NEXT YY ZZ\nSMITH\n")
    edits = []
    for seen in ("XXXX", "YY", "ZZ"):
        at = source.text.index(seen)
        edits.append(
            Edit(
                span=Span(at, at + len(seen)),
                before=seen,
                after="",
                reason=Reason(ground=Ground.CHANNEL),
                step=Step.of("test", "1"),
                unreadable=True,
            )
        )
    parsed = parse(Reading.of(source, edits))
    assert [p.text for p in parsed.paragraphs] == ["THE DOWN […] OF THE RACE.", "NEXT […]"]
