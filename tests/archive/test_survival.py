"""Killed anywhere, on a full disk, in a closed folder, with a bad page, beside a writer: nothing is lost.

A child process works on an archive and tells of each thing that was committed; it is killed (SIGKILL) at a
seeded moment. What it told of must be there, what it did not tell of is there whole or not at all, and the
archive verifies. `SEPTEL_TRIALS` sets how many kills there are of each kind of work; the suite runs few.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from septel.archive import Archive, Holding
from septel.archive.store import ArchivePlace, is_archive, place_of
from septel.archive.upkeep import relocated
from septel.archive.upkeep.backup import put_back
from septel.errors import EditConflict, StoreError, StoreFull, VanishedInput
from septel.text import Edit, Ground, Reason, Span, Step
from tests.archive.made import AT, decision, made
from tests.archive.test_migrations import BEFORE, earlier, with_undoing

TRIALS = int(os.environ.get("SEPTEL_TRIALS", "2"))
WORK = ("ingest", "decide", "delete", "rebuild", "migrate", "backup", "merge", "move")
Place = Path | str
"""Where an archive is: a folder, or an address."""


def texts(n: int) -> Holding:
    return made(
        f"FM AMEMBASSY HELSINKI\nTELEGRAM {n} OF MANY\n1. WORD{n} AND MORE OF IT\n" * 20, name=f"{n}.txt"
    )


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some documents, to be copied for each trial."""
    folder = tmp_path_factory.mktemp("stocked")
    file = folder / "file.txt"
    file.write_bytes(b"the bytes")
    with Archive.open(folder / "archive") as archive:
        for n in range(12):
            archive.add(texts(n), [file])
    return folder / "archive"


def work_on(work: str, place: Place, beside: Path, told: Callable[..., object]) -> None:
    """What the child does, telling of each thing when it is committed; `beside` is for its files."""
    if work == "migrate":
        Archive.open(place).close()
        told("migrated", "x")
        return
    with Archive.open(place) as archive:
        ids = [str(row["id"]) for row in archive.holdings()]
        if work == "ingest":
            _ingest(archive, beside, told)
        elif work == "decide":
            _decide(archive, ids, told)
        elif work == "delete":
            _delete(archive, ids, told)
        elif work == "merge":
            with Archive.open(beside / "other") as other:
                for merged in archive.merge(other):
                    told(merged.holding, "x")
        for n in range(1000) if work in ("rebuild", "backup", "move") else ():
            if work == "rebuild":
                archive.rebuild_index()
            elif work == "move":
                relocated(archive.store, there(place, beside, f"moved{n}"))
            else:
                archive.backup(beside / f"backup-{n}")
            told(f"{work}-{n}", "x")


def there(place: Place, beside: Path, name: str) -> ArchivePlace:
    """The place of another archive in the same store."""
    return place_of(f"{place}_{name}") if isinstance(place, str) else beside / name


def _ingest(archive: Archive, beside: Path, told: Callable[..., object]) -> None:
    for n in range(100, 200):
        file = beside / f"{n}.txt"
        file.write_text(f"bytes {n}")
        holding = texts(n)
        archive.add(holding, [file])
        told(holding.id, "x")


def _decide(archive: Archive, ids: list[str], told: Callable[..., object]) -> None:
    for n in range(1000):
        one = ids[n % len(ids)]
        edit = Edit(
            span=Span(0, 2),
            before="FM",
            after=f"FM{n}",
            reason=Reason(ground=Ground.DECISION),
            step=Step.of("test", "1"),
        )
        log = archive.log(one).add([edit], by="A. Reader", at=AT)
        archive.append(one, log)
        told(one, len(log.entries))


def _delete(archive: Archive, ids: list[str], told: Callable[..., object]) -> None:
    for n in range(1000):
        one = ids[n % len(ids)]
        if not archive.holds(one):
            continue
        # What is done and not told of when the child falls is done to the document told of last.
        told(one, "deleting")
        archive.curation.delete(one, by="x")
        told(one, "deleted")
        if n % 3 == 0:
            archive.curation.purge(one, by="x")
            told(one, "purged")
        elif n % 3 == 1:
            archive.curation.undelete(one, by="x")
            told(one, "back")


