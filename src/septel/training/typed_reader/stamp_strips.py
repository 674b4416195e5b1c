"""Strips of stamps to learn from, drawn one by one.

The reader of stamps (`septel.capture.engines.typed.stamped`) is shown pieces of ink that are brought to one
height of letters, so what is drawn here is drawn at that height: in faces of all widths, pressed together or
apart, each wheel of a numbering machine higher or lower than its neighbours, noughts with a stroke, inked in
parts, smeared or broken, turned a little, with rules, strokes of a pen and the next lines through it; then
made black and white, as scans are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from septel.capture.engines.typed import CODES, HIGH
from septel.training.typed_reader.stamps import stamp_text
from septel.training.typed_reader.typescript import TypedLine, font_of

DRAWN = 48
"""The height of capitals as they are drawn, in pixels."""
LETTER, WIDER, FRAME = 20, 1.5, 4
"""Rows of a strip that letters take, how much wider a strip is than the page, and pixels to an answer."""
NOTHING = 0.04
"""The share of strips on which no stamp stands, only strokes and specks."""
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]

Ink = NDArray[np.floating[Any]]


def drawn_stamps(faces: Sequence[Path], *, count: int, seed: int) -> list[TypedLine]:
    """So many strips, each of a stamp of its own.

    Args:
        faces: files of type faces.
        count: how many.
        seed: the same seed gives the same strips.
    """
    random = np.random.default_rng(seed)
    return [_strip(faces, random) for _ in range(count)]


def figures_text(random: np.random.Generator) -> str:
    """What machines stamp on cables: numbers behind their labels, dates, hours; other stamps now and then."""

    def number(digits: int) -> str:
        return "".join(map(str, random.integers(0, 10, digits)))

    def one(options: Sequence[str]) -> str:
        return options[int(random.integers(len(options)))]

    day, month = int(random.integers(1, 32)), one(_MONTHS)
    year = int(random.integers(45, 85))
    hour, minute = int(random.integers(1, 13)), int(random.integers(60))
    five = number(int(random.choice([4, 5, 5, 5, 5, 6, 6, 7])))
    tdcs = f"{int(random.integers(1, 4))}/{number(3)}{one([',', ',', ' ', '.'])}{number(3)}"
    date = one([f"{day} {month} {year}", f"{day:02d} {month} {year}", f"{day} {month.title()} {year}",
                f"{month} {day} {year}", f"{day} {month} 19{year}", f"{month} {day} 19{year}",
                f"19{year} {month} {day}"])  # fmt: skip
    kinds = (
        (0.2, five),
        (0.12, f"{one(['IN', 'IN', 'IN', 'DIR', 'OUT', 'CITE DIR', 'NR', 'NO.', 'CS'])} {five}"),
        (0.05, f"{one(['TDCS', 'TDCS -', 'TDCS-', 'TDCSDB-', 'TDCS DB - '])}{tdcs}"),
        (0.04, tdcs),
        (0.02, f"{five}, {five}"),
        (0.2, date),
        (0.07, f"{date} {one(['IN', ''])} {five}"),
        (0.05, f"{month} {day} {hour} {minute:02d} {one(['AM', 'PM'])} '{year}"),
        (0.03, f"19{year} {month} {day} {one(['AM', 'PM'])} {hour} {minute:02d}"),
        (0.03, f"{month} {day} {hour}:{minute:02d} {one(['AM', 'PM'])} 19{year}"),
        (0.02, f"{hour * 2 - 1:02d}{minute:02d}Z {one([month, month.title()])} {year}"),
        (0.02, " ".join(five)),
        (0.15, stamp_text(random)),
    )
    weights = np.array([weight for weight, _ in kinds])
    text = kinds[int(random.choice(len(kinds), p=weights / weights.sum()))][1]
    return " ".join(text.split())


def _strip(faces: Sequence[Path], random: np.random.Generator) -> TypedLine:
    text = figures_text(random) if random.random() >= NOTHING else ""
    text = "".join(sign for sign in text if sign in CODES)
    ink, places = _set(text, faces[int(random.integers(len(faces)))], random)
    ink = _inked(ink, random)
    ink = _cluttered(ink, random)
    seen = _scanned(ink, random)
    pixels, shift, scale = _framed(seen, random)
    middles = np.array([shift + place * scale for place in places], np.float32)
    return TypedLine(pixels=(255 * pixels).astype(np.uint8), text=text, middles=middles)


@cache
def _font(face: Path) -> ImageFont.FreeTypeFont:
    _, top, _, bottom = font_of(face, 100).getbbox("H", anchor="ls")
    return font_of(face, max(10, round(100 * DRAWN / max(float(bottom - top), 1.0))))


def _set(text: str, face: Path, random: np.random.Generator) -> tuple[Ink, list[float]]:
    """The signs in black on a field three times as high, and the middles of signs."""
    font = _font(face)
    apart = random.uniform(-0.04, 0.25) * DRAWN * (random.random() < 0.7)
    blank = random.uniform(0.15, 0.8) * DRAWN
    jump = random.uniform(0, 0.07) * DRAWN
    side = DRAWN
    widths = [blank if sign == " " else font.getlength(sign) + apart for sign in text]
    wide = round(sum(widths) + 2 * side) if text else round(random.uniform(2, 7) * DRAWN)
    image = Image.new("L", (wide, 3 * DRAWN), 0)
    draw = ImageDraw.Draw(image)
    slashed = random.random() < 0.25
    at, base, places = float(side), 2 * DRAWN, []
    for sign, width in zip(text, widths, strict=True):
        middle, foot = at + width / 2, base + random.normal(0, jump)
        draw.text((middle, foot), sign, font=font, fill=255, anchor="ms")
        if slashed and sign == "0":
            across, thick = 0.3 * DRAWN, round(random.uniform(3, 6))
            draw.line((middle - across, foot, middle + across, foot - DRAWN), fill=255, width=thick)
        places.append(middle)
        at += width
    stretch = random.uniform(0.6, 1.35)
    image = image.resize((max(8, round(wide * stretch)), image.height), Image.Resampling.BILINEAR)
    return np.asarray(image, np.float32) / 255, [place * stretch for place in places]


def _cloud(shape: tuple[int, int], grain: float, random: np.random.Generator) -> Ink:
    """Smooth noise, from nought to one."""
    rough = random.random((max(2, round(shape[0] / grain)), max(2, round(shape[1] / grain))), np.float32)
    smooth = Image.fromarray((255 * rough).astype(np.uint8)).resize(shape[::-1], Image.Resampling.BICUBIC)
    return np.asarray(smooth, np.float32) / 255


def _inked(ink: Ink, random: np.random.Generator) -> Ink:
    """Pressed unevenly, smeared, doubled."""
    faint = random.uniform(0.0, 0.7) if random.random() < 0.6 else 0.0
    out = ink * np.clip(1 - faint + 1.2 * faint * _cloud(_shape(ink), random.uniform(8, 60), random), 0, 1)
    if random.random() < 0.1:
        moved = np.roll(ink, (int(random.integers(-4, 5)), int(random.integers(-5, 6))), (0, 1))
        out = np.maximum(out, random.uniform(0.3, 0.7) * moved)
    return np.asarray(out)


def _shape(ink: Ink) -> tuple[int, int]:
    return int(ink.shape[0]), int(ink.shape[1])


def _cluttered(ink: Ink, random: np.random.Generator) -> Ink:
    """With rules, sides of boxes, strokes of a pen and bits of the next lines."""
    image = Image.new("L", (ink.shape[1], ink.shape[0]), 0)
    draw = ImageDraw.Draw(image)
    wide, high = image.size
    for _ in range(int(random.poisson(0.35))):
        row = random.choice([random.uniform(0, 0.32), random.uniform(0.68, 1.0)]) * high
        lift = random.normal(0, 2)
        draw.line((0, row, wide, row + lift), fill=255, width=int(random.integers(2, 6)))
    for _ in range(int(random.poisson(0.12))):
        column = random.choice([random.uniform(0, 0.07), random.uniform(0.93, 1.0)]) * wide
        draw.line((column, 0, column, high), fill=255, width=int(random.integers(2, 6)))
    for _ in range(int(random.poisson(0.2 if ink.any() else 5))):
        points = [
            (random.uniform(0, wide), random.uniform(0, high)) for _ in range(int(random.integers(2, 5)))
        ]
        draw.line(points, fill=255, width=int(random.integers(2, 5)), joint="curve")
    if random.random() < 0.12:
        _next_line(draw, image.size, random)
    return np.maximum(ink, np.asarray(image, np.float32) / 255)


def _next_line(draw: ImageDraw.ImageDraw, size: tuple[int, int], random: np.random.Generator) -> None:
    """The feet of a line above or the heads of one below, as blocks."""
    wide, high = size
    top = random.random() < 0.5
    at = random.uniform(0, 20)
    while at < wide:
        tall = random.uniform(0.02, 0.16) * high
        edge = (at, 0, at + 5, tall) if top else (at, high - tall, at + 5, high)
        draw.rectangle(edge, fill=255)
        at += random.uniform(10, 40)


def _scanned(ink: Ink, random: np.random.Generator) -> Ink:
    """Turned, blurred, with grain, in black and white; sometimes in shades."""
    image = Image.fromarray((255 * ink).astype(np.uint8))
    turn = float(np.clip(random.normal(0, 1.3), -4, 4))
    image = image.rotate(turn * min(1.0, 500 / image.width), resample=Image.Resampling.BILINEAR)
    image = image.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 4.0)))
    each = random.uniform(0.45, 1.0)
    image = image.resize(
        (max(8, round(image.width * each)), max(8, round(image.height * each))), Image.Resampling.BOX
    )
    field = np.asarray(image, np.float32) / 255
    field = field + random.uniform(0, 0.16) * random.standard_normal(field.shape, np.float32)
    if random.random() < 0.06:
        out = np.clip(field, 0, 1)
    else:
        out = (field > random.uniform(0.18, 0.62)).astype(np.float32)
    if random.random() < 0.3:
        specks = random.random(field.shape, np.float32) < random.uniform(0, 0.03)
        out = np.maximum(out, specks.astype(np.float32))
    back = Image.fromarray((255 * out).astype(np.uint8)).resize(
        (ink.shape[1], ink.shape[0]), Image.Resampling.BILINEAR
    )
    return np.asarray(back, np.float32) / 255


def _framed(seen: Ink, random: np.random.Generator) -> tuple[Ink, float, float]:
    """A strip; where its left edge lies in it, and its pixels to one of what was drawn."""
    each = LETTER / DRAWN * random.uniform(0.84, 1.2)
    across = each * WIDER * random.uniform(0.93, 1.07)
    middle = seen.shape[0] / 2 + random.normal(0, 0.05) * DRAWN
    left = random.uniform(0.2, 0.7) * DRAWN
    right = seen.shape[1] - random.uniform(0.2, 0.7) * DRAWN
    wide = max(24, round((right - left) * across / FRAME) * FRAME)
    half = HIGH / 2 / each
    cut = Image.fromarray((255 * seen).astype(np.uint8)).transform(
        (wide, HIGH),
        Image.Transform.EXTENT,
        (left, middle - half, right, middle + half),
        resample=Image.Resampling.BILINEAR,
    )
    return np.asarray(cut, np.float32) / 255, -left * across, across
