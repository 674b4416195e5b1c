"""Folders: tables by Frictionless and pyarrow, bags by bagit, the static room by its own links."""

from __future__ import annotations

import csv
import json
import warnings
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urldefrag

import bagit
import pyarrow.parquet as pq
import pytest
from lxml import etree, html

from septel.archive import Archive, Holding, Original
from septel.errors import SeptelError, UsageError
from septel.export import (
    FOLDERS,
    Bag,
    Context,
    CsvTables,
    ParquetTables,
    PlainText,
    Released,
    Site,
    Withheld,
    WithoutMarks,
    fill,
    folder_exporter,
)
from septel.export.tables.columns import TABLES
from septel.text import EditLog
from tests.archive.made import holding_of, made, source_of_pages
from tests.export.test_tei_editions import recorded, talk

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import frictionless


def hostile() -> Holding:
    source = source_of_pages('=CMD|"x", <script>alert(1)</script>\n', "B & C\n", name="../evil<&>.txt")
    return holding_of(source, EditLog(source.id), title="<b>T</b>", subject='a,b\n"c"')


def held(folder: Path) -> tuple[Archive, Holding]:
    """A holding with an original that is kept."""
    file = folder / "page one.txt"
    file.write_bytes(b"the original, as it came")
    archive = Archive.open(folder / "archive")
    kept = archive.objects.keep(file)
    return archive, made(originals=(Original(name="page one.txt", digest=kept),))


# Tables


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_no_fault(tmp_path: Path) -> None:
    CsvTables(records=recorded).write_into(tmp_path, [made(), talk(), hostile()])
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])
    assert {task.name for task in report.tasks} == {table.name for table in TABLES}


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_a_fault_that_is_there(tmp_path: Path) -> None:
    CsvTables().write_into(tmp_path, [made()])
    path = tmp_path / "edits.csv"
    path.write_text(path.read_text("utf-8").replace(",true,", ",perhaps,", 1), "utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_parquet_and_csv_hold_the_same(tmp_path: Path) -> None:
    plain, columns = tmp_path / "csv", tmp_path / "parquet"
    plain.mkdir()
    columns.mkdir()
    CsvTables(records=recorded).write_into(plain, [made(), talk(), hostile()])
    ParquetTables(records=recorded).write_into(columns, [made(), talk(), hostile()])
    for table in TABLES:
        read = pq.read_table(columns / f"{table.name}.parquet").to_pylist()
        assert [_as_csv(row) for row in read] == rows_of(plain / f"{table.name}.csv")
    described = json.loads((columns / "datapackage.json").read_text("utf-8"))
    assert {one["path"] for one in described["resources"]} == {f"{t.name}.parquet" for t in TABLES}


def _as_csv(row: dict[str, object]) -> dict[str, str]:
    def cell(value: object) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)

    return {name: cell(value) for name, value in row.items()}


def test_the_tables_say_what_the_holding_says(tmp_path: Path) -> None:
    CsvTables(records=recorded).write_into(tmp_path, [made(), talk()])
    messages = rows_of(tmp_path / "messages.csv")
    assert next((m["identifier"], m["changes"], m["doubts"], m["decisions"]) for m in messages) == (
        *("HELSINKI 1321", "4", "3", "1"),
    )
    assert [p["paragraph"] for p in rows_of(tmp_path / "paragraphs.csv")] == ["1", "1", "2"]
    assert [(r["normal"], r["line"]) for r in rows_of(tmp_path / "references.csv")][-1] == ("STATE 4411", "6")
    edits = rows_of(tmp_path / "edits.csv")
    assert [(e["before"], e["after"], e["ground"]) for e in edits][-1] == ("0F", "OF", "decision")
    said = rows_of(tmp_path / "statements.csv")
    assert {s["speaker"].upper() for s in said} >= {"SEMENOV"}
    assert rows_of(tmp_path / "positions.csv")


def test_tables_without_a_record_say_so(tmp_path: Path) -> None:
    CsvTables().write_into(tmp_path, [made()])
    assert not (tmp_path / "statements.csv").exists()
    assert any("statements" in note.what for note in CsvTables().losses)
    assert not any("statements" in note.what for note in CsvTables(records=recorded).losses)


# BagIt


def test_bagit_finds_the_bag_whole(tmp_path: Path) -> None:
    archive, one = held(tmp_path)
    with archive:
        fill(tmp_path / "bag", Bag(originals=archive.objects.find, day="2020-05-04"), [one, hostile()])
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.info["Bagging-Date"] == "2020-05-04"
    assert bag.info["External-Identifier"] == [f"urn:septel:{one.id}", f"urn:septel:{hostile().id}"]
    kept = tmp_path / "bag" / "data" / one.id / "originals" / "page one.txt"
    assert kept.read_bytes() == b"the original, as it came"
    kept.write_bytes(b"another")
    with pytest.raises(bagit.BagError):
        bag.validate()


@pytest.mark.parametrize("name", ["..", "../../etc/passwd", "a\nb.txt", "C:\\x.txt", "50%.txt"])
def test_an_original_stays_in_its_folder(name: str, tmp_path: Path) -> None:
    archive, one = held(tmp_path)
    odd = replace(one, originals=(Original(name=name, digest=one.originals[0].digest),) * 2)
    with archive:
        fill(tmp_path / "bag", Bag(originals=archive.objects.find), [odd])
    bagit.Bag(str(tmp_path / "bag")).validate()
    folder = tmp_path / "bag" / "data" / one.id / "originals"
    assert len([path for path in folder.iterdir() if path.is_file()]) == 2


