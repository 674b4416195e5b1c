"""`septel bench all`: every stage once, beside its named peer in the same run, as one table.

Papers are made on the spot from text of our own, so it runs anywhere and is the same everywhere. Times are of
processor time, of all processes that a system starts; only PostgreSQL's are by the clock on the wall, since
its server is not ours to ask. A ratio above one means that Septel is quicker. A peer that is missing is said.
"""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from PIL import Image

from septel import capture
from septel.archive import Archive, Holding
from septel.errors import SeptelError
from septel.export import exporter
from septel.measure.archive import made_text
from septel.measure.capture import ocrmypdf_text
from septel.measure.restore import bench_restore
from septel.measure.telegram import bench_parse
from septel.pipeline import as_it_stands, holding_of
from septel.pipeline.batch import stamp
from septel.pipeline.plan import made_groups, made_telegram
from septel.progress import Progress, silent
from septel.record import record_of
from septel.restore import Restorer
from septel.text import Source

TELEGRAMS = 300
SEARCHES = 60
PAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchFigure:
    """One line of the table.

    Attributes:
        stage: what was done.
        unit: of the values, such as `pages/s`; more is better.
        value: ours; None where it could not be measured.
        peer: what it is set against; empty where there is none.
        peer_value: the peer's, measured in the same run.
        ratio: ours over the peer's.
        note: why figures are missing, or how they were timed.
    """

    stage: str
    unit: str
    value: float | None = None
    peer: str = ""
    peer_value: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's; above one Septel is quicker."""
        return self.value / self.peer_value if self.value and self.peer_value else None


def bench_all(*, postgres: str | None = None, progress: Progress = silent) -> tuple[BenchFigure, ...]:
    """Time every stage once.

    Args:
        postgres: the address of a PostgreSQL server to be a peer of search; its table is dropped.
        progress: told the share done.
    """
    stages: Sequence[Callable[[Path], Iterator[BenchFigure]]] = (
        _capture,
        _restore,
        _parse,
        _record,
        lambda folder: _archive(folder, postgres),
        _export,
    )
    found: list[BenchFigure] = []
    for number, stage in enumerate(stages, 1):
        with tempfile.TemporaryDirectory(prefix="septel-bench-") as folder:
            found += stage(Path(folder))
        progress(number / len(stages))
    return tuple(found)


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@lru_cache(maxsize=1)
def paragraphs_of_words(count: int = 600) -> tuple[str, ...]:
    """Paragraphs of words of the shipped vocabulary, each as frequent as its rank has it (Zipf's law).

    An index of them has the shape of a real one, which one of a few texts said over and over has not.
    """
    draws = random.Random(6)
    counted = Restorer.load().vocabulary.counted
    words = sorted(counted, key=lambda word: (-counted[word], word))
    weights = [1 / (rank + 3) for rank in range(len(words))]
    lengths = [draws.randrange(25, 110) for _ in range(count)]
    drawn = iter(draws.choices(words, weights, k=sum(lengths)))
    return tuple(" ".join(islice(drawn, length)) + "." for length in lengths)


def _capture(folder: Path) -> Iterator[BenchFigure]:
    scans, _ = made_groups(folder, pages=PAGES)
    pdf = folder / "pages.pdf"
    for document in scans.sample:
        with Image.open(document.item.path / "1.tif") as image:
            image.convert("L").save(pdf, resolution=200.0, append=pdf.exists())

    def timed(read: Callable[[], object]) -> float:
        before = _used()
        read()
        return PAGES / (_used() - before)

    ours = timed(lambda: capture.read(pdf))
    try:
        peer, note = timed(lambda: ocrmypdf_text(pdf)), ""
    except SeptelError as why:
        peer, note = None, str(why)
    yield BenchFigure(
        stage="read page images", unit="pages/s", value=ours, peer="OCRmyPDF", peer_value=peer, note=note
    )


def _restore(folder: Path) -> Iterator[BenchFigure]:
    draws = random.Random(4)
    # Each paragraph once: what is said again is looked up, and that would time the looking up.
    text = made_telegram(0)
    noise = {"O": "0", "I": "1", "E": "F", "S": "5"}
    worn = "".join(noise.get(one, one) if draws.random() < 0.08 else one for one in text)
    file = folder / "worn.txt"
    file.write_text(worn, "utf-8")
    speeds = {speed.system: speed for speed in bench_restore(file, repeats=2).speeds}
    ours, peer = speeds["septel"], speeds["symspell"]
    yield BenchFigure(
        stage="restore noisy text",
        unit="characters/s",
        value=ours.characters_per_processor_second,
        peer="SymSpell",
        peer_value=peer.characters_per_processor_second,
        note=ours.note or peer.note,
    )


def _parse(folder: Path) -> Iterator[BenchFigure]:
    for number in range(120):
        name, text = made_text(number, paragraphs_of_words())
        (folder / name).write_text(text, "utf-8")
    bench = bench_parse(folder, telegrams=TELEGRAMS)
    yield BenchFigure(
        stage="parse telegrams",
        unit="telegrams/s",
        value=bench.per_second,
        peer=bench.peer,
        peer_value=bench.peer_per_second,
    )


