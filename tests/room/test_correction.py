"""Correcting in the room: decisions, undo, the same elsewhere, two persons at once, heading, notes, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.room.correction.queue import Stake, queue_of, stake_of
from septel.text import Alternative, EditLog, Ground
from tests.archive.made import AT, edit, holding_of, made, source_of_pages
from tests.room.visitor import Visitor


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        opened.add(made())
        yield opened


@pytest.fixture
def visitor(archive: Archive) -> Visitor:
    return Visitor(archive)


HELD = made().id
AT_HELD = f"/telegram/{HELD}"
SALT = "{0.start}-{0.end}".format(made().log.entries[1].edit.span)  # type: ignore[union-attr]
MISSING = "{0.start}-{0.end}".format(made().log.entries[2].edit.span)  # type: ignore[union-attr]
COUNT = len(made().log.entries)


def read(archive: Archive, line: int) -> str:
    return archive.holding(HELD).reading.line_texts[line - 1]


@pytest.mark.parametrize(
    ("verdict", "text", "line"),
    [
        ("accept", "", "SECRET TALKS ABOUT SALT"),
        ("source", "", "SECRET TALKS ABOUT SAIT"),
        ("read", "SAND", "SECRET TALKS ABOUT SAND"),
        ("choose:SAID", "", "SECRET TALKS ABOUT SAID"),
        ("unreadable", "", "SECRET TALKS ABOUT "),
    ],
)
def test_one_decision(archive: Archive, visitor: Visitor, verdict: str, text: str, line: str) -> None:
    answer = visitor.post(
        f"{AT_HELD}/decide", {"place": SALT, "seen": COUNT, "verdict": verdict, "text": text, "why": "clear"}
    )
    assert answer.status_code == 303
    assert read(archive, 2) == line
    entry = archive.log(HELD).entries[-1]
    assert entry.by == "M. Reader"
    assert entry.edit is not None
    assert entry.edit.reason.ground is Ground.DECISION
    assert entry.edit.reason.detail.endswith(": clear")
    assert entry.edit.unreadable == (verdict == "unreadable")
    # It is in the text, the search and the list of doubts at once.
    assert line.split(" ")[-1] in visitor.get(AT_HELD).text
    if text:
        assert archive.search("SAND").hits[0].match.value == "restored"
    assert SALT not in visitor.get(f"{AT_HELD}/queue").text


def test_a_part_of_the_page_comes_back_to_the_script(visitor: Visitor) -> None:
    fields = {"place": SALT, "seen": COUNT, "verdict": "accept"}
    answer = visitor.post(f"{AT_HELD}/decide", fields, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="l2"' in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert "is read as “SALT”, by M. Reader" in answer.text
    assert "SALT will be known" in answer.text


def test_undo(archive: Archive, visitor: Visitor) -> None:
    visitor.post(f"{AT_HELD}/decide", {"place": SALT, "seen": COUNT, "verdict": "read", "text": "SAND"})
    page = visitor.get(f"{AT_HELD}/at/{SALT}").text
    assert f"Undo entry {COUNT + 1}" in page
    visitor.post(f"{AT_HELD}/undo", {"entry": COUNT + 1})
    assert read(archive, 2) == "SECRET TALKS ABOUT SALT"
    assert visitor.post(f"{AT_HELD}/undo", {"entry": 999}).status_code == 400


def test_the_second_of_two_persons_sees_what_the_first_decided(archive: Archive) -> None:
    first, second = Visitor(archive, by="Ann"), Visitor(archive, by="Bob")
    fields = {"place": SALT, "seen": COUNT, "verdict": "read", "text": "SAND"}
    assert first.post(f"{AT_HELD}/decide", fields).status_code == 303
    # Elsewhere in the document nobody stands in the way.
    elsewhere = {"place": MISSING, "seen": COUNT, "verdict": "read", "text": "THE"}
    assert second.post(f"{AT_HELD}/decide", elsewhere).status_code == 303
    answer = second.post(f"{AT_HELD}/decide", fields | {"text": "SALT"})
    assert answer.status_code == 409
    assert "Ann reads it as &#39;SAND&#39; since you looked" in answer.text
    assert read(archive, 2) == "SECRET TALKS ABOUT SAND"
    seen = re.findall(r'name="seen" value="(\d+)"', answer.text)[0]
    assert second.post(f"{AT_HELD}/decide", fields | {"text": "SALT", "seen": seen}).status_code == 303
    assert read(archive, 2) == "SECRET TALKS ABOUT SALT"
    assert "Ann" in second.get(f"{AT_HELD}/at/{SALT}").text  # the history keeps both


@pytest.mark.parametrize(
    "fields",
    [
        {"place": "0-400", "seen": 0, "verdict": "accept"},
        {"place": "x", "seen": 0, "verdict": "accept"},
        {"place": SALT, "seen": "many", "verdict": "accept"},
        {"place": SALT, "seen": COUNT, "verdict": "burn"},
        {"place": SALT, "seen": COUNT, "verdict": "read", "text": "TWO\nLINES"},
        {"place": SALT, "seen": COUNT, "verdict": "read", "text": "x" * 5000},
    ],
)
def test_what_is_no_decision_is_refused(
    archive: Archive, visitor: Visitor, fields: dict[str, object]
) -> None:
    assert visitor.post(f"{AT_HELD}/decide", fields).status_code == 400
    assert len(archive.log(HELD).entries) == COUNT


def test_the_same_elsewhere(archive: Archive) -> None:
    source = source_of_pages("SEMEMOV SPOKE\nTHEN SEMEMOV SAT\nSEMEMOVS\nAND SEMEMOV LEFT\n", name="a.txt")
    other = source_of_pages("SEMEMOV AGAIN\n", name="b.txt")
    for one in (source, other):
        archive.add(holding_of(one, EditLog(one.id), identifier=None, title=one.name))
    visitor = Visitor(archive)
    at = f"/telegram/{source.id}"
    visitor.post(f"{at}/decide", {"place": "0-7", "seen": 0, "verdict": "read", "text": "SEMENOV"})
    page = visitor.get(f"{at}/everywhere?place=0-7&text=SEMENOV").text
    ticks = re.findall(r'name="tick" value="([^"]+)" checked', page)
    assert len(ticks) == 2  # not SEMEMOVS, and not what is decided
    wide = visitor.get(f"{at}/everywhere?place=0-7&text=SEMENOV&in=archive").text
    assert len(re.findall(r'name="tick"', wide)) == 3
    answer = visitor.post(f"{at}/everywhere", {"tick": ticks[1:], "text": "SEMENOV"})
    assert "1 place read as" in answer.text
    lines = archive.holding(source.id).reading.line_texts
    assert lines[:4] == ("SEMENOV SPOKE", "THEN SEMEMOV SAT", "SEMEMOVS", "AND SEMENOV LEFT")
    # Somebody was quicker at one of two places: neither is changed.
    Visitor(archive, by="Ann").post(
        f"{at}/decide", {"place": "19-26", "seen": 2, "verdict": "read", "text": "SEMYONOV"}
    )
    refused = visitor.post(f"{at}/everywhere", {"tick": [ticks[0], f"{other.id}:0-7:0"], "text": "SEMENOV"})
    assert refused.status_code == 409
    assert archive.holding(other.id).reading.line_texts[0] == "SEMEMOV AGAIN"
    assert visitor.post(f"{at}/everywhere", {"tick": ["../x"], "text": "S"}).status_code == 400


def test_the_weightiest_doubts_come_first() -> None:
    source = source_of_pages("NOW TABLE 15 GENEVA\n")
    rivals = (Alternative(text="NOT"),)
    edits = [
        edit(source, "TABLE", "TABLE", probability=0.2),
        edit(source, "15", "15", probability=0.6),
        edit(source, "NOW", "NOW", probability=0.6, alternatives=rivals),
        edit(source, "GENEVA", "GENEVA", probability=0.6),
    ]
    log = EditLog(source.id).add(edits, by="x", at=AT)
    assert [(one.edit.before, one.stake.value) for one in queue_of(source, log)] == [
        ("NOW", "negation"),
        ("15", "number"),
        ("GENEVA", "name"),
        ("TABLE", "word"),
    ]
    assert stake_of(edits[3]) is Stake.NAME


def test_a_scratch_that_could_hardly_be_a_negation_is_none() -> None:
    source = source_of_pages("TOR NCT\n")
    far = edit(
        source, "TOR", "TOR", probability=0.3, alternatives=(Alternative(text="NOT", probability=0.09),)
    )
    near = edit(
        source, "NCT", "ACT", probability=0.4, alternatives=(Alternative(text="NOT", probability=0.3),)
    )
    assert (stake_of(far), stake_of(near)) == (Stake.WORD, Stake.NEGATION)
    lost = edit(source, "TOR", "", extent=3, alternatives=(Alternative(text="NO", probability=0.02),))
    assert stake_of(lost) is Stake.WORD


def test_the_heading(archive: Archive, visitor: Visitor) -> None:
    page = visitor.get(f"{AT_HELD}/fields").text
    was = dict(re.findall(r'name="was-(\w+)" value="([^"]*)"', page))
    assert was["subject"] == "SALT"
    fields = {f"was-{name}": value for name, value in was.items()} | was | {"seen": 0}
    answer = visitor.post(f"{AT_HELD}/fields", fields | {"subject": "ABM", "box": "12", "why": "list"})
    assert answer.status_code == 303
    held = archive.holding(HELD)
    assert held.subject == "ABM"
    assert {one.field for one in held.corrected} == {"subject", "box"}
    late = visitor.post(f"{AT_HELD}/fields", fields | {"subject": "MIRV"})
    assert late.status_code == 409
    assert "M. Reader made subject" in late.text
    assert archive.holding(HELD).subject == "ABM"
    wrong = visitor.post(f"{AT_HELD}/fields", fields | {"seen": 9, "dtg": "someday"})
    assert wrong.status_code == 400
    assert "someday" in wrong.text


def test_notes_tags_hiding_and_deleting(archive: Archive, visitor: Visitor) -> None:
    visitor.post(f"{AT_HELD}/note", {"text": "compare <film>", "place": SALT})
    visitor.post(f"{AT_HELD}/tag", {"tag": "talks"})
    page = visitor.get(AT_HELD).text
    assert "compare &lt;film&gt;" in page
    assert 'href="#l2">line 2</a>' in page
    assert ">talks</a>" in page
    assert visitor.post(f"{AT_HELD}/note", {"text": "  "}).status_code == 400
    visitor.post(f"{AT_HELD}/tag", {"tag": "talks", "off": "1"})
    assert archive.state(HELD).tags == ()
    (note,) = archive.state(HELD).notes
    visitor.post(f"{AT_HELD}/take-back", {"act": note.act})
    assert archive.state(HELD).notes == ()
    visitor.post(f"{AT_HELD}/absence", {"what": "hide"})
    assert "HELSINKI 1321" not in visitor.get("/").text
    assert "It is hidden" in visitor.get(AT_HELD).text
    visitor.post(f"{AT_HELD}/absence", {"what": "delete"})
    assert visitor.get(AT_HELD).status_code == 404
    assert "HELSINKI 1321" in visitor.get("/absent").text
    visitor.post(f"{AT_HELD}/absence", {"what": "undelete"})
    visitor.post(f"{AT_HELD}/absence", {"what": "show"})
    assert "HELSINKI 1321" in visitor.get("/").text


def test_a_selection(archive: Archive, visitor: Visitor) -> None:
    answer = visitor.post("/selection/tag", {"tick": [HELD], "tag": "read me", "next": "/search?q=salt"})
    assert answer.headers["location"] == "/search?q=salt"
    assert archive.state(HELD).tags == ("read me",)
    cited = visitor.get("/selection/cite", params={"tick": HELD, "as": "bibtex"}).text
    assert cited.startswith("@misc{helsinki1969-1321")
    assert visitor.post("/selection/tag", {"tag": "x"}).status_code == 400
    visitor.post("/search/saved", {"name": "mine", "q": "salt"})
    assert ">mine</a>" in visitor.get("/search").text
    visitor.post("/search/saved", {"name": "mine", "forget": "1"})
    assert ">mine</a>" not in visitor.get("/search").text


@pytest.mark.parametrize("name", ["HELSINKI-1321", "HELSINKI 1321", "helsinki-1321", HELD, HELD[:6]])
def test_addresses_that_people_type(visitor: Visitor, name: str) -> None:
    page = visitor.get(f"/telegram/{name}")
    assert page.status_code == 200
    assert 'id="1"' in page.text  # paragraph 1 can be cited
    assert f'<link rel="canonical" href="{AT_HELD}">' in page.text


def test_telegrams_beside(archive: Archive, visitor: Visitor) -> None:
    later = made("LATER\n", name="b.txt", identifier="HELSINKI 1400", dtg="1970-01-02", title="LATER")
    archive.add(later)
    assert archive.contents.beside(HELD) == (None, later.id)
    assert archive.contents.beside(later.id) == (HELD, None)
    assert f'rel="next" href="/telegram/{later.id}"' in visitor.get(AT_HELD).text
