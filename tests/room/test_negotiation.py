"""The record of an archive: meetings, issues by side, open points, suggestions, people."""

from __future__ import annotations

import html
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from septel.archive import Archive, dossier_of
from septel.export.record import report, table
from septel.record import NO_ISSUE, Record, positions
from septel.room.days import day_told
from septel.room.negotiation import KeptRecords, meeting_view
from septel.room.negotiation.matrix import matrix_of
from septel.text import EditLog
from tests.archive.made import AT, decision, holding_of
from tests.record.made_record import TEXT, record, source
from tests.room.test_application import own_scripts
from tests.room.visitor import Visitor

HOSTILE = "<script>alert(1)</script>"
LATER = TEXT.replace("ABM SYSTEMS", "ABM SYSTEMS ")
DATES = {source().id: "1969-11-18", source(LATER).id: "1970-04-16"}


def _record(_: object, reading: object, **__: object) -> Record:
    text = reading.source.text  # type: ignore[attr-defined]
    made = record(text, date=DATES[source(text).id])
    first, *others = made.meetings
    dated = replace(first, id=f"{made.date}/Soviet-US", date=made.date, reported_by=(made.source_id,))
    said = tuple(replace(one, meeting=dated.id) for one in made.statements)
    answered = (said[0], said[1], replace(said[2], answers=said[1].id))
    return replace(made, meetings=(dated, *others), statements=answered)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr("septel.archive.dossier.record_of", _record)
    with Archive.open(tmp_path / "archive") as opened:
        for text, title in ((TEXT, f"HELSINKI 1321 {HOSTILE}"), (LATER, "VIENNA 7")):
            found = source(text)
            opened.add(holding_of(found, EditLog(found.id), title=title, identifier=title[:8], references=()))
        yield opened


@pytest.mark.parametrize(
    "address",
    ["", "/meetings", "/matrix", "/issue/abm", "/open", "/suggestions", "/people", "/person/semenov-v"],
)
def test_every_page_answers_safely(archive: Archive, address: str) -> None:
    visitor = Visitor(archive)
    page = visitor.get(f"/record{address}").text
    assert HOSTILE not in page
    assert own_scripts(page)
    telegrams = {one: visitor.get(f"/telegram/{one}").text for one in DATES}
    for one, line in set(re.findall(r'href="/telegram/(\w+)\?line=\d+#(l\d+)"', page)):
        assert f'id="{line}"' in telegrams[one]
    if not address.startswith("/person"):  # nobody is there where the query means nothing
        assert 'role="alert"' in visitor.get(f"/record{address}?q=post%3A").text


def test_a_meeting_in_its_order(archive: Archive) -> None:
    visitor = Visitor(archive)
    listed = visitor.get("/record/meetings").text
    assert "18 November 1969" in listed
    assert 'href="/record/meeting/1969-11-18/Soviet-US"' in listed
    assert "16 April 1970" not in visitor.get("/record/meetings?until=1969-12-31").text
    assert "18 November 1969" not in visitor.get("/record/meetings?since=1970-01-01").text
    page = visitor.get("/record/meeting/1969-11-18/Soviet-US").text
    order = [
        page.index(words) for words in ("LIMITING ABM SYSTEMS", "WHETHER ABM RADARS", "REJECTED ON-SITE")
    ]
    assert order == sorted(order)
    assert "answers 1" in page
    assert "Asked and answered" in page
    assert "No answer was found" not in page
    assert visitor.get("/record/meeting/none").status_code == 404


def test_the_matrix_has_a_line_for_every_cell(archive: Archive) -> None:
    page = Visitor(archive).get("/record/matrix").text
    assert re.search(r'class="stance proposes" href="/telegram/\w+\?line=3#l3"', page)
    assert "/record/issue/abm?until=1969-11-30&amp;side=Soviet&amp;since=1969-11-01" in page
    kept = KeptRecords(archive)
    kept.refresh(60)
    matrix = matrix_of(kept.views().positions, str)
    names = [name for name, _, _ in matrix.columns]
    assert names == [f"{1969 + (9 + n) // 12}-{(9 + n) % 12 + 1:02}" for n in range(1, 7)]
    assert [one.issue for one in matrix.issues] == ["abm", "verification"]
    soviet = next(row for row in matrix.issues[0].rows if row.side == "Soviet")
    assert [cell.count if cell else 0 for cell in soviet.cells] == [1, 0, 0, 0, 0, 1]


def test_open_points_stand_as_of_a_day(archive: Archive) -> None:
    visitor = Visitor(archive)
    both, before = visitor.get("/record/open").text, visitor.get("/record/open?until=1969-12-31").text
    assert both.count("WHETHER ABM RADARS") == 2
    assert before.count("WHETHER ABM RADARS") == 1
    assert "as of 1969-12-31" in before
    assert "<b>answered</b>" in before
    assert "<b>answered</b>" not in visitor.get("/record/open?state=open").text


