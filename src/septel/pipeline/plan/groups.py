"""What a folder holds, counted by kind, and a seeded sample of each kind.

Every document is counted; how many units it has (pages, or thousands of characters) is looked up for a sample
only, so that a folder of millions is counted in one walk. The draw is a reservoir: each document of a kind is
as likely as any other, whatever the order, and the same seed draws the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from septel.capture import IMAGES, Limits, page_files, pdf_count
from septel.errors import SeptelError
from septel.pipeline.batch import WorkItem
from septel.pipeline.places import fetched

LOOKED_UP = 400
"""Documents of a kind whose units are looked up; where there are no more, nothing is estimated."""


class InputKind(StrEnum):
    """Kinds of documents that cost differently."""

    SCAN = "scan"
    PDF = "pdf"
    TEXT = "text"

    @property
    def unit(self) -> str:
        """What its cost is counted by."""
        return "thousand characters" if self is InputKind.TEXT else "pages"


PAGE_CHARACTERS = 2.0
"""Thousands of characters of text that count as a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledDocument:
    """A document that was drawn, and its units."""

    item: WorkItem
    units: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGroup:
    """The documents of a kind.

    Attributes:
        kind: of which kind.
        documents: how many.
        units: pages, or thousands of characters, of all together.
        sample: those to be measured.
    """

    kind: InputKind
    documents: int
    units: float
    sample: tuple[SampledDocument, ...] = ()

    @property
    def pages(self) -> float:
        """Their pages, those of texts reckoned by their length."""
        return self.units / PAGE_CHARACTERS if self.kind is InputKind.TEXT else self.units


@dataclass(slots=True)
class _Drawn:
    count: int = 0
    held: list[WorkItem] = field(default_factory=list)


def groups_in(items: Iterable[WorkItem], *, sample: int, seed: int) -> tuple[DocumentGroup, ...]:
    """Count documents by kind, and draw `sample` of each kind to be measured."""
    draws = random.Random(seed)
    drawn: dict[InputKind, _Drawn] = {kind: _Drawn() for kind in InputKind}
    for item in items:
        one = drawn[kind_of(item)]
        one.count += 1
        if len(one.held) < LOOKED_UP:
            one.held.append(item)
        elif (at := draws.randrange(one.count)) < LOOKED_UP:
            one.held[at] = item
    found = []
    for kind, one in drawn.items():
        if not one.count:
            continue
        known = [SampledDocument(item=item, units=units_of(item, kind)) for item in one.held]
        units = sum(document.units for document in known) * one.count / len(known)
        chosen = draws.sample(known, min(sample, len(known)))
        found.append(DocumentGroup(kind=kind, documents=one.count, units=units, sample=tuple(chosen)))
    return tuple(found)


def kind_of(item: WorkItem) -> InputKind:
    """Of which kind a document is, going by its name and place."""
    suffix = item.path.suffix.lower()
    if suffix == ".pdf":
        return InputKind.PDF
    if suffix in IMAGES or (item.path.is_dir() if not item.address else not suffix):
        return InputKind.SCAN
    return InputKind.TEXT


def units_of(item: WorkItem, kind: InputKind) -> float:
    """The units of one document; one of a document that can't be opened."""
    with suppress(OSError, SeptelError), fetched(item) as path:
        if kind is InputKind.PDF:
            return float(pdf_count(path, Limits()))
        if kind is InputKind.TEXT:
            return max(path.stat().st_size / 1000, 0.1)
        if path.is_dir():
            return float(max(1, len(page_files(path))))
    return 1.0


def bytes_of(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.exists() else 0
