"""Stamped numbers and dates: what they say, where they are looked for, and how they stand among words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from septel.capture.engines.preparation import prepare
from septel.capture.engines.typed import TALL, Sign
from septel.capture.engines.typed.baseline import Curve
from septel.capture.engines.typed.lines import LineStrip
from septel.capture.engines.typed.mosaic import ink_on
from septel.capture.engines.typed.stamped import ReadStamp, read_stamps, spaced_rows, with_stamps
from septel.capture.engines.typed.stamped.placement import words_of
from septel.capture.engines.typed.stamped.text import StampKind, stamp_of
from septel.capture.model import Box, RecognisedWord
from septel.capture.regions import TextPiece


@pytest.mark.parametrize(
    ("read", "kind", "text"),
    [
        ("IN 89022", StampKind.NUMBER, "IN 89022"),
        (".DIR 12345", StampKind.NUMBER, "DIR 12345"),
        ("11O22", StampKind.NUMBER, "11022"),
        ("TDCS-3/565,829", StampKind.REPORT, "TDCS-3/565,829"),
        ("17 OCT 62", StampKind.DATE, "17 OCT 62"),
        ("8 Jan 67 IN 00397", StampKind.DATE, "8 JAN 67 IN 00397"),
        ("OCT 17 1 15 AM '62", StampKind.DATE, "OCT 17 1 15 AM '62"),
        ("1962 OCT 17 PM 4 30", StampKind.DATE, "1962 OCT 17 PM 4 30"),
        ("29Mov 63 22 21z", StampKind.DATE, "29NOV 63 22 21Z"),
        ("30 15 49'Z", StampKind.GROUP, "30 15 49'Z"),
    ],
)
def test_numbers_and_dates_are_known(read: str, kind: StampKind, text: str) -> None:
    found = stamp_of(read)
    assert found is not None
    assert (found.kind, found.text) == (kind, text)


@pytest.mark.parametrize(
    "read", ["", "SECRET", "1963", "PAGE 2", "35 JAN 64", "MEXI 3449", "(See p.137", "T4 671"]
)
def test_other_words_are_no_stamps(read: str) -> None:
    assert stamp_of(read) is None


def test_a_sign_taken_for_a_figure_is_told() -> None:
    plain, changed = stamp_of("11022"), stamp_of("11O22")
    assert plain is not None and changed is not None
    assert (plain.changed, changed.changed) == (0, 1)


def _read(
    text: str, weights: list[float], place: tuple[int, int, int, int] = (100, 50, 220, 80)
) -> ReadStamp:
    stamp = stamp_of(text)
    assert stamp is not None
    signs = tuple(
        Sign(text=sign, first=3 * at, last=3 * at + 2, weight=weight)
        for at, (sign, weight) in enumerate(zip(text, weights, strict=True))
    )
    curve = Curve(65.0, 0.0, 0.0, 160.0)
    strip = LineStrip(pixels=np.zeros((32, 160), np.float32), left=90.0, curve=curve, scale=1.1)
    piece = TextPiece(place=(100, 50, 220, 80), high=28, fill=0.4)
    return ReadStamp(stamp=stamp, piece=piece, signs=signs, strip=strip, agreeing=1.0, weight=min(weights))


def test_the_figures_of_a_stamp_make_up_its_likelihood_and_the_weak_sign_bears_the_doubt() -> None:
    (word,) = words_of(_read("9 3162", [0.99, 1.0, 0.99, 0.5, 0.99, 0.99]), 0.7)
    assert word.text == "93162"
    assert math.prod(one.confidence / 100 for one in word.characters) == pytest.approx(0.7, abs=0.01)
    assert word.confidence == pytest.approx(70, abs=0.1)
    assert min(range(5), key=lambda at: word.characters[at].confidence) == 2
    assert word.printed


def test_day_month_and_year_that_run_together_are_words() -> None:
    words = words_of(_read("29NOV63 22 21Z", [0.9] * 14), 0.7)
    assert [word.text for word in words] == ["29", "NOV", "63", "22", "21Z"]


def test_what_others_saw_alike_stands_and_is_surer() -> None:
    seen = (_word("(DIR", (102, 52, 150, 79), 60.0), _word("93162)", (160, 52, 218, 79), 55.0))
    ((one, other),) = with_stamps([seen], [_read("DIR 93162", [0.999] * 9)])
    assert (one.text, other.text) == ("(DIR", "93162)")
    assert (other.confidence or 0) > 80


def _word(text: str, box: tuple[int, int, int, int], confidence: float) -> RecognisedWord:
    left, top, right, bottom = box
    return RecognisedWord(
        text=text, box=Box(left=left, top=top, right=right, bottom=bottom), confidence=confidence
    )


def test_a_likely_stamp_stands_instead_of_what_was_seen_with_less_sureness() -> None:
    label, wrong = _word("DIR", (20, 52, 80, 78), 90.0), _word("95!6Z", (102, 52, 218, 79), 20.0)
    below = _word("TEXT", (20, 120, 80, 140), 95.0)
    lines = with_stamps([(label, wrong), (below,)], [_read("93162", [0.999] * 5)])
    assert [[word.text for word in line] for line in lines] == [["DIR", "93162"], ["TEXT"]]


def test_a_mark_behind_a_year_is_no_figure() -> None:
    seen = _word("1959?", (102, 52, 218, 79), 75.0)
    assert with_stamps([(seen,)], [_read("19592", [0.999] * 5)]) == [(seen,)]


def test_a_number_whose_label_others_saw_with_it_stands_as_they_saw_it() -> None:
    seen = _word("TDCS-3/560,871", (102, 52, 218, 79), 80.0)
    ((word,),) = with_stamps([(seen,)], [_read("3/560,871", [0.999] * 9)])
    assert word.text == "TDCS-3/560,871"


def test_a_stamp_where_nothing_was_seen_goes_into_the_line_beside_it_or_its_own() -> None:
    label, below = _word("DIR", (20, 52, 80, 78), 90.0), _word("TEXT", (20, 120, 80, 140), 95.0)
    read = _read("93162", [0.999] * 5)
    assert [[word.text for word in line] for line in with_stamps([(label,), (below,)], [read])] == [
        ["DIR", "93162"],
        ["TEXT"],
    ]
    assert [[word.text for word in line] for line in with_stamps([(below,)], [read])] == [["93162"], ["TEXT"]]


def test_an_unlikely_stamp_changes_nothing() -> None:
    seen = _word("95!6Z", (102, 52, 218, 79), 20.0)
    assert with_stamps([(seen,)], [_read("93162", [0.02] * 5)]) == [(seen,)]


def _page(text: str, apart: int) -> Image.Image:
    page = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(44)
    for at, sign in enumerate(text):
        draw.text((900 + apart * at, 400), sign, font=font, fill=0)
    return page


def test_figures_that_stand_far_apart_are_one_row() -> None:
    ink = ink_on(prepare(_page("93162", 56), blur=0.0, tall=TALL))
    (row,) = spaced_rows(ink)
    assert row.place[0] < 915 and row.place[2] > 1130


def test_a_clean_stamp_is_read_off_a_page() -> None:
    ready = prepare(_page("93162", 44), blur=0.0, tall=TALL)
    found = read_stamps(ready.image, ink_on(ready))
    assert "93162" in {"".join(filter(str.isalnum, one.stamp.text)) for one in found}


def test_a_blank_page_has_no_stamps() -> None:
    ready = prepare(Image.new("L", (1700, 2200), 255), blur=0.0, tall=TALL)
    assert read_stamps(ready.image, ink_on(ready)) == []
