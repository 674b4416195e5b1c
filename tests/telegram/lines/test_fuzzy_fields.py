"""Lines of worn copies that are known by their parts; all lines are made up in the manner of the period."""

from __future__ import annotations

import pytest

from septel.lexicon import Lexicon
from septel.telegram import hints_of, parse
from septel.telegram.body import signer_names as near_names
from septel.telegram.heading import labelled, worn_tags
from septel.telegram.lines import fuzzy_fields as near
from septel.telegram.lines import fuzzy_phrases as noisy
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
    ("line", "serials"),
    [
        ("LIMITED OFFICIAL USE LA PAZ 0146 M", ("146",)),
        ("LIMITED OFFICIAL USE LA PAZ 3 IE", ()),
        ("LIMITED OFFICIAL USE LA PAZ 3.0", ()),
    ],
)
def test_dirt_behind_the_number_hides_no_class_line(line: str, serials: tuple[str, ...]) -> None:
    found = near.class_line(line, ["LA PAZ"], LEXICON)
    assert found is not None and found.serials == serials
    assert (
        near.class_line(line.replace("LIMITED OFFICIAL USE", "INFO AMEMBASSY"), ["LA PAZ"], LEXICON) is None
    )


def test_a_letter_alone_behind_the_number_of_an_addressee_is_dirt() -> None:
    assert near.mended("SECSTATE WASHDC 2610 N") == "SECSTATE WASHDC 2610"
    assert near.mended("AMEMBASSY LIMA N") == "AMEMBASSY LIMA N"


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
    assert near_names.name_among(["STEDMAN"], ["STEDMAN", "STEDMAN"], share=0.4) == "STEDMAN"
    assert near_names.name_among(["SLADMAN"], ["STADMAN", "SLEDMAN"], share=0.4) is None


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


def test_a_garbled_page_head_names_the_post_that_the_from_line_names() -> None:
    text = WORN.replace("PAGE O1 LA PAZ 04112 0222282", "PAGE 01°°.A PAZ-04112 0222282 ").replace(
        "NNN .\n", "PAGE 02 .A PAZ 04112 02222\nNNN .\n"
    )
    parsed = parse(Reading.of(Source.of_text(text.replace("La& PAZ 4112", "La& PAZ 4172"))))
    assert [(head.post, head.serial) for head in parsed.pages] == [("LA PAZ", 4112)] * 2
    assert parsed.pages[0].received == "022228Z"
    number = parsed.heading.number
    assert number is not None
    assert (number.value.serial, number.alternatives) == (4112, ())  # two page heads against one class line


def test_specks_behind_a_preamble_and_a_month_with_one_wrong_sign() -> None:
    for line in ("R 0221252 JUN 74° Sey", "R 0221252 JUH 74", "P R o221252 JUN 74 . 7"):
        found = noisy.near_preamble(line, LEXICON)
        assert (found is None) == ("JUH" in line)  # JUH may be JUN or JUL
        assert found is None or found[1] == (2, 21, 25, 6, 1974)
    found = noisy.near_preamble("R 0221252 DFC 74", LEXICON)
    assert found is not None
    assert found[1][3] == 12


def test_dirt_behind_a_signature_signs_nothing() -> None:
    text = WORN.replace('STEDMA"! .\n', "STEDMAN - ;\n").replace("NNN .\n", "INH - ae\n")
    signature = parse(Reading.of(Source.of_text(text))).signature
    assert signature is not None
    assert signature.value == "STEDMAN"


def test_codes_of_a_bad_copy_are_mended_where_only_one_can_stand() -> None:
    assert worn_tags.mended_tags(("E/IN", "BL- = 3*", "= 3*"), LEXICON) == ("E/IN", "BL")
    assert worn_tags.mended_tags(("EA|D", "BL-", "(PEREZ, J)"), LEXICON) == ("EAID", "BL", "(PEREZ, J)")
    assert worn_tags.mended_tags(("EFIB",), LEXICON) == ("EFIB",)  # EFIN or EFIS


def test_an_entry_of_the_references_loses_its_specks_and_no_figure() -> None:
    assert labelled.mended_reference("P 1613397. MAR 74") == "P 161339Z MAR 74"
    assert labelled.mended_reference("STATE 124386 3") == "STATE 124386"
    assert labelled.mended_reference("LA PAZ A-236") == "LA PAZ A-236"


