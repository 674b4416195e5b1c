"""Cells of forms: rules part text, labels are known again, nothing is read twice, the bar lies level."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from septel.capture import Box, RecognisedWord, TypedEngine
from septel.capture.engines.typed.ctc import Sign
from septel.capture.engines.typed.doubles import without_doubles
from septel.capture.engines.typed.engine import spaced
from septel.capture.engines.typed.labels import label_of, with_label
from septel.capture.engines.typed.mosaic import Cutting, StraightSheet, read_pieces
from septel.capture.engines.typed.release_bar import release_bar
from septel.capture.regions import pieces_of_text, rules_on

RELEASE = "2025 RELEASE UNDER THE PRESIDENT JOHN F. KENNEDY ASSASSINATION RECORDS ACT OF 1992"


def form() -> Image.Image:
    """Two rows of cells at 200 dpi, a label near the rule on each side of an upright one."""
    page = Image.new("L", (1700, 2200), 255)
    pen, print_ = ImageDraw.Draw(page), ImageFont.load_default(20)
    for row in (300, 380, 460):
        pen.line((200, row, 1400, row), fill=0, width=3)
    for column in (200, 700, 1400):
        pen.line((column, 300, column, 460), fill=0, width=3)
    for place, text in (((610, 310), "INDEX"), ((712, 310), "DESTROY"), ((210, 390), "RETURN TO BRANCH")):
        pen.text(place, text, font=print_, fill=0)
    return page


def word(text: str, left: int, top: int = 100, *, sure: float = 90.0, wide: int = 20) -> RecognisedWord:
    box = Box(left=left, top=top, right=left + wide * len(text), bottom=top + 24)
    return RecognisedWord(text=text, box=box, confidence=sure)


def signs(places: list[float]) -> list[Sign]:
    return [Sign(text="S", first=int(p) - 1, last=int(p) + 1, weight=0.99) for p in places]


def released(degrees: float) -> Image.Image:
    """A page with lines of type that lies crooked under a level bar, at 300 dpi."""
    page = Image.new("L", (2550, 3300), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.load_default(48)
    for row in range(8):
        pen.text((400, 900 + 120 * row), "REQUEST TRACES AND ADVISE STATION", font=face, fill=0)
    page = page.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(page)
    pen.rounded_rectangle((374, 22, 2250, 73), 8, outline=0, width=2, fill=255)
    pen.text((390, 30), RELEASE, font=ImageFont.load_default(34), fill=0)
    return page


def test_rules_part_the_labels_of_neighbouring_cells() -> None:
    page = form()
    dark = np.asarray(page) < 150
    rules = rules_on(dark, 200)
    assert rules[300:303, 200:1400].all() and rules[300:460, 699:702].all()
    found = pieces_of_text(dark, 200).found
    pieces = [one for one in found if one.place[1] < 380]
    assert len(pieces) == 2
    assert pieces[0].place[2] < 700 < pieces[1].place[0]
    read = read_pieces([Cutting(image=page, piece=one, scale=1.0) for one in found])
    assert [" ".join(one.text for one in line) for line in read] == ["INDEX", "DESTROY", "RETURN TO BRANCH"]
    for line, piece in zip(read, found, strict=True):
        assert abs(line[0].box.left - piece.place[0]) < 6 and abs(line[-1].box.right - piece.place[2]) < 6


def test_strokes_and_specks_are_no_text() -> None:
    page = Image.new("L", (1700, 2200), 255)
    pen = ImageDraw.Draw(page)
    pen.line((300, 500, 700, 900), fill=0, width=4)
    for number in range(200):
        pen.point((37 * number % 1700, 91 * number % 2200), fill=0)
    assert pieces_of_text(np.asarray(page) < 150, 200).found == ()


@pytest.mark.parametrize(
    ("read", "label"),
    [
        ("CAME SECAETARAT O1SSEMMNATION", "CABLE SECRETARIAT DISSEMINATION"),
        ("RELEABING GFPICZER", "RELEASING OFFICER"),
        ("CLASIFICATION", "CLASSIFICATION"),
    ],
)
def test_a_label_read_badly_is_known_again(read: str, label: str) -> None:
    line = tuple(word(text, 100 + 300 * at, sure=30.0) for at, text in enumerate(read.split()))
    found = with_label(line)
    assert " ".join(one.text for one in found) == label
    assert all(50.0 <= (one.confidence or 0.0) < 97.0 for one in found)
    assert found[0].box.left == line[0].box.left and found[-1].box.right == line[-1].box.right


@pytest.mark.parametrize("read", ["Communists", "MANAGER SALES", "45573", "SEAMAN"])
def test_other_words_are_no_labels(read: str) -> None:
    line = tuple(word(text, 100 + 300 * at, sure=92.0) for at, text in enumerate(read.split()))
    assert label_of(line) is None
    assert with_label(line) == line


def test_nothing_read_is_no_label() -> None:
    assert label_of(()) is None


def test_of_words_on_top_of_each_other_the_likelier_stands() -> None:
    once = (word("RELEASING", 100), word("OFFICER", 300))
    again = (word("REL", 100, 103, sure=40.0), word("OFFICER", 300, 103, sure=95.0))
    (line,) = without_doubles([once, again])
    assert [one.text for one in line] == ["RELEASING", "OFFICER"]
    assert line[1].confidence == 95.0


def test_lines_with_one_word_in_the_same_place_stay_two() -> None:
    once = (word("RELEASING", 100), word("OFFICER", 300))
    other = (word("OFFICER", 300, 103, sure=95.0), word("COPY", 500, 103), word("NUMBER", 700, 103))
    (first, second) = without_doubles([once, other])
    assert [one.text for one in first] == ["RELEASING"]
    assert [one.text for one in second] == ["OFFICER", "COPY", "NUMBER"]


def test_words_that_only_one_of_two_looks_at_a_line_has_stand_in_their_places() -> None:
    once = [word(text, 200 * at) for at, text in enumerate(("THIS", "FQR", "HIMSELF", "NOW"))]
    again = [
        word(text, 200 * at, 103, sure=95.0) for at, text in enumerate(("THIS", "FOR", "HIMSELF", "NOW"))
    ]
    once[0], again[2] = replace(once[0], confidence=99.0), replace(again[2], confidence=30.0)
    (line,) = without_doubles([tuple(once), tuple(again)])
    assert [one.text for one in line] == ["THIS", "FOR", "HIMSELF", "NOW"]


def test_lines_under_one_another_are_no_doubles() -> None:
    lines = [(word("OFFICER", 100, 100 + 20 * at),) for at in range(3)]
    assert without_doubles(lines) == lines


def with_blanks(step: float, letters: int, blanks: set[int]) -> list[Sign]:
    out: list[Sign] = []
    for number, sign in enumerate(signs([step * n for n in range(letters)])):
        if number in blanks:
            out.append(Sign(text=" ", first=sign.first - 2, last=sign.first - 2, weight=0.9))
        out.append(sign)
    return out


def test_letters_of_spaced_words_stand_a_blank_apart() -> None:
    assert len(spaced(with_blanks(8.0, 6, {2, 4}), 4.0)) == 6
    assert not spaced(with_blanks(8.0, 6, set()), 4.0)
    assert not spaced(with_blanks(4.0, 6, {2, 4}), 4.0)
    assert not spaced(with_blanks(8.0, 3, {1, 2}), 4.0)


def test_the_release_bar_is_found_and_black_edges_are_not() -> None:
    (frame,) = release_bar(released(0.0))
    assert abs(frame.left - 374) <= 12 and abs(frame.right - 2250) <= 12
    edge = Image.new("L", (2550, 3300), 255)
    ImageDraw.Draw(edge).rectangle((0, 0, 2550, 60), fill=0)
    assert release_bar(edge) == []
    assert release_bar(Image.new("L", (30, 30), 255)) == []


def test_the_bar_of_a_crooked_page_is_read_once_and_level() -> None:
    lines = TypedEngine().read(released(2.0))
    said = [" ".join(one.text for one in line) for line in lines]
    assert said[0] == RELEASE
    assert sum("KENNEDY" in line for line in said) == 1


@pytest.mark.parametrize("degrees", [0.0, 0.7, -2.3])
def test_a_part_of_a_straight_sheet_is_what_the_whole_one_has_there(degrees: float) -> None:
    page = form().rotate(-degrees, fillcolor=255, resample=Image.Resampling.BILINEAR)
    letters = Image.new("L", page.size, 0)
    letters.paste(255, (190, 290, 1410, 470))
    whole = Image.new("L", page.size, 255)
    whole.paste(page.rotate(degrees, fillcolor=255, resample=Image.Resampling.BILINEAR), (0, 0), letters)
    sheet = StraightSheet(page=page, degrees=degrees, letters=letters)
    for box in ((180, 280, 760, 480), (-40, 250, 300, 400), (1300, 400, 1800, 2300)):
        part, there = np.asarray(sheet.crop(box), int), np.asarray(whole.crop(box), int)
        assert part.shape == there.shape and abs(part - there).max() <= 1
    assert np.asarray(sheet.crop((1800, 2300, 1810, 2310))).max() == 0
