"""Stamps and proportional type to learn from.

Half of what a cable's head loses are numbers and dates that a machine or a hand stamped: in faces of no one
pitch, bold, a little turned, inked in parts, each wheel of a numbering machine a little higher or lower than
its neighbours. Memoranda were typed on machines whose letters have their own widths, and forms are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from septel.capture.engines.typed import CODES
from septel.training.typed_reader.typescript import (
    DPI,
    HEIGHT,
    WIDTH,
    WORST,
    Struck,
    TypedLine,
    font_of,
    worn_lines,
)

STAMPED = 2.2
"""The most that copying wears stamps: they were pale before."""
LOWEST, HIGHEST = 0.075, 0.16
"""The height of a stamp's capitals, in inches; what is higher does not fit into a strip."""
CHANGED = 0.06
"""The share of figures and letters of a stamp that are changed at random, so that none is completed."""
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WORDS = (
    "SECRET", "TOP SECRET", "CONFIDENTIAL", "UNCLASSIFIED", "RESTRICTED", "EYES ONLY", "NO FOREIGN DISSEM",
    "NOFORN", "LIMITED OFFICIAL USE", "RECEIVED", "REC'D", "FILED", "COPY", "ACTION COPY", "INFORMATION COPY",
    "PRIORITY", "ROUTINE", "IMMEDIATE", "URGENT", "DEPARTMENT OF STATE", "TELEGRAPH BRANCH", "MESSAGE CENTER",
    "CABLE SECRETARIAT", "CLASSIFIED MESSAGE", "ROUTING", "INITIALS", "ROUTING AND RECORD SHEET", "INFO",
    "FROM", "TO", "ACTION", "DATE", "ORIG", "UNIT", "EXT", "CONF", "PRECEDENCE", "DEFERRED", "OPERATIONAL",
    "RELEASING OFFICER", "AUTHENTICATING OFFICER", "COORDINATING OFFICERS", "COPY NO.", "PAGE NO.",
    "REPRODUCTION BY OTHER THAN THE ISSUING OFFICE IS PROHIBITED", "REPRODUCTION PROHIBITED", "INCOMING",
    "OUTGOING", "CENTRAL INTELLIGENCE AGENCY", "FEDERAL BUREAU OF INVESTIGATION", "WARNING NOTICE",
    "SENSITIVE SOURCES AND METHODS INVOLVED", "GROUP 1", "EXCLUDED FROM AUTOMATIC DOWNGRADING AND",
    "DECLASSIFICATION", "DO NOT DESTROY", "RETURN TO CIA", "BACKGROUND USE ONLY", "MICROFILMED", "INDEXED",
    "SERIALIZED", "SEARCHED", "ABSTRACT", "NO INDEX", "FILE IN CS FILE NO.", "X-REF TO FILE NO.", "DESTROY",
    "RET. TO BRANCH", "SIGNATURE", "SUBJECT", "REMARKS", "DIRECTOR", "SECURITY INFORMATION",
)  # fmt: skip
"""What stamps and forms say; the words are changed at random in part, as all that is drawn."""


def stamp_text(random: np.random.Generator) -> str:
    """What a stamp says: a date, a number, an hour, words."""
    day, month = int(random.integers(1, 32)), str(random.choice(_MONTHS))
    year, digits = int(random.integers(1945, 1985)), int(random.integers(4, 8))
    hour = f"{int(random.integers(1, 13))}"
    minute = f"{int(random.integers(60)):02d}"
    half = str(random.choice(["AM", "PM", "A.M.", "P.M."]))
    number = "".join(map(str, random.integers(0, 10, digits)))
    word = str(random.choice(_WORDS))
    kinds = (
        f"{day} {month} {year}",
        f"{day:02d} {month} {year % 100}",
        f"{month} {day} {year}",
        f"{month.title()} {day}, {year}",
        f"{year} {month} {day} {half[:1]}M {hour} {minute}",
        f"{month} {day} {hour} {minute} {half} '{year % 100}",
        f"{month} {day} {hour}:{minute} {half} {year}",
        f"{month} {day}-{hour} {minute} {half} {year % 100}",
        f"{day} {month} {year % 100} {hour} {minute}z",
        f"{random.choice(['IN', 'OUT', 'IN-', 'NO.', 'No', 'DIR', 'CS', 'A-', 'RID'])} {number[:6]}",
        number,
        number,
        " ".join(number),
        f"{random.choice(['TDCS', 'CSCI', 'DB', 'SX', 'OC'])}-{number[:3]}/{number[1:]}",
        f"{word} {number[:5]}",
        word,
        word,
        word,
        word.title(),
    )
    text = str(random.choice(kinds))
    out = [
        str(random.choice(list("ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789")))
        if sign.isalnum() and random.random() < CHANGED
        else sign
        for sign in text
    ]
    return "".join(out)


