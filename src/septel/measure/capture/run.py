"""`septel measure capture`: engines on pages of known text, before and after restoration.

Pages are openings of clean telegrams of the set `aad`, printed in two type faces and worn to four levels
(`septel.synthesis`), half grey, half black and white; or anybody's page images with their texts beside
them (`septel.measure.capture.known_pages`). Every engine sees the same pages. Errors are summed over the
pages of a level or group: character and word error rates as in `septel.measure`. For pages of our own making
a second table says how many of the marks that were put onto them are found.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tesserocr
from PIL import Image
from rapidfuzz.distance import Levenshtein

from septel.capture import Capture, ReadingCache, model_folder
from septel.errors import EngineFailure, EngineTimeout, MissingPart, UsageError
from septel.measure.capture.known_pages import KnownPage, pages_from, worn_pages
from septel.measure.capture.marks import MarkScore, marks_grid, measure_marks
from septel.measure.metrics import TableGrid, one_spaced
from septel.measure.truth import level_of
from septel.pipeline import restore_capture
from septel.progress import Progress, silent
from septel.restore import Restorer
from septel.synthesis import LEVELS
from septel.witness import CHOICES, read_with

PAGES, SEED = 12, 1976
"""Pages of each level; and a seed whose pages nobody looked at when engines were set (that was 1969)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineScore:
    """One set-up on the pages of one level; rates are errors per character or word of the truth.

    Attributes:
        level: the level's or group's name.
        system: the set-up's name.
        pages: how many pages the rates are of: those that failed count as read without a word.
        timed_out: on how many more the engine took longer than the limits allow. That tells of the machine as
            much as of the page, so they are left out of the rates.
        cer, wer: as the engine read them.
        restored_cer, restored_wer: after restoration with the hints of a telegram's form; None for peers.
        seconds: wall-clock seconds per page, in this process and its engines, one page at a time.
        note: why there are no figures; empty when there are.
    """

    level: str
    system: str
    pages: int = 0
    timed_out: int = 0
    cer: float | None = None
    wer: float | None = None
    restored_cer: float | None = None
    restored_wer: float | None = None
    seconds: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureReport:
    """Scores of engines and of the finding of marks, and what is needed to run them again.

    Attributes:
        seed: of the choice and the wear; None for pages that were there.
        pages: how many of each level, at most; None for all that were there.
        engines, marks: the scores.
        folder: where the pages were from; empty for pages of our own making.
    """

    seed: int | None
    pages: int | None
    engines: tuple[EngineScore, ...]
    marks: tuple[MarkScore, ...]
    folder: str = ""


PageReader = Callable[[KnownPage], str | Capture]
"""Reads a page into text, or into a capture that can be restored."""


def measure_capture(
    levels: Sequence[str] = (),
    *,
    shared: Path,
    systems: Sequence[str] = (),
    pages: int = PAGES,
    seed: int = SEED,
    restored: bool = True,
    marks: bool = True,
    keep: Path | None = None,
    progress: Progress = silent,
) -> CaptureReport:
    """Score engines on worn pages.

    Args:
        levels: numbers from 1 to 4 or names; all unless given.
        shared: the folder of measuring sets.
        systems: names of `SYSTEMS`; all unless given.
        pages: how many of each level.
        seed: of the choice of telegrams and of the wear.
        restored: whether to restore what Septel's engines read as well.
        marks: whether to score the finding of marks as well, on pages of their own.
        keep: a folder that keeps what engines read, so that a second run reads nothing again.
        progress: told the share done.

    Raises:
        UsageError: there is no such level or system.
    """
    names = [level_of(level) for level in levels] or list(LEVELS)
    with tempfile.TemporaryDirectory() as folder:

        def groups() -> Iterator[tuple[str, list[KnownPage]]]:
            for level in names:
                yield level, worn_pages(level, shared, Path(folder), pages=pages, seed=seed)

        scores = _scores(groups(), len(names), systems, restored=restored, keep=keep, progress=progress)
    found: list[MarkScore] = []
    for level in names if marks else ():
        kept = ReadingCache(keep) if keep else None
        found += measure_marks(level, shared, pages=pages, seed=seed, readings=kept)
    return CaptureReport(seed=seed, pages=pages, engines=scores, marks=tuple(found))


