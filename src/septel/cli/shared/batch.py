"""Where a run over documents is done: here, in processes of this machine, or on a cluster."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from septel.cli.shared.terminal import console, left_out
from septel.errors import UsageError
from septel.papers import documents
from septel.pipeline import (
    Dispatch,
    Executor,
    Outcome,
    Policy,
    Remaining,
    Serial,
    Totals,
    WorkFault,
    WorkItem,
    item_of,
    remote_items,
)
from septel.pipeline.batch import ClusterCrew, Crew, LocalCrew
from septel.places import is_place

LINE_SECONDS = 60.0
"""How often a run whose screen nobody sees says how far it is."""


def batch_options(command: click.decorators.FC) -> click.decorators.FC:
    """The options that say where a run is done and when it gives up."""
    for option in (
        click.option(
            "--on",
            default="local",
            show_default=True,
            metavar="local|ray|ray://HOST:PORT",
            help="Where it is done: on this machine, or on a Ray cluster (pip install 'septel[cluster]').",
        ),
        click.option(
            "--processes",
            type=click.IntRange(1, 4096),
            help="Documents read at once; one on this machine, each processor of a cluster, unless given.",
        ),
        click.option(
            "--allow-failures",
            type=click.FloatRange(0, 1),
            default=1.0,
            help="The share of documents that may fail before the run ends; all, unless given.",
        ),
        click.option(
            "--patience",
            type=click.FloatRange(0),
            default=Policy().patience,
            show_default=True,
            help="Seconds to wait for an archive that is away.",
        ),
        click.option("--readings", "readings_place", help="Keep what engines read here: a folder, or s3://…"),
        click.option("--originals", help="Keep originals here instead of in the archive's folder: s3://…"),
    ):
        command = option(command)
    return command


def executor_of(on: str, processes: int | None, policy: Policy) -> Executor:
    """What does the work.

    Raises:
        UsageError: there is no such place.
    """
    if on == "local" and processes in (None, 1):
        return Serial()

    def hire(work: bytes) -> Crew:
        if on == "local":
            return LocalCrew(work, processes or 1)
        return ClusterCrew(work, processes, on)

    if on not in ("local", "ray") and not on.startswith("ray://"):
        remedy = "Choose local, ray, or ray://HOST:PORT."
        raise UsageError(f"there is no such place to work: {on}", remedy=remedy)
    return Dispatch(hire=hire, policy=policy, told=waits)


def items_of(argument: str, *, sidecars: bool, seen: set[str], quiet: bool = False) -> Iterator[WorkItem]:
    """The documents behind an argument, here or elsewhere, as items of work."""
    told: Callable[[str], None] = (lambda _: None) if quiet else left_out
    if is_place(argument):
        yield from remote_items(argument, sidecars=sidecars, told=told)
    else:
        yield from map(item_of, documents(Path(argument), sidecars=sidecars, told=told, seen=seen))


def count_of(arguments: Sequence[str], *, sidecars: bool) -> int:
    """How many documents there are, without holding them; what can't be listed is told when it is read."""
    seen: set[str] = set()
    total = 0
    for argument in arguments:
        try:
            total += sum(1 for _ in items_of(argument, sidecars=sidecars, seen=seen, quiet=True))
        except UsageError:
            raise
        except Exception:  # noqa: BLE001  (it comes again, and is told, when the documents are read)
            continue
    return total


@dataclass(kw_only=True)
class BatchProgress:
    """How far a run with several workers is, and how long it will take yet."""

    items: int
    show: Callable[[str, float], None]
    remaining: Remaining = field(init=False)
    done: int = 0
    faults: int = 0
    earlier: int = 0

    def __post_init__(self) -> None:
        """The clock runs from now."""
        self.remaining = Remaining(items=self.items)

    def told(self, outcome: Outcome) -> None:
        """Another document came to its outcome."""
        if isinstance(outcome, WorkFault):
            self.faults += 1
        else:
            self.done += 1
        self.remaining.passed()
        self._show()

    def left_alone(self, item: WorkItem) -> None:
        """Another document was left as an earlier run made it."""
        del item
        self.earlier += 1
        self.remaining.skipped()

    def _show(self) -> None:
        reached = self.done + self.faults + self.earlier
        failed = f", {self.faults} failed" if self.faults else ""
        left = self.remaining.left()
        time_left = "" if reached >= self.items else f"; {left} left" if left else "; time left not known yet"
        self.show(f"{reached} of {self.items} documents{failed}{time_left}", reached / max(1, self.items))


@contextmanager
def batch_progress(items: int) -> Iterator[BatchProgress]:
    """A bar when a person is there to see it, else a line a minute; both on standard error."""
    if not sys.stderr.isatty():
        last = time.monotonic()

        def line(text: str, share: float) -> None:
            nonlocal last
            if share < 1 and time.monotonic() - last >= LINE_SECONDS:
                last = time.monotonic()
                click.echo(f"septel: {text}", err=True)

        yield BatchProgress(items=items, show=line)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns: tuple[Any, ...] = (BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console(err=True), transient=True) as bar:
        task = bar.add_task(f"{items} documents", total=1.0)

        def shown(text: str, share: float) -> None:
            bar.update(task, description=text, completed=share)

        yield BatchProgress(items=items, show=shown)


def unreached(totals: Totals, items: int | None) -> str:
    """How many documents the run did not come to, for the line of totals; empty where none or unknown."""
    missing = 0 if items is None else max(0, items - totals.items)
    return f", {missing} not reached" if missing else ""


def waits(line: str) -> None:
    """Say on standard error that the run waits."""
    click.echo(f"septel: {line}.", err=True)
