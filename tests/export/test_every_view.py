"""One list of doubts: every view of a holding has the same words and fields with the same marks.

Six holdings go through all that prints words of theirs: the restored sample, a page of it as scanned, a worn
telegram, a memorandum whose signer is doubtful, a cable with a doubtful number and date, and one whose date a
person corrected.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from pyarrow import parquet

import septel
from septel.archive import DossierDocument, Holding, dossier_of
from septel.archive.model import parts_of, tree_of
from septel.cli.shared.terminal import doubts_marked
from septel.export import FORMATS
from septel.export.protocol import Context
from septel.export.registry import exporter, folder_exporter
from septel.room.lines import line_views
from septel.room.pages.telegram import paragraphs_of
from septel.text import Span, State, marked, places, read_words
from tests.cli.test_cli import Capsys, call
from tests.conftest import ROOT
from tests.export.views import Kept
from tests.room.visitor import Visitor

IN_DOUBT = (State.DOUBTFUL, State.UNREADABLE)
WORDLESS = {
    "pdf": "its words are to be searched and copied; a mark would be found for a word",
    "plain": "the reading without marks, as its name says",
    "prov": "where readings come from, not the words",
    "ftm": "names and dates for other programs, and the text to be searched",
}
"""Formats that bear no marks, and why."""


NAMES = ("sample", "scan", "worn", "memorandum", "cable", "corrected")
Words = list[tuple[str, bool]]
"""Words without their marks, each with whether it is doubtful (or stands for what can't be read)."""


@pytest.fixture
def kept(kept_views: Kept) -> Kept:
    return kept_views


def html_of(text: str) -> Any:
    return html.fromstring(text)


def of_text(text: str) -> Words:
    """The words of a text that bears marks; the room counts the strength of a doubt in their brackets."""
    plain = re.sub(r"\[\?+\]", "[?]", text)
    return [(word.replace("[?]", ""), "[?]" in word or "[…" in word) for word in plain.split()]


def of_states(found: Iterator[tuple[str, str]]) -> Words:
    """The words of a format that says beside each how far to trust it."""
    return [(text, state in ("doubtful", "unreadable")) for text, state in found]


def in_doubt(words: Words) -> list[str]:
    return [word for word, doubtful in words if doubtful]


def expected(kept: Kept, name: str) -> Words:
    """Every word of a holding, in order."""
    words = read_words(kept.holding(name).reading)
    return [(word.text.replace("[?]", ""), word.state in IN_DOUBT) for word in words]


def exported(kept: Kept, name: str, form: str) -> bytes:
    context = Context(base="https://example.org", originals=kept.archive.objects.find, records=records(kept))
    return exporter(form, context=context).write(kept.holding(name))


def records(kept: Kept) -> Callable[[Holding], DossierDocument]:
    return lambda held: dossier_of(kept.archive, [held.id]).documents[0]


def folder_of(kept: Kept, name: str, form: str, tmp: Path) -> Path:
    made = tmp / form
    made.mkdir()
    context = Context(base="https://example.org", originals=kept.archive.objects.find, records=records(kept))
    folder_exporter(form, context).write_into(made, [kept.holding(name)])
    return made


def tei_words(document: bytes) -> Words:
    """The first reading of each place, line by line; what came and what else it may be are left out."""
    (body,) = etree.fromstring(document).iter("{*}body")
    return of_pieces([(text, doubtful) for text, doubtful in tei_pieces(body, doubtful=False) if text])


def tei_pieces(element: etree._Element, *, doubtful: bool) -> Iterator[tuple[str, bool]]:
    name = etree.QName(element).localname
    if name == "lb":
        yield "\n", False
    elif name == "gap":
        yield f"[…{element.get('quantity', '')}]", True
    if name in ("choice", "app"):
        readings = [one for one in element if etree.QName(one).localname not in ("sic", "rdg")]
        yield from tei_pieces(readings[0], doubtful=doubtful)
        return
    if name == "unclear" or element.get("type") == "doubtful":
        each = element.findall("{*}unclear")
        # Where several words are in doubt each has its own mark.
        assert len("".join(map(str, element.itertext())).split()) == (len(each) or 1)
        doubtful = not each
    yield element.text or "", doubtful
    for child in element:
        yield from tei_pieces(child, doubtful=doubtful)
        yield child.tail or "", doubtful


def of_pieces(pieces: list[tuple[str, bool]]) -> Words:
    """Words of a text in pieces, each with the doubt of its parts."""
    whole = "".join(text for text, _ in pieces)
    ends = [0]
    for text, _ in pieces:
        ends.append(ends[-1] + len(text))
    found: Words = []
    for word in re.finditer(r"\S+", whole):
        over = [n for n in range(len(pieces)) if ends[n] < word.end() and ends[n + 1] > word.start()]
        found.append((word.group(), any(pieces[n][1] for n in over)))
    return found


def hocr_words(document: bytes) -> Iterator[tuple[str, str]]:
    for element in etree.fromstring(document).iter("{*}span"):
        if element.get("class") == "ocrx_word":
            read = next(element.iter("{*}ins"), element)
            yield read.text or "", (element.get("title") or "").partition("x_state ")[2]


def alto_words(document: bytes) -> Iterator[tuple[str, str]]:
    for element in etree.fromstring(document).iter("{*}String"):
        yield str(element.get("CONTENT")), element.get("TAGREFS") or ""


def page_words(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*.xml")):
        for element in etree.parse(file).iter("{*}Word"):
            state = re.search(r"state:([a-z ]+);", element.get("custom") or "")
            yield next(element.iter("{*}Unicode")).text or "", state[1] if state else ""


def json_words(kept: Kept, name: str) -> Words:
    told = json.loads(exported(kept, name, "json"))
    doubted = [Span(start, end) for start, end, state in told["marks"] if state in ("doubtful", "unreadable")]
    return [
        (word.text.replace("[?]", ""), any(one.overlaps(word.span) for one in doubted))
        for word in read_words(kept.holding(name).reading)
    ]


def iiif_words(kept: Kept, name: str) -> Words:
    manifest = json.loads(exported(kept, name, "iiif"))
    lines = [
        one["body"]["value"]
        for canvas in manifest["items"]
        for page in canvas["annotations"]
        for one in page["items"]
        if one["motivation"] == "supplementing"
    ]
    return of_text("\n".join(lines))


def site_words(kept: Kept, name: str, tmp: Path) -> Words:
    folder = folder_of(kept, name, "site", tmp)
    page = html_of((folder / kept.ids[name] / "index.html").read_text("utf-8"))
    return of_text("\n".join(one.text_content() for one in page.find_class("text")))


def bag_words(kept: Kept, name: str, tmp: Path) -> Words:
    (file,) = folder_of(kept, name, "bag", tmp).rglob("reading.txt")
    return of_text(file.read_text("utf-8"))


def room_words(kept: Kept, name: str) -> Words:
    page = html_of(Visitor(kept.archive).get(f"/telegram/{kept.ids[name]}?view=source").text)
    for gone in page.find_class("hidden"):
        gone.getparent().remove(gone) if not gone.tail else gone.drop_tree()
    return of_text("\n".join(one.text_content() for one in page.xpath("//span[@class='typed read']")))


def api_words(kept: Kept, name: str) -> Words:
    lines = Visitor(kept.archive).get(f"/api/telegrams/{kept.ids[name]}/text").json()["lines"]
    return of_text("\n".join(one["marked"] for one in lines))


def shown_words(kept: Kept, name: str, capsys: Capsys) -> Words:
    _, out, _ = call(capsys, "show", kept.ids[name], "--archive", kept.folder)
    return of_text(out)


def collated_words(kept: Kept, name: str, capsys: Capsys) -> Words:
    """The words of a holding beside itself."""
    one = kept.ids[name]
    _, out, _ = call(capsys, "collate", "--held", one, one, "--archive", kept.folder)
    return of_text(out)


def edit_words(kept: Kept, name: str, form: str, tmp: Path) -> list[tuple[int, int]]:
    """The doubtful places of the table of edits."""
    folder = folder_of(kept, name, form, tmp)
    if form == "parquet":
        rows = parquet.read_table(folder / "edits.parquet").to_pylist()
    else:
        with (folder / "edits.csv").open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
    return [
        (int(row["start"]), int(row["end"]))
        for row in rows
        if str(row["counts"]).lower() == "true" and row["state"] in ("doubtful", "unreadable")
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "view",
    [
        *("show", "text", "json", "tei", "hocr", "alto", "page", "iiif", "site", "bag", "room", "api"),
        *("restore", "python", "collate"),
    ],
)
def test_words(kept: Kept, name: str, view: str, tmp_path: Path, capsys: Capsys) -> None:
    reading = kept.holding(name).reading
    views: dict[str, Callable[[], Words]] = {
        "show": lambda: shown_words(kept, name, capsys),
        "text": lambda: of_text(exported(kept, name, "text").decode()),
        "json": lambda: json_words(kept, name),
        "tei": lambda: tei_words(exported(kept, name, "tei")),
        "hocr": lambda: of_states(hocr_words(exported(kept, name, "hocr"))),
        "alto": lambda: of_states(alto_words(exported(kept, name, "alto"))),
        "page": lambda: of_states(page_words(folder_of(kept, name, "page", tmp_path))),
        "iiif": lambda: iiif_words(kept, name),
        "site": lambda: site_words(kept, name, tmp_path),
        "bag": lambda: bag_words(kept, name, tmp_path),
        "room": lambda: room_words(kept, name),
        "api": lambda: api_words(kept, name),
        "restore": lambda: of_text(doubts_marked(reading).plain),
        "collate": lambda: collated_words(kept, name, capsys),
        "python": lambda: of_text(marked(kept.archive.reading(kept.ids[name])[1])),
    }
    if view == "page" and name != "scan":
        # A file for each page of which there is an image.
        assert views[view]() == []
    else:
        assert views[view]() == expected(kept, name)


@pytest.mark.parametrize("name", NAMES)
def test_the_reading_edition_marks_the_words_of_its_paragraphs(kept: Kept, name: str) -> None:
    held = kept.holding(name)
    parts = parts_of(held, tree_of(held))
    signatures = {number for number, part in enumerate(parts, 1) if part.name == "signature"}
    shown = paragraphs_of(line_views(held, parts, {}), signatures)
    lines = [held.source.line(line.number) for paragraph in shown for line in paragraph]
    page = html_of(Visitor(kept.archive).get(f"/telegram/{held.id}?view=reading").text)
    for sign in page.find_class("sign"):
        sign.text = "[?]"
    paragraphs = "\n".join(one.text_content() for one in page.find_class("para"))
    doubted = [
        word.text.replace("[?]", "")
        for line in lines
        for word in read_words(held.reading, line)
        if word.state in IN_DOUBT
    ]
    assert in_doubt(of_text(paragraphs)) == doubted


@pytest.mark.parametrize("name", NAMES)
def test_tables_and_sheets_have_every_doubtful_place(kept: Kept, name: str, tmp_path: Path) -> None:
    doubted = [
        (span.start, span.end) for span, state in places(kept.holding(name).reading) if state in IN_DOUBT
    ]
    assert sorted(edit_words(kept, name, "tables", tmp_path)) == doubted
    assert sorted(edit_words(kept, name, "parquet", tmp_path)) == doubted
    rows = csv.DictReader(io.StringIO(exported(kept, name, "corrections").decode("utf-8-sig")))
    assert [tuple(map(int, row["place"].split("-"))) for row in rows] == doubted


def test_words_of_the_restorer_are_as_doubtful_as_those_of_its_reading(capsys: Capsys) -> None:
    """In Python, and as `septel restore --words` gives them; a word of several counts as each of them."""
    file = ROOT / "sample" / "telegram.ocr.txt"
    document = septel.read(file)
    source = document.reading.source
    told = [
        (word.line, one, word.trust in IN_DOUBT)
        for word in document.restoration.words
        for one in (word.text.split() if word.trust is not State.UNREADABLE else ())
    ]
    shown = [
        (source.line_at(word.span.start), word.text.replace("[?]", ""), word.state in IN_DOUBT)
        for word in read_words(document.reading)
        if "[…" not in word.text
    ]
    doubted = {(line, text) for line, text, doubtful in told if doubtful}
    assert doubted == {(line, text) for line, text, doubtful in shown if doubtful}
    _, out, _ = call(capsys, "restore", "--words", file)
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["state"] for row in rows] == [word.trust.value for word in document.restoration.words]


def test_every_format_is_looked_at() -> None:
    words = {"text", "json", "tei", "hocr", "alto", "page", "iiif", "site", "bag"}
    others = {"tables", "parquet", "corrections", "tei-frus"}
    assert set(FORMATS) == words | others | set(WORDLESS)
