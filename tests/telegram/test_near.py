"""Lines of worn copies that are known by their parts; all lines are made up in the manner of the period."""

from __future__ import annotations

import pytest

from septel.lexicon import Lexicon
from septel.telegram import hints_of, near, parse
from septel.text import Edit, Ground, Reading, Reason, Source, Span, Step

LEXICON = Lexicon.shipped()

WORN = """\
LIMITED OFFICIAL’-USE
PAGE O1 LA PAZ 04112 0222282
71 .
AG:ICN ARA-2O
INFO OCT-O1 ISO-00 AID-2O EB-11 L-O3 /O55 W
~----------------.--- 003317
R 0221252 JUN 74 . 7
Fu AMEMBASSY LA PAZ °
* To SECSPATE WASHDC 3311
INFO AMEMBASSY BUENOS AIRES ;
“LIM TED CFFICIAL USE La& PAZ 4112
g.0. 11652: N/A °
TAGS: EAID, BL ee
SUB.; FLOUR SHIPMENTS
REF: STATE 111222
ON JUNE 1 THE MINISTER ASKED FOR FLOUR.
1. MINISTER CALLED AGAIN. -
2. HE LEFT. .
STEDMA"! .
LIMITED OFFICIAL USE
NNN .
"""


@pytest.mark.parametrize(
    ("line", "page", "serials"),
    [
        ("PAGE O1 LA PAZ 01221 281712z", 1, ("1221",)),
        ("“PAGE Ol LA PAZ 02117 0601112", 1, ("2117",)),
        ("PAGE 02 LA PAZ 0:760 2215462", 2, ()),
    ],
)
def test_a_page_head_is_read_through_look_alikes(line: str, page: int, serials: tuple[str, ...]) -> None:
    found = near.page(line, LEXICON)
    assert found is not None
    assert (found.page, found.post, found.serials) == (page, "LA PAZ", serials)


@pytest.mark.parametrize("line", ["PAGES OF THE REPORT WERE LOST IN 1974", "THE PAZ 01221", ""])
def test_prose_is_no_page_head(line: str) -> None:
    assert near.page(line, LEXICON) is None


def test_a_class_line_names_the_post_that_is_looked_for() -> None:
    found = near.class_line("CONF IS ENTIAL LA PAZ 1760", ["LA PAZ"], LEXICON)
    assert found is not None
    assert [grade.code for grade in found.grades] == ["C"]
    assert found.serials == ("1760",)
    assert near.class_line("CONF IS ENTIAL LA PAZ 1760", ["HELSINKI"], LEXICON) is None


def test_figures_that_cannot_be_read_stay_open() -> None:
    found = near.class_line("“LIMITED OFFICIAL OSS LA PAZ 3-25", ["LA PAZ"], LEXICON)
    assert found is not None and found.serials == ()


@pytest.mark.parametrize(
    ("line", "field"),
    [("AGS: BL, PFOR", "tags"), ("SUBJ; TALKS", "subject"), ("REFERENCES .LA PAZ 77", "refs")],
)
def test_labels_are_known_by_distance(line: str, field: str) -> None:
    told = near.label(line)
    assert told is not None and told[0] == field


@pytest.mark.parametrize("line", ["SUMMARY: THE MINISTER", "1. ADDRESS: CASILLA", "COMMENT: WE AGREE"])
def test_other_words_before_a_colon_are_no_label(line: str) -> None:
    assert near.label(line) is None


def test_two_equally_near_posts_are_none() -> None:
    assert near.near_post("XXXXXXXX", LEXICON) is None
    assert near.name_among(["STEDMAN"], ["STEDMAN", "STEDMAN"]) == "STEDMAN"
    assert near.name_among(["SLADMAN"], ["STADMAN", "SLEDMAN"]) is None


def test_a_worn_heading_is_read_whole() -> None:
    parsed = parse(Reading.of(Source.of_text(WORN)))
    heading = parsed.heading
    assert heading.mrn == "1974LAPAZ04112"
    assert heading.sent is not None and heading.sent.value.iso == "1974-06-02T21:25Z"
    assert heading.originator is not None and heading.originator.value.post == "LA PAZ"
    assert [(a.role, a.station.post) for a in heading.addressees] == [
        ("action", "STATE"),
        ("info", "BUENOS AIRES"),
    ]
    assert heading.classification is not None
    assert heading.classification.value == "LIMITED OFFICIAL USE"
    assert heading.tags is not None and heading.tags.value == ("EAID", "BL")
    assert heading.subject is not None and heading.subject.value == "FLOUR SHIPMENTS"
    assert [field.value for field in heading.references] == ["STATE 111222"]
    assert parsed.signature is not None
    assert (parsed.signature.value, parsed.signature.basis) == ("STEDMAN", "nearest")
    assert [p.path for p in parsed.paragraphs] == ["1", "2"]


def test_its_hints_are_what_the_form_writes() -> None:
    reading = Reading.of(Source.of_text(WORN))
    told = {hint.span.of(WORN): hint.options for hint in hints_of(parse(reading), reading)}
    assert told["PAGE O1 LA PAZ 04112"] == ("PAGE 01 LA PAZ 04112",)
    assert told["0221252"] == ("022125Z",)
    assert told["Fu AMEMBASSY LA PAZ"] == ("FM AMEMBASSY LA PAZ",)
    assert told["EAID"] == ("EAID",)
    assert told['STEDMA"! .'] == ("STEDMAN",)


def test_two_numbers_with_equal_votes_both_stay() -> None:
    text = WORN.replace("La& PAZ 4112", "La& PAZ 4172")
    number = parse(Reading.of(Source.of_text(text))).heading.number
    assert number is not None
    assert {number.value.serial, *(other.serial for other in number.alternatives)} == {4112, 4172}


def test_codes_that_a_restorer_took_for_words_are_read_from_the_source() -> None:
    source = Source.of_text(WORN)
    at = source.text.index("EAID, BL")
    edit = Edit(
        span=Span(at, at + 8),
        before="EAID, BL",
        after="LAID, BUT",
        reason=Reason(ground=Ground.LANGUAGE),
        step=Step.of("test", "1"),
    )
    tags = parse(Reading.of(source, [edit])).heading.tags
    assert tags is not None and tags.value == ("EAID", "BL")
    assert tags.locus.span.of(source.text).startswith("EAID, BL")


def test_a_text_read_from_an_image_is_taken_as_noisy_however_clean_it_looks() -> None:
    text = "FM AMEMBASSY PARIS\nTO SECSTATE WASHDC\nUNCLAS PARIS 12 .\nSUBJ: TALKS\n1. ONE.\n"
    plain = Source.of_text(text)
    seen = Source(name="x", digest=plain.digest, text=text, step=Step.of("engine", "1"))
    number = parse(Reading.of(seen)).heading.number
    assert number is not None and number.value.serial == 12
