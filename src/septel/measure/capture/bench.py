"""`septel bench capture`: seconds per page against OCRmyPDF, the same pages in the same run.

Both are given all pages of a level at once and as many processors; both start from nothing. What they read
is scored as well, since a fast reading of the wrong letters is no gain.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from septel import capture
from septel.errors import MissingPart
from septel.measure.capture.known_pages import KnownPage, pages_from, worn_pages
from septel.measure.capture.run import SEED, errors, ocrmypdf_text
from septel.measure.metrics import TableGrid, one_spaced
from septel.progress import Progress, silent
from septel.synthesis import LEVELS

PEER = "ocrmypdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpeed:
    """How fast and how well one system read the pages of one level.

    Attributes:
        level: the level's or group's name.
        system: its name.
        seconds: wall-clock seconds per page, or None where it is not installed.
        processor_seconds: processor time per page, of all processes that read.
        ratio: the peer's `processor_seconds` over these (above one is faster); None for the peer itself.
        cer: character error rate, or None.
        note: why there are no figures.
    """

    level: str
    system: str
    seconds: float | None = None
    cer: float | None = None
    note: str = ""
    processor_seconds: float | None = None
    ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureBench:
    """The speeds, with how many pages (of each level, at most) and processors they were taken."""

    pages: int
    processors: int
    speeds: tuple[PageSpeed, ...]


def bench_capture(
    *,
    shared: Path,
    pages: int = 4,
    seed: int = SEED,
    folder: Path | None = None,
    progress: Progress = silent,
) -> CaptureBench:
    """Time Septel's default engine and OCRmyPDF.

    Args:
        shared: the folder of measuring sets, for pages of our own making.
        pages: how many of each level or group.
        seed: of the choice and the wear.
        folder: page images with their texts beside them, to be timed instead of pages of our own making.
        progress: told the share done.

    Raises:
        InputError: the folder holds no such pages, or they can't be read.
    """
    processors = len(os.sched_getaffinity(0))
    speeds: list[PageSpeed] = []
    there = pages_from(folder, pages=pages) if folder else {}
    groups = list(there or LEVELS)
    for number, group in enumerate(groups):
        with tempfile.TemporaryDirectory() as kept:
            known = there.get(group) or worn_pages(group, shared, Path(kept), pages=pages, seed=seed)
            truth = one_spaced("\n".join(page.truth for page in known))
            pdf = _bound(known, Path(kept) / "pages.pdf")
            systems: Sequence[tuple[str, Callable[[], str]]] = (
                ("septel", lambda pdf=pdf: capture.read(pdf).source.text),  # type: ignore[misc]
                (PEER, lambda pdf=pdf: ocrmypdf_text(pdf, jobs=processors)),  # type: ignore[misc]
            )
            for at, (system, run) in enumerate(systems):
                speeds.append(_timed(group, system, run, truth, len(known)))
                progress((number + (at + 1) / 2) / len(groups))
    peers = {s.level: s.processor_seconds for s in speeds if s.system == PEER}
    return CaptureBench(
        pages=pages, processors=processors, speeds=tuple(_against(s, peers.get(s.level)) for s in speeds)
    )


def _against(speed: PageSpeed, peer: float | None) -> PageSpeed:
    if speed.system == PEER or not peer or not speed.processor_seconds:
        return speed
    return replace(speed, ratio=peer / speed.processor_seconds)


def _used() -> float:
    """Processor time of this process and of all that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _bound(pages: Sequence[KnownPage], pdf: Path) -> Path:
    """The pages as one PDF, each of its own resolution."""
    for page in pages:
        with Image.open(page.file) as image:
            image.convert("L").save(pdf, resolution=page.dpi, append=pdf.exists())
    return pdf


def _timed(level: str, system: str, run: Callable[[], str], truth: str, pages: int) -> PageSpeed:
    before, used = time.perf_counter(), _used()
    try:
        seen = run()
    except MissingPart as fault:
        return PageSpeed(level=level, system=system, note=str(fault))
    taken, worked = time.perf_counter() - before, _used() - used
    return PageSpeed(
        level=level,
        system=system,
        seconds=taken / pages,
        cer=errors(truth, seen)[0] / len(truth),
        processor_seconds=worked / pages,
    )


def capture_bench_grids(bench: CaptureBench) -> tuple[TableGrid, ...]:
    """The figures as a table."""
    return (
        TableGrid(
            title=f"{bench.pages} pages of each level on {bench.processors} processors",
            head=("level", "system", "s/page", "processor s/page", f"ratio to {PEER}", "CER in %"),
            rows=tuple(
                (
                    one.level,
                    one.system,
                    "-" if one.seconds is None else f"{one.seconds:.2f}",
                    "-" if one.processor_seconds is None else f"{one.processor_seconds:.2f}",
                    "-" if one.ratio is None else f"{one.ratio:.2f}",
                    "-" if one.cer is None else f"{100 * one.cer:.1f}",
                )
                for one in bench.speeds
            ),
            notes=tuple(dict.fromkeys(f"{one.system}: {one.note}" for one in bench.speeds if one.note)),
        ),
    )
