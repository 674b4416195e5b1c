"""Who gets in, and which forms are taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.errors import StoreError, UsageError
from septel.room.access.accounts import FILE, AccountRole, Accounts
from septel.room.access.guard import Limit, own_path
from tests.archive.made import made
from tests.room.visitor import Visitor

PASSWORD = "correct horse battery"
HELD = made().id
NOTE = f"/telegram/{HELD}/note"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        opened.add(made())
        yield opened


@pytest.fixture
def accounts(archive: Archive) -> Accounts:
    found = Accounts(archive.folder)
    found.put("Ann Editor", PASSWORD, AccountRole.EDITOR)
    found.put("Rob Reader", PASSWORD, AccountRole.READER)
    return found


def entered(archive: Archive, accounts: Accounts, name: str, password: str = PASSWORD) -> Visitor:
    visitor = Visitor(archive, accounts=accounts)
    visitor.ask("POST", "/login", data={"name": name, "password": password, "next": "/"})
    return visitor


def test_a_form_of_another_site_is_refused(archive: Archive) -> None:
    visitor = Visitor(archive)
    fields = {"text": "planted"}
    token = visitor.token()
    assert visitor.ask("POST", NOTE, data=fields).status_code == 403
    assert visitor.ask("POST", NOTE, data=fields | {"token": "guessed"}).status_code == 403
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = visitor.ask("POST", NOTE, data=fields | {"token": token}, headers=headers)
        assert answer.status_code == 403
    assert archive.state(HELD).notes == ()
    own = {"Origin": "http://localhost:8151", "Sec-Fetch-Site": "same-origin"}
    assert visitor.ask("POST", NOTE, data=fields | {"token": token}, headers=own).status_code == 303
    assert Visitor(archive).ask("POST", NOTE, data=fields | {"token": token}).status_code == 403


def test_strangers_see_the_log_in_page_alone(archive: Archive, accounts: Accounts) -> None:
    visitor = Visitor(archive, accounts=accounts)
    for address in ("/", f"/telegram/{HELD}", "/search?q=salt", "/read"):
        answer = visitor.get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=")
    for address in ("/api/telegrams", f"/api/telegrams/{HELD}"):
        assert visitor.get(address).status_code == 401
    assert visitor.ask("POST", NOTE, data={"text": "x"}).status_code == 401
    assert visitor.get("/static/room.css").status_code == 200
    assert "HELSINKI" not in visitor.get("/login").text


def test_an_editor_decides_and_a_reader_reads(archive: Archive, accounts: Accounts) -> None:
    editor = entered(archive, accounts, "Ann Editor")
    editor.post(NOTE, {"text": "seen"})
    assert archive.state(HELD).notes[0].by == "Ann Editor"
    reader = entered(archive, accounts, "Rob Reader")
    page = reader.get(f"/telegram/{HELD}").text
    assert "seen" in page
    assert "<textarea" not in page
    assert reader.ask("POST", NOTE, data={"text": "x", "token": "?"}).status_code == 403
    assert reader.ask("POST", "/read/files", files={"files": ("a.txt", b"x")}).status_code == 403
    assert len(archive.state(HELD).notes) == 1


def test_passwords(archive: Archive, accounts: Accounts) -> None:
    kept = (archive.folder / FILE).read_text()
    assert PASSWORD not in kept
    assert "$argon2id$" in kept
    assert (archive.folder / FILE).stat().st_mode & 0o077 == 0
    wrong = entered(archive, accounts, "Ann Editor", "guess")
    assert wrong.get("/").status_code == 303
    visitor = entered(archive, accounts, "Ann Editor")
    assert visitor.get("/").status_code == 200
    accounts.put("Ann Editor", PASSWORD + "2", AccountRole.EDITOR)  # ends what the old password began
    assert visitor.get("/").status_code == 303
    for name, password in (("", PASSWORD), ("Ann", "short")):
        with pytest.raises(UsageError):
            accounts.put(name, password, AccountRole.READER)
    (archive.folder / FILE).write_text("{broken")
    with pytest.raises(StoreError):
        accounts.all()


def test_tries_are_counted(archive: Archive, accounts: Accounts) -> None:
    visitor = Visitor(archive, accounts=accounts)
    tries = [
        visitor.ask("POST", "/login", data={"name": "Ann Editor", "password": "no"}).status_code
        for _ in range(10)
    ]
    assert tries[0] == 403
    assert tries[-1] == 429
    right = visitor.ask("POST", "/login", data={"name": "Ann Editor", "password": PASSWORD})
    assert right.status_code == 429


def test_a_limit_forgets() -> None:
    now = [0.0]
    limit = Limit(2, 10, clock=lambda: now[0])
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a")] == [True, True, False]
    assert limit.allows("b")
    now[0] = 11
    assert limit.allows("a")


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/search?q=x", "/search?q=x"),
        ("//evil.example", "/"),
        ("/\\evil", "/"),
        ("https://e", "/"),
        (None, "/"),
    ],
)
def test_nobody_is_led_away(address: str | None, to: str) -> None:
    assert own_path(address) == to


def test_cookies_are_not_for_scripts(archive: Archive) -> None:
    cookie = Visitor(archive).get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" in Visitor(archive, https=True).get("/").headers["set-cookie"].lower()
