"""The reading room: everything is shown, nothing runs, nobody else gets in."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from septel.archive import Archive
from septel.errors import NotHeld, UsageError
from septel.room import app, serve
from septel.room.views import counted, kind_of, line_views, note_of
from septel.text import EditLog, Source
from tests.archive.made import AT, decision, edit, holding_of, made, source_of_pages

HOSTILE = '<script>alert(1)</script> & "q" <img src=x onerror=y> \''


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


class Visitor:
    """Asks the room without a network between them."""

    def __init__(self, archive: Archive) -> None:
        self.room = app(archive)

    def ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.room)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8151") as client:
                return await client.request(method, address, **more)

        return asyncio.run(asked())

    def get(self, address: str, **more: Any) -> httpx.Response:
        return self.ask("GET", address, **more)


@pytest.fixture
def visitor(archive: Archive) -> Visitor:
    return Visitor(archive)


def test_an_empty_room(visitor: Visitor) -> None:
    assert "The archive is empty" in visitor.get("/").text


def test_the_list(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    archive.add(holding)
    archive.add(made("OTHER\n", name="b.txt", identifier=None, dtg=None, title="A letter"))
    page = visitor.get("/").text
    assert f'href="/telegram/{holding.id}"' in page
    assert "HELSINKI 1321" in page
    assert "A letter" in page
    assert "2 telegrams" in page


def test_the_telegram_shows_every_line_and_every_edit(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    archive.add(holding)
    page = visitor.get(f"/telegram/{holding.id}").text
    for number in range(1, len(holding.source.lines) + 1):
        assert page.count(f'id="l{number}"') == 1
    for entry in holding.log.active():
        assert page.count(f'id="e{entry.number}"') == 1
        assert page.count(f'id="nr{entry.number}"') == 1
    identifiers = re.findall(r' id="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert "&#39;SAIT&#39; read as &#39;SALT&#39;; language; right with probability 0.55 (made up)" in page
    assert "or: SAID (0.25), SAIL" in page
    assert "seen on the film" in page
    assert "[…4]" in page
    assert "Page 2" in page
    assert "STATE 1" in page
    assert "NEXT MEETING AT MOSCOW" in page


def test_both_sides_are_whole() -> None:
    holding = made()
    views = line_views(holding)
    assert [v.number for v in views] == [1, 2, 3, 4, 5]
    assert [v.opens_page for v in views] == [1, None, None, 2, None]
    source = ["".join(p.text for p in v.source) for v in views]
    assert source == [line.of(holding.source.text) for line in holding.source.lines]
    restored = ["".join(p.text for p in v.restored if p.kind != "unreadable") for v in views]
    assert restored == list(holding.reading.line_texts)
    assert counted(holding) == {"changed": 1, "doubtful": 2, "unreadable": 1, "decided": 1}
    assert [kind_of(e) for e in holding.log.active()] == [
        "changed",
        "doubtful",
        "unreadable",
        "doubtful",
        "decided",
    ]
    assert note_of(holding.log.active()[2]) == "Unreadable: '~~~~'; channel. Entry 3, by septel."


def test_what_was_taken_out_can_still_be_pointed_at(archive: Archive, visitor: Visitor) -> None:
    holding = made(decided=False)
    log = holding.log.add([decision(holding.source, "0F ", "")], by="M. Reader", at=AT)
    archive.add(holding_of(holding.source, log))
    page = visitor.get(f"/telegram/{holding.id}").text
    assert '<span class="edit decided gone"' in page


def test_the_log(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    log = holding.log.undo(1, by="M. Reader", at=AT)
    archive.add(holding_of(holding.source, log))
    page = visitor.get(f"/telegram/{holding.id}/log").text
    assert "undoes entry 1" in page
    assert f'href="/telegram/{holding.id}#e2"' in page
    assert f'href="/telegram/{holding.id}#l2"' in page  # entry 1 has no place of its own any more
    assert page.count('<tr class="past">') == 2


def test_hostile_text_is_only_text(archive: Archive, visitor: Visitor) -> None:
    source = source_of_pages(f"{HOSTILE}\nSAIT\n", name=HOSTILE)
    log = (
        made()
        .log.__class__(source.id)
        .add([edit(source, "SAIT", HOSTILE, probability=0.1, detail=HOSTILE)], by=HOSTILE, at=AT)
    )
    fields: dict[str, object] = dict.fromkeys(("title", "identifier", "post", "subject", "dtg"), HOSTILE)
    holding = holding_of(source, log, meeting={"raw": HOSTILE}, references=({"raw": HOSTILE},), **fields)
    archive.add(holding)
    pages = ["/", f"/telegram/{holding.id}", f"/telegram/{holding.id}/log", f"/telegram/{HOSTILE}"]
    texts = [visitor.get(page).text for page in pages]
    texts.append(visitor.get("/search", params={"q": HOSTILE}).text)
    texts.append(visitor.get("/search", params={"q": "alert"}).text)
    for text in texts:
        assert "<script" not in text.lower()
        assert "<img" not in text.lower()
    assert "&lt;script&gt;" in texts[0]
    assert "<mark>alert</mark>" in texts[-1]


def test_every_answer_is_shielded(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    archive.add(holding)
    at = f"/telegram/{holding.id}"
    addresses = ["/", "/search?q=salt", at, f"{at}/log", f"{at}/export/tei", "/static/room.css", "/nowhere"]
    answers = [visitor.get(address) for address in addresses]
    answers.append(visitor.get("/", headers={"Host": "evil.example"}))
    answers.append(visitor.ask("POST", "/"))
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if answer.headers["Content-Type"].startswith("text/html"):
            assert "<script" not in answer.text.lower()
            assert " style=" not in answer.text  # the policy would forbid it
            assert not re.search(r"""(?:src|href|action)=["']?(?:https?:|//|javascript:)""", answer.text)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "testserver", ""]
)
def test_a_foreign_name_is_refused(archive: Archive, visitor: Visitor, host: str) -> None:
    archive.add(made())
    answer = visitor.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "HELSINKI" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8151", "[::1]:8151"])
