"""The reading room: everything is shown, nothing runs, nobody else gets in."""

from __future__ import annotations

import io
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from septel.archive import Archive
from septel.archive.model.stored_tree import parts_of, tree_of
from septel.errors import NotHeld, UsageError
from septel.room import serve
from septel.room.access.accounts import AccountRole, Accounts
from septel.room.lines import counted, doubt_of, kind_of, line_views, note_of
from septel.room.outline import heading_of, labels_of, meeting_of, outline_of, references_of
from septel.telegram import parse, to_json
from septel.text import EditLog, Reading, Source, Span, marked_value
from tests.archive.made import AT, decision, edit, holding_of, made, source_of_pages
from tests.room.visitor import Visitor

HOSTILE = '<script>alert(1)</script> & "q" <img src=x onerror=y> \''


def own_scripts(page: str) -> bool:
    """Whether all scripts of a page are files of the room, and none stands in the page."""
    scripts = re.findall(r"<script[^>]*>.*?</script>", page.lower(), re.DOTALL)
    own = [re.fullmatch(r'<script src="/static/[\w./-]+" defer></script>', one) for one in scripts]
    return all(own) and page.lower().count("<script") == len(own) > 0


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


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
    identifiers = re.findall(r' id="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    (doubt,) = re.findall(r'id="e2" href="([^"]+)" title="came as SAIT; 0.55"', page)
    place = visitor.get(doubt).text
    rows = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", place))
    assert rows["Came as"] == "SAIT"
    assert rows["Read as"] == "SALT"
    assert rows["Why"] == "language"
    assert rows["Probability"] == "0.55, by made up"
    assert rows["May also be"] == "SAID (0.25), SAIL"
    decided = visitor.get(re.findall(r'id="e5" href="([^"]+)"', page)[0]).text
    words = re.sub(r"<[^>]+>", "", page)
    assert "Page 3 was not read: page 3 is torn" in words
    assert "seen on the film" in decided
    assert "[…4]" in page
    assert "Page 2" in page
    assert "STATE 1" in page
    assert "NEXT MEETING AT MOSCOW" in page


def test_both_sides_are_whole() -> None:
    holding = made()
    tree = tree_of(holding)
    views = line_views(holding, parts_of(holding, tree), labels_of(tree))
    assert [v.number for v in views] == [1, 2, 3, 4, 5]
    assert [v.opens for v in views] == [(1,), (), (), (2,), ()]
    assert [v.page for v in views] == [1, 1, 1, 2, 2]
    assert [v.label for v in views] == ["", "", "1", "", ""]
    assert [v.layer for v in views] == ["heading", "heading", "text", "text", "text"]
    source = ["".join(p.text for p in v.source) for v in views]
    assert source == [line.of(holding.source.text) for line in holding.source.lines]
    restored = ["".join(p.text for p in v.restored if p.kind != "unreadable") for v in views]
    assert restored == list(holding.reading.line_texts)
    kinds = {"changed": 1, "doubtful": 2, "unreadable": 1, "decided": 1}
    assert counted(views) == kinds | {"doubt1": 0, "doubt2": 2, "doubt3": 0}
    assert [kind_of(e) for e in holding.log.active()] == [
        "changed",
        "doubtful",
        "unreadable",
        "doubtful",
        "decided",
    ]
    assert note_of(holding.log.active()[2]) == (
        ("Came as", "~~~~"),
        ("Read as", "unreadable; nothing is claimed"),
        ("Why", "channel"),
        ("Log", "entry 3, by septel"),
    )


def test_pages_without_lines_open_and_close() -> None:
    source = source_of_pages("A\n", "", "B\n", "")
    holding = holding_of(source, EditLog(source.id))
    views = line_views(holding, parts_of(holding, None), {})
    assert [v.opens for v in views] == [(1,), (2, 3)]
    assert [v.page for v in views] == [1, 3]


@pytest.mark.parametrize(
    ("probability", "doubt"), [(0.86, 1), (0.75, 1), (0.749, 2), (0.5, 2), (0.499, 3), (0.95, 0), (None, 0)]
)
def test_doubts_come_in_three_shades(
    archive: Archive, visitor: Visitor, probability: float | None, doubt: int
) -> None:
    source = source_of_pages("SAIT\n")
    log = EditLog(source.id).add([edit(source, "SAIT", "SALT", probability=probability)], by="x", at=AT)
    (entry,) = log.active()
    assert doubt_of(entry) == doubt
    archive.add(holding_of(source, log))
    page = visitor.get(f"/telegram/{source.id}").text
    # Never by colour alone: the signs count the doubt.
    sign = f'SALT<sup class="sign">[{"?" * doubt}]</sup>'
    assert (sign in page) == (doubt > 0)
    assert (f'class="edit doubtful d{doubt}" id="e1"' in page) == (doubt > 0)


