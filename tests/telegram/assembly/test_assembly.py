"""Telegrams put together from sections and pages in any order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from septel.telegram.assembly.join import assemble
from septel.telegram.assembly.pieces import pieces_of
from septel.text import Edit, Ground, Locus, Reading, Reason, Source, Span, State, Step

HEAD = "R 192035Z MAR 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC 2805\n\n"


def section(n: int, of: int, text: str, *, serial: int = 1673) -> str:
    return (
        f"PAGE 01 LA PAZ {serial:05d} {n:02d} OF {of:02d} 192035Z\n\n{HEAD}"
        f"C O N F I D E N T I A L SECTION {n} OF {of} LA PAZ {serial}\n\n{text}"
    )


ONE = section(1, 3, "SUBJECT: TIN\n\n1. FIRST POINT.\n\n2. THE MINISTER SAID THAT HE\n")
TWO = section(2, 3, "WOULD SELL TIN.\n\n3. THIRD POINT.\n")
THREE = section(3, 3, "4. FOURTH POINT.\nSTEDMAN\n\nNNN\n")
PARTS = (ONE, TWO, THREE)


def readings(texts: Sequence[str]) -> list[Reading]:
    return [Reading.of(Source.of_text(text, name=f"file {n}")) for n, text in enumerate(texts)]


@given(
    st.permutations(PARTS),
    st.lists(st.sampled_from(PARTS), max_size=2),
    st.lists(st.booleans(), min_size=5, max_size=5),
)
def test_shuffled_sections_assemble_alike(order: list[str], twice: list[str], joined: list[bool]) -> None:
    files: list[str] = []
    for text, join in zip([*order, *twice], joined, strict=False):
        if join and files:
            files[-1] += text
        else:
            files.append(text)
    (assembly,) = assemble(readings(files))
    assert assembly.name == "LA PAZ 1673"
    assert assembly.reading.text == "".join(PARTS)
    assert assembly.complete
    assert len(assembly.spare) == len(twice)


def test_a_paragraph_runs_over_the_section_break() -> None:
    (assembly,) = assemble(readings([TWO, THREE, ONE]))
    paragraph = assembly.telegram.paragraph("2")
    assert paragraph is not None
    assert paragraph.text == "THE MINISTER SAID THAT HE WOULD SELL TIN."
    assert [p.path for p in assembly.telegram.paragraphs] == ["1", "2", "3", "4"]


def test_what_is_missing_has_a_name() -> None:
    (assembly,) = assemble(readings([THREE, ONE]))
    assert not assembly.complete
    assert [one.what for one in assembly.missing] == ["section 2 of 3", "paragraph 3"]
    assert [one.certain for one in assembly.missing] == [True, False]


def test_missing_pages_are_named_and_taken_from_another_witness() -> None:
    pages = [
        f"PAGE 01 LA PAZ 00172 092234Z\n{HEAD}UNCLAS LA PAZ 172\n\nSUBJECT: OIL\n\n1. ONE.\n",
        "PAGE 02 LA PAZ 00172 092234Z\n\n2. TWO.\n",
        "PAGE 03 LA PAZ 00172 092234Z\n\n3. THREE.\nSTEDMAN\n",
    ]
    (torn,) = assemble(readings([pages[2] + pages[0]]))
    assert [one.what for one in torn.missing if one.certain] == ["page 2"]
    (whole,) = assemble(readings([pages[2] + pages[0], pages[1]]))
    assert whole.complete
    assert [part.page for part in whole.parts] == [1, 2, 3]
    assert {witness.name: witness.pages for witness in whole.witnesses} == {
        "file 0": ((1, 1), (1, 3)),
        "file 1": ((1, 2),),
    }


def test_pages_of_forms_before_1966_say_which_they_are() -> None:
    pages = [
        "INCOMING TELEGRAM\nDepartment of State\nSECRET\nFROM: SAIGON\nTO: Secretary of State\n"
        "NO: 660, NOVEMBER 16, 11 AM\n\n1. FIRST.\n",
        "-2-660, NOVEMBER 16, 11 AM, FROM SAIGON\n\n2. SECOND.\n",
        "-3-660, NOVEMBER 16, 11 AM, FROM SAIGON\n\n3. THIRD.\nNOLTING\n",
    ]
    (assembly,) = assemble(readings([pages[2], pages[0], pages[1]]))
    assert assembly.name == "SAIGON 660"
    assert assembly.reading.text == "".join(pages)
    (torn,) = assemble(readings([pages[2], pages[0]]))
    assert [one.what for one in torn.missing if one.certain] == ["page 2"]
    (joined,) = assemble(readings([pages[2] + pages[1], pages[0]]))
    assert joined.reading.text == "".join(pages)


def test_the_real_telegram_and_its_second_section_alone(shared: Path) -> None:
    text = (shared / "seed" / "helsinki-1321.ocr.txt").read_text(encoding="utf-8")
    (whole,) = assemble(readings([text]))
    assert [part.section for part in whole.parts] == [1, 2]
    assert whole.complete
    at = text.splitlines(keepends=True)
    (torn,) = assemble(readings(["".join(at[100:])]))
    assert torn.name == "HELSINKI 1321"
    assert [one.what for one in torn.missing if one.certain] == ["section 1"]


def test_two_telegrams_in_one_file_come_apart() -> None:
    other = section(1, 1, "SUBJECT: OIL\n\n1. OTHER.\nSMITH\n", serial=1674)
    made = assemble(readings([TWO + other + ONE + THREE]))
    assert [assembly.name for assembly in made] == ["LA PAZ 1673", "LA PAZ 1674"]
    assert made[0].complete


def test_one_number_of_two_years_is_two_telegrams() -> None:
    later = ONE.replace("MAR 74", "MAR 75")
    made = assemble(readings([ONE + TWO + THREE, later]))
    assert [assembly.complete for assembly in made] == [True, False]


def test_a_text_that_says_nothing_stands_alone() -> None:
    (assembly,) = assemble(readings(["DEAR SIR,\nTHANK YOU.\n"]))
    assert (assembly.number, assembly.name) == (None, "file 0")
    assert assembly.reading.text == "DEAR SIR,\nTHANK YOU.\n"
    assert assemble([]) == ()


def test_places_lead_back_to_the_witnesses() -> None:
    one, two, three = readings([THREE, TWO, ONE])
    (assembly,) = assemble([one, two, three])
    at = assembly.source.text.index("WOULD SELL")
    (locus,) = assembly.origin(Locus(assembly.source.id, Span(at, at + 10)))
    assert locus.source_id == two.source.id
    assert locus.span.of(two.source.text) == "WOULD SELL"
    over = assembly.origin(Locus(assembly.source.id, Span(at - 250, at + 10)))
    assert [found.source_id for found in over] == [three.source.id, two.source.id]


def test_edits_come_along() -> None:
    source = Source.of_text(TWO.replace("WOULD", "W0ULD"), name="garbled")
    at = source.text.index("W0ULD")
    edit = Edit(
        span=Span(at, at + 5),
        before="W0ULD",
        after="WOULD",
        reason=Reason(ground=Ground.CHANNEL),
        step=Step.of("test", "1"),
    )
    (assembly,) = assemble([*readings([THREE, ONE]), Reading.of(source, [edit])])
    assert assembly.reading.text == "".join(PARTS)
    assert "W0ULD" in assembly.source.text


@given(st.text(alphabet="PAGE 0123OFSECTIONLA\nUNCLAS.", max_size=80))
def test_any_text_is_cut_without_loss(text: str) -> None:
    reading = Reading.of(Source.of_text(text))
    pieces = pieces_of(reading)
    assert "".join(piece.text for piece in pieces) == "".join(f"{line}\n" for line in reading.line_texts)
    assemble([reading])


def pages_of(serials: Sequence[str], *, post: str = "GENEVA") -> str:
    """A telegram of two sections and four pages, each page with the number as it was read there."""
    heads = ((1, 1), (1, 2), (2, 1), (2, 2))
    text = ""
    for (n, page), serial in zip(heads, serials, strict=True):
        text += f"PAGE 0{page} {post} {serial} 0{n} OF 02 14191{n}Z\n\n"
        if page == 1:
            text += (
                HEAD.replace("LA PAZ", "GENEVA") + f"C O N F I D E N T I A L SECTION {n} OF 2 GENEVA 2417\n\n"
            )
        text += f"{2 * n + page - 2}. POINT {'ABCD'[2 * n + page - 3]} OF THE TALKS WAS HEARD.\n\n"
    return text + "HARGROVE\n\nNNN\n"


CLEAN = pages_of(["02417"] * 4)


def test_a_page_of_a_misread_number_is_of_the_telegram_around_it() -> None:
    for at in (1, 2, 3):
        serials = ["02417"] * 4
        serials[at] = "62417"
        (assembly,) = assemble(readings([pages_of(serials)]))
        assert assembly.name == "GENEVA 2417"
        assert assembly.complete
        assert len(assembly.parts) == 4


def test_a_post_that_is_none_is_the_one_that_the_copies_name() -> None:
    (assembly,) = assemble(readings([CLEAN.replace("PAGE 01 GENEVA", "PAGE 01 OENEVA", 1), CLEAN]))
    assert (assembly.name, assembly.complete) == ("GENEVA 2417", True)


def test_telegrams_one_figure_apart_stay_two() -> None:
    one, two = section(1, 2, "1. TIN.\n", serial=1671), section(2, 2, "2. ZINC.\nSTEDMAN\n", serial=1671)
    other = section(1, 3, "1. WOOL.\n", serial=1672).replace("192035Z", "192105Z")
    found = assemble(readings([one + two, other]))
    assert [assembly.name for assembly in found] == ["LA PAZ 1671", "LA PAZ 1672"]
    assert [assembly.name for assembly in assemble(readings([one + two + other]))] == [
        "LA PAZ 1671",
        "LA PAZ 1672",
    ]


def test_the_witness_that_is_read_with_least_doubt_is_used() -> None:
    worn = CLEAN.replace("TALKS", "TA1KS")
    source = Source.of_text(worn, name="worn")
    at = worn.index("TA1KS")
    doubt = Edit(
        span=Span(at, at + 5),
        before="TA1KS",
        after="TALKS",
        reason=Reason(ground=Ground.LANGUAGE),
        step=Step.of("test", "1"),
        state=State.DOUBTFUL,
    )
    for order in (1, -1):
        both = [Reading.of(source, [doubt]), Reading.of(Source.of_text(CLEAN, name="clean"))][::order]
        (assembly,) = assemble(both)
        used = {part.witness for part in assembly.parts if part.section == 1}
        assert used == {"clean"}


def test_one_time_of_sending_and_one_count_of_sections_are_one_telegram() -> None:
    misread = section(2, 3, "WOULD SELL TIN.\n\n3. THIRD POINT.\n", serial=1678)
    (assembly,) = assemble(readings([ONE + THREE, misread]))
    assert (assembly.name, assembly.complete) == ("LA PAZ 1673", True)
    later = misread.replace("192035Z", "192135Z")
    assert len(assemble(readings([ONE + THREE, later]))) == 2
