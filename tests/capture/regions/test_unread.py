"""Ink between the words of a line that no engine read."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from septel.capture import UNREAD, Box, Character, LayerLine, LayerWord, Origin, PageSource
from septel.capture.capture_builder import CaptureBuilder
from septel.capture.regions import with_unread
from septel.synthesis.marks import place_of, scrawl
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import degrade
from septel.text import Step

ROWS = (
    "EMBASSY PRESS OFFICER ADVISED (COS) AT RECEPTION LAST NIGHT",
    "THAT LOCAL REPORTER IS ABOUT TO FILE A STORY BASED ON LOCAL",
    "RESEARCH AND AN INTERVIEW WITH A RETIRED MARINE WHO CLAIMED",
    "TO BE COMMANDER IN JAPAN THAT OSWALD WAS RECRUITED THERE",
)
HIGH = (4, 27)
"""Rows of a line's place that letters take, and a little around them."""


def typed() -> Image.Image:
    return next(iter(print_pages("\n".join(ROWS), seed=3)))


def boxed(row: int, first: int, last: int) -> Box:
    left, top, right, _ = place_of(row, first, last)
    return Box(left=left, top=top + HIGH[0], right=right, bottom=top + HIGH[1])


def read(without: Set[str] = frozenset()) -> list[LayerLine]:
    """The words of the page where they were typed, but for some."""
    lines = []
    for row, text in enumerate(ROWS):
        at, words = 0, []
        for word in text.split():
            first = text.index(word, at)
            at = first + len(word)
            letters = tuple(
                Character(left=box.left, right=box.right, confidence=99.0)
                for box in (boxed(row, n, n) for n in range(first, at))
            )
            if word not in without:
                words.append(
                    LayerWord(text=word, box=boxed(row, first, at - 1), confidence=99.0, characters=letters)
                )
        lines.append(LayerLine(words=tuple(words)))
    return lines


def ringed(page: Image.Image, row: int, first: int, last: int) -> Image.Image:
    left, top, right, bottom = place_of(row, first, last)
    drawn = page.copy()
    ImageDraw.Draw(drawn).ellipse((left - 12, top - 6, right + 12, bottom + 4), outline=20, width=3)
    return drawn


@pytest.mark.parametrize("level", ["clean", "photocopy", "bad photocopy"])
def test_where_all_was_read_nothing_is_missing(level: str) -> None:
    lines = read()
    assert with_unread(degrade(typed(), level, seed=1), lines) == lines


@pytest.mark.parametrize("level", ["clean", "photocopy"])
@pytest.mark.parametrize("ring", [False, True])
def test_a_word_that_was_not_read_is_a_gap_of_its_length(level: str, ring: bool) -> None:
    page = ringed(typed(), 0, 30, 34) if ring else typed()
    told = with_unread(degrade(page, level, seed=1), read({"(COS)"}))
    words = [word.text for word in told[0].words]
    assert words[:4] == ["EMBASSY", "PRESS", "OFFICER", "ADVISED"]
    assert words[5:] == ["AT", "RECEPTION", "LAST", "NIGHT"]
    assert set(words[4]) == {UNREAD}
    assert 3 <= len(words[4]) <= 6
    place = told[0].words[4].box
    assert place is not None
    assert place.across(boxed(0, 31, 33)) > 40
    assert [line.text for line in told[1:]] == list(ROWS[1:])


def test_the_ends_of_lines_beside_longer_ones_are_looked_at() -> None:
    told = with_unread(typed(), read({"RESEARCH", "CLAIMED"}))
    words = [word.text for word in told[2].words]
    assert set(words[0]) == set(words[-1]) == {UNREAD}
    assert words[1:-1] == ROWS[2].split()[1:-1]


