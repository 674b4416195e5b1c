"""A page as its file gives it: an image, a text layer, both, or the fault that kept it from being either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from septel.capture.model.pages import Box, Character
from septel.capture.model.recognised import RecognisedLine
from septel.errors import SeptelError

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerWord:
    """A word of a text layer; its box and the confidences (0 to 100) of whoever made it, where known.

    `printed` says that an engine which tells print from type took it for print, and `through` that it shows
    through from the back of the sheet: such a word is a place on the page, and no text of it.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    characters: tuple[Character, ...] = ()
    blank: Character | None = None
    printed: bool = False
    through: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerLine:
    """A line of a text layer, in reading order; its own box where its words have none."""

    words: tuple[LayerWord, ...]
    box: Box | None = None

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """Text that a file holds for a page.

    Attributes:
        lines: in reading order.
        stands: whether this is the page itself (letters printed from fonts, or all that the file holds);
            otherwise it is some engine's reading of an image, and so a witness.
    """

    lines: tuple[LayerLine, ...]
    stands: bool = False

    @property
    def text(self) -> str:
        """One line of text for each line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """One page as its file gives it.

    Attributes:
        number: from one.
        image: in 256 shades, or None.
        size: width and height that the boxes of the layer refer to; the image's own where there is one.
        dpi: dots per inch, when the file says so.
        aspect: how many pixels of its width are as long as one of its height.
        layer: the text that the file brought along, or None.
        fault: why the page can't be had.
    """

    number: int
    image: Image.Image | None = None
    size: tuple[int, int] | None = None
    dpi: int | None = None
    aspect: float = 1.0
    layer: TextLayer | None = None
    fault: SeptelError | None = None


def laid(seen: Iterable[RecognisedLine]) -> tuple[LayerLine, ...]:
    """What an engine saw, as lines like those of a text layer."""
    return tuple(
        LayerLine(
            words=tuple(
                LayerWord(
                    text=w.text,
                    box=w.box,
                    confidence=w.confidence,
                    characters=w.characters,
                    blank=w.blank,
                    printed=w.printed,
                    through=w.through,
                )
                for w in line
            )
        )
        for line in seen
    )


def hull(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest rectangle around all boxes that there are."""
    whole: Box | None = None
    for box in boxes:
        if box is not None:
            whole = box if whole is None else whole.hull(box)
    return whole
