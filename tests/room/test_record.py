"""The record in the room: every row beside its line, rules and persons apart, no scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.record.review.fields import said_of
from septel.record.review.log import ObjectKind, Opinion, ReviewLog, Verdict
from septel.text import EditLog
from tests.archive.made import AT, holding_of
from tests.record.made_record import record, source
from tests.room.test_application import own_scripts
from tests.room.visitor import Visitor

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr("septel.archive.dossier.record_of", lambda *_, **__: record())
    with Archive.open(tmp_path / "archive") as opened:
        opened.add(holding_of(source(), EditLog(source().id), title=f"HELSINKI 1321 {HOSTILE}"))
        yield opened


def test_the_record_of_the_archive(archive: Archive) -> None:
    visitor = Visitor(archive)
    page = visitor.get("/record").text
    assert HOSTILE not in page
    assert own_scripts(page)
    at = f"/telegram/{source().id}"
    assert f'href="{at}?line=3#l3"' in page
    assert "1 · proposes" in page  # the heat map
    assert "plenary, 1969-11-18, SOVIET EMBASSY, held" in page  # the timeline
    assert "SMITH ASKED WHETHER ABM RADARS WERE INCLUDED" in visitor.get("/record/open").text
    assert "Suggestions of rules, not findings" in visitor.get("/record/suggestions").text
    assert 'href="/record"' in visitor.get("/").text
    assert f'href="{at}/record"' in visitor.get(at).text
    # Every link to a line finds its line.
    telegram = visitor.get(at).text
    for line in set(re.findall(rf'href="{at}\?line=\d+#(l\d+)"', page)):
        assert f'id="{line}"' in telegram


def test_the_record_of_a_telegram_as_reviewed(archive: Archive) -> None:
    visitor = Visitor(archive)
    at = f"/telegram/{source().id}/record"
    page = visitor.get(at).text
    assert page.count('<span class="rule">proposed</span>') == 0
    assert page.count('class="rule">rule<') == 4  # three statements, and the note
    said, _, no = record().statements
    log = ReviewLog(source().id)
    for verdict, statement in ((Verdict.CORRECTED, said), (Verdict.REJECTED, no)):
        fields = dict(said_of(statement)) | ({"act": "commits"} if statement is said else {})
        opinion = Opinion(
            kind=ObjectKind.STATEMENT,
            verdict=verdict,
            span=statement.excerpt.locus.span,
            said=tuple(fields.items()),
            reason="seen on the film",
        )
        log = log.add(opinion, by="Ann & Co", at=AT)
    lost = replace(opinion, span=None, lost="its words are gone", origin="x:1")
    archive.review(log.add(lost, by="Bob", at=AT))
    page = visitor.get(at).text
    assert (
        '<span class="person">corrected</span> <span class="quiet small">Ann &amp; Co: seen on the film'
        in page
    )
    assert "<td>commits</td>" in page
    assert "Rejected by a person" in page
    assert "its words are gone" in page
    assert "COMMENT: SEMENOV SEEMED AT EASE" in page
    assert visitor.get("/telegram/000000000000/record").status_code == 404


def test_records_come_from_the_archive_s_cache(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(archive)
    first = visitor.get("/record").text
    monkeypatch.setattr("septel.archive.dossier.record_of", None)  # nothing is read a second time
    assert visitor.get("/record").text == first
    opinion = Opinion(kind=ObjectKind.CLAIM, verdict=Verdict.ACCEPTED, span=source().lines[0])
    archive.review(archive.reviews(source().id).add(opinion, by="Ann", at=AT))
    assert visitor.get("/record").status_code == 200


def test_a_statement_is_judged(archive: Archive) -> None:
    visitor, other = Visitor(archive, by="Ann"), Visitor(archive, by="Bob")
    at = f"/telegram/{source().id}"
    page = visitor.get(f"{at}/record").text
    places = re.findall(r'name="place" value="([^"]+)"', page)
    assert len(places) == 3
    right = {"place": places[0], "seen": 0, "verdict": "accepted", "why": "film"}
    assert visitor.post(f"{at}/review", right).status_code == 303
    assert (
        'class="person">accepted</span> <span class="quiet small">Ann: film'
        in visitor.get(f"{at}/record").text
    )
    # The second person sees that the first was quicker; about another statement nobody stands in the way.
    assert "Ann has judged it" in other.post(f"{at}/review", right).text
    changed = {"place": places[1], "seen": 0, "verdict": "corrected", "act": "commits"}
    assert other.post(f"{at}/review", changed).status_code == 303
    assert "<td>commits</td>" in other.get(f"{at}/record").text
    for fields in ({"verdict": "corrected"}, {"verdict": "burn"}, {"verdict": "corrected", "act": "sings"}):
        assert other.post(f"{at}/review", {"place": places[2], "seen": 9} | fields).status_code == 400
    assert other.post(f"{at}/review", {"place": "0-1", "seen": 9, "verdict": "accepted"}).status_code == 404
    assert len(archive.reviews(source().id).entries) == 2
