"""Worn pages of our own making: clean telegrams typed, worn to one of four levels, and read by the engine.

`synthetic:1` to `synthetic:4` (or the level's name) print the opening pages of clean telegrams of the set
`aad`, wear them (`septel.capture.degrade`) and read them with the shipped engine. Half of the pages stay
grey, half become black and white, as archives scan them. The same seed gives the same pages; another
version of the engine may read them otherwise, so the source's own error rate stands in the same table.
"""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image

from septel.capture import TesserocrEngine
from septel.capture.degrade import FACES, LEVELS, degrade, print_pages
from septel.errors import UsageError
from septel.measure.truth import Passage, TruthDocument, TruthSet, Unit, aad
from septel.text import Source, digest_of

PAGES = 8
SEED = 1969
LINES, COLUMNS = 54, 75  # what fits on a page as it is printed
THRESHOLD = 140  # of grey, between black and white


def level_of(name: str) -> str:
    """The level by its number, from one, or its name.

    Raises:
        UsageError: there is no such level.
    """
    names = tuple(LEVELS)
    if name in names:
        return name
    if name.isdecimal() and 1 <= int(name) <= len(names):
        return names[int(name) - 1]
    raise UsageError(
        f"pages have no level {name!r}", remedy=f"Choose 1 to {len(names)}, or {', '.join(names)}."
    )


def worn(name: str, shared: Path, *, pages: int = PAGES, seed: int = SEED) -> TruthSet:
    """The set of worn pages of a level.

    Raises:
        UsageError: there is no such level.
        MissingPart: the engine is not installed.
    """
    level, engine = level_of(name), TesserocrEngine()
    documents = []
    for number, (title, text) in enumerate(page_texts(shared, pages=pages, seed=seed)):
        face = FACES[number % len(FACES)]
        typed = next(iter(print_pages(text, face=face, seed=seed + number)))
        image = degrade(typed, level, seed=seed + number)
        if number % 4 >= 2:
            image = image.point([255 * (shade > THRESHOLD) for shade in range(256)])
        seen = _read(engine, image)
        source = Source(name=title, digest=digest_of(seen.encode()), text=seen, step=engine.step)
        passage = Passage(first=1, last=max(1, len(source.lines)), truth=text)
        units = (Unit(id=title, passages=(passage,)),)
        documents.append(TruthDocument(id=title, source=source, units=units))
    return TruthSet(
        name=f"synthetic:{name}",
        profile=f"worn: {level}",
        unit="document",
        clean=False,
        documents=tuple(documents),
        telegrams=True,
    )


def page_texts(shared: Path, *, pages: int, seed: int) -> list[tuple[str, str]]:
    """Names and texts of the pages to print: openings of telegrams drawn by the seed.

    Lines of the release stamp, which no telegram bore, and lines that don't fit are left out.
    """
    documents = list(aad(shared).documents)
    random.Random(seed).shuffle(documents)
    chosen = []
    for document in documents[:pages]:
        lines = [line.rstrip() for line in document.source.text.split("\n")]
        kept = [line for line in lines if line.strip() and len(line) <= COLUMNS and line == line.upper()]
        chosen.append((document.id, "\n".join(kept[:LINES]) + "\n"))
    return chosen


def _read(engine: TesserocrEngine, image: Image.Image) -> str:
    return "".join(" ".join(word.text for word in line) + "\n" for line in engine.read(image))
