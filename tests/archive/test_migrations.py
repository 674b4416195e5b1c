"""Catalogues of every earlier version come up to date whole, and an interrupted migration is done again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from septel.archive import Archive, Holding
from septel.archive.model.holding import account_to_json, page_to_json
from septel.archive.search import VERSION
from septel.archive.store import (
    PostgresAddress,
    edits_packed,
    pack,
    place_of,
    put_holding,
    put_runs,
    put_source,
    runs_of,
    unpack,
)
from septel.archive.store.packed import by_line, in_runs, inflated, usual
from septel.archive.store.postgresql import migrations as postgresql_migrations
from septel.archive.store.postgresql.connection import PostgresCatalogue, opened_schema
from septel.archive.store.postgresql.migrations import FIRST, OWN
from septel.archive.store.rows import split_heading
from septel.archive.store.sqlite import migrations
from septel.archive.store.sqlite.connection import Catalogue
from septel.archive.store.sqlite.migrations import MIGRATIONS
from septel.text import EditLog
from tests.archive.made import AT, made
from tests.archive.test_archive import same

BEFORE = [name for name, _ in MIGRATIONS].index("0007-packed")
"""Versions up to here kept JSON in the rows of `holding` and single entries."""
FIRST_IN_POSTGRESQL = [name for name, _ in MIGRATIONS].index(FIRST)


def earlier(folder: Path, version: int, holding: Holding) -> None:
    """A catalogue as it was after so many migrations, with a document as it was then kept."""
    folder.mkdir()
    connection = sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)
    connection.execute("CREATE TABLE migration (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT")
    for name, statements in MIGRATIONS[:version]:
        for statement in statements:
            assert isinstance(statement, str)
            connection.execute(statement)
        connection.execute("INSERT INTO migration VALUES (?, 'then')", [name])
    source = holding.source
    pages = json.dumps([[page.start, page.end] for page in source.pages])
    connection.execute(
        "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)",
        (source.id, source.name, source.digest, source.text, pages, None),
    )
    connection.execute(
        "INSERT INTO holding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(holding.id, holding.added.isoformat(), holding.title, holding.identifier, holding.post),
            *(holding.dtg, holding.subject, holding.classification, json.dumps(list(holding.captions))),
            *(json.dumps(holding.telegram), json.dumps(list(holding.references))),
            json.dumps(holding.meeting),
            json.dumps([page_to_json(page) for page in holding.pages]),
            json.dumps([account_to_json(account) for account in holding.accounts]),
        ),
    )
    for entry in holding.log.entries if version >= 2 else ():
        row = (source.id, entry.number, json.dumps(entry.to_json()))
        connection.execute("INSERT INTO entry VALUES (?, ?, ?)", row)
    connection.close()


def are_runs(archive: Archive, holding: Holding) -> bool:
    """Whether the catalogue has where the lines of a document went as runs."""
    (data,) = archive.store.database.execute(
        "SELECT tree FROM content WHERE holding = ?", [holding.id]
    ).fetchone()
    places = unpack(data, holding.source.text)["places"]
    count: int = sum(one for one, _, _ in places)
    return count == holding.source.line_count > len(places)


@pytest.fixture
def not_yet_cited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are written as before there were tables of who cites whom."""
    monkeypatch.setattr("septel.archive.store.rows.put_cited", lambda *_, **__: None)


def with_undoing() -> Holding:
    holding = made()
    first = holding.log.entries[0].edit
    assert first is not None
    return replace(holding, log=holding.log.undo(1, by="someone", at=AT).add([first], by="x", at=AT))


@pytest.mark.parametrize("version", range(1, BEFORE + 1))
def test_earlier_versions_come_up_to_date(tmp_path: Path, version: int) -> None:
    holding = with_undoing()
    earlier(tmp_path / "old", version, holding)
    with Archive.open(tmp_path / "old") as archive:
        held = archive.holding(holding.id)
        if version < 2:
            holding = replace(holding, log=EditLog(holding.id))
        same(held, holding)
        assert [hit.holding for hit in archive.search("REYKJAVIK")] == [holding.id]
        assert list(archive.verify()) == []
        assert are_runs(archive, holding)
    with Archive.open(tmp_path / "old") as archive:
        same(archive.holding(holding.id), holding)