def killed(work: str, place: Place, beside: Path, seed: int) -> list[list[str]]:
    """Let a child work and kill it at a seeded moment; gives what it told of before."""
    rng = random.Random(seed)
    count, pause = rng.randrange(0, 10), rng.random() * rng.choice((0.002, 0.02, 0.1))
    count = 0 if work == "migrate" else count
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work_on(
                work,
                place,
                beside,
                lambda *words: os.write(writing, (" ".join(map(str, words)) + "\n").encode()),
            )
        finally:
            os._exit(0)
    os.close(writing)
    heard = b""
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while heard.count(b"\n") < count and (more := pipe.read(4096)):
            heard += more
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        while more := pipe.read(4096):
            heard += more
    os.waitpid(child, 0)
    return [line.decode().split() for line in heard.split(b"\n") if line]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
@pytest.mark.parametrize("seed", range(TRIALS))
@pytest.mark.parametrize("work", WORK)
def test_nothing_is_lost_by_a_kill(stocked: Path, tmp_path: Path, work: str, seed: int) -> None:
    folder = tmp_path / "archive"
    if work == "migrate":
        earlier(folder, BEFORE, with_undoing())
    else:
        shutil.copytree(stocked, folder)
    _killed_and_looked_at(work, folder, tmp_path, seed)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
@pytest.mark.parametrize("seed", range(TRIALS))
@pytest.mark.parametrize("work", [work for work in WORK if work != "migrate"])
def test_nothing_in_postgresql_is_lost_by_a_kill(
    stocked: Path, in_postgresql: Callable[[str], str], tmp_path: Path, work: str, seed: int
) -> None:
    place = in_postgresql("archive")
    with Archive.open(stocked) as archive:
        relocated(archive.store, place_of(place))
    _killed_and_looked_at(work, place, tmp_path, seed)


def _killed_and_looked_at(work: str, place: Place, tmp_path: Path, seed: int) -> None:
    if work == "merge":
        with Archive.open(tmp_path / "other") as other:
            for n in range(50, 65):
                other.add(texts(n))
    told = killed(work, place, tmp_path, seed)
    with Archive.open(place) as archive:
        lost = [flaw for flaw in archive.verify() if flaw.lost]
        assert lost == []
        assert not [f for f in archive.verify() if "index" in f.what]
        if work == "migrate":
            assert archive.holding(with_undoing().id).log == with_undoing().log
        if work in ("ingest", "merge"):
            for one, _ in told:
                held = archive.holding(one)
                assert held.source.text in {texts(n).source.text for n in range(200)}
                assert archive.search(f"id:{one}").holdings == (one,)
        if work == "decide":
            for one, number in told:
                assert len(archive.log(one).entries) >= int(number)
        if work == "delete":
            state: dict[str, str] = {}
            for one, what in told:
                state[one] = what
            last = told[-1][0] if told else ""
            for one, what in state.items():
                if one != last:
                    assert archive.holds(one) == (what != "purged")
                    shown = {str(row["id"]) for row in archive.holdings()}
                    assert (one in shown) == (what == "back")
        if work == "move":
            for n in range(len(told) + 1):
                where = there(place, tmp_path, f"moved{n}")
                if n == len(told) and not is_archive(where):
                    # What was cut off is not to be seen; the same move goes on, and comes to its end.
                    relocated(archive.store, where)
                with Archive.open(where, create=False) as moved:
                    assert len(moved.holdings()) == 12
                    assert list(moved.verify()) == []
        if work == "backup":
            for n, (name, _) in enumerate(told):
                put_back(tmp_path / name, tmp_path / f"again-{n}")
            for whole in tmp_path.glob("backup-*"):
                with Archive.open(whole) as copy:
                    assert len(copy.holdings()) == 12
                    assert list(copy.verify()) == []
        if work != "delete" and work != "migrate":
            assert len(archive.holdings()) >= 12


