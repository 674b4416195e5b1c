"""Every address of the reading room, for accounts and for everybody, beside an archive without the hidden."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import BaseRoute, Route

from septel.archive import Archive
from septel.export import FILES
from septel.export.cite import FORMATS as CITATIONS
from septel.room.access.accounts import AccountRole, Accounts
from septel.room.uploads.jobs import Job, Jobs, JobState
from tests.archive.made import AT
from tests.handling.made import filled, leaks
from tests.handling.test_leaks import HELD_NAMES, QUERIES
from tests.room.visitor import Visitor

PASSWORD = "correct horse battery"
NAMES = (*(name.replace(" ", "-") for name in HELD_NAMES), "LIMA-4711", "LIMA-9999", "xyzzyfile.txt")
PLACES = ("0-4", "200-212", "5-9", "300-309")
VALUES: dict[str, tuple[str, ...]] = {
    "holding": NAMES,
    "place": PLACES,
    "form": (*CITATIONS, "svg", "png"),
    "format": (*FILES, "nothing"),
    "number": ("1", "2"),
    "path": (),
    "meeting": ("1970-03-20/", "1970-03-27/Peruvian", "1970-05-29/", "1970-01-01/"),
    "issue": ("TIN AND WHEAT", "ZWIEBACKIA AFFAIR", "abm"),
    "person": ("ambassador", "grunthos", "nobody"),
    "plot": ("timeline", "issues"),
}
"""What stands for each part of an address that is to be filled in."""
QUESTIONS: dict[str, tuple[dict[str, str], ...]] = {
    "/": ({}, {"at": "100"}),
    "/search": (*({"q": query} for query in QUERIES), {"q": "wheat", "sort": "number"}),
    "/search/complete": tuple({"q": one} for one in ("z", "qu", "wh", "tag:", "post:", "person:", "4", "h")),
    "/selection/cite": ({"tick": "@open"}, {"tick": "@partly"}, {"tick": "@hidden"}, {"as": "ris"}),
    "/go": tuple({"name": one} for one in ("LIMA 4711", "LIMA 4700", "xyzzyfile.txt", "LIMA 9999")),
    **{
        f"/record{page}": (
            *({}, {"q": "wheat"}, {"q": "zwiebackia"}, {"q": "wheat OR"}),
            *({"until": "1970-06-01"}, {"since": "1970-03-01"}),
        )
        for page in ("", "/meetings", "/matrix", "/open", "/suggestions", "/people")
    },
    "/graph": ({}, {"of": "LIMA 4711"}, {"of": "LIMA 4700", "steps": "1"}, {"of": "xyzzyfile.txt"}),
    "/graph.{form}": ({}, {"of": "LIMA 4711"}, {"of": "LIMA 4700"}),
    "/collate": tuple(
        {"first": one, "second": other}
        for one, other in (
            ("LIMA 4700", "LIMA 4715"),
            ("LIMA 4700", "LIMA 4711"),
            ("xyzzyfile.txt", "LIMA 4700"),
        )
    ),
    "/selection/export": ({"tick": "@hidden", "format": "text"}, {"tick": "@open", "format": "json"}),
    "/selection/report": ({"tick": "@hidden"}, {"tick": "@open"}),
    "/api/collation": (
        {"first": "LIMA 4700", "second": "LIMA 4711"},
        {"first": "LIMA 4700", "second": "LIMA 4715"},
    ),
    "/read/division": ({"job": "1", "file": "hidden.pdf"},),
    "/queue": ({}, {"q": "fishing"}, {"q": "zwiebackia"}),
    "/api/telegrams": ({}, {"q": "wheat"}, {"q": "zwiebackia"}, {"q": "tag:frotztag"}),
    "/api/search": tuple({"q": query} for query in QUERIES),
    "/telegram/{holding}": ({}, {"view": "source"}, {"view": "reading"}),
    "/telegram/{holding}/everywhere": (
        {"place": "5-9", "text": "MINISTER"},
        {"place": "5-9", "text": "X", "in": "archive"},
    ),
}
"""What is asked of an address, beside asking it for nothing."""


class Rooms:
    """Two rooms, with and without the hidden telegram, each seen by one reader."""

    def __init__(self, folder: Path, who: str) -> None:
        self.visitors: list[Visitor] = []
        self.archives: list[Archive] = []
        self.ids: list[dict[str, str]] = []
        for name in ("with", "without"):
            place = folder / name / "archive"
            self.ids.append(filled(place, hidden=name == "with"))
            archive = Archive.open(place)
            self.archives.append(archive)
            if who == "public":
                self.visitors.append(Visitor(archive, role="public"))
                continue
            accounts = Accounts(place)
            accounts.put("Rob Reader", PASSWORD, AccountRole.READER)
            accounts.put("Ed Lesser", PASSWORD, AccountRole.EDITOR)
            archive.handling.put_reader("Ed Lesser", "public", by="me")
            visitor = Visitor(archive, accounts=accounts)
            visitor.ask("POST", "/login", data={"name": who, "password": PASSWORD, "next": "/"})
            self.visitors.append(visitor)

    def close(self) -> None:
        for one in self.archives:
            one.close()

    def answers(self, address: str, **more: Any) -> list[httpx.Response]:
        return [
            visitor.get(_named(address, ids), **_filled_in(more, ids))
            for visitor, ids in zip(self.visitors, self.ids, strict=True)
        ]


def _named(address: str, ids: dict[str, str]) -> str:
    return re.sub(r"@(\w+)", lambda found: ids.get(found[1], "0123456789ab"), address)


def _filled_in(more: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    params = {name: _named(value, ids) for name, value in more.get("params", {}).items()}
    return more | {"params": params}


@pytest.fixture(scope="module", params=["public", "Rob Reader", "Ed Lesser"])
def rooms(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    made = Rooms(tmp_path_factory.mktemp("rooms"), request.param)
    yield made
    made.close()


def read_routes(routes: list[BaseRoute]) -> list[str]:
    """The addresses that can be read, with the parts that are to be filled in."""
    return [one.path for one in routes if isinstance(one, Route) and "GET" in (one.methods or ())]


def addresses(path: str) -> Iterator[str]:
    """An address with everything that may stand in it."""
    parts = re.findall(r"\{(\w+)(?::\w+)?\}", path)
    for choice in itertools.product(*(VALUES[part] for part in parts)):
        address = path
        for part, value in zip(parts, choice, strict=True):
            address = re.sub(rf"\{{{part}(?::\w+)?\}}", value, address, count=1)
        yield address


def told(answer: httpx.Response) -> str:
    """Everything that an answer says, without what differs from session to session."""
    text = answer.content.decode("latin-1")
    text = re.sub(r'name="token" value="[^"]+"', "", text)
    head = {
        name: value for name, value in answer.headers.items() if name not in ("set-cookie", "content-length")
    }
    return f"{answer.status_code} {json.dumps(head, sort_keys=True)}\n{text}"  # fmt: skip


def test_every_part_of_an_address_is_filled_in(rooms: Rooms) -> None:
    for path in read_routes(rooms.visitors[0].room.routes):
        for part in re.findall(r"\{(\w+)(?::\w+)?\}", path):
            assert part in VALUES, f"{path}: say in VALUES what may stand for {part}, so that it is tried"


def test_no_address_tells(rooms: Rooms) -> None:
    tried = 0
    for path in read_routes(rooms.visitors[0].room.routes):
        for address in addresses(path):
            for question in QUESTIONS.get(path, ({},)):
                held, control = rooms.answers(address, params=question)
                tried += 1
                assert held.status_code < 500, (address, question, held.text)
                shown = told(held)
                asked = f"{address} {question}".lower()
                assert [word for word in leaks(shown) if word not in asked] == [], (address, question)
                if not address.endswith("/pdf"):  # a PDF says when it was made
                    assert shown == told(control), (address, question)
    assert tried > 300


def test_ids_are_unknown(rooms: Rooms) -> None:
    ids = rooms.ids[0]
    for path in read_routes(rooms.visitors[0].room.routes):
        if "{holding}" not in path:
            continue
        for name in ("hidden", "copy", "partly"):
            for address in addresses(path.replace("{holding}", "@@@")):
                real, _ = rooms.answers(address.replace("@@@", ids[name]))
                unknown, _ = rooms.answers(address.replace("@@@", "0" * 12))
                assert real.status_code == 404, address
                assert told(real).replace(ids[name], "0" * 12) == told(unknown), address


def test_a_lesser_reader_changes_nothing(rooms: Rooms) -> None:
    visitor, ids = rooms.visitors[0], rooms.ids[0]
    before = rooms.archives[0].curation.acts()
    for route in visitor.room.routes:
        if (
            not isinstance(route, Route)
            or "POST" not in (route.methods or ())
            or route.path in ("/login", "/logout")
        ):
            continue  # fmt: skip
        for name in ("open", "hidden"):
            address = route.path.replace("{holding}", ids[name])
            answer = visitor.ask("POST", address, data={"token": "none is given", "text": "x", "tag": "x"})
            assert answer.status_code in (400, 403, 413, 415), address
            assert leaks(told(answer)) == []
            if address.startswith("/api/"):
                answer = visitor.ask("POST", address, json={"text": "x", "tag": "x"})
                assert answer.status_code == 403, address
                assert leaks(told(answer)) == []
    assert rooms.archives[0].curation.acts() == before
    assert visitor.get("/").status_code == 200


def test_images_that_the_owner_looked_at_are_not_kept_for_readers(tmp_path: Path) -> None:
    ids = filled(tmp_path / "archive", hidden=True)
    with Archive.open(tmp_path / "archive") as kept:
        page = "/telegram/LIMA-4700/page/1.png"
        owner = Visitor(kept)
        assert owner.get(page).status_code == 200
        public = Visitor(kept, role="public")
        public.room = owner.room
        site_readers = Visitor(kept, role="public")
        assert site_readers.get(page).status_code == 200
        kept.handling.release(ids["open"], "withheld", by="me", portion="1")
        assert site_readers.get(page).status_code == 404
        assert owner.get(page).status_code == 200


def test_uploads_name_nothing_to_readers(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(number=1, by="me", files=(Path("xyzzyfile.txt"),), at=AT, state=JobState.DONE)
    job.papers.append(
        {
            "file": "xyzzyfile.txt",
            "holding": rooms.ids[0]["hidden"],
            "title": "ZWIEBACKIA",
            "papers": 1,
            "copies": (),
        }
    )
    monkeypatch.setattr(Jobs, "all", lambda self: [job])
    for address in ("/read", "/read/state"):
        assert leaks(told(rooms.visitors[0].get(address))) == []
        assert "xyzzyfile" in Visitor(rooms.archives[0]).get(address).text
    assert rooms.visitors[0].get("/audit").status_code == 404


def test_an_editor_and_the_owner_see_everything(tmp_path: Path) -> None:
    ids = filled(tmp_path / "archive", hidden=True)
    with Archive.open(tmp_path / "archive") as kept:
        accounts = Accounts(kept.folder)
        accounts.put("Ann Editor", PASSWORD, AccountRole.EDITOR)
        editor = Visitor(kept, accounts=accounts)
        editor.ask("POST", "/login", data={"name": "Ann Editor", "password": PASSWORD, "next": "/"})
        for visitor in (editor, Visitor(kept)):
            assert "QUUXLEYAN" in visitor.get(f"/telegram/{ids['hidden']}").text
            page = visitor.get(f"/telegram/{ids['hidden']}/handling").text
            assert "closed until 2999-01-01" in page
            assert "embargo" in page
            trail = visitor.get("/audit?check=1").text
            assert "as they were written" in trail
            assert "Head:" in trail


def test_what_accounts_see_is_entered(tmp_path: Path) -> None:
    ids = filled(tmp_path / "archive", hidden=True)
    with Archive.open(tmp_path / "archive") as kept:
        accounts = Accounts(kept.folder)
        accounts.put("Rob Reader", PASSWORD, AccountRole.READER)
        reader = Visitor(kept, accounts=accounts)
        reader.ask("POST", "/login", data={"name": "Rob Reader", "password": PASSWORD, "next": "/"})
        before = kept.audit.head().number
        for address in (f"/telegram/{ids['open']}", "/search?q=wheat", "/api/search?q=wheat"):
            assert reader.get(address).status_code == 200
        assert reader.get("/telegram/LIMA-4700/export/tei").status_code == 200
        assert reader.get(f"/telegram/{ids['open']}/page/1.png").status_code == 200
        assert reader.get("/telegram/LIMA-4711").status_code == 404
        assert reader.get("/search/complete?q=w").status_code == 200
        fresh = kept.audit.entries()[::-1][before:]
        entered = [(one.what, one.by, one.data["address"]) for one in fresh]
        assert entered == [
            ("saw", "Rob Reader", f"/telegram/{ids['open']}"),
            ("saw", "Rob Reader", "/search?q=wheat"),
            ("saw", "Rob Reader", "/api/search?q=wheat"),
            ("exported", "Rob Reader", "/telegram/LIMA-4700/export/tei"),
            ("saw", "Rob Reader", f"/telegram/{ids['open']}/page/1.png"),
        ]
        assert kept.audit.flaws() == []
        owner = Visitor(kept)
        count = kept.audit.head().number
        owner.get(f"/telegram/{ids['hidden']}")
        assert kept.audit.head().number == count
        owner.get(f"/telegram/{ids['hidden']}/export/tei")
        assert kept.audit.head().number == count + 1


def test_the_page_of_a_barred_telegram_says_why(tmp_path: Path) -> None:
    filled(tmp_path / "archive", hidden=True)
    with Archive.open(tmp_path / "archive") as kept:
        page = Visitor(kept, role="public").get("/telegram/LIMA-4715/handling").text
        assert "a review says: released" in page
        assert "withheld in it, a review says: withheld" in page
        assert leaks(page) == []
