"""Every view of a holding shows the same words with the same marks: the sample, and the real telegram."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from septel.archive import Archive, Holding
from septel.archive.dossier import document_of
from septel.archive.model.stored_tree import parts_of, tree_of
from septel.cli.archive.search import hit_json
from septel.cli.shared.terminal import counts_of, doubts_marked
from septel.errors import SeptelError
from septel.export import Alto, Hocr, Json, PlainText, Tei, placed_pages
from septel.export.record.printed_report import _lines
from septel.pipeline.document import process
from septel.pipeline.holding import holding_of
from septel.restore import Restorer
from septel.room.lines import line_views
from septel.text import Reading, Span, State, counted, marked, places, read_words
from tests.conftest import ROOT

Words = list[tuple[int, str, State]]


def documents() -> list[Path]:
    shared = ROOT.parent / "shared" / "seed" / "helsinki-1321.ocr.txt"
    return [ROOT / "sample" / "telegram.ocr.txt", *([shared] if shared.is_file() else [])]


def raised(fault: SeptelError) -> None:
    raise fault


@pytest.fixture(scope="module", params=documents(), ids=lambda path: path.name)
def walked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Reading, Holding, Archive]]:
    """The reading as `septel read` has it, and the holding as the archive gives it back."""
    (found,) = process(request.param, Restorer.load(), on_fault=raised)
    with Archive.open(tmp_path_factory.mktemp("archive")) as kept:
        holding = holding_of(found, at=datetime(2020, 1, 1, tzinfo=UTC))
        kept.add(holding, ())
        yield found.reading, kept.holding(holding.id), kept


@pytest.fixture
def reading(walked: tuple[Reading, Holding, Archive]) -> Reading:
    return walked[0]


@pytest.fixture
def holding(walked: tuple[Reading, Holding, Archive]) -> Holding:
    return walked[1]


def words_of(reading: Reading) -> Words:
    """Line by line, every word with its marks and state: what each view must show."""
    return [
        (number, word.text, word.state)
        for number, line in enumerate(reading.source.lines, 1)
        for word in read_words(reading, line)
    ]


def bare(words: Words) -> Words:
    """The same for layouts, which say how sure a word is beside it."""
    return [(line, text.replace("[?]", ""), state) for line, text, state in words]


def test_storing_keeps_every_doubt(reading: Reading, holding: Holding) -> None:
    assert places(holding.reading) == places(reading)
    assert counts_of(holding.reading) == counts_of(reading)
    assert counted(reading)[State.DOUBTFUL] > 10


def test_read_and_restore_and_show_and_text_print_the_same_words(reading: Reading, holding: Holding) -> None:
    shown = [text for _, text, _ in words_of(reading)]
    assert doubts_marked(reading).plain.split() == shown
    assert PlainText(marked=True).write(holding).decode().split() == shown
    plain = PlainText(marked=False).write(holding).decode().split()
    assert plain == [text.replace("[?]", "") for text in shown]


def test_json_lists_every_place(reading: Reading, holding: Holding) -> None:
    marks = json.loads(Json().write(holding))["marks"]
    assert [(Span(start, end), State(state)) for start, end, state in marks] == list(places(reading))


def test_tei_marks_every_place(reading: Reading, holding: Holding) -> None:
    expected = [(reading.source.line_at(span.start), state) for span, state in places(reading)]
    assert list(tei_places(Tei().write(holding))) == expected


def tei_places(document: bytes) -> Iterator[tuple[int, State]]:
    line = 0
    for element in etree.fromstring(document).iter("{*}lb", "{*}choice", "{*}unclear"):
        name = etree.QName(element).localname
        if name == "lb":
            line = int(element.get("n", "0"))
        elif name == "unclear":
            parent = etree.QName(element.getparent()).localname
            # A place of several words has one for each.
            one = parent not in ("unclear", "corr", "lem")
            if one and (parent not in ("choice", "supplied") or element.getprevious() is None):
                yield line, State.DOUBTFUL
        elif etree.QName(element[0]).localname == "sic":
            came, read = element[0].text or "", "".join(map(str, element[1].itertext()))
            if element[1].find("{*}gap") is not None:
                yield line, State.UNREADABLE
            elif element[1].get("type") == "doubtful":
                yield line, State.DOUBTFUL
            elif read.strip() and read.strip() != came.strip():
                yield line, State.SURE


def test_layouts_place_the_same_words(reading: Reading, holding: Holding) -> None:
    expected = bare(words_of(reading))
    placed = [
        (line.number, word.text, word.state)
        for page in placed_pages(holding)
        for line in page.lines
        for word in line.words
    ]
    assert placed == expected
    assert list(hocr_words(Hocr().write(holding))) == expected
    assert list(alto_words(Alto().write(holding))) == expected


def hocr_words(document: bytes) -> Iterator[tuple[int, str, State]]:
    for element in etree.fromstring(document).iter("{*}span"):
        if element.get("class") == "ocrx_word":
            number = int(str(element.get("id")).split("_")[1])
            read = next(element.iter("{*}ins"), element)
            _, said, state = (element.get("title") or "").partition("x_state ")
            yield number, read.text or "", State(state) if said else State.AS_IT_CAME


def alto_words(document: bytes) -> Iterator[tuple[int, str, State]]:
    for element in etree.fromstring(document).iter("{*}String"):
        number = int(str(element.get("ID")).split("_")[1])
        yield number, str(element.get("CONTENT")), State(element.get("TAGREFS") or "as it came")


def test_the_room_marks_every_place(reading: Reading, holding: Holding) -> None:
    views = line_views(holding, parts_of(holding, tree_of(holding)), {})
    kinds = {"changed": State.SURE}
    found = [
        (view.number, kinds.get(piece.kind) or State(piece.kind))
        for view in views
        for piece in view.restored
        if piece.kind and (piece.text.strip() or piece.kind != "changed")
    ]
    assert found == [(reading.source.line_at(span.start), state) for span, state in places(reading)]
    signed = [
        "".join(
            f"{p.text}[?]" if p.doubt and not p.carried and " " not in p.text else p.text
            for p in view.restored
        )
        for view in views
    ]
    for view, text in zip(views, signed, strict=True):
        if not any(p.doubt and " " in p.text for p in view.restored):
            assert text == marked(reading, reading.source.lines[view.number - 1])


def test_search_and_report_show_lines_with_their_marks(
    walked: tuple[Reading, Holding, Archive], reading: Reading, holding: Holding
) -> None:
    lines = {n: marked(reading, line) for n, line in enumerate(reading.source.lines, 1)}
    hits = [hit for word in ("THE", "OF", "TO") for hit in walked[2].search(word, limit=200)]
    whole = " ".join(lines[n] for n in sorted(lines))
    assert any("[?]" in lines[hit.line] for hit in hits)
    for hit in hits:
        first, *more = str(hit_json(hit)["text"]).split(" … ")
        assert first.startswith(lines[hit.line])
        assert all(part in whole for part in (first, *more))
    document = document_of(holding.reading, title=holding.title)
    assert {number: text for number, _, text in _lines(document)} == lines
