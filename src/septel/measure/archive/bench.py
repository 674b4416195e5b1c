"""`septel bench archive`: an archive of made telegrams: how quickly built and asked, and how large.

The telegrams are of real length, in the form in which electronic ones were released; their paragraphs are
drawn from a corpus of real ones. Number n is the same telegram in each run, so a run that was interrupted
goes on where it ended. The load is mixed: a telegram by its number, a phrase that stands somewhere, a field
with facets, and a misspelt word. Peers in the same run: FTS5 over the same texts, or PostgreSQL's tsvector;
both, where a server is named for an archive in a folder.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from septel.archive import Archive, Holding
from septel.archive.store import ArchivePlace, PostgresAddress
from septel.measure.archive.peers import phrase_times, phrase_times_in, size_of
from septel.pipeline import rarely_collected
from septel.progress import Progress, silent
from septel.telegram import prepare

POSTS = (
    "LA PAZ",
    "LIMA",
    "QUITO",
    "BUENOS AIRES",
    "HELSINKI",
    "MOSCOW",
    "GENEVA",
    "LONDON",
    "TOKYO",
    "SAIGON",
)
GRADES = ("UNCLAS", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WIDTH = 65
_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long queries of a kind took, in seconds: the half and 95 of 100 were quicker."""

    kind: str
    count: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveBench:
    """An archive of a size.

    Attributes:
        holdings: how many telegrams it holds.
        text: characters of their texts.
        size: bytes of the catalogue.
        built: telegrams that this run added.
        per_second: of these, per second of processor time.
        open_seconds: processor time until the archive is open.
        clients: how many asked at once.
        times: by kind of query.
        peer: phrases asked of plain full-text search in the same database, by one client.
        beside: the same of a PostgreSQL server that was named.
    """

    holdings: int
    text: int
    size: int
    built: int
    per_second: float | None
    open_seconds: float
    clients: int
    times: tuple[Times, ...]
    peer: Times | None
    beside: Times | None


def paragraphs(shared: Path, most: int = 30_000) -> list[str]:
    """Paragraphs of real telegrams, in capitals."""
    found: list[str] = []
    with lzma.open(shared / "corpora" / "frus_teletype.jsonl.xz", "rt", encoding="utf-8") as opened:
        for line in opened:
            row = json.loads(line)
            text = row.get("text") or "\n".join(str(b) for b in row.get("body") or ())
            found += [" ".join(p.upper().split()) for p in text.split("\n") if 120 <= len(p) <= 1200]
            if len(found) >= most:
                break
    return found


