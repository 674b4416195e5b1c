"""hOCR and ALTO: what is written validates and is read back word for word, box for box."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from septel import capture
from septel.archive import Holding
from septel.capture import Box, Character, Line, Origin, Page, Region, RegionKind, Word
from septel.errors import SeptelError
from septel.export import Alto, Exporter, Hocr, exporter, placed_pages
from septel.export.validation import validate
from septel.text import Alternative, EditLog, Ground, Reason, Source
from tests.archive.made import AT, holding_of, made
from tests.export.pages.test_placement import WIDE, edited, geometry

TEXT = 'FM AMEMBASSY "HELSINKI"\nTALK5 ABOUT SAIT & T HE REST\n\nSM1TH\n'


def holding() -> Holding:
    source = Source.of_text(TEXT, name="helsinki.pdf")
    log = EditLog(source.id).add(
        (
            edited(source, "SAIT", "SALT", alternatives=(Alternative(text="SAID <x>", probability=0.125),)),
            edited(source, "T HE", "THE"),
            edited(source, "SM1TH", "SMITH", reason=Reason(ground=Ground.DECISION), confidence=None),
        ),
        by="tool",
        at=AT,
    )
    return holding_of(source, log, pages=geometry(source))


@pytest.mark.parametrize("name", ["hocr", "alto"])
def test_what_is_written_is_read_back(tmp_path: Path, name: str) -> None:
    held = holding()
    file = tmp_path / f"out{exporter(name).ending}"
    file.write_bytes(exporter(name).write(held))
    again = capture.read(file)
    expected = [
        (word.text, word.box, None if word.probability is None else round(100 * word.probability))
        for page in placed_pages(held)
        for line in page.lines
        for word in line.words
    ]
    (page,) = again.pages
    assert [(w.text, w.box, w.engine_confidence) for line in page.lines for w in line.words] == expected
    assert again.source.text == 'FM AMEMBASSY "HELSINKI"\nTALK5 ABOUT SALT & THE REST\nSMITH\n'
    assert (page.width, page.height, page.origin) == (900, 600, Origin.FILE)
    if name == "hocr":
        assert page.dpi == 100


def seen_by_an_engine() -> Holding:
    """The made holding, whose engine said of each character where it stands and how sure it is."""
    held = holding()
    (page,) = held.pages
    lines = tuple(
        replace(line, words=tuple(replace(w, characters=characters(w)) for w in line.words))
        for line in page.lines
    )
    return replace(held, pages=(replace(page, lines=lines),))


def characters(word: Word) -> tuple[Character, ...]:
    assert word.box is not None
    edges = range(word.box.left, word.box.right, WIDE)
    return tuple(Character(left=at, right=at + WIDE, confidence=at % 101) for at in edges)


def test_characters_are_given_out_where_a_word_stands_as_it_was_read(tmp_path: Path) -> None:
    held = seen_by_an_engine()
    (tmp_path / "out.hocr").write_bytes(Hocr().write(held))
    again = capture.read(tmp_path / "out.hocr")
    told = {w.text: w.characters for line in again.pages[0].lines for w in line.words}
    read = {w.text: w.characters for line in held.pages[0].lines for w in line.words}
    for changed in ("SALT", "THE", "SMITH"):
        assert told.pop(changed) == ()
    assert told == {text: read[text] for text in told}
    assert len(told) >= 5


def test_alto_says_how_unsure_each_character_is() -> None:
    root = etree.fromstring(Alto().write(seen_by_an_engine()))
    strings = {s.get("CONTENT"): s for s in root.iter("{*}String")}
    # FM stands at 0 and 10 pixels: the engine's figures are 0 and 10 of 100.
    assert strings["FM"].get("CC") == "9 8"
    assert "CC" not in strings["SALT"].attrib


def test_hocr_offers_the_other_readings() -> None:
    root = etree.fromstring(Hocr().write(holding()))
    words = [e for e in root.iter("{*}span") if e.get("class") == "ocrx_word"]
    (word,) = (e for e in words if "SALT" in [part.text for part in e.iter("{*}ins")])
    parts = [(etree.QName(e).localname, e.get("class"), e.text) for e in word[0]]
    assert parts == [
        ("ins", "alt", "SALT"),
        ("del", "alt", "SAID <x>"),
        ("del", "alt source", "SAIT"),
    ]
    assert word[0][1].get("title") == "nlp 2.0794"
    assert (word.get("title") or "").endswith("x_wconf 75; x_state doubtful")


def with_regions() -> Holding:
    """The holding with something of each kind on its page; its first line is print."""
    held = holding()
    page = held.pages[0]
    line = page.lines[0].box
    assert line is not None
    place = Box(left=10, top=300, right=200, bottom=340)
    regions = [Region(kind=kind, box=line if kind is RegionKind.PRINT else place) for kind in RegionKind]
    return replace(held, pages=(replace(page, regions=tuple(regions)), *held.pages[1:]))


def test_hocr_says_what_is_on_a_page_besides_its_text() -> None:
    root = etree.fromstring(Hocr().write(with_regions()))
    told = [
        (one.get("class"), one.get("title"))
        for one in root.iter("{*}span")
        if not (one.get("class") or "").startswith(("ocr_line", "ocrx", "alt"))
        or (one.get("class") == "ocr_linedrawing")
    ]
    assert told == [
        (kind, f'bbox 10 300 200 340; x_kind "{name}"')
        for kind, name in (
            ("ocr_image", "black excision"),
            ("ocr_image", "white excision"),
            ("ocr_linedrawing", "frame"),
            ("ocr_textimage", "stamp"),
            ("ocr_textimage", "handwriting"),
            ("ocr_separator", "rule"),
            ("ocr_noise", "edge"),
            ("ocr_noise", "shading"),
            ("ocr_noise", "show-through"),
        )
    ]
    first, *rest = [one for one in root.iter("{*}span") if one.get("class") == "ocr_line"]
    assert (first.get("title") or "").endswith('; x_kind "print"')
    assert rest
    assert not any("x_kind" in (one.get("title") or "") for one in rest)


def test_alto_says_what_is_on_a_page_besides_its_text() -> None:
    root = etree.fromstring(Alto().write(with_regions()))
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.iter("{*}LayoutTag")}
    assert sorted(map(str, labels.values())) == sorted(RegionKind)
    told = [
        (etree.QName(one).localname, one.get("TYPE"), labels[one.get("TAGREFS")], one.get("WIDTH"))
        for one in root.iter("{*}Illustration", "{*}GraphicalElement")
    ]
    assert ("GraphicalElement", None, "rule", "190") in told
    assert ("Illustration", "black excision", "black excision", "190") in told
    assert len(told) == 9
    first, *rest = root.iter("{*}TextLine")
    assert labels[first.get("TAGREFS")] == "print"
    assert rest
    assert not any(one.get("TAGREFS") for one in rest)


@pytest.mark.parametrize("name", ["hocr", "alto"])
def test_what_is_on_a_page_besides_its_text_is_not_read_as_text(tmp_path: Path, name: str) -> None:
    texts = []
    for number, held in enumerate((holding(), with_regions())):
        file = tmp_path / f"{number}{exporter(name).ending}"
        file.write_bytes(exporter(name).write(held))
        texts.append(capture.read(file).source.text)
    assert texts[0] == texts[1]


def test_alto_offers_the_other_readings_and_marks_decisions() -> None:
    root = etree.fromstring(Alto().write(holding()))
    strings = {s.get("CONTENT"): s for s in root.iter("{*}String")}
    salt = strings["SALT"]
    assert salt.get("WC") == "0.7500"
    assert [(a.get("PURPOSE"), a.text) for a in salt] == [("0.1250", "SAID <x>"), ("source", "SAIT")]
    assert strings["SMITH"].get("CS") == "true"
    assert "WC" not in strings["SMITH"].attrib
    assert "WC" not in strings["TALK5"].attrib


@pytest.mark.parametrize("one", [Hocr(), Alto()])
def test_texts_without_images_are_written_too(tmp_path: Path, one: Exporter) -> None:
    file = tmp_path / f"out{one.ending}"
    source = Source.of_text("TALKS ABOUT SAIT\nAND MORE\n")
    pages = (Page(number=1, span=source.pages[0], lines=tuple(Line(span=s) for s in source.lines)),)
    log = EditLog(source.id).add([edited(source, "SAIT", "SALT")], by="tool", at=AT)
    file.write_bytes(one.write(holding_of(source, log, pages=pages)))
    again = capture.read(file)
    assert again.source.text == "TALKS ABOUT SALT\nAND MORE\n"
    assert all(word.box is None for line in again.pages[0].lines for word in line.words)


@pytest.mark.parametrize("one", [Hocr(), Alto()])
def test_a_holding_without_pages_is_no_fault(one: Exporter) -> None:
    assert etree.fromstring(one.write(replace(holding(), pages=()))) is not None


def test_what_is_not_valid_is_not_given_out() -> None:
    root = etree.fromstring(Alto().write(holding()))
    etree.SubElement(root, "{http://www.loc.gov/standards/alto/ns-v4#}Invention")
    with pytest.raises(SeptelError, match="ALTO that was written is not valid"):
        validate(root, "septel-alto.rng", "ALTO")


def test_alto_is_valid_by_the_published_schema() -> None:
    place = os.environ.get("SEPTEL_ALTO_XSD")
    if not place:
        pytest.skip("the published alto-4-4.xsd is not here; set SEPTEL_ALTO_XSD to where it is")
    schema = etree.XMLSchema(etree.parse(place))
    for held in (holding(), made(), with_regions()):
        schema.assertValid(etree.fromstring(Alto().write(held)))
