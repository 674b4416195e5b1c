"""`septel bench growth`: made telegrams through parser, record and archive, by workers and one driver.

What a run over very many papers does, without the reading of images: workers parse and read for the record,
the driver keeps what they made, each document in a transaction of its own with a line in the ledger. At each
of several sizes it says what keeping costs, how large the catalogue is, how quick a search, and how much
memory each process holds: that must stay flat.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from septel import __version__
from septel.archive import Archive, Holding
from septel.capture import Capture, PageAccount, PageOutcome
from septel.measure.archive.bench import made_text
from septel.pipeline import (
    Dispatch,
    Done,
    Ledger,
    Outcome,
    Serial,
    Totals,
    WorkItem,
    as_it_stands,
    holding_of,
    run,
)
from septel.pipeline.batch import LocalCrew, stamp
from septel.pipeline.plan import GrowthCurve, GrowthPoint, machine_of
from septel.progress import Progress, silent
from septel.record import record_of
from septel.restore import Restorer
from septel.telegram import prepare
from septel.text import Source, digest_of

TELLS = 1_000
"""After so many documents, memory is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTelegramWork:
    """What workers do: make a telegram, parse it, read it for the record."""

    paragraphs: Sequence[str]

    @contextmanager
    def start(self) -> Iterator[Callable[[WorkItem, object], tuple[Holding, int]]]:
        """Load what the parser needs."""
        restorer = Restorer.load()
        prepare()

        def do(item: WorkItem, again: object) -> tuple[Holding, int]:
            del again
            name, text = made_text(int(item.path.stem), self.paragraphs)
            source = Source.of_text(text, name=name)
            account = PageAccount(number=1, outcome=PageOutcome.READ)
            captured = Capture(source=source, pages=(), accounts=(account,))
            document = as_it_stands(Path(name), captured, restorer)
            record = record_of(document.telegram, document.reading)
            return holding_of(document, at=stamp()), len(record.statements)

        yield do