def stamped_lines(faces: Sequence[Path], *, seed: int) -> list[TypedLine]:
    """One page of stamps, each in a face of its own, worn and cut out again.

    Args:
        faces: files of type faces of no one pitch.
        seed: the same seed gives the same lines.
    """
    random = np.random.default_rng(seed)
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    struck: list[Struck] = []
    top = random.uniform(40, 80)
    while top < HEIGHT - 80:
        left = random.uniform(20, 120)
        while left < WIDTH - 200:
            font = _sized(faces[int(random.integers(len(faces)))], random)
            layer, one = _stamp(stamp_text(random), font, (left, top), random)
            if one is None:
                break
            page = ImageChops.multiply(page, layer)
            struck.append(one)
            left = one.places[-1] + random.uniform(90, 300)
        top += random.uniform(58, 100)
    return worn_lines(page, struck, random, seed=seed, worst=STAMPED)


def printed_lines(lines: Sequence[str], faces: Sequence[Path], *, seed: int) -> list[TypedLine]:
    """One page of lines in type of no one pitch, worn and cut out again.

    Args:
        lines: what does not fit on the page is left out.
        faces: files of type faces; one is drawn for the page.
        seed: the same seed gives the same lines.
    """
    random = np.random.default_rng(seed)
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(page)
    font = font_of(faces[int(random.integers(len(faces)))], round(DPI * random.uniform(0.105, 0.175)))
    leading = max(font.size * random.uniform(1.05, 1.5), DPI / 6.3)
    wider, shake = random.uniform(-0.3, 2.0) * (random.random() < 0.6), random.uniform(0, 0.5)
    shade, uneven = random.uniform(0, 70), random.uniform(0, 30)
    left, base = random.uniform(20, 180), random.uniform(60, 160)
    struck: list[Struck] = []
    for line in lines:
        text = " ".join(line.split())
        if not text:
            continue
        places, text = _places(text, font, left, wider)
        for sign, place in zip(text, places, strict=True):
            ink = int(np.clip(random.normal(shade, uneven), 0, 150))
            draw.text((place, base + random.normal(0, shake)), sign, font=font, fill=ink, anchor="ms")
        struck.append(Struck(text=text, middle=base - _capital(font) / 2, places=places))
        base += leading
        if base > HEIGHT - 40:
            break
    return worn_lines(page, struck, random, seed=seed, worst=WORST - 0.3)


def _sized(face: Path, random: np.random.Generator) -> ImageFont.FreeTypeFont:
    """A face at the size of a stamp."""
    wanted = DPI * random.uniform(LOWEST, HIGHEST)
    return font_of(face, round(100 * wanted / _capital(font_of(face, 100))))


def _capital(font: ImageFont.FreeTypeFont) -> float:
    """The height of a capital."""
    _, top, _, bottom = font.getbbox("H", anchor="ls")
    return float(bottom - top)


def _places(
    text: str, font: ImageFont.FreeTypeFont, left: float, wider: float
) -> tuple[tuple[float, ...], str]:
    """The middles of signs that are set one after another, and as much of the text as fits on the page."""
    widths = np.array([font.getlength(sign) for sign in text]) + wider
    ends = left + np.cumsum(widths)
    fits = int((ends < WIDTH - 30).sum())
    kept = text[:fits].rstrip()
    return tuple(map(float, (ends - widths / 2)[: len(kept)])), kept


def _stamp(
    text: str, font: ImageFont.FreeTypeFont, corner: tuple[float, float], random: np.random.Generator
) -> tuple[Image.Image, Struck | None]:
    """A layer with one stamp: a little turned, inked in parts; none where it does not fit."""
    layer = Image.new("L", (WIDTH, HEIGHT), 255)
    text = "".join(sign for sign in text if sign in CODES)
    high = _capital(font)
    places, kept = _places(text, font, corner[0], random.uniform(0, 0.25) * high * (random.random() < 0.7))
    if kept != text:
        return layer, None
    base = corner[1] + high
    draw = ImageDraw.Draw(layer)
    # The wheels of a numbering machine do not stand level.
    jump = random.uniform(0, 0.07) * high
    for sign, place in zip(text, places, strict=True):
        draw.text((place, base + random.normal(0, jump)), sign, font=font, fill=0, anchor="ms")
    middle = ((places[0] + places[-1]) / 2, base - high / 2)
    box = (round(places[0] - 2 * high), round(base - 2.5 * high))
    size = (round(places[-1] - places[0] + 4 * high), round(4 * high))
    part = layer.crop((*box, box[0] + size[0], box[1] + size[1]))
    rough = random.random((max(2, size[1] // 9), max(2, size[0] // 9))) * 255
    cloud = Image.fromarray(rough.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    inked = np.asarray(cloud, np.float32) / 255
    faint = 255 - (255 - np.asarray(part, np.float32)) * np.clip(random.uniform(0.15, 0.9) + inked, 0, 1)
    turned = Image.fromarray(faint.astype(np.uint8)).rotate(
        float(np.clip(random.normal(0, 1.2), -3, 3)), resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    layer = Image.new("L", (WIDTH, HEIGHT), 255)
    layer.paste(turned, box)
    return layer, Struck(text=text, middle=middle[1], places=places)
