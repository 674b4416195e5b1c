"""Archives in each store: what is said of one is tested in both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from septel.archive import Archive
from tests.postgresql import Server, server_or_skip

Place = Callable[[str], Path | str]
"""Where an archive of a name is to be made."""
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server for all tests of a run."""
    with server_or_skip() as running:
        yield running


@pytest.fixture
def in_postgresql(
    postgresql: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], str]:
    """Gives the address of an archive by its name; each test has archives of its own."""
    monkeypatch.setenv("SEPTEL_STATE", str(tmp_path / "state"))
    known: dict[str, str] = {}

    def place(name: str) -> str:
        if name not in known:
            known[name] = postgresql.address(f"test_{next(_NUMBERS)}")
        return known[name]

    return place


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Gives the place of an archive by its name, in one store and then in the other."""
    if request.param == "sqlite":
        return lambda name: tmp_path / name
    found: Place = request.getfixturevalue("in_postgresql")
    return found


def asked(archive: Archive, statement: str) -> None:
    """Ask the database of an archive something behind its back, in the words of its store."""
    if isinstance(archive.place, Path):
        archive.store.database.execute(statement)
    else:
        archive.store.database.execute(re.sub(r"x'(\w*)'", r"'\\x\1'::bytea", statement))


@pytest.fixture
def in_folder(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive in a folder."""
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def archive(place: Place) -> Iterator[Archive]:
    """An empty archive."""
    with Archive.open(place("archive")) as opened:
        yield opened