def test_without_scripts_the_tab_key_stops_at_doubts(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    archive.add(holding)
    page = visitor.get(f"/telegram/{holding.id}").text
    stops = re.findall(r'<a class="edit (\w+)[^>]*>', page)
    held = re.findall(r'<a class="edit (\w+)[^>]* tabindex="-1">', page)
    assert sorted(stops) == ["changed", "decided", "doubtful", "doubtful", "unreadable"]
    assert sorted(held) == ["changed", "decided"]


def test_the_telegram_s_own_order() -> None:
    holding = made()
    tree = tree_of(holding)
    rows = {row.name: (row.value, row.line) for row in heading_of(holding, tree)}
    assert rows["From"] == ("HELSINKI", 1)
    assert rows["Next meeting"] == ("NEXT MEETING AT MOSCOW", None)
    assert rows["Marked when sent"] == ("SECRET", None)
    (part,) = outline_of(holding, tree)
    assert (part.label, part.depth, part.line) == ("1", 0, 3)
    assert part.words.startswith("HE SPOKE OF REYKJAVIK")
    assert labels_of(tree) == {3: "1"}


def test_words_of_the_heading_have_the_marks_of_their_line() -> None:
    passing = "DEPT PLEASE PASS USMISSION NATO AND AMEMBASSY MOSCOW AS INFO ROUTINE"
    text = f"{passing}\nFM USDEL SALT HELSINKI\n1. HE SPOKE.\n"
    source = Source.of_text(text)
    doubt = edit(source, "AMEMBASSY", "AMEMBASSY", probability=0.4)
    reading = Reading.of(source, [doubt])
    passed = Span(0, len(passing))
    assert marked_value(reading, passed, "USMISSION NATO, AMEMBASSY MOSCOW") == (
        "USMISSION NATO, AMEMBASSY[?] MOSCOW"
    )
    assert marked_value(Reading.of(source), passed, "AMEMBASSY MOSCOW") == "AMEMBASSY MOSCOW"
    log = EditLog(source.id).add([doubt], at=AT, by="septel")
    held = holding_of(source, log=log, telegram=to_json(parse(reading)))
    rows = {row.name: row.value for row in heading_of(held, tree_of(held))}
    assert rows["To be passed to"] == "USMISSION NATO, AMEMBASSY[?] MOSCOW"


def test_a_tree_of_another_version_is_left_aside(archive: Archive, visitor: Visitor) -> None:
    holding = made(telegram={"version": "99", "wonders": []})
    archive.add(holding)
    assert tree_of(archive.holding(holding.id)) is None
    rows = {row.name: row.value for row in heading_of(holding, None)}
    assert rows["Classified"] == "SECRET, EXDIS, NODIS"
    assert outline_of(holding, None) == []
    page = visitor.get(f"/telegram/{holding.id}").text
    assert "SALT" in page
    assert "Parts of the telegram" not in page


def test_references_are_listed_once_and_point_at_their_line() -> None:
    locus = {"source_id": "x", "span": {"start": 50, "end": 53}}
    first = {"raw": "MOSCOW 0001", "normal": "MOSCOW 1", "kind": "telegram", "locus": locus}
    holding = made(references=(first, first | {"locus": None}, {"raw": "SEPTEL"}, {}))
    rows = [(row.value, row.name, row.line) for row in references_of(holding)]
    assert rows == [("MOSCOW 1", "telegram", holding.source.line_at(50)), ("SEPTEL", "", None)]


@pytest.mark.parametrize(
    ("meeting", "shown"),
    [
        ({"place": "US MISSION", "weekday": "TUESDAY", "day": 18, "month": 5}, "US MISSION, TUESDAY, 18 May"),
        ({"raw": "MEET AGAIN SOON"}, "MEET AGAIN SOON"),
        ({}, ""),
    ],
)
def test_meetings_in_words(meeting: dict[str, object], shown: str) -> None:
    assert meeting_of(meeting) == shown


def test_the_page_beside_its_reading(archive: Archive, visitor: Visitor, tmp_path: Path) -> None:
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"scan-{number}.png")
        Image.new("L", (800, 1000), 255).save(files[-1])
    holding = made()
    archive.add(holding, files)
    at = f"/telegram/{holding.id}"
    telegram = visitor.get(at).text
    assert f'href="{at}/page/1"' in telegram
    assert visitor.get(f"{at}/page/1.json").json() == {
        "size": [800, 1000],
        "lines": [[1, 10, 20, 90, 40]],
        "words": [[0, 2, 10, 20, 90, 40]],
    }
    page = visitor.get(f"{at}/page/2").text
    assert '<svg viewBox="0 0 800 1000"' in page
    assert f'<image href="{at}/page/2.png" width="800" height="1000"/>' in page
    assert '<a href="#l4" id="b4"' in page
    assert '<rect x="10" y="20" width="80" height="20"/>' in page
    assert 'href="#b4"' in page
    assert 'id="l4"' in page
    assert 'id="l3"' not in page
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page
    assert "[…4]" in page
    for number in (0, 3):
        assert visitor.get(f"{at}/page/{number}").status_code == 404
    found = visitor.get("/search", params={"q": "NEXT"}).text
    assert f'href="{at}/page/2#b4"' in found
    (strip,) = re.findall(rf'src="({at}/strip/[^"]+)"', found)
    assert visitor.get(strip).headers["Content-Type"] == "image/png"


