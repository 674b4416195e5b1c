"""Pages with type and print: what is whose, and how the two readings are put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from septel.capture import Box, Character, RecognisedLine, RecognisedWord, RegionKind, TypedEngine, read
from septel.capture.engines.preparation import dark_on_white, in_black_and_white, prepare
from septel.capture.engines.typed.baseline import Curve
from septel.capture.engines.typed.composition import (
    TypedRow,
    calibrated,
    certain,
    clusters,
    composed,
    lines_of_print,
)
from septel.capture.engines.typed.ctc import Sign
from septel.capture.engines.typed.engine import TALL
from septel.capture.engines.typed.mosaic import printed_lines
from septel.capture.engines.typed.pitch import Pitch
from septel.capture.engines.typed.print_words import painted_over, with_bars_turned
from septel.capture.engines.typed.segments import Segment, segments_of
from septel.capture.formats.page_views import gutter_of, may_lie_aside, views_of
from septel.synthesis.typescript import print_pages

TEXT = """\
PAGE 01 HELSI 01321 01 OF 02 181553Z
FM USDEL SALT HELSINKI
SUBJ: PRELIMINARY TALKS: FIRST BUSINESS MEETING
1. SEMENOV READ A STATEMENT WHICH SAID THAT NUCLEAR
WAR WOULD MEAN SUICIDE FOR THE SIDE THAT BEGAN IT,
AND THAT A LIMITATION OF STRATEGIC ARMS (OFFENSIVE
AND DEFENSIVE) WAS IN THE INTEREST OF BOTH COUNTRIES.
"""
PITCH = Pitch(frames=4.0, even=0.95, lines=20)


def signs(places: list[float], weight: float = 0.99) -> list[Sign]:
    return [Sign(text="A", first=int(p) - 1, last=int(p) + 1, weight=weight) for p in places]


def word(text: str, left: int, sure: float, *, top: int = 100) -> RecognisedWord:
    box = Box(left=left, top=top, right=left + 20 * len(text), bottom=top + 24)
    return RecognisedWord(text=text, box=box, confidence=sure)


def segment(*, typed: bool, long: int = 8) -> Segment:
    return Segment(signs=tuple(signs([4.0 * n for n in range(long)])), weight=0.9, typed=typed)


def row(*parts: tuple[Segment, tuple[RecognisedWord, ...]]) -> TypedRow:
    return TypedRow(curve=Curve(112.0, 0.0, 0.0, 850.0), parts=list(parts))


def texts(lines: list[RecognisedLine]) -> list[str]:
    return [" ".join(one.text for one in line) for line in lines]


def said(image: Image.Image) -> str:
    lines = [line for line in TypedEngine().read(image) if not line[0].through]
    return "\n".join(" ".join(one.text for one in line) for line in lines)


def test_a_wide_gap_parts_a_line_and_each_part_is_judged_by_its_step() -> None:
    typed = signs([4.0 * n + 2 for n in range(10)])
    printed = signs([80, 82, 85, 86, 89, 94, 96, 99, 101, 106])
    first, second = segments_of([*typed, *printed], PITCH)
    assert (first.long, first.typed) == (10, True)
    assert (second.long, second.typed) == (10, False)


def test_a_few_signs_are_type_only_without_doubt_and_on_a_page_of_type() -> None:
    few = signs([10, 14, 18])
    assert segments_of(few, PITCH)[0].typed
    assert not segments_of(signs([10, 14, 18], weight=0.8), PITCH)[0].typed
    assert not segments_of(few, Pitch(frames=4.0, even=0.3, lines=20))[0].typed


def test_a_number_beside_type_is_type_if_it_stands_in_step() -> None:
    line = [4.0 * n + 2 for n in range(20, 40)]
    number, text = segments_of([*signs([10, 14], weight=0.85), *signs(line)], PITCH)
    assert number.typed and text.typed
    aside, text = segments_of([*signs([8, 12], weight=0.85), *signs(line)], PITCH)
    assert not aside.typed and text.typed


@pytest.mark.parametrize(("least", "read"), [(41.0, "COS AT"), (12.0, "AT")])
def test_letters_beside_what_the_likelier_reading_has_stay(least: float, read: str) -> None:
    """A pen's ring round a word: ours has both words as one, the other reader only the next (`(COS) AT`)."""
    sure = (78.0, 56.0, least, 60.0, 60.0)
    ours = word("COSAT", 100, 12.0)
    letters = tuple(
        Character(left=100 + 20 * n, right=120 + 20 * n, confidence=one) for n, one in enumerate(sure)
    )
    parts = (segment(typed=True), (replace(ours, characters=letters),))
    (line,) = composed([row(parts)], [(word("AT", 160, 97.0),)])
    assert texts([line]) == [read]
    assert all((one.confidence or 0.0) < 90 for one in line)


