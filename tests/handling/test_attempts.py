"""What somebody would try who knows how it is made: the files themselves, odd addresses, copies put back."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.archive.editions import Editions
from septel.room.access.accounts import AccountRole, Accounts
from tests.handling.made import HIDDEN_WORDS, filled, leaks
from tests.room.visitor import Visitor

PASSWORD = "correct horse battery"


@pytest.fixture
def folder(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    ids = filled(tmp_path / "archive", hidden=True)
    with Archive.open(tmp_path / "archive") as kept, Editions(kept) as editions:
        editions.of(kept.handling.role_of("public"))
    return tmp_path / "archive", ids


def test_every_table_and_every_blob_of_an_edition(folder: tuple[Path, dict[str, str]]) -> None:
    connection = sqlite3.connect(folder[0] / "editions" / "public" / "catalogue.sqlite")
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    cells = []
    for (table,) in tables:
        # A full-text index without contents gives its words by its vocabulary alone.
        with suppress(sqlite3.OperationalError):
            cells += [cell for row in connection.execute(f'SELECT * FROM "{table}"') for cell in row]
    assert any(cell == "wheat" for cell in cells)
    for cell in cells:
        if isinstance(cell, bytes):
            with suppress(zlib.error):
                assert leaks(zlib.decompress(cell).decode("latin-1")) == []
        assert leaks(str(cell)) == []


def test_an_edition_opened_as_an_archive_of_its_own(folder: tuple[Path, dict[str, str]]) -> None:
    with Archive.open(folder[0] / "editions" / "public") as kept:
        known = (kept.searches.all(), kept.curation.acts(), kept.contests(settled=True), kept.holdings())
        assert leaks(repr((known, kept.taught(), kept.audit.entries(), kept.curation.absent()))) == []
        # The originals are the archive's own; all else is whole.
        assert {one.what for one in kept.verify(quick=True)} == {"the original tin.png is missing"}


@pytest.mark.parametrize(
    "address",
    [
        *("lima%204711", "LIMA%2004711", "%C2%A01970LIMA04711", "LIMA-4711/", "xyzzyfile", "..%2Fsource"),
        *("@hidden/page/1.png", "@hidden/strip/0-4.png", "@partly/strip/200-204.png", "@hidden/log"),
    ],
)
def test_odd_addresses(address: str, folder: tuple[Path, dict[str, str]]) -> None:
    filled_in = re.sub(r"@(\w+)", lambda found: folder[1][found[1]], address)
    with Archive.open(folder[0]) as kept:
        answer = Visitor(kept, role="public").get(f"/telegram/{filled_in}")
    assert answer.status_code in (404, 307)
    assert (
        leaks(re.sub(r"lima[ -]?0?4711|1970LIMA04711|xyzzyfile", "", answer.text, flags=re.IGNORECASE)) == []
    )


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "POST"])
def test_other_methods(method: str, folder: tuple[Path, dict[str, str]]) -> None:
    with Archive.open(folder[0]) as kept:
        visitor = Visitor(kept, role="public")
        hidden, unknown = (visitor.ask(method, f"/telegram/{one}") for one in (folder[1]["hidden"], "0" * 12))
    assert (hidden.status_code, hidden.text) == (unknown.status_code, unknown.text)


def test_a_role_that_is_taken_away_counts_at_once(folder: tuple[Path, dict[str, str]]) -> None:
    with Archive.open(folder[0]) as kept:
        accounts = Accounts(folder[0])
        accounts.put("Ed", PASSWORD, AccountRole.EDITOR)
        visitor = Visitor(kept, accounts=accounts)
        visitor.ask("POST", "/login", data={"name": "Ed", "password": PASSWORD, "next": "/"})
        address = f"/telegram/{folder[1]['hidden']}"
        assert visitor.get(address).status_code == 200
        kept.handling.put_reader("Ed", "public", by="me")
        assert visitor.get(address).status_code == 404
        assert visitor.ask("POST", f"{address}/note", data={"text": "x"}).status_code == 403


def test_a_catalogue_put_back_by_hand_opens_nothing(folder: tuple[Path, dict[str, str]]) -> None:
    place, ids = folder
    sqlite3.connect(place / "catalogue.sqlite").execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(place / "catalogue.sqlite", place / "earlier")
    with Archive.open(place) as kept, Editions(kept) as editions:
        kept.curation.tag(ids["open"], "later", by="me")
        editions.of(kept.handling.role_of("public"))
    for ending in ("", "-wal", "-shm"):
        (place / f"catalogue.sqlite{ending}").unlink(missing_ok=True)
    (place / "earlier").rename(place / "catalogue.sqlite")
    with Archive.open(place) as kept, Editions(kept) as editions:
        kept.handling.embargo(ids["open"], "2999-01-01", by="me")  # the number that the tag had
        shown = editions.of(kept.handling.role_of("public")).holdings()
        assert ids["open"] not in {one["id"] for one in shown}


def test_opening_and_closing_again_and_again(folder: tuple[Path, dict[str, str]]) -> None:
    place, ids = folder
    with Archive.open(place) as kept, Editions(kept) as editions:
        public = kept.handling.role_of("public")
        for _ in range(3):
            for until in (None, "2999-01-01"):
                for name in ("hidden", "copy"):
                    kept.handling.release(ids[name], "released", by="me")
                    kept.handling.embargo(ids[name], until, by="me")
                editions.of(public)
    files = [path for path in (place / "editions" / "public").rglob("*") if path.is_file()]
    assert leaks(b"".join(path.read_bytes() for path in files).decode("latin-1"), HIDDEN_WORDS) == []
