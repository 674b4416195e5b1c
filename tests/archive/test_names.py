"""Names are found by the index: as going through all documents finds them, and without opening one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from septel.archive import Archive
from septel.archive.catalogue import names
from septel.archive.catalogue.names import named_here
from septel.errors import NotHeld
from septel.telegram import Named, name_keys, named
from tests.archive.made import made
from tests.archive.steps import counted
from tests.telegram.meant import find_named

POSTS = ("LA PAZ", "LAPAZ", "LIMA", "MEXICO CITY", "GENEVA", "SANTIAGO", "SAN SALVADOR", "SALT II")


def papers(seed: int) -> list[Named]:
    """Documents with names of all kinds, many of them alike."""
    rng = random.Random(seed)
    found = []
    for n in range(60):
        post, serial, year = rng.choice(POSTS), rng.choice((1, 15, 158, 1580)), rng.choice((1973, 1974))
        series = {"value": {"series": rng.choice(("SECTO", "TOSEC", "")), "number": str(rng.randrange(20))}}
        record = f"104-10{rng.randrange(100, 103)}-1010{rng.randrange(3)}"
        paper = {
            "numbers": rng.sample(["TDCS-3/522,837", "DIR 15", f"{post} {serial}", "NO. 7"], 2),
            "cover": {"record_number": rng.choice((record, "unknown", None))},
            "file": rng.choice((None, "Box 7 folder 3.pdf")),
        }
        tree: dict[str, Any] = {
            "heading": {
                "mrn": rng.choice((None, f"{year}LAPAZ{serial:05}")),
                "series": [series | {"alternatives": []}] * rng.randrange(2),
            },
            "paper": rng.choice((None, paper)),
        }
        found.append(
            named(
                f"{n:012x}",
                identifier=rng.choice((None, f"{post} {serial}")),
                file=rng.choice((f"{post.lower()}-{serial}.txt", f"{record}.pdf", "Tél. 5 (copy).TXT", "")),
                dtg=rng.choice((None, f"{year}-01-02T03:04Z")),
                tree=tree,
            )
        )
    return found


NAMES = (
    *("LA PAZ 158", "lapaz 00158", "1974LAPAZ00158", "74 LA PAZ 158", "La Paz 158, 1973", "158", "15", "1"),
    *("Embassy La Paz telegram 158", "telegram 158 from La Paz", "1580 from Lima 1974", "MEX 15", "SAN 1"),
    *("SECTO 5", "TOSEC 7 1973", "SECTO", "DIR 15", "DIRECTOR 15", "TDCS-3/522,837", "TDCS", "tdcs3", "7"),
    *("104-10100-10101", "RIF 104-10101-10102", "104-101", "10410100", "lima-158.txt", "lima-158", "lima"),
    *("Tél. 5 (copy).TXT", "tel 5", "box 7 folder 3", "Box 7 folder 3.pdf", "unknown", "S", "", "  ", "!?"),
    *("SAN SALVADOR 1", "SANSALVADOR1", "1974", "1973 LIMA", "GENEVA 999", "nothing such", "LIMA 1580 1975"),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("names")) as opened:
        yield opened


@pytest.mark.parametrize("seed", range(4))
def test_the_index_finds_what_going_through_all_finds(archive: Archive, seed: int) -> None:
    held, database = papers(seed), archive.store.database
    number = {one.id: n for n, one in enumerate(held)}
    with archive.together():
        database.execute("DELETE FROM name")
        rows = [(key, number[one.id]) for one in held for key in name_keys(one)]
        database.executemany("INSERT INTO name (key, n) VALUES (?, ?)", rows)
        found = {name: sorted(named_here(database, name).numbers) for name in NAMES}
    expected = {name: [number[one] for one in find_named(name, held)] for name in NAMES}
    assert found == expected
    assert sum(map(bool, expected.values())) > len(NAMES) // 2


@pytest.mark.parametrize("name", ["nothing such", "104-10100-10199", "SAN MARINO 7", "nothing.pdf", "9999"])
def test_what_no_document_is_called_costs_the_same_in_a_larger_archive(tmp_path: Path, name: str) -> None:
    with Archive.open(tmp_path) as archive:
        taken = []
        for count in (5, 60):
            with archive.together():
                for n in range(archive.count(), count):
                    archive.add(made(f"TEXT {n} OF MANY\n", name=f"{n:04}.txt"))
            with counted(archive) as steps, pytest.raises(NotHeld):
                archive.resolve(name)
            taken.append(steps)
    few, many = taken
    assert many.count < few.count + 20  # one more level of an index, and no more
    assert not any("content" in one for one in many.statements)


def test_a_name_in_several_papers_is_shown_by_the_oldest(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        with archive.together():
            for n in range(20):
                archive.add(made(f"TEXT {n} OF MANY\n", name=f"box-7-{n:04}.txt"))
        with pytest.raises(NotHeld, match=r"may mean 20 holdings: (.*; ){12}and 8 more"):
            archive.resolve("box 7")
        assert archive.resolve("box 7 0003") == archive.resolve("box-7-0003.txt")


def test_of_very_many_the_first_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MOST_KEYS", 10)
    with Archive.open(tmp_path) as archive:
        with archive.together():
            for n in range(20):
                archive.add(made(f"TEXT {n} OF MANY\n", name=f"box-7-{n:04}.txt"))
        with pytest.raises(NotHeld, match=r"may mean \d+ and more holdings"):
            archive.resolve("box 7")
        with pytest.raises(NotHeld, match="may mean 20 holdings"):
            archive.resolve("HELSINKI 1321")


def test_names_go_with_their_document(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        holding = made(name="odd name.txt")
        archive.add(holding)
        assert archive.resolve("ODD NAME") == holding.id
        archive.curation.delete(holding.id, by="A. Reader")
        with pytest.raises(NotHeld):
            archive.resolve("ODD NAME")
        assert archive.store.database.execute("SELECT count(*) FROM name").fetchone() == (0,)
