"""Typed and worn lines to learn from, with the place of every sign.

A page is typed in one of several faces, pitches and leadings, worn by copying (`septel.synthesis`) to
a degree between and a little beyond the named levels, and cut into lines as the engine will see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from septel.capture.engines import even
from septel.capture.engines.typed import DPI as SEEN
from septel.capture.engines.typed import HIGH, RARE
from septel.synthesis import (
    LEVELS,
    Level,
    as_released,
    at_the_machine,
    degrade,
    fade,
    fax_lines,
    in_the_archive,
    stamp,
)

DPI = 200
WIDTH, HEIGHT = round(8.5 * DPI), 11 * DPI
RISE = 0.62
"""The middle of a capital above the base line, as a share of the size of its type, is half of this."""
MISHAPS = 0.35
"""How many of the pages have a mishap at the machine, and how many one in the archive."""
RELEASED = 0.45
"""How many have marks as released pages have."""
WORST = 3.15
"""The most that copying wears a page: the degrader's levels count from 0 to 3; this is a little beyond."""
WORN_BY_MISHAP = 0.7
"""A page with a mishap is copied less, so that its letters can still be told."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line to learn from.

    Attributes:
        pixels: `HIGH` rows of ink, from 0 (paper) to 255.
        text: what was typed, with single blanks between words.
        middles: of each character of the text, in pixels from the left edge.
    """

    pixels: NDArray[np.uint8]
    text: str
    middles: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """A line on a page before it was worn, in pixels.

    Attributes:
        text: what stands there.
        middle: of its capitals, from the top.
        places: of each sign, from the left edge; of the two ends where nothing was typed.
    """

    text: str
    middle: float
    places: tuple[float, ...]


