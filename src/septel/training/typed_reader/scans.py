"""True lines from real pages: what the reader saw, laid against a transcript of the page.

A transcript tells what stands on a page, not where, and may run on where the typist began a new line. Here
each line that was found is laid against the whole transcript; lines whose neighbours end where they begin are
sure of their place, however badly they were read. Those that were read worst teach most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz.distance import Levenshtein

from septel.capture.engines import prepare
from septel.capture.engines.typed import (
    CELL,
    CODES,
    EVEN,
    FRAME,
    LINES,
    NARROWEST,
    TALL,
    WIDEST,
    LineStrip,
    Sign,
    in_capitals,
    pitch_of,
    reader,
    signs_of,
    strips_on,
)
from septel.training.typed_reader import TypedLine
from septel.training.typed_reader.transcripts import FEWEST, WORD, Transcript, TranscriptPlace, places_of

LIKE, ALIKE = 0.45, 0.25
"""Edits to a sign, at most, of a line between neighbours that it joins on to, and of any other."""
SHORTEST, LONGEST = 0.6, 1.5
"""The length of a line that could not be read, in cells of its ink, to what its neighbours leave for it."""
MADE_UP = 4
"""So many letters and figures in a row that a transcript does not have are no mistake of a reader."""
GAP = 3.5
"""A line is cut where nothing was read for so many cells: cells of a form, stamps beside what is typed."""
PART = 5
"""Signs of a part of a line whose place is told by itself."""
ROOM = 0.55
"""The room that a lost sign needs, in cells."""
_SPACED = re.compile(r"(?<!\S)\S \S(?!\S)")


@dataclass(frozen=True, slots=True)
class SeenStrip:
    """A line of a page as it was found and read.

    Attributes:
        pixels: its rows of ink, from 0 (paper) to 255.
        text: what was read, with single blanks.
        middles: of each sign of the text, in pixels from the left edge.
    """

    pixels: NDArray[np.uint8]
    text: str
    middles: NDArray[np.float32]


def seen_strips(image: Image.Image) -> list[SeenStrip]:
    """The lines of a page as the shipped network reads them, whatever the page is made of."""
    strips, signs = _read(image, TALL)
    pitch = pitch_of(signs)
    even = pitch is not None and pitch.lines >= LINES and pitch.even >= EVEN
    if even and pitch and not NARROWEST <= pitch.frames <= WIDEST:
        strips, signs = _read(image, round(TALL * CELL / pitch.frames))
    return [_seen(strip, found) for strip, found in zip(strips, signs, strict=True)]


def _read(image: Image.Image, tall: int) -> tuple[list[LineStrip], list[list[Sign]]]:
    strips = strips_on(prepare(image, blur=0.0, tall=tall).image)
    scores = reader().scores(strips)
    capitals = in_capitals(scores)
    return strips, [signs_of(one, capitals=capitals) for one in scores]


def _seen(strip: LineStrip, signs: Sequence[Sign]) -> SeenStrip:
    kept = [
        sign
        for sign, before in zip(signs, [None, *signs], strict=False)
        if sign.text != " " or (before is not None and before.text != " ")
    ]
    while kept and kept[-1].text == " ":
        kept.pop()
    return SeenStrip(
        pixels=np.round(strip.pixels * 255).astype(np.uint8),
        text="".join(sign.text for sign in kept),
        middles=np.array([(sign.first + sign.last) / 2 * FRAME for sign in kept], np.float32),
    )


def true_lines(strips: Sequence[SeenStrip], transcript: Transcript) -> list[TypedLine]:
    """Those lines of a page whose text is sure, with that text.

    A line is kept when its place in the transcript is plain (its neighbours end where it begins, or no other
    place is nearly as like it), when it begins and ends with whole words, and when each of its words is
    agreed on, or was read by the engine as well. A line that nothing was read of is kept when its neighbours
    leave words for it that fill it, or, as an empty one, when they leave none.

    Args:
        strips: of one page, from top to bottom.
        transcript: of the same page.
    """
    places = places_of([strip.text for strip in strips], transcript)
    found: list[TypedLine] = []
    for number, strip in enumerate(strips):
        place = places[number]
        before = next((one for one in reversed(places[:number]) if one), None)
        after = next((one for one in places[number + 1 :] if one), None)
        if place is None:
            beside = number > 0 and places[number - 1] and number + 1 < len(places) and places[number + 1]
            place = _left_over(strip, before, after, transcript) if beside else None
        elif not _stands(strip, place, before, after, transcript):
            place = None
        line = _line(strip, place, transcript)
        found += [line] if line else _true_parts(strip, transcript)
    return found


def _true_parts(strip: SeenStrip, transcript: Transcript) -> list[TypedLine]:
    """Of a line that is not true as a whole those parts that are."""
    found: list[TypedLine] = []
    for part in _parts(strip):
        place = transcript.place(part.text) if len(part.text.replace(" ", "")) >= PART else None
        if place is not None and _stands(part, place, None, None, transcript):
            line = _line(part, place, transcript)
            found += [line] if line else []
    return found


def _parts(strip: SeenStrip) -> Iterator[SeenStrip]:
    """A line cut where nothing was read for `GAP` cells; nothing where it has no such gap."""
    far, middles = GAP * CELL * FRAME, strip.middles
    signs = [at for at, sign in enumerate(strip.text) if sign != " "]
    cuts = [at + 1 for at, (one, other) in enumerate(pairwise(signs)) if middles[other] - middles[one] > far]
    for first, last in pairwise([0, *cuts, len(signs)] if cuts else []):
        one, other = signs[first], signs[last - 1]
        left = max(0, round((middles[one] - far / 2) / FRAME)) * FRAME if first else 0
        right = (
            round((middles[other] + far / 2) / FRAME) * FRAME if last < len(signs) else strip.pixels.shape[1]
        )
        yield SeenStrip(
            pixels=strip.pixels[:, left:right],
            text=strip.text[one : other + 1],
            middles=middles[one : other + 1] - left,
        )


def _line(strip: SeenStrip, place: TranscriptPlace | None, transcript: Transcript) -> TypedLine | None:
    """A line with what the transcript has at its place, if that can be trusted."""
    if place is None:
        return None
    text = transcript.text[place.start : place.end].strip()
    if not _trusted(strip.text, text, transcript.doubted[place.start : place.end]):
        return None
    typed = _as_typed(text + "-" * place.divided, strip.text)
    if typed is None or not set(typed) <= set(CODES) or strip.pixels.shape[1] // FRAME <= 2 * len(typed):
        return None
    return TypedLine(strip.pixels, typed, _middles(strip, typed))


def _stands(
    strip: SeenStrip,
    place: TranscriptPlace,
    before: TranscriptPlace | None,
    after: TranscriptPlace | None,
    transcript: Transcript,
) -> bool:
    """Whether a line is sure to be what stands at its place: all of that, and no more."""
    begins = place.start in transcript.broken or (before is not None and 0 <= place.start - before.end <= 1)
    closes = (
        place.end + 1 in transcript.broken
        or place.end >= len(transcript.text)
        or (after is not None and 0 <= after.start - place.end <= 1)
    )
    label = transcript.text[place.start : place.end]
    if place.edits > (LIKE if begins and closes else ALIKE):
        return False
    if not (begins and closes):
        words, wanted = strip.text.upper().split(), label.upper().split()
        if words[0] != wanted[0] or words[-1] != wanted[-1] or len(words[0]) < 2 or len(words[-1]) < 2:
            return False
    return _of_one_size(strip, label + "-" * place.divided, transcript)


def _of_one_size(strip: SeenStrip, label: str, transcript: Transcript) -> bool:
    """Whether what was made up on a line is no text of its own, and what was lost has room on it."""
    read, middles = strip.text, strip.middles
    cell = float(middles[-1] - middles[0]) / max(1, len(read) - 1)
    others = set(WORD.findall(transcript.text.upper()))
    for one in Levenshtein.opcodes(read.upper(), label.upper()):
        if one.tag == "equal":
            continue
        more = (one.src_end - one.src_start) - (one.dest_end - one.dest_start)
        made = read[one.src_start : one.src_end].upper()
        if more >= MADE_UP and sum(sign.isalnum() for sign in made) >= MADE_UP:
            return False
        if more > 1 and any(word in others for word in WORD.findall(made) if len(word) > 1):
            return False
        if more < -1:
            left = middles[one.src_start - 1] if one.src_start else 12.0
            right = middles[one.src_end] if one.src_end < len(read) else strip.pixels.shape[1] - 12.0
            if right - left < ROOM * cell * (one.dest_end - one.dest_start + 1):
                return False
    return True


def _left_over(
    strip: SeenStrip, before: TranscriptPlace | None, after: TranscriptPlace | None, transcript: Transcript
) -> TranscriptPlace | None:
    """What the neighbours of a line that could not be placed leave for it, if it could stand there."""
    if before is None or after is None or not 0 <= after.start - before.end <= 200 or before.divided:
        return None
    text = transcript.text[before.end : after.start].strip()
    if not text:
        words = [word for word in WORD.findall(strip.text.upper()) if len(word) >= 3]
        stands = not any(word in transcript.text.upper() for word in words)
    else:
        ink = np.flatnonzero(strip.pixels[8:24].max(axis=0) > 100)
        cells = (ink[-1] - ink[0]) / (CELL * FRAME) if len(ink) else 0.0
        stands = len(text) >= FEWEST and SHORTEST * cells <= len(text) <= LONGEST * cells
    start = before.end + (transcript.text[before.end : after.start] != "" and text != "")
    return TranscriptPlace(start, start + len(text), 1.0) if stands else None


def _as_typed(text: str, read: str) -> str | None:
    """The transcript's text as it was typed: two strokes for a quotation mark or a dash, words spaced out.

    Transcripts write SECRET for `S E C R E T`. Where the letters were read otherwise it can't be told which
    blanks were typed, and there is no text.
    """
    if _SPACED.search(read) and text.count(" ") + 2 <= read.count(" "):
        return read if read.replace(" ", "").upper() == text.replace(" ", "").upper() else None
    for typed, written in (("''", '"'), ("--", "-")):
        if read.count(typed) and typed not in text and read.count(typed) == text.count(written):
            text = text.replace(written, typed)
    return text


def _trusted(read: str, text: str, doubted: NDArray[np.bool_]) -> bool:
    """Whether each doubted word was read by the engine as well."""
    if not doubted.any():
        return True
    same = np.zeros(len(doubted), np.bool_)
    for one in Levenshtein.opcodes(text.upper(), read.upper()):
        if one.tag == "equal":
            same[one.src_start : one.src_end] = True
    return len(text) == len(doubted) and bool(same[doubted].all())


def _middles(strip: SeenStrip, text: str) -> NDArray[np.float32]:
    """Where each sign of a text stands: where it was read, and evenly between."""
    known = {
        one.src_start + offset: float(strip.middles[one.dest_start + offset])
        for one in Levenshtein.opcodes(text.upper(), strip.text.upper())
        for offset in range(min(one.src_end - one.src_start, one.dest_end - one.dest_start))
    }
    if not known:
        return np.linspace(25, strip.pixels.shape[1] - 25, len(text)).astype(np.float32)
    return np.interp(np.arange(len(text)), list(known), list(known.values())).astype(np.float32)
