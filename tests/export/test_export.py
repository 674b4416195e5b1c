"""Exports: what a format holds can be read back, and what it cannot hold it says."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from septel.errors import SeptelError, UsageError
from septel.export import EXPORTERS, Json, PlainText, Tei, doubtful, exporter, reading_of, source_of
from septel.export.tei import NAMESPACE, validate
from septel.text import Edit, EditLog, Entry, Source, Span, Step
from tests.archive.made import AT, decision, edit, holding_of, made, source_of_pages
from tests.text.strategies import edited

TEI = {"t": NAMESPACE}
FORBIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"


def written(source: Source, edits: tuple[Edit, ...] = ()) -> bytes:
    return Tei().write(holding_of(source, EditLog(source.id).add(edits, by="tool", at=AT)))


def test_text_marks_doubts() -> None:
    assert PlainText(marked=True).write(made()).decode() == (
        "FM AMEMBASSY HELSINKI\nSECRET TALKS ABOUT SALT[?]\n1. HE SPOKE OF REYKJAVIK\n"
        "\fNEXT MEETING AT [...4] MOSCOW[?]\nEND OF TEXT\n"
    )


def test_plain_marks_none_but_claims_nothing_unreadable() -> None:
    assert PlainText(marked=False).write(made()).decode() == (
        "FM AMEMBASSY HELSINKI\nSECRET TALKS ABOUT SALT\n1. HE SPOKE OF REYKJAVIK\n"
        "\fNEXT MEETING AT [...4] MOSCOW\nEND OF TEXT\n"
    )


@settings(max_examples=50)
@given(edited())
def test_plain_is_the_reading(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    holding = holding_of(source, EditLog(source.id).add(edits, by="tool", at=AT))
    text = PlainText(marked=False).write(holding).decode()
    assert text.count("\f") == len(source.pages) - 1
    assert re.sub(r"\[\.\.\.\d*\]", "", text.replace("\f", "")) == holding.reading.text


def test_what_is_doubtful() -> None:
    source = made().source
    assert doubtful(edit(source, "SAIT", "SALT", probability=0.5))
    assert not doubtful(edit(source, "SAIT", "SALT", probability=0.95))
    assert not doubtful(edit(source, "SAIT", "SALT"))
    assert not doubtful(decision(source, "SAIT", "SALT"))


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
    assert gap.get("extent") == "4"
    identifiers = {e.get("{http://www.w3.org/XML/1998/namespace}id") for e in root.iter("{*}*")}
    assert {c.get("resp", "").removeprefix("#") for c in root.iter("{*}corr")} - {""} <= identifiers


def test_tei_has_pages_lines_and_paragraphs() -> None:
    root = etree.fromstring(Tei().write(made()))
    assert [e.get("n") for e in root.iter("{*}pb")] == ["1", "2"]
    assert [e.get("n") for e in root.iter("{*}lb")] == ["1", "2", "3", "4", "5"]
    (milestone,) = root.iter("{*}milestone")
    assert milestone.get("n") == "1"
    assert (milestone.tail or "").startswith("1. HE SPOKE")


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


def test_what_is_not_valid_is_refused() -> None:
    root = etree.fromstring(Tei().write(made()))
    validate(root)
    etree.SubElement(root, f"{{{NAMESPACE}}}invention")
    with pytest.raises(SeptelError, match="not valid"):
        validate(root)


def test_exporters_by_name() -> None:
    assert [e.name for e in EXPORTERS] == ["text", "plain", "json", "tei"]
    for one in EXPORTERS:
        assert exporter(one.name) is one
        assert one.losses
        assert one.write(made())
    with pytest.raises(UsageError, match="docx"):
        exporter("docx")
