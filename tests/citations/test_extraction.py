"""What a telegram refers to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from septel.citations import Reference, ReferenceKind, reference_from_json, references
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


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("SEE STATE 111, 112 AND 113.", ["STATE 111", "STATE 112", "STATE 113"]),
        ("SEE LA PAZ 1234 AND 500 TONS.", ["LA PAZ 1234"]),
        ("AS IN REFS A AND B.", ["REF A", "REF B"]),
        ("AS IN REF (C), (D) AND (E).", ["REF C", "REF D", "REF E"]),
        ("PER REFTEL, I CALLED.", ["REFTEL"]),
        ("OUR 120 OFFICERS READ OUR 120.", ["OURTEL 120"]),
        ("EMBASSY TELEGRAM 2601 AND DEPARTMENT'S 246 REFER.", ["EMBTEL 2601", "DEPTEL 246"]),
        ("RE PALESTINE\u2014MYTELS 393 AND 394. REDEPTEL 7.", ["MYTEL 393", "MYTEL 394", "DEPTEL 7"]),
        ("MY 485 NO PROGRESS MADE, YOUR 12 MEN.", ["MYTEL 485"]),
        ("PARIS 123 IS THIS ONE.", []),
        ("1975STATE195297 REFERS.", ["STATE 195297"]),
        ("THE A-4 AND A-37 FLEW; A-4 OF MAY 3, 1974 TELLS.", ["A-4"]),
        ("AT 121835Z HE LEFT.", []),
        ("DEPARTMENT CIRCULAR 777 REFERS.", ["DEPCIRTEL 777"]),
        ("DEPT'S A-3164 OF APRIL 19.", ["STATE A-3164"]),
        (
            "Embtel 461, Saigon 4985 and Deptels 7 and 8.",
            ["EMBTEL 461", "SAIGON 4985", "DEPTEL 7", "DEPTEL 8"],
        ),
    ],
)
def test_lists_pronouns_and_traps(sentence: str, told: list[str]) -> None:
    assert [reference.normal for reference in in_text(sentence)] == told


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("PARAS. 3.A.2., 3.A.3., AND 3.C.1. OF REFTEL.", ("3.A.2", "3.A.3", "3.C.1")),
        ("PARA FOUR OF MOSCOW 4321.", ("4",)),
        ("PARA 1(D) OF REF B.", ("1.D",)),
        ("REFTEL PARA 4 SAYS.", ("4",)),
        ("REFTEL. PARA 4 BELOW.", ()),
        ("REF C, PARA 2, IS CLEAR.", ("2",)),
    ],
)
def test_paragraphs_of_the_other_document(sentence: str, parts: tuple[str, ...]) -> None:
    (reference,) = in_text(sentence)
    assert reference.parts == parts


@pytest.mark.parametrize(
    ("line", "dated", "year"),
    [
        ("LA PAZ 1579 OF 11/30/78", "1978-11-30", 1978),
        ("78 LA PAZ 1579", None, 1978),
        ("STATE A4683 OF JUNE 10", "--06-10", None),
        ("STATE 207984 DTD 310241Z AUG 77", "1977-08-31", 1977),
        ("STATE 131738 (MAY 24, 1978)", "1978-05-24", 1978),
        ("LA PAZ 4350 JULY 1973", "1973-07", 1973),
    ],
)
def test_dates_given_with_a_reference(line: str, dated: str | None, year: int | None) -> None:
    text = f"UNCLAS LA PAZ 123\n\nSUBJECT: TIN\nREF: {line}\n\n1. NOTHING.\nSMITH\n"
    (reference,) = [r for r in found(text) if r.paragraph == "heading"]
    assert (reference.dated, reference.year) == (dated, year)


def test_a_reference_is_the_same_when_read_back() -> None:
    for reference in found(ELECTRONIC):
        data = TypeAdapter(Reference).dump_python(reference, mode="json")
        assert reference_from_json(json.loads(json.dumps(data))) == reference


def test_words_for_parties_mean_the_posts_of_the_addresses() -> None:
    head = "R 092108Z JAN 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC 1893\n\nUNCLAS LA PAZ 172\n\n"
    told = {
        r.normal: r.post
        for r in found(head + "1. SEE DEPTEL 5, EMBTEL 6, YOUR 7777 AND MYTEL 8.\n\n2. END.\nSMITH\n")
    }
    assert told == {"DEPTEL 5": "STATE", "EMBTEL 6": "LA PAZ", "URTEL 7777": "STATE", "MYTEL 8": "LA PAZ"}


@given(st.text(alphabet="ABREFTSLP 0123456789.,()-'/Z\n", max_size=120))
def test_any_text_can_be_searched(text: str) -> None:
    for reference in found(HEAD + "1. " + text):
        assert reference.locus.span.end <= len(HEAD) + 3 + len(text)
        assert reference.raw.strip()