@pytest.mark.parametrize("at", range(BEFORE, len(MIGRATIONS)))
def test_an_interrupted_migration_leaves_what_was_and_is_done_again(
    tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = with_undoing()
    earlier(tmp_path / "old", BEFORE, holding)

    def torn(_: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    name, statements = MIGRATIONS[at]
    broken: Any = (*MIGRATIONS[:at], (name, (*statements, torn)), *MIGRATIONS[at + 1 :])
    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    with pytest.raises(KeyboardInterrupt):
        Archive.open(tmp_path / "old")
    connection = sqlite3.connect(tmp_path / "old" / "catalogue.sqlite")
    applied = [row[0] for row in connection.execute("SELECT name FROM migration ORDER BY name")]
    assert applied == [one for one, _ in MIGRATIONS[:at]]
    connection.close()
    monkeypatch.undo()
    with Archive.open(tmp_path / "old") as archive:
        same(archive.holding(holding.id), holding)
        assert list(archive.verify()) == []


def test_an_index_of_an_earlier_shape_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holding = with_undoing()
    earlier(tmp_path / "old", BEFORE, holding)
    at = [name for name, _ in MIGRATIONS].index("0012-pairs")
    monkeypatch.setattr(migrations, "MIGRATIONS", MIGRATIONS[:at])
    connection = Catalogue.open(tmp_path / "old" / "catalogue.sqlite", timeout=1)
    migrations.migrate(connection, "old")
    connection.execute("INSERT INTO word (rowid, main, other) VALUES (7, 'of reykjavik', 'salt')")
    connection.execute("INSERT INTO unit VALUES (7, 3, 'x', '1', '')")
    row = (3, holding.id, 3, "", "", None, "", "", 0)
    connection.execute("INSERT INTO indexed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("INSERT INTO spelling VALUES (1, '1974lapaz00158', NULL)")
    connection.execute("INSERT INTO counter VALUES ('version', 3)")
    connection.close()
    monkeypatch.undo()
    with Archive.open(tmp_path / "old") as archive:
        same(archive.holding(holding.id), holding)
        found = archive.search('"spoke of reykjavik"')
        assert [(hit.holding, hit.part) for hit in found] == [(holding.id, "1")]
        database = archive.store.database
        assert database.execute("SELECT count(*), min(n) FROM indexed").fetchone() == (1, 1)
        assert database.execute("SELECT count(*) FROM unit WHERE part = 'x'").fetchone() == (0,)
        words = [word for (word,) in database.execute("SELECT word FROM spelling")]
        assert "reykjavik" in words
        assert "1974lapaz00158" not in words
        assert list(archive.verify()) == []


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"places": None},
        {"places": []},
        {"places": ["page"]},
        {"places": [{"line": 2, "layer": "text", "part": "1"}]},
        {"places": [{"line": 1, "layer": "text"}]},
        {"places": [{"line": 1, "layer": "text", "part": "1", "more": 0}]},
        {"places": [{"line": n, "layer": "text", "part": str(n // 4)} for n in range(1, 12)], "version": "x"},
    ],
)
def test_where_lines_went_comes_back_from_its_runs(tree: dict[str, Any]) -> None:
    assert by_line(json.loads(json.dumps(in_runs(tree)))) == tree
    assert in_runs(in_runs(tree)) == in_runs(tree)


def test_trees_of_0015_are_put_in_runs_but_for_what_cant_be_read(tmp_path: Path) -> None:
    holding, other = with_undoing(), made("TEXT OF ANOTHER\n", name="other.txt")
    with Archive.open(tmp_path) as archive:
        archive.add(holding)
        archive.add(other)
        before = archive.holding(holding.id)
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)) as connection:
        _, tree = split_heading(dict(holding.telegram))
        assert len(tree["places"]) == holding.source.line_count  # type: ignore[arg-type]
        values = [pack(tree, holding.source.text), holding.id]
        connection.execute("UPDATE content SET tree = ? WHERE holding = ?", values)
        connection.execute("UPDATE content SET tree = x'789c00' WHERE holding = ?", [other.id])
        connection.execute("DELETE FROM migration WHERE name = '0016-places'")
    with Archive.open(tmp_path) as archive:
        assert are_runs(archive, holding)
        same(archive.holding(holding.id), before)
        query = "SELECT tree FROM content WHERE holding = ?"
        assert archive.store.database.execute(query, [other.id]).fetchone() == (b"x\x9c\x00",)
        assert [flaw.where for flaw in archive.verify() if flaw.lost] == [other.id]


def test_the_values_of_an_index_of_an_earlier_version_are_noted(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        ids = [made(f"TEXT {n} OF MANY\n", name=f"{n}.txt").id for n in range(3)]
        for n, post in enumerate(("LIMA", "QUITO", "LIMA")):
            archive.add(made(f"TEXT {n} OF MANY\n", name=f"{n}.txt", post=post, dtg=f"1974-01-0{n + 1}"))
        archive.curation.tag(ids[1], "tin", by="A. Reader")
        query = "SELECT n, facets FROM indexed ORDER BY n"
        before = archive.store.database.execute(query).fetchall()
        found = archive.search("post:lima date:1974-01", facets=True)
        assert found.holdings == (ids[0], ids[2])
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)) as connection:
        connection.execute("DROP INDEX indexed_first")
        connection.execute("ALTER TABLE indexed DROP COLUMN facets")
        connection.execute("CREATE INDEX indexed_first ON indexed (first, last)")
        connection.execute("DELETE FROM migration WHERE name = '0015-facets'")
    with Archive.open(tmp_path) as archive:
        assert archive.store.database.execute(query).fetchall() == before
        assert archive.search("post:lima date:1974-01", facets=True) == found
        assert list(archive.verify()) == []


def test_an_interrupted_indexing_goes_on_when_the_archive_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path) as archive:
        ids = [made(f"TEXT {n} OF MANY\n", name=f"{n}.txt") for n in range(7)]
        for one in ids:
            archive.add(one)
    monkeypatch.setattr("septel.archive.upkeep.index._BATCH", 2)
    done: list[float] = []

    def told(share: float) -> None:
        done.append(share)
        if len(done) == 2:
            raise KeyboardInterrupt

    with Archive.open(tmp_path) as archive, pytest.raises(KeyboardInterrupt):
        archive.rebuild_index(progress=told)
    with Archive.open(tmp_path) as archive:
        assert len(archive.search("many", limit=10)) == 7
        assert list(archive.verify()) == []