def made_text(n: int, source: Sequence[str]) -> tuple[str, str]:
    """The name and the text of made telegram `n`."""
    rng = random.Random(n)
    post = POSTS[n % len(POSTS)]
    year, serial = 1973 + (n // len(POSTS)) // 9_000, (n // len(POSTS)) % 9_000 + 1
    month, day = rng.randrange(12), rng.randrange(1, 29)
    group = f"R {day:02}{rng.randrange(24):02}{rng.randrange(60):02}Z {_MONTHS[month]} {year % 100}"
    grade = rng.choice(GRADES)
    body = [rng.choice(source) for _ in range(rng.randrange(3, 9))]
    subject = " ".join(body[0].split()[3:8])
    lines = [f"PAGE 01 {post[:6]} {serial:05} {group[2:9]}", "", group, f"FM AMEMBASSY {post}"]
    lines += ["TO SECSTATE WASHDC PRIORITY", "", f"{grade} {post} {serial:04}", "", "E.O. 11652: GDS"]
    lines += ["TAGS: PFOR, US", f"SUBJECT: {subject}", ""]
    for number, paragraph in enumerate(body, 1):
        lines += [*_wrapped(f"{number}. {paragraph}"), ""]
    lines += ["SMITH", "", grade, "", "NNN", "", "                       Message Attributes"]
    lines += [
        f"Document Number: {year}{post.replace(' ', '')[:6]}{serial:05}",
        f"From: {post}",
        "To: STATE",
        "Type: TE",
    ]
    return f"made-{n:07}.txt", "\n".join(lines) + "\n"


def _wrapped(text: str) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def bench_archive(
    folder: ArchivePlace,
    count: int,
    source: Sequence[str],
    held: Callable[[str, str], Holding],
    *,
    clients: int = 8,
    asked: int = 40,
    seed: int = 0,
    beside: PostgresAddress | None = None,
    progress: Progress = silent,
) -> ArchiveBench:
    """Build or complete an archive of `count` made telegrams, and ask it.

    Args:
        folder: where it is, or will be: a folder or an address.
        count: how many telegrams.
        source: paragraphs to make them of.
        held: takes a name and a text through the rooms.
        clients: processes that ask at once.
        asked: queries of each kind by each client.
        seed: of the queries.
        beside: a server whose plain full-text search is asked for the same texts, too.
        progress: told the share done.
    """
    prepare()
    built, seconds = _build(folder, count, source, held, progress)
    before = time.process_time()
    with Archive.open(folder) as archive:
        opened = time.process_time() - before
        (holdings, text) = archive.contents.totals()
    jobs = [(folder, count, tuple(source[:2000]), asked, seed + n) for n in range(clients)]
    with ProcessPoolExecutor(clients) as pool:
        taken: dict[str, list[float]] = {}
        for times in pool.map(_ask, jobs):
            for kind, ones in times.items():
                taken.setdefault(kind, []).extend(ones)
    taken["all"] = [one for ones in taken.values() for one in ones]
    return ArchiveBench(
        holdings=holdings,
        text=text,
        size=size_of(folder),
        built=built,
        per_second=built / seconds if built else None,
        open_seconds=opened,
        clients=clients,
        times=tuple(_times(kind, ones) for kind, ones in taken.items()),
        peer=_times(*phrase_times(folder, seed)),
        beside=_times(*phrase_times_in(beside, folder, seed)) if beside else None,
    )


def _build(
    folder: ArchivePlace,
    count: int,
    source: Sequence[str],
    held: Callable[[str, str], Holding],
    progress: Progress,
) -> tuple[int, float]:
    """Add what is missing; gives how many, and the processor time that it took."""
    with Archive.open(folder) as archive:
        at = archive.contents.totals()[0]
        built, seconds = 0, 0.0
        while at < count:
            before = time.process_time()
            with archive.together():
                for n in range(at, min(count, at + _BATCH)):
                    archive.add(held(*made_text(n, source)))
                    built += 1
            seconds += time.process_time() - before
            at = min(count, at + _BATCH)
            progress(0.9 * at / count)
    return built, seconds


def _ask(job: tuple[ArchivePlace, int, Sequence[str], int, int]) -> dict[str, list[float]]:
    """One client: queries of each kind in turn, and how long each took."""
    folder, count, source, asked, seed = job
    rng = random.Random(seed)
    taken: dict[str, list[float]] = {}
    with Archive.open(folder, create=False) as archive:
        archive.search("salt", limit=5)
        with rarely_collected():  # as in the room
            for _ in range(asked):
                for kind, query in _queries(rng, count, source):
                    before = time.perf_counter()
                    archive.search(query, limit=10, facets=kind == "field and facets")
                    taken.setdefault(kind, []).append(time.perf_counter() - before)
    return taken


def _queries(rng: random.Random, count: int, source: Sequence[str]) -> Iterator[tuple[str, str]]:
    n = rng.randrange(count)
    post, serial = POSTS[n % len(POSTS)], (n // len(POSTS)) % 9_000 + 1
    yield "known item", f"{post} {serial}"
    words = re.findall(r"[A-Z]+", rng.choice(source))
    at = rng.randrange(max(1, len(words) - 4))
    yield "phrase", f'"{" ".join(words[at : at + 4])}"'
    yield "field and facets", f'post:"{post}" date:{1973 + rng.randrange(3)}-{rng.randrange(1, 13):02}'
    long = [word for word in words if len(word) >= 7 and word.isalpha()] or ["AGREEMENT"]
    word = rng.choice(long)
    cut = rng.randrange(1, len(word) - 1)
    yield "misspelt", word[:cut] + rng.choice("ABCDEIOU") + word[cut + 1 :]


def _times(kind: str, ones: list[float]) -> Times:
    ordered = sorted(ones)
    return Times(
        kind=kind,
        count=len(ordered),
        p50=ordered[len(ordered) // 2],
        p95=ordered[int(0.95 * (len(ordered) - 1))],
    )


def bench_shown(bench: ArchiveBench) -> list[str]:
    """The figures for people."""
    lines = [f"{bench.holdings} telegrams of {bench.text / max(1, bench.holdings):.0f} characters"]
    if bench.per_second:
        lines.append(f"  built {bench.built}: {bench.per_second:.0f} a second of processor time")
    lines.append(f"  catalogue {bench.size / 1e6:.1f} MB = {bench.size / max(1, bench.text):.2f} x the text")
    lines.append(f"  open: {bench.open_seconds:.3f} s of processor time")
    lines.append(f"  {bench.clients} clients at once, milliseconds (p50, p95):")
    for one in (*bench.times, *(peer for peer in (bench.peer, bench.beside) if peer)):
        lines.append(f"    {one.kind:32} {1000 * one.p50:8.1f} {1000 * one.p95:8.1f}  ({one.count})")
    return lines
