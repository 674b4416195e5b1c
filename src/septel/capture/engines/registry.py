"""What an OCR engine is to Septel, and the engines by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from septel.capture.model import RecognisedLine
from septel.errors import EngineFailure, UsageError
from septel.text import Step

if TYPE_CHECKING:
    from PIL import Image

ENGINES = ("typed", "tesseract", "rapid")
"""The engines that read images, the default one first."""


class Engine(Protocol):
    """Reads an image into lines of words, in reading order.

    An engine may crash, hang or run out of memory: it works in a process of its own, under limits.
    """

    @property
    def step(self) -> Step:
        """The tool, version, model and settings that stand behind each reading."""
        ...

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        """The lines on the image."""
        ...


def engine_named(name: str) -> Engine:
    """The engine of this name, as it is shipped.

    Raises:
        UsageError: there is no such engine.
        MissingPart: it is not installed.
    """
    if name == "typed":
        from septel.capture.engines.typed import TypedEngine

        return TypedEngine()
    if name == "tesseract":
        from septel.capture.engines.tesseract import TesserocrEngine

        return TesserocrEngine()
    if name == "rapid":
        from septel.capture.engines.rapid import RapidEngine

        return RapidEngine.installed()
    raise UsageError(f"there is no engine {name!r}", remedy=f"Choose {' or '.join(ENGINES)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEngine:
    """Answers with what was recorded for an image of the same size; for tests and for reproducing runs."""

    recorded: Mapping[tuple[int, int], Sequence[RecognisedLine]]

    @property
    def step(self) -> Step:
        """Names itself, so that a recording is never taken for a reading."""
        return Step.of("recorded engine", "1")

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        """The recorded lines.

        Raises:
            EngineFailure: nothing was recorded for an image of this size.
        """
        try:
            return self.recorded[image.size]
        except KeyError:
            raise EngineFailure("nothing was recorded for this page") from None
