"""PAGE, IIIF, PROV, FollowTheMoney: each by the format's own schema or library."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from lxml import etree
from prov.model import ProvAgent, ProvDerivation, ProvDocument, ProvEntity, ProvInvalidation

from septel.archive import Holding
from septel.capture import Box, Line, Region, RegionKind, Word, read
from septel.export import FollowTheMoney, Iiif, PageXml, Prov
from septel.export.iiif.manifest import collection_of
from septel.export.pages.page_xml import PAGE_NAMESPACE
from septel.text import Edit, EditLog, Source, Span
from tests.archive.made import AT, edit, holding_of, made, source_of_pages
from tests.export.published import page_faults
from tests.export.test_tei_editions import recorded, talk
from tests.text.strategies import edited

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from followthemoney import model
    from iiif_prezi3 import Collection, Manifest

PAGE = {"p": PAGE_NAMESPACE}


def boxed() -> Holding:
    """The made telegram with a box around every word, ten pixels to a character."""
    held = made()
    pages = []
    for page in held.pages:
        lines: list[Line] = []
        for number, span in enumerate(held.source.lines):
            if not page.span.covers(span):
                continue
            top, bottom = 30 * number, 30 * number + 20
            words = tuple(
                Word(
                    span=Span(span.start + w.start(), span.start + w.end()),
                    text=w.group(),
                    box=Box(left=10 * w.start(), top=top, right=10 * w.end(), bottom=bottom),
                )
                for w in re.finditer(r"\S+", span.of(held.source.text))
            )
            whole = words[0].box.hull(words[-1].box) if words[0].box and words[-1].box else None
            lines.append(Line(span=span, words=words, box=whole))
        pages.append(replace(page, lines=tuple(lines)))
    return replace(held, pages=tuple(pages))


# PAGE


def test_page_files_are_valid_and_read_back(tmp_path: Path) -> None:
    PageXml().write_into(tmp_path, [boxed()])
    files = sorted((tmp_path / made().id).iterdir())
    assert [file.name for file in files] == ["0001.page.xml", "0002.page.xml"]
    for file in files:
        assert page_faults(file.read_bytes()) == []
    again = read(tmp_path / made().id)
    assert again.source.text.splitlines()[:3] == [
        "FM AMEMBASSY HELSINKI",
        "SECRET TALKS ABOUT SALT",
        "1. HE SPOKE OF REYKJAVIK",
    ]


def test_page_has_other_readings_by_index(tmp_path: Path) -> None:
    PageXml().write_into(tmp_path, [boxed()])
    root = etree.parse(tmp_path / made().id / "0001.page.xml")
    (word,) = root.findall(".//p:Word[@id='word_2_4']", PAGE)
    equivs = word.findall("p:TextEquiv", PAGE)
    told = [
        (e.get("index"), e.findtext("p:Unicode", namespaces=PAGE), e.get("conf"), e.get("comments"))
        for e in equivs
    ]
    assert told == [
        ("0", "SALT", "0.5500", None),
        ("1", "SAID", "0.2500", None),
        ("2", "SAIL", None, None),
        ("3", "SAIT", None, "source"),
    ]


def test_page_says_what_is_on_a_page_besides_its_text(tmp_path: Path) -> None:
    held = boxed()
    line = held.pages[0].lines[0].box
    assert line is not None
    place = Box(left=10, top=300, right=200, bottom=340)
    kinds = (RegionKind.STAMP, RegionKind.HANDWRITING, RegionKind.BLACK, RegionKind.RULE, RegionKind.SHADING)
    regions = (*(Region(kind=kind, box=place) for kind in kinds), Region(kind=RegionKind.PRINT, box=line))
    held = replace(held, pages=(replace(held.pages[0], regions=regions), *held.pages[1:]))
    PageXml().write_into(tmp_path, [held])
    file = tmp_path / made().id / "0001.page.xml"
    assert page_faults(file.read_bytes()) == []
    root = etree.parse(file)
    told = [
        (etree.QName(one).localname, one.get("type"), one.get("custom"))
        for one in root.findall("p:Page/*", PAGE)
        if one.get("custom")
    ]
    assert told == [
        ("GraphicRegion", "stamp", "septel {kind:stamp;}"),
        ("GraphicRegion", "handwritten-annotation", "septel {kind:handwriting;}"),
        ("GraphicRegion", "other", "septel {kind:black excision;}"),
        ("SeparatorRegion", None, "septel {kind:rule;}"),
        ("NoiseRegion", None, "septel {kind:shading;}"),
    ]
    first, *rest = root.findall(".//p:TextLine", PAGE)
    assert first.get("custom") == "septel {kind:print;}"
    assert all("kind" not in (one.get("custom") or "") for one in rest)
    assert read(tmp_path / made().id).source.text == _read_without_regions(tmp_path / "bare")


def _read_without_regions(folder: Path) -> str:
    folder.mkdir()
    PageXml().write_into(folder, [boxed()])
    return read(folder / made().id).source.text


def test_page_leaves_out_pages_without_an_image(tmp_path: Path) -> None:
    source = source_of_pages("TEXT ONLY\n")
    PageXml().write_into(tmp_path, [holding_of(source, EditLog(source.id))])
    assert list(tmp_path.iterdir()) == []


# IIIF


def manifest(**more: object) -> dict[str, object]:
    held = talk() if more.get("record") else made()
    return dict(
        json.loads(
            Iiif(base="https://a.example/x", records=recorded if more.get("record") else None).write(held)
        )
    )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("record", [False, True])
def test_a_library_reads_the_manifest(record: bool) -> None:
    data = manifest(record=record)
    again = Manifest(**data)
    assert again.id == data["id"]
    assert len(again.items) == len(data["items"])  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore")
def test_a_library_refuses_what_is_no_manifest() -> None:
    with pytest.raises(ValueError, match="validation error"):
        Manifest(**{**manifest(), "items": [{"type": "Canvas", "id": "no address"}]})


@pytest.mark.filterwarnings("ignore")
def test_a_library_reads_the_collection() -> None:
    data = collection_of([("abc", "One"), ("def", "Two")], "https://a.example", "All")
    assert [one.id for one in Collection(**data).items] == [
        "https://a.example/abc/manifest.json",
        "https://a.example/def/manifest.json",
    ]


def test_lines_are_transcriptions_at_their_boxes() -> None:
    held = made(originals=())
    first = json.loads(Iiif(base="https://a.example").write(held))["items"][0]
    assert (first["width"], first["height"]) == (800, 1000)
    assert "items" not in first  # no image is known
    (page,) = first["annotations"]
    line = page["items"][0]
    assert line["motivation"] == "supplementing"
    assert line["body"]["value"] == "FM AMEMBASSY HELSINKI"
    assert line["target"] == f"https://a.example/{held.id}/canvas/1#xywh=10,20,80,20"


def test_what_is_said_of_a_line_is_annotated() -> None:
    remarks = [
        (item["motivation"], item["body"]["value"])
        for canvas in manifest(record=True)["items"]  # type: ignore[attr-defined]
        for page in canvas["annotations"][1:]
        for item in page["items"]
    ]
    assert remarks == []  # the talk was never captured: no page, no canvas


# PROV


@settings(max_examples=25)
@given(edited())
def test_a_library_reads_the_provenance(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    log = EditLog(source.id).add(edits, by="tool", at=AT)
    if edits:
        log = log.undo(1, by="É. Reader & Co", at=AT)
    document = provenance(holding_of(source, log))
    found = [e for e in document.get_records(ProvEntity) if "septel:entry/" in str(e.identifier)]
    assert len(found) == len(edits)
    assert len(list(document.get_records(ProvInvalidation))) == (1 if edits else 0)


def provenance(held: object) -> ProvDocument:
    content = Prov().write(held)  # type: ignore[arg-type]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = ProvDocument.deserialize(content=content.decode(), format="json")
    assert isinstance(document, ProvDocument)
    return document


def test_provenance_says_who_read_what_from_what() -> None:
    document = provenance(made())
    agents = {str(a.label): str(a.get_asserted_types()) for a in document.get_records(ProvAgent)}
    assert set(agents) == {"septel-restore 1.2.0", "M. Reader"}
    assert "Person" in agents["M. Reader"]
    assert "SoftwareAgent" in agents["septel-restore 1.2.0"]


def test_what_takes_another_s_place_is_its_revision() -> None:
    held = made()
    source = held.source
    log = held.log.add([edit(source, "SAIT", "SAID")], by="later", at=AT)
    document = provenance(holding_of(source, log))
    revisions = [d for d in document.get_records(ProvDerivation) if "Revision" in str(d.get_asserted_types())]
    assert len(revisions) == 1
    said = {str(k): str(v) for k, v in revisions[0].attributes}
    assert said["prov:generatedEntity"].endswith(f"/{len(log.entries)}")


# FollowTheMoney


def entities(record: bool) -> list[dict[str, object]]:
    exporter = FollowTheMoney(records=recorded if record else None)
    return [json.loads(line) for line in exporter.write(talk()).decode().splitlines()]


@pytest.mark.parametrize("record", [False, True])
def test_the_model_takes_every_entity(record: bool) -> None:
    found = entities(record)
    ids = {str(one["id"]) for one in found}
    for one in found:
        proxy = model.get_proxy(one, cleaned=False)
        schema = model.get(str(one["schema"]))
        assert schema is not None
        schema.validate(cast(Any, proxy.to_dict()))
        assert set(one["properties"]) <= set(schema.properties)  # type: ignore[call-overload]
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (prop, value)
            if prop.type.name == "entity":
                assert value in ids


def test_posts_and_speakers_are_tied_to_the_document() -> None:
    kinds = [one["schema"] for one in entities(True)]
    assert kinds.count("PlainText") == 1
    assert kinds.count("PublicBody") >= 1
    assert kinds.count("Person") >= 2
    names = {str(one["properties"]["name"][0]) for one in entities(True) if one["schema"] == "Person"}  # type: ignore[index]
    assert any("Semenov" in name or "SEMENOV" in name for name in names)


def test_one_post_is_one_entity_in_every_file() -> None:
    first, second = (
        [json.loads(line) for line in FollowTheMoney().write(held).decode().splitlines()]
        for held in (made(), made(title="Another"))
    )
    bodies = [{one["id"] for one in found if one["schema"] == "PublicBody"} for found in (first, second)]
    assert bodies[0] == bodies[1]
