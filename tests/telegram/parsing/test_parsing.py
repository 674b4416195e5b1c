"""Clean telegrams of two eras, read whole."""

from __future__ import annotations

import pytest

from septel.telegram import Layer, SeriesNumber, Telegram, parse
from septel.text import Reading, Source
from tests.telegram.samples import ELECTRONIC, TWO_SECTIONS


def telegram(text: str) -> Telegram:
    return parse(Reading.of(Source.of_text(text)))


@pytest.fixture(scope="module")
def two() -> Telegram:
    return telegram(TWO_SECTIONS)


@pytest.fixture(scope="module")
def electronic() -> Telegram:
    return telegram(ELECTRONIC)


def test_the_class_line_of_the_second_section_gives_grade_and_number(two: Telegram) -> None:
    heading = two.heading
    assert heading.classification and heading.classification.value == "SECRET"
    assert heading.number and (heading.number.value.post, heading.number.value.serial) == ("HELSINKI", 1388)
    assert [(s.n, s.of) for s in two.sections] == [(1, 2), (2, 2)]


def test_what_stands_in_every_section_is_told_once(two: Telegram) -> None:
    assert [c.value for c in two.heading.captions] == ["EXDIS"]
    assert [s.value for s in two.heading.series] == [
        SeriesNumber(series="SALTO", number="027", direction="from")
    ]
    (instruction,) = two.heading.passing
    assert instruction.who == "DEPT"
    assert [s.post for s in instruction.to] == ["NATO", "MOSCOW"]
    assert (instruction.role, instruction.precedence) == ("info", "ROUTINE")


def test_a_paragraph_runs_over_page_and_section(two: Telegram) -> None:
    assert [p.path for p in two.paragraphs] == ["1", "2", "2.A", "2.B", "2.C", "3", "4"]
    running = two.paragraph("2.B")
    assert running is not None
    assert running.text == "BOTH SIDES SHOULD AVOID EXTRANEOUS ISSUES."
    assert len(running.loci) == 2


def test_a_word_divided_at_the_line_end_is_whole_in_the_text(two: Telegram) -> None:
    paragraph = two.paragraph("2.A")
    assert paragraph is not None
    assert paragraph.text.endswith("BEFORE ANY COMMITMENT IS DISCUSSED.")


def test_a_later_unclassified_is_a_release_and_not_the_grade(two: Telegram) -> None:
    assert [m.value for m in two.releases] == ["UNCLASSIFIED", "UNCLASSIFIED"]
    assert two.markings == ()
    assert len(two.footers) == 2


def test_summary_comment_and_signature(two: Telegram) -> None:
    assert two.summary and two.summary.closed and two.summary.text.startswith("AT A SHORT MEETING")
    assert two.comment and two.comment.paragraph == "3" and not two.comment.closed
    assert "REPORT AGAIN" in two.comment.text
    assert two.signature and two.signature.value == "SMITH"


def test_the_electronic_heading(electronic: Telegram) -> None:
    heading = electronic.heading
    assert heading.mrn == "1974LAPAZ04112"
    assert heading.originator and heading.originator.value.post == "LA PAZ"
    assert heading.sent and heading.sent.value.iso == "1974-06-02T21:25Z"
    assert heading.precedence and heading.precedence.value == ("IMMEDIATE", "ROUTINE")
    assert heading.classification and heading.classification.value == "CONFIDENTIAL"
    assert [c.value for c in heading.captions] == ["LIMDIS"]
    assert heading.tags and heading.tags.value == ("EAID", "BL", "(PEREZ, JUAN)")
    assert heading.executive_order and heading.executive_order.value == "11652: GDS"
    assert heading.subject
    assert heading.subject.value == "FLOUR SHIPMENTS AND A VERY LONG TITLE THAT RUNS OVER THE LINE END"
    assert [r.value for r in heading.references] == [
        "(A) LA PAZ 4001",
        "(B) STATE 111222",
        "(C) A-150 OF MAY 31, 1974",
    ]
    (instruction,) = heading.passing
    assert [s.post for s in instruction.to] == ["TREASURY"]


def test_addressees_with_role_precedence_and_number(electronic: Telegram) -> None:
    told = [
        (a.role, a.station.post, a.precedence, a.night_action, a.number)
        for a in electronic.heading.addressees
    ]
    assert told == [
        ("action", "STATE", "IMMEDIATE", True, "3311"),
        ("info", "BUENOS AIRES", "PRIORITY", False, None),
        ("info", "USCINCSO", None, False, None),
    ]


def test_the_distribution_adds_up(electronic: Telegram) -> None:
    (block,) = electronic.distribution
    assert block.total == 55
    assert block.sums is True
    assert block.offices[0] == ("ARA", 20)


