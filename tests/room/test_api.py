"""The same as JSON: what the description says is there, and nothing answers with a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from septel.archive import Archive
from tests.archive.made import made
from tests.room.visitor import Visitor

HELD = made().id


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add(made(references=()))
        yield Visitor(archive)


def test_every_described_address_answers(visitor: Visitor) -> None:
    described = visitor.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    asked = {"/api/search": {"q": "salt"}, "/api/collation": {"first": HELD, "second": HELD}}
    read = [path for path, methods in described["paths"].items() if "get" in methods]
    written = [path for path, methods in described["paths"].items() if "post" in methods]
    assert (len(read), len(written)) == (18, 6)
    for path in read:
        address = path.replace("{holding}", "HELSINKI-1321").replace("{form}", "ris")
        answer = visitor.get(address, params=asked.get(path))
        assert answer.status_code == 200, path
        assert isinstance(answer.json(), dict), path
    for path in written:
        answer = visitor.ask("POST", path.replace("{holding}", "HELSINKI-1321"), json={})
        assert answer.status_code == 400, path
    served = {
        one for route in visitor.room.routes if (one := str(getattr(route, "path", ""))).startswith("/api")
    }
    assert served == {*described["paths"], "/api/openapi.json"}


def test_what_it_tells(visitor: Visitor) -> None:
    (row,) = visitor.get("/api/telegrams").json()["telegrams"]
    assert row["id"] == HELD
    found = visitor.get("/api/search", params={"q": "salt"}).json()
    assert found["hits"][0]["line"] == 2
    assert found["facets"]["class"] == {"SECRET": 1}
    lines = visitor.get(f"/api/telegrams/{HELD}/text").json()["lines"]
    assert lines[1]["source"] == "SECRET TALK5 ABOUT SAIT"
    assert lines[1]["reads"] == "SECRET TALKS ABOUT SALT"
    assert lines[1]["marked"] == "SECRET TALKS ABOUT SALT[?]"
    doubts = visitor.get(f"/api/telegrams/{HELD}/queue").json()["doubts"]
    assert {one["source"] for one in doubts} == {"SAIT", "~~~~", "MOSCOW"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/telegrams/none", 404),
        (f"/api/telegrams/{HELD}/citations/haiku", 400),
        ("/api/search?q=", 400),
        ("/api/search?q=salt&sort=mood", 400),
        ("/api/search?q=salt&limit=-1", 400),
        ("/api/search?q=salt&limit=%C2%B2", 400),
        ("/api/telegrams?offset=x", 400),
        ("/api/telegrams?q=post%3A", 400),
    ],
)
def test_what_it_refuses(visitor: Visitor, address: str, status: int) -> None:
    answer = visitor.get(address)
    assert answer.status_code == status
    assert answer.json()["fault"]