def test_blank_paper_rules_specks_excisions_and_strokes_are_no_words() -> None:
    lines = read({"(COS)"})
    left, top, right, bottom = place_of(0, 29, 35)
    page = typed()
    page.paste(255, (left, top, right, bottom))
    assert with_unread(page, lines) == lines
    for mark in ("rule", "specks", "black", "stroke"):
        drawn = page.copy()
        draw = ImageDraw.Draw(drawn)
        if mark == "rule":
            draw.line((left, bottom - 8, right, bottom - 8), fill=10, width=3)
        if mark == "specks":
            for n in range(8):
                draw.rectangle((left + 17 * n, top + 9 + n % 3, left + 17 * n + 2, top + 11 + n % 3), fill=10)
        if mark == "black":
            draw.rectangle((left, top, right, bottom), fill=5)
        if mark == "stroke":
            draw.line((left, bottom, left + 30, top), fill=10, width=3)
        assert with_unread(drawn, lines) == lines, mark


def test_between_words_that_nobody_trusts_nothing_is_looked_for() -> None:
    lines = read({"(COS)"})
    words = [
        replace(word, confidence=30.0) if word.text in ("ADVISED", "AT") else word for word in lines[0].words
    ]
    lines[0] = LayerLine(words=tuple(words))
    assert with_unread(typed(), lines) == lines
    lines[0] = LayerLine(words=tuple(replace(word, confidence=None) for word in words))
    assert UNREAD in with_unread(typed(), lines)[0].text


def test_what_stands_in_another_line_was_read() -> None:
    lines = read({"(COS)"})
    aside = LayerLine(words=(LayerWord(text="(COS)", box=boxed(0, 30, 34), confidence=50.0),))
    assert with_unread(typed(), [*lines, aside]) == [*lines, aside]


def test_two_words_seen_as_one_are_parted_where_ink_between_them_was_not_read() -> None:
    lines = read({"(COS)"})
    before, behind = lines[0].words[3], lines[0].words[4]
    assert before.box is not None and behind.box is not None
    joined = replace(
        before,
        text=before.text + behind.text,
        box=before.box.hull(behind.box),
        characters=before.characters + behind.characters,
    )
    lines[0] = LayerLine(words=(*lines[0].words[:3], joined, *lines[0].words[5:]))
    words = [word.text for word in with_unread(typed(), lines)[0].words]
    assert words[3] == "ADVISED"
    assert set(words[4]) == {UNREAD}
    assert words[5] == "AT"


def test_a_page_of_few_words_or_without_places_stays_as_it_is() -> None:
    few = read()[:1]
    assert with_unread(typed(), few) == few
    placeless = [LayerLine(words=tuple(replace(word, box=None) for word in line.words)) for line in read()]
    assert with_unread(typed(), placeless) == placeless


def test_a_hand_between_lines_is_no_word_of_them() -> None:
    lines = read()
    written = scrawl(typed(), place_of(6, 5, 40), seed=2)
    assert with_unread(written, lines) == lines


def test_what_no_engine_read_stands_in_the_text_of_a_capture() -> None:
    page = typed()
    gathered = CaptureBuilder("cable", "0" * 64)
    sheet = PageSource(number=1, image=page, size=page.size)
    gathered.add(sheet, read({"(COS)"}), origin=Origin.ENGINE)
    first = gathered.capture(Step.of("one", "1")).source.text.split("\n")[0]
    assert first.replace(UNREAD, "") == ROWS[0].replace("(COS)", "")
    # Letters of a font stand where they stand: nobody overlooked any.
    printed = CaptureBuilder("cable", "0" * 64)
    printed.add(sheet, read({"(COS)"}), origin=Origin.PRINTED)
    assert UNREAD not in printed.capture(None).source.text


def test_ringed_names_of_a_real_page_leave_gaps(shared: Path) -> None:
    """Read with our engine: a clean print on which the releaser's pen ringed COS and SHE."""
    from septel.capture import TypedEngine
    from septel.capture.model import laid

    name = shared / "scans/jfk/104-10326-10045-p1.tif"
    if not name.exists():
        pytest.skip("the development sets are not here")
    image = Image.open(name).convert("L")
    told = [line.text for line in with_unread(image, laid(TypedEngine().read(image)))]
    (advised,) = (line for line in told if "RECEPTION" in line)
    assert UNREAD in advised or "COS" in advised.replace("COSAT", "COS AT")
    (number,) = (line for line in told if "PASS NUMBER" in line)
    assert UNREAD in number or "SHE" in number
