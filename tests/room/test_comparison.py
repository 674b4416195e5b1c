"""Two texts side by side, copies with an apparatus, references as a plot, what is done with ticks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from septel.archive import Archive
from septel.export.record import ReferenceNode, reference_plot
from septel.room.parallel import parallel_rows, text_of, variants_of
from septel.text import ReadText, Source, marked
from septel.witness import collate
from tests.archive.made import made
from tests.room.visitor import Visitor

FIRST = "ONE TWO THREE\nFOUR FIVE SIX\nSEVEN EIGHT\nNINE TEN\nELEVEN TWELVE\nEND\n"
SECOND = "ONE TWO THREE\nFOUR MANY FIVE SIX\nSEVEN EIGHT\nNINE TEN\nELEVEN DOZEN\nEND\n"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
            opened.add(made(text, name=name, title=f"Text {name}", identifier=None, references=()))
        yield opened


def test_lines_stand_beside_each_other() -> None:
    one, two = Source.of_text(FIRST), Source.of_text(SECOND)
    rows = parallel_rows(collate(one, two))
    assert [row.line for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.differs for row in rows] == [False, True, False, False, True, False]
    said = [" ".join(piece.text for piece in row.second) for row in rows]
    assert said == SECOND.strip().split("\n")
    assert [" ".join(piece.text for piece in row.first) for row in rows] == FIRST.strip().split("\n")
    assert [piece.kind for piece in rows[1].second if piece.kind] == ["more"]
    short = parallel_rows(collate(one, two), whole=False)
    assert [row.skipped for row in short] == [0, 0, 0, 0, 0, 0]  # a line before and after each difference
    many = Source.of_text("\n".join(["SAME WORD"] * 30 + ["X"]) + "\n")
    other = Source.of_text("\n".join(["SAME WORD"] * 30 + ["Y"]) + "\n")
    assert parallel_rows(collate(many, other), whole=False)[0].skipped == 29


def test_variants_are_an_apparatus() -> None:
    text, copy = Source.of_text(FIRST), Source.of_text(SECOND, name="B")
    rows = variants_of(text, [copy])
    assert [(row.line, row.text, row.others) for row in rows] == [
        (2, "", (("B", "MANY", 2),)),
        (5, "TWELVE", (("B", "DOZEN", 5),)),
    ]


def test_both_texts_are_shown_with_the_marks_of_their_doubts(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "marked") as kept:
        first, second = made(), made("SECRET TALKS ABOUT SALT\nNEXT MEETING AT MOSCOW\n", name="b.txt")
        for one in (first, second):
            kept.add(one)
        held = kept.holding(first.id)
        texts = text_of(kept, first.id), text_of(kept, second.id)
        rows = parallel_rows(collate(*texts))
        shown = " ".join(piece.text for row in rows for piece in row.first).split()
        assert shown == marked(held.reading).split()
        assert {"SALT[?]", "[…4]", "MOSCOW[?]"} <= set(shown)
        assert isinstance(texts[1], ReadText)
        assert texts[1].signs == ()
        other = Source.of_text(texts[0].text.replace("SALT", "SEA"), name="C")
        assert "SALT[?]" in [row.text for row in variants_of(texts[0], [other])]
        page = Visitor(kept).get(f"/collate?first={first.id}&second={second.id}").text
        assert "SALT[?]" in page


def test_the_page_of_two_texts(archive: Archive) -> None:
    visitor = Visitor(archive)
    page = visitor.get("/collate", params={"first": "a.txt", "second": "b.txt"}).text
    assert '<ins class="differs more">MANY</ins>' in page
    assert re.search(r'<b class="differs other">TWELVE</b>', page)
    assert "1 substitution" in page
    assert 'role="alert"' in visitor.get("/collate", params={"first": "a.txt", "second": "none"}).text
    assert visitor.get("/collate").status_code == 200


def test_sections_and_copies(archive: Archive) -> None:
    visitor = Visitor(archive)
    held = archive.resolve("a.txt")
    assert "No copy of it is known" in visitor.get(f"/telegram/{held}/copies").text


def test_references_are_drawn() -> None:
    nodes = [
        ReferenceNode(
            id="a", name="LA PAZ 2", sender="LA PAZ", day=date(1974, 1, 3), held=True, address="/x"
        ),
        ReferenceNode(id="b", name="<LA PAZ 1>", sender="LA PAZ", day=date(1974, 1, 2), held=False),
        ReferenceNode(id="c", name="STATE 9", sender="STATE", day=None, held=False),
    ]
    svg = reference_plot(nodes, [("a", "b"), ("a", "c"), ("a", "z")])
    root = ElementTree.fromstring(svg)
    paths = [one for one in root.iter("{http://www.w3.org/2000/svg}path") if one.get("marker-end")]
    assert len(paths) == 2
    assert svg.count("stroke-dasharray") == 2
    assert "no date" in svg
    assert reference_plot([], []) == ""


def test_the_graph_of_an_archive(archive: Archive) -> None:
    visitor = Visitor(archive)
    assert "No telegram cites another" in visitor.get("/graph").text
    assert visitor.get("/graph.svg").status_code == 404
    assert visitor.get("/graph?of=none").status_code == 404


def test_what_is_ticked_is_exported_reported_and_moved(archive: Archive) -> None:
    visitor = Visitor(archive)
    ids = [str(row["id"]) for row in archive.holdings()]
    answer = visitor.get("/selection/export", params={"tick": ids, "format": "text"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert len(packed.namelist()) == 2
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert any(b"FOUR MANY" in packed.read(one) for one in packed.namelist())
    assert visitor.get("/selection/export", params={"tick": ids, "format": "none"}).status_code == 400
    assert visitor.get("/selection/export", params={"format": "text"}).status_code == 400
    report = visitor.get("/selection/report", params={"tick": ids})
    assert report.headers["content-disposition"].startswith("attachment")
    assert report.text.startswith("<!doctype html>")
    moved = {"tick": ids, "box": "12", "folder": " SALT "}
    assert visitor.post("/selection/move", moved).status_code == 303
    assert {(one.shelf["box"], one.shelf["folder"]) for one in archive.listed()} == {("12", "SALT")}
    assert visitor.post("/selection/move", {"tick": ids}).status_code == 400


def test_time_as_bars_and_dates_in_their_fields(archive: Archive) -> None:
    for number, dtg in ((7, "1970-01-02T10:00Z"), (8, "1970-03-02T10:00Z")):
        archive.add(made(f"SALT {number}\n", name=f"{number}.txt", identifier=f"VIENNA {number}", dtg=dtg))
    for one in archive.holdings():
        archive.curation.correct(str(one["id"]), "post", "VIENNA", by="x")
        if one["dtg"]:
            archive.curation.correct(str(one["id"]), "dtg", str(one["dtg"])[:10], by="x")
    visitor = Visitor(archive)
    page = visitor.get("/search?q=post:vienna").text
    assert re.search(r'title="1970-01: 1"', page)
    assert 'title="1970-02: 0" aria-label="1970-02: 0" tabindex="-1"' in page
    asked = visitor.get(
        "/search", params={"q": "post:vienna date:1969", "from": "1970-01-01", "until": "1970-02-01"}
    )
    assert asked.headers["location"].endswith("q=post%3Avienna+date%3A1970-01-01..1970-02-01")
    narrowed = visitor.get(asked.headers["location"]).text
    assert 'name="from" type="date" value="1970-01-01"' in narrowed


LONG = """FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC
C O N F I D E N T I A L LA PAZ 0158
SUBJ: VICTOR PAZ EXILED
1. THE MINISTRY OF INTERIOR ANNOUNCED TODAY THAT FORMER PRESIDENT VICTOR PAZ WAS EXILED
BECAUSE OF ALLEGED ACTIVITIES AGAINST THIS GOVERNMENT AND LEFT FOR PARAGUAY YESTERDAY EVENING.
2. COMMENT: FOLLOWERS WITHIN HIS PARTY REMAIN QUIET.
STEDMAN
"""


def test_copies_are_tabs_with_an_apparatus(archive: Archive) -> None:
    for name, text in (("one.txt", LONG), ("two.txt", LONG.replace("ALLEGED", "REPORTED"))):
        archive.add(made(text, name=name, identifier="LA PAZ 158", title=f"LA PAZ 158 {name}", references=()))
    visitor = Visitor(archive)
    one, two = archive.resolve("one.txt"), archive.resolve("two.txt")
    page = visitor.get(f"/telegram/{one}").text
    assert f'<a href="/telegram/{one}" aria-current="page">this one</a> <a href="/telegram/{two}">' in page
    assert f'<a href="/telegram/{one}/copies">Variants</a>' in page
    copies = visitor.get(f"/telegram/{one}/copies").text
    assert re.search(
        rf'line=6#l6">6</a> <span class="typed">ALLEGED</span>] <span class="typed">REPORTED</span> '
        rf'<a class="siglum" href="/telegram/{two}\?line=6#l6">B</a>',
        copies,
    )
    assert "1 place," in copies


def test_what_does_not_fit_together_is_told_and_nothing_else_is_shown(archive: Archive) -> None:
    text = LONG.replace("SUBJ:", "E.O. 11652: GDS\nTAGS: PINT BL\nSUBJ:").replace(
        "FM AMEMBASSY", "O R 091743Z JAN 69\nFM AMEMBASSY"
    )
    archive.add(made(text, name="early.txt", identifier="LA PAZ 159", references=()))
    page = Visitor(archive).get(f"/telegram/{archive.resolve('early.txt')}").text
    assert '<details class="checks"><summary>2 things do not fit together</summary>' in page
    assert "a TAGS line on a telegram of 1969-01-09" in page
    assert 'class="checks"' not in Visitor(archive).get(f"/telegram/{archive.resolve('a.txt')}").text


def test_pages_of_a_text_without_images_are_listed(archive: Archive) -> None:
    archive.add(made("ONE\n", "TWO\n", "THREE\n", name="three.txt", pages=(), accounts=(), references=()))
    page = Visitor(archive).get(f"/telegram/{archive.resolve('three.txt')}").text
    assert re.findall(r'<a href="#page(\d)">', page) == ["1", "2", "3"]
    assert all(f'id="page{number}"' in page for number in (1, 2, 3))
