"""Exports: what a format holds can be read back, and what it cannot hold it says."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from septel.archive import Original
from septel.capture import LayerAgreement
from septel.errors import SeptelError, UsageError
from septel.export import FILES, Json, PlainText, Tei, exporter, exporters, reading_of, source_of
from septel.export.validation import validate
from septel.export.xml import NAMESPACE, XML_ID
from septel.telegram import parse, to_json
from septel.text import Edit, EditLog, Entry, Source, Span, Step
from tests.archive.made import AT, edit, holding_of, made, source_of_pages
from tests.export.published import tei_faults
from tests.text.strategies import edited

TEI = {"t": NAMESPACE}
FORBIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"


def written(source: Source, edits: tuple[Edit, ...] = ()) -> bytes:
    return Tei().write(holding_of(source, EditLog(source.id).add(edits, by="tool", at=AT)))


def test_text_marks_doubts() -> None:
    assert PlainText(marked=True).write(made()).decode() == (
        "FM AMEMBASSY HELSINKI\nSECRET TALKS ABOUT SALT[?]\n1. HE SPOKE OF REYKJAVIK\n"
        "\fNEXT MEETING AT […4] MOSCOW[?]\nEND OF TEXT\n"
    )


def test_plain_marks_none_but_claims_nothing_unreadable() -> None:
    assert PlainText(marked=False).write(made()).decode() == (
        "FM AMEMBASSY HELSINKI\nSECRET TALKS ABOUT SALT\n1. HE SPOKE OF REYKJAVIK\n"
        "\fNEXT MEETING AT […4] MOSCOW\nEND OF TEXT\n"
    )


@settings(max_examples=50)
@given(edited())
def test_plain_is_the_reading(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    holding = holding_of(source, EditLog(source.id).add(edits, by="tool", at=AT))
    text = PlainText(marked=False).write(holding).decode()
    assert text.count("\f") == len(source.pages) - 1
    assert re.sub(r"\[…\d*\]", "", text.replace("\f", "")) == holding.reading.text


@settings(max_examples=50)
@given(edited())
def test_json_holds_the_whole_log(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    log = EditLog(source.id).add(edits, by="tool", at=AT)
    if edits:
        log = log.undo(len(edits), by="someone", at=AT)
    holding = holding_of(source, log)
    data = json.loads(Json().write(holding))
    again = Source(
        name=data["source"]["name"],
        digest=data["source"]["sha256"],
        text=data["source"]["text"],
        pages=tuple(Span(a, b) for a, b in data["source"]["pages"]),
    )
    assert again == source
    assert data["source"]["id"] == source.id
    assert EditLog(source.id, tuple(Entry.from_json(entry) for entry in data["log"])) == log
    assert data["reading"] == holding.reading.text
    assert [line["reading"] for line in data["lines"]] == list(holding.reading.line_texts)


def test_json_holds_the_rest() -> None:
    data = json.loads(Json().write(made()))
    assert data["identifier"] == "HELSINKI 1321"
    assert data["captions"] == ["EXDIS", "NODIS"]
    assert data["telegram"]["paragraphs"][0]["path"] == "1"
    assert data["references"][0]["normal"] == "STATE 1"
    assert data["accounts"][-1] == {"page": 3, "outcome": "failed", "fault": "page 3 is torn"}
    assert [line["page"] for line in data["lines"]] == [1, 1, 1, 2, 2]


def test_json_says_how_far_the_file_s_own_layer_agrees() -> None:
    held = made()
    agreement = LayerAgreement(reading=10, layer=8, alike=6)
    pages = (replace(held.pages[0], agreement=agreement), *held.pages[1:])
    data = json.loads(Json().write(replace(held, pages=pages)))
    assert data["readings"][0] == {
        "page": 1,
        "origin": "engine",
        "layer": {"words": 8, "words_read": 10, "alike": 6},
    }
    assert data["readings"][1]["layer"] is None


@settings(max_examples=50)
@given(edited())
def test_tei_gives_back_reading_and_source(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    document = written(source, edits)
    reading = EditLog(source.id).add(edits, by="tool", at=AT).reading(source)
    assert reading_of(document) == "\n".join(reading.line_texts)
    assert source_of(document) == "\n".join(line.of(source.text) for line in source.lines)


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_tei_holds_any_text(text: str) -> None:
    source = Source.of_text(text)
    expected = re.sub(FORBIDDEN, "\ufffd", text.removesuffix("\n"))
    assert source_of(written(source)) == reading_of(written(source)) == expected


def test_hostile_text() -> None:
    source = source_of_pages("]]> <!-- &amp; <sic>X</sic> \x00\x07 <?pi?>\n", "A&B\r\n")
    edits = (edit(source, "A&B", "]]>&<b>", probability=0.2), edit(source, "<?pi?>", "\x01"))
    document = written(source, edits)
    assert source_of(document) == "]]> <!-- &amp; <sic>X</sic> \ufffd\ufffd <?pi?>\nA&B\r"
    assert reading_of(document) == "]]> <!-- &amp; <sic>X</sic> \ufffd\ufffd \ufffd\n]]>&<b>\r"


def test_tei_says_who_and_how_surely() -> None:
    root = etree.fromstring(Tei().write(made()))
    assert root.findtext(".//t:respStmt/t:name", namespaces=TEI) == "M. Reader"
    application = root.find(".//t:application", TEI)
    assert application is not None
    assert application.get("ident") == "septel-restore"
    assert application.get("version") == "1.2.0"
    assert "abc123" in (application.findtext("t:desc", namespaces=TEI) or "")
    choices = root.findall(".//t:choice", TEI)
    marked = [[(etree.QName(c).localname, c.text, c.get("cert")) for c in choice] for choice in choices]
    assert marked == [
        [("sic", "TALK5", None), ("corr", "TALKS", "0.980")],
        [
            ("sic", "SAIT", None),
            ("corr", "SALT", "0.550"),
            ("corr", "SAID", "0.250"),
            ("corr", "SAIL", None),
        ],
        [("sic", "~~~~", None), ("corr", None, None)],
        [("unclear", "MOSCOW", "0.600"), ("unclear", "MOSUL", None)],
        [("sic", "0F", None), ("corr", "OF", None)],
    ]
    gap = root.find(".//t:gap", TEI)
    assert gap is not None
    assert (gap.get("quantity"), gap.get("unit")) == ("4", "chars")
    identifiers = {e.get("{http://www.w3.org/XML/1998/namespace}id") for e in root.iter("{*}*")}
    assert {c.get("resp", "").removeprefix("#") for c in root.iter("{*}corr")} - {""} <= identifiers


def test_tei_has_pages_lines_and_paragraphs() -> None:
    root = etree.fromstring(Tei().write(made()))
    assert [e.get("n") for e in root.iter("{*}pb")] == ["1", "2"]
    assert [e.get("n") for e in root.iter("{*}lb")] == ["1", "2", "3", "4", "5"]
    (paragraph,) = root.findall(".//t:body//t:p", TEI)
    assert paragraph.get("n") == "1"
    assert (paragraph[0].tail or "").startswith("1. HE SPOKE")
    assert [(e.get("type"), e.get("subtype")) for e in root.findall(".//t:ab", TEI)] == [("heading", "from")]


def test_tei_has_the_boxes_of_lines() -> None:
    root = etree.fromstring(Tei().write(made()))
    zones = {zone.get(XML_ID): zone for zone in root.iter("{*}zone")}
    assert [zone.get("lrx") for zone in zones.values()] == ["90", "90"]
    pointing = [(e.get("n"), e.get("facs")) for e in root.iter("{*}lb") if e.get("facs")]
    assert pointing == [("1", "#z1"), ("4", "#z4")]
    assert {facs.removeprefix("#") for _, facs in pointing if facs} == set(zones)


@pytest.mark.parametrize(
    ("names", "addresses"),
    [
        (("a paper.pdf",), ["a%20paper.pdf#page=1", "a%20paper.pdf#page=2"]),
        (("one.tif", "two.tif"), ["one.tif", "two.tif"]),
        (("notes.txt",), []),
    ],
)
def test_tei_names_the_image_of_each_page(names: tuple[str, ...], addresses: list[str]) -> None:
    originals = tuple(Original(name=name, digest="0" * 64) for name in names)
    content = Tei().write(replace(made(), originals=originals))
    assert tei_faults(content) == []
    root = etree.fromstring(content)
    assert [one.get("url") for one in root.findall(".//t:surface/t:graphic", TEI)] == addresses
    surfaces = [f"#{one.get(XML_ID)}" for one in root.iter("{*}surface")]
    assert [one.get("facs") for one in root.iter("{*}pb")] == surfaces
    assert reading_of(content) == "\n".join(made().reading.line_texts)


SECTIONS = """S E C R E T SECTION 1 OF 2 HELSINKI 1321

