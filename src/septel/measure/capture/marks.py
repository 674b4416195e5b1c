"""How many marks on worn pages are found: excisions, stamps, banners, notices, handwriting."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from septel.capture import Box, EnginePool, Limits, Readings, Region, RegionKind, read
from septel.errors import EmptyInput, EngineFailure
from septel.lexicon import Lexicon
from septel.measure.capture.known_pages import DPI
from septel.measure.metrics import TableGrid
from septel.measure.truth import page_texts, worn_images
from septel.synthesis import FACES, degrade, excise, place_of, print_pages, punch, scrawl, stamp

NOTICE = "NOT TO BE REPRODUCED WITHOUT THE AUTHORIZATION OF THE EXECUTIVE SECRETARY"
NOTICE_WIDE = len(NOTICE)
STAMPED = (0.35, 0.93)
"""Where the middle of a stamp falls, in shares of width and height."""
ASKEW = 25
"""How far from its place a mark may lie, in pixels."""
PATIENT = Limits(page_seconds=600)
"""A busy machine must not make a page fail here: that would count as marks not found."""
GROUND = (
    RegionKind.PRINT,
    RegionKind.RULE,
    RegionKind.EDGE,
    RegionKind.SHADING,
    RegionKind.SHOW_THROUGH,
)
"""What no mark is."""
MARKS = tuple(kind for kind in RegionKind if kind not in GROUND)
UNMARKED = tuple(kind for kind in MARKS if kind not in (RegionKind.BANNER, RegionKind.NOTICE))
"""What telegrams don't have by themselves."""
MARKED_ROWS = 48
"""Rows of a telegram on a page with marks; banner, notice, stamps and handwriting go around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkScore:
    """How many marks of one kind were put onto pages of a level, found, and found where none is.

    Attributes:
        level: the level's name.
        kind: of the marks.
        there: how many were put onto the pages.
        found: how many of them were found.
        false: how many were found on these pages where none is.
        unmarked: how many were found on pages without marks; None where that was not asked, or where
            telegrams have marks of the kind by themselves (banners, and notices that are quoted).
    """

    level: str
    kind: str
    there: int
    found: int
    false: int
    unmarked: int | None = None


def measure_marks(
    level: str,
    shared: Path,
    *,
    pages: int,
    seed: int,
    unmarked: int = 0,
    readings: Readings | None = None,
) -> list[MarkScore]:
    """How many marks of known places are found on pages of a level that the default engine reads.

    Each page gets two excisions, a stamp (with and without a frame by turns), some words of handwriting
    below the text, a banner at its head and a notice at its foot. Other banners of a telegram count as well.

    Args:
        level: its name.
        shared: the folder of measuring sets.
        pages: how many with marks.
        seed: of the choice of telegrams, of the wear and of the marks.
        unmarked: on how many pages of the level without marks is looked for them as well.
        readings: keeps what the engine reads.
    """
    there, found, false = (dict.fromkeys(RegionKind, 0) for _ in range(3))
    bare: dict[RegionKind, int] = dict.fromkeys(UNMARKED, 0)
    with tempfile.TemporaryDirectory() as folder, EnginePool(PATIENT, 1) as pool:
        for number, (_, text) in enumerate(page_texts(shared, pages=pages, seed=seed)):
            image, known = marked_page(text, level, number=number, seed=seed)
            regions = _regions(image, Path(folder) / f"{number}.png", pool, readings)
            for kind, places in known.items():
                ours = [one for one in regions if one.kind is kind]
                there[kind] += len(places)
                found[kind] += sum(any(_hit(one, place) for one in ours) for place in places)
                false[kind] += sum(not any(_hit(one, place) for place in places) for one in ours)
        worn = worn_images(level, shared, pages=unmarked, seed=seed)
        for number, (_, _, image) in enumerate(worn):
            for one in _regions(image, Path(folder) / f"unmarked-{number}.png", pool, readings):
                if one.kind in bare:
                    bare[one.kind] += 1
    return [
        MarkScore(
            level=level,
            kind=kind.value,
            there=there[kind],
            found=found[kind],
            false=false[kind],
            unmarked=bare.get(kind) if unmarked else None,
        )
        for kind in MARKS
    ]


def _regions(image: Image.Image, file: Path, pool: EnginePool, readings: Readings | None) -> Sequence[Region]:
    image.save(file, dpi=(DPI, DPI))
    try:
        return read(file, limits=PATIENT, readings=readings, pool=pool).pages[0].regions
    except (EngineFailure, EmptyInput):
        return ()


def marks_grid(scores: Sequence[MarkScore], title: str = "Marks on the same pages") -> TableGrid:
    """Scores as a table."""
    head = ("level", "kind", "there", "found", "found where none is")
    asked = any(one.unmarked is not None for one in scores)
    return TableGrid(
        title=title,
        head=(*head, "on pages without marks") if asked else head,
        rows=tuple(
            (
                one.level,
                one.kind,
                *map(str, (one.there, one.found, one.false)),
                *(("-" if one.unmarked is None else str(one.unmarked),) if asked else ()),
            )
            for one in scores
        ),
    )


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
    framed = number % 2 == 0
    page = stamp(page, "DECLASSIFIED\nAuthority NND", middle=STAMPED, seed=number, framed=framed)
    page = degrade(punch(page), level, seed=seed + number)
    across, down = STAMPED[0] * page.width, STAMPED[1] * page.height
    stamped = (round(across - 170), round(down - 88), round(across + 170), round(down + 88))
    banners = [
        place_of(row, len(line) - len(line.lstrip()), len(line) - 1)
        for row, line in enumerate(rows)
        if row not in hidden and "".join(line.split()) in {"".join(name.split()) for name in names}
    ]
    return page, {
        RegionKind.BLACK: [black],
        RegionKind.WHITE: [white],
        RegionKind.FRAME: [stamped] if framed else [],
        RegionKind.STAMP: [] if framed else [stamped],
        RegionKind.HANDWRITING: [hand],
        RegionKind.BANNER: banners,
        RegionKind.NOTICE: [place_of(len(rows) - 1, 0, NOTICE_WIDE - 1)],
    }


def _hit(region: Region, place: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = place
    # A page askew by a degree or two has its lines a row higher or lower at its sides.
    return shared_area(region.box, (left - ASKEW, top - ASKEW, right + ASKEW, bottom + ASKEW)) > 0.5


def shared_area(box: Box, place: tuple[int, int, int, int]) -> float:
    """The area that both have, as a share of the smaller one."""
    wide = min(box.right, place[2]) - max(box.left, place[0])
    high = min(box.bottom, place[3]) - max(box.top, place[1])
    least = min(
        (box.right - box.left) * (box.bottom - box.top), (place[2] - place[0]) * (place[3] - place[1])
    )
    return max(wide, 0) * max(high, 0) / max(least, 1)
