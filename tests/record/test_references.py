"""What a telegram refers to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.record import Reference, ReferenceKind, references
from septel.telegram import parse
from septel.text import Reading, Source
from tests.telegram.samples import ELECTRONIC, TWO_SECTIONS

HEAD = "UNCLAS PARIS 123\n\n"


def found(text: str) -> tuple[Reference, ...]:
    reading = Reading.of(Source.of_text(text))
    return references(parse(reading), reading)


def in_text(sentence: str) -> tuple[Reference, ...]:
    return found(f"{HEAD}1. {sentence}\n\n2. END.\nSMITH\n")


def test_the_reference_line_comes_first_with_its_letters() -> None:
    heading = [r for r in found(ELECTRONIC) if r.paragraph == "heading"]
    assert [(r.kind, r.letter, r.normal) for r in heading] == [
        (ReferenceKind.TELEGRAM, "A", "LA PAZ 4001"),
        (ReferenceKind.TELEGRAM, "B", "STATE 111222"),
        (ReferenceKind.AIRGRAM, "C", "A-150"),
    ]
    assert heading[2].year == 1974


def test_references_in_the_text_know_their_paragraph() -> None:
    inside = [r for r in found(ELECTRONIC) if r.paragraph == "1"]
    assert [(r.kind, r.normal) for r in inside] == [
        (ReferenceKind.REFTEL, "REF A"),
        (ReferenceKind.TELEGRAM, "LA PAZ 3999"),
        (ReferenceKind.REFTEL, "REFTEL"),
    ]
    assert inside[1].not_to_all
    assert inside[2].parts == ("4",)


def test_series_and_septel() -> None:
    told = [(r.kind, r.normal, r.paragraph) for r in found(TWO_SECTIONS)]
    assert told == [(ReferenceKind.SERIES, "TOSALT 009", "1"), (ReferenceKind.SEPARATE, "SEPTEL", "2")]


@pytest.mark.parametrize(
    ("sentence", "kind", "normal"),
    [
        ("YOUR DEPTEL 417 IS CLEAR.", ReferenceKind.BY_PARTY, "DEPTEL 417"),
        ("EMBTEL REPORTED THIS.", ReferenceKind.BY_PARTY, "EMBTEL"),
        ("SEE USCINCRED 311345Z MAY 73 FOR MORE.", ReferenceKind.BY_TIME, "SEE USCINCRED 311345Z MAY 73"),
        ("AS GIVEN IN MOSCOW 4321, NOTAL.", ReferenceKind.TELEGRAM, "MOSCOW 4321"),
        ("TABLE III OF A-228 SHOWS IT.", ReferenceKind.AIRGRAM, "A-228"),
        ("SECTO 10373 ARRIVED.", ReferenceKind.SERIES, "SECTO 10373"),
        ("PARA 7 REF A IS WRONG.", ReferenceKind.REFTEL, "REF A"),
    ],
)
def test_each_form_has_its_normal_form(sentence: str, kind: ReferenceKind, normal: str) -> None:
    (reference,) = in_text(sentence)
    assert (reference.kind, reference.normal.removeprefix("SEE ")) == (kind, normal.removeprefix("SEE "))
    assert reference.paragraph == "1"


@pytest.mark.parametrize(
    "sentence", ["IN PARIS 1973 WAS QUIET.", "HE LEFT BONN 12 DAYS AGO.", "F-5 AIRCRAFT CAME."]
)
def test_places_with_figures_are_no_references(sentence: str) -> None:
    assert in_text(sentence) == ()


def test_a_reference_over_a_line_end_is_one() -> None:
    (reference,) = in_text("THE MINISTER HAD SEEN WHAT WE SAID IN BUENOS\nAIRES 4512 AND LIKED IT.")
    assert reference.normal == "BUENOS AIRES 4512"


@given(
    st.integers(100, 1899).filter(lambda n: not 1940 <= n <= 1985),
    st.sampled_from(["MOSCOW", "LA PAZ", "BONN"]),
)
def test_the_locus_is_the_place(number: int, post: str) -> None:
    text = f"{HEAD}1. WE ANSWERED {post} {number} TODAY.\n\n2. END.\nSMITH\n"
    (reference,) = found(text)
    assert reference.locus.span.of(text) == f"{post} {number}"


def test_the_real_telegram(shared: Path) -> None:
    text = (shared / "seed" / "helsinki-1321.ocr.txt").read_text(encoding="utf-8")
    told = {(r.normal, r.paragraph) for r in found(text)}
    assert {("TOSALT 005", "1"), ("SEPTEL", "3")} <= told