def test_editions_of_a_bag_point_at_its_originals(tmp_path: Path) -> None:
    archive, one = held(tmp_path)
    digest = one.originals[0].digest
    odd = replace(one, originals=tuple(Original(name=f"{n}/the page.tif", digest=digest) for n in "ab"))
    with archive:
        fill(tmp_path / "bag", Bag(originals=archive.objects.find), [odd])
    edition = tmp_path / "bag" / "data" / one.id / "edition.xml"
    urls = [str(found.get("url")) for found in etree.parse(edition).iter("{*}graphic")]
    assert urls == ["originals/the%20page.tif", "originals/2-the%20page.tif"]
    assert all((edition.parent / unquote(url)).is_file() for url in urls)


# The static room


def parsed(path: Path) -> html.HtmlElement:
    found = html.fromstring(path.read_text("utf-8"))
    assert isinstance(found, html.HtmlElement)
    return found


def test_every_link_of_the_room_leads_somewhere(tmp_path: Path) -> None:
    fill(tmp_path / "room", Site(base="https://a.example"), [made(), hostile()])
    pages = sorted((tmp_path / "room").rglob("*.html"))
    assert len(pages) == 3
    for page in pages:
        tree = parsed(page)
        for _, attribute, link, _ in tree.iterlinks():
            path, anchor = urldefrag(link)
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, attribute, link)
            if anchor:
                assert parsed(target).get_element_by_id(anchor) is not None


def test_no_text_of_a_source_becomes_markup(tmp_path: Path) -> None:
    fill(tmp_path / "room", Site(base="https://a.example"), [hostile()])
    for name in ("index.html", f"{hostile().id}/index.html"):
        tree = parsed(tmp_path / "room" / name)
        assert not [s for s in tree.iter("script") if s.text]
        assert not list(tree.iter("b"))
    assert "<script" not in (tmp_path / "room" / "search.js").read_text("utf-8")
    shown = parsed(tmp_path / "room" / hostile().id / "index.html")
    assert shown.get_element_by_id("l1").find_class("text")[0].text == hostile().source.text.splitlines()[0]


def test_the_room_marks_doubts_and_shows_what_came(tmp_path: Path) -> None:
    fill(tmp_path / "room", Site(base="https://a.example"), [made()])
    shown = parsed(tmp_path / "room" / made().id / "index.html")
    assert [one.text for one in shown.find_class("line")[1].find_class("doubt")] == ["SALT[?]"]
    (told,) = [one.get("title") for one in shown.find_class("doubt") if one.text == "SALT[?]"]
    assert told == "came as “SAIT” (language; probability 0.55)"
    text = PlainText(marked=True).write(made()).decode().replace("\f", "")
    assert [one.text_content() for one in shown.find_class("text")] == text.splitlines()
    assert "doubtful[?] word is followed by [?]" in shown.find("body/footer").text_content()
    lines = (tmp_path / "room" / "search.js").read_text("utf-8")
    data = json.loads(
        lines.removeprefix("window.SEPTEL_LINES = ").rstrip(";\n").rstrip("]").rstrip(",\n") + "]"
    )
    assert data[1] == [made().id, made().title, 2, "SECRET TALKS ABOUT SALT[?]", "SECRET TALK5 ABOUT SAIT"]


def test_a_page_image_that_is_lost_is_told(tmp_path: Path) -> None:
    archive, one = held(tmp_path)
    lost = holding_of(one.source, one.log, originals=(Original(name="a.png", digest="0" * 64),))
    faults: list[SeptelError] = []
    with archive:
        site = Site(base="https://a.example", originals=archive.objects.find, note=faults.append)
        fill(tmp_path / "room", site, [lost])
    assert len(faults) == 1
    assert (tmp_path / "room" / lost.id / "index.html").is_file()


# All or nothing, and what may leave


class Breaking:
    name = "breaking"
    losses = ()

    def write_into(self, folder: Path, holdings: object) -> None:
        (folder / "half").write_text("half")
        raise UsageError("broken off")


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="broken off"):
        fill(tmp_path / "out", Breaking(), [])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(UsageError, match="something here"):
        fill(tmp_path, CsvTables(), [made()])
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("name", sorted(FOLDERS))
def test_what_is_withheld_is_nowhere_in_a_folder(name: str, tmp_path: Path) -> None:
    secret = source_of_pages("THE HIDDEN WORD IS XYLOPHONE\n")
    hidden = holding_of(
        secret, EditLog(secret.id), title="XYLOPHONE", subject="XYLOPHONE", captions=("NODIS",)
    )
    open_one = made(captions=())
    released = Released(WithoutMarks(frozenset({"NODIS"})))
    fill(tmp_path / "out", folder_exporter(name, Context()), released.of([hidden, open_one]))
    assert released.withheld == [Withheld(holding=hidden.id, why="marked NODIS")]
    for path in (tmp_path / "out").rglob("*"):
        assert hidden.id not in path.name
        if path.is_file():
            assert b"XYLOPHONE" not in path.read_bytes()
            assert hidden.id.encode() not in path.read_bytes()


def test_a_stamp_that_lifts_the_marking_lets_a_telegram_out() -> None:
    rule = WithoutMarks(frozenset({"SECRET"}))
    assert isinstance(rule(made(captions=())), Withheld)
    assert isinstance(rule(made(captions=(), classification="CONFIDENTIAL")), Holding)
    # The stamps say what holds now, whatever the sender wrote.
    text = "UNCLASSIFIED\nFM AMEMBASSY LIMA\nS E C R E T LIMA 4711\n\n1. THE WHEAT CAME.\n"
    stamped = made(text, name="stamped.txt", captions=(), classification="SECRET")
    assert isinstance(rule(stamped), Holding)
