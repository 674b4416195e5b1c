"""`septel measure search`: known items looked for on worn pages, by the archive and by its peers.

Queries are words and phrases of the true text of pages (names: words of six letters and more that stand on
few pages; phrases of two to four words). A page is right for a query when its true text has it. Each system
says which pages have it, from the bad text alone:

- `raw`: full text over what the engine read; `restored`: over the restored text; phrases must stand there.
- `fuzzy`: full text over what the engine read, each word with at most two edits (one below five letters).
- `septel`: the archive. It is shown as its readings are added: as restored, then what may be, from high
  probability to low, then what came so, then what looks alike.

Recall and precision are over all pairs of query and page. Nothing is fitted here.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rapidfuzz.distance import Levenshtein

from septel.archive import Archive, Holding, Match
from septel.archive.search import words_of
from septel.capture import Capture, PageAccount, PageOutcome
from septel.measure.truth import SEED, worn
from septel.progress import Progress, silent
from septel.text import Source

QUERIES = 8
"""So many queries are drawn from each page."""
FLOORS = (0.9, 0.5, 0.2, 0.1, 0.05, 0.0)
_FEW = 3
_NAME = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedPage:
    """A page: what an engine read of it, and its true text."""

    name: str
    capture: Capture
    truth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How one system did: of the pages that have what was looked for, and of those that it gave."""

    system: str
    recall: float
    precision: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchReport:
    """The systems on one set of pages."""

    set: str
    pages: int
    queries: int
    rows: tuple[Row, ...]


def worn_pages(level: str, shared: Path, *, pages: int, seed: int = SEED) -> list[SearchedPage]:
    """Development telegrams, typed, worn to a level, and read by the shipped engine."""
    return [
        SearchedPage(
            name=document.id,
            capture=document.captured or _capture(document.source),
            truth="\n".join(passage.truth for unit in document.units for passage in unit.passages),
        )
        for document in worn(level, shared, pages=pages, seed=seed).documents
    ]


def scanned_pages(shared: Path, *, pages: int, seed: int) -> list[SearchedPage]:
    """Real pages of fold 0 as Tesseract read them, with a transcript as their truth; handwriting left out."""
    with lzma.open(shared / "scans" / "jfk.jsonl.xz", "rt", encoding="utf-8") as opened:
        rows = [json.loads(line) for line in opened]
    rows = [
        r
        for r in rows
        if r["fold"] == 0 and r["tesseract"] and r["agreed"].count("1") > 0.9 * len(r["agreed"]) > 60
    ]
    chosen = random.Random(seed).sample(rows, min(pages, len(rows)))
    return [
        SearchedPage(
            name=f"{row['id']}-{row['page']}",
            capture=_capture(
                Source.of_text(row["tesseract"].replace("\f", ""), name=f"{row['id']}-{row['page']}.txt")
            ),
            truth=row["text"],
        )
        for row in chosen
    ]


def _capture(source: Source) -> Capture:
    return Capture(source=source, pages=(), accounts=(PageAccount(number=1, outcome=PageOutcome.READ),))


def measure_search(
    name: str,
    pages: Sequence[SearchedPage],
    held: Callable[[SearchedPage], Holding],
    *,
    seed: int = 0,
    progress: Progress = silent,
) -> SearchReport:
    """Look for known items on pages, by the archive and by its peers.

    Args:
        name: of the set.
        pages: the pages.
        held: takes a page through the rooms: restored and parsed as an archive holds it.
        seed: of the queries.
        progress: told the share done.
    """
    queries = list(_queries(pages, random.Random(seed)))
    truth = [_words(page.truth) for page in pages]
    right = {(q, n) for q in queries for n, words in enumerate(truth) if _has(words, q)}
    with TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive") as archive:
        ids: dict[str, int] = {}
        restored: list[list[str]] = []
        for n, page in enumerate(pages):
            holding = held(page)
            archive.add(holding)
            ids[holding.id] = n
            restored.append(_words(holding.reading.text))
            progress(0.8 * (n + 1) / len(pages))
        raw = [_words(page.capture.source.text) for page in pages]
        rows = [
            _row("raw", right, {(q, n) for q in queries for n, w in enumerate(raw) if _has(w, q)}),
            _row("restored", right, {(q, n) for q in queries for n, w in enumerate(restored) if _has(w, q)}),
            _row("fuzzy", right, {(q, n) for q in queries for n, w in enumerate(raw) if _has(w, q, _near)}),
        ]
        rows += _septel(archive, ids, queries, right)
    progress(1.0)
    return SearchReport(set=name, pages=len(pages), queries=len(queries), rows=tuple(rows))


def _septel(
    archive: Archive, ids: dict[str, int], queries: Sequence[str], right: set[tuple[str, int]]
) -> Iterator[Row]:
    """The archive, its surest readings first."""
    found: dict[tuple[str, int], tuple[int, float]] = {}
    for query in queries:
        for hit in archive.search(f'"{query}"', limit=1000):
            order = list(Match).index(hit.match)
            rank = (order, -(hit.probability or 0.0))
            key = (query, ids[hit.holding])
            found[key] = min(found.get(key, rank), rank)
    yield _row("septel: as restored", right, {k for k, (order, _) in found.items() if order == 0})
    for floor in FLOORS:
        given = {k for k, (order, p) in found.items() if order == 0 or (order == 1 and -p >= floor)}
        yield _row(f"septel: or may be, p >= {floor}", right, given)
    yield _row("septel: or as it came", right, {k for k, (order, _) in found.items() if order <= 2})
    yield _row("septel: or looks alike", right, set(found))


def _row(system: str, right: set[tuple[str, int]], given: set[tuple[str, int]]) -> Row:
    hits = len(right & given)
    return Row(system=system, recall=hits / max(1, len(right)), precision=hits / len(given) if given else 1.0)


def _words(text: str) -> list[str]:
    return words_of(text.replace("-\n", ""))


def _has(words: Sequence[str], query: str, same: Callable[[str, str], bool] = str.__eq__) -> bool:
    wanted = query.split()
    first = wanted[0]
    return any(
        same(word, first) and all(map(same, words[at : at + len(wanted)], wanted))
        for at, word in enumerate(words[: len(words) - len(wanted) + 1])
    )


def _near(word: str, wanted: str) -> bool:
    most = 2 if len(wanted) >= 5 else 1 if len(wanted) >= 3 else 0
    return Levenshtein.distance(word, wanted, score_cutoff=most) <= most


def _queries(pages: Sequence[SearchedPage], rng: random.Random) -> Iterator[str]:
    texts = [_words(page.truth) for page in pages]
    count: dict[str, int] = {}
    for words in texts:
        for word in set(words):
            count[word] = count.get(word, 0) + 1
    for words in texts:
        names = sorted({w for w in words if len(w) >= _NAME and w.isalpha() and count[w] <= _FEW})
        yield from rng.sample(names, min(QUERIES // 4, len(names)))
        for _ in range(QUERIES - QUERIES // 4):
            length = rng.choice((2, 3, 4))
            if len(words) > length:
                at = rng.randrange(len(words) - length)
                yield " ".join(words[at : at + length])


def shown(report: SearchReport) -> list[str]:
    """The table for people."""
    lines = [f"{report.set}: {report.pages} pages, {report.queries} queries", f"{'':32} recall  precision"]
    return lines + [f"{row.system:32} {row.recall:6.3f}  {row.precision:9.3f}" for row in report.rows]
