"""The two stores: the same answers from both, moves between them, several writers, a lost database."""

from __future__ import annotations

import ast
import hashlib
import os
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import septel.archive
from septel.archive import Archive, Holding
from septel.archive.model.holding import Original
from septel.archive.search import index_units
from septel.archive.store import PostgresAddress, copy_rows, differences, place_of, transfer
from septel.archive.store.database import UnitWords
from septel.archive.store.postgresql import connection as postgresql_connection
from septel.archive.store.postgresql.driver import nul_read, nul_written, numbered
from septel.archive.store.postgresql.full_text import tsquery, tsvector
from septel.archive.store.postgresql.migrations import translated
from septel.archive.store.transfer import MADE_AGAIN
from septel.archive.store.word_match import (
    MatchAll,
    MatchAny,
    MatchNear,
    MatchOther,
    MatchPhrase,
    MatchWithout,
)
from septel.archive.upkeep import put_back_at, relocated
from septel.cli.main import run
from septel.errors import NotHeld, StoreAway, StoreError, UsageError
from septel.telegram import parse, to_json
from septel.text import Alternative, EditLog, Source
from tests.archive.conftest import Place
from tests.archive.made import AT, decision, edit, holding_of, made
from tests.archive.test_archive import same
from tests.postgresql import Server, server

WORDS = (
    *("THE", "AMBASSADOR", "SAID", "THAT", "SALT", "TALKS", "IN", "HELSINKI", "WOULD", "GO", "ON", "ABOUT"),
    *("SEMENOV", "SEMYONOV", "NEGOTIATIONS", "NEGOTIATE", "TIN", "PRICES", "1,250", "00158", "NOTE", "NOTES"),
    *("AND", "OF", "TO", "MOSCOW", "DELEGATION"),
)
QUERIES = (
    *("salt", "SALT TALKS", '"salt talks"', '"talks in helsinki"', "nego*", "n?te", "*tions", "158", "1250"),
    *("salt NEAR/3 moscow", "salt NEAR talks", '"salt talks" NEAR/5 moscow', "salt NEAR/4 talks NEAR/4 tin"),
    *(
        "salt -moscow",
        "salt OR tin",
        "(salt OR tin) moscow",
        'salt -"tin prices"',
        "~semenov",
    ),
    *(
        "semenof",
        "helsinky",
        "deligation",
        "xyzzy",
        "post:helsinki",
        "post:hel*",
        'number:"helsinki 7"',
        "date:1969",
    ),
    *(
        "date:1969-11..1970-02",
        "subject:salt",
        "title:helsinki",
        "class:secret",
        "tag:a",
        "note:word",
        "file:*7*",
    ),
    *(
        "salt post:helsinki",
        "salt OR post:moscow",
        "id:1",
        "has:note",
        "HELSINKI 7",
        "kind:telegram -tag:a",
        "person:x",
    ),
)


def documents(seed: int, count: int) -> Iterator[Holding]:
    """Telegrams of few words, many of which may be others."""
    rng = random.Random(seed)
    for n in range(count):
        lines = [
            " ".join(rng.choice(WORDS) for _ in range(rng.randrange(3, 9)))
            for _ in range(rng.randrange(4, 12))
        ]
        one, two = "\n".join(lines[:3]), "\n".join(lines[3:])
        text = f"FM AMEMBASSY HELSINKI\n1. {one}\n\n2. {two}\n"
        source = Source.of_text(text, name=f"{n}.txt")
        log = EditLog(source.id)
        found = []
        for word in ("SALT", "MOSCOW", "TALKS", "TIN PRICES", "NEGOTIATE"):
            if text.count(word) == 1 and rng.random() < 0.7:
                rivals = tuple(
                    Alternative(text=rng.choice(WORDS), probability=round(rng.random() / 3, 2))
                    for _ in range(rng.randrange(1, 3))
                )
                after = rng.choice((word, rng.choice(WORDS)))
                shown = edit(
                    source, word, after, probability=round(0.4 + rng.random() / 2, 2), alternatives=rivals
                )
                found.append(shown)
        log = log.add(found, by="septel", at=AT)
        yield holding_of(
            source,
            log,
            references=(),
            title=f"HELSINKI {n}",
            identifier=f"HELSINKI {n}",
            dtg=rng.choice((None, f"19{rng.randrange(69, 72)}-0{rng.randrange(1, 10)}-11T10:00Z")),
            telegram=to_json(parse(log.reading(source))),
        )


