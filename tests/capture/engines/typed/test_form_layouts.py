"""Layouts of forms: laid on a page by the words that agree, and words put only where ink does."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp, log

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from septel.capture import Box, RecognisedLine, RecognisedWord
from septel.capture.engines.typed.ctc import CLASSES, CODES, NONE
from septel.capture.engines.typed.forms import printed_words
from septel.capture.engines.typed.forms.layouts import (
    FEWEST,
    FormWord,
    Layout,
    PageWord,
    layouts_of,
    placed,
    shipped,
    telling,
)
from septel.capture.engines.typed.forms.look import likelihoods
from septel.capture.engines.typed.forms.printed_words import with_forms
from septel.capture.engines.typed.print_words import bare

PLACES = {
    "ORIG": (100, 100),
    "UNIT": (100, 140),
    "EXT": (100, 180),
    "DATE": (100, 220),
    "INDEX": (420, 140),
    "ROUTING": (1200, 110),
    "CONF": (100, 320),
    "DEFERRED": (1100, 320),
    "ROUTINE": (1100, 360),
    "RELEASING": (100, 1500),
    "COORDINATING": (600, 1500),
    "OFFICERS": (800, 1500),
    "AUTHENTICATING": (1150, 1500),
    "PROHIBITED": (900, 1600),
}
FACE = ImageFont.load_default(22)
HIGH = 16


def wide(text: str) -> int:
    return round(FACE.getlength(text))


def layout() -> Layout:
    words = (
        FormWord(text=text, left=x, top=y, right=x + wide(text), bottom=y + HIGH, share=0.9)
        for text, (x, y) in PLACES.items()
    )
    return Layout("test form", tuple(words))


def moved(scale: float, across: int, down: int) -> dict[str, Box]:
    return {
        text: Box(
            left=round(scale * x) + across,
            top=round(scale * y) + down,
            right=round(scale * (x + wide(text))) + across,
            bottom=round(scale * (y + HIGH)) + down,
        )
        for text, (x, y) in PLACES.items()
    }


def page_of(boxes: dict[str, Box]) -> Image.Image:
    """A page at 200 dpi with print in some places, capitals as high as the boxes."""
    page = Image.new("L", (1700, 2200), 255)
    pen = ImageDraw.Draw(page)
    for text, box in boxes.items():
        pen.text((box.left, box.top - 5), text, font=FACE, fill=0)
    return page


def lines_of(boxes: dict[str, Box], *, sure: float = 95.0) -> list[RecognisedLine]:
    ordered = sorted(boxes.items(), key=lambda one: (one[1].top, one[1].left))
    return [(RecognisedWord(text=text, box=box, confidence=sure, printed=True),) for text, box in ordered]


@pytest.fixture
def only_the_test_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed_words, "shipped", lambda: (layout(),))


@pytest.mark.parametrize(("scale", "across", "down"), [(1.0, 0, 0), (0.8, 120, 300), (1.15, -60, 40)])
def test_a_form_is_laid_by_half_of_its_words(scale: float, across: int, down: int) -> None:
    boxes = moved(scale, across, down)
    half = {text: boxes[text] for text in list(boxes)[::2]}
    found = placed([PageWord(text=text, box=box) for text, box in half.items()], layout())
    assert found is not None and len(found.pairs) == len(half)
    for word, box in zip(found.layout.words, found.boxes, strict=True):
        true = boxes[word.text]
        assert abs(box.left - true.left) <= 4 and abs(box.bottom - true.bottom) <= 4


def test_words_that_lie_elsewhere_do_not_move_a_form() -> None:
    boxes = moved(1.0, 30, 50)
    astray = {
        text: Box(left=700, top=900 + 40 * n, right=800, bottom=916 + 40 * n)
        for n, text in enumerate(("UNIT", "CONF", "ROUTINE"))
    }
    words = [PageWord(text=text, box=astray.get(text, box)) for text, box in boxes.items()]
    found = placed(words, layout())
    assert found is not None and len(found.pairs) == len(PLACES) - len(astray)
    unit = found.boxes[[word.text for word in found.layout.words].index("UNIT")]
    assert abs(unit.top - boxes["UNIT"].top) <= 4


@pytest.mark.parametrize("seed", range(6))
def test_labels_in_a_letters_prose_call_up_no_layout(seed: int) -> None:
    # Every word of the form, in any order, in running lines of type.
    order = np.random.default_rng(seed).permutation(sorted(PLACES)).tolist()
    words: list[PageWord] = []
    for number, text in enumerate(order * 3):
        left, top = 200 + 300 * (number % 4), 400 + 34 * (number // 4)
        words.append(PageWord(text=text, box=Box(left=left, top=top, right=left + 150, bottom=top + 26)))
    assert placed(words, layout()) is None


def test_too_few_words_or_one_row_of_them_lay_nothing() -> None:
    boxes = moved(1.0, 0, 0)
    few = [PageWord(text=text, box=boxes[text]) for text in list(boxes)[: FEWEST - 1]]
    assert placed(few, layout()) is None
    row = Layout(
        "a sentence",
        tuple(
            FormWord(text=text, left=150 * n, top=100, right=150 * n + 100, bottom=116, share=1.0)
            for n, text in enumerate(PLACES)
        ),
    )
    quoted = [
        PageWord(text=word.text, box=Box(left=int(word.left), top=800, right=int(word.right), bottom=816))
        for word in row.words
    ]
    assert placed(quoted, row) is None


@pytest.mark.usefixtures("only_the_test_form")
def test_a_worn_label_is_put_where_it_is_printed_and_nowhere_else() -> None:
    boxes = moved(1.0, 40, 60)
    lost = ("INDEX", "DEFERRED", "COORDINATING")
    printed = {text: box for text, box in boxes.items() if text != "COORDINATING"}
    read = {text: box for text, box in boxes.items() if text not in lost}
    after = with_forms(lines_of(read), page_of(printed))
    words = {word.text: word for line in after for word in line}
    # What is printed comes back, in its place, as print, with a figure; what is not printed does not.
    assert words.keys() == printed.keys()
    for text in ("INDEX", "DEFERRED"):
        assert words[text].printed and 50.0 < (words[text].confidence or 0.0) < 100.0
        assert abs(words[text].box.left - boxes[text].left) <= 6
    tops = [line[0].box.top for line in after]
    assert tops == sorted(tops)


@pytest.mark.usefixtures("only_the_test_form")
def test_what_was_misread_in_its_place_gives_way_and_what_was_read_surely_stands() -> None:
    boxes = moved(1.0, 0, 0)
    read = lines_of({text: box for text, box in boxes.items() if text not in ("DEFERRED", "ROUTING")})
    read.append((RecognisedWord(text="DEFFRPEO", box=boxes["DEFERRED"], confidence=40.0),))
    read.append((RecognisedWord(text="MEXICO", box=boxes["ROUTING"], confidence=97.0),))
    words = [word.text for line in with_forms(read, page_of(boxes)) for word in line]
    assert "DEFERRED" in words and "DEFFRPEO" not in words
    assert "MEXICO" in words and "ROUTING" not in words


@pytest.mark.usefixtures("only_the_test_form")
def test_a_page_without_a_form_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(printed_words, "reader", never)
    line = tuple(
        RecognisedWord(
            text=text, box=Box(left=90 * n, top=500, right=90 * n + 80, bottom=526), confidence=99.0
        )
        for n, text in enumerate(("REQUEST", "UNIT", "CONF", "DATE", "AND", "ROUTING"))
    )
    assert with_forms([line], page_of({})) == [line]


def test_likelihoods_are_the_sum_over_all_alignments() -> None:
    rng = np.random.default_rng(7)
    texts, frames = ("AB", "AA", "B"), (4, 5, 3)
    scores = []
    for count in frames:
        raw = rng.random((count, CLASSES)).astype(np.float32)
        scores.append(np.log(raw / raw.sum(axis=1, keepdims=True)))

    def spelt(path: tuple[int, ...]) -> str:
        kept = [path[0], *(after for before, after in pairwise(path) if after != before)]
        return "".join("AB"[[CODES["A"], CODES["B"]].index(code)] for code in kept if code != NONE)

    for text, one, told in zip(texts, scores, likelihoods(scores, texts), strict=True):
        paths = product((CODES["A"], CODES["B"], NONE), repeat=len(one))
        total = sum(
            exp(sum(float(one[frame, code]) for frame, code in enumerate(path)))
            for path in paths
            if spelt(path) == text
        )
        assert told == pytest.approx(log(total), abs=1e-4)


def test_the_shipped_layouts_can_be_laid_on_themselves() -> None:
    assert shipped()
    for form in shipped():
        assert len({bare(word.text) for word in form.words if telling(bare(word.text))}) >= FEWEST
        assert all(word.left < word.right and word.top < word.bottom for word in form.words)
        assert all(0.0 < word.share <= 1.0 for word in form.words)
        words = [
            PageWord(
                text=bare(word.text),
                box=Box(
                    left=int(word.left), top=int(word.top), right=int(word.right), bottom=int(word.bottom)
                ),
            )
            for word in form.words
        ]
        found = placed(words, form)
        assert found is not None and 0.95 < found.scale[0] < 1.05


def test_a_table_is_read_row_by_row() -> None:
    head = "form\tword\tleft\ttop\tright\tbottom\tshare\n"
    (one, other) = layouts_of(head + "a\tORIG\t1\t2\t30\t12\t0.5\nb\tU.S.C\t1\t2\t30\t12\t1\n")
    assert one.name == "a" and other.words[0].text == "U.S.C" and other.numbers == {"USC": [0]}
