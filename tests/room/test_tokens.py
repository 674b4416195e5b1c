"""Tokens, and what other programs change by them: the same rules of conflict as for pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from septel.archive import Archive
from septel.errors import NotHeld, StoreError, UsageError
from septel.record.review.log import ObjectKind
from septel.room.access import AccountRole, Accounts, Tokens, TokenScope
from tests.archive.made import made
from tests.room.visitor import Visitor

HELD = made().id
AT = f"/api/telegrams/{HELD}"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        opened.add(made())
        yield opened


def send(visitor: Visitor, what: str, body: Any, token: str = "", **headers: str) -> httpx.Response:
    given = {"authorization": f"Bearer {token}"} if token else {}
    return visitor.ask("POST", f"{AT}/{what}", json=body, headers=given | headers)


def test_tokens_are_kept_hashed_and_revoked(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    made_token, secret = tokens.make("Ann", " my   notebook ", TokenScope.WRITE)
    file = tmp_path / "tokens.json"
    assert secret.removeprefix(f"septel_{made_token.id}_") not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert tokens.check(secret) == made_token
    assert made_token.label == "my notebook"
    for wrong in ("", "septel", secret[:-1], secret.replace("septel", "other"), f"septel_{made_token.id}_"):
        assert tokens.check(wrong) is None
    with pytest.raises(NotHeld):
        tokens.revoke(made_token.id, name="Bob")
    tokens.revoke(made_token.id, name="Ann")
    assert tokens.check(secret) is None
    for _ in range(50):
        tokens.make("Ann", "", TokenScope.READ)
    with pytest.raises(UsageError):
        tokens.make("Ann", "", TokenScope.READ)
    file.write_text("{")
    with pytest.raises(StoreError):
        tokens.all()


def test_who_may_do_what(archive: Archive) -> None:
    accounts, tokens = Accounts(archive.folder), Tokens(archive.folder)
    accounts.put("Ann", "a long password", AccountRole.EDITOR)
    accounts.put("Bob", "a long password", AccountRole.READER)
    visitor = Visitor(archive, accounts=accounts)
    assert visitor.get("/api/telegrams").status_code == 401
    assert visitor.get("/api/telegrams").json()["fault"]
    note = {"text": "compare the film"}
    _, writes = tokens.make("Ann", "", TokenScope.WRITE)
    _, reads = tokens.make("Ann", "", TokenScope.READ)
    _, reader = tokens.make("Bob", "", TokenScope.WRITE)
    gone, nobody = tokens.make("Eve", "", TokenScope.WRITE)
    statuses = [send(visitor, "notes", note, one).status_code for one in (writes, reads, reader, nobody, "x")]
    assert statuses == [201, 403, 403, 401, 401]
    heads = {"authorization": f"Bearer {reads}"}
    assert visitor.get("/api/telegrams", headers=heads).status_code == 200
    # A token opens the API, and no page.
    assert visitor.get("/", headers=heads).status_code == 303
    tokens.revoke(gone.id)
    (kept,) = archive.state(HELD).notes
    assert (kept.by, kept.text) == ("Ann", "compare the film")


def test_no_page_of_another_site_changes_anything(archive: Archive) -> None:
    visitor = Visitor(archive)
    body = {"tag": "salt"}
    assert send(visitor, "tags", body, origin="http://evil.example").status_code == 403
    assert send(visitor, "tags", body, **{"sec-fetch-site": "cross-site"}).status_code == 403
    form = visitor.ask("POST", f"{AT}/tags", content=json.dumps(body), headers={"content-type": "text/plain"})
    assert form.status_code == 415
    assert archive.state(HELD).tags == ()
    assert send(visitor, "tags", body).status_code == 201


def test_decisions_and_conflicts(archive: Archive) -> None:
    visitor, other = Visitor(archive, by="Ann"), Visitor(archive, by="Bob")
    told = visitor.get(f"{AT}/queue").json()
    doubt = next(one for one in told["doubts"] if one["source"] == "SAIT")
    asked = {"place": doubt["place"], "verdict": "read", "text": "SALT", "seen": told["seen"]}
    done = send(visitor, "decisions", asked)
    assert done.status_code == 201
    entry = done.json()["number"]
    assert archive.log(HELD).entries[entry - 1].by == "Ann"
    overtaken = send(other, "decisions", asked | {"text": "SAID"})
    assert overtaken.status_code == 409
    assert "Ann" in overtaken.json()["fault"]
    assert send(other, "undo", {"entry": entry}).status_code == 201
    assert send(other, "undo", {"entry": 999}).status_code == 400
    assert send(other, "decisions", asked | {"place": "0-99999"}).status_code == 400


def test_fields_and_their_conflicts(archive: Archive) -> None:
    visitor, other = Visitor(archive, by="Ann"), Visitor(archive, by="Bob")
    seen = visitor.get(f"{AT}/state").json()["seen"]
    asked = {"field": "box", "value": "12", "seen": seen, "why": "label"}
    assert len(send(visitor, "fields", asked).json()["numbers"]) == 1
    assert "Ann" in send(other, "fields", asked | {"value": "13"}).json()["fault"]
    assert send(other, "fields", {"field": "folder", "value": None, "seen": seen}).status_code == 201
    assert send(other, "fields", {"field": "dtg", "value": "no date", "seen": 9}).status_code == 400
    assert visitor.get(f"{AT}/state").json()["corrected"]["box"] == "12"
    assert visitor.get("/api/telegrams").json()["telegrams"][0]["box"] == "12"


def test_statements_are_added_and_judged(archive: Archive) -> None:
    visitor, other = Visitor(archive, by="Ann"), Visitor(archive, by="Bob")
    at = archive.source(HELD).text.index("1. HE SPOKE")
    place = f"{at}-{at + 24}"
    added = {"place": place, "verdict": "added", "fields": {"side": "Soviet", "act": "states"}, "seen": 0}
    assert send(visitor, "statements", added | {"fields": {}}).status_code == 400
    assert send(visitor, "statements", added).status_code == 201
    assert send(other, "statements", added).status_code == 409
    wrong = {"place": place, "verdict": "corrected", "fields": {"act": "asks"}, "seen": 1}
    assert send(other, "statements", wrong).status_code == 201
    assert send(other, "statements", wrong | {"place": "0-2"}).status_code == 404
    assert send(other, "statements", wrong | {"fields": {"act": "sings"}, "seen": 9}).status_code == 400
    kinds = [one.opinion.kind for one in archive.reviews(HELD).entries if one.opinion]
    assert kinds == [ObjectKind.STATEMENT] * 2


@pytest.mark.parametrize(
    "body", [{}, [], {"tag": ""}, {"tag": 5}, {"tag": "x", "more": 1}, {"tag": "x", "off": "yes"}]
)
def test_what_is_not_described_is_refused(archive: Archive, body: object) -> None:
    answer = send(Visitor(archive), "tags", body)
    assert answer.status_code == 400
    assert answer.json()["fault"]


def test_tokens_are_made_in_the_room(archive: Archive) -> None:
    visitor = Visitor(archive, by="Ann")
    page = visitor.post("/tokens", {"label": "desk <b>", "scope": "read"}).text
    secret = page.split('<code class="secret">')[1].split("</code>")[0]
    assert "desk &lt;b&gt;" in page
    found = Tokens(archive.folder).check(secret)
    assert found is not None
    assert secret not in visitor.get("/tokens").text
    assert visitor.post("/tokens", {"scope": "all"}).status_code == 400
    assert visitor.post("/tokens", {"revoke": found.id}).status_code == 303
    assert Tokens(archive.folder).all() == []