def test_an_addressee_loses_its_specks_and_a_short_name_is_told_by_its_letters() -> None:
    assert near.mended("AMEMBASSY BOGOTA By") == "AMEMBASSY BOGOTA"
    found = near.station("AMEMBASSY L:MA", LEXICON)
    assert found is not None
    assert found.name == "LIMA"
    assert near.station("AMEMBASSY :.MA", LEXICON) is None


def test_offices_are_read_through_the_list_and_their_copies_through_look_alikes() -> None:
    line = "INFO OCT-O1 1S0-00 AID=20 CIAF-00 XY-.."
    assert near.offices(line, LEXICON) == (("OCT", 1), ("ISO", 0), ("AID", 20), ("CIAE", 0))
    parsed = parse(Reading.of(Source.of_text(WORN)))
    assert parsed.distribution[0].sums is not None
    assert ("OCT", 1) in parsed.distribution[0].offices


def test_a_figure_of_a_label_that_was_read_as_another_is_told_by_what_follows() -> None:
    text = WORN.replace("1. MINISTER", "2. MINISTER").replace("STEDMA", "3. WE STAYED.\n4. END.\nSTEDMA")
    paragraphs = parse(Reading.of(Source.of_text(text))).paragraphs
    assert [p.path for p in paragraphs] == ["1", "2", "3", "4"]
    assert paragraphs[0].label.basis == "sequence"


def test_of_numbers_with_equal_votes_the_one_that_agrees_figure_by_figure_stands() -> None:
    text = WORN.replace("La& PAZ 4112", "La& PAZ 5112").replace(
        "NNN .\n", "PAGE 02 LA P%Z 34112 022228Z :\nNNN .\n"
    )
    number = parse(Reading.of(Source.of_text(text))).heading.number
    assert number is not None
    assert number.value.serial == 4112
    assert {other.serial for other in number.alternatives} == {5112, 34112}


def test_a_label_that_lost_its_colon_is_told_by_what_follows_it() -> None:
    assert near.bare_label("TAGSP SNAR, BL", LEXICON) == ("tags", 6)
    assert near.bare_label("REFERENCED LA PAZ 1177", LEXICON) == ("refs", 11)
    assert near.bare_label("PREF: STATE 124386", LEXICON) == ("refs", 6)
    for line in ("REFERENCE TO LA PAZ", "TAGS WERE GIVEN", "REFERS LA PAZ 1177", "BRIEF: STATE 1"):
        assert near.bare_label(line, LEXICON) is None


def test_letters_that_cling_to_a_number_are_no_part_of_it() -> None:
    assert near.mended("SECSTATE WASHDC 2610ON") == "SECSTATE WASHDC 2610"
    text = WORN.replace("“LIM TED CFFICIAL USE La& PAZ 4112", "LIMITED OFFICIAL USE LA PAZ 4112E")
    parsed = parse(Reading.of(Source.of_text(text)))
    assert parsed.heading.number is not None
    assert parsed.heading.number.value.serial == 4112
    assert len(parsed.heading.addressees) == 2


def test_a_garbled_end_of_transmission_signs_nothing() -> None:
    text = WORN.replace("NNN .\n", "NNS\n").replace('STEDMA"! .\n', "")
    assert parse(Reading.of(Source.of_text(text))).signature is None


def test_a_paragraph_that_is_nothing_but_the_summary() -> None:
    # Its number was lost: paragraph 2 would begin where the summary does, and have no line of its own.
    text = WORN[: WORN.index("ON JUNE 1")] + (
        "1. (CONFIDENTIAL ENTIRE TEXT.)\n"
        "SUMMARY: A PRINCIPAL SLOGAN OF BO IVIA'S REVOLUTION\n"
        "WAS LAND TO THE EASANTS, THE MINES TO THE STATE.\n"
        "END SUMMARY.\n"
        "3. AS IS WELL ENDWN, W. H THE EXCEPTION OF A RED MIN NTLY\n"
        "SUBSISTENCE SECTOR, THE ECONOMY IS DOMINATED BY MINING.\n"
    )
    found = parse(Reading.of(Source.of_text(text)))
    assert [one.path for one in found.paragraphs] == ["1", "3"]
    assert found.summary is not None
    assert found.summary.text.startswith("A PRINCIPAL SLOGAN")
