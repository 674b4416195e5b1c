"""Pieces of lines for a second engine: cut straight, and put back where they were."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from septel.capture import (
    Box,
    EnginePool,
    LineStretch,
    Origin,
    PageOutcome,
    RapidRows,
    RecognisedWord,
    ShownPieces,
    read,
)
from septel.capture.engines.rapid import ROW_HIGH, ROW_MARGIN
from septel.capture.stretches import cut, loose_stretches, placed

LEVEL = LineStretch(left=100, right=400, first=60.0, last=60.0, high=24.0)
TILTED = LineStretch(left=100, right=400, first=150.0, last=165.0, high=24.0)


def page() -> Image.Image:
    """A level bar with a notch in the middle, and one that falls by five pixels in a hundred."""
    image = Image.new("L", (600, 300), 255)
    draw = ImageDraw.Draw(image)
    draw.line((100, 60, 400, 60), fill=0, width=6)
    draw.rectangle((248, 50, 252, 70), fill=0)
    draw.line((100, 150, 400, 165), fill=0, width=6)
    return image


def test_pieces_are_cut_straight_one_under_the_other() -> None:
    rows = cut(page(), [LEVEL, TILTED])
    assert rows.height == 2 * ROW_HIGH
    dark = np.asarray(rows) < 128
    for top in (0, ROW_HIGH):
        inside = dark[top : top + ROW_HIGH, 2 * ROW_MARGIN : -2 * ROW_MARGIN]
        middles = np.array([np.flatnonzero(column).mean() for column in inside.T])
        assert abs(np.median(middles) - ROW_HIGH / 2) < 1.5
        assert np.ptp(np.convolve(middles, np.ones(9) / 9, "valid")) < 3


def test_what_was_read_in_a_row_stands_where_it_was_cut() -> None:
    dark = np.asarray(cut(page(), [TILTED, LEVEL]))[ROW_HIGH:] < 128
    notch = np.flatnonzero(dark[ROW_HIGH // 2 - 8]).tolist()
    seen = RecognisedWord(
        text="I",
        box=Box(left=notch[0], top=ROW_HIGH, right=notch[-1] + 1, bottom=2 * ROW_HIGH - 1),
        confidence=90.0,
    )
    ((word,),) = placed([(seen,)], [TILTED, LEVEL])
    assert abs(word.box.left - 248) <= 1
    assert abs(word.box.right - 253) <= 1
    assert (word.box.top, word.box.bottom) == (LEVEL.box.top, LEVEL.box.bottom)


def test_a_row_without_ink_is_no_line() -> None:
    pytest.importorskip("rapidocr")
    away = replace(LEVEL, first=250.0, last=250.0)
    assert RapidRows.installed().read(cut(page(), [away])) == ()


def lettered(degrees: float = 0.0) -> Image.Image:
    """Two lines of letters; the sheet may be turned."""
    sheet = Image.new("L", (1200, 1500), 255)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=20)
    draw.text((200, 300), "DELEGATION MEETING", fill=0, font=font)
    draw.text((200, 700), "NOTHING OF THIS", fill=0, font=font)
    return sheet.rotate(degrees, fillcolor=255)


@pytest.mark.parametrize("degrees", [0.0, 1.5])
def test_text_where_nobody_read_a_word_is_found_along_its_line(degrees: float) -> None:
    sheet = lettered(degrees)
    (above, below) = sorted(loose_stretches(sheet, ()), key=lambda one: one.first)
    dark = np.asarray(sheet) < 128
    for one, first in ((above, 200), (below, 600)):
        rows, columns = np.nonzero(dark[first : first + 250])
        assert abs(one.left - columns.min()) <= 4
        assert abs(one.right - columns.max()) <= 4
        assert abs((one.first + one.last) / 2 - (first + rows.mean())) <= 4
        rising = np.polyfit(columns, rows, 1)[0] * (one.right - one.left)
        assert abs((one.last - one.first) - rising) <= 3


def test_text_that_was_read_is_not_looked_for() -> None:
    read_already = Box(left=195, top=295, right=600, bottom=330)
    (below,) = loose_stretches(lettered(), [read_already])
    assert below.first > 600
    assert loose_stretches(Image.new("L", (600, 800), 255), ()) == []


def test_only_what_is_asked_for_is_read_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    pytest.importorskip("rapidocr")
    folder = tmp_path_factory.mktemp("sheets")
    font = ImageFont.load_default(size=30)
    for name in ("1", "2"):
        sheet = Image.new("L", (1200, 400), 255)
        draw = ImageDraw.Draw(sheet)
        draw.text((100, 100), "DELEGATION MEETING", fill=0, font=font)
        draw.text((100, 200), "NOTHING OF THIS", fill=0, font=font)
        sheet.save(folder / f"{name}.png")
    middle = 100 + sum(font.getbbox("DELEGATION")[1::2]) / 2
    piece = LineStretch(left=100, right=500, first=middle, last=middle, high=26.0)
    shown = ShownPieces(stretches=(piece,), read=(piece.box, Box(left=90, top=195, right=500, bottom=240)))
    with EnginePool(engines=1) as pool:
        found = read(folder, engine=RapidRows.installed(), pool=pool, stretches={2: shown})
    assert found.source.text == "DELEGATION MEETING\n"
    assert [account.outcome for account in found.accounts] == [PageOutcome.BLANK, PageOutcome.READ]
    (sheet_read,) = found.pages
    assert (sheet_read.number, sheet_read.origin, sheet_read.regions) == (2, Origin.ENGINE, ())
    box = sheet_read.lines[0].words[0].box
    assert box is not None
    assert box.top == piece.box.top
    assert 80 <= box.left <= 140
