"""`septel bench restore`: characters per second and peak memory, against a named peer in the same run.

Each system reads each text in a fresh process, so that its peak memory is its own and nothing is warm.
Everything is timed twice: in processor time of that process, which other work on the machine bends little,
and by the clock on the wall. Loading is timed apart. The first reading is reported too: it holds whatever is
compiled or cached on first use. A figure from another machine means little; the ratio to the peer travels.
"""

from __future__ import annotations

import multiprocessing
import re
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

import septel
from septel.errors import InputError, MissingPart
from septel.measure.restore.registry import corrector
from septel.measure.restore.report import BenchReport, Speed
from septel.measure.truth import aad
from septel.progress import Progress, silent
from septel.text import Source

PEER = "symspell"
CLEAN_CHARACTERS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchText:
    """A text to be read against the clock."""

    name: str
    text: str


def bench_texts(shared: Path) -> tuple[BenchText, ...]:
    """The real telegram, and clean telegrams one after the other up to `CLEAN_CHARACTERS`."""
    real = shared / "seed" / "helsinki-1321.ocr.txt"
    clean = ""
    for document in aad(shared).documents:
        clean += document.source.text
        if len(clean) >= CLEAN_CHARACTERS:
            break
    return (_text(real, "real telegram"), BenchText(name="clean telegrams", text=clean))


def bench_restore(
    path: Path | None = None,
    *,
    shared: Path | None = None,
    systems: Sequence[str] = ("septel", PEER),
    repeats: int = 3,
    progress: Progress = silent,
) -> BenchReport:
    """Time the systems over a text file, or over the real telegram and clean text of the shared folder.

    Raises:
        InputError: there is nothing to read.
    """
    texts: list[BenchText] = [_text(path, path.name)] if path else []
    if shared and not path:
        texts = list(bench_texts(shared))
    if not texts:
        raise InputError("nothing to time", remedy="Name a text file, or the folder of measuring sets.")
    speeds: list[Speed] = []
    jobs = [(text, system) for text in texts for system in systems]
    for number, (text, system) in enumerate(jobs, 1):
        speeds.append(_alone(system, text, repeats))
        progress(number / len(jobs))
    peers = {s.text: s for s in speeds if s.system == PEER}
    return BenchReport(
        version=septel.__version__, peer=PEER, speeds=tuple(_against(s, peers.get(s.text)) for s in speeds)
    )


def timed(system: str, text: BenchText, repeats: int) -> Speed:
    """Load a system in this process, read the text, and say how long it took and how much it held."""
    start = time.perf_counter()
    try:
        running = corrector(system)
    except MissingPart as fault:
        return Speed(system=system, text=text.name, characters=len(text.text), note=str(fault))
    loaded, used = time.perf_counter() - start, time.process_time()
    source = Source.of_text(text.text, name=text.name)
    taken: list[float] = []
    processor: list[float] = []
    for _ in range(max(1, repeats)):
        before, at = time.perf_counter(), time.process_time()
        running.correct(source)
        taken.append(time.perf_counter() - before)
        processor.append(max(time.process_time() - at, 1e-9))
    return Speed(
        system=system,
        text=text.name,
        characters=len(text.text),
        load_seconds=loaded,
        first_seconds=taken[0],
        seconds=min(taken),
        characters_per_second=len(text.text) / min(taken),
        peak_megabytes=peak_bytes() / 1e6,
        processor_load_seconds=used,
        processor_first_seconds=processor[0],
        processor_seconds=min(processor),
        characters_per_processor_second=len(text.text) / min(processor),
    )


def peak_bytes() -> int:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux lets a process inherit its parent's peak in getrusage; this figure is its own.
        found = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text("ascii"), re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _alone(system: str, text: BenchText, repeats: int) -> Speed:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        try:
            return process.submit(timed, system, text, repeats).result()
        except BrokenProcessPool:
            note = "its process died, perhaps for want of memory"
            return Speed(system=system, text=text.name, characters=len(text.text), note=note)


def _against(speed: Speed, peer: Speed | None) -> Speed:
    if peer is None or speed.system == PEER:
        return speed
    if not (speed.characters_per_second and peer.characters_per_second):
        return speed
    if not (speed.characters_per_processor_second and peer.characters_per_processor_second):
        return speed
    return replace(
        speed,
        ratio=speed.characters_per_second / peer.characters_per_second,
        processor_ratio=speed.characters_per_processor_second / peer.characters_per_processor_second,
    )


def _text(path: Path, name: str) -> BenchText:
    try:
        return BenchText(name=name, text=path.read_text("utf-8", errors="replace"))
    except OSError as fault:
        raise InputError(f"can't be read ({fault})", where=str(path)) from fault