@dataclass(kw_only=True)
class MadeTelegramStage:
    """Keeps what the workers made."""

    kept: Archive
    paragraphs: Sequence[str]
    statements: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The version and the paragraphs."""
        return digest_of(__version__.encode(), *(p.encode() for p in self.paragraphs))[:16]

    @property
    def work(self) -> MadeTelegramWork:
        """What workers do."""
        return MadeTelegramWork(paragraphs=self.paragraphs)

    def do(self, item: WorkItem) -> str:
        """Both, in this process."""
        with self.work.start() as do:
            return self.keep(item, do(item, None))

    def again(self, item: WorkItem, result: object) -> None:
        """Nothing is decided about made telegrams."""
        del item, result

    def keep(self, item: WorkItem, result: object) -> str:
        """Keep one, and remember what that cost."""
        del item
        assert isinstance(result, tuple)
        holding, statements = result
        before = time.process_time()
        self.kept.add(holding)
        self.seconds.append(time.process_time() - before)
        self.statements += statements
        return str(holding.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryPoint:
    """Memory after so many documents: bytes that the driver holds, and all workers together."""

    documents: int
    driver: int
    workers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthBench:
    """A run to several sizes.

    Attributes:
        curve: what was measured at each size.
        memory: over the run.
        totals: of the run.
        statements: that were found in all documents.
        processor: seconds of processor time, of the driver and of all workers.
        clock: seconds.
        processes: workers.
    """

    curve: GrowthCurve
    memory: tuple[MemoryPoint, ...]
    totals: Totals
    statements: int
    processor: tuple[float, float]
    clock: float
    processes: int


def bench_growth(
    folder: Path,
    sizes: Sequence[int],
    paragraphs: Sequence[str],
    *,
    processes: int = 2,
    command: str = "septel bench growth",
    progress: Progress = silent,
) -> GrowthBench:
    """Fill an archive to each size in turn, and measure there.

    Args:
        folder: where the archive is made; it must be new.
        sizes: how many documents, rising.
        paragraphs: of which telegrams are made.
        processes: workers.
        command: how it was asked for, for the curve.
        progress: told the share done.
    """
    points: list[GrowthPoint] = []
    memory: list[MemoryPoint] = []
    totals = Totals()
    crews: list[LocalCrew] = []
    worked = 0.0
    clock, own = time.monotonic(), time.process_time()
    # Everything that the driver needs is loaded before its memory is looked at.
    Restorer.load()

    def hire(work: bytes) -> LocalCrew:
        crews[:] = [LocalCrew(work, processes)]
        return crews[0]

    with Archive.open(folder) as kept:
        stage = MadeTelegramStage(kept=kept, paragraphs=paragraphs)
        ledger = Ledger(folder)
        for size in sizes:
            dispatch = Dispatch(hire=hire)

            def told(outcome: Outcome) -> None:
                assert isinstance(outcome, Done)
                count = len(stage.seconds)
                if count % TELLS == 0:
                    memory.append(_memory(count, crews[0].pids if crews else ()))
                    progress(count / sizes[-1])

            items = (WorkItem(path=Path(f"{n:07}.txt"), key=str(n)) for n in range(len(stage.seconds), size))
            executor = dispatch if processes else Serial()
            totals += run(items, stage, ledger, executor=executor, told=told)
            worked += dispatch.processor
            points.append(_point(kept, stage, paragraphs))
    return GrowthBench(
        curve=GrowthCurve(
            measured=datetime.now(UTC).date().isoformat(),
            version=__version__,
            machine=machine_of(),
            command=command,
            points=tuple(points),
        ),
        memory=tuple(memory),
        totals=totals,
        statements=stage.statements,
        processor=(time.process_time() - own, worked),
        clock=time.monotonic() - clock,
        processes=processes,
    )


def _point(kept: Archive, stage: MadeTelegramStage, paragraphs: Sequence[str]) -> GrowthPoint:
    holdings, text = kept.contents.totals()
    last = stage.seconds[-max(1, len(stage.seconds) // 10) :]
    size = sum(file.stat().st_size for file in kept.folder.glob("catalogue.sqlite*"))
    return GrowthPoint(
        holdings=holdings,
        keep_seconds=sum(last) / len(last),
        catalogue=size / max(1, text),
        search_seconds=_search(kept, paragraphs),
        driver_bytes=held_bytes("self"),
    )


def _search(kept: Archive, paragraphs: Sequence[str], asked: int = 15) -> float:
    """The median seconds of a search for a phrase that stands somewhere."""
    draws = random.Random(5)
    taken = []
    for _ in range(asked):
        words = re.findall(r"[A-Z]+", draws.choice(paragraphs))
        at = draws.randrange(max(1, len(words) - 4))
        before = time.perf_counter()
        kept.search(f'"{" ".join(words[at : at + 4])}"', limit=10)
        taken.append(time.perf_counter() - before)
    return sorted(taken)[len(taken) // 2]


def _memory(documents: int, pids: Sequence[int]) -> MemoryPoint:
    return MemoryPoint(
        documents=documents, driver=held_bytes("self"), workers=sum(held_bytes(str(pid)) for pid in pids)
    )


def held_bytes(pid: str) -> int:
    """Bytes that a process holds now; 0 where the system does not tell."""
    with suppress(OSError):
        found = re.search(
            r"^VmRSS:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text("ascii"), re.MULTILINE
        )
        return int(found[1]) * 1024 if found else 0
    return 0


def growth_shown(bench: GrowthBench) -> list[str]:
    """The figures for people."""
    driver, workers = bench.processor
    per = 1000 / max(1, bench.totals.done)
    lines = [
        f"{bench.totals.done} telegrams, {bench.statements} statements, {bench.processes} workers: "
        f"{bench.clock:.0f} s on the clock, {driver + workers:.0f} s of processor time "
        f"(a document: driver {driver * per:.1f} ms, workers {workers * per:.1f} ms)",
        f"{'held':>9} {'keep, ms':>9} {'catalogue / text':>17} {'search, ms':>11} {'driver, MB':>11}",
    ]
    for point in bench.curve.points:
        lines.append(
            f"{point.holdings:>9} {1000 * point.keep_seconds:>9.1f} {point.catalogue:>17.2f} "
            f"{1000 * point.search_seconds:>11.1f} {point.driver_bytes / 1e6:>11.0f}"
        )
    lines.append("memory, MB (documents: driver, workers)")
    lines += [f"{m.documents:>9}: {m.driver / 1e6:.0f}, {m.workers / 1e6:.0f}" for m in bench.memory]
    return lines