def test_a_pair_is_judged(archive: Archive) -> None:
    visitor, other = Visitor(archive, by="Ann"), Visitor(archive, by="Bob")
    page = visitor.get("/record/suggestions").text
    pairs = re.findall(
        r'name="earlier" value="([^"]+)"><input type="hidden" name="later" value="([^"]+)"', page
    )
    assert pairs
    asked = {"earlier": pairs[0][0], "later": pairs[0][1], "seen": ""}
    assert (
        visitor.post("/record/suggestions", asked | {"verdict": "rejected", "why": "film"}).status_code == 303
    )
    after = visitor.get("/record/suggestions").text
    assert '<span class="person">rejected</span> <span class="quiet small">Ann: film' in after
    assert "Ann has judged it" in other.post("/record/suggestions", asked | {"verdict": "accepted"}).text
    assert visitor.post("/record/suggestions", asked | {"verdict": "burn"}).status_code == 400
    wrong = asked | {"later": pairs[0][0], "verdict": "accepted"}
    assert visitor.post("/record/suggestions", wrong).status_code == 404


def test_records_are_read_once_and_when_something_changed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptRecords(archive)
    assert kept.refresh(60) == 0
    first = kept.views()
    assert kept.refresh(60) == 0
    assert kept.views() is first
    asked: list[str] = []
    real = archive.records.get

    def get(holding: str, key: str) -> bytes | None:
        asked.append(holding)
        return real(holding, key)

    monkeypatch.setattr(archive.records, "get", get)
    found = source()
    log = archive.log(found.id).add([decision(found, "RADARS", "RADAR")], by="Ann", at=AT)
    archive.append(found.id, log)
    assert kept.refresh(60) == 0
    assert set(asked) == {found.id}
    archive.curation.hide(found.id, by="Ann")
    assert kept.refresh(60) == 0
    assert [one.source_id for one in kept.views().records] == [source(LATER).id]


def test_what_is_not_read_yet_is_told(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("septel.room.pages.negotiation.READ_WITHIN", -1.0)
    visitor = Visitor(archive)
    assert "1 document is not read for the record yet" in visitor.get("/record").text
    assert "not read for the record yet" not in visitor.get("/record").text


def test_statements_are_added(archive: Archive) -> None:
    visitor = Visitor(archive, by="Ann")
    at = f"/telegram/{source().id}"
    form = visitor.get(f"{at}/add?first=7").text
    assert "COMMENT: SEMENOV SEEMED AT EASE" in form
    place = re.findall(r'name="place" value="([^"]+)"', form)[0]
    asked = {"place": place, "seen": 0, "kind": "statement"}
    assert visitor.post(f"{at}/add", asked).status_code == 400  # nobody speaks
    assert visitor.post(f"{at}/add", asked | {"side": "Soviet", "act": "sings"}).status_code == 400
    added = asked | {
        "speaker": "Semenov",
        "side": "Soviet",
        "act": "states",
        "issues": ["abm"],
        "why": "tone",
    }
    assert visitor.post(f"{at}/add", added).status_code == 303
    assert (
        'class="person">added</span> <span class="quiet small">Ann: tone' in visitor.get(f"{at}/record").text
    )
    assert visitor.post(f"{at}/add", added).status_code == 409
    met = {"place": "0-10", "seen": 9, "kind": "meeting", "meeting": "plenary", "date": "1969-11-18"}
    assert visitor.post(f"{at}/add", met).status_code == 303
    assert visitor.post(f"{at}/add", asked | {"place": "5-5"}).status_code == 404
    assert visitor.get(f"{at}/add?first=99").status_code == 404
    kept = KeptRecords(archive)
    kept.refresh(60)
    view = meeting_view(kept.views(), "1969-11-18/Soviet-US")
    assert view is not None


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("1966-12-07", "7 December 1966"),
        ("--11-18", "18 November"),
        ("1970-04", "April 1970"),
        (None, "no date"),
        ("1970", "1970"),
        ("1970-13-01", "1970-13-01"),
    ],
)
def test_dates_for_people(date: str | None, told: str) -> None:
    assert day_told(date) == told


