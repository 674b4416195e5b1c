"""The second engine: RapidOCR, an optional extra (`septel[rapid]`) with its models in the wheel.

It reads bad pages better than Tesseract and takes five times as long. Its own figure of confidence says
little.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from septel.capture.engines.preparation import Prepared, prepare
from septel.capture.engines.reading_order import in_rows
from septel.capture.model import Box, RecognisedLine, RecognisedWord
from septel.errors import EngineFailure, MissingPart
from septel.text import Step

_WIDE = "（）：；，。、！？“”‘’－—–％＆＊＋＝／＜＞［］【】《》·•"
_PLAIN = "():;,.,!?\"\"''---%&*+=/<>[][]<>.."
LEAST = 0.3
"""What is read with a smaller figure is left out."""
ROW_HIGH = 48
"""Pixels that a line is high as RapidOCR's recogniser sees it."""
ROW_MARGIN = 10
"""Pixels of paper on both sides of what stands in a row."""
IN_ROWS = "in rows"
"""What the `info` of an image with pieces of lines has."""
PAPER = 250
"""No pixel of paper beside a piece is darker."""
LOOK_ALIKES = str.maketrans(_WIDE, _PLAIN)
"""The model also reads Chinese and answers its full-width signs where a teletype has plain ones."""
EASTERN = re.compile(r"[\u2e80-\uffef]")
"""It answers Chinese and Japanese signs where it sees specks and strokes of a pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RapidEngine:
    """RapidOCR on one thread, since pages are read side by side."""

    threads: int = 1

    @classmethod
    def installed(cls) -> RapidEngine:
        """The engine, if its packages are there.

        Raises:
            MissingPart: they are not.
        """
        if importlib.util.find_spec("rapidocr") is None or importlib.util.find_spec("onnxruntime") is None:
            raise _missing()
        return cls()

    @property
    def step(self) -> Step:
        """Names RapidOCR's version and its models."""
        if importlib.util.find_spec("rapidocr") is None:
            raise _missing()
        return Step.of("rapidocr", version("rapidocr"), model="PP-OCRv6 small", prepared=True)

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        """Read one page.

        Raises:
            MissingPart: RapidOCR is not installed.
            EngineFailure: it gave no answer.
        """
        ready = prepare(image, blur=0.0)
        answer = _reader(self.threads)(np.asarray(ready.image.convert("RGB")), use_cls=False)
        if answer.txts is None:
            return ()
        pieces = [
            _words(str(text), [(float(x), float(y)) for x, y in corners], float(score) * 100)
            for corners, text, score in zip(answer.boxes, answer.txts, answer.scores, strict=True)
        ]
        lines = in_rows([piece for piece in pieces if piece])
        return tuple(tuple(_back(word, ready) for word in line) for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class RapidRows:
    """RapidOCR for what another engine read with doubt: pieces of lines by its recogniser alone, or pages.

    A piece costs some 15 ms; a whole page takes 3.5 seconds, most of them for what another engine has read
    already.
    """

    threads: int = 1

    @classmethod
    def installed(cls) -> RapidRows:
        """The engine, if its packages are there.

        Raises:
            MissingPart: they are not.
        """
        RapidEngine.installed()
        return cls()

    @property
    def step(self) -> Step:
        """Names RapidOCR's version and its models."""
        if importlib.util.find_spec("rapidocr") is None:
            raise _missing()
        return Step.of("rapidocr", version("rapidocr"), model="PP-OCRv6 small", stretches=True)

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        """Read the rows; one where nothing was read is no line.

        Args:
            image: rows of `ROW_HIGH` pixels under one another, each with a piece at its left side and paper
                beside it (`septel.capture.stretches`), as its `info` says; or else a page.

        Raises:
            MissingPart: RapidOCR is not installed.
            EngineFailure: it gave no answer.
        """
        if not image.info.get(IN_ROWS):
            return RapidEngine(threads=self.threads).read(image)
        ink = np.asarray(image.convert("L"))
        pieces: list[NDArray[np.uint8]] = []
        tops: list[int] = []
        for top in range(0, ink.shape[0] - ROW_HIGH + 1, ROW_HIGH):
            row = ink[top : top + ROW_HIGH]
            inked = np.flatnonzero((row < PAPER).any(axis=0))
            if len(inked):
                wide = min(int(inked[-1]) + ROW_MARGIN, ink.shape[1])
                pieces.append(np.ascontiguousarray(np.repeat(row[:, :wide, None], 3, axis=2)))
                tops.append(top)
        if not pieces:
            return ()
        answer = _reader(self.threads, short=True).recognize_txt(pieces)
        found = []
        for top, piece, text, score in zip(tops, pieces, answer.txts, answer.scores, strict=True):
            left, right = ROW_MARGIN, max(piece.shape[1] - ROW_MARGIN, ROW_MARGIN + 1)
            corners = [(float(x), float(y)) for x in (left, right) for y in (top, top + ROW_HIGH - 1)]
            if score >= LEAST:
                found.append(_words(str(text), corners, float(score) * 100))
        return tuple(filter(None, found))


@cache
def _reader(threads: int, *, short: bool = False) -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as why:
        raise _missing() from why
    settings: dict[str, Any] = {
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": threads,
        "Global.log_level": "error",
        "Global.text_score": LEAST,
    }
    if short:
        # Pieces of a line are not filled up to a third of one.
        settings["Rec.rec_img_shape"] = [3, ROW_HIGH, ROW_HIGH]
    try:
        return RapidOCR(params=settings)
    except (OSError, ValueError, RuntimeError) as why:
        raise EngineFailure(
            f"RapidOCR does not start ({why})", remedy="Install it again: pip install 'septel[rapid]'"
        ) from why


def _missing() -> MissingPart:
    return MissingPart("RapidOCR is not installed", remedy="Install it: pip install 'septel[rapid]'")


def _words(text: str, corners: Sequence[tuple[float, float]], sure: float) -> RecognisedLine:
    """The words of a line, each with its share of the line's box: type of one pitch stands evenly."""
    plain = text.translate(LOOK_ALIKES)
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = round(min(y for _, y in corners)), round(max(y for _, y in corners))
    pitch = (right - left) / max(len(plain), 1)
    words: list[RecognisedWord] = []
    at = 0
    for word in plain.split():
        at = plain.index(word, at)
        box = Box(
            left=round(left + at * pitch),
            top=top,
            right=round(left + (at + len(word)) * pitch),
            bottom=bottom,
        )
        at += len(word)
        shown = "".join(character for character in word if character.isprintable())
        if shown and not EASTERN.search(shown):
            words.append(RecognisedWord(text=shown, box=box, confidence=sure))
    return tuple(words)


def _back(word: RecognisedWord, seen: Prepared) -> RecognisedWord:
    return word.moved(lambda box: seen.back(box.left, box.top, box.right, box.bottom))
