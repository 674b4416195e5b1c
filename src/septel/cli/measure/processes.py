"""`septel bench processes`: one process, several, and a cluster over the same papers."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict

import click

from septel.cli.shared.batch import items_of
from septel.cli.shared.exports import write_exports
from septel.cli.shared.terminal import json_option, print_json, progress
from septel.errors import ExitCode, UsageError
from septel.measure.regression import ProcessesRun, bench_processes
from septel.pipeline.batch import Crew


@click.command(
    "processes",
    epilog="""
\b
Examples:
  septel bench processes scans
  septel bench processes scans --way alone --way local --way ray
  septel bench processes scans --way ray --kill 2
""",
)
@click.argument("files", nargs=-1, required=True)
@click.option("--way", "ways", multiple=True, help="alone, local, ray or ray://HOST:PORT [alone, local].")
@click.option("--processes", type=click.IntRange(1), default=2, show_default=True, help="Workers.")
@click.option("--most", type=click.IntRange(1), help="No more documents than these.")
@click.option("--kill", type=int, default=0, show_default=True, help="Kill so many workers in the middle.")
@json_option
def bench_processes_command(
    files: Sequence[str], ways: Sequence[str], processes: int, most: int | None, kill: int, as_json: bool
) -> int:
    """Read FILES by one process, by several, on a cluster: processor time, clock, share of time at work."""
    seen: set[str] = set()
    items = [item for name in files for item in items_of(name, sidecars=False, seen=seen)][:most]
    if not items:
        raise UsageError("there are no documents here", where=" ".join(files))
    with progress("Reading") as step:
        runs = bench_processes(
            items,
            ways=tuple(ways) or ("alone", "local"),
            processes=processes,
            export=write_exports,
            watch=_killer(kill),
            progress=step,
        )
    if as_json:
        print_json([asdict(one) for one in runs])
    else:
        click.echo("\n".join(shown(runs)))
    return ExitCode.OK


def _killer(count: int) -> Callable[[Crew], None]:
    """What kills workers (on this machine) while they work: the first after ten seconds, then every ten."""

    def watch(crew: Crew) -> None:
        def kill() -> None:
            for number in range(count):
                time.sleep(10)
                pids = [pid for pid in getattr(crew, "pids", ()) if pid]
                if pids:
                    with suppress(OSError):
                        os.kill(pids[number % len(pids)], signal.SIGKILL)

        if count:
            threading.Thread(target=kill, daemon=True).start()

    return watch


def shown(runs: Sequence[ProcessesRun]) -> list[str]:
    """The figures for people: seconds of processor time, and by the clock."""
    alone = next((one for one in runs if one.name == "alone"), None)
    lines = []
    for one in runs:
        died = f", {one.deaths} workers died" if one.deaths else ""
        lines += [
            f"{one.name}, {one.workers} at once: {one.totals.done} read, {one.totals.faults} failed{died}",
            f"  processor time: workers {one.workers_processor:.1f} s, driver {one.driver_processor:.1f} s",
            f"  by the clock {one.clock:.1f} s after a start of {one.start:.1f} s; "
            f"workers at work {one.busy:.0%} of it",
        ]
        if alone is not None and one is not alone:
            lines.append(
                f"  {one.speedup(alone):.2f} times as quick as one process where each worker has a "
                f"processor; here, by the clock, {alone.clock / one.clock:.2f} times"
            )
    return lines