@pytest.mark.parametrize("form", ["svg", "png"])
def test_plots_are_files(archive: Archive, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if form == "png":
        pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    visitor = Visitor(archive)
    for name in ("timeline", "issues"):
        answer = visitor.get(f"/record/plot/{name}.{form}")
        assert answer.status_code == 200
        begins = b"<svg" if form == "svg" else b"\x89PNG\r\n"
        assert answer.content.startswith(begins)
    assert visitor.get("/record/plot/timeline.gif").status_code == 404
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert visitor.get("/record/plot/timeline.png").status_code == 501
    assert visitor.get("/record/plot/none.svg").status_code == 404


def test_a_served_room_reads_on_until_it_is_told_to_stop(archive: Archive) -> None:
    site = Visitor(archive).room.state.site
    stopped = Event()
    (chore,) = site.chores
    thread = Thread(target=chore, args=(stopped,))
    thread.start()
    try:
        for _ in range(200):
            with site.lock:
                kept = site.records(site.main)
                if not kept.refresh(0.0) and "suggestions" in kept.views().__dict__:
                    break
            time.sleep(0.05)
        else:
            raise AssertionError("nothing was read")
    finally:
        stopped.set()
        thread.join(10)
    assert not thread.is_alive()


def test_many_suggestions_are_shown_as_they_were_a_moment_ago(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("septel.room.negotiation.views.MANY", 0)
    kept = KeptRecords(archive)
    kept.refresh(60)
    first = kept.views()
    assert len(first.suggestions) > 0
    assert not first.is_late
    archive.curation.hide(source().id, by="Ann")
    kept.refresh(60)
    second = kept.views()
    late = second.is_late, len(second.queue)
    second.bring_up()
    assert (late, second.is_late, len(second.queue)) == ((True, len(first.queue)), False, 0)


def test_names_of_issues_may_have_any_character(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    strange = "RADIO & TALKS: 50% / <A>?#1"

    def named(_: object, reading: object, **more: object) -> Record:
        made = _record(_, reading, **more)
        return replace(
            made,
            statements=tuple(
                replace(one, issues=tuple(replace(tag, issue=strange) for tag in one.issues))
                for one in made.statements
            ),
        )

    monkeypatch.setattr("septel.archive.dossier.record_of", named)
    visitor = Visitor(archive)
    links = {
        html.unescape(one)
        for one in re.findall(r'href="(/record/issue/[^"]+)"', visitor.get("/record/matrix").text)
    }
    assert len(links) > 2
    for link in links:
        page = visitor.get(link)
        assert page.status_code == 200
        assert "Nothing was said of it here" not in page.text


def test_the_matrix_marks_what_stands_on_a_doubtful_date() -> None:
    made = record(date="1969-11-18")
    other = replace(record(LATER, date="1970-04-16"), date_doubtful=True)
    matrix = matrix_of(positions((made, other)), str)
    names = [name for name, _, _ in matrix.columns]
    assert {names[at] for at in matrix.doubted} == {"1970-04"}
    cells = [
        (names[at], cell.doubtful)
        for issue in matrix.issues
        for row in issue.rows
        for at, cell in enumerate(row.cells)
        if cell
    ]
    assert set(cells) == {("1969-11", False), ("1970-04", True)}


def test_a_meeting_that_its_report_dates_says_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def reported(_: object, reading: object, **more: object) -> Record:
        made = _record(_, reading, **more)
        first, *others = made.meetings
        held = replace(first, date="1969-11-18", date_of_report=True)
        return replace(made, date="1969-11-18", meetings=(held, *others))

    monkeypatch.setattr("septel.archive.dossier.record_of", reported)
    visitor = Visitor(archive)
    one = str(archive.holdings()[0]["id"])
    for address in ("/record/meetings", f"/telegram/{one}/record"):
        assert "reported 18 November 1969" in visitor.get(address).text
    assert any(row["date_of_report"] for row in visitor.get("/api/record/meetings").json()["rows"])
    archive.curation.correct(one, "dtg", "17 Nov 1969", by="A. Reader", at=AT, why="the stamp")
    dossier = dossier_of(archive, [one])
    assert [m.date for m in dossier.meetings if m.date_of_report] == ["1969-11-17"]
    assert "reported 1969-11-17" in report(dossier).decode()
    assert "1969-11-17" in table(dossier, "meetings").decode().splitlines()[1]


def test_issues_of_the_same_statements_stand_together_and_what_has_none_comes_last() -> None:
    made = record()
    said = made.statements
    tagged = replace(said[0], issues=tuple(replace(said[0].issues[0], issue=one) for one in ("PFOR", "BL")))
    other = replace(said[1], issues=())
    matrix = matrix_of(positions([replace(made, statements=(tagged, other))]), str)
    assert [one.label for one in matrix.issues] == ["BL; PFOR", NO_ISSUE]
    assert matrix.without == 1


def test_the_matrix_says_what_it_leaves_out(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def sideless(_: object, reading: object, **more: object) -> Record:
        made = _record(_, reading, **more)
        first, *others = made.statements
        nobody = replace(first, issues=(), speaker=replace(first.speaker, person=None, side=None))
        bare = replace(others[0], issues=())
        return replace(made, statements=(nobody, bare, *others[1:]))

    monkeypatch.setattr("septel.archive.dossier.record_of", sideless)
    page = Visitor(archive).get("/record/matrix").text
    assert "statements are in no cell" in page
    assert "where no issue is stated" in page
    assert Visitor(archive).get(f"/record/issue/{NO_ISSUE}").status_code == 200
