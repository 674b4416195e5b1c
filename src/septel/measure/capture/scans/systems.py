"""What reads real pages to be scored: Septel as shipped, and its peers.

Every system is given all pages of a run at once, so that what each needs to start counts once. Septel's
reading of a page is restored by itself, as `septel restore IMAGE` does.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from septel.capture import Capture, EnginePool, Limits, ReadingCache
from septel.errors import EngineFailure, MissingPart, SeptelError
from septel.measure.capture import KnownPage, tesseract_plain
from septel.measure.capture.run import ocrmypdf_text
from septel.measure.capture.scans.sets import Scan
from septel.measure.restore import Correction, SeptelSystem, ShownWord
from septel.progress import Progress
from septel.witness import read_with

LEAST_DPI = 60
"""Files that claim fewer dots per inch don't know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """What a run over pages took: of all processors together, and on the clock."""

    processor: float = 0.0
    wall: float = 0.0

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(processor=self.processor + other.processor, wall=self.wall + other.wall)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a system made of some pages.

    Attributes:
        read: for each page its lines and words; None where it failed.
        reading: what reading all of them took, with starting.
        restoring: what restoring them took, with no loading of models; None where nothing is restored.
        faults: why pages failed.
    """

    read: tuple[Correction | None, ...]
    reading: Seconds
    restoring: Seconds | None = None
    faults: tuple[str, ...] = ()


class _Clock:
    """Adds up what stretches of work took, with the processes that ended within them."""

    def __init__(self) -> None:
        self.total = Seconds()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what happens here."""
        wall, before = time.perf_counter(), os.times()
        try:
            yield
        finally:
            now = os.times()
            # Of this process and its children: user and system time, the first four figures.
            used = sum(now[:4]) - sum(before[:4])
            self.total += Seconds(processor=used, wall=time.perf_counter() - wall)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeptelOnScans:
    """One of Septel's engines, restored; `engine` is what `septel read --engine` takes."""

    engine: str
    restorer: SeptelSystem = field(repr=False)
    keep: Path | None = None

    def run(self, pages: Sequence[Scan], progress: Progress) -> Run:
        """Read and restore pages, one at a time on one processor."""
        readings = ReadingCache(self.keep) if self.keep else None
        reading, restoring = _Clock(), _Clock()
        out: list[Correction | None] = []
        faults: list[str] = []
        with reading.running():
            # Processes count once they have ended.
            captured: list[Capture | None] = []
            with EnginePool(Limits(), 1) as pool:
                for number, page in enumerate(pages, 1):
                    try:
                        captured.append(
                            read_with(
                                page.file,
                                self.engine,
                                known=self.restorer.restorer.vocabulary.knows,
                                readings=readings,
                                pool=pool,
                            )
                        )
                    except MissingPart:
                        raise
                    except SeptelError as fault:
                        captured.append(None)
                        faults.append(str(fault))
                    progress(0.8 * number / len(pages))
        with restoring.running():
            for number, one in enumerate(captured, 1):
                out.append(self.restorer.correct_captured(one) if one else None)
                progress(0.8 + 0.2 * number / len(pages))
        return Run(read=tuple(out), reading=reading.total, restoring=restoring.total, faults=tuple(faults))


def as_printed(text: str) -> Correction:
    """The text of a system that tells nothing of its doubts."""
    lines = tuple(text.splitlines())
    return Correction(
        lines=lines,
        words=tuple(
            ShownWord(line=number, text=word, sure=False)
            for number, line in enumerate(lines, 1)
            for word in line.split()
        ),
    )


def run_tesseract(pages: Sequence[Scan], progress: Progress) -> Run:
    """Tesseract on each page as it is, page mode 6."""
    clock = _Clock()
    out: list[Correction | None] = []
    with clock.running():
        for number, page in enumerate(pages, 1):
            out.append(
                as_printed(
                    tesseract_plain(KnownPage(name=page.name, truth="", file=page.file, dpi=_dpi(page)))
                )
            )
            progress(number / len(pages))
    return Run(read=tuple(out), reading=clock.total)


def run_layer(pages: Sequence[Scan], progress: Progress) -> Run:
    """The text layers that came with the pages."""
    if all(page.layer is None for page in pages):
        raise MissingPart("these pages came without a text layer")
    progress(1.0)
    read = tuple(None if page.layer is None else as_printed(page.layer) for page in pages)
    return Run(read=read, reading=Seconds())


def run_ocrmypdf(pages: Sequence[Scan], progress: Progress) -> Run:
    """OCRmyPDF with its defaults, on one PDF of all pages, one page at a time.

    Raises:
        MissingPart: it or its Tesseract is not installed.
        EngineFailure: it gave up.
    """
    clock = _Clock()
    with tempfile.TemporaryDirectory() as folder:
        bound = Path(folder) / "pages.pdf"
        _bound(pages, bound)
        with clock.running():
            # Tesseract on more threads than one burns several times the work for little.
            texts = ocrmypdf_text(bound, threads=1).split("\f")
    progress(1.0)
    if len(texts) < len(pages):
        raise EngineFailure(f"OCRmyPDF gave {len(texts)} texts for {len(pages)} pages")
    return Run(read=tuple(as_printed(text) for text in texts[: len(pages)]), reading=clock.total)


def _bound(pages: Sequence[Scan], pdf: Path) -> None:
    """The pages as one PDF, without loss where they are in black and white."""
    for page in pages:
        with Image.open(page.file) as image:
            options = {} if image.mode == "1" else {"quality": 95}
            bound = image if image.mode == "1" else image.convert("L")
            bound.save(pdf, resolution=_dpi(page), append=pdf.exists(), **options)


def _dpi(page: Scan) -> int:
    """Dots per inch as the file says; of a page of letter size where that makes no sense."""
    with Image.open(page.file) as image:
        told = float(image.info.get("dpi", (0, 0))[0])
        return round(told if told >= LEAST_DPI else max(image.size) / 11)


PEERS: dict[str, Callable[[Sequence[Scan], Progress], Run]] = {
    "ocrmypdf": run_ocrmypdf,
    "tesseract mode 6": run_tesseract,
    "text layer": run_layer,
}
"""What Septel's engines are set against."""