@pytest.mark.usefixtures("not_yet_cited")
def test_what_was_packed_plainly_is_packed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From 0012: an index that is whole stays as it is, is given its names, and the file becomes smaller."""
    folder = tmp_path / "old"
    holding = replace(with_undoing(), references=({"kind": "telegram", "number": "5"},))
    at = [name for name, _ in MIGRATIONS].index("0013-compact")
    monkeypatch.setattr(migrations, "MIGRATIONS", MIGRATIONS[:at])
    folder.mkdir()
    connection = Catalogue.open(folder / "catalogue.sqlite", timeout=1)
    migrations.migrate(connection, "old")
    put_source(connection, holding.source)
    put_holding(connection, holding)
    heading, tree = split_heading(dict(holding.telegram))
    values = [heading, tree, list(holding.references), [page_to_json(page) for page in holding.pages]]
    connection.execute(
        "UPDATE content SET heading = ?, tree = ?, refs = ?, geometry = ?", [pack(one) for one in values]
    )
    put_runs(connection, holding.id, holding.source.text, list(holding.log.entries))
    runs = connection.execute("SELECT first, data FROM run ORDER BY first").fetchall()
    assert len(runs) > 1
    connection.execute("DROP TRIGGER run_stays")
    for first, data in runs:
        plain = zlib.compress(inflated(data, holding.source.text))
        connection.execute("UPDATE run SET data = ? WHERE first = ?", [plain, first])
    connection.execute(
        "CREATE TRIGGER run_stays BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'never changed'); END"
    )
    # What a bad disk damaged stays as it is, and stops nothing.
    connection.execute("INSERT INTO source VALUES ('bad', 'bad.txt', 'x', 'TEXT', '[[0, 4]]', NULL)")
    connection.execute(
        """INSERT INTO holding (id, added, title, captions, accounts)
           VALUES ('bad', '2020-01-01T00:00:00+00:00', 'BAD', '[]', '[]')"""
    )
    connection.execute("INSERT INTO content VALUES ('bad', x'00', x'789c00', x'', x'ff')")
    row = (3, holding.id, VERSION, "", "", None, "", "", 0)
    connection.execute("INSERT INTO indexed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("INSERT INTO indexed VALUES (4, 'bad', ?, '', '', NULL, '', '', 0)", [VERSION])
    connection.executemany("INSERT INTO unit VALUES (?, 3, 'x', '1', '')", [(7,), (8,)])
    connection.execute("INSERT INTO word (rowid, main, other) VALUES (8, 'reykjavik', '')")
    connection.execute("INSERT INTO spelling VALUES (1, 'reykjavik', 'RKFK')")
    connection.execute("INSERT INTO counter VALUES ('version', ?)", [VERSION])
    connection.execute("INSERT INTO taught VALUES ('SALT', ?)", [holding.id])
    connection.close()
    monkeypatch.undo()
    with Archive.open(folder) as archive:
        held = archive.holding(holding.id)
        same(held, holding)
        assert are_runs(archive, holding)
        assert held.log.entries == holding.log.entries
        database = archive.store.database
        assert database.execute("SELECT unit, units FROM indexed ORDER BY n").fetchall() == [(7, 2), (0, 0)]
        assert archive.select("reykjavik") == (holding.id,)
        assert archive.resolve(f"{holding.identifier}") == holding.id
        assert archive.resolve(Path(holding.source.name).stem.upper()) == holding.id
        assert database.execute("SELECT * FROM sound").fetchall() == [("RKFK", 1)]
        assert archive.taught() == {"SALT"}
        packed = database.execute("SELECT tree, refs FROM content WHERE holding = ?", [holding.id]).fetchone()
        with pytest.raises(zlib.error):
            zlib.decompress(packed[0])
        assert unpack(packed[1]) == list(holding.references)
        assert database.execute("SELECT heading, tree FROM content WHERE holding = 'bad'").fetchone() == (
            b"\x00",
            b"x\x9c\x00",
        )
        assert [flaw.where for flaw in archive.verify() if flaw.lost] == ["bad"]
        for table in ("entry", "run"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(f"DELETE FROM {table}")
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_the_dictionary_is_the_one_that_catalogues_have(tmp_path: Path) -> None:
    """Another one can't read what was packed by this: it needs a migration."""
    with Archive.open(tmp_path) as archive:
        rows = archive.store.database.execute("SELECT name, data FROM dictionary").fetchall()
    assert rows == [("usual", usual())]
    assert hashlib.sha256(usual().encode()).hexdigest()[:16] == "ac1ba6545116de19"


