"""`septel plan`: what reading very many pages will take, before it is begun."""

from __future__ import annotations

import os
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import TypeAdapter
from rich.console import Console

from septel.cli.shared.batch import items_of
from septel.cli.shared.exports import write_exports
from septel.cli.shared.faults import report
from septel.cli.shared.terminal import console, json_option, print_json, progress
from septel.errors import ExitCode, ModelError, UsageError
from septel.pipeline import WorkItem
from septel.pipeline.batch import spoken
from septel.pipeline.plan import (
    DocumentGroup,
    InputKind,
    MeasuredRates,
    Plan,
    Prices,
    groups_in,
    is_fresh,
    made_groups,
    measured_rates,
    of_pages,
    plan_of,
    rates_file,
    read_rates,
    shipped_growth,
    write_rates,
)
from septel.places import is_place
from septel.witness import CHOICES

KINDS = ("scan", "text")


@click.command(
    epilog="""
\b
Examples:
  septel plan scans                          from a sample of the folder itself
  septel plan scans --sample 40 --seed 7     a larger sample, another draw
  septel plan 2000000 --hours 24             two million pages of scans, from made ones
  septel plan scans --check                  also reads all of it into a throw-away archive, and compares
"""
)
@click.argument("what", metavar="PAGES|FOLDER")
@click.option("--kind", type=click.Choice(KINDS), default="scan", show_default=True, help="Of PAGES.")
@click.option(
    "--pages-each",
    type=click.FloatRange(0.1),
    default=2.0,
    show_default=True,
    help="Of a document, for PAGES.",
)
@click.option(
    "--sample", type=click.IntRange(2), default=12, show_default=True, help="Measured of each kind."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the sample.")
@click.option(
    "--engine", type=click.Choice(CHOICES), default=CHOICES[0], show_default=True, help="As for read."
)
@click.option(
    "--processes", type=click.IntRange(1), help="Workers on this machine; its processors, unless given."
)
@click.option("--hours", type=click.FloatRange(0.1), default=24.0, show_default=True, help="For the cluster.")
@click.option(
    "--cores", type=click.IntRange(2), default=16, show_default=True, help="Of each of its machines."
)
@click.option("--core-hour", type=float, default=Prices().core_hour, show_default=True, help="Its price.")
@click.option("--gb-month", type=float, default=Prices().gigabyte_month, show_default=True, help="Its price.")
@click.option("--currency", default=Prices().currency, show_default=True, help="Of the prices.")
@click.option("--again", is_flag=True, help="Measure this machine again; rates are kept for thirty days.")
@click.option("--check", is_flag=True, help="Read FOLDER as planned, and say how far the plan was off.")
@json_option
def plan(
    what: str,
    kind: str,
    pages_each: float,
    sample: int,
    seed: int,
    engine: str,
    processes: int | None,
    hours: float,
    cores: int,
    core_hour: float,
    gb_month: float,
    currency: str,
    again: bool,
    check: bool,
    as_json: bool,
) -> int:
    """Say what reading PAGES, or all of FOLDER, will take: time, memory, disk, money, and which cluster.

    A number of pages is planned by made ones, measured once on this machine (about a minute); a folder by a
    sample of itself, which is read for it: 12 documents of each kind, unless --sample says otherwise. What of
    the sample can't be read is told, and what would be left out. Nothing is stored. Seconds are of processor
    time; what else runs on the machine bends them little.
    """
    number = what.replace(",", "").replace("_", "")
    if number.isdecimal():
        if check:
            raise UsageError("there is nothing to read", remedy="--check needs a folder.")
        if not int(number):
            raise UsageError("there is nothing to read", remedy="Give a number of pages, or a folder.")
        rates = _machine_rates(engine, again=again)
        groups: Sequence[DocumentGroup] = (of_pages(int(number), InputKind(kind), pages_each),)
    else:
        groups = groups_in(_items(what), sample=sample, seed=seed)
        if not groups:
            raise UsageError("there are no documents here", where=what, remedy="Name another folder.")
        told = ", ".join(f"{len(one.sample):,} of {one.documents:,} {one.kind.value}" for one in groups)
        click.echo(f"septel: reading a sample to measure it ({told}); nothing of it is kept.", err=True)
        with progress("Measuring a sample") as step:
            rates = measured_rates(
                groups, source=what, engine=engine, export=write_exports, on_fault=report, progress=step
            )
    found = plan_of(
        groups,
        rates,
        shipped_growth(),
        processes=processes or os.cpu_count() or 1,
        hours=hours,
        cores=cores,
        prices=Prices(core_hour=core_hour, gigabyte_month=gb_month, currency=currency),
    )
    checked = _checked(what, found, engine) if check else None
    if as_json:
        data = {"plan": TypeAdapter(Plan).dump_python(found, mode="json")}
        data["rates"] = TypeAdapter(MeasuredRates).dump_python(rates, mode="json")
        print_json(data | ({"check": checked} if checked else {}))
    else:
        _show(console(), found, rates, groups)
        if not number.isdecimal():
            click.echo(f"to begin: septel read {shlex.quote(what)} --processes {found.processes}")
        if checked:
            click.echo(
                f"\nchecked: {checked['processor']:.1f} s of processor time ({checked['clock']:.0f} s on the "
                f"clock), the plan said {found.processor:.1f}: off by {checked['off']:+.0%}"
            )
    return ExitCode.OK


def _items(what: str) -> Iterator[WorkItem]:
    if not is_place(what) and not Path(what).exists():
        raise UsageError("this is neither a number of pages nor a folder", where=what)
    return items_of(what, sidecars=False, seen=set())


def _machine_rates(engine: str, *, again: bool) -> MeasuredRates:
    """The rates of this machine, measured now if they were not."""
    file = rates_file()
    if file is not None and file.exists() and not again:
        with suppress(ModelError):
            known = read_rates(file)
            if is_fresh(known, datetime.now(UTC)) and known.source.endswith(engine):
                return known
    with progress("Measuring this machine") as step, tempfile.TemporaryDirectory() as folder:
        groups = made_groups(Path(folder))
        rates = measured_rates(
            groups, source=f"made pages, {engine}", engine=engine, export=write_exports, progress=step
        )
    if file is not None:
        with suppress(OSError):
            write_rates(rates, file)
    return rates


def _checked(what: str, found: Plan, engine: str) -> dict[str, float]:
    """Read all of it in a process of its own, and hold what it took against the plan."""
    with tempfile.TemporaryDirectory(prefix="septel-plan-") as folder:
        command = [sys.executable, "-m", "septel.cli", "read", what, "--quiet", "--engine", engine]
        command += ["--archive", f"{folder}/archive", "--export", f"{folder}/out"]
        if found.processes > 1:
            command += ["--processes", str(found.processes)]
        else:
            command += ["--engines", "1"]
        before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - clock
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"processor": taken, "clock": clock, "off": found.processor / taken - 1}