def filled(archive: Archive, held: list[Holding]) -> None:
    for holding in held:
        archive.add(holding)
    for n, holding in enumerate(held):
        if n % 3 == 0:
            archive.curation.tag(holding.id, "a", by="x", at=AT)
        if n % 5 == 0:
            archive.curation.note(holding.id, "A WORD ON IT", by="x", at=AT)
        if n % 11 == 0:
            archive.curation.hide(holding.id, by="x", at=AT)
        if n % 7 == 0:
            archive.curation.correct(holding.id, "subject", "SALT", by="x", at=AT)
        if holding.source.text.count("TIN") == 1:
            log = archive.log(holding.id).add([decision(holding.source, "TIN", "TON")], by="x", at=AT)
            archive.append(holding.id, log)


@pytest.fixture(scope="module")
def held() -> list[Holding]:
    return list(documents(4, 40))


@pytest.fixture
def both(
    in_postgresql: Callable[[str], str], tmp_path: Path, held: list[Holding]
) -> Iterator[tuple[Archive, Archive]]:
    """The same documents in each store."""
    with Archive.open(tmp_path / "archive") as one, Archive.open(in_postgresql("archive")) as other:
        filled(one, held)
        filled(other, held)
        yield one, other


def test_both_stores_answer_alike(both: tuple[Archive, Archive]) -> None:
    one, other = both
    found = 0
    for query in QUERIES:
        for sort in ("relevance", "date", "number"):
            for limit in (3, 200):
                expected = one.search(query, limit=limit, sort=sort, facets=limit == 200)
                assert other.search(query, limit=limit, sort=sort, facets=limit == 200) == expected, query
                found += expected.total
        assert other.select(query) == one.select(query), query
    assert found > 1000
    for text in ("sal", "se", "post:", "tag:", "n", "xyz"):
        assert other.searches.complete(text) == one.searches.complete(text)
    assert other.holdings() == one.holdings()
    assert other.curation.absent() == one.curation.absent()
    assert other.count() == one.count()
    assert other.taught() == one.taught()
    for row in one.holdings():
        name = str(row["id"])
        assert other.contents.beside(name) == one.contents.beside(name)
        same(other.holding(name), one.holding(name))


def test_alternatives_stand_at_the_place_of_their_word(archive_in_postgresql: Archive) -> None:
    archive = archive_in_postgresql
    archive.add(made())
    rows = archive.store.database.execute(
        "SELECT count(*) FROM word WHERE words @@ ?::text::tsquery", ["'about' <-> '_said'"]
    )
    assert rows.fetchone()[0] >= 1
    surely = archive.store.database.execute(
        "SELECT count(*) FROM word WHERE words @@ ?::text::tsquery", ["'about' <-> 'said'"]
    )
    assert surely.fetchone()[0] == 0


@pytest.fixture
def archive_in_postgresql(in_postgresql: Callable[[str], str]) -> Iterator[Archive]:
    with Archive.open(in_postgresql("archive")) as opened:
        yield opened