def _holding(number: int) -> tuple[Holding, Any]:
    name, text = made_text(number, paragraphs_of_words())
    source = Source.of_text(text, name=name)
    account = capture.PageAccount(number=1, outcome=capture.PageOutcome.READ)
    captured = capture.Capture(source=source, pages=(), accounts=(account,))
    document = as_it_stands(Path(name), captured, Restorer.load())
    return holding_of(document, at=stamp()), document


def _record(folder: Path) -> Iterator[BenchFigure]:
    del folder
    documents = [_holding(number)[1] for number in range(60)]
    before = time.process_time()
    for document in documents:
        record_of(document.telegram, document.reading)
    taken = time.process_time() - before
    yield BenchFigure(stage="record of telegrams", unit="telegrams/s", value=len(documents) / taken)


def _archive(folder: Path, postgres: str | None) -> Iterator[BenchFigure]:
    holdings = [_holding(number)[0] for number in range(TELEGRAMS)]
    texts = [holding.source.text for holding in holdings]
    draws = random.Random(8)
    phrases = [_phrase(draws, texts) for _ in range(SEARCHES)]
    with Archive.open(folder / "archive") as kept:
        before = time.process_time()
        with kept.together():
            for holding in holdings:
                kept.add(holding)
        added = TELEGRAMS / (time.process_time() - before)
        kept.search("warm", limit=10)

        def search(phrase: str) -> object:
            return kept.search(f'"{phrase}"', limit=10)

        ours = _asked(time.process_time, search, phrases)
        ours_on_clock = _asked(
            time.perf_counter, lambda phrase: kept.search(f'"{phrase}"', limit=10), phrases
        )
    with closing(sqlite3.connect(folder / "peer.sqlite")) as peer:
        before = time.process_time()
        with peer:
            peer.execute("CREATE VIRTUAL TABLE page USING fts5(body)")
            peer.executemany("INSERT INTO page VALUES (?)", [(text,) for text in texts])
        indexed = TELEGRAMS / (time.process_time() - before)
        query = """SELECT rowid, snippet(page, 0, '[', ']', '…', 12) FROM page WHERE page MATCH ?
                   ORDER BY rank LIMIT 10"""
        fts = _asked(
            time.process_time, lambda phrase: peer.execute(query, [f'"{phrase}"']).fetchall(), phrases
        )
    yield BenchFigure(
        stage="take telegrams in", unit="telegrams/s", value=added, peer="FTS5", peer_value=indexed
    )
    yield BenchFigure(stage="search phrases", unit="searches/s", value=ours, peer="FTS5", peer_value=fts)
    value, note = _postgres(postgres, texts, phrases)
    yield BenchFigure(
        stage="search phrases",
        unit="searches/s",
        value=ours_on_clock,
        peer="PostgreSQL",
        peer_value=value,
        note=note,
    )


def _phrase(draws: random.Random, texts: Sequence[str]) -> str:
    words = [word for word in draws.choice(texts).split()[40:] if word.isalpha()]
    at = draws.randrange(max(1, len(words) - 4))
    return " ".join(words[at : at + 4])


def _asked(clock: Callable[[], float], search: Callable[[str], object], phrases: Sequence[str]) -> float:
    before = clock()
    for phrase in phrases:
        search(phrase)
    return len(phrases) / max(clock() - before, 1e-9)


def _postgres(address: str | None, texts: Sequence[str], phrases: Sequence[str]) -> tuple[float | None, str]:
    """Phrase searches a second of PostgreSQL's full text with an index, or why there are none."""
    if address is None:
        return None, "no server was named (--postgres)"
    try:
        connection = import_module("psycopg").connect(address)
    except ImportError:
        return None, "psycopg is not installed"
    except Exception as why:  # noqa: BLE001  (whatever keeps the peer from answering is said, and no more)
        return None, f"the server can't be reached ({type(why).__name__})"
    query = """SELECT id, ts_headline('simple', body, q) FROM septel_bench, phraseto_tsquery('simple', %s) q
               WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 10"""
    with closing(connection):
        connection.execute("CREATE TEMP TABLE septel_bench (id serial, body text, words tsvector)")
        for text in texts:
            connection.execute(
                "INSERT INTO septel_bench (body, words) VALUES (%s, to_tsvector('simple', %s))", [text, text]
            )
        connection.execute("CREATE INDEX ON septel_bench USING gin (words)")
        connection.execute("ANALYZE septel_bench")
        connection.execute(query, ["warm"]).fetchall()
        searched = _asked(
            time.perf_counter, lambda phrase: connection.execute(query, [phrase]).fetchall(), phrases
        )
        connection.rollback()
    return searched, "by the clock on the wall"


def _export(folder: Path) -> Iterator[BenchFigure]:
    del folder
    holdings = [_holding(number)[0] for number in range(60)]
    for name in ("text", "json", "tei"):
        write = exporter(name).write
        write(holdings[0])
        before = time.process_time()
        for holding in holdings[1:]:
            write(holding)
        taken = time.process_time() - before
        yield BenchFigure(stage=f"export {name}", unit="telegrams/s", value=(len(holdings) - 1) / taken)