def test_in_type_our_reader_has_a_head_start() -> None:
    ours, theirs = (word("AGENGY", 100, 80.0),), (word("AGENCY", 100, 75.0),)
    assert texts(composed([row((segment(typed=True), ours))], [theirs])) == ["AGENGY"]
    assert texts(composed([row((segment(typed=False), ours))], [theirs])) == ["AGENCY"]


def test_what_is_no_type_of_one_pitch_may_be_ours_where_we_are_sure_of_it() -> None:
    ours, theirs = (word("GEORGETOWN,", 100, 92.0),), (word("GHORGEYOWN", 100, 60.0),)
    assert texts(composed([row((segment(typed=False), ours))], [theirs], typed=False)) == ["GEORGETOWN,"]


def test_blanks_of_print_are_those_of_the_reader_of_print() -> None:
    ours = (word("RELEASEUNDERTHEACT", 100, 98.0),)
    theirs = tuple(
        word(text, 100 + 90 * n, 95.0) for n, text in enumerate(["RELEASE", "UNDER", "THE", "ACT"])
    )
    parts = [(segment(typed=False), ours)]
    assert texts(composed([row(*parts)], [theirs])) == ["RELEASE UNDER THE ACT"]
    assert texts(composed([row((segment(typed=True), ours))], [theirs])) == ["RELEASEUNDERTHEACT"]


def test_on_a_page_of_print_what_we_alone_saw_with_doubt_is_dirt() -> None:
    parts = [(segment(typed=True), (word("X7EK", 100, 35.0),))]
    assert texts(composed([row(*parts)], [])) == ["X7EK"]
    assert composed([row(*parts)], [], typed=False) == []


def test_stops_are_left_to_our_own_reader() -> None:
    ours, theirs = (word("MEETING,", 100, 60.0),), (word("MEETING.", 100, 95.0),)
    (line,) = composed([row((segment(typed=True), ours))], [theirs])
    assert [one.text for one in line] == ["MEETING,"]


def test_a_piece_of_a_word_or_another_case_is_a_less_likely_reading() -> None:
    ours = (word("NEVERIH-LESS,", 100, 50.0), word("BEEORE", 500, 50.0))
    theirs = (word("LESS,", 260, 96.0), word("before", 500, 90.0))
    (line,) = composed([row((segment(typed=True), ours))], [theirs])
    assert [one.text for one in line] == ["NEVERIH-LESS,", "BEEORE"]
    (line,) = composed([row((segment(typed=True), ours))], [(theirs[0], word("BEFORE", 500, 90.0))])
    assert [one.text for one in line] == ["NEVERIH-LESS,", "BEFORE"]


def test_a_word_that_stands_against_another_reading_is_worth_less() -> None:
    ours, theirs = (word("MEETLNG", 100, 30.0),), (word("MEETING", 100, 97.0),)
    (against,) = composed([row((segment(typed=True), ours))], [theirs])
    (alone,) = composed([], [(word("MEETINGS", 100, 97.0),)])
    assert [one.text for one in against] == ["MEETING"]
    assert (against[0].confidence or 0.0) < 85.0 and (alone[0].confidence or 0.0) < 85.0


def test_a_line_of_print_stays_whole_where_it_is_in_no_row_of_type() -> None:
    crooked = (
        word("RELEASE", 0, 95.0, top=20),
        word("UNDER", 300, 95.0, top=45),
        word("ACT", 600, 95.0, top=70),
    )
    assert texts(composed([], [crooked])) == ["RELEASE UNDER ACT"]


def test_only_typed_words_without_doubt_are_certain() -> None:
    assert certain(segment(typed=True), word("SALT", 0, 99.0))
    assert not certain(segment(typed=True), word("SALT", 0, 80.0))
    assert not certain(segment(typed=False), word("SALT", 0, 99.0))


def test_words_in_one_place_are_compared_whatever_their_number() -> None:
    ours = [word("THE", 0, 90.0), word("TALKSRESUME", 80, 50.0)]
    theirs = [word("TALKS", 82, 90.0), word("RESUME", 190, 90.0), word("NOW", 400, 90.0)]
    found = [([w.text for w in a], [w.text for w in b]) for a, b in clusters(ours, theirs)]
    assert found == [(["THE"], []), (["TALKSRESUME"], ["TALKS", "RESUME"]), ([], ["NOW"])]


