from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from septel.capture import Box, Page, Region, RegionKind, find_regions
from septel.capture.regions.brackets import _closed
from septel.synthesis.marks import excise, place_of, punch, scrawl, stamp
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import LEVELS, degrade
from septel.text import Span

TEXT = "THE NEXT MEETING WILL BE HELD AT THE SOVIET EMBASSY ON THURSDAY.\n" * 40
PLACE = place_of(8, 10, 40)


def typed(seed: int = 1) -> Image.Image:
    return next(iter(print_pages(TEXT, seed=seed)))


def near(box: Box, place: tuple[int, int, int, int], by: int = 24) -> bool:
    mine = (box.left, box.top, box.right, box.bottom)
    return all(abs(one - other) <= by for one, other in zip(mine, place, strict=True))


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_blacked_out_is_found_on_worn_pages_and_nothing_else(level: str) -> None:
    (found,) = find_regions(degrade(punch(excise(typed(), PLACE)), level, seed=1))
    assert found.kind is RegionKind.BLACK
    assert near(found.box, PLACE)


@pytest.mark.parametrize("level", LEVELS)
def test_brackets_around_nothing_are_an_excision(level: str) -> None:
    page = degrade(excise(typed(), PLACE, manner="white", authority="(b)(1)"), level, seed=2)
    (found,) = find_regions(page)
    assert found.kind is RegionKind.WHITE
    assert near(found.box, PLACE)


def test_a_bracket_without_the_other_is_no_excision() -> None:
    page = excise(typed(), PLACE, manner="white")
    for half in ((PLACE[0] - 4, PLACE[0] + 20), (PLACE[2] - 20, PLACE[2] + 4)):
        torn = page.copy()
        torn.paste(255, (half[0], PLACE[1] - 4, half[1], PLACE[3] + 4))
        assert find_regions(torn) == ()


def test_brackets_around_words_are_no_excision() -> None:
    page = typed()
    arms = excise(Image.new("L", page.size, 255), PLACE, manner="white")
    assert RegionKind.WHITE not in {one.kind for one in find_regions(ImageChops.multiply(page, arms))}


@pytest.mark.parametrize("level", LEVELS)
def test_a_stamp_s_frame_is_found_and_is_no_excision(level: str) -> None:
    page = degrade(stamp(typed(), "DECLASSIFIED\nNND 12", middle=(0.5, 0.9), seed=2), level, seed=1)
    (found,) = find_regions(page)
    assert found.kind is RegionKind.FRAME
    assert abs((found.box.left + found.box.right) / 2 - 850) < 20
    assert abs((found.box.top + found.box.bottom) / 2 - 1980) < 20


def drawn_frame(*gaps: tuple[int, int, int, int]) -> tuple[Region, ...]:
    """What is found of a crooked frame with some gaps, on a page of its own."""
    page = Image.new("L", (1700, 2200), 255)
    ImageDraw.Draw(page).rectangle((400, 600, 1000, 900), outline=0, width=4)
    for gap in gaps:
        page.paste(255, gap)
    return find_regions(page.rotate(3, resample=Image.Resampling.BICUBIC, fillcolor=255))


def test_a_frame_with_gaps_is_one_and_three_sides_are_none() -> None:
    (whole,) = drawn_frame()
    (broken,) = drawn_frame((500, 590, 525, 620), (980, 700, 1010, 725), (390, 880, 420, 910))
    assert whole.kind is broken.kind is RegionKind.FRAME
    assert near(broken.box, (whole.box.left, whole.box.top, whole.box.right, whole.box.bottom))
    assert drawn_frame((380, 870, 1020, 920)) == ()


def boxes_of_text() -> list[Box]:
    """About what an engine would box: words of the typed page, row by row."""
    found = []
    for row, line in enumerate(TEXT.splitlines()):
        for word in re.finditer(r"\S+", line):
            left, top, right, bottom = place_of(row, word.start(), word.end() - 1)
            found.append(Box(left=left, top=top + 5, right=right, bottom=bottom - 5))
    return found


@pytest.mark.parametrize("level", ["clean", "photocopy", "bad photocopy"])
def test_a_stamp_without_a_frame_is_found_by_its_letters(level: str) -> None:
    words = "SANITIZED COPY\nPER EO 11652"
    page = degrade(stamp(typed(), words, middle=(0.4, 0.9), seed=4, framed=False), level, seed=4)
    (found,) = find_regions(page, boxes_of_text())
    assert found.kind is RegionKind.STAMP
    assert abs((found.box.left + found.box.right) / 2 - 680) < 60
    assert abs((found.box.top + found.box.bottom) / 2 - 1980) < 40


@pytest.mark.parametrize("level", LEVELS)
def test_type_that_was_not_read_is_no_stamp(level: str) -> None:
    page = degrade(typed(seed=5), level, seed=5)
    assert find_regions(page, boxes_of_text()[:-60]) == ()


def test_short_gaps_are_closed_and_long_ones_stay() -> None:
    mask = np.zeros((40, 1), np.bool_)
    mask[[5, 6, 7, 12, 13, 19, 30]] = True
    assert np.flatnonzero(_closed(mask)[:, 0]).tolist() == [*range(5, 14), 19, 30]


@pytest.mark.parametrize("shade", [0, 255])
@pytest.mark.parametrize("size", [(1, 1), (10, 3000), (1700, 2200)])
def test_pages_of_one_shade_have_no_regions(shade: int, size: tuple[int, int]) -> None:
    assert find_regions(Image.new("L", size, shade)) == ()


def test_clean_type_and_punch_holes_are_no_excisions() -> None:
    assert find_regions(punch(typed(seed=3))) == ()


def test_a_page_tells_how_much_was_taken_out() -> None:
    box = Box(left=0, top=0, right=50, bottom=20)
    regions = (Region(kind=RegionKind.BLACK, box=box), Region(kind=RegionKind.FRAME, box=box))
    page = Page(number=1, span=Span(0, 0), lines=(), width=100, height=100, regions=regions)
    assert len(page.excisions) == 1
    assert page.excised == pytest.approx(0.1)
    assert Page(number=1, span=Span(0, 0), lines=(), regions=regions).excised == 0.0


def test_a_stroke_that_was_half_read_as_a_word_is_whole_handwriting() -> None:
    """An engine may take the middle of a written line for a word; its strokes are not cut by the box."""
    hand = (300, 1700, 900, 1800)
    page = degrade(scrawl(typed(), hand, seed=5), "clean", seed=1)
    misread = Box(left=310, top=1750, right=880, bottom=1773)
    (found,) = find_regions(page, [*boxes_of_text(), misread])
    assert found.kind is RegionKind.HANDWRITING
    assert found.box.bottom > 1765 and found.box.right > 720