def test_markings_heads_stamps_and_catalogue_are_kept_apart(electronic: Telegram) -> None:
    assert [m.value for m in electronic.markings] == ["C", "C", "C", "C"]
    assert [p.page for p in electronic.pages] == [1, 2]
    assert [m.kind for m in electronic.releases] == ["release stamp", "release stamp"]
    assert ("Document Number", "1974LAPAZ04112") in electronic.catalogue
    assert not electronic.unplaced


def test_a_page_head_within_a_paragraph_does_not_end_it(electronic: Telegram) -> None:
    assert [p.path for p in electronic.paragraphs] == ["1", "1.A", "1.B", "2"]
    first = electronic.paragraph("1")
    assert first is not None
    assert first.text.endswith("HE ASKED THAT:")
    assert electronic.comment is not None
    assert electronic.comment.closed


@pytest.mark.parametrize("text", [TWO_SECTIONS, ELECTRONIC])
def test_each_line_has_one_place(text: str) -> None:
    source = Source.of_text(text)
    parsed = parse(Reading.of(source))
    assert [p.line for p in parsed.places] == list(range(1, len(source.lines) + 1))
    for place, line in zip(parsed.places, source.lines, strict=True):
        assert (place.layer is Layer.BLANK) == (not line.of(text).strip())


@pytest.mark.parametrize("text", [TWO_SECTIONS, ELECTRONIC])
def test_loci_point_at_the_raw_characters(text: str) -> None:
    parsed = telegram(text)
    heading = parsed.heading
    for field in (heading.number, heading.classification, heading.originator, heading.subject):
        if field is not None:
            assert field.locus.span.of(text).startswith(field.raw.split("\n")[0][:20])
    for paragraph in parsed.paragraphs:
        assert paragraph.label.locus.span.of(text) == paragraph.label.raw


def test_conflicting_numbers_are_a_fault_and_not_repaired() -> None:
    parsed = telegram(ELECTRONIC.replace("PAGE 02 LA PAZ 04112", "PAGE 02 LA PAZ 04113"))
    assert parsed.heading.number and parsed.heading.number.value.serial == 4112
    assert any("different numbers" in fault.what for fault in parsed.faults)


def test_a_missing_number_is_a_fault() -> None:
    parsed = telegram("UNCLAS PARIS 123\n\n1. ONE.\n\n2. TWO.\n\n4. FOUR.\nSMITH\n")
    assert [p.path for p in parsed.paragraphs] == ["1", "2", "4"]
    assert any("paragraph 4 follows 2" in fault.what for fault in parsed.faults)


def test_a_lost_figure_of_a_label_is_told_by_its_neighbours() -> None:
    body = "".join(f"{n}. TEXT OF PARAGRAPH.\n\n" for n in (*range(1, 11), 1, 12))
    parsed = telegram(f"UNCLAS PARIS 123\n\n{body}SMITH\n")
    assert [p.path for p in parsed.paragraphs] == [str(n) for n in range(1, 13)]
    eleventh = parsed.paragraph("11")
    assert eleventh and eleventh.label.raw == "1." and eleventh.label.basis == "sequence"


def test_a_label_inside_a_line_is_found_when_its_number_is_missing() -> None:
    parsed = telegram(
        "UNCLAS PARIS 123\n\n1. ONE IS LONG. 2. TWO BEGINS HERE\nAND GOES ON.\n\n3. THREE.\nSMITH\n"
    )
    assert [(p.path, p.text) for p in parsed.paragraphs] == [
        ("1", "ONE IS LONG."),
        ("2", "TWO BEGINS HERE AND GOES ON."),
        ("3", "THREE."),
    ]


def test_an_early_form_with_its_number_on_the_form_line() -> None:
    text = (
        "INCOMING TELEGRAM\nDepartment of State\nSECRET\nControl: 9439\nFROM: SAIGON\n"
        "TO: Secretary of State\nNO: 660, NOVEMBER 16, 11 AM\nPX LIMIT DISTRIBUTION\nRMR\n\n"
        "1. THE FIRST POINT IS MADE.\n\n2. THE SECOND.\n\nNOLTING\n"
    )
    parsed = telegram(text)
    assert parsed.heading.originator and parsed.heading.originator.value.post == "SAIGON"
    assert parsed.heading.number and parsed.heading.number.value.serial == 660
    assert [c.value for c in parsed.heading.captions] == ["LIMDIS"]
    assert [p.path for p in parsed.paragraphs] == ["1", "2"]
    assert parsed.signature and parsed.signature.value == "NOLTING"
    assert parsed.unplaced == ()
    offices = [m.value for m in parsed.forms if m.kind == "office column" or m.value == "RMR"]
    assert offices == ["RMR"]
