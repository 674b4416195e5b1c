"""The two TEI editions: valid by the published schema, and every mark in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from septel.archive import Holding
from septel.archive.dossier import DossierDocument, document_of
from septel.capture import PageAccount, PageOutcome
from septel.errors import InputError
from septel.export import Tei, TeiFrus, reading_of, source_of
from septel.export.xml import NAMESPACE, XML_ID
from septel.telegram import parse, to_json
from septel.text import Alternative, Edit, EditLog, Ground, Reading, Reason, Source, Span
from tests.archive.made import AT, edit, holding_of, made, source_of_pages
from tests.export.published import tei_faults
from tests.text.strategies import edited

TEI = {"t": NAMESPACE}
TALK = """FM USDEL SALT HELSINKI
TO SECSTATE WASHDC IMMEDIATE 123
S E C R E T HELSINKI 1321

SUBJECT: SALT
REF: STATE 4411

1. SEMENOV SAID THAT THE SOVIET SIDE PROPOSED TO LIMIT ABM SYSTEMS. SMITH ASKED
WHETHER MIRV WAS INCLUDED.

2. [2 lines not declassified]

SMITH
"""


def talk(*edits: Edit) -> Holding:
    source = Source.of_text(TALK)
    log = EditLog(source.id).add(edits, by="septel", at=AT)
    return holding_of(
        source, log, telegram=to_json(parse(log.reading(source))), references=_references(source)
    )


def _references(source: Source) -> tuple[dict[str, object], ...]:
    start = source.text.index("STATE 4411")
    span = {"start": start, "end": start + len("STATE 4411")}
    place = {"source_id": source.id, "span": span}
    return ({"kind": "telegram", "raw": "STATE 4411", "normal": "STATE 4411", "locus": place},)


def recorded(held: Holding) -> DossierDocument:
    return document_of(held.reading, title=held.title)


def marks_in(document: bytes, source: Source) -> dict[int, Span]:
    """Where in the source the mark of each log entry stands, by counting the characters that came."""
    places: dict[int, Span] = {}
    at = 0

    def walk(one: etree._Element) -> None:
        nonlocal at
        name = etree.QName(one).localname
        if name == "lb":
            at = source.lines[int(one.get("n") or 0) - 1].start
        start = at
        if name in ("choice", "app"):
            came = next(c for c in one if etree.QName(c).localname in ("sic", "rdg", "unclear"))
            at += len("".join(map(str, came.itertext())))
        elif name != "supplied":
            at += len((one.text or "").replace("\n", ""))
            for child in one:
                walk(child)
                at += len((child.tail or "").replace("\n", ""))
        if (key := one.get(XML_ID) or "").startswith("e"):
            places[int(key[1:])] = Span(start, at)

    body = etree.fromstring(document).find(".//t:body", TEI)
    assert body is not None
    walk(body)
    return places


@settings(max_examples=60)
@given(edited())
def test_text_and_spans_come_back(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    log = EditLog(source.id).add(edits, by="tool", at=AT)
    document = Tei().write(holding_of(source, log))
    assert source_of(document) == "\n".join(line.of(source.text) for line in source.lines)
    assert reading_of(document) == "\n".join(log.reading(source).line_texts)
    # A doubt about a place without characters has no mark: there is nothing to mark.
    expected = {e.number: e.edit.span for e in log.active() if e.edit and _marked(e.edit)}
    assert marks_in(document, source) == expected


def _marked(one: Edit) -> bool:
    return one.unreadable or one.changes or bool(one.before)


@settings(max_examples=25)
@given(edited())
def test_whatever_is_written_is_valid_tei(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    held = holding_of(source, EditLog(source.id).add(edits, by="tool", at=AT))
    assert tei_faults(Tei().write(held)) == []
    assert tei_faults(TeiFrus().write(held)) == []


@pytest.mark.parametrize("write", [Tei().write, TeiFrus().write])
def test_the_made_telegram_is_valid_tei(write: object) -> None:
    assert callable(write)
    assert tei_faults(write(made())) == []


def test_the_published_schema_finds_faults() -> None:
    broken = Tei().write(made()).replace(b"<lb ", b"<lbb ")
    assert tei_faults(broken)


def test_lines_of_the_file_are_lines_of_the_page() -> None:
    lines = Tei().write(made()).decode().split("\n")
    (line,) = [line for line in lines if 'lb n="3"' in line]
    assert line.startswith('<lb n="3" xml:id="l3"/>1. HE SPOKE OF REYKJAVIK')


def test_what_another_witness_has_is_an_apparatus() -> None:
    source = source_of_pages("THE TALK5 BEGAN\n")
    document = Tei().write(
        holding_of(
            source,
            EditLog(source.id).add([edit(source, "TALK5", "TALKS", ground=Ground.WITNESS)], by="t", at=AT),
        )
    )
    root = etree.fromstring(document)
    assert root.findtext(".//t:app/t:lem", namespaces=TEI) == "TALKS"
    reading = root.find(".//t:app/t:rdg", TEI)
    assert reading is not None
    assert (reading.text, reading.get("wit")) == ("TALK5", "#source")
    assert (
        root.find(
            ".//t:listWit/t:witness[@xml:id='source']", TEI | {"xml": "http://www.w3.org/XML/1998/namespace"}
        )
        is not None
    )
    assert tei_faults(document) == []


def test_what_the_source_lacks_is_supplied() -> None:
    source = source_of_pages("THE TALKS\n")
    added = Edit(
        span=Span(3, 3),
        before="",
        after=" SALT",
        reason=edit(source, "TALKS", "X").reason,
        step=edit(source, "TALKS", "X").step,
    )
    document = Tei().write(holding_of(source, EditLog(source.id).add([added], by="t", at=AT)))
    assert etree.fromstring(document).findtext(".//t:supplied", namespaces=TEI) == " SALT"
    assert source_of(document) == "THE TALKS"
    assert reading_of(document) == "THE SALT TALKS"
    assert tei_faults(document) == []


def test_standoff_has_excisions_references_and_statements_by_their_lines() -> None:
    held = talk()
    document = Tei(records=recorded).write(held)
    root = etree.fromstring(document)
    spans = {
        group.get("type"): [(one.get("from"), one.get("to"), one.get("n")) for one in group]
        for group in root.iter(f"{{{NAMESPACE}}}spanGrp")
    }
    assert set(spans) == {"excision", "reference", "statement"}
    source = held.source
    for rows in spans.values():
        for first, last, locus in rows:
            start, end = (int(n) for n in str(locus).rpartition(":")[2].split("-"))
            assert first == f"#l{source.line_at(start)}"
            assert last == f"#l{source.line_at(end - 1)}"
    said = [one for one in root.iter(f"{{{NAMESPACE}}}span") if one.getparent().get("type") == "statement"]  # type: ignore[union-attr]
    assert any("LIMIT ABM SYSTEMS" in (one.text or "") for one in said)
    assert tei_faults(document) == []


def test_the_reading_edition_is_a_frus_document() -> None:
    source = Source.of_text(TALK)
    document = TeiFrus().write(
        talk(
            edit(source, "MIRV", "MIRV", probability=0.4),
            edit(source, "IMMEDIATE", "IMMEDIATE", probability=0.99),
        )
    )
    root = etree.fromstring(document)
    (division,) = root.findall(".//t:div", TEI)
    assert (division.get("type"), division.get("subtype"), division.get("n")) == (
        "document",
        "historical-document",
        "1",
    )
    assert division.find("t:head/t:note[@type='source']", TEI) is not None
    assert division.findtext("t:opener/t:dateline/t:date", namespaces=TEI) == "November 18, 1969, 1600Z"
    paragraphs = ["".join(str(text) for text in p.itertext()) for p in division.findall("t:p", TEI)]
    assert paragraphs[0] == (
        "1. SEMENOV SAID THAT THE SOVIET SIDE PROPOSED TO LIMIT ABM SYSTEMS. "
        "SMITH ASKED WHETHER MIRV WAS INCLUDED."
    )
    assert [u.text for u in division.iter(f"{{{NAMESPACE}}}unclear")] == ["MIRV"]
    assert division.findtext("t:closer/t:signed", namespaces=TEI) == "SMITH"
    assert not [
        one for one in root.iter() if etree.QName(one).localname in ("choice", "app", "supplied", "fw")
    ]
    assert tei_faults(document) == []


def test_the_reading_edition_lists_every_correction() -> None:
    root = etree.fromstring(TeiFrus().write(made()))
    items = ["".join(str(t) for t in one.itertext()) for one in root.iter(f"{{{NAMESPACE}}}item")]
    held = made()
    assert len(items) == sum(one.changes for one in held.reading.edits)
    assert items[0].startswith("Line 2: “TALK5” read as “TALKS” (channel, probability 0.980).")


def test_the_reading_edition_of_an_empty_document() -> None:
    source = Source.of_text("")
    account = PageAccount(number=1, outcome=PageOutcome.FAILED, fault=InputError("torn"))
    held = holding_of(source, EditLog(source.id), pages=(), accounts=(account,))
    assert tei_faults(TeiFrus().write(held)) == []
    assert reading_of(Tei().write(held)) == Reading.of(source).text


@pytest.mark.parametrize("ground", [Ground.CHANNEL, Ground.WITNESS])
@pytest.mark.parametrize("after", ["THE SOVIET SIDE", "THE SOVJET SLIDE"])
@pytest.mark.parametrize("alternatives", [(), (Alternative(text="ONE SIDE", probability=0.2),)])
def test_each_word_of_a_joint_edit_is_unclear(
    ground: Ground, after: str, alternatives: tuple[Alternative, ...]
) -> None:
    source = Source.of_text(TALK)
    one = replace(
        edit(source, "THE SOVIET SIDE", after, probability=0.6),
        reason=Reason(ground=ground),
        alternatives=alternatives,
    )
    document = Tei().write(talk(one))
    body = etree.fromstring(document).find(".//t:body", TEI)
    assert body is not None and not tei_faults(document)
    each = [e.text for e in body.iter("{*}unclear") if not len(e) and " " not in (e.text or "")]
    assert each == after.split()
    assert reading_of(document) == talk(one).reading.text.rstrip("\n")
    assert source_of(document) == TALK.rstrip("\n")
    assert marks_in(document, source) == {1: one.span}


def test_each_word_that_is_put_in_is_unclear() -> None:
    source = Source.of_text(TALK)
    at = source.text.index("SEMENOV")
    one = replace(
        edit(source, "SEMENOV", "X", probability=0.6), span=Span(at, at), before="", after="WHICH SAID "
    )
    document = Tei().write(talk(one))
    (supplied,) = etree.fromstring(document).iter("{*}supplied")
    assert [e.text for e in supplied] == ["WHICH", "SAID"] and not tei_faults(document)
    assert reading_of(document) == talk(one).reading.text.rstrip("\n")
