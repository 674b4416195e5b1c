"""The fields of headings, and words that are quoted in part, have the same marks of doubt in every view."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from pyarrow import parquet

from septel.archive import dossier_of
from septel.archive.model import doubted_of, tree_of
from septel.archive.model.stored_tree import parts_of
from septel.cli.shared.checks import neighbours_of
from septel.cli.shared.summary import fields_shown
from septel.export.cite import cite, cited_of
from septel.papers import read_paper
from septel.telegram import parse
from septel.text import Reading, Source, State, marked, marked_prose, read_words
from tests.cli.test_cli import Capsys, call
from tests.export.test_every_view import NAMES, exported, folder_of, in_doubt, of_text
from tests.export.views import Kept
from tests.room.visitor import Visitor

IN_DOUBT = (State.DOUBTFUL, State.UNREADABLE)
DOUBTED = {
    "sample": {
        "subject": "RADIO FREQUENCY TALKS: MAY 14[?] PLENARY",
        "references": "A. STATE 81206[?]; B. TORAD[?] 009",
        "title": "GENEVA 2417: RADIO FREQUENCY TALKS: MAY 14[?] PLENARY",
    },
    "worn": {
        "subject": "SALT: PLENARY[?] MEETING",
        "info": "AMEMBASSY[?] MOSCOW[?]",
        "references": "STATE 81206[?]",
        "title": "HELSINKI 1321: SALT: PLENARY[?] MEETING",
    },
    "memorandum": {},
    "cable": {
        "identifier": "DIR 75338[?]",
        "dtg": "1963-10-12[?]",
        "references": "MEXI 6483 (IN 38148)*[?]",
        "title": "DIR 75338[?]",
    },
    "corrected": {"identifier": "DIR 75440[?]", "to": "MEXICO CITY[?]", "title": "DIR 75440[?]"},
}
"""The fields that are doubtful, as every view is to show them. Nobody doubts what a person corrected."""
LISTED = ("identifier", "dtg", "subject", "classification")
"""What lists show."""


@pytest.fixture
def kept(kept_views: Kept) -> Kept:
    return kept_views


def plain(page: str) -> str:
    """The text of a page; the room counts the strength of a doubt in its brackets."""
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    return " ".join(re.sub(r"\[\?+\]", "[?]", text).split())


def unlabelled(reference: str) -> str:
    """A reference without its letter."""
    return re.sub(r"^[A-Z]\. ", "", reference)


def bare(shown: str) -> str:
    return shown.replace("[?]", "")


@pytest.mark.parametrize("name", DOUBTED)
def test_holding_catalogue_and_programs_have_one_list(kept: Kept, name: str, capsys: Capsys) -> None:
    told, one = DOUBTED[name], kept.ids[name]
    assert doubted_of(kept.holding(name)) == told
    assert kept.archive.contents.doubted(kept.archive.contents.of([one])).get(one, {}) == told
    assert json.loads(exported(kept, name, "json"))["doubted"] == told
    _, out, _ = call(capsys, "list", "--archive", kept.folder, "--json")
    (row,) = (row for row in json.loads(out) if row["id"] == one)
    assert (row["doubted"], row["shown"]) == (sorted(told), told)
    (row,) = (
        row for row in Visitor(kept.archive).get("/api/telegrams").json()["telegrams"] if row["id"] == one
    )
    assert (row["doubted"], row["shown"]) == (sorted(told), told)
    _, out, _ = call(capsys, "table", "holdings", "--archive", kept.folder)
    (row,) = (row for row in csv.DictReader(io.StringIO(out)) if one in row.values())
    assert row["doubtful"] == "; ".join(sorted(told))


@pytest.mark.parametrize("form", ["tables", "parquet"])
@pytest.mark.parametrize("name", DOUBTED)
def test_tables(kept: Kept, name: str, form: str, tmp_path: Path) -> None:
    folder = folder_of(kept, name, form, tmp_path)

    def rows(table: str) -> list[dict[str, object]]:
        if form == "parquet":
            return list(parquet.read_table(folder / f"{table}.parquet").to_pylist())
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))

    (message,) = rows("messages")
    assert (message["doubtful"] or "") == "; ".join(sorted(DOUBTED[name]))
    held = kept.holding(name)
    parts = parts_of(held, tree_of(held))
    own = {
        number
        for number, part in enumerate(parts, 1)
        if part.layer == "text" and part.name not in ("signature", "class", "quotation")
    }
    doubted = [
        word.text
        for number in sorted(own)
        for word in read_words(held.reading, held.source.line(number))
        if word.state in IN_DOUBT
    ]
    paragraphs = [str(row["marked"]) for row in rows("paragraphs")]
    found = in_doubt(of_text("\n".join(paragraphs)))
    missed = [word for word in doubted if word.replace("[?]", "") not in found]
    # A label is no part of a paragraph, and words that are cut at line ends are joined.
    assert all(re.fullmatch(r"\W*\w{1,3}[.)]\W*|.*-(\[\?\])?", word) or word[0].isdigit() for word in missed)
    assert paragraphs or name in ("memorandum", "scan")


@pytest.mark.parametrize("name", DOUBTED)
def test_lists_and_headings_for_people(kept: Kept, name: str, capsys: Capsys) -> None:
    told, one, held = DOUBTED[name], kept.ids[name], kept.holding(name)
    visitor = Visitor(kept.archive)
    _, out, _ = call(capsys, "list", "--archive", kept.folder)
    (line,) = (line for line in out.splitlines() if line.startswith(one))
    assert told.get("title", held.title) in line
    assert ("1963-10-12[?]" in line) is ("dtg" in told)
    room = plain(visitor.get(f"/telegram/{one}").text)
    index = plain(visitor.get("/").text)
    hits = plain(visitor.get(f"/search?q={held.title.split(':')[0].replace(' ', '+')}").text)
    for field, shown in told.items():
        assert field not in LISTED or shown in index, field
        assert unlabelled(shown.split("; ")[0]) in room, field
    assert told.get("title", held.title) in hits
    assert f"{told.get('title', held.title)} – Septel" in room
    iiif = json.loads(exported(kept, name, "iiif"))
    rows = {one["label"]["en"][0]: one["value"]["en"][0] for one in iiif["metadata"]}
    assert iiif["label"]["en"] == [told.get("title", held.title)]
    labels = {"identifier": "Telegram", "post": "From", "dtg": "Sent", "subject": "Subject"}
    for field, label in labels.items():
        assert rows.get(label, "") == told.get(field, getattr(held, field) or "")


@pytest.mark.parametrize("name", DOUBTED)
def test_headings_of_editions(kept: Kept, name: str, tmp_path: Path) -> None:
    told, held = DOUBTED[name], kept.holding(name)
    site = folder_of(kept, name, "site", tmp_path)
    page = plain((site / held.id / "index.html").read_text("utf-8"))
    listed = plain((site / "index.html").read_text("utf-8"))
    for field in (*LISTED, "title"):
        assert field not in told or told[field] in page, field
        assert field not in told or field == "title" or told[field] in listed, field
    frus = plain(exported(kept, name, "tei-frus").decode())
    for field in ("info", "to", "dtg") if held.post else ("title",):
        assert field not in told or told[field].split("; ")[0][-3:] in frus, field
    tei = etree.fromstring(exported(kept, name, "tei"))
    fields = list(tei.iter("{*}name", "{*}date", "{*}term", "{*}idno"))
    low = [one.text or "" for one in fields if one.get("cert") == "low"]
    shown = {name: bare(value) for name, value in told.items() if name not in ("title", "references")}
    assert sorted(low) == sorted(shown.values())
    mentioned = [one.text for one in tei.iter("{*}ref") if one.get("cert") == "low"]
    assert "references" not in told or unlabelled(bare(told["references"].split("; ")[0])) in mentioned


@pytest.mark.parametrize("name", DOUBTED)
def test_what_is_cited_is_as_doubtful_as_in_the_heading(kept: Kept, name: str, capsys: Capsys) -> None:
    one, told = kept.ids[name], DOUBTED[name].get("references", "")
    _, out, _ = call(capsys, "references", one, "--archive", kept.folder)
    visitor = Visitor(kept.archive)
    page = plain(visitor.get(f"/telegram/{one}/references").text)
    iiif = json.dumps(json.loads(exported(kept, name, "iiif")), ensure_ascii=False)
    for shown in filter(None, told.split("; ")):
        for text in (" ".join(out.split()), page, iiif):
            assert unlabelled(shown) in text


@pytest.mark.parametrize("name", DOUBTED)
def test_citations(kept: Kept, name: str) -> None:
    told, one = DOUBTED[name], cited_of(kept.holding(name))
    note = cite([one], "note")
    assert ("75338[?]" in note or "75440[?]" in note) is ("identifier" in told)
    assert ("October 12, 1963[?]" in note) is ("dtg" in told)
    assert ("Mexico City[?]" in note) is ("to" in told)
    assert note.count("[?]") == len(told.keys() & {"identifier", "dtg", "to"})
    for form in ("csl-json", "ris", "bibtex"):
        text = cite([one], form)
        for field, word in (
            ("identifier", "number"),
            ("dtg", "date"),
            ("to", "receiver"),
            ("subject", "title"),
        ):
            assert (f"{word} doubtful" in text) is (field in told), (form, word)


def test_a_quoted_passage_of_a_citation_has_its_marks(kept: Kept) -> None:
    held = kept.holding("worn")
    line = held.source.line(held.source.line_at(held.source.text.index("READING THE")))
    assert cited_of(held, line).quoted == "1. SMITH OPENED THE MEETING BY READING[?] THE[?] STATEMENT."


def test_a_paper_that_dates_its_neighbour_is_named_with_its_marks(kept: Kept) -> None:
    held = kept.holding("worn")
    beside = replace(held, telegram={**held.telegram, "paper": {"before": kept.ids["cable"]}})
    (near,) = neighbours_of(beside, parse(Reading.of(Source.of_text("HE LEFT"))), kept.archive)
    assert near.where == DOUBTED["cable"]["identifier"]


def test_a_doubtful_signer_is_marked_wherever_a_signer_is_shown(kept: Kept) -> None:
    held = kept.holding("memorandum")
    shown = plain(Visitor(kept.archive).get(f"/telegram/{held.id}").text)
    assert "John A. Smith[?]" in shown
    signature = json.loads(exported(kept, "memorandum", "json"))["telegram"]["signature"]
    assert signature["confidence"] < 0.91


def test_the_terminal_shows_the_heading_as_the_room_does(kept: Kept) -> None:
    held = kept.holding("worn")
    parsed, _ = read_paper(held.reading, None)
    rows = dict(fields_shown(parsed, held.reading))
    told = DOUBTED["worn"]
    assert (rows["subject"], rows["info"], rows["reference"]) == (
        told["subject"],
        told["info"],
        told["references"],
    )


@pytest.mark.parametrize("name", NAMES)
def test_search_shows_lines_with_their_marks(kept: Kept, name: str, capsys: Capsys) -> None:
    held = kept.holding(name)
    lines = {n: marked(held.reading, line) for n, line in enumerate(held.source.lines, 1)}
    whole = " ".join(" ".join(lines.values()).split())
    asked = [
        f'"{held.identifier}"' if held.identifier else "kind:memorandum",
        f"number:{held.title.split()[-1]}",
    ]
    for line in lines.values():
        words = [w for w, doubtful in of_text(line) if not doubtful and len(w) > 4 and w.isalpha()]
        asked += words[:1] if in_doubt(of_text(line)) else []
    for query in asked[:8]:
        _, out, _ = call(capsys, "search", query, "--archive", kept.folder, "--json")
        hits = [hit for hit in json.loads(out) if hit["holding"] == held.id] if out else []
        page = plain(Visitor(kept.archive).get(f"/search?q={query}").text) if hits else ""
        told = Visitor(kept.archive).get(f"/api/search?q={query}").json()["hits"] if hits else []
        for hit in (*hits, *(one for one in told if one["holding"] == held.id)):
            first, *more = " ".join(hit["text"].split()).split(" … ")
            assert first.startswith(" ".join(lines[hit["line"]].split()))
            assert all(part in whole for part in (first, *more))
            assert first in page


def test_the_record_quotes_with_marks_in_every_view(kept: Kept, capsys: Capsys, tmp_path: Path) -> None:
    held = kept.holding("sample")
    dossier = dossier_of(kept.archive, [held.id])
    (record,) = dossier.records
    said = {
        s.id: marked_prose(held.reading, s.content.locus.span, of=s.content.words) for s in record.statements
    }
    doubted = {key: words for key, words in said.items() if "[?]" in words or "[…" in words}
    assert len(doubted) > 2
    call(capsys, "record", "report", held.id, "--archive", kept.folder, "--to", tmp_path / "out")
    visitor = Visitor(kept.archive)
    visitor.get("/record")
    table = csv.DictReader(io.StringIO((tmp_path / "out" / "statements.csv").read_text("utf-8")))
    views = {
        "terminal": call(capsys, "record", "statements", held.id, "--archive", kept.folder)[1],
        "report": plain((tmp_path / "out" / "report.html").read_text("utf-8")),
        "CSV": " ".join(row["content"] for row in table),
        "JSON": (tmp_path / "out" / "record.json").read_text("utf-8"),
        "room": plain(visitor.get(f"/telegram/{held.id}/record").text),
        "API": json.dumps(visitor.get(f"/api/telegrams/{held.id}/record").json(), ensure_ascii=False),
    }
    for view, text in views.items():
        shown = " ".join(text.replace('\\"', '"').split())
        for words in doubted.values():
            assert " ".join(words.split()) in shown, (view, words)


def test_a_doubtful_date_is_marked_in_the_record(kept: Kept, capsys: Capsys, tmp_path: Path) -> None:
    one = kept.ids["cable"]
    record = dossier_of(kept.archive, [one]).records[0]
    assert (record.date, record.date_doubtful) == ("1963-10-12", True)
    call(capsys, "record", "report", one, "--archive", kept.folder, "--to", tmp_path / "out")
    (document,) = json.loads((tmp_path / "out" / "record.json").read_text("utf-8"))["documents"]
    assert (document["date"], document["date_doubtful"]) == ("1963-10-12", True)
    _, out, _ = call(capsys, "record", "statements", one, "--archive", kept.folder)
    assert "1963-10-12[?]" in out
    assert "1963-10-12[?]" in plain(Visitor(kept.archive).get(f"/telegram/{one}/record").text)
    (document,) = dossier_of(kept.archive, [kept.ids["corrected"]]).documents
    assert (document.reviewed.record.date, document.reviewed.record.date_doubtful) == ("1963-10-13", False)
