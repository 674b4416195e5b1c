"""From counts and rates to time, memory, disk and money, and to the shape of a cluster.

Processor time is what is estimated; time on the clock follows from how many processors share it. One driver
keeps what workers read, so what keeping costs bounds the run however many workers there are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from septel.errors import UsageError
from septel.pipeline.plan.groups import PAGE_CHARACTERS, DocumentGroup
from septel.pipeline.plan.growth import GrowthCurve
from septel.pipeline.plan.rates import KindRate, MeasuredRates

MOST_PAGES = 100_000_000
SHARED_OUT = 0.93
"""The share of a run for which workers were at work when it was measured (docs/figures-cluster.md)."""
RESERVED = 1.25
"""Memory and disk asked for, over what is expected."""
GIGABYTE = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What machines cost.

    The defaults are round list prices of large providers in 2025, in US dollars: a general-purpose processor
    for an hour, and a gigabyte of object storage for a month.
    """

    core_hour: float = 0.04
    gigabyte_month: float = 0.023
    currency: str = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterShape:
    """Machines that do the work in a time.

    Attributes:
        hours: the time.
        workers: one processor each.
        nodes, cores, memory: machines, processors of each, bytes of memory of each.
        drivers: how many drivers are needed, each with an archive of its own to be merged, or all with one
            PostgreSQL archive.
    """

    hours: float
    workers: int
    nodes: int
    cores: int
    memory: int
    drivers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What reading will take.

    Attributes:
        documents, pages: how many.
        processor: seconds of processor time, of workers, engines and the driver.
        low, high: the span that it should lie within (two standard errors of the sample); the same as
            `processor` where the sample does not tell.
        driver: seconds of processor time of the driver among these.
        clock: seconds on this machine with so many `processes`.
        memory: bytes that all processes hold at most, on this machine.
        originals, catalogue, readings: bytes on disk.
        failing: documents that will fail, by the sample.
        cluster: machines that do it in a given time.
        compute, storage: money, once and for each month.
        notes: what to know before believing it.
    """

    documents: int
    pages: float
    processor: float
    low: float
    high: float
    driver: float
    processes: int
    clock: float
    memory: int
    originals: float
    catalogue: float
    readings: float
    failing: int
    cluster: ClusterShape
    prices: Prices
    compute: float
    storage: float
    notes: tuple[str, ...]

    @property
    def disk(self) -> float:
        """Bytes on disk, all together."""
        return self.originals + self.catalogue + self.readings


def plan_of(
    groups: Sequence[DocumentGroup],
    rates: MeasuredRates,
    growth: GrowthCurve,
    *,
    processes: int,
    hours: float = 24.0,
    cores: int = 16,
    prices: Prices | None = None,
) -> Plan:
    """What the groups will take at these rates.

    Args:
        groups: how many documents and units of each kind.
        rates: what each kind costs.
        growth: how keeping grows.
        processes: workers on this machine.
        hours: in which a cluster is to do it.
        cores: processors of each of its machines.
        prices: what machines cost.

    Raises:
        UsageError: there are more pages than a plan can speak of, or a kind was not measured.
    """
    pages = sum(group.pages for group in groups)
    documents = sum(group.documents for group in groups)
    if pages > MOST_PAGES:
        raise UsageError(f"a plan goes up to {MOST_PAGES:,} pages", remedy="Plan a part of them.")
    paid = prices or Prices()
    known = [(group, _rate(rates, group)) for group in groups]
    worked = [group.units * rate.worker for group, rate in known]
    unsure = math.sqrt(
        sum((w * (rate.unsure or 0.0)) ** 2 for w, (_, rate) in zip(worked, known, strict=True))
    )
    factor = growth.keep_factor(documents)
    driver = sum(group.documents * rate.driver for group, rate in known) * factor
    # A driver with workers starts like one of them.
    start = rates.start * (processes + (processes > 1))
    total = sum(worked) + driver + start
    used = processes * (SHARED_OUT if processes > 1 else 1.0)
    clock = max(rates.start + (total - start) / used, driver)
    sizes = [
        sum(group.units * size for (group, _), size in zip(known, column, strict=True))
        for column in (
            [rate.originals for _, rate in known],
            [rate.catalogue for _, rate in known],
            [rate.readings for _, rate in known],
        )
    ]
    characters = pages * PAGE_CHARACTERS * 1000
    sizes[1] = rates.empty + max(sizes[1] / 2, sizes[1] - growth.saved(documents) * characters)
    cluster = shape_of(sum(worked), driver, rates, hours=hours, cores=cores)
    return Plan(
        documents=documents,
        pages=pages,
        processor=total,
        low=max(0.0, total - 2 * unsure),
        high=total + 2 * unsure,
        driver=driver,
        processes=processes,
        clock=clock,
        memory=round(rates.memory * (processes + (processes > 1)) * RESERVED),
        originals=sizes[0],
        catalogue=sizes[1],
        readings=sizes[2],
        failing=round(sum(group.documents * rate.failed for group, rate in known)),
        cluster=cluster,
        prices=paid,
        compute=total / 3600 * paid.core_hour,
        storage=sum(sizes) / GIGABYTE * paid.gigabyte_month,
        notes=_notes(documents, known, growth),
    )


def shape_of(worked: float, driver: float, rates: MeasuredRates, *, hours: float, cores: int) -> ClusterShape:
    """The machines that do so many seconds of work in a time, a processor of each left to itself."""
    seconds = hours * 3600
    workers = max(1, math.ceil(worked / SHARED_OUT / max(seconds - rates.start, 1.0)))
    drivers = max(1, math.ceil(driver / seconds))
    nodes = math.ceil((workers + drivers) / max(1, cores - 1))
    memory = math.ceil(min(workers, cores) * rates.memory * RESERVED / GIGABYTE) * GIGABYTE
    return ClusterShape(
        hours=hours, workers=workers, nodes=nodes, cores=cores, memory=round(memory), drivers=drivers
    )


def _rate(rates: MeasuredRates, group: DocumentGroup) -> KindRate:
    found = rates.of(group.kind)
    if found is None:
        remedy = "Draw a larger sample, or look at why they can't be read."
        raise UsageError(f"no rate was measured for documents of the kind {group.kind.value}", remedy=remedy)
    return found


def _notes(
    documents: int, known: Sequence[tuple[DocumentGroup, KindRate]], growth: GrowthCurve
) -> tuple[str, ...]:
    notes = []
    for group, rate in known:
        if rate.unsure is None:
            notes.append(f"one {group.kind.value} was measured: how far others differ is not known")
        elif rate.unsure > 0.1:
            notes.append(
                f"documents of the kind {group.kind.value} differ much ({rate.documents} measured): "
                f"give or take {2 * rate.unsure:.0%}"
            )
    if growth.largest and documents > 10 * growth.largest:
        notes.append(f"archives were measured up to {growth.largest:,} documents; beyond that it is reckoned")
    return tuple(notes)
