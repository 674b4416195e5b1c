"""Faults of clean grammar that held-back telegrams showed: each kind with what is right."""

from __future__ import annotations

import pytest

from septel.telegram import Telegram, parse
from septel.text import Reading, Source

TEXT = """CONFIDENTIAL


PAGE 01  LA PAZ 05188  121500Z


45
ACTION ARA-10


INFO  OCT-01  ISO-00  /011 W
                     --------------------- 053186
{dtg}
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC 5514
INFO AMEMBASSY LIMA
{gap}{classed}


E.O. 11652: GDS
TAGS: EFIN, BL
{subject}
{reference}

{body}
CONFIDENTIAL


NNN
"""
PARAGRAPHS = "1. MINISTER SAID SO.\n\n2. AND SO ON.\nSTEDMAN\n"


def read(
    *,
    dtg: str = "P 121400Z AUG 74",
    classed: str = "C O N F I D E N T I A L LA PAZ 5188",
    subject: str = "SUBJ: LOAN FOR ROADS",
    reference: str = "REF: LA PAZ 4777",
    body: str = PARAGRAPHS,
    gap: str = "\n\n",
) -> Telegram:
    text = TEXT.format(dtg=dtg, classed=classed, subject=subject, reference=reference, body=body, gap=gap)
    return parse(Reading.of(Source.of_text(text)))


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        ("SUBJ: SALES OF TIN FROM U.S.\nSTRATEGIC RESERVES", "SALES OF TIN FROM U.S. STRATEGIC RESERVES"),
        ("SUBJ: VISIT OF DR.\nPEREDA TO WASHINGTON", "VISIT OF DR. PEREDA TO WASHINGTON"),
        ("SUBJ: CLAIM OF GULF OIL CORP.\nAND ITS FRIENDS", "CLAIM OF GULF OIL CORP. AND ITS FRIENDS"),
        ("SUBJ: LOAN FOR ROADS.\nTHE MINISTER SAID THAT HE WAS ILL.", "LOAN FOR ROADS."),
    ],
)
def test_a_stop_that_ends_an_abbreviation_ends_no_subject(lines: str, subject: str) -> None:
    found = read(subject=lines).heading
    assert found.subject is not None
    assert found.subject.value == subject


@pytest.mark.parametrize("label", ["XIBJ", "USBJ", "SUBM", "SIBJ", "UBJ", "SUBJEXT"])
def test_a_garbled_label_is_known_by_its_place(label: str) -> None:
    found = read(subject=f"{label}: LOAN FOR ROADS").heading
    assert found.subject is not None
    assert found.subject.value == "LOAN FOR ROADS"
    assert [field.value for field in found.references] == ["LA PAZ 4777"]


@pytest.mark.parametrize("label", ["RFE", "REG", "REFF", "REFTE"])
def test_a_garbled_reference_label_too(label: str) -> None:
    assert [field.value for field in read(reference=f"{label}: LA PAZ 4777").heading.references] == [
        "LA PAZ 4777"
    ]


@pytest.mark.parametrize("label", ["NOTE", "TEXT", "PART"])
def test_other_words_are_no_labels(label: str) -> None:
    found = read(subject=f"SUBJ: LOAN FOR ROADS\n{label}: SECRET THINGS ARE SAID BELOW").heading
    assert not [field for field in found.references if "SECRET" in field.value]


@pytest.mark.parametrize("year", ["74R", "74", "74.", "7 4X", "1974", "74ZFF-4"])
def test_a_sign_that_clings_to_the_year_takes_nothing_from_it(year: str) -> None:
    sent = read(dtg=f"P 121400Z AUG {year}").heading.sent
    assert sent is not None
    assert sent.value.iso == "1974-08-12T14:00Z"


@pytest.mark.parametrize(
    "classed",
    [
        "C O N F I D * N T I A L LA PAZ 5188",
        "C C N F I D E N T I A L LA PAZ 5188",
        "X O N F I D E N T I A L LA PAZ 5188",
        "L IMITED OFFICIAL USE LA PAZ 5188",
        "LIMITED OFFICIAL USR LA PAZ 5188",
        "UNCLQS LA PAZ 5188",
        "S E C R E R LA PAZ 5188",
        "C O N F I D E N T I A L SECTION X OF 2 LA PAZ 5188",
        "C O N F I D E N T I A L LA PAZ 51X8",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n", "\n\n\n"])
def test_a_garbled_class_line_is_no_addressee(classed: str, gap: str) -> None:
    found = read(classed=classed, gap=gap).heading
    assert [one.station.name for one in found.addressees] == ["SECSTATE WASHDC", "AMEMBASSY LIMA"]
    assert found.number is not None
    assert found.number.value.serial == 5188
    assert found.subject is not None


@pytest.mark.parametrize(
    ("dtg", "iso"),
    [
        ("P 311400Z FEB 74", "---31T14:00Z"),
        ("P 311400Z JUN 74", "---31T14:00Z"),
        ("P 001400Z JUN 74", "---00T14:00Z"),
        ("P 111400Z FEB 00", "-02-11T14:00Z"),
        ("P 291400Z FEB 75", "---29T14:00Z"),
    ],
)
def test_what_is_no_date_is_left_open_and_said_so(dtg: str, iso: str) -> None:
    found = read(dtg=dtg)
    assert found.heading.sent is not None
    assert found.heading.sent.value.iso == iso
    assert found.heading.sent.value.year is None
    assert any("no date of the calendar" in fault.what for fault in found.faults)


def test_a_caption_in_the_text_is_text() -> None:
    found = read(body="STADIS\n\n" + PARAGRAPHS)
    assert found.heading.captions == ()
    assert found.opening is not None
    assert found.opening.text == "STADIS"


QUOTED = """{before}
QUOTE
C O N F I D E N T I A L LIMA 6000
E.O. 11652: GDS
TAGS: EFIN, PE
SUBJ: ROADS
1. PERUVIANS AGREE.
2. THE TALKS WENT ON WELL TODAY AND MAY END.
{end}
"""


@pytest.mark.parametrize(
    "end",
    [
        "DEAN\nUNQUOTE\nSTEDMAN", "DEAN UNQUOTE\nSTEDMAN", "DEAN UNQUOTE STEDMAN", "DEAN\nUNQTE\nSTEDMAN",
        "DEAN UNQTE\nSTEDMAN", "DEAN\nUNQUOTE STEDMAN", "DEAN\nUNQUOTE. STEDMAN", "DEAN\nEND QUOTE\nSTEDMAN",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["1. FOLLOWING IS FOR YOUR INFO:", "FOLLOWING TEL SENT ACTION LIMA:"])
def test_a_quoted_telegram_has_its_own_signature(end: str, before: str) -> None:
    found = read(body=QUOTED.format(before=before, end=end))
    assert found.signature is not None
    assert found.signature.value == "STEDMAN"
    inner = found.quotations[0].telegram
    assert inner is not None
    assert inner.heading.number is not None
    assert inner.heading.number.value.serial == 6000
    assert inner.signature is not None
    assert inner.signature.value == "DEAN"