def exports(place: object, folder: Path) -> dict[str, bytes]:
    """Every document in the forms that matter, as the command writes them: bytes by the names of files."""
    for form in ("text", "json", "tei", "tei-frus", "tables"):
        assert (
            run(["export", "--all", "--as", form, "--archive", str(place), "--to", str(folder / form)]) == 0
        )
    for what in ("holdings", "references"):
        assert run(["table", what, "--archive", str(place), "--to", str(folder)]) == 0
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_move_there_and_back_changes_no_byte(
    both: tuple[Archive, Archive], in_postgresql: Callable[[str], str], tmp_path: Path
) -> None:
    one, _ = both
    file = tmp_path / "original.txt"
    file.write_bytes(b"the bytes" * 300_000)
    one.add(made(layers=(Source.of_text("z"), Source.of_text("a")), references=()), [file])
    one.searches.save("s", "salt", by="x", at=AT)
    before = exports(one.place, tmp_path / "before")
    assert len(before) > 120
    told: list[float] = []
    there = relocated(one.store, place_of(in_postgresql("there")), progress=told.append)
    assert (there.holdings, there.originals, told[-1]) == (41, 1, 1.0)
    with Archive.open(in_postgresql("there"), create=False) as moved:
        assert exports(moved.place, tmp_path / "there") == before
        assert list(moved.verify()) == []
        assert moved.search("salt", limit=200).total == one.search("salt", limit=200).total
        act = moved.curation.tag(made().id, "later", by="x")
        assert act == len(one.curation.acts()) + 1
        moved.curation.untag(made().id, "later", by="x")
        with pytest.raises(StoreError, match="something already"):
            relocated(one.store, place_of(in_postgresql("there")))
        relocated(moved.store, tmp_path / "back")
    with Archive.open(tmp_path / "back", create=False) as back:
        assert exports(back.place, tmp_path / "again") == before
        assert list(back.verify()) == []
        assert back.searches.all() == one.searches.all()
        assert (
            back.objects.find(back.holding(made().id).originals[0].digest).read_bytes() == file.read_bytes()
        )
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".moving")] == []