def _show(screen: Console, found: Plan, rates: MeasuredRates, groups: Sequence[DocumentGroup]) -> None:
    documents, pages = round(found.documents), round(found.pages)
    screen.print(f"{documents:,} document{'s' * (documents != 1)}, {pages:,} page{'s' * (pages != 1)}")
    for group in groups:
        rate = rates.of(group.kind)
        if rate is not None:
            screen.print(
                f"  {group.kind.value:5} {group.documents:>12,} documents, {group.units:>14,.0f} "
                f"{group.kind.unit}; {rate.worker:.2g} s each ({rate.documents} measured)"
            )
    span = f" ({spoken(found.low)} to {spoken(found.high)})" if found.high > found.low * 1.02 else ""
    cluster = found.cluster
    rows = [
        ("processor time", f"{spoken(found.processor)}{span}, of which the driver {spoken(found.driver)}"),
        ("on this machine", f"{spoken(found.clock)} with {found.processes} processes"),
        ("memory", f"{found.memory / 1e9:.1f} GB for {found.processes} processes"),
        (
            "disk",
            f"{_size(found.disk)}: originals {_size(found.originals)}, catalogue {_size(found.catalogue)}, "
            f"readings {_size(found.readings)}",
        ),
        (
            f"in {cluster.hours:g} hours",
            f"{cluster.workers:,} worker{'s' * (cluster.workers > 1)}: "
            f"{cluster.nodes:,} machine{'s' * (cluster.nodes > 1)} of {cluster.cores} processors and "
            f"{cluster.memory / 1e9:.0f} GB; {cluster.drivers} driver{'s' * (cluster.drivers > 1)}",
        ),
        (
            "money",
            f"{found.compute:,.2f} {found.prices.currency} once (at {found.prices.core_hour:g} a core hour), "
            f"{found.storage:,.2f} a month (at {found.prices.gigabyte_month:g} a GB)",
        ),
    ]
    if found.failing:
        rows.append(("will fail", f"about {found.failing:,} documents, by the sample"))
    for name, value in rows:
        screen.print(f"{name:17}{value}")
    for note in found.notes:
        screen.print(f"  note: {note}")
    screen.print(f"rates of {rates.measured:%Y-%m-%d}, {rates.machine}; {rates.source}", style="dim")


def _size(size: float) -> str:
    for unit, factor in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size / 1e3:.0f} KB"
