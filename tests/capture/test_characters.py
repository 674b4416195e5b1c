"""What an engine says of single characters: in step with the text, kept, and given out again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from septel.archive.model.holding import page_from_json, page_to_json
from septel.capture import (
    Box,
    Character,
    Limits,
    Page,
    ReadingCache,
    RecognisedLine,
    RecognisedWord,
    RecordedEngine,
    Region,
    RegionKind,
    TesserocrEngine,
    read,
)
from septel.capture.engines.process import EngineProcess
from septel.errors import EngineFailure
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import degrade
from tests.capture.made_engines import WORD, Kind

TEXT = "THE SOVIET DELEGATION WILL GIVE ITS ANSWER\nON THURSDAY NOVEMBER 20.\n"


def seen(text: str, left: int, *, known: bool = True) -> RecognisedWord:
    """A word whose characters stand ten pixels apart."""
    edges = range(left, left + 10 * len(text), 10)
    return RecognisedWord(
        text=text,
        box=Box(left=left, top=5, right=left + 10 * len(text), bottom=15),
        confidence=50.0,
        characters=tuple(Character(left=at, right=at + 8, confidence=at % 100) for at in edges if known),
    )


words = st.builds(seen, st.text("ABC19", min_size=1, max_size=8), st.integers(0, 900), known=st.booleans())


@given(words, words)
def test_two_words_as_one_keep_characters_and_text_in_step(
    one: RecognisedWord, other: RecognisedWord
) -> None:
    both = one.with_(other)
    assert both.text == one.text + other.text
    known = bool(one.characters and other.characters)
    assert both.characters == (one.characters + other.characters if known else ())


@given(words, st.integers(-50, 50), st.integers(1, 3))
def test_a_moved_word_takes_its_characters_along(word: RecognisedWord, by: int, scale: int) -> None:
    def place(box: Box) -> Box:
        return Box(left=box.left * scale + by, top=box.top, right=box.right * scale + by, bottom=box.bottom)

    moved = word.moved(place)
    assert (moved.text, moved.confidence) == (word.text, word.confidence)
    assert [(c.left, c.right) for c in moved.characters] == [
        (c.left * scale + by, c.right * scale + by) for c in word.characters
    ]
    assert word.moved(lambda box: box) == word


def test_tesseract_says_how_sure_it_is_of_each_character_and_where_it_stands() -> None:
    page = degrade(next(iter(print_pages(TEXT, seed=4))), "photocopy", seed=4)
    lines = TesserocrEngine().read(page.crop((0, 0, page.width, 500)))
    found = [word for line in lines for word in line]
    assert len(found) >= 8
    for word in found:
        assert len(word.characters) == len(word.text)
        assert all(0 <= one.confidence <= 100 for one in word.characters)
        lefts = [one.left for one in word.characters]
        assert lefts == sorted(lefts)
        assert word.box.left - 3 <= lefts[0]
        assert word.characters[-1].right <= word.box.right + 3


def test_an_empty_page_has_no_words() -> None:
    assert TesserocrEngine(prepared=False).read(Image.new("L", (200, 80), 255)) == ()


def test_characters_are_kept_with_a_reading(tmp_path: Path) -> None:
    kept = ReadingCache(tmp_path)
    lines = ((seen("EXDIS", 20), seen("NODIS", 90, known=False)),)
    kept.put("ab" * 32, lines)
    assert kept.get("ab" * 32) == lines


def test_a_reading_kept_before_characters_were_has_none(tmp_path: Path) -> None:
    kept = ReadingCache(tmp_path)
    kept.put("ab" * 32, ((WORD,),))
    found = kept.get("ab" * 32)
    assert found is not None
    assert found[0][0].characters == ()


def captured(tmp_path: Path, *line: RecognisedWord) -> Page:
    image = Image.new("L", (300, 40), 255)
    image.save(tmp_path / "page.png")
    taken = read(tmp_path / "page.png", engine=RecordedEngine(recorded={image.size: (line,)}), engines=1)
    return taken.pages[0]


def test_an_archive_keeps_characters_and_regions(tmp_path: Path) -> None:
    page = captured(tmp_path, seen("EXDIS", 20), seen("NODIS", 90, known=False))
    box = Box(left=1, top=2, right=30, bottom=40)
    first, second = page.lines[0].words
    blank = Character(left=70, right=88, confidence=40.5, others=(("'", 30.0), ("", 2.5)))
    voted = (replace(first, agreed=True), replace(second, agreed=False, others=("N0DIS",), blank=blank))
    line = replace(page.lines[0], words=voted)
    marked = replace(page, lines=(line,), regions=(Region(kind=RegionKind.BLACK, box=box),))
    again = page_from_json(json.loads(json.dumps(page_to_json(marked))))
    assert again == marked


def test_words_of_a_page_have_the_blanks_that_the_engine_doubted(tmp_path: Path) -> None:
    blank = Character(left=70, right=88, confidence=40.5, others=(("'", 30.0), ("", 2.5)))
    line = (replace(seen("EXDIS", 20), blank=blank), replace(seen("NODIS", 90), blank=blank))
    # What stands before the first word of a line joins it to nothing.
    assert [w.blank for w in captured(tmp_path, *line).lines[0].words] == [None, blank]


def test_words_of_a_page_have_the_characters_that_the_engine_saw(tmp_path: Path) -> None:
    line = (seen("EXDIS", 20), seen("NODIS", 90, known=False))
    assert [w.characters for w in captured(tmp_path, *line).lines[0].words] == [w.characters for w in line]


@dataclass(frozen=True)
class OutOfStep(Kind):
    """Knows of one character less than its word has."""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        word = seen("EXDIS", 20)
        return ((replace(word, characters=word.characters[1:]),),)


@dataclass(frozen=True)
class Immeasurable(Kind):
    """Is sure of a character to the degree of no number."""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        one = Character(left=1, right=2, confidence=float("nan"))
        return ((replace(WORD, characters=(one,) * len(WORD.text)),),)


@pytest.mark.parametrize("engine", [OutOfStep(), Immeasurable()])
def test_characters_that_cannot_be_are_refused(engine: Kind) -> None:
    with EngineProcess(engine, Limits()) as apart, pytest.raises(EngineFailure, match="no page of words"):
        apart.read(Image.new("L", (10, 10), 255))