def test_the_likelier_reading_of_a_place_stands() -> None:
    ours = (
        word("THE", 0, 99.0),
        word("MEETLNG", 100, 30.0),
        word("WILL", 300, 95.0),
        word("BEGIN", 400, 60.0),
    )
    theirs = (word("MEETING", 100, 98.0), word("WLLL", 300, 60.0), word("BEGIN", 400, 96.0))
    (line,) = composed([row((segment(typed=True), ours))], [theirs])
    assert [one.text for one in line] == ["THE", "MEETING", "WILL", "BEGIN"]
    # What both read alike is surer than our reader says.
    assert 90.0 < (line[3].confidence or 0.0) < 98.0 and ours[3].confidence == 60.0


def test_print_goes_to_the_row_of_type_beside_it_or_stands_for_itself() -> None:
    ours = (word("DIRECTOR", 300, 99.0),)
    label, loose = (word("FROM", 100, 95.0, top=102),), (word("ROUTING", 100, 95.0, top=160),)
    lines = composed([row((segment(typed=True), ours))], [label, loose])
    assert texts(lines) == ["FROM DIRECTOR", "ROUTING"]


def test_a_word_that_both_read_a_little_apart_stands_once() -> None:
    parts = [(segment(typed=False), (word("RESPONSIBLE", 100, 97.0),))]
    apart = (word("RESPONSIBLE", 104, 95.0, top=118), word("OFFICERS", 700, 95.0, top=118))
    assert texts(composed([row(*parts)], [apart])) == ["RESPONSIBLE", "OFFICERS"]


def test_what_nobody_is_sure_of_beside_type_is_dirt() -> None:
    scrawl = (word("Nw7e", 300, 40.0),)
    lines = composed([row((segment(typed=False), scrawl))], [(word("xJ", 600, 30.0),)])
    assert lines == []


def test_figures_of_the_reader_of_print_become_shares_that_are_right() -> None:
    told = [calibrated(word("ROUTING", 0, sure)).confidence or 0.0 for sure in (0.0, 50.0, 85.0, 97.0)]
    assert told == sorted(told) and told[0] == 0.0 and told[2] == pytest.approx(70.0)


def page_with_labels() -> Image.Image:
    """A typed page under a bar of white letters and some labels in print."""
    page = next(iter(print_pages(TEXT, seed=8))).convert("L")
    draw = ImageDraw.Draw(page)
    # The first line is typed some 150 pixels from the top.
    draw.rectangle((200, 20, 1000, 90), fill=0)
    draw.text((220, 32), "INFORMATION REPORT", font=ImageFont.load_default(36), fill=255)
    draw.text(
        (200, 1500), "Reproduction by other than the issuing office", font=ImageFont.load_default(28), fill=0
    )
    return page


def test_labels_and_bars_are_read_beside_type() -> None:
    read = said(page_with_labels())
    assert "INFORMATION REPORT" in read
    assert "Reproduction by other than the issuing office" in read
    assert "AND THAT A LIMITATION OF STRATEGIC ARMS (OFFENSIVE" in read
    alone = "\n".join(
        " ".join(w.text for w in line) for line in TypedEngine(other=None).read(page_with_labels())
    )
    assert "Reproduction by other" not in alone


def test_on_a_page_of_print_unsure_lines_and_brief_specks_are_left_out() -> None:
    found = lines_of_print(
        [
            (word("RELEASED", 0, 96.0), word("xq", 200, 5.0)),
            (word("smudge", 0, 30.0),),
            (word("a3", 0, 55.0),),
            (word("No", 0, 97.0),),
        ]
    )
    assert texts(found) == ["RELEASED", "No"]


def test_a_negative_is_read() -> None:
    page = next(iter(print_pages(TEXT, seed=8))).convert("L")
    assert said(ImageOps.invert(page)) == said(page) != ""
    assert dark_on_white(page) is page


def test_bars_are_turned_and_black_paper_is_not() -> None:
    page = page_with_labels()
    turned = with_bars_turned(page)
    assert np.asarray(turned.crop((240, 36, 960, 76))).mean() > 128
    assert np.array_equal(np.asarray(turned)[400:], np.asarray(page)[400:])
    excised = Image.new("L", (1700, 2200), 255)
    ImageDraw.Draw(excised).rectangle((300, 300, 900, 900), fill=0)
    assert with_bars_turned(excised) is excised


def test_what_is_gone_is_not_read() -> None:
    page = page_with_labels()
    ready = prepare(page, blur=0.0, tall=TALL)
    everything = Box(left=0, top=0, right=ready.image.width, bottom=ready.image.height)
    assert printed_lines(page, ready) != ([], [])
    assert printed_lines(page, ready, [everything]) == ([], [])
    white = painted_over(page, [Box(left=0, top=0, right=page.width, bottom=page.height)])
    assert printed_lines(white, prepare(white, blur=0.0, tall=TALL)) == ([], [])