@cache
def font_of(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """A type face at a size in pixels."""
    return ImageFont.truetype(str(path), size)


def typed_lines(lines: Sequence[str], faces: Sequence[Path], *, seed: int) -> list[TypedLine]:
    """One page of lines, typed, worn and cut out again.

    Args:
        lines: of at most 75 characters; what does not fit on the page is left out.
        faces: files of type faces; one is drawn for the page.
        seed: the same seed gives the same lines.
    """
    random = np.random.default_rng(seed)
    face = faces[int(random.integers(len(faces)))]
    page, struck = _typed(lines, face, random)
    return worn_lines(page, struck, random, seed=seed)


def worn_lines(
    page: Image.Image,
    struck: Sequence[Struck],
    random: np.random.Generator,
    *,
    seed: int,
    worst: float = WORST,
) -> list[TypedLine]:
    """The lines of a page after it was worn, cut out as the engine sees them.

    Args:
        page: grey, dark on white, `WIDTH` by `HEIGHT`.
        struck: what stands on it.
        random: how it is worn.
        seed: of marks that have their own chance.
        worst: the most that copying wears it.
    """
    if random.random() < 0.25:
        page = stamp(page, "DECLASSIFIED\nAuthority", middle=tuple(random.uniform(0.1, 0.9, 2)), seed=seed)
    if random.random() < 0.25:
        page = fade(page, depth=random.uniform(0.3, 0.75), seed=seed)
    early, late = random.random() < MISHAPS, random.random() < MISHAPS
    if early:
        page = at_the_machine(page, random)
    worn = degrade(page, _level(random, worst - WORN_BY_MISHAP * (early + late)), seed=seed)
    if random.random() < 0.15:
        worn = fax_lines(worn, count=int(random.integers(3, 25)), seed=seed)
    if late:
        worn = in_the_archive(worn, random)
    if random.random() < RELEASED:
        worn = as_released(worn, random)
    worn = _scanned(worn, random)
    ready = even(worn)
    if random.random() < 0.5:
        ready = ready.filter(ImageFilter.GaussianBlur(random.uniform(0.2, 1.0)))
    return [_cut(ready, one, random) for one in struck]


def _typed(lines: Sequence[str], face: Path, random: np.random.Generator) -> tuple[Image.Image, list[Struck]]:
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    pitch = DPI / random.choice([10.0, 10.0, 10.0, 10.0, 12.0, 11.0]) * random.uniform(0.97, 1.03)
    leading = DPI / 6 * random.choice([1.0, 1.0, 1.0, 1.0, 1.5, 2.0]) * random.uniform(0.97, 1.04)
    # Elite type whose letters touch is about as wide as its cells.
    size = round(pitch * random.uniform(1.42, 1.72 if random.random() < 0.75 else 1.95))
    font = font_of(face, size)
    ink, uneven, shake = random.uniform(5, 70), random.uniform(5, 40), random.uniform(0.1, 0.9)
    jump = random.uniform(1.0, 2.6) if random.random() < 0.12 else shake
    slashed, taped = random.random() < 0.08, _tape(random)
    top, left = random.uniform(40, 140), random.uniform(20, 180)
    struck: list[Struck] = []
    row = 0
    for line in lines:
        base = top + row * leading + size
        if base > HEIGHT - 30:
            break
        row += 1
        drift = random.normal(0, 0.6)
        kept: list[tuple[str, float]] = []
        for column, letter in enumerate(line[: int((WIDTH - left - 20) / pitch)]):
            x = left + column * pitch
            covered = taped is not None and taped[0] < row < taped[1] and x < taped[2]
            if letter == " " or covered or not _has(font, letter):
                if kept and kept[-1][0] != " ":
                    kept.append((" ", x + pitch / 2))
                continue
            shade = int(np.clip(random.normal(ink, uneven), 0, 150))
            at = (x + pitch / 2 + random.normal(0, jump), base + drift + random.normal(0, shake))
            draw.text(at, letter, font=font, fill=shade, anchor="ms")
            if slashed and letter == "0":
                foot, head = (at[0] - 0.28 * pitch, base), (at[0] + 0.28 * pitch, base - size * RISE)
                draw.line((foot, head), fill=shade, width=2)
            kept.append((letter, x + pitch / 2))
        while kept and kept[-1][0] == " ":
            kept.pop()
        if not kept:
            # Where nothing was typed nothing is to be read, whatever dirt lies there.
            begin, end = sorted(random.uniform(left, WIDTH - 40, 2))
            struck.append(Struck(text="", middle=base - size * RISE / 2, places=(begin, end + 10)))
            continue
        if random.random() < 0.02:
            y = base + size * 0.15
            draw.line((left, y, left + len(line) * pitch, y), fill=round(ink), width=2)
        struck.append(
            Struck(
                text="".join(letter for letter, _ in kept),
                middle=base - size * RISE / 2,
                places=tuple(x for _, x in kept),
            )
        )
    if taped:
        # What lies under the tape was not copied; its edge was.
        y = [top + taped[end] * leading + size * 0.3 for end in (0, 1)]
        draw.line(
            (taped[2], y[0], taped[2] + random.normal(0, 3), y[1]), fill=int(random.uniform(0, 120)), width=2
        )
    return image, struck


def _tape(random: np.random.Generator) -> tuple[int, int, float] | None:
    """Between which rows tape lies over the beginnings of lines, and how far to the right; mostly none."""
    if random.random() > 0.06:
        return None
    first, last = sorted(int(one) for one in random.integers(0, 62, 2))
    return first, last, float(random.uniform(90, 400))


@cache
def _has(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    """Whether a face has a letter beyond ASCII; in its place it would draw a box."""
    return letter not in RARE or bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def _level(random: np.random.Generator, worst: float) -> Level:
    """Wear between two neighbouring levels, up to `worst`; bad pages more often."""
    named = list(LEVELS.values())
    at = float(random.choice([random.uniform(0, 1), random.uniform(1, 2), random.uniform(1.5, WORST)]))
    at *= worst / WORST
    low, part = named[min(int(at), 2)], at - min(int(at), 2)
    high = named[min(int(at), 2) + 1]

    def mixed(name: str, stray: float = 0.12) -> float:
        a, b = float(getattr(low, name)), float(getattr(high, name))
        return max(0.0, (a + part * (b - a)) * random.uniform(1 - stray, 1 + stray))

    return Level(
        generations=max(1, round(mixed("generations", 0.2))),
        blur=mixed("blur"),
        spread=mixed("spread", 0.3),
        patches=mixed("patches", 0.3),
        specks=mixed("specks", 0.6),
        # The engine sees straightened pages.
        skew=0.08,
        shadow=mixed("shadow", 0.5),
        grain=mixed("grain", 0.5),
    )


def _scanned(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """What other scanners do: two shades only, fewer dots, or more contrast."""
    kind = random.random()
    if kind < 0.25:
        limit = int(random.uniform(105, 175))
        page = page.point(lambda shade: 255 * (shade > limit))
    elif kind < 0.4:
        small = random.uniform(0.6, 0.95)
        size = (round(page.width * small), round(page.height * small))
        page = page.resize(size, Image.Resampling.BILINEAR)
        return page.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return page


def _cut(page: Image.Image, line: Struck, random: np.random.Generator) -> TypedLine:
    scale = SEEN / DPI * random.uniform(0.9, 1.1)
    middle = line.middle + random.normal(0, 1.2)
    half = HIGH / 2 / scale
    first = max(0.0, line.places[0] - random.uniform(14, 60))
    last = min(WIDTH, line.places[-1] + random.uniform(14, 60))
    wide = max(8, round((last - first) * scale / 4) * 4)
    cut = page.transform(
        (wide, HIGH),
        Image.Transform.EXTENT,
        (first, middle - half, last, middle + half),
        resample=Image.Resampling.BICUBIC if scale >= 1 else Image.Resampling.BILINEAR,
        fillcolor=255,
    )
    ink = 255 - np.asarray(cut, np.uint8)
    places = (np.array(line.places[: len(line.text)], np.float32) - np.float32(first)) * np.float32(
        wide / (last - first)
    )
    return TypedLine(pixels=ink, text=line.text, middles=places)
