"""Pieces of real pages with what stands on them, for the reader of stamps to learn from.

A piece is read with the network of the last round; what is like it in the page's transcript, from one blank
to another, is what stands there. Rounds go from a network that saw drawn stamps only to one that saw real
ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from septel.capture.engines import dark_on_white, prepare
from septel.capture.engines.typed import CODES, TALL, LineReader, ink_on, signs_of
from septel.capture.engines.typed.stamped import may_be_stamped, piece_strip, spaced_rows
from septel.training.typed_reader.lines import keep_lines
from septel.training.typed_reader.scanned_lines import ScannedPage
from septel.training.typed_reader.typescript import TypedLine

FEWEST, EDGES = 3, 2
"""Signs that a reading has at least, and how far the ends of what is alike may be off."""
LIKE, SURELY, BRIEF = 70, 0.42, 0.34
"""How alike a reading is at least (of 100), and what share of signs is different at most; of three figures or
fewer, less."""
OTHERS = 0.12
"""The share of pieces without figures that are kept."""
BATCH = 60
"""Pages to a file."""
_MONTH = re.compile("JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """A transcript without its blanks, and where each sign of it stands in the one with them."""

    text: str
    bare: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Told:
        one_line = " ".join(text.split())
        places = tuple(at for at, sign in enumerate(one_line) if sign != " ")
        return cls(one_line, "".join(one_line[at] for at in places), places)

    def begins(self, at: int) -> bool:
        """Whether a word begins at a sign, or would if the text went on."""
        return at in (0, len(self.bare)) or self.places[at] - self.places[at - 1] > 1


def make_pieces(
    folder: Path, pages: Sequence[ScannedPage], network: LineReader, *, seed: int, held: float = 0.25
) -> Iterator[tuple[Path, int]]:
    """Write files of true pieces, one by one, with their number; those that are there already are left.

    Args:
        folder: where to; it must exist.
        pages: to learn from.
        network: of the last round.
        seed: says which documents are held back (`held-*.npz`).
        held: their share.
    """
    documents = sorted({page.document for page in pages})
    random.Random(seed).shuffle(documents)
    aside = set(documents[: round(held * len(documents))])
    for name in ("held", "lines"):
        part = [page for page in pages if (page.document in aside) == (name == "held")]
        for first in range(0, len(part), BATCH):
            path = folder / f"{name}-pieces-{first // BATCH:04d}.npz"
            if path.exists():
                continue
            chance = random.Random(f"{seed}-{path.name}")
            lines = [
                line for page in part[first : first + BATCH] for line in true_pieces(page, network, chance)
            ]
            if lines:
                keep_lines(path, lines)
                yield path, len(lines)


def true_pieces(page: ScannedPage, network: LineReader, chance: random.Random) -> list[TypedLine]:
    """The pieces of one page that are known, those with figures before all."""
    with Image.open(page.image) as image:
        ready = prepare(dark_on_white(image).convert("L"), blur=0.0, tall=TALL)
    ink = ink_on(ready)
    fit = [piece for piece in [*ink.found, *spaced_rows(ink)] if may_be_stamped(piece)]
    strips = [piece_strip(ready.image, piece) for piece in fit]
    told = _Told.of(page.text)
    lines: list[TypedLine] = []
    for strip, scores in zip(strips, network.scores(strips), strict=True):
        read = "".join(sign.text for sign in signs_of(scores, capitals=False))
        text = true_text(read, told.text)
        if text and (_has_figures(text) or chance.random() < OTHERS):
            pixels = (255 * np.clip(strip.pixels, 0, 1)).astype(np.uint8)
            lines.append(TypedLine(pixels=pixels, text=text, middles=np.zeros(len(text), np.float32)))
    return lines


def true_text(read: str, transcript: str) -> str:
    """What of a transcript, whole words, a reading is like; empty where nothing is like it enough."""
    told, bare = _Told.of(transcript), read.replace(" ", "").upper()
    if not FEWEST <= len(bare) <= len(told.bare):
        return ""
    near = fuzz.partial_ratio_alignment(bare, told.bare.upper(), score_cutoff=LIKE)
    if near is None:
        return ""
    spans = [
        (
            Levenshtein.distance(bare, told.bare[first:last].upper()) / max(len(bare), last - first),
            first,
            last,
        )
        for first in range(max(0, near.dest_start - EDGES), near.dest_start + EDGES + 1)
        for last in range(near.dest_end - EDGES, min(len(told.bare), near.dest_end + EDGES) + 1)
        if last - first >= FEWEST and told.begins(first) and told.begins(last)
    ]
    if not spans:
        return ""
    different, first, last = min(spans)
    text = told.text[told.places[first] : told.places[last - 1] + 1]
    few = sum(map(str.isdigit, text)) <= FEWEST
    return text if different <= (BRIEF if few else SURELY) and set(text) <= set(CODES) else ""


def _has_figures(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 2 or _MONTH.search(text) is not None
