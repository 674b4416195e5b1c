"""The record as JSON, tables and report: by schema, tied to lines, rules and persons told apart."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest
from lxml import etree, html
from PIL import Image

from septel.archive.dossier import Dossier, DossierDocument
from septel.export.record.json_form import record_json
from septel.export.record.plots import heat_map, timeline
from septel.export.record.printed_report import address, report
from septel.export.record.raster import png_of
from septel.export.record.schema import record_schema, record_schema_text
from septel.export.record.tables import TABLES, table
from septel.record import IssueVocabulary, Meeting, Record
from septel.record.review.apply import reviewed
from septel.record.review.fields import said_of
from septel.record.review.log import ObjectKind, Opinion, ReviewLog, Verdict
from septel.text import Edit, Ground, Reading, Reason, Span, State, Step
from tests.conftest import ROOT
from tests.record.made_record import TEXT, record, source

AT = datetime(2020, 5, 4, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"


def dossier(
    found: Record | None = None, log: ReviewLog | None = None, title: str = "HELSINKI 1321"
) -> Dossier:
    found = found or record()
    log = log or ReviewLog(found.source_id)
    reading = Reading.of(source())
    document = DossierDocument(title=title, reading=reading, reviewed=reviewed(found, reading, log), log=log)
    return Dossier(documents=[document], vocabulary=IssueVocabulary.shipped())


def opinions() -> ReviewLog:
    said, asked, no = record().statements
    log = ReviewLog(record().source_id)

    def about(statement: object, verdict: Verdict, **fields: str) -> Opinion:
        span = getattr(statement, "excerpt").locus.span  # noqa: B009  (statements of any kind)
        held = tuple((dict(said_of(statement)) | fields).items())
        return Opinion(kind=ObjectKind.STATEMENT, verdict=verdict, span=span, said=held, reason="seen")

    log = log.add(about(said, Verdict.ACCEPTED), by="Ann", at=AT)
    log = log.add(about(said, Verdict.CORRECTED, act="commits"), by="Bob", at=AT)
    log = log.add(about(asked, Verdict.CORRECTED, speaker="Nitze"), by="Ann", at=AT)
    log = log.add(about(no, Verdict.REJECTED), by="Ann", at=AT)
    lost = replace(about(no, Verdict.ACCEPTED), span=None, lost="its words are gone", origin="x:1")
    return log.add(lost, by="Cleo", at=AT)


def rows(found: Dossier, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(found, name).decode(), newline="")))


def test_the_published_schema_is_fresh() -> None:
    published = ROOT / "docs" / "schema" / "record.schema.json"
    assert published.read_text(encoding="utf-8") == record_schema_text()


@pytest.mark.parametrize("log", [None, opinions()])
def test_json_fits_the_published_schema(log: ReviewLog | None) -> None:
    data = json.loads(json.dumps(record_json(dossier(log=log)).model_dump(mode="json")))
    jsonschema.Draft202012Validator(record_schema()).validate(data)


def test_rules_and_persons_are_told_apart_in_the_json() -> None:
    (document,) = record_json(dossier(log=opinions())).documents
    first, second = document.statements
    assert (first.origin, first.rule, first.confidence) == ("person", "person: Bob", None)
    assert (first.standing.status, first.standing.disputed) == ("corrected", True)
    assert [(o.by, o.verdict) for o in first.standing.opinions] == [("Ann", "accepted"), ("Bob", "corrected")]
    assert second.speaker is not None
    assert (second.speaker.surname, second.speaker.side) == ("Nitze", "US")
    (rejected,) = document.rejected
    assert (rejected.excerpt.words, rejected.standing.by) == ("SEMENOV REJECTED ON-SITE INSPECTION", "Ann")
    (lost,) = document.lost
    assert (lost.why, lost.origin) == ("its words are gone", "x:1")
    proposed = record_json(dossier()).documents[0].statements[0]
    assert (proposed.origin, proposed.confidence, proposed.standing.status) == ("rule", 0.9, "proposed")


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_row_of_every_table_has_its_place(name: str) -> None:
    found = dossier()
    lines = TEXT.splitlines()
    for row in rows(found, name):
        if name == "suggestions":
            continue
        assert row["document"] == record().source_id
        assert row["page"] == "1"
        assert row["locus"].startswith(f"{row['document']}:")
        words = (row.get("content") or row["words"]).split()
        assert words[0] in lines[int(row["line"]) - 1]


def test_tables_say_what_the_record_says() -> None:
    found = dossier(log=opinions())
    statements = rows(found, "statements")
    assert [(r["speaker"], r["act"], r["origin"], r["status"]) for r in statements] == [
        ("Semenov", "commits", "person", "corrected"),
        ("Nitze", "asks", "person", "corrected"),
    ]
    assert (statements[0]["reviewed_by"], statements[0]["disputed"]) == ("Ann; Bob", "yes")
    assert [r["status"] for r in rows(found, "meetings")] == ["held", "announced"]
    assert {(r["issue"], r["side"]) for r in rows(found, "positions")} == {("abm", "Soviet"), ("abm", "US")}
    (question,) = [r for r in rows(found, "open") if r["what"] == "question"]
    assert (question["state"], question["speaker"]) == ("open", "Nitze")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(start: str) -> None:
    title = f"{start}HYPERLINK(1)"
    assert {row["title"] for row in rows(dossier(title=title), "statements")} == {f"'{title}"}


def test_the_report_runs_nothing_loads_nothing_and_links_every_row_to_its_line() -> None:
    page = report(dossier(title=HOSTILE, log=opinions())).decode()
    tree: Any = html.fromstring(page)
    assert HOSTILE not in page
    assert not tree.xpath("//script | //link | //img | //iframe")
    assert "default-src 'none'" in tree.xpath("string(//meta[@http-equiv]/@content)")
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    targets = {a.lstrip("#") for a in tree.xpath("//a/@href")}
    assert targets <= set(identifiers)
    lines = [e.text_content() for e in tree.xpath("//*[@class='text']//*[@class='words']")]
    assert lines == TEXT.splitlines()
    for row in tree.xpath("//table[thead]//tbody/tr[not(th[@scope='rowgroup'])]"):
        links = row.xpath(".//a/@href")
        heads = row.xpath("string(ancestor::table/thead)")
        assert links or "alpha" in heads
    words = tree.text_content()
    assert "These are suggestions of rules, not findings" in words
    assert "disputed" in words
    assert "Opinions without a place" in words


def test_the_report_is_short_where_nothing_is_lost_by_it() -> None:
    made = record()
    coded = tuple(
        replace(
            s, issues=(*s.issues, *(replace(one, issue="PARM") for one in s.issues if one.issue == "abm"))
        )
        for s in made.statements
    )
    found = dossier(replace(made, statements=coded, date="1969-11-18", date_doubtful=True))
    tree: Any = html.fromstring(report(found, documents=False).decode())
    heads = [one.text_content() for one in tree.xpath("//table[thead]//th[@scope='rowgroup'][@colspan='4']")]
    (head,) = (head for head in heads if "PARM" in head)
    assert set(head.split("; ")) == {found.label("abm"), "Arms Control and Disarmament (PARM)"}
    dates = {one.text_content() for one in tree.xpath("//td[@class='date']")}
    assert dates == {"1969-11-18[?]"}
    nothing = dossier(
        replace(made, statements=(), meetings=(), texts=(), claims=(), assessments=(), unread=())
    )
    assert "SHA-256" not in report(nothing, documents=False).decode()
    assert "SHA-256" in report(nothing).decode()


def test_the_place_of_a_meeting_is_as_doubtful_as_its_words() -> None:
    made, text = record(), source()
    doubts = [
        Edit(
            span=Span(*found.span()),
            before=found.group(),
            after=found.group(),
            reason=Reason(ground=Ground.CHANNEL),
            step=Step.of("tool", "1"),
            state=State.DOUBTFUL,
        )
        for found in re.finditer("EMBASSY", text.text)
    ]
    sure = dossier(made)
    (document,) = sure.documents
    unsure = replace(sure, documents=[replace(document, reading=Reading.of(text, doubts))])
    assert {row["place"] for row in rows(sure, "meetings")} == {"SOVIET EMBASSY", "US EMBASSY"}
    assert {row["place"] for row in rows(unsure, "meetings")} == {"SOVIET EMBASSY[?]", "US EMBASSY[?]"}
    assert "SOVIET EMBASSY[?]" in report(unsure).decode()


def test_plots_are_well_formed_link_to_lines_and_are_told_without_colour() -> None:
    found = dossier()
    drawn = {"time": timeline(found, address), "issues": heat_map(found, address)}
    for svg in drawn.values():
        tree: Any = etree.fromstring(svg.encode())
        assert tree.xpath("//*[local-name()='a']/@href")
        assert not tree.xpath("//*[local-name()='script']")
    assert "plenary, 1969-11-18, SOVIET EMBASSY, held" in drawn["time"]
    assert 'fill="#fff"' in drawn["time"]  # the announced meeting is hollow
    assert "1 · proposes" in drawn["issues"]
    assert "1 · questions" in drawn["issues"]


def test_meetings_without_a_full_date_are_counted_and_none_make_no_plot() -> None:
    held, announced = record().meetings
    undated: Meeting = replace(announced, id="x", date="--11-20")
    some = dossier(replace(record(), meetings=(held, undated)))
    assert "1 without a full date" in timeline(some, address)
    none = dossier(replace(record(), meetings=(), statements=()))
    assert (timeline(none, address), heat_map(none, address)) == ("", "")
    assert "No meeting was found" in report(none).decode()


def test_views_leave_out_what_is_later() -> None:
    found = dossier()
    assert replace(found, until="1969-01-01").positions == ()
    assert len(replace(found, until="1969-11-18").positions) == 3


def test_no_number_and_no_name_in_any_table_is_absent_from_the_source() -> None:
    known = set(re.findall(r"\d+|[A-Z]{4,}", TEXT))
    for name in ("statements", "open", "meetings"):
        for row in rows(dossier(), name):
            for column in ("content", "words", "numbers", "place"):
                assert set(re.findall(r"\d+|[A-Z]{4,}", row.get(column, ""))) <= known


def test_many_meetings_are_counted_by_time() -> None:
    """More than can be told from each other: a square for each year, with its number, and no link."""
    base = record().meetings[0]
    many = tuple(
        replace(base, id=str(n), date=f"{1950 + n % 7}-{n % 12 + 1:02}-{n % 27 + 1:02}") for n in range(200)
    )
    drawn = timeline(dossier(replace(record(), meetings=(*many, replace(base, id="x", date=None)))), address)
    root = etree.fromstring(drawn.encode())
    titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")][1:]
    assert sum(int(str(one).rpartition(": ")[2]) for one in titles) == 200
    assert "meetings in a year" in drawn
    assert "1 without a full date" in drawn
    near = tuple(replace(base, id=str(n), date=f"1969-{n % 12 + 1:02}-{n % 27 + 1:02}") for n in range(200))
    assert "meetings in a month" in timeline(dossier(replace(record(), meetings=near)), address)


@pytest.mark.parametrize("faces", [True, False])
def test_plots_become_png(faces: bool) -> None:
    """With the machine's faces, and on a machine that has none."""
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    plot = heat_map(dossier(), address)
    with Image.open(io.BytesIO(png_of(plot, faces=faces))) as image:
        size, grey = image.size, image.convert("L")
    view = re.search(r'viewBox="0 0 (\d+) (\d+)"', plot)
    assert view is not None
    assert size == (2 * int(view[1]), 2 * int(view[2]))
    names = grey.crop((0, 72, 600, size[1] - 60))  # where the issues are named
    assert names.getextrema()[0] < 60
