"""Worn pages of our own making: clean telegrams typed, worn to one of four levels, and read by the engine.

`synthetic:1` to `synthetic:4` (or the level's name) print the opening pages of clean telegrams of the set
`aad`, wear them (`septel.synthesis`) and read them with the shipped engine; `synthetic:3@rapid` with
another one, `synthetic:3@both` with both and a vote. Half of the pages stay
grey, half become black and white, as archives scan them. The same seed gives the same pages; another
version of the engine may read them otherwise, so the source's own error rate stands in the same table.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from septel.capture import Capture, EnginePool, Limits
from septel.errors import EmptyInput, UsageError
from septel.measure.truth.sets import ScoredUnit, TruthDocument, TruthPassage, TruthSet
from septel.measure.truth.shared_sets import aad
from septel.restore import Restorer
from septel.synthesis import FACES, LEVELS, degrade, print_pages
from septel.text import Source, digest_of
from septel.witness import CHOICES, read_with

PAGES = 8
SEED = 1969
LINES, COLUMNS = 54, 75  # what fits on a page as it is printed
THRESHOLD = 140  # of grey, between black and white

PATIENT = Limits(page_seconds=1200.0)
"""A busy machine is no reason to lose a page of a measurement."""


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
    """The set of worn pages of a level, read by the shipped engine or, `LEVEL@ENGINE`, by another.

    Raises:
        UsageError: there is no such level or engine.
        MissingPart: the engine is not installed.
    """
    number, _, engine = name.partition("@")
    level, engine = level_of(number), engine or CHOICES[0]
    if engine not in CHOICES:
        raise UsageError(f"there is no engine {engine!r}", remedy=f"Choose {', '.join(CHOICES)}.")
    known = Restorer.load().vocabulary.knows
    documents = []
    with TemporaryDirectory() as folder, EnginePool(PATIENT, 1) as pool:
        for title, truth, image in worn_images(level, shared, pages=pages, seed=seed):
            file = Path(folder) / "page.png"
            image.save(file)
            documents.append(_document(title, truth, as_read(file, engine, known, pool)))
    return TruthSet(
        name=f"synthetic:{name}",
        profile=f"worn: {level}" + (f", {engine}" if engine != CHOICES[0] else ""),
        unit="document",
        clean=False,
        documents=tuple(documents),
        telegrams=True,
    )


def worn_images(level: str, shared: Path, *, pages: int, seed: int) -> Iterator[tuple[str, str, Image.Image]]:
    """Name, text and image of each page of a level; the same seed gives the same pages."""
    for number, (title, text) in enumerate(page_texts(shared, pages=pages, seed=seed)):
        typed = next(iter(print_pages(text, face=FACES[number % len(FACES)], seed=seed + number)))
        image = degrade(typed, level, seed=seed + number)
        if number % 4 >= 2:
            image = image.point([255 * (shade > THRESHOLD) for shade in range(256)])
        yield title, text, image


def as_read(file: Path, engine: str, known: Callable[[str], bool], pool: EnginePool) -> Capture | None:
    """The page as the engine read it; None when it found nothing."""
    try:
        return read_with(file, engine, known=known, pool=pool, limits=PATIENT)
    except EmptyInput:
        return None


def _document(title: str, truth: str, captured: Capture | None) -> TruthDocument:
    if captured is None:
        source = Source(name=title, digest=digest_of(b""), text="")
    else:
        text = captured.source.text
        source = replace(captured.source, name=title, digest=digest_of(text.encode()))
        captured = replace(captured, source=source)
    passage = TruthPassage(first=1, last=max(1, len(source.lines)), truth=truth)
    units = (ScoredUnit(id=title, passages=(passage,)),)
    return TruthDocument(id=title, source=source, units=units, captured=captured)


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