SUBJECT: SALT

1. HE SPOKE OF THE FIRST POINT
AND OF THE SECOND

NOT TO BE REPRODUCED WITHOUT THE AUTHORIZATION OF THE EXECUTIVE SECRETARY

AND OF THE THIRD.

2. SHE SPOKE OF THE FOURTH
AND
S E C R E T SECTION 2 OF 2 HELSINKI 1321

OF THE FIFTH.

3. THEY PARTED.

SMITH
"""


def sectioned() -> Source:
    return Source.of_text(SECTIONS)


def test_tei_keeps_sections_and_what_interrupts_a_paragraph() -> None:
    source = sectioned()
    tree = to_json(parse(EditLog(source.id).reading(source)))
    document = Tei().write(holding_of(source, EditLog(source.id), telegram=tree))
    assert source_of(document) == reading_of(document) == SECTIONS.removesuffix("\n")
    root = etree.fromstring(document)
    divisions = root.findall(".//t:body/t:div", TEI)
    assert [(d.get("type"), d.get("n")) for d in divisions] == [("section", "1"), ("section", "2")]
    shown = [[(p.get("n"), p.get("part")) for p in d.findall("t:p", TEI)] for d in divisions]
    assert shown == [[("1", None), ("2", "I")], [("2", "F"), ("3", None)]]
    (footer,) = root.findall(".//t:p[@n='1']/t:fw", TEI)
    assert footer.get("type") == "footer"
    assert "NOT TO BE REPRODUCED" in "".join(str(text) for text in footer.itertext())
    assert root.findall(".//t:ab[@type='signature']", TEI)
    terms = {t.get("type"): t.text for t in root.iter("{*}term")}
    assert terms["classification"] == "SECRET"


def test_tei_tells_its_history_newest_first() -> None:
    root = etree.fromstring(Tei().write(made()))
    changes = [change.text for change in root.iter("{*}change")]
    assert changes[-1] == "Taken into the archive."
    assert set(changes[:-1]) == {"septel: 4 readings proposed.", "M. Reader: 1 reading decided."}
    (person,) = [c.get("who") for c in root.iter("{*}change") if (c.text or "").startswith("M. Reader")]
    statement = root.find(".//t:respStmt", TEI)
    assert statement is not None
    assert person == f"#{statement.get(XML_ID)}"


def test_tei_says_which_page_is_missing() -> None:
    root = etree.fromstring(Tei().write(made()))
    assert root.findtext(".//t:bibl/t:note", namespaces=TEI) == "Page 3 was not read: page 3 is torn"


@pytest.mark.parametrize(
    ("dtg", "when"), [("1969-11-18T16:55Z", "1969-11-18T16:55:00Z"), ("--18T16:55Z", None)]
)
def test_tei_dates_only_what_is_dated(dtg: str, when: str | None) -> None:
    date = etree.fromstring(Tei().write(made(dtg=dtg))).find(".//t:correspAction/t:date", TEI)
    assert date is not None
    assert (date.text, date.get("when")) == (dtg, when)


@pytest.mark.parametrize(
    ("tool", "version", "ident", "shown"),
    [
        ("3rd tool!", "v1.0.dev1+g12", "x-3rd-tool-", "1.0"),
        ("-", "unknown", "x--", "0"),
        ("été", "1..2", "x--t-", "1"),
        ("a\x00", "2.1rc3.4.5.6", "a-", "2.1rc3.4.5"),
    ],
)
def test_odd_names_of_tools(tool: str, version: str, ident: str, shown: str) -> None:
    source = made().source
    step = Step.of(tool, version)
    root = etree.fromstring(written(source, (edit(source, "SAIT", "SALT", step=step),)))
    application = root.find(".//t:application", TEI)
    assert application is not None
    assert (application.get("ident"), application.get("version")) == (ident, shown)


def test_control_characters_in_fields() -> None:
    holding = made(title="A\x00B", identifier="X\x07", post="\x01", dtg="\x02")
    root = etree.fromstring(Tei().write(holding))
    assert root.findtext(".//t:titleStmt/t:title", namespaces=TEI) == "A\ufffdB"


@pytest.mark.parametrize("name", [name for name in FILES if name != "pdf"])
@pytest.mark.parametrize("odd", ["\x00\x07", "\ue000\ue003", "]]>&<!--", "\"'=+@", "\u2028\x85"])
def test_every_format_bears_odd_characters(name: str, odd: str) -> None:
    source = Source.of_text(f"1. A {odd} B\nWORD C{odd}\n", name=f"n{odd}")
    edits = (edit(source, "WORD", f"W{odd}", probability=0.3), edit(source, "1. A", f"2. {odd}"))
    held = holding_of(
        source,
        EditLog(source.id).add(edits, by=f"b{odd}", at=AT),
        title=f"t{odd}",
        post=f"p{odd}",
        subject=odd,
    )
    assert exporter(name).write(held)


def test_what_is_not_valid_is_refused() -> None:
    root = etree.fromstring(Tei().write(made()))
    validate(root, "septel-tei.rng", "TEI")
    etree.SubElement(root, f"{{{NAMESPACE}}}invention")
    with pytest.raises(SeptelError, match="not valid"):
        validate(root, "septel-tei.rng", "TEI")


def test_exporters_by_name() -> None:
    names = ["text", "plain", "json", "tei", "tei-frus", "hocr", "alto", "pdf", "iiif", "prov", "ftm"]
    assert [e.name for e in exporters()] == [*names, "corrections"]
    for one in exporters():
        assert exporter(one.name) == one
        assert one.losses
        if one.name != "pdf":
            assert one.write(made())
    with pytest.raises(UsageError, match="docx"):
        exporter("docx")