def as_before(monkeypatch: pytest.MonkeyPatch, steps: tuple[Any, ...], address: str) -> PostgresCatalogue:
    """The catalogue at an address, with these steps and no others."""
    monkeypatch.setattr(postgresql_migrations, "MIGRATIONS", steps)
    place = place_of(address)
    assert isinstance(place, PostgresAddress)
    return opened_schema(place, create=True, wait=1)


@pytest.mark.usefixtures("not_yet_cited")
@pytest.mark.parametrize("at", range(FIRST_IN_POSTGRESQL + 1, len(MIGRATIONS)))
def test_an_archive_in_postgresql_comes_up_to_date(
    in_postgresql: Callable[[str], str], at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From each version that PostgreSQL had, and when the next step was cut off before."""
    address = in_postgresql("old")
    holding = with_undoing()
    with closing(as_before(monkeypatch, MIGRATIONS[:at], address)) as database:
        put_source(database, holding.source)
        put_holding(database, holding)
        heading, tree = split_heading(dict(holding.telegram))
        geometry = [page_to_json(page) for page in holding.pages]
        values = [pack(one) for one in (heading, tree, list(holding.references), geometry)]
        database.execute("UPDATE content SET heading = ?, tree = ?, refs = ?, geometry = ?", values)
        for run in runs_of(holding.log.entries):
            plain = zlib.compress(inflated(edits_packed(run, holding.source.text), holding.source.text))
            row = (holding.id, run[0].number, run[-1].number, plain)
            database.execute("INSERT INTO run VALUES (?, ?, ?, ?)", row)
        row_before = (3, holding.id, 3, "", "", None, "", "", 0)
        columns = "n, holding, version, first, last, serial, title, subject, read"
        database.execute(f"INSERT INTO indexed ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row_before)
        database.execute("INSERT INTO spelling (id, word) VALUES (1, 'reykjavik')")
        database.execute("INSERT INTO counter VALUES ('version', 3)")

    def torn(_: object) -> None:
        raise KeyboardInterrupt

    name, _ = MIGRATIONS[at]
    own = {**OWN, name: (*OWN.get(name, MIGRATIONS[at][1]), torn)}
    monkeypatch.setattr(postgresql_migrations, "OWN", own)
    with pytest.raises(KeyboardInterrupt):
        as_before(monkeypatch, MIGRATIONS, address)
    monkeypatch.undo()
    with Archive.open(address) as archive:
        same(archive.holding(holding.id), holding)
        assert are_runs(archive, holding)
        assert archive.holding(holding.id).log.entries == holding.log.entries
        assert [hit.holding for hit in archive.search('"spoke of reykjavik"')] == [holding.id]
        assert archive.resolve(Path(holding.source.name).stem.upper()) == holding.id
        assert list(archive.verify()) == []
