"""Pages that lie on their side or upside down, and the way back from a turned page."""

from __future__ import annotations

from PIL import Image

from septel.capture.model import Box, RecognisedWord

TURNS = (180, 90, 270)
"""By how many degrees, counter-clockwise, a page may have to be turned; the likeliest first."""

_WAYS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


def turned(image: Image.Image, degrees: int) -> Image.Image:
    """The image turned by quarters, counter-clockwise."""
    return image.transpose(_WAYS[degrees]) if degrees else image


def turned_back(word: RecognisedWord, degrees: int, size: tuple[int, int]) -> RecognisedWord:
    """A word of a turned page at its place on the page as it came.

    Args:
        word: as it was seen.
        degrees: by how much the page was turned.
        size: width and height of the page as it came.
    """
    width, height = size

    def place(box: Box) -> Box:
        if degrees == 90:
            return Box(left=width - box.bottom, top=box.left, right=width - box.top, bottom=box.right)
        if degrees == 180:
            left, top = width - box.right, height - box.bottom
            return Box(left=left, top=top, right=width - box.left, bottom=height - box.top)
        if degrees == 270:
            return Box(left=box.top, top=height - box.right, right=box.bottom, bottom=height - box.left)
        return box

    return word.moved(place)
