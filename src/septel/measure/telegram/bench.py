"""`septel bench parse`: telegrams per second and whether memory stays flat over a long run.

The telegrams are read into memory first, then parsed one after the other in one process: no file is read
and nothing is written while the clock runs. What is timed is the whole parse: the digest of the text, and
the tree with all fields, paragraphs, references, faults and the owner of every line. Memory is what the
process holds after each tenth of the run.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import septel
from septel.errors import InputError
from septel.progress import Progress, silent
from septel.telegram import is_compiled, parse, prepare
from septel.text import Reading, Source

TELEGRAMS = 2_000
WARM = 50
"""So many telegrams are parsed before the clock runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseBench:
    """A run of the parser over clean telegrams.

    Attributes:
        version: of Septel.
        telegrams: how many were parsed.
        characters: of one telegram, on average.
        seconds: processor time of this process, all telegrams together.
        per_second: telegrams per second of processor time.
        best_per_second: the fastest tenth of the run: what the machine gives when nothing else runs on it.
        first_per_second: telegrams per second when each is seen for the first time: what a process remembers
            of lines (stamps, markings, names of posts) is only what other telegrams taught it; None where the
            folder has not enough of them.
        compiled: whether the parser was compiled when Septel was installed.
        megabytes: memory held after each tenth of the run, in 10^6 bytes; empty where it can't be told.
    """

    version: str
    telegrams: int
    characters: float
    seconds: float
    per_second: float
    best_per_second: float
    first_per_second: float | None
    compiled: bool
    megabytes: tuple[float, ...]


def bench_parse(folder: Path, *, telegrams: int = TELEGRAMS, progress: Progress = silent) -> ParseBench:
    """Parse `telegrams` telegrams, the files of a folder over and over.

    Raises:
        InputError: the folder holds no text files.
    """
    texts = [p.read_text("utf-8", errors="replace").replace("\f", "") for p in sorted(folder.glob("*.txt"))]
    if not texts:
        raise InputError("no text files here", where=str(folder), remedy="Name a folder of telegrams.")
    tenth = max(1, telegrams // 10)
    endless = cycle(texts)
    prepare()  # as `septel parse FOLDER` does
    _timed(texts[:WARM])
    fresh = texts[WARM:]
    first = len(fresh) / _timed(fresh) if len(fresh) >= WARM else None
    taken: list[float] = []
    held: list[float] = []
    for number in range(10):
        taken.append(_timed(islice(endless, tenth)))
        if (now := held_bytes()) is not None:
            held.append(now / 1e6)
        progress((number + 1) / 10)
    seconds = sum(taken)
    return ParseBench(
        version=septel.__version__,
        telegrams=10 * tenth,
        characters=sum(map(len, texts)) / len(texts),
        seconds=seconds,
        per_second=10 * tenth / seconds,
        best_per_second=tenth / min(taken),
        first_per_second=first,
        compiled=is_compiled(),
        megabytes=tuple(held),
    )


def _timed(texts: Iterable[str]) -> float:
    before = time.process_time()
    for text in texts:
        parse(Reading.of(Source.of_text(text)))
    return max(time.process_time() - before, 1e-9)


def held_bytes() -> int | None:
    """Memory that this process holds now; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"^VmRSS:\s+(\d+) kB$", status.read_text("ascii"), re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    return None
