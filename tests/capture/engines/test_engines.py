from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rapidfuzz.distance import Levenshtein

from septel.capture import Box, RecognisedLine, RecognisedWord, TesserocrEngine, engine_named
from septel.capture.engines.orientation import turned, turned_back
from septel.capture.engines.preparation import prepare
from septel.capture.engines.rapid import _words
from septel.capture.engines.reading_order import in_rows
from septel.capture.engines.tesseract import in_capitals
from septel.errors import MissingPart, UsageError
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import degrade

CAPITAL = "THE SOVIET DELEGATION WILL GIVE ITS ANSWER ON THURSDAY NOVEMBER 20.\n" * 30
HALVES = CAPITAL[:900]
MIXED = "The Soviet delegation will give its answer on Thursday, November 20.\n" * 30


def placed(text: str, row: int, column: int) -> RecognisedLine:
    """Words of a typed row, 30 pixels to the character and 50 to the row."""
    words = []
    for word in text.split():
        at = column + text.index(word)
        left, top = at * 30, row * 50
        box = Box(left=left, top=top, right=left + 30 * len(word) - 6, bottom=top + 32)
        words.append(RecognisedWord(text=word, box=box, confidence=90.0))
    return tuple(words)


def read(lines: list[RecognisedLine]) -> list[str]:
    return [" ".join(word.text for word in line) for line in in_rows(lines)]


@given(st.lists(st.integers(1, 50), min_size=4, max_size=10), st.integers(0, 99))
def test_pieces_of_rows_come_together_whatever_their_order(cuts: list[int], seed: int) -> None:
    row = "WORDS OF UNEQUAL LENGTH STAND ABOVE ONE ANOTHER AT RANDOM"
    pieces = []
    for number, cut in enumerate(cuts):
        at = row.rfind(" ", 0, cut) + 1
        pieces += [placed(part, number, column) for part, column in ((row[:at], 0), (row[at:], at)) if part]
    random.Random(seed).shuffle(pieces)
    assert read(pieces) == [row] * len(cuts)


def test_a_word_cut_in_two_is_made_whole() -> None:
    assert read([placed("COMMERCIAL WH", 0, 0), placed("EAT BROKERAGE", 0, 13)]) == [
        "COMMERCIAL WHEAT BROKERAGE"
    ]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [placed("prose in columns is read", row, 0) for row in range(14)]
    right = [placed("down one and then the next", row, 30) for row in range(14)]
    assert read(left + right) == ["prose in columns is read"] * 14 + ["down one and then the next"] * 14


def test_a_short_table_is_read_across() -> None:
    left = [placed("ACTION EUR", row, 0) for row in range(14)]
    right = [placed("INFO OCT", row, 30) for row in range(14)]
    assert read(left + right) == ["ACTION EUR INFO OCT"] * 14


@pytest.mark.parametrize(("text", "capitals"), [(CAPITAL, True), (MIXED, False), (HALVES + MIXED, False)])
def test_the_case_of_a_page_is_found_out(text: str, capitals: bool) -> None:
    page = degrade(next(iter(print_pages(text, seed=4))), "photocopy", seed=4)
    assert in_capitals(prepare(page).image) is capitals


def test_a_skewed_and_worn_page_keeps_its_lines() -> None:
    page = degrade(next(iter(print_pages(CAPITAL, seed=6))), "bad photocopy", seed=6)
    lines = TesserocrEngine().read(page)
    assert abs(len(lines) - 30) <= 1
    whole = [line for line in lines if Levenshtein.normalized_similarity(_text(line), CAPITAL[:67]) > 0.6]
    assert len(whole) >= 28


def _text(line: RecognisedLine) -> str:
    return " ".join(word.text for word in line)


@pytest.mark.parametrize("degrees", [270])
def test_a_page_on_its_side_is_read_and_its_boxes_lie_where_its_words_do(degrees: int) -> None:
    typed = next(iter(print_pages(CAPITAL[: 68 * 12], seed=8)))
    lying = typed.rotate(degrees, expand=True)
    lines = TesserocrEngine().read(lying)
    assert Levenshtein.normalized_similarity(_text(lines[0]), CAPITAL[:67]) > 0.9
    ink = np.asarray(lying) < 128
    for word in lines[3]:
        assert ink[word.box.top : word.box.bottom, word.box.left : word.box.right].mean() > 0.08


@given(st.sampled_from([0, 90, 180, 270]), st.integers(0, 90), st.integers(0, 40))
def test_turning_back_finds_the_place_again(degrees: int, left: int, top: int) -> None:
    page = Image.new("L", (100, 50), 255)
    page.paste(0, (left, top, left + 9, top + 5))
    across = np.argwhere(np.asarray(turned(page, degrees)) == 0)
    (first, start), (last, end) = across.min(axis=0).tolist(), (across.max(axis=0) + 1).tolist()
    seen = RecognisedWord(text="X", box=Box(left=start, top=first, right=end, bottom=last), confidence=None)
    assert turned_back(seen, degrees, page.size).box == Box(
        left=left, top=top, right=min(left + 9, 100), bottom=min(top + 5, 50)
    )


def test_rapidocr_s_eastern_signs_are_no_words() -> None:
    corners = [(0.0, 0.0), (120.0, 0.0), (0.0, 20.0), (120.0, 20.0)]
    found = _words("THE \u3046\u3071 NEXT\uff1a \u4e00A", corners, 90.0)
    assert [word.text for word in found] == ["THE", "NEXT:"]


def test_rapidocr_reads_a_worn_page() -> None:
    pytest.importorskip("rapidocr")
    page = degrade(next(iter(print_pages(CAPITAL[: 68 * 6], seed=6))), "photocopy", seed=6)
    lines = engine_named("rapid").read(page.crop((0, 0, 1700, 500)))
    assert Levenshtein.normalized_similarity(_text(lines[0]), CAPITAL[:67]) > 0.9
    assert all(word.text.isprintable() for line in lines for word in line)


def test_a_missing_engine_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingPart, match=r"septel\[rapid\]"):
        engine_named("rapid")


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UsageError, match="tesseract or rapid"):
        engine_named("abbyy")