def measure_pages(
    folder: Path,
    *,
    systems: Sequence[str] = (),
    pages: int | None = None,
    restored: bool = True,
    keep: Path | None = None,
    progress: Progress = silent,
) -> CaptureReport:
    """Score engines on a folder's page images that have their texts beside them.

    Args:
        folder: see `septel.measure.capture.known_pages.pages_from`.
        systems: names of `SYSTEMS`; all unless given.
        pages: how many of each group; all unless given.
        restored: whether to restore what Septel's engines read as well.
        keep: a folder that keeps what engines read, so that a second run reads nothing again.
        progress: told the share done.

    Raises:
        UsageError: there is no such system.
        InputError: the folder holds no such pages, or they can't be read.
    """
    groups: Mapping[str, list[KnownPage]] = pages_from(folder, pages=pages)
    scores = _scores(groups.items(), len(groups), systems, restored=restored, keep=keep, progress=progress)
    return CaptureReport(seed=None, pages=pages, engines=scores, marks=(), folder=folder.name)


def _scores(
    groups: Iterable[tuple[str, list[KnownPage]]],
    count: int,
    systems: Sequence[str],
    *,
    restored: bool,
    keep: Path | None,
    progress: Progress,
) -> tuple[EngineScore, ...]:
    chosen = list(systems) or list(SYSTEMS)
    for system in chosen:
        if system not in SYSTEMS:
            raise UsageError(f"there is no system {system!r}", remedy=f"Choose from {', '.join(SYSTEMS)}.")
    restorer = Restorer.load()
    scores: list[EngineScore] = []
    with tempfile.TemporaryDirectory() as folder:
        readings = ReadingCache(keep or Path(folder) / "readings")
        for number, (level, known) in enumerate(groups):
            for at, system in enumerate(chosen):
                ours = system in CHOICES
                reader = _septel(system, restorer, readings) if ours else PEERS[system]
                scores.append(_score(level, system, known, reader, restorer if ours and restored else None))
                progress((number + (at + 1) / len(chosen)) / count)
    return tuple(scores)


def _score(
    level: str,
    system: str,
    pages: Sequence[KnownPage],
    reader: PageReader,
    restorer: Restorer | None,
) -> EngineScore:
    letters = words = wrong_letters = wrong_words = still_letters = still_words = 0
    taken = 0.0
    timed_out = 0
    for page in pages:
        before = time.perf_counter()
        try:
            answer = reader(page)
        except MissingPart as fault:
            return EngineScore(level=level, system=system, note=str(fault))
        except EngineTimeout:
            timed_out += 1
            continue
        except EngineFailure:
            answer = ""
        taken += time.perf_counter() - before
        seen = answer if isinstance(answer, str) else answer.source.text
        truth = one_spaced(page.truth)
        letters, words = letters + len(truth), words + len(truth.split())
        one, other = errors(truth, seen)
        wrong_letters, wrong_words = wrong_letters + one, wrong_words + other
        if restorer is not None:
            one, other = errors(truth, "" if isinstance(answer, str) else restored_text(restorer, answer))
            still_letters, still_words = still_letters + one, still_words + other
    read = len(pages) - timed_out
    if not read:
        return EngineScore(level=level, system=system, timed_out=timed_out)
    return EngineScore(
        level=level,
        system=system,
        pages=read,
        timed_out=timed_out,
        cer=wrong_letters / letters,
        wer=wrong_words / words,
        restored_cer=still_letters / letters if restorer else None,
        restored_wer=still_words / words if restorer else None,
        seconds=taken / read,
    )