def test_a_text_has_no_page_images(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    archive.add(holding)
    assert visitor.get(f"/telegram/{holding.id}/page/1").status_code == 404
    assert "/page/1" not in visitor.get(f"/telegram/{holding.id}").text


def test_what_was_taken_out_can_still_be_pointed_at(archive: Archive, visitor: Visitor) -> None:
    holding = made(decided=False)
    log = holding.log.add([decision(holding.source, "0F ", "")], by="M. Reader", at=AT)
    archive.add(holding_of(holding.source, log))
    page = visitor.get(f"/telegram/{holding.id}").text
    assert '<a class="edit decided gone"' in page


def test_the_log(archive: Archive, visitor: Visitor) -> None:
    holding = made()
    log = holding.log.undo(1, by="M. Reader", at=AT)
    archive.add(holding_of(holding.source, log))
    page = visitor.get(f"/telegram/{holding.id}/log").text
    assert "undoes entry 1" in page
    for entry in holding.log.entries:
        assert entry.edit is not None
        place = f"{entry.edit.span.start}-{entry.edit.span.end}"
        assert f'href="/telegram/{holding.id}/at/{place}"' in page
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
        assert own_scripts(text)
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
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if answer.headers["Content-Type"].startswith("text/html"):
            assert own_scripts(answer.text)
            assert not re.search(r"<[^>]* on\w+=", answer.text)
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
    assert f'href="/telegram/{holding.id}?line=2#l2"' in page
    assert "<mark>SALT[?]</mark>" in page
    assert "in 1 telegram for" in page
    assert re.search(
        r'<a href="/search\?q=salt\+class%3ASECRET[^"]*">SECRET</a> <span class="quiet">1<', page
    )
    rival = visitor.get("/search", params={"q": "SAID"}).text
    assert "by another possible reading" in rival
    assert "SALT may be SAID" in rival
    assert "as the source came" in visitor.get("/search", params={"q": "SAIT"}).text
    assert "looks alike" in visitor.get("/search", params={"q": "REYKJAWIK"}).text
    assert 'role="alert"' in visitor.get("/search", params={"q": "NEAR( *\x00"}).text
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
    assert f'href="{at}/page/2"' in visitor.get(at).text
    for number, size in enumerate([(40, 30), (60, 20)], 1):
        answer = visitor.get(f"{at}/page/{number}.png")
        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == size
    assert visitor.get(f"{at}/page/3.png").status_code == 404
    for kept in (archive.folder / "objects").rglob("*"):
        if kept.is_file():
            kept.unlink()
    assert Visitor(archive).get(f"{at}/page/1.png").status_code == 404


def test_empty_sources_are_shown(archive: Archive, visitor: Visitor) -> None:
    source = Source.of_text("")
    archive.add(holding_of(source, EditLog(source.id)))
    assert visitor.get(f"/telegram/{source.id}").status_code == 200


def test_others_are_served_by_account_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[str] = []
    monkeypatch.setattr(
        "septel.room.application.uvicorn.Server.run", lambda self, sockets: served.append("x")
    )
    with pytest.raises(NotHeld):
        serve(tmp_path)
    Archive.open(tmp_path).close()
    for host in ("0.0.0.0", "::", "archive.example", "testserver", ""):
        with pytest.raises(UsageError, match="nobody has an account"):
            serve(tmp_path, host=host)
    assert served == []
    serve(tmp_path, port=free_port())
    Accounts(tmp_path).put("Ann", "a long password", AccountRole.READER)
    serve(tmp_path, host="0.0.0.0", port=free_port())
    assert len(served) == 2


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(UsageError, match="is in use"):
            serve(tmp_path, port=other.getsockname()[1])


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