def test_this_machine_may_come_in(visitor: Visitor, host: str) -> None:
    assert visitor.get("/", headers={"Host": host}).status_code == 200


def test_what_is_not_there(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    archive.add(holding)
    for tail in (
        "nothing",
        "nothing/log",
        "..%2f..%2fetc",
        f"{holding.id}/export/docx",
        f"{holding.id}/page/0.png",
    ):
        answer = visitor.get(f"/telegram/{tail}")
        assert answer.status_code == 404, tail
        assert "Not here" in answer.text
    assert visitor.get(f"/telegram/{holding.id}/page/1.png").status_code == 404
    assert visitor.get("/static/../room.py").status_code == 404


def test_searching(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    archive.add(holding)
    page = visitor.get("/search", params={"q": "salt"}).text
    assert f'href="/telegram/{holding.id}#l2"' in page
    assert "<mark>SALT</mark>" in page
    assert "1 line for" in page
    assert "by another possible reading" in visitor.get("/search", params={"q": "SAID"}).text
    assert "as the source came" in visitor.get("/search", params={"q": "SAIT"}).text
    assert "looks alike" in visitor.get("/search", params={"q": "REYKJAWIK"}).text
    assert "0 lines" in visitor.get("/search", params={"q": "NEAR( *\x00"}).text
    assert visitor.get("/search", params={"q": "x" * 10_000}).status_code == 200
    assert "Type words above" in visitor.get("/search").text


@pytest.mark.parametrize(
    ("name", "kind", "ending"),
    [
        ("text", "text/plain", ".txt"),
        ("plain", "text/plain", ".txt"),
        ("json", "application/json", ".json"),
        ("tei", "application/tei+xml", ".xml"),
    ],
)
def test_exports(archive: Archive, visitor: Visitor, name: str, kind: str, ending: str) -> None:
    holding = made(identifier='A/B "C"\r\nX: é')
    archive.add(holding)
    answer = visitor.get(f"/telegram/{holding.id}/export/{name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Content-Disposition"].endswith(f"A-B%20%22C%22%0D%0AX%3A%20%C3%A9{ending}")
    assert b"SALT" in answer.content
    if name == "json":
        assert json.loads(answer.content)["source"]["id"] == holding.id


def test_page_images(archive: Archive, visitor: Visitor, tmp_path: Path) -> None:
    files = []
    for number, size in enumerate([(40, 30), (60, 20)], 1):
        files.append(tmp_path / f"scan-{number}.png")
        Image.new("L", size, 255).save(files[-1])
    holding = made()
    archive.add(holding, files)
    at = f"/telegram/{holding.id}"
    assert f'href="{at}/page/2.png"' in visitor.get(at).text
    for number, size in enumerate([(40, 30), (60, 20)], 1):
        answer = visitor.get(f"{at}/page/{number}.png")
        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == size
    assert visitor.get(f"{at}/page/3.png").status_code == 404
    for kept in archive.objects.folder.rglob("*"):
        if kept.is_file():
            kept.unlink()
    assert visitor.get(f"{at}/page/1.png").status_code == 404


def test_empty_sources_are_shown(archive: Archive, visitor: Visitor) -> None:
    source = Source.of_text("")
    archive.add(holding_of(source, EditLog(source.id)))
    assert visitor.get(f"/telegram/{source.id}").status_code == 200


def test_serving_others_must_be_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[dict[str, Any]] = []

    def run(room: object, **settings: Any) -> None:
        calls.append(settings)

    monkeypatch.setattr("septel.room.room.uvicorn.run", run)
    with pytest.raises(NotHeld):
        serve(tmp_path)
    Archive.open(tmp_path).close()
    for host in ("0.0.0.0", "::", "archive.example", "testserver", ""):
        with pytest.raises(UsageError, match="--expose"):
            serve(tmp_path, host=host)
    assert calls == []
    serve(tmp_path)
    serve(tmp_path, host="0.0.0.0", port=9000, expose=True)
    assert [(c["host"], c["port"]) for c in calls] == [("127.0.0.1", 8151), ("0.0.0.0", 9000)]
