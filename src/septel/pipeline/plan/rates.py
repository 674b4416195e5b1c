"""What reading costs on this machine, by kind, and the file in which the measured rates are kept."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from septel import __version__
from septel.errors import ModelError
from septel.pipeline.plan.groups import InputKind
from septel.restore import cache_folder

FILE = "plan-rates.json"
STALE_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredDocument:
    """What one document of the sample cost.

    Attributes:
        units: its pages, or thousands of characters.
        worker: seconds of processor time to read it, engines included.
        driver: seconds of processor time to keep and export it.
    """

    units: float
    worker: float
    driver: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRate:
    """What a kind of document costs.

    Attributes:
        kind: which.
        documents, units: how many were measured.
        worker: seconds of processor time per unit, of workers and their engines.
        driver: seconds of processor time per document, to keep and export it.
        unsure: the standard error of `worker`, as a share of it; None from one document.
        originals, catalogue, readings: bytes per unit.
        failed: the share of the measured documents that could not be read.
    """

    kind: InputKind
    documents: int
    units: float
    worker: float
    driver: float
    unsure: float | None
    originals: float
    catalogue: float
    readings: float
    failed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRates:
    """Rates of one machine.

    Attributes:
        measured: when.
        version: of Septel.
        machine: processor and how many of them.
        source: what was read for it.
        start: seconds of processor time until a worker and its engine are ready.
        memory: bytes that a worker and its engine hold at most.
        kinds: by kind.
        empty: bytes of the catalogue of an archive that holds next to nothing.
    """

    measured: datetime
    version: str
    machine: str
    source: str
    start: float
    memory: int
    kinds: tuple[KindRate, ...]
    empty: int = 0

    def of(self, kind: InputKind) -> KindRate | None:
        """The rate of a kind, if it was measured."""
        return next((rate for rate in self.kinds if rate.kind is kind), None)


def rate_of(
    kind: InputKind,
    measured: Sequence[MeasuredDocument],
    *,
    failed: int = 0,
    originals: int,
    catalogue: int,
    readings: int,
) -> KindRate:
    """The rate of a kind from the documents that were measured: their sums, not the mean of their rates.

    Its error is that of a ratio estimate (Cochran, Sampling Techniques, 1977, section 6.3).
    """
    units = sum(one.units for one in measured)
    ratio = sum(one.worker for one in measured) / units
    unsure = None
    if len(measured) > 1:
        squares = sum((one.worker - ratio * one.units) ** 2 for one in measured)
        spread = math.sqrt(len(measured) * squares / (len(measured) - 1))
        unsure = spread / (ratio * units) if ratio else 0.0
    return KindRate(
        kind=kind,
        documents=len(measured),
        units=units,
        worker=ratio,
        driver=sum(one.driver for one in measured) / len(measured),
        unsure=unsure,
        originals=originals / units,
        catalogue=catalogue / units,
        readings=readings / units,
        failed=failed / (failed + len(measured)),
    )


def machine_of() -> str:
    """This machine, as a reader of figures wants to know it."""
    name = platform.processor() or platform.machine()
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text("ascii", errors="replace").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"


def rates_file() -> Path | None:
    """Where this user's rates are kept; None where nothing can be kept."""
    folder = cache_folder()
    return folder / FILE if folder else None


_FORM = TypeAdapter(MeasuredRates)


def write_rates(rates: MeasuredRates, file: Path) -> None:
    """Keep rates, with their date."""
    file.write_text(json.dumps(_FORM.dump_python(rates, mode="json"), indent=2) + "\n", "utf-8")


def read_rates(file: Path) -> MeasuredRates:
    """Rates that were kept.

    Raises:
        ModelError: the file holds none.
    """
    try:
        return _FORM.validate_json(file.read_bytes())
    except (OSError, ValidationError) as why:
        remedy = "Measure them again with `septel plan --again`."
        raise ModelError("these are no measured rates", where=str(file), remedy=remedy) from why


def is_fresh(rates: MeasuredRates, now: datetime) -> bool:
    """Whether rates still say something: of this version and machine, and not old."""
    same = rates.version == __version__ and rates.machine == machine_of()
    return same and (now - rates.measured).days < STALE_DAYS
