"""Reviews in the archive: only ever added to, and carried to newer captures."""

from __future__ import annotations

import sqlite3

import pytest

from septel.archive import Archive
from septel.errors import NotHeld, StoreError
from septel.record.review.log import ObjectKind, Opinion, ReviewLog, Verdict
from septel.text import EditLog, Source, Span, Step
from tests.archive.made import AT, holding_of

PAGE = "SMITH OPENED THE MEETING.\nSEMENOV SAID THAT ABM SYSTEMS\nSHOULD BE LIMITED.\nSMITH AGREED TO THIS.\n"
NEWER = "A STAMP\nSMITH OPENED THE MEETING.\nSEMENOV SAID THAT\nA8M SYSTEMS SHOULD BE LIMITED.\n"


def capture_of(text: str, engine: str) -> Source:
    return Source(name="scan.pdf", digest="ab" * 32, text=text, step=Step.of(engine, "1"))


def held(archive: Archive, text: str, engine: str) -> Source:
    source = capture_of(text, engine)
    archive.add(holding_of(source, EditLog(source.id)))
    return source


def opinion(source: Source, first: str, last: str) -> Opinion:
    span = Span(source.text.index(first), source.text.index(last) + len(last))
    return Opinion(kind=ObjectKind.STATEMENT, verdict=Verdict.ACCEPTED, span=span, said=(("side", "US"),))


def test_reviews_are_kept_and_continue(archive: Archive) -> None:
    source = held(archive, PAGE, "old")
    assert archive.reviews(source.id) == ReviewLog(source.id)
    mine = archive.reviews(source.id).add(opinion(source, "SEMENOV", "LIMITED"), by="Ann", at=AT)
    archive.review(mine)
    assert archive.reviews(source.id) == mine
    with pytest.raises(StoreError, match="changed by someone else"):
        archive.review(ReviewLog(source.id).add(opinion(source, "SMITH", "MEETING"), by="Bob", at=AT))
    with pytest.raises(NotHeld):
        archive.review(ReviewLog("nothing"))


def test_reviews_follow_their_words_to_a_newer_capture(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    log = archive.reviews(old.id).add(opinion(old, "SEMENOV", "LIMITED"), by="Ann", at=AT)
    log = log.add(opinion(old, "SMITH AGREED", "THIS"), by="Bob", at=AT)
    log = log.add(opinion(old, "SMITH OPENED", "MEETING"), by="Bob", at=AT).undo(3, by="Bob", at=AT)
    archive.review(log)
    new = held(archive, NEWER, "new")
    carried = archive.reviews(new.id)
    first, second = (e.opinion for e in carried.entries)
    assert first is not None
    assert first.span is not None
    assert first.span.of(new.text) == "SEMENOV SAID THAT\nA8M SYSTEMS SHOULD BE LIMITED"
    assert first.origin == f"{old.id}:1"
    assert second is not None
    assert second.span is None
    assert second.lost
    assert [e.by for e in carried.entries] == ["Ann", "Bob"]
    # Neither repeated by another run nor revived, and taken over at once when given about the older one.
    archive.review(carried.undo(1, by="Ann", at=AT))
    held(archive, NEWER, "new")
    archive.review(archive.reviews(old.id).add(opinion(old, "SMITH OPENED", "MEETING"), by="Cleo", at=AT))
    entries = archive.reviews(new.id).entries
    assert [e.by for e in entries] == ["Ann", "Bob", "Ann", "Cleo"]
    assert archive.reviews(old.id).entries[:4] == log.entries


@pytest.mark.parametrize("change", ["UPDATE review SET data = '{}'", "DELETE FROM review"])
def test_reviews_are_never_dropped(archive: Archive, change: str) -> None:
    source = held(archive, PAGE, "old")
    archive.review(ReviewLog(source.id).add(opinion(source, "SEMENOV", "LIMITED"), by="Ann", at=AT))
    with pytest.raises((sqlite3.IntegrityError, StoreError), match="are never"):
        archive.store.database.execute(change)


def test_reviews_follow_to_another_scan_and_back(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    archive.review(ReviewLog(old.id).add(opinion(old, "SEMENOV", "LIMITED"), by="Ann", at=AT))
    new = Source(name="better.pdf", digest="cd" * 32, text=NEWER, step=Step.of("new", "1"))
    archive.add(holding_of(new, EditLog(new.id)))
    archive.supersede(old.id, new.id, at=AT, by="Cleo")
    assert [e.by for e, _ in archive.reviews(new.id).standing()] == ["Ann"]
    archive.separate(old.id, at=AT, by="Cleo")
    assert list(archive.reviews(new.id).standing()) == []
    assert len(list(archive.reviews(old.id).standing())) == 1
