"""Looking again at the places where printed words of a form must stand.

Such a place is cut out so that the word, if it is there, has letters of the size and step that the network is
at home with, whatever its print is: how wide the word is and how many letters it has are known. The network's
scores then say how likely the word is beside the likeliest reading of the same ink. That is far more than a
reading tells: most letters of small, bled print are unsure, yet few words fit them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from septel.capture.engines.typed.baseline import Curve
from septel.capture.engines.typed.ctc import CODES, NONE, SMALL, Scores
from septel.capture.engines.typed.lines import FRAME, HIGH, LineStrip
from septel.capture.engines.typed.network import LineReader
from septel.capture.model import Box

CELL, CAPITAL = 16.0, 15.0
"""A letter's step and height in pixels, as the network knows type."""
BESIDE = 1.2
"""Paper on both sides of a word, in letters."""
UP, MOST = 0.8, 12
"""A word is looked for so many of its heights, and at most so many pixels, above and below its place."""
EDGE, OFF = 2, 0.002
"""Rows beside a word that are to be white; what each pixel away from its place weighs, in shares of ink."""
DARK = 128
NEVER = -1e30
UNSEEN = -50.0

Ink = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtPlace:
    """What was seen where a word must stand.

    Attributes:
        box: the place, moved up or down to where there is ink.
        ink: the share of it that is dark.
        fit: the log probability of the word for each letter.
        behind: how far that is behind the likeliest reading.
    """

    box: Box
    ink: float
    fit: float
    behind: float


def looks(page: Image.Image, words: Sequence[tuple[str, Box]], reader: LineReader) -> list[LookAtPlace]:
    """What stands at the places of some words.

    Args:
        page: straight, at 200 dpi, dark on white.
        words: letters and figures in capitals, and where they must stand.
        reader: the network.
    """
    dark = np.asarray(page) < DARK
    settled = [_settled(dark, box) for _, box in words]
    strips = [
        LineStrip(pixels=_cut(page, box, len(text)), left=0.0, curve=Curve(0.0, 0.0, 0.0, 0.0), scale=1.0)
        for (text, _), (box, _) in zip(words, settled, strict=True)
    ]
    scores = [_folded(one) for one in reader.scores(strips)]
    fits = likelihoods(scores, [text for text, _ in words])
    return [
        LookAtPlace(
            box=box,
            ink=ink,
            fit=fit / len(text),
            behind=(fit - float(seen.max(axis=1).sum())) / len(text),
        )
        for (text, _), (box, ink), fit, seen in zip(words, settled, fits, scores, strict=True)
    ]


def likelihoods(scores: Sequence[Scores], texts: Sequence[str]) -> list[float]:
    """The log probability of each text under the scores of its strip, over all alignments.

    The forward sum of connectionist temporal classification (Graves and others, 2006), for all texts at once.

    Args:
        scores: with blanks counted as no sign (`_folded`).
        texts: signs that the network knows.
    """
    if not texts:
        return []
    states = 2 * max(map(len, texts)) + 1
    frames = max(map(len, scores))
    seen = np.full((len(texts), frames, states), NEVER)
    skips = np.zeros((len(texts), states), np.bool_)
    for row, (one, text) in enumerate(zip(scores, texts, strict=True)):
        codes = [CODES[sign] for sign in text]
        seen[row, : len(one), 0 : 2 * len(codes) + 1 : 2] = one[:, NONE, None]
        seen[row, : len(one), 1 : 2 * len(codes) : 2] = one[:, codes]
        skips[row, 3 : 2 * len(codes) : 2] = np.array(codes[1:]) != np.array(codes[:-1])
    sums = np.full((len(texts), states), NEVER)
    sums[:, :2] = seen[:, 0, :2]
    ends = np.array([2 * len(text) for text in texts])
    lengths = np.array(list(map(len, scores)))
    out = np.zeros(len(texts))
    rows = np.arange(len(texts))
    for frame in range(frames):
        if frame:
            stay = np.logaddexp(sums[:, 1:], sums[:, :-1])
            after = np.concatenate([sums[:, :1], stay], axis=1)
            jump = np.logaddexp(after[:, 2:], sums[:, :-2])
            after[:, 2:] = np.where(skips[:, 2:], jump, after[:, 2:])
            sums = after + seen[:, frame]
        done = lengths == frame + 1
        out[done] = np.logaddexp(sums[rows, ends], sums[rows, ends - 1])[done]
    return [float(one) for one in out]


def _folded(scores: Scores) -> Scores:
    """Scores in which small letters count as their capitals, and blanks as no sign."""
    out = scores.copy()
    capital = [CODES[sign] for sign in ascii_uppercase]
    small = [CODES[sign] for sign in ascii_lowercase]
    out[:, capital] = np.logaddexp(out[:, capital], out[:, small])
    out[:, SMALL] = UNSEEN
    out[:, NONE] = np.logaddexp(out[:, NONE], out[:, CODES[" "]])
    out[:, CODES[" "]] = UNSEEN
    return out


def _settled(dark: Ink, box: Box) -> tuple[Box, float]:
    """A place moved up or down to where its rows have ink and those beside it have none; and how much."""
    high = max(box.bottom - box.top, 4)
    reach = min(max(4, round(UP * high)), MOST)
    left, right = max(box.left, 0), min(box.right, dark.shape[1])
    rows = np.zeros(high + 2 * reach)
    first, last = max(box.top - reach, 0), min(box.top + high + reach, dark.shape[0])
    if right - left >= 3 and last > first:
        at = first - (box.top - reach)
        rows[at : at + last - first] = dark[first:last, left:right].mean(axis=1)
    padded = np.concatenate([np.zeros(EDGE), rows, np.zeros(EDGE)])
    sums = np.concatenate([[0.0], np.cumsum(padded)])
    tops = np.arange(2 * reach + 1) + EDGE
    within = (sums[tops + high] - sums[tops]) / high
    beside = (sums[tops] - sums[tops - EDGE] + sums[tops + high + EDGE] - sums[tops + high]) / (2 * EDGE)
    best = int((within - beside - OFF * np.abs(tops - EDGE - reach)).argmax())
    by = best - reach
    moved = Box(left=box.left, top=box.top + by, right=box.right, bottom=box.top + by + high)
    return moved, float(within[best])


def _cut(page: Image.Image, box: Box, letters: int) -> NDArray[np.float32]:
    """The ink of a place, as high and wide as type of so many letters."""
    across = CELL * letters / max(box.right - box.left, 4)
    down = CAPITAL / max(box.bottom - box.top, 4)
    beside, half, middle = BESIDE * CELL / across, HIGH / 2 / down, (box.top + box.bottom) / 2
    wide = max(4, round((box.right - box.left + 2 * beside) * across / FRAME)) * FRAME
    shown = page.transform(
        (wide, HIGH),
        Image.Transform.EXTENT,
        (box.left - beside, middle - half, box.right + beside, middle + half),
        resample=Image.Resampling.BILINEAR,
        fillcolor=255,
    )
    return (255.0 - np.asarray(shown, np.float32)) / np.float32(255.0)