def errors(truth: str, seen: str) -> tuple[int, int]:
    """Edits by character and by word, any white space counted as one space."""
    one, other = one_spaced(truth), one_spaced(seen)
    return Levenshtein.distance(one, other), Levenshtein.distance(one.split(), other.split())


def restored_text(restorer: Restorer, captured: Capture) -> str:
    """The best guess at a page everywhere, with the hints of a telegram's form and what engines told."""
    return "\n".join(restore_capture(captured, restorer).lines)


def _septel(system: str, restorer: Restorer, readings: ReadingCache) -> PageReader:
    def read_page(page: KnownPage) -> Capture:
        return read_with(page.file, system, known=restorer.vocabulary.knows, readings=readings, engines=1)

    return read_page


def tesseract_plain(page: KnownPage) -> str:
    """Tesseract on the page as it is, page mode 6: what a script of three lines gets."""
    with (
        Image.open(page.file) as image,
        tesserocr.PyTessBaseAPI(path=model_folder(), lang="eng", psm=6) as api,
    ):
        api.SetImage(image.convert("L"))
        api.SetSourceResolution(page.dpi)
        return str(api.GetUTF8Text())


def ocrmypdf(page: KnownPage) -> str:
    """What OCRmyPDF reads with its defaults on one page."""
    return ocrmypdf_text(page.file, dpi=page.dpi)


def ocrmypdf_text(file: Path, *, dpi: int | None = None, jobs: int = 1, threads: int | None = None) -> str:
    """What OCRmyPDF reads with its defaults, by its sidecar.

    Args:
        file: an image or a PDF.
        dpi: dots per inch of an image; as the file says unless given.
        jobs: pages at once.
        threads: of Tesseract, for each page; as the environment says unless given.

    Raises:
        MissingPart: it or its Tesseract is not installed.
        EngineFailure: it gave up.
    """
    if importlib.util.find_spec("ocrmypdf") is None or shutil.which("tesseract") is None:
        raise MissingPart(
            "OCRmyPDF is not installed", remedy="Install it (pip install ocrmypdf), and Tesseract."
        )
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        command = [sys.executable, "-m", "ocrmypdf", "--jobs", str(jobs), "--sidecar", str(text)]
        command += ["--image-dpi", str(dpi)] if dpi else []
        command += ["--output-type", "pdf", "--quiet", str(file), str(Path(folder) / "out.pdf")]
        settings = os.environ | ({"OMP_THREAD_LIMIT": str(threads)} if threads else {})
        done = subprocess.run(command, capture_output=True, check=False, env=settings)
        if done.returncode or not text.exists():
            raise EngineFailure(f"OCRmyPDF ended with {done.returncode}", where=file.name)
        return text.read_text("utf-8", errors="replace")


PEERS: dict[str, PageReader] = {"ocrmypdf": ocrmypdf, "tesseract mode 6": tesseract_plain}
"""What Septel's engines are set against."""
SYSTEMS = (*CHOICES, *PEERS)
"""All set-ups."""


def capture_grids(report: CaptureReport) -> tuple[TableGrid, ...]:
    """The report as tables."""
    worn = f"{report.pages} worn pages of each level, seed {report.seed}"
    engines = TableGrid(
        title=f"Engines on {f'pages of {report.folder}' if report.folder else worn}; errors in %",
        head=(
            "level",
            "system",
            "pages",
            "timed out",
            "CER",
            "WER",
            "restored CER",
            "restored WER",
            "s/page",
        ),
        rows=tuple(
            (
                one.level,
                one.system,
                str(one.pages),
                str(one.timed_out or "-"),
                *map(_percent, (one.cer, one.wer, one.restored_cer, one.restored_wer)),
                "-" if one.seconds is None else f"{one.seconds:.1f}",
            )
            for one in report.engines
        ),
        notes=tuple(dict.fromkeys(f"{one.system}: {one.note}" for one in report.engines if one.note)),
    )
    return (engines, marks_grid(report.marks)) if report.marks else (engines,)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"
