"""Plain full-text search over the texts of an archive, by what keeps it: the peer of our own searches."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from septel.archive.store import ArchivePlace, Database, PostgresAddress, open_store

_ASKED = 60
_LOT = 500


def phrase_times(place: ArchivePlace, seed: int) -> tuple[str, list[float]]:
    """How long a plain full-text search takes for phrases that stand somewhere, with the peer's name.

    FTS5 for an archive in a folder, a tsvector for one in PostgreSQL; one client asks.
    """
    if isinstance(place, Path):
        return "phrase, FTS5 alone, one client", _fts5(place, seed)
    return phrase_times_in(place, place, seed)


def phrase_times_in(server: PostgresAddress, place: ArchivePlace, seed: int) -> tuple[str, list[float]]:
    """The same of a tsvector in a PostgreSQL server, over the texts of an archive wherever it is.

    The texts are copied into a schema of their own; an interrupted run goes on where it ended.
    """
    store = open_store(replace(server, schema=f"{server.schema[:58]}_peer"), create=True, wait=10)
    source = open_store(place, create=False, wait=10)
    with closing(store.database), closing(source.database):
        return "phrase, tsvector alone, one client", _tsvector(store.database, source.database, seed)


def size_of(place: ArchivePlace) -> int:
    """Bytes of the catalogue with its index."""
    if isinstance(place, Path):
        return (place / "catalogue.sqlite").stat().st_size
    with closing(open_store(place, create=False, wait=10).database) as database:
        (size,) = database.execute(
            """SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class
               WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                 AND relname <> 'object'"""
        ).fetchone()
        return int(size)


def _fts5(folder: Path, seed: int) -> list[float]:
    with closing(sqlite3.connect(folder / "peer.sqlite")) as peer:
        peer.execute("CREATE VIRTUAL TABLE IF NOT EXISTS page USING fts5(body)")
        with closing(sqlite3.connect(folder / "catalogue.sqlite")) as catalogue:
            (have,) = peer.execute("SELECT count(*) FROM page").fetchone()
            rows = catalogue.execute("SELECT text FROM source ORDER BY rowid LIMIT -1 OFFSET ?", [have])
            with peer:
                peer.executemany("INSERT INTO page VALUES (?)", rows)
        (last,) = peer.execute("SELECT max(rowid) FROM page").fetchone()

        def text(n: int) -> str:
            return str(peer.execute("SELECT body FROM page WHERE rowid = ?", [n]).fetchone()[0])

        def ask(phrase: str) -> None:
            query = "SELECT rowid FROM page WHERE page MATCH ? ORDER BY rank LIMIT 10"
            peer.execute(query, [f'"{phrase}"']).fetchall()

        return _taken(random.Random(seed), int(last), text, ask)


def _tsvector(peer: Database, source: Database, seed: int) -> list[float]:
    peer.execute(
        """CREATE TABLE IF NOT EXISTS page (
           n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text UNIQUE, body text, words tsvector)"""
    )
    (last,) = peer.execute("SELECT coalesce(max(id), '') FROM page").fetchone()
    query = "SELECT id, text FROM source WHERE id > ? ORDER BY id LIMIT ?"
    while rows := source.execute(query, (last, _LOT)).fetchall():
        peer.executemany(
            "INSERT INTO page (id, body, words) VALUES (?1, ?2, to_tsvector('simple', ?2::text))", rows
        )
        last = rows[-1][0]
    # Made once all is there: an index that grows with each row takes several times as long.
    peer.execute("CREATE INDEX IF NOT EXISTS page_words ON page USING gin (words)")
    peer.execute("ANALYZE page")
    (count,) = peer.execute("SELECT max(n) FROM page").fetchone()

    def text(n: int) -> str:
        return str(peer.execute("SELECT body FROM page WHERE n = ?", [n]).fetchone()[0])

    def ask(phrase: str) -> None:
        peer.execute(
            """SELECT n FROM page, phraseto_tsquery('simple', ?) AS asked WHERE words @@ asked
               ORDER BY ts_rank(words, asked) DESC LIMIT 10""",
            [phrase],
        ).fetchall()

    return _taken(random.Random(seed), int(count), text, ask)


def _taken(
    rng: random.Random, last: int, text: Callable[[int], str], ask: Callable[[str], None]
) -> list[float]:
    """The seconds that each of some phrases took."""
    taken = []
    for _ in range(_ASKED):
        words = [w for w in text(rng.randrange(1, last + 1)).split()[40:] if w.isalpha()]
        at = rng.randrange(max(1, len(words) - 4))
        before = time.perf_counter()
        ask(" ".join(words[at : at + 4]))
        taken.append(time.perf_counter() - before)
    return taken
