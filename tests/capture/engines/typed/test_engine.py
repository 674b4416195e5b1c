"""The engine for type of one pitch, on pages of our own making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

import septel.capture.engines.typed.engine as typed_engine
from septel.capture import RecognisedLine, RecognisedWord, TypedEngine
from septel.capture.engines.preparation import prepare
from septel.capture.engines.tesseract import TesserocrEngine
from septel.capture.engines.typed.ctc import Sign, signs_of
from septel.capture.engines.typed.engine import CELL, EMPTY, TALL, _Read, _words_of
from septel.capture.engines.typed.lines import strips_on
from septel.capture.engines.typed.network import DOUBT, doubt, doubtful_stretches, look_again, reader
from septel.capture.engines.typed.pitch import Pitch
from septel.synthesis.marks import place_of
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import degrade

TEXT = """\
PAGE 01 HELSI 01321 01 OF 02 181553Z
ACTION SS-45
INFO OCT-01 EUR-17 IO-13 /076 W
FM USDEL SALT HELSINKI
TO SECSTATE WASHDC PRIORITY
S E C R E T SECTION 1 OF 2 HELSINKI 1321
SUBJ: PRELIMINARY TALKS: FIRST BUSINESS MEETING
1. SEMENOV READ A STATEMENT WHICH SAID THAT NUCLEAR
WAR WOULD MEAN SUICIDE FOR THE SIDE THAT BEGAN IT,
AND THAT A LIMITATION OF STRATEGIC ARMS (OFFENSIVE
AND DEFENSIVE) WAS IN THE INTEREST OF BOTH COUNTRIES.
2. SMITH REPLIED THAT HE WOULD STUDY IT; NEXT MEETING
NOV 20, 11:00 A.M., AT THE SOVIET EMBASSY. GP-1
"""
PAGE = next(iter(print_pages(TEXT, seed=8)))


def said(lines: Sequence[RecognisedLine]) -> str:
    return "\n".join(" ".join(word.text for word in line) for line in lines) + "\n"


def error(image: Image.Image, engine: TypedEngine | None = None) -> float:
    return Levenshtein.distance(said((engine or TypedEngine()).read(image)), TEXT) / len(TEXT)


def words(image: Image.Image) -> list[RecognisedWord]:
    return [word for line in TypedEngine().read(image) for word in line]


def test_a_clean_page_is_read_with_hardly_a_fault() -> None:
    assert error(PAGE) <= 0.01


def test_a_bad_photocopy_is_read_with_half_the_errors_of_an_engine_for_print() -> None:
    worn = degrade(PAGE, "bad photocopy", seed=8)
    print_engine = Levenshtein.distance(said(TesserocrEngine().read(worn)), TEXT) / len(TEXT)
    assert error(worn) < print_engine / 2


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_turned_back(degrees: int) -> None:
    image = PAGE.rotate(degrees, expand=True)
    assert error(image) <= 0.02
    upright, box = words(PAGE)[0].box, words(image)[0].box
    width, height = PAGE.size
    middle = {
        90: (upright.top + upright.bottom, 2 * width - upright.left - upright.right),
        180: (2 * width - upright.left - upright.right, 2 * height - upright.top - upright.bottom),
        270: (2 * height - upright.top - upright.bottom, upright.left + upright.right),
    }[degrees]
    assert abs(box.left + box.right - middle[0]) < 16
    assert abs(box.top + box.bottom - middle[1]) < 16


@pytest.mark.parametrize(("head_down", "even"), [(90, True), (90, False), (270, True)])
def test_a_page_on_its_side_is_turned_though_it_reads_in_step_by_chance(
    monkeypatch: pytest.MonkeyPatch, head_down: int, even: bool
) -> None:
    page = prepare(PAGE, blur=0.0, tall=TALL)
    comb = Pitch(frames=4.0, even=0.9 if even else 0.3, lines=9)
    weights = {0: 0.78, head_down: 0.75, 360 - head_down: 0.95}
    reads = {
        turn: _Read(signs=[], strips=[], ready=page, weight=weight, pitch=comb)
        for turn, weight in weights.items()
    }
    monkeypatch.setattr(TypedEngine, "_upright", lambda _, image: reads[image.info["turn"]])
    monkeypatch.setattr(typed_engine, "on_its_head", lambda read: read is reads[head_down])

    def turned(image: Image.Image, degrees: int) -> Image.Image:
        other = image.copy()
        other.info["turn"] = degrees
        return other

    monkeypatch.setattr(typed_engine, "turned", turned)
    read, degrees = TypedEngine()._aside(PAGE, reads[0])
    assert (read, degrees) == (reads[360 - head_down], 360 - head_down)
    clear = replace(reads[0], weight=0.97)
    assert TypedEngine()._aside(PAGE, clear) == (clear, 0)


def test_a_cut_out_of_a_page_is_scaled_by_its_pitch() -> None:
    assert error(PAGE.crop((0, 0, PAGE.width, PAGE.height // 3))) <= 0.03


def test_words_stand_where_they_were_typed() -> None:
    rows = [line.split() for line in TEXT.splitlines()]
    for row, line in enumerate(TypedEngine().read(PAGE)):
        assert [word.text for word in line][-1:] == rows[row][-1:]
        word = line[0]
        left, top, right, bottom = place_of(row, 0, len(rows[row][0]) - 1)
        assert abs(word.box.left - left) < 12
        assert abs(word.box.right - right) < 12
        assert top - 6 <= word.box.top < word.box.bottom <= bottom + 6


def test_each_sign_tells_how_sure_it_is_and_what_else_it_may_be() -> None:
    found = words(degrade(PAGE, "ghastly", seed=8))
    assert all(len(word.characters) == len(word.text) for word in found)
    doubtful = [sign for word in found for sign in word.characters if sign.confidence < 90]
    assert doubtful
    assert all(0 <= sign.confidence <= 100 for sign in doubtful)
    assert any(sign.others and sign.others[0][1] > 2 for sign in doubtful)
    blanks = [word.blank for word in found if word.blank]
    assert len(blanks) > len(found) / 2
    assert any(blank.others for blank in blanks)
    for word in found:
        assert word.confidence is not None
        assert word.confidence <= min(sign.confidence for sign in word.characters) + 0.01


def test_doubtful_lines_are_looked_at_again() -> None:
    for level, some in (("clean", False), ("ghastly", True)):
        strips = strips_on(prepare(degrade(PAGE, level, seed=8), blur=0.0, tall=TALL).image)
        first = reader().scores(strips)
        moved, again = look_again(reader(), strips, first)
        changed = [not np.array_equal(one, other) for one, other in zip(first, again, strict=True)]
        assert changed == [doubt(one) > DOUBT and any(doubtful_stretches(one)) for one in first]
        assert any(changed) or not some
        assert all(np.allclose(np.exp(one).sum(axis=1), 1.0, atol=1e-3) for one in again)
        assert [one.pixels.shape for one in moved] == [one.pixels.shape for one in strips]
    assert look_again(reader(), [], []) == ([], [])


def test_only_doubtful_stretches_of_a_line_are_looked_at_again() -> None:
    strips = strips_on(prepare(degrade(PAGE, "ghastly", seed=8), blur=0.0, tall=TALL).image)
    first = reader().scores(strips)
    _, again = look_again(reader(), strips, first)
    shown = untouched = 0
    for one, other in zip(first, again, strict=True):
        looked_at = np.zeros(len(one), bool)
        for start, end in doubtful_stretches(one) if doubt(one) > DOUBT else ():
            assert 0 <= start < end <= len(one)
            looked_at[start:end] = True
        assert np.array_equal(one[~looked_at], other[~looked_at])
        shown, untouched = shown + int(looked_at.sum()), untouched + int((~looked_at).sum())
    assert shown and untouched


def test_lines_whose_letters_lost_their_feet_are_looked_at_lower() -> None:
    page = prepare(PAGE.convert("L"), blur=0.0, tall=TALL).image
    whole = strips_on(page)
    ink = np.asarray(page).copy()
    for strip in whole:
        row = round(strip.curve.middle)
        ink[row + 3 : row + 14] = 255
    worn = strips_on(Image.fromarray(ink))
    first = reader().scores(worn)
    moved, again = look_again(reader(), worn, first)
    read = ["".join(sign.text for sign in signs_of(one, capitals=True)) for one in first]
    better = ["".join(sign.text for sign in signs_of(one, capitals=True)) for one in again]
    true = TEXT.split()

    def right(lines: list[str]) -> int:
        return sum((Counter(" ".join(lines).split()) & Counter(true)).values())

    assert right(better) > right(read)
    lower = [new.curve.middle - old.curve.middle for new, old in zip(moved, worn, strict=True)]
    assert np.median(lower) >= 2


def test_print_of_many_widths_is_left_to_the_other_engine() -> None:
    image = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(34)
    lines = [line for line in TEXT.splitlines() if len(line) > 30]
    for row, line in enumerate(lines):
        draw.text((150, 150 + 60 * row), line, font=font, fill=20)
    engine = TypedEngine()
    assert engine.other is not None
    read = engine.read(image)
    assert Levenshtein.distance(said(read), "\n".join(lines) + "\n") <= 0.02 * sum(map(len, lines))
    assert TypedEngine(other=None).read(image) != read


def test_both_cases_are_told_from_capitals_alone() -> None:
    text = (
        "The Soviet delegation stated that a limitation\nof strategic arms was in the interest of both.\n" * 4
    )
    image = next(iter(print_pages(text, seed=3)))
    assert Levenshtein.distance(said(TypedEngine().read(image)), text) <= 0.03 * len(text)
    assert not any(map(str.islower, said(TypedEngine().read(PAGE))))


PROSE = """\
THE SOVIET SIDE STATED AGAIN
THAT AN AGREEMENT ON STRATEGIC
ARMS MUST TAKE ACCOUNT OF ALL
WEAPONS THAT CAN REACH THE
TERRITORY OF THE OTHER SIDE,
WHEREVER THEY ARE STATIONED.
IT DREW NO DISTINCTION.
SMITH ASKED WHETHER AIRCRAFT
ON CARRIERS WERE MEANT. THE
ANSWER WAS THAT THEY WERE, AND
THAT BASES IN THIRD COUNTRIES
HAD TO BE COUNTED WITH THEM.
HE TOOK NOTE OF IT.
THE NEXT MEETING WILL BE HELD
ON THURSDAY AT THE EMBASSY.
""".splitlines()
ASIDE = """\
PARAGRAPHS ARE NUMBERED ONE
BY ONE AND THE SECTIONS BEAR
THE NUMBER OF THE TELEGRAM SO
THAT THE PIECES CAN BE PUT
TOGETHER AGAIN. CAPTIONS SAY
WHO MAY SEE IT.
A PRECEDENCE IS GIVEN FOR THE
ACTION OFFICE AND ANOTHER ONE
FOR INFORMATION. NO REPEATS
ARE NEEDED WHERE THE CIRCUIT
WAS GOOD, BUT OPERATORS ASK
FOR THEM IN ALL OTHER CASES.
THE DATE-TIME GROUP IS OF THE
HOUR AT WHICH IT WAS FILED BY
THE CODE ROOM OF THE POST.
""".splitlines()


@pytest.mark.parametrize("level", ["clean", "bad photocopy"])
def test_columns_of_typescript_are_read_one_after_the_other(level: str) -> None:
    rows = [f"{left:34}{right}" for left, right in zip(PROSE, ASIDE, strict=True)]
    above, below = (
        "MEMORANDUM FOR THE RECORD OF THE DELEGATION AT HELSINKI",
        "APPROVED BY THE CHAIRMAN OF THE DELEGATION ON NOVEMBER 20",
    )
    page = next(iter(print_pages("\n".join([above, *rows, below]) + "\n", seed=3)))
    lines = [*said(TypedEngine().read(degrade(page, level, seed=3))).splitlines()]
    asked = [above, *PROSE, *ASIDE, below]
    assert len(lines) == len(asked)
    wrong = sum(Levenshtein.distance(one, other) for one, other in zip(lines, asked, strict=True))
    assert wrong <= 0.1 * len("".join(asked))


@pytest.mark.parametrize(("cells", "words"), [(2, ["BY", "ONE"]), (1, ["BYONE"])])
def test_words_far_apart_are_two_although_no_blank_was_seen_between_them(
    cells: int, words: list[str]
) -> None:
    page = prepare(next(iter(print_pages("BY        ONE\n", seed=3))), blur=0.0, tall=TALL)
    starts = [0, 1, *(cells + EMPTY - 1 + at for at in (1, 2, 3))]
    signs = [
        Sign(text=text, first=round(CELL * at), last=round(CELL * at) + 2, weight=0.9)
        for text, at in zip("BYONE", starts, strict=True)
    ]
    strip = strips_on(page.image)[0]
    assert [word.text for word in _words_of(signs, strip, EMPTY * CELL)] == words


def test_a_short_table_of_typescript_is_read_across() -> None:
    rows = [f"{left:34}{right}" for left, right in zip(PROSE[:9], ASIDE[:9], strict=True)]
    lines = said(TypedEngine().read(next(iter(print_pages("\n".join(rows) + "\n", seed=3))))).splitlines()
    assert [len(line.split()) for line in lines] == [len(row.split()) for row in rows]


def test_an_empty_page_has_no_words() -> None:
    assert TypedEngine().read(Image.new("L", (1700, 2200), 255)) == ()


def test_the_step_names_the_network() -> None:
    step = TypedEngine().step
    assert step.tool == "septel typed"
    assert step.model is not None
    assert len(step.model) == 8