def test_a_full_disk_while_indexing_or_deciding(stocked: Path, tmp_path: Path) -> None:
    shutil.copytree(stocked, tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        connection = archive._connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        one = str(archive.holdings()[0]["id"])
        with pytest.raises(StoreFull):
            archive.curation.note(one, "a note " * 100_000, by="x")
        with pytest.raises(StoreFull):
            for n in range(1000, 2000):
                archive.add(texts(n))
        connection.execute("PRAGMA max_page_count = 1000000")
        assert list(archive.verify()) == []
        assert archive.state(one).notes == ()


@pytest.fixture
def closed(stocked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An archive in a folder that can't be written; the superuser may, so the system is asked to say no."""
    folder = tmp_path / "archive"
    shutil.copytree(stocked, folder)
    for path in (*folder.rglob("*"), folder):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    if os.geteuid() == 0:
        real = os.access
        monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK and real(path, mode))
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


def test_a_folder_that_can_only_be_read_is_read(closed: Path) -> None:
    before = sorted(p.name for p in closed.iterdir())
    with Archive.open(closed, create=False) as archive:
        assert len(archive.holdings()) == 12
        assert len(archive.search("many", limit=50, facets=True).holdings) == 12
        with pytest.raises(StoreError, match="can't be used"):
            archive.add(texts(77))
        with pytest.raises(StoreError):
            archive.curation.tag(str(archive.holdings()[0]["id"]), "t", by="x")
    assert sorted(p.name for p in closed.iterdir()) == before


def test_a_bad_page_of_the_database_is_found_and_said(stocked: Path, tmp_path: Path) -> None:
    found = 0
    for seed in range(6):
        folder = tmp_path / f"archive-{seed}"
        shutil.copytree(stocked, folder)
        file = folder / "catalogue.sqlite"
        data = bytearray(file.read_bytes())
        page = random.Random(seed).randrange(1, len(data) // 4096)
        data[page * 4096 : (page + 1) * 4096] = random.Random(seed).randbytes(4096)
        file.write_bytes(data)
        try:
            with Archive.open(folder) as archive:
                found += bool([flaw for flaw in archive.verify() if flaw.lost])
        except StoreError as fault:
            assert fault.remedy
            found += 1
    assert found >= 5  # a page that nothing uses may be bad unseen


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path) -> None:
    holding = made()
    with Archive.open(tmp_path) as archive:
        archive.add(holding)
        log = archive.log(holding.id).add([decision(holding.source, "SAIT", "SALT")], by="x", at=AT)
        earlier_clock = AT - timedelta(days=400)
        log = log.add([decision(holding.source, "SAIT", "SAID")], by="x", at=earlier_clock)
        archive.append(holding.id, log)
        assert "ABOUT SAID" in archive.holding(holding.id).reading.text
        archive.curation.correct(holding.id, "subject", "ONE", by="x", at=AT)
        archive.curation.correct(holding.id, "subject", "TWO", by="x", at=earlier_clock)
        assert archive.holding(holding.id).subject == "TWO"
        archive.add(replace(holding, added=earlier_clock))
        assert archive.holding(holding.id).subject == "TWO"
        assert list(archive.verify()) == []


def test_readers_read_while_another_writes(
    stocked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(stocked, tmp_path / "archive")
    monkeypatch.setattr("septel.archive.archive.BUSY_SECONDS", 0.05)
    with Archive.open(tmp_path / "archive") as writer, Archive.open(tmp_path / "archive") as reader:
        with writer.together():
            writer.add(texts(77))
            assert len(reader.search("many", limit=50).holdings) == 12
            with pytest.raises(StoreError, match="another program is writing"):
                reader.curation.tag(str(reader.holdings()[0]["id"]), "t", by="x")
            made_in_use = reader.backup(tmp_path / "copy")
        assert made_in_use.holdings == 12
        assert len(reader.search("many", limit=50).holdings) == 13


def test_changes_together_are_kept_together(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        with pytest.raises(RuntimeError), archive.together():
            archive.add(texts(1))
            archive.add(texts(2))
            raise RuntimeError
        assert archive.holdings() == []
        with archive.together():
            archive.add(texts(1))
            with pytest.raises(VanishedInput):
                archive.add(texts(3), [tmp_path / "nothing"])
            with pytest.raises(EditConflict):
                archive.curation.purge(texts(1).id, by="x")
            archive.add(texts(2))
        assert len(archive.search("many").holdings) == 2
        assert list(archive.verify()) == []
