"""How many marks on worn pages are found: excisions, stamps, banners, notices, handwriting."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from septel.capture import Box, Readings, Region, RegionKind, read
from septel.capture.degrade import FACES, degrade, excise, place_of, print_pages, punch, scrawl, stamp
from septel.errors import EmptyInput, EngineFailure
from septel.lexicon import Lexicon
from septel.measure.known_pages import DPI
from septel.measure.worn import page_texts

NOTICE = "NOT TO BE REPRODUCED WITHOUT THE AUTHORIZATION OF THE EXECUTIVE SECRETARY"
NOTICE_WIDE = len(NOTICE)
MARKED_ROWS = 48
"""Rows of a telegram on a page with marks; banner, notice, stamps and handwriting go around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkScore:
    """How many marks of one kind were put onto pages of a level, found, and found where none is."""

    level: str
    kind: str
    there: int
    found: int
    false: int


def measure_marks(
    level: str, shared: Path, *, pages: int, seed: int, readings: Readings | None = None
) -> list[MarkScore]:
    """How many marks of known places are found on pages of a level that the default engine reads.

    Each page gets two excisions, a stamp with a frame and one without, two words of handwriting below the
    text, a banner at its head and a notice at its foot. Other banners that a telegram has count as well.
    """
    there, found, false = (dict.fromkeys(RegionKind, 0) for _ in range(3))
    with tempfile.TemporaryDirectory() as folder:
        for number, (_, text) in enumerate(page_texts(shared, pages=pages, seed=seed)):
            image, known = marked_page(text, level, number=number, seed=seed)
            file = Path(folder) / f"{number}.png"
            image.save(file, dpi=(DPI, DPI))
            try:
                regions = read(file, readings=readings, engines=1).pages[0].regions
            except (EngineFailure, EmptyInput):
                regions = ()
            for kind, places in known.items():
                ours = [one for one in regions if one.kind is kind]
                there[kind] += len(places)
                found[kind] += sum(any(_hit(one, place) for one in ours) for place in places)
                false[kind] += sum(not any(_hit(one, place) for place in places) for one in ours)
    return [
        MarkScore(level=level, kind=kind.value, there=there[kind], found=found[kind], false=false[kind])
        for kind in RegionKind
    ]


def marked_page(
    text: str, level: str, *, number: int, seed: int
) -> tuple[Image.Image, dict[RegionKind, list[tuple[int, int, int, int]]]]:
    """A worn page with marks, and where they are, by kind."""
    names = [one.name for one in Lexicon.shipped().classifications]
    grade = names[number % len(names)]
    body = text.rstrip("\n").split("\n")[:MARKED_ROWS]
    rows = [grade.center(NOTICE_WIDE).rstrip(), "", *body, "", NOTICE]
    typed = next(
        iter(print_pages("\n".join(rows) + "\n", face=FACES[number % len(FACES)], seed=seed + number))
    )
    last = max(6, len(rows) - 6)
    black, white = place_of(4 + number % (last - 4), 6, 30 + number % 30), place_of(last, 12, 40)
    hidden = {4 + number % (last - 4), last}
    hand = (1090, 1950, 1600, 2040)
    page = excise(excise(typed, black), white, manner="white", authority="(b)(1)")
    page = scrawl(page, hand, seed=seed + number)
    page = stamp(page, "DECLASSIFIED\nAuthority NND", middle=(0.5, 0.92), seed=number)
    page = stamp(page, "DECLASSIFIED\nAuthority NND 9", middle=(0.2, 0.94), seed=number + 1, framed=False)
    page = degrade(punch(page), level, seed=seed + number)
    width, height = page.size
    banners = [
        place_of(row, len(line) - len(line.lstrip()), len(line) - 1)
        for row, line in enumerate(rows)
        if row not in hidden and "".join(line.split()) in {"".join(name.split()) for name in names}
    ]
    return page, {
        RegionKind.BLACK: [black],
        RegionKind.WHITE: [white],
        RegionKind.FRAME: [
            (round(0.40 * width), round(0.88 * height), round(0.60 * width), round(0.96 * height))
        ],
        RegionKind.STAMP: [
            (round(0.09 * width), round(0.91 * height), round(0.31 * width), round(0.97 * height))
        ],
        RegionKind.HANDWRITING: [hand],
        RegionKind.BANNER: banners,
        RegionKind.NOTICE: [place_of(len(rows) - 1, 0, NOTICE_WIDE - 1)],
    }


def _hit(region: Region, place: tuple[int, int, int, int]) -> bool:
    return shared_area(region.box, place) > 0.5


def shared_area(box: Box, place: tuple[int, int, int, int]) -> float:
    """The area that both have, as a share of the smaller one."""
    wide = min(box.right, place[2]) - max(box.left, place[0])
    high = min(box.bottom, place[3]) - max(box.top, place[1])
    least = min(
        (box.right - box.left) * (box.bottom - box.top), (place[2] - place[0]) * (place[3] - place[1])
    )
    return max(wide, 0) * max(high, 0) / max(least, 1)
