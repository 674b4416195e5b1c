from __future__ import annotations

import pytest
from PIL import Image

from septel.capture import Box, Page, Region, RegionKind, find_regions
from septel.capture.degrade import degrade, excise, place_of, print_pages, punch, stamp
from septel.text import Span

TEXT = "THE NEXT MEETING WILL BE HELD AT THE SOVIET EMBASSY ON THURSDAY.\n" * 40
PLACE = place_of(8, 10, 40)


def typed(seed: int = 1) -> Image.Image:
    return next(iter(print_pages(TEXT, seed=seed)))


def near(box: Box, place: tuple[int, int, int, int], by: int = 24) -> bool:
    mine = (box.left, box.top, box.right, box.bottom)
    return all(abs(one - other) <= by for one, other in zip(mine, place, strict=True))


@pytest.mark.parametrize("level", ["clean", "photocopy", "bad photocopy", "ghastly"])
def test_what_was_blacked_out_is_found_on_worn_pages_and_nothing_else(level: str) -> None:
    (found,) = find_regions(degrade(punch(excise(typed(), PLACE)), level, seed=1))
    assert found.kind is RegionKind.BLACK
    assert near(found.box, PLACE)


@pytest.mark.parametrize("level", ["clean", "photocopy"])
def test_brackets_around_nothing_are_an_excision(level: str) -> None:
    page = degrade(excise(typed(), PLACE, manner="white", authority="(b)(1)"), level, seed=2)
    (found,) = find_regions(page)
    assert found.kind is RegionKind.WHITE
    assert near(found.box, PLACE)


def test_a_stamp_s_frame_is_found_and_is_no_excision() -> None:
    (found,) = find_regions(
        degrade(stamp(typed(), "DECLASSIFIED\nNND 12", middle=(0.5, 0.9)), "clean", seed=1)
    )
    assert found.kind is RegionKind.FRAME
    assert abs((found.box.left + found.box.right) / 2 - 850) < 20
    assert abs((found.box.top + found.box.bottom) / 2 - 1980) < 20


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
