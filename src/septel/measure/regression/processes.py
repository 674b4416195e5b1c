"""`septel bench processes`: one process, several, and a cluster over the same papers, in one run.

On a machine that others use too, the clock on the wall says little. So besides it this tells the processor
time of workers and driver, and for what share of the run the workers were at work: from these follows how
much quicker several are where each has a processor to itself.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from septel.archive import Archive, Holding
from septel.capture import EnginePool, Limits, ReadingCache
from septel.pipeline import Dispatch, Executor, Ingest, Ledger, Serial, Totals, WorkItem, run
from septel.pipeline.batch import ClusterCrew, Crew, LocalCrew, processor_seconds
from septel.progress import Progress, silent
from septel.restore import Restorer, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessesRun:
    """One way to read the papers.

    Attributes:
        name: of the way.
        workers: how many.
        totals: what became of the papers.
        clock: seconds by the clock, without the start of workers.
        start: seconds until the first worker could be given something.
        workers_processor, driver_processor: seconds of processor time.
        busy: the share of the run for which workers were at work.
        deaths: workers that died.
    """

    name: str
    workers: int
    totals: Totals
    clock: float
    start: float
    workers_processor: float
    driver_processor: float
    busy: float
    deaths: int

    @property
    def processor(self) -> float:
        """Processor time of all together."""
        return self.workers_processor + self.driver_processor

    def speedup(self, alone: ProcessesRun) -> float:
        """How many times as quick as one process, where each worker has a processor to itself."""
        worked = alone.workers_processor / self.workers_processor if self.workers_processor else 1.0
        return self.workers * self.busy * worked


def bench_processes(
    items: Sequence[WorkItem],
    *,
    ways: Sequence[str] = ("alone", "local"),
    processes: int = 2,
    export: Callable[[Holding, Path], Sequence[Path]] | None = None,
    watch: Callable[[Crew], None] = lambda _: None,
    progress: Progress = silent,
) -> tuple[ProcessesRun, ...]:
    """Read the papers in each way, each time into a new archive.

    Args:
        items: the papers.
        ways: `alone`, `local`, `ray` or `ray://HOST:PORT`.
        processes: workers, where there are any.
        export: writes what a run would write.
        watch: is given the workers of each way.
        progress: told the share done.
    """
    found = []
    for number, way in enumerate(ways):
        with tempfile.TemporaryDirectory(prefix="septel-bench-") as folder:
            found.append(_one(way, items, Path(folder), processes, export, watch))
        progress((number + 1) / len(ways))
    return tuple(found)


def _one(
    way: str,
    items: Sequence[WorkItem],
    folder: Path,
    processes: int,
    export: Callable[[Holding, Path], Sequence[Path]] | None,
    watch: Callable[[Crew], None],
) -> ProcessesRun:
    started = 0.0

    def hire(work: bytes) -> Crew:
        nonlocal started
        before = time.monotonic()
        crew = LocalCrew(work, processes) if way == "local" else ClusterCrew(work, processes, way)
        started = time.monotonic() - before
        watch(crew)
        return crew

    dispatch = Dispatch(hire=hire)
    executor: Executor = Serial() if way == "alone" else dispatch
    with EnginePool(Limits(), 1) as pool, Archive.open(folder / "archive") as kept:
        stage = Ingest(
            kept=kept,
            restorer=Restorer.load(),
            settings=Settings(),
            limits=Limits(),
            engine="typed",
            pool=pool,
            readings=ReadingCache(folder / "readings"),
            out=folder / "out" if export else None,
            export=export,
            on_fault=lambda _: None,
        )
        own, clock, used = time.process_time(), time.monotonic(), processor_seconds()
        totals = run(items, stage, Ledger(kept.folder), executor=executor)
        clock, own = time.monotonic() - clock - started, time.process_time() - own
        used = processor_seconds() - used
    workers = 1 if way == "alone" else processes
    return ProcessesRun(
        name=way,
        workers=workers,
        totals=totals,
        clock=clock,
        start=started,
        workers_processor=used if way == "alone" else dispatch.processor,
        driver_processor=0.0 if way == "alone" else own,
        busy=1.0 if way == "alone" else dispatch.busy / (workers * clock),
        deaths=dispatch.deaths,
    )
