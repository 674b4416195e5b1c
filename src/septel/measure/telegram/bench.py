"""`septel bench parse`: telegrams per second and whether memory stays flat over a long run.

The telegrams are read into memory first, then parsed one after the other in one process: no file is read
and nothing is written while the clock runs. The peer (`PEER`) reads the same texts in the same run, turn by
turn with the parser: it is plain Python too and goes line by line, so the ratio to it travels from machine to
machine where seconds do not. What is timed is the whole parse: the digest of the text, and
the tree with all fields, paragraphs, references, faults and the owner of every line. Memory is what the
process holds after each tenth of the run.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.parser import Parser
from itertools import cycle, islice
from pathlib import Path

import septel
from septel.errors import InputError
from septel.progress import Progress, silent
from septel.telegram import is_compiled, parse, prepare
from septel.text import Reading, Source

TELEGRAMS = 2_000
PEER = "email.parser of Python"
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
        wall_seconds: the same by the clock on the wall.
        per_second: telegrams per second of processor time.
        best_per_second: the fastest tenth of the run: what the machine gives when nothing else runs on it.
        first_per_second: telegrams per second when each is seen for the first time: what a process remembers
            of lines (stamps, markings, names of posts) is only what other telegrams taught it; None where the
            folder has not enough of them.
        compiled: whether the parser was compiled when Septel was installed.
        peer: what else read the same texts.
        peer_per_second: texts that the peer read per second of processor time.
        ratio: `per_second` over the peer's.
        first_ratio: `first_per_second` over the peer's; None where that is None.
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
    wall_seconds: float
    peer: str
    peer_per_second: float
    ratio: float
    first_ratio: float | None


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
    _timed(_parse, texts[:WARM])
    _timed(_peer, texts[:WARM])
    fresh = texts[WARM:]
    first = len(fresh) / _timed(_parse, fresh)[0] if len(fresh) >= WARM else None
    taken: list[float] = []
    wall: list[float] = []
    others: list[float] = []
    held: list[float] = []
    for number in range(10):
        chosen = list(islice(endless, tenth))
        processor, clock = _timed(_parse, chosen)
        taken.append(processor)
        wall.append(clock)
        others.append(_timed(_peer, chosen)[0])
        if (now := held_bytes()) is not None:
            held.append(now / 1e6)
        progress((number + 1) / 10)
    seconds, peer = sum(taken), 10 * tenth / sum(others)
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
        wall_seconds=sum(wall),
        peer=PEER,
        peer_per_second=peer,
        ratio=10 * tenth / seconds / peer,
        first_ratio=first / peer if first else None,
    )


def _parse(text: str) -> None:
    parse(Reading.of(Source.of_text(text)))


def _peer(text: str) -> None:
    Parser().parsestr(text)


def _timed(read: Callable[[str], None], texts: Sequence[str]) -> tuple[float, float]:
    """Processor time and wall time that reading the texts takes."""
    clock, before = time.perf_counter(), time.process_time()
    for text in texts:
        read(text)
    return max(time.process_time() - before, 1e-9), max(time.perf_counter() - clock, 1e-9)


def held_bytes() -> int | None:
    """Memory that this process holds now; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"^VmRSS:\s+(\d+) kB$", status.read_text("ascii"), re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    return None