def test_print_stands_where_it_is_on_a_crooked_page() -> None:
    page = Image.new("L", (1700, 2200), 255)
    for row in range(6):
        ImageDraw.Draw(page).text(
            (400, 700 + 90 * row), "Coordinating officers", font=ImageFont.load_default(40), fill=0
        )
    crooked = page.rotate(2.0, fillcolor=255, resample=Image.Resampling.BICUBIC)
    ready = prepare(crooked, blur=0.0, tall=TALL)
    _, found = printed_lines(crooked, ready)
    assert [" ".join(one.text for one in line) for line in found] == 6 * ["Coordinating officers"]
    ink = np.argwhere(np.asarray(crooked) < 128)
    boxes = [ready.back(w.box.left, w.box.top, w.box.right, w.box.bottom) for line in found for w in line]
    assert abs(min(box.left for box in boxes) - ink[:, 1].min()) < 20
    assert abs(max(box.right for box in boxes) - ink[:, 1].max()) < 20


def test_a_long_page_is_scaled_by_its_width() -> None:
    letter, legal = Image.new("L", (2550, 3300), 255), Image.new("L", (2550, 4200), 255)
    assert prepare(legal, tall=2200).scale == pytest.approx(prepare(letter, tall=2200).scale)


def test_a_page_on_its_side_may_lie_aside_and_an_upright_one_does_not() -> None:
    page = next(iter(print_pages(TEXT * 4, seed=8)))
    assert not may_lie_aside(page)
    assert may_lie_aside(page.rotate(90, expand=True))


def test_a_page_on_its_side_is_not_parted_between_its_lines() -> None:
    page = next(iter(print_pages(TEXT * 4 + "\n" * 8 + TEXT * 4, seed=8)))
    inked = np.argwhere(np.asarray(page) < 128)
    (top, left), (bottom, right) = inked.min(axis=0).tolist(), inked.max(axis=0).tolist()
    page = page.crop((left - 100, top - 100, right + 100, bottom + 100))
    for way in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270):
        aside = page.transpose(way)
        assert gutter_of(aside, ratio=aside.width / aside.height) is not None
        assert len(views_of(aside)) == 1
    facing = Image.new("L", (2 * page.width, 2000), 255)
    facing.paste(page, (0, 0))
    facing.paste(page, (page.width, 0))
    assert len(views_of(facing)) == 2


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [(1, 1), (5, 5), (1, 40), (40, 1), (1600, 3)])
def test_a_picture_too_small_for_a_line_does_not_lie_aside(size: tuple[int, int]) -> None:
    assert not may_lie_aside(Image.new("L", size, 0))


def test_a_scan_in_black_and_white_is_known() -> None:
    assert in_black_and_white(Image.new("1", (10, 10)))
    grey = Image.fromarray(np.arange(100, dtype=np.uint8).reshape(10, 10))
    assert not in_black_and_white(grey)


def test_a_line_in_both_cases_is_read_on_a_page_in_capitals() -> None:
    text = TEXT + "Reviewed by the delegation and the Department.\n"
    read = said(next(iter(print_pages(text, seed=8))))
    assert "Reviewed by the delegation and the Department." in read
    assert "WAR WOULD MEAN SUICIDE" in read


@pytest.mark.parametrize("turn", [ImageOps.mirror, ImageOps.flip], ids=["like a book", "at the foot"])
def test_lines_that_show_through_are_a_region_and_no_text(
    turn: Callable[[Image.Image], Image.Image], tmp_path: Path
) -> None:
    page = next(iter(print_pages(TEXT, seed=8))).convert("L")
    back = turn(next(iter(print_pages(TEXT.replace("SALT", "KIEV"), seed=9))).convert("L"))
    # The back shows between the lines of the lower half of the sheet.
    inked = np.flatnonzero((np.asarray(back) < 128).any(axis=1))
    lower = np.roll(np.asarray(back), 1000 - int(inked[0]), axis=0)
    both = Image.fromarray(np.minimum(np.asarray(page), lower))
    both.save(tmp_path / "page.png")
    found = read(tmp_path / "page.png")
    # Half of the capitals look alike upside down: such a line may be taken for one of the page.
    front, shown = said(page).splitlines(), found.source.text.splitlines()
    assert shown[: len(front)] == front and len(shown) <= len(front) + 2 * (turn is ImageOps.flip)
    through = [one.box for one in found.pages[0].regions if one.kind is RegionKind.SHOW_THROUGH]
    assert len(through) >= 5 and min(box.top for box in through) > 900
