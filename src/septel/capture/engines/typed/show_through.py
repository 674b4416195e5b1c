"""Lines that show through from the back of the sheet: they make more sense in a mirror."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from septel.capture.engines.typed.ctc import Sign, mean_weight, signs_of
from septel.capture.engines.typed.lines import PAGE_DPI, LineStrip
from septel.capture.engines.typed.network import reader
from septel.capture.model import Box, RecognisedLine, RecognisedWord

MIRRORED, PALE = 12, 0.91
"""Lines of so many signs and of less mean weight are looked at in a mirror."""
MIRRORS = (((slice(None), slice(None, None, -1)), 0.06), ((slice(None, None, -1), slice(None)), 0.12))
"""What turns a strip over about its upright and about its level axis, and how much better it is read so where
it shows through. Half of the capitals look alike upside down, and such lines lie on the page's own as often
as between them: at 0.06 seven pages of the release of 2025 lost 17 of 1,250 words of two transcripts, at
0.12 they lost 7."""
PIECE = 0.5 * PAGE_DPI
TALLNESS = 0.115 * PAGE_DPI
"""The width of the pieces in which a line is told, and the height of a sign's box."""


def showing_through(strips: Sequence[LineStrip], lines: Sequence[Sequence[Sign]]) -> dict[int, str]:
    """The numbers of lines that show through from the back of the sheet, and what a mirror shows there.

    They make more sense in a mirror: one that stands beside the line where sheets are turned over like those
    of a book, one that lies below it where they are turned over at their foot.
    """
    doubtful = [
        number
        for number, signs in enumerate(lines)
        if sum(sign.text != " " for sign in signs) >= MIRRORED and mean_weight([signs]) < PALE
    ]
    found: dict[int, str] = {}
    best = dict.fromkeys(doubtful, 0.0)
    for mirror, more in MIRRORS:
        turned_over = [
            replace(strips[number], pixels=np.ascontiguousarray(strips[number].pixels[mirror]))
            for number in doubtful
        ]
        for number, scores in zip(doubtful, reader().scores(turned_over), strict=True):
            signs = signs_of(scores, capitals=False)
            gain = mean_weight([signs]) - mean_weight([lines[number]])
            if gain > max(more, best[number]):
                best[number] = gain
                found[number] = "".join(sign.text for sign in signs)
    return found


def seen_in_a_mirror(strip: LineStrip, mirrored: str) -> RecognisedLine:
    """A line that shows through: where it lies, and what a mirror shows there."""
    pieces = list(boxes_along(strip))
    text = " ".join(mirrored.split())
    if not pieces or not text:
        return ()
    box = Box(
        left=pieces[0].left,
        top=min(piece.top for piece in pieces),
        right=pieces[-1].right,
        bottom=max(piece.bottom for piece in pieces),
    )
    return (RecognisedWord(text=text, box=box, confidence=None, through=True),)


def boxes_along(strip: LineStrip) -> Iterator[Box]:
    """The place of a line, in pieces that lie as it does."""
    right = strip.left + strip.pixels.shape[1] / strip.scale
    for left in np.arange(strip.left, right, PIECE):
        middle = strip.curve.at(left + PIECE / 2)
        yield Box(
            left=round(left),
            top=round(middle - TALLNESS / 2),
            right=round(min(left + PIECE, right)),
            bottom=round(middle + TALLNESS / 2),
        )
