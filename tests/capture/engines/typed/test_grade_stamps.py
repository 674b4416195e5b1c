"""Stamps of grade at a page's head and foot: read, doubted, or told as unread."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from septel.capture import UNREAD
from septel.capture.engines.typed.stamped import with_grades
from septel.capture.model import Box, RecognisedLine, RecognisedWord

HEAD, FOOT = (700, 90), (700, 2020)


def stamp(text: str, *, large: int = 60, crooked: float = 0.0, dots: float = 0.0) -> Image.Image:
    """A stamp's letters, crooked by some degrees, with a share of their ink gone."""
    font = ImageFont.load_default(large)
    wide, high = (round(edge) + 20 for edge in font.getbbox(text)[2:])
    drawn = Image.new("L", (wide, high), 255)
    ImageDraw.Draw(drawn).text((10, 10), text, font=font, fill=0)
    drawn = drawn.rotate(crooked, Image.Resampling.BILINEAR, expand=True, fillcolor=255)
    gone = np.random.default_rng(5).random((drawn.height, drawn.width)) < dots
    return Image.fromarray(np.where(gone, np.uint8(255), np.asarray(drawn)))


def page(*stamps: tuple[Image.Image, tuple[int, int]]) -> Image.Image:
    sheet = Image.new("L", (1700, 2200), 255)
    for drawn, place in stamps:
        sheet.paste(drawn, place)
    return sheet


def told(sheet: Image.Image, lines: list[RecognisedLine] | None = None) -> list[tuple[str, float]]:
    found = with_grades(lines or [], sheet, np.zeros((sheet.height, sheet.width), np.bool_))
    return [(" ".join(word.text for word in line), line[0].confidence or 0.0) for line in found]


def word(text: str, box: Box, sure: float) -> RecognisedWord:
    return RecognisedWord(text=text, box=box, confidence=sure)


@pytest.mark.parametrize("grade", ["SECRET", "TOP SECRET", "CONFIDENTIAL"])
@pytest.mark.parametrize(("crooked", "dots"), [(0.0, 0.0), (2.5, 0.0), (0.0, 0.4)])
def test_one_stamp_is_read_with_doubt(grade: str, crooked: float, dots: float) -> None:
    ((text, sure),) = told(page((stamp(grade, crooked=crooked, dots=dots), HEAD)))
    assert text == grade
    assert sure < 50


def test_two_stamps_that_agree_are_surer() -> None:
    found = told(page((stamp("SECRET"), HEAD), (stamp("SECRET", crooked=2.0), FOOT)))
    assert [text for text, _ in found] == ["SECRET", "SECRET"]
    assert min(sure for _, sure in found) >= 90


def test_two_stamps_that_differ_are_both_doubted() -> None:
    found = told(page((stamp("SECRET"), HEAD), (stamp("CONFIDENTIAL"), FOOT)))
    assert [text for text, _ in found] == ["SECRET", "CONFIDENTIAL"]
    assert max(sure for _, sure in found) < 50


@pytest.mark.parametrize("stroke", [(690, 135, 960, 135), (700, 155, 950, 105)])
def test_a_stamp_that_was_struck_out_stays_doubted(stroke: tuple[int, int, int, int]) -> None:
    sheet = page((stamp("SECRET"), HEAD), (stamp("SECRET"), FOOT))
    ImageDraw.Draw(sheet).line(stroke, fill=0, width=5)
    found = dict(zip(("head", "foot"), told(sheet), strict=True))
    assert found["head"][1] < 50
    assert found["foot"][1] < 50


def test_no_stamp_is_read_that_would_open_a_paper() -> None:
    ((text, sure),) = told(page((stamp("UNCLASSIFIED"), HEAD)))
    assert set(text) == {UNREAD}
    assert sure == 0


@pytest.mark.parametrize(
    "text", ["SECTION", "SECRETARY", "MEMORANDUM", "RECEIVED", "TELEGRAM", "CONFERENCE", "10612"]
)
def test_other_large_words_are_no_grades(text: str) -> None:
    assert told(page((stamp(text), HEAD))) == []


def test_nothing_is_looked_for_where_words_were_read() -> None:
    box = Box(left=705, top=95, right=1000, bottom=170)
    lines: list[RecognisedLine] = [(word("SECRET", box, 97.0),)]
    assert told(page((stamp("SECRET"), HEAD)), lines) == [("SECRET", 97.0)]


def test_a_misread_stamp_gives_way_and_half_a_grade_is_no_grade() -> None:
    box = Box(left=705, top=95, right=810, bottom=170)
    lines: list[RecognisedLine] = [(word("TOP", box, 97.0),)]
    assert [text for text, _ in told(page((stamp("TOP SECRET"), HEAD)), lines)] == ["TOP SECRET"]


def test_stamps_in_the_middle_of_a_page_are_no_grade_of_it() -> None:
    assert told(page((stamp("SECRET"), (700, 1000)))) == []
