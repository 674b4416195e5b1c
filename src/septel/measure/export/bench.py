"""`septel bench export`: holdings written per second of processor time, format by format.

The telegrams are parsed first, as they stand: electronic telegrams were never scanned, so nothing is restored
and their edit logs are empty. With an archive its holdings are taken, edits and all. Then each format writes
all of them in one process while the clock runs, validation by the shipped schemas included; formats that are
folders write to a temporary one. PDF is left out: it is bound by its page images.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

import septel
from septel.archive import Archive, Holding
from septel.capture import read
from septel.citations import Reference, references
from septel.errors import InputError
from septel.export import exporters as all_exporters
from septel.export import fill, folder_exporters
from septel.progress import Progress, silent
from septel.telegram import parse, to_json
from septel.text import EditLog, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatSpeed:
    """How fast one format is.

    Attributes:
        name: of the format.
        per_second: holdings per second of processor time.
        best_per_second: the fastest of the rounds: what the machine gives when nothing else runs on it.
    """

    name: str
    per_second: float
    best_per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportBench:
    """A run of all exporters.

    Attributes:
        version: of Septel.
        holdings: how many were written in a round.
        characters: of one, on average.
        edits: of one, on average.
        rounds: how often each format wrote all.
        formats: the speeds.
    """

    version: str
    holdings: int
    characters: float
    edits: float
    rounds: int
    formats: tuple[FormatSpeed, ...]


def bench_export(
    folder: Path | None, *, archive: Path | None = None, rounds: int = 3, progress: Progress = silent
) -> ExportBench:
    """Write the telegrams of a folder, or the holdings of an archive, in every format but PDF.

    Raises:
        InputError: the folder holds no text files.
    """
    holdings = _held(archive) if archive else _parsed(folder)
    exporters = [one for one in all_exporters() if one.name != "pdf"]
    formats: list[FormatSpeed] = []
    count = len(exporters) + len(folder_exporters())
    with tempfile.TemporaryDirectory() as temporary:
        for one in exporters:
            one.write(holdings[0])
            times: list[float] = []
            for _ in range(rounds):
                before = time.process_time()
                for holding in map(_fresh, holdings):
                    one.write(holding)
                times.append(time.process_time() - before)
            formats.append(_speed(one.name, len(holdings), times))
            progress(len(formats) / count)
        for each in folder_exporters():
            times = []
            for number in range(rounds):
                before = time.process_time()
                fill(Path(temporary) / f"{each.name}-{number}", each, map(_fresh, holdings))
                times.append(time.process_time() - before)
            formats.append(_speed(each.name, len(holdings), times))
            progress(len(formats) / count)
    return ExportBench(
        version=septel.__version__,
        holdings=len(holdings),
        characters=sum(len(one.source.text) for one in holdings) / len(holdings),
        edits=sum(len(one.log.entries) for one in holdings) / len(holdings),
        rounds=rounds,
        formats=tuple(formats),
    )


def _fresh(holding: Holding) -> Holding:
    """A holding as it comes from the archive: nothing of it was worked out before."""
    return replace(holding, telegram=dict(holding.telegram))


def _speed(name: str, count: int, times: Sequence[float]) -> FormatSpeed:
    whole, best = max(sum(times), 1e-9), max(min(times), 1e-9)
    return FormatSpeed(name=name, per_second=count * len(times) / whole, best_per_second=count / best)


def _held(folder: Path) -> list[Holding]:
    with Archive.open(folder, create=False) as archive:
        found = [archive.holding(str(row["id"])) for row in archive.holdings()]
    if not found:
        raise InputError("the archive is empty", where=str(folder), remedy="Read something into it.")
    return found


def _parsed(folder: Path | None) -> list[Holding]:
    found = [parsed_holding(path) for path in sorted(folder.glob("*.txt"))] if folder else []
    if not found:
        raise InputError("no text files here", where=str(folder), remedy="Name a folder of telegrams.")
    return found


def parsed_holding(path: Path) -> Holding:
    """A telegram as it stands, captured and parsed, nothing restored."""
    captured = read(path)
    reading = Reading.of(captured.source)
    telegram = parse(reading)
    heading = telegram.heading
    return Holding(
        source=captured.source,
        log=EditLog(captured.source.id),
        added=datetime.now(UTC),
        title=path.stem,
        identifier=heading.mrn,
        post=heading.originator.value.name if heading.originator else None,
        dtg=heading.sent.value.iso if heading.sent else None,
        subject=heading.subject.value if heading.subject else None,
        classification=heading.classification.value if heading.classification else None,
        captions=tuple(caption.value for caption in heading.captions),
        telegram=to_json(telegram),
        references=TypeAdapter(tuple[Reference, ...]).dump_python(references(telegram, reading), mode="json"),
        meeting=None,
        pages=captured.pages,
        accounts=captured.accounts,
    )
