"""Figures of benches kept over time: a file of JSON lines, one for each run, only ever added to.

{"date": "2026-11-29T…", "version": "0.1.0", "commit": "5147193…", "machine": "…", "figures": [...]}
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from septel import __version__
from septel.errors import InputError
from septel.measure.regression.figures import BenchFigure
from septel.pipeline.plan import machine_of

SHOWN = 6
"""Runs before this one that a trend shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchRun:
    """The figures of one run.

    Attributes:
        date: when, in UTC.
        version: of Septel.
        commit: of its sources, where they are a checkout.
        machine: on which.
        figures: what was measured.
    """

    date: str
    version: str
    commit: str | None
    machine: str
    figures: tuple[BenchFigure, ...]


def this_run(figures: Sequence[BenchFigure]) -> BenchRun:
    """The run that was just made."""
    return BenchRun(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        commit=_commit(),
        machine=machine_of(),
        figures=tuple(figures),
    )


def _commit() -> str | None:
    """The commit of the sources that run, with a plus where they were changed since."""
    folder = Path(__file__).resolve().parent
    try:
        made = ["git", "-C", str(folder), "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=+"]
        done = subprocess.run(made, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None


def kept_runs(file: Path) -> tuple[BenchRun, ...]:
    """The runs of a file, oldest first; none where there is no file. Lines that are none are left out.

    Raises:
        InputError: it can't be read.
    """
    if not file.exists():
        return ()
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as why:
        raise InputError("the kept figures can't be read", where=str(file)) from why
    runs = []
    for line in lines:
        try:
            data = json.loads(line)
            figures = tuple(BenchFigure(**one) for one in data.pop("figures"))
            runs.append(BenchRun(**data, figures=figures))
        except (ValueError, KeyError, TypeError):
            continue
    return tuple(runs)


def keep_run(run: BenchRun, file: Path) -> None:
    """Add a run to a file."""
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")


def trend_of(figure: BenchFigure, earlier: Sequence[BenchRun], machine: str) -> tuple[float, ...]:
    """What a figure was in earlier runs, oldest first: its ratio, or its value on the same machine.

    A ratio travels from machine to machine; a value does not.
    """
    found: list[float] = []
    for run in earlier:
        for one in run.figures:
            if (one.stage, one.peer) != (figure.stage, figure.peer):
                continue
            told = one.ratio if figure.peer else one.value if run.machine == machine else None
            if told is not None:
                found.append(told)
    return tuple(found[-SHOWN:])
