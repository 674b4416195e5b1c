"""Rules, dark edges and shading by their shape; print by what the engine said."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from septel.capture import Box, Origin, RecognisedWord, Region, RegionKind
from septel.capture.capture_builder import CaptureBuilder
from septel.capture.model import PageSource, laid
from septel.capture.regions import find_ground


def page() -> Image.Image:
    return Image.new("L", (850, 1100), 255)


def of(kind: RegionKind, found: tuple[Region, ...]) -> list[Box]:
    return [one.box for one in found if one.kind is kind]


def test_rules_are_told_of_and_short_strokes_are_not() -> None:
    form = page()
    pen = ImageDraw.Draw(form)
    pen.line((100, 300, 700, 300), fill=0, width=2)
    pen.line((400, 500, 400, 800), fill=0, width=2)
    pen.line((100, 900, 140, 900), fill=0, width=2)
    level, upright = of(RegionKind.RULE, find_ground(form))
    assert abs(level.left - 100) < 5 and abs(level.right - 700) < 5 and level.bottom - level.top < 8
    assert abs(upright.top - 500) < 5 and abs(upright.bottom - 800) < 5 and upright.right - upright.left < 8


def test_an_edge_lies_along_the_side_of_the_page() -> None:
    copied = page()
    pen = ImageDraw.Draw(copied)
    pen.rectangle((0, 0, 20, 1099), fill=0)
    pen.rectangle((300, 500, 420, 540), fill=0)
    (edge,) = of(RegionKind.EDGE, find_ground(copied))
    assert edge.left == 0 and edge.right < 30 and edge.bottom - edge.top > 1000


def test_dense_dots_are_shading_and_a_few_are_not() -> None:
    dotted = np.asarray(page()).copy()
    chance = np.random.default_rng(7)
    for _ in range(1500):
        row, column = chance.integers(400, 600), chance.integers(200, 500)
        dotted[row, column] = 0
    for _ in range(100):
        dotted[chance.integers(700, 1100), chance.integers(0, 850)] = 0
    found = of(RegionKind.SHADING, find_ground(Image.fromarray(dotted)))
    assert found
    assert all(box.top >= 350 and box.bottom <= 650 and box.left >= 150 and box.right <= 550 for box in found)


def test_white_paper_has_no_ground() -> None:
    assert find_ground(page()) == ()


def test_words_that_the_engine_took_for_print_are_a_region() -> None:
    def word(text: str, left: int, *, printed: bool) -> RecognisedWord:
        box = Box(left=left, top=100, right=left + 60, bottom=120)
        return RecognisedWord(text=text, box=box, confidence=90.0, printed=printed)

    line = (
        word("RELEASING", 100, printed=True),
        word("OFFICER", 170, printed=True),
        word("KING", 300, printed=False),
    )
    builder = CaptureBuilder("a.png", "0" * 64)
    builder.add(PageSource(number=1, image=page(), size=(850, 1100)), laid([line]), origin=Origin.ENGINE)
    (built,) = builder.capture(None).pages
    assert of(RegionKind.PRINT, built.regions) == [Box(left=100, top=100, right=230, bottom=120)]
    assert [one.text for one in built.lines[0].words] == ["RELEASING", "OFFICER", "KING"]
