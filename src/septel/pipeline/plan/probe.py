"""Measuring what reading costs: a sample is taken through every room into an archive that is thrown away.

Seconds are of processor time, of this process and of its engines while they live: other work on the machine
bends them less than it does the clock on the wall. Reading and keeping are measured apart, since workers
read side by side and one driver keeps.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from septel import __version__
from septel.archive import Archive, Holding
from septel.capture import EnginePool, Limits, ReadingCache
from septel.errors import InputError, SeptelError
from septel.pipeline.batch import WorkItem, packed, peak_bytes, processor_seconds
from septel.pipeline.ingest import Ingest
from septel.pipeline.inputs import item_of
from septel.pipeline.places import fetched
from septel.pipeline.plan.groups import DocumentGroup, InputKind, SampledDocument, bytes_of, units_of
from septel.pipeline.plan.rates import KindRate, MeasuredDocument, MeasuredRates, machine_of, rate_of
from septel.pipeline.work import ReadItem
from septel.progress import Progress, silent
from septel.restore import Restorer, Settings
from septel.synthesis import FACES, degrade, print_pages

_TICKS = 0.03
"""Seconds by which two ways of counting processor time may differ though nothing else was at work."""


def measured_rates(
    groups: Sequence[DocumentGroup],
    *,
    source: str,
    engine: str,
    settings: Settings | None = None,
    export: Callable[[Holding, Path], Sequence[Path]] | None = None,
    on_fault: Callable[[SeptelError], None] = lambda _: None,
    progress: Progress = silent,
) -> MeasuredRates:
    """What the samples of the groups cost.

    Args:
        groups: with their samples.
        source: what they are, in words.
        engine: what reads images.
        settings: of the restorer.
        export: writes what a run would write of each holding.
        on_fault: told of each document of the sample that can't be read.
        progress: told the share done.

    Raises:
        InputError: none of the sample can be read.
    """
    count = max(1, sum(len(group.sample) for group in groups))
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(done / count)

    restorer = Restorer.load()
    kinds: list[KindRate] = []
    starts: list[float] = []
    empty = 0
    with tempfile.TemporaryDirectory(prefix="septel-plan-") as name:
        for group in groups:
            folder = Path(name) / group.kind.value
            with EnginePool(Limits(), 1) as pool, Archive.open(folder) as kept:
                stage = Ingest(
                    kept=kept,
                    restorer=restorer,
                    settings=settings or Settings(),
                    limits=Limits(),
                    engine=engine,
                    pool=pool,
                    readings=ReadingCache(folder / "readings"),
                    out=folder / "out" if export else None,
                    export=export,
                    on_fault=lambda _: None,
                )
                starts.append(_started(stage, restorer, pool, group.kind))
                empty = _bytes(kept)[0]
                rate = _of_kind(group, stage, restorer, pool, on_fault, step)
            if rate is not None:
                kinds.append(rate)
    if not kinds:
        raise InputError("none of the sample can be read", where=source, remedy="`septel read` says why.")
    return MeasuredRates(
        measured=datetime.now(UTC),
        version=__version__,
        machine=machine_of(),
        source=source,
        start=max(starts) + _fresh_start(),
        memory=peak_bytes(),
        kinds=tuple(kinds),
        empty=empty,
    )


def _started(stage: Ingest, restorer: Restorer, pool: EnginePool, kind: InputKind) -> float:
    """Make everything ready by reading and keeping a made document of a kind; gives what that cost.

    The first documents cost tens of times what later ones do: in a small sample that would be most of it.
    """
    before = processor_seconds()
    with tempfile.TemporaryDirectory(prefix="septel-plan-") as name:
        path = Path(name) / "first.txt"
        path.write_text(made_telegram(0), "utf-8")
        if kind is not InputKind.TEXT:
            path = Path(name) / "first.png"
            next(iter(print_pages("THE MINISTER SPOKE.", seed=1))).crop((0, 0, 900, 300)).save(path)
        with suppress(SeptelError):
            item = item_of(path)
            result = stage.work.read(item, None, restorer, pool)
            stage.again(item, result)
            stage.keep(item, result)
            stage.settle()
    return processor_seconds() - before


def _fresh_start() -> float:
    """What it costs a new process to load the code and to map the models."""
    code = f"import sys; sys.path[:] = {sys.path!r}; import septel.pipeline.ingest as i; i.Restorer.load()"
    before = processor_seconds()
    subprocess.run([sys.executable, "-P", "-c", code], check=False, stdin=subprocess.DEVNULL)
    return processor_seconds() - before


def _of_kind(
    group: DocumentGroup,
    stage: Ingest,
    restorer: Restorer,
    pool: EnginePool,
    on_fault: Callable[[SeptelError], None],
    step: Callable[[], None],
) -> KindRate | None:
    kept = stage.kept
    before = _bytes(kept)
    measured: list[MeasuredDocument] = []
    failed = originals = 0
    for document in group.sample:
        try:
            measured.append(_of_document(document, stage, restorer, pool))
            with fetched(document.item) as path:
                originals += bytes_of(path)
        except SeptelError as fault:
            failed += 1
            on_fault(fault)
        step()
    # What came of small documents is kept some at a time: each has its share of that.
    began = time.process_time()
    failed += len(stage.settle())
    if not measured:
        return None
    share = (time.process_time() - began) / len(measured)
    measured = [replace(one, driver=one.driver + share) for one in measured]
    catalogue, readings = (now - then for now, then in zip(_bytes(kept), before, strict=True))
    return rate_of(
        group.kind, measured, failed=failed, originals=originals, catalogue=catalogue, readings=readings
    )


def _bytes(kept: Archive) -> tuple[int, int]:
    # The log of what is written ahead goes into the catalogue: it would count twice, and be most of a sample.
    kept.store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return bytes_of(kept.folder / "catalogue.sqlite"), bytes_of(kept.folder / "readings")


def _of_document(
    document: SampledDocument, stage: Ingest, restorer: Restorer, pool: EnginePool
) -> MeasuredDocument:
    item = document.item
    began, own = processor_seconds(), time.process_time()
    sent = packed(stage.work.read(item, None, restorer, pool))
    own, worker = time.process_time() - own, processor_seconds() - began
    # The time of engines comes in hundredths of a second: where they had no part, only this process counts.
    if worker - own < _TICKS:
        worker = own
    kept = time.process_time()
    result = pickle.loads(sent)
    assert isinstance(result, ReadItem)
    stage.again(item, result)
    stage.keep(item, result)
    driver = time.process_time() - kept
    return MeasuredDocument(units=document.units, worker=worker, driver=driver)


def made_groups(folder: Path, *, pages: int = 4, seed: int = 0) -> tuple[DocumentGroup, ...]:
    """Made papers of each kind but PDF, for a plan without a folder: worn pages, and worn text.

    Args:
        folder: where they are written.
        pages: how many.
        seed: of faces and wear.
    """
    scans, texts = [], []
    for number in range(pages):
        text = made_telegram(number)
        page = next(iter(print_pages(text, face=FACES[number % len(FACES)], seed=seed + number)))
        image: Image.Image = degrade(page, ("bad photocopy", "ghastly")[number % 2], seed=seed + number)
        place = folder / f"page-{number}"
        place.mkdir(parents=True)
        image.point(lambda shade: 255 if shade > 150 else 0).convert("1").save(
            place / "1.tif", compression="group4"
        )
        scans.append(item_of(place))
        file = folder / f"text-{number}.txt"
        file.write_text(text.replace("IN", "1N").replace("TH", "TII", 9), "utf-8")
        texts.append(item_of(file))
    return (_group(InputKind.SCAN, scans), _group(InputKind.TEXT, texts))


def _group(kind: InputKind, items: Sequence[WorkItem]) -> DocumentGroup:
    sample = tuple(SampledDocument(item=item, units=units_of(item, kind)) for item in items)
    units = sum(one.units for one in sample)
    return DocumentGroup(kind=kind, documents=len(sample), units=units, sample=sample)


def of_pages(pages: float, kind: InputKind, pages_of_document: float) -> DocumentGroup:
    """A group of so many pages that nobody has looked at."""
    units = pages * 2.0 if kind is InputKind.TEXT else pages
    documents = max(1, round(pages / pages_of_document))
    return replace(_group(kind, ()), documents=documents, units=units)


_PARAGRAPHS = (
    "THE FOREIGN MINISTER RECEIVED ME THIS MORNING AND SPOKE FOR ALMOST AN HOUR ON THE STATE OF THE TALKS. "
    "HE SAID THAT HIS GOVERNMENT WOULD STUDY OUR PROPOSAL WITH CARE BUT SAW NO REASON TO HURRY.",
    "I REPLIED THAT THE DELEGATION EXPECTED AN ANSWER BEFORE THE END OF THE MONTH AND THAT FURTHER DELAY "
    "WOULD BE HARD TO EXPLAIN. HE TOOK NOTE OF THIS WITHOUT COMMENT.",
    "ON TRADE HE REPEATED KNOWN POSITIONS. IMPORTS OF WHEAT HAD FALLEN BY A THIRD AND THE CREDITS THAT HAD "
    "BEEN PROMISED IN MARCH WERE STILL NOT AVAILABLE. HE ASKED THAT WASHINGTON LOOK INTO THE MATTER.",
    "COMMENT: THE MINISTER WAS CORDIAL THROUGHOUT AND CLEARLY UNDER INSTRUCTIONS NOT TO GO BEYOND WHAT WAS "
    "SAID IN THE NOTE OF LAST WEEK. WE BELIEVE THE CABINET IS DIVIDED AND WILL DECIDE ONLY IN THE AUTUMN.",
)


def made_paragraphs() -> tuple[str, ...]:
    """Paragraphs of our own making."""
    return _PARAGRAPHS


def made_telegram(number: int) -> str:
    """A telegram of one page, of our own making."""
    lines = [f"R 1{number % 9}1530Z MAR 74", "FM AMEMBASSY LIMA", f"TO SECSTATE WASHDC {4000 + number}", ""]
    lines += [f"C O N F I D E N T I A L LIMA {1200 + number}", "", "TAGS: PFOR, ETRD", "SUBJECT: TALKS", ""]
    for at in range(8):
        words = f"{at + 1}. {_PARAGRAPHS[(number + at) % len(_PARAGRAPHS)]}".split()
        line = ""
        for word in words:
            if len(line) + len(word) > 62:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, ""]
    return "\n".join([*lines, "DEAN", ""])