def test_an_interrupted_move_goes_on(
    both: tuple[Archive, Archive], place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = both
    target = place_of(place("there"))
    real, lots = transfer._after, []

    def cut_off(source: Any, table: str, *given: Any) -> list[Any]:
        rows = real(source, table, *given)
        lots.append((table, len(rows)))
        if len(lots) > 12:
            raise KeyboardInterrupt
        return rows

    monkeypatch.setattr(transfer, "_LOT", 5)
    monkeypatch.setattr(transfer, "_after", cut_off)
    with pytest.raises(KeyboardInterrupt):
        relocated(one.store, target)
    with pytest.raises(NotHeld, match="no archive here"):
        Archive.open(target, create=False)
    copied = sum(count for table, count in lots[:-1] if table == "source")
    assert copied >= 40
    if isinstance(target, Path):
        # An original that had arrived half when the run was killed.
        half = target.with_name(f".{target.name}.moving") / "objects" / "arriving-half"
        half.parent.mkdir(exist_ok=True)
        half.write_bytes(b"half of it")

    def watched(source: Any, table: str, *given: Any) -> list[Any]:
        lots.append((table, 0))
        return real(source, table, *given)

    def thrown_away(_: object) -> None:
        raise AssertionError

    lots.clear()
    monkeypatch.setattr(transfer, "_after", watched)
    monkeypatch.setattr("septel.archive.upkeep.relocation._discard", thrown_away)
    relocated(one.store, target)
    # What was there was read to compare it, and not to be written again.
    assert [table for table, _ in lots].index("holding") == 1
    with Archive.open(target, create=False) as moved:
        assert differences(one.store.database, moved.store.database) == []
        assert list(moved.verify()) == []


def test_what_changes_during_a_move_is_taken_along(
    both: tuple[Archive, Archive], in_postgresql: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = both
    ids = [str(row["id"]) for row in one.holdings()]
    changes: list[str] = []

    def copied(source: Any, target: Any, **given: Any) -> None:
        copy_rows(source, target, **given)
        if not changes:
            changes.append(ids[0])
            one.curation.correct(ids[0], "title", "OTHER", by="x")
            one.add(replace(one.holding(ids[1]), meeting={"raw": "LATER"}))

    monkeypatch.setattr("septel.archive.upkeep.relocation.copy_rows", copied)
    relocated(one.store, place_of(in_postgresql("there")))
    with Archive.open(in_postgresql("there")) as moved:
        assert moved.holding(ids[0]).title == "OTHER"
        assert moved.holding(ids[1]).meeting == {"raw": "LATER"}


def test_a_backup_of_postgresql_is_put_back_anywhere(
    both: tuple[Archive, Archive], in_postgresql: Callable[[str], str], tmp_path: Path
) -> None:
    _, other = both
    file = tmp_path / "original.txt"
    file.write_bytes(b"the bytes")
    other.add(made(), [file])
    made_copy = other.backup(tmp_path / "copy")
    assert (made_copy.holdings, made_copy.originals) == (41, 1)
    other.curation.tag(made().id, "later", by="x")
    for target in (place_of(in_postgresql("again")), tmp_path / "again"):
        assert put_back_at(tmp_path / "copy", target).holdings == 41
        with Archive.open(target, create=False) as again:
            same(again.holding(made().id), other.holding(made().id))
            assert again.state(made().id).tags == ()
            assert list(again.verify()) == []
        with pytest.raises(StoreError, match="something already"):
            put_back_at(tmp_path / "copy", target)
        put_back_at(tmp_path / "copy", target, replace_it=True)


def test_both_stores_have_the_same_tables(archive_in_postgresql: Archive, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as one:
        expected = one.store.database.tables()
        found = archive_in_postgresql.store.database.tables()
        assert {n: sorted(s.columns) for n, s in expected.items() if n not in MADE_AGAIN} == {
            n: sorted(s.columns) for n, s in found.items() if n not in MADE_AGAIN
        }
        for table in ("indexed", "unit", "value", "facet", "counter", "spelling", "migration"):
            assert sorted(expected[table].columns) == sorted(found[table].columns)
        names = "SELECT name FROM migration ORDER BY name"
        assert (
            one.store.database.execute(names).fetchall()
            == archive_in_postgresql.store.database.execute(names).fetchall()
        )


# Several writers.


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
def test_several_processes_add_at_once(in_postgresql: Callable[[str], str], tmp_path: Path) -> None:
    place = in_postgresql("archive")
    held = list(documents(9, 30))
    file = tmp_path / "shared.txt"
    file.write_bytes(b"the same for all" * 100_000)
    children = []
    for child in range(4):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                rng = random.Random(child)
                with Archive.open(place) as archive:
                    for holding in rng.sample(held, len(held)):
                        archive.add(holding, [file])
                        archive.curation.tag(holding.id, f"of {child}", by="x")
                code = 0
            finally:
                os._exit(code)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0, 0, 0, 0]
    with Archive.open(place) as archive:
        assert archive.count() == len({holding.id for holding in held})
        assert list(archive.verify()) == []
        assert [act.number for act in archive.curation.acts()] == list(range(1, 4 * 30 + 1))
        for holding in held:
            assert archive.holding(holding.id).log == holding.log
            assert len(archive.state(holding.id).tags) == 4
            assert archive.search(f"id:{holding.id}").holdings == (holding.id,)
        units = archive.store.database.execute("SELECT count(*) FROM unit").fetchone()
        assert units == archive.store.database.execute("SELECT count(*) FROM word").fetchone()
        assert list(archive.objects.kept()) == [archive.holding(held[0].id).originals[0].digest]


# A database that goes away.


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, postgresql: Server) -> Iterator[Server]:
    """A server that a test may stop."""
    del postgresql  # it says where there is none
    monkeypatch.setenv("SEPTEL_STATE", str(tmp_path / "state"))
    with server() as running:
        yield running


def test_a_database_that_comes_back_is_waited_for(own_server: Server) -> None:
    with Archive.open(own_server.address("salt")) as archive:
        archive.add(made())
        own_server.stop()
        back = threading.Timer(0.5, own_server.start)
        back.start()
        assert len(archive.search("SALT")) == 1
        back.join()
        own_server.stop()
        back = threading.Timer(0.5, own_server.start)
        back.start()
        assert archive.add(made("ANOTHER TEXT\n", name="b.txt"))
        back.join()
        assert len(archive.holdings()) == 2
        assert list(archive.verify()) == []


def test_a_database_that_stays_away_is_one_clear_line(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_connection, "AWAY_SECONDS", 0.3)
    with Archive.open(own_server.address("salt")) as archive:
        archive.add(made())
        own_server.stop()
        for work in (archive.holdings, lambda: archive.add(made("OTHER\n")), lambda: archive.search("SALT")):
            with pytest.raises(StoreAway) as fault:
                work()
            assert "\n" not in str(fault.value)
            assert "can't be reached" in str(fault.value)
            assert fault.value.exit_code == 6
        own_server.start()
        assert archive.add(made("OTHER\n"))
        assert len(archive.holdings()) == 2


def cut(archive: Archive) -> None:
    """End the connections of an archive, as a server does that is stopped by its keeper."""
    with Archive.open(archive.place) as other:
        other.store.database.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE application_name = 'septel' AND pid <> pg_backend_pid()"""
        ).fetchall()
    time.sleep(0.1)


def test_a_change_that_is_cut_off_is_done_again_whole(
    archive_in_postgresql: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_in_postgresql
    times: list[int] = []

    def cut_once(*given: Any, **more: Any) -> int:
        if not times:
            times.append(1)
            cut(archive)
        return index_units(*given, **more)

    monkeypatch.setattr("septel.archive.catalogue.index_entry.index_units", cut_once)
    assert archive.add(made())
    assert len(archive.search("SALT")) == 1
    times.clear()
    with pytest.raises(StoreAway, match="nothing is half-written"), archive.together():
        archive.add(made("ANOTHER TEXT\n", name="b.txt"))
    assert len(archive.holdings()) == 1
    assert list(archive.verify()) == []


@pytest.mark.parametrize("kept", [True, False])
def test_a_connection_lost_while_a_change_is_kept(
    archive_in_postgresql: Archive, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    archive = archive_in_postgresql
    archive.add(made())
    database = archive.store.database
    assert isinstance(database, postgresql_connection.PostgresCatalogue)
    real = database._asked

    def lost(statement: str) -> None:
        if statement == "COMMIT":
            monkeypatch.undo()
            if kept:
                real(statement)
            cut(archive)
            assert database._connection is not None
            database._connection.close()
            raise StoreAway("lost", where="", remedy="")
        real(statement)

    monkeypatch.setattr(database, "_asked", lost)
    if kept:
        archive.curation.note(made().id, "once", by="x")
    else:
        with pytest.raises(StoreAway):
            archive.curation.note(made().id, "once", by="x")
    assert [note.text for note in archive.state(made().id).notes] == (["once"] if kept else [])
    archive.curation.note(made().id, "twice", by="x")
    assert list(archive.verify()) == []


def test_a_full_disk_of_the_server(archive_in_postgresql: Archive) -> None:
    archive = archive_in_postgresql
    database = archive.store.database
    database.execute(
        """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"""
    )
    database.execute("CREATE TRIGGER full_disk BEFORE INSERT ON unit EXECUTE FUNCTION full_disk()")
    with pytest.raises(StoreError, match="the disk is full") as fault:
        archive.add(made())
    assert fault.value.exit_code == 7
    assert archive.holdings() == []
    database.execute("DROP TRIGGER full_disk ON unit")
    assert archive.add(made())


def test_who_may_only_read_reads(postgresql: Server, archive_in_postgresql: Archive) -> None:
    archive = archive_in_postgresql
    archive.add(made())
    address = archive.place
    assert isinstance(address, PostgresAddress)
    role = f"guest_{address.schema}"
    for statement in (
        f"CREATE ROLE {role} LOGIN",
        f"GRANT USAGE ON SCHEMA {address.schema} TO {role}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {address.schema} TO {role}",
    ):
        archive.store.database.execute(statement)
    with Archive.open(postgresql.address(address.schema).replace("septel@", f"{role}@")) as guest:
        assert len(guest.search("SALT", facets=True)) == 1
        with pytest.raises(StoreError, match="permission denied"):
            guest.curation.tag(made().id, "t", by="x")
        same(guest.holding(made().id), archive.holding(made().id))


# Addresses.


def test_a_password_is_never_shown(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql_connection, "AWAY_SECONDS", 0.0)
    for text in (
        "postgresql://me:s3cret@127.0.0.1:1/papers?schema=salt",
        "postgresql://me@127.0.0.1:1/papers?schema=salt&password=s3cret",
        f"postgresql://nobody:s3cret@/none?host={postgresql.folder}",
    ):
        address = place_of(text)
        assert isinstance(address, PostgresAddress)
        assert address.password == "s3cret"
        assert "s3cret" not in f"{address} {address!r} {address.server} {address.folder}"
        with pytest.raises(StoreError) as fault:
            Archive.open(text)
        assert "s3cret" not in str(fault.value)
        assert place_of(str(address)) == replace(address, password=None)


def test_one_archive_has_one_folder_however_its_address_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEPTEL_STATE", str(tmp_path))
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE"):
        monkeypatch.delenv(name, raising=False)

    def folder(text: str) -> Path:
        address = place_of(text)
        assert isinstance(address, PostgresAddress)
        return address.folder

    spellings = (
        "postgresql://septel@db.archive.example:5432/salt",
        "postgres://septel:secret@DB.archive.example./salt",
        "postgresql://other@db.archive.example/salt?sslmode=require",
        "postgresql:///salt?host=db.archive.example&port=5432",
    )
    assert len({folder(one) for one in spellings}) == 1
    assert folder("postgresql://127.0.0.1/salt") == folder("postgresql://localhost:5432/salt")
    others = ("postgresql://db.archive.example:5433/salt", "postgresql://db.archive.example/salt?schema=b")
    assert len({folder(one) for one in (spellings[0], *others)}) == 3
    # What an earlier version kept by the spelling is used on.
    digest = hashlib.sha256(b"postgresql://septel@h/salt\0septel").hexdigest()[:12]
    (tmp_path / f"salt-septel-{digest}").mkdir()
    assert folder("postgresql://septel@h/salt").name == f"salt-septel-{digest}"


def test_the_command_takes_addresses(
    in_postgresql: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SEPTEL_ARCHIVE", raising=False)
    with Archive.open(tmp_path / "salt") as archive:
        archive.add(made())
    there = in_postgresql("there")
    assert run(["archive", "move", "salt", there]) == 0
    assert f"{there}: 1 holdings, 0 originals; salt is still there." in capsys.readouterr().out
    assert run(["archive", "move", "salt", there]) == 6
    assert "something already" in capsys.readouterr().err
    # What is written down has no password, and is what later verbs mean.
    assert run(["use", there.replace("septel@", "septel:s3cret@")]) == 0
    said = capsys.readouterr()
    assert "s3cret" not in said.out + said.err + (tmp_path / ".septel-archive").read_text("utf-8")
    assert "~/.pgpass" in said.err
    assert run(["list"]) == 0
    assert "HELSINKI 1321" in capsys.readouterr().out
    assert run(["verify"]) == 0
    assert run(["backup", "copy"]) == 0
    again = in_postgresql("again")
    assert run(["recover", "copy", "--archive", again, "--json"]) == 0
    assert run(["merge", again]) == 0
    assert run(["merge", there]) == 2
    assert run(["search", "SALT", "--archive", in_postgresql("nowhere")]) == 5
    monkeypatch.setattr(postgresql_connection, "AWAY_SECONDS", 0.0)
    capsys.readouterr()
    assert run(["list", "--archive", "postgresql://127.0.0.1:1/none"]) == 6
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_addresses_are_read_and_written(tmp_path: Path) -> None:
    for text in (
        "postgresql:///papers",
        "postgresql://host/papers?schema=salt",
        "postgresql://me@[::1]:5433/papers?sslmode=require&schema=salt&objects=/srv/objects",
        "postgresql:///papers?host=/run/postgresql",
    ):
        assert str(place_of(text)) == text
    assert place_of("postgres://h/d") == place_of("postgresql://h/d?schema=septel")
    assert place_of("papers") == Path("papers")
    assert place_of(tmp_path) == tmp_path
    for bad in ("postgresql://h/d?schema=Big", "postgresql://h/d?schema=pg_x", 'postgresql://h/d?schema=a"b'):
        with pytest.raises(UsageError, match="schema"):
            place_of(bad)
    with pytest.raises(UsageError, match="address"):
        place_of("postgresql://host:port/d")


def test_originals_may_lie_in_a_folder(in_postgresql: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"the bytes")
    with Archive.open(f"{in_postgresql('archive')}&objects={tmp_path / 'objects'}") as archive:
        archive.add(made(), [file])
        (original,) = archive.holding(made().id).originals
        assert isinstance(original, Original)
        assert archive.objects.find(original.digest).is_relative_to(tmp_path / "objects")
        assert archive.store.database.execute("SELECT count(*) FROM object").fetchone()[0] == 0
        assert list(archive.verify()) == []


# What is said otherwise in PostgreSQL.


@pytest.mark.parametrize("text", ["plain", "a\0b", "\ue000\ue000x", "\0\ue000\ue001\ue002", "", "\ue000"])
def test_texts_with_nul_come_back(archive_in_postgresql: Archive, text: str) -> None:
    assert nul_read(nul_written(text)) == text
    assert "\0" not in nul_written(text)
    source = Source.of_text(f"FM X\n{text}\n")
    archive_in_postgresql.add(holding_of(source, EditLog(source.id), title=text or "-"))
    held = archive_in_postgresql.holding(source.id)
    assert (held.source, held.title) == (source, text or "-")
    assert list(archive_in_postgresql.verify()) == []


def test_statements_are_in_the_sql_of_both() -> None:
    """What only SQLite understands stands in its own package (and in editions, which are always folders)."""
    room = Path(septel.archive.__file__).parent
    own = (room / "store" / "sqlite", room / "store" / "postgresql", room / "editions")
    only = re.compile(
        r"INSERT OR |\bGLOB\b|\bPRAGMA\b|\b(?:instr|json_extract|group_concat|ifnull|iif|printf)\(|TEMP TABLE"
        r"|\b(?:max|min)\((?:[^()]|\([^()]*\))*,|LIMIT -1|\bMATCH \?"
    )
    wrong = []
    for file in room.rglob("*.py"):
        if any(file.is_relative_to(folder) for folder in own) or file.name == "database.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            text = node.value
            if re.search(r"\b(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|WHERE)\b", text) and only.search(text):
                wrong.append(f"{file.relative_to(room)}:{node.lineno}: {' '.join(text.split())[:80]}")
    assert wrong == []


def test_marks_become_numbers() -> None:
    assert numbered("SELECT ?, '?', ? WHERE a = 'it''s ?' AND b = ?") == (
        "SELECT $1, '?', $2 WHERE a = 'it''s ?' AND b = $3"
    )
    assert numbered("x = ?1 OR y = ?1") == "x = $1 OR y = $1"


def test_queries_of_words_in_postgresql() -> None:
    phrase = MatchPhrase(("salt", "talks"), prefix=True)
    assert tsquery(phrase) == "( 'salt' <-> 'talks':* )"
    assert tsquery(MatchOther("it's")) == "'_it''s'"
    assert tsquery(MatchOther("neg", prefix=True)) == "'_neg':*"
    both = MatchAll((MatchPhrase(("a",)), MatchAny((MatchPhrase(("b",)), MatchPhrase(("it's",))))))
    assert tsquery(both) == "( 'a' & ( 'b' | 'it''s' ) )"
    assert tsquery(MatchWithout(MatchPhrase(("a",)), MatchPhrase(("b",)))) == "( 'a' & !'b' )"
    near = MatchNear((MatchPhrase(("a",)), MatchPhrase(("b",))), 1)
    assert tsquery(near) == "( 'a' <1> 'b' | 'a' <2> 'b' | 'b' <1> 'a' | 'b' <2> 'a' )"
    unit = UnitWords(1, ["a", "b", "a"], [(1, "c"), (0, "a")], ["a_b", "_b_a"])
    assert tsvector(unit) == "'a':1,3 'b':2 '_c':2 '_a':1 '+_b_a'"


def test_statements_of_sqlite_in_the_words_of_postgresql() -> None:
    assert translated("CREATE TABLE a (b TEXT PRIMARY KEY, c BLOB, d REAL) STRICT, WITHOUT ROWID") == (
        'CREATE TABLE a (b text COLLATE "C" PRIMARY KEY, c bytea, d double precision)'
    )
    refused = """CREATE TRIGGER a_stays BEFORE UPDATE ON a
        BEGIN SELECT RAISE(ABORT, 'never'); END"""
    assert translated(refused) == (
        "CREATE TRIGGER a_stays BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION refuse('never')"
    )
    assert translated("DROP TRIGGER a_stays") == "DROP TRIGGER a_stays ON a"
    assert translated("CREATE INDEX i ON a (b)") == "CREATE INDEX i ON a (b)"
