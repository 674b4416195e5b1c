"""Every released telegram of the development sets, in every format, without a fault."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import bagit
import pytest
from lxml import etree
from prov.model import ProvDocument

from septel.archive import Holding
from septel.export import (
    Bag,
    CsvTables,
    Iiif,
    Prov,
    Site,
    Tei,
    TeiFrus,
    exporter,
    fill,
    reading_of,
    source_of,
)
from septel.measure.export.bench import parsed_holding
from tests.export.published import tei_faults

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import frictionless
    from followthemoney import model
    from iiif_prezi3 import Manifest

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def released(shared: Path) -> list[Holding]:
    return [parsed_holding(path) for path in sorted((shared / "dev" / "aad").glob("*.txt"))]


def test_both_tei_editions_are_valid_and_complete(released: list[Holding]) -> None:
    for held in released:
        document = Tei().write(held)
        assert tei_faults(document) == [], held.title
        assert tei_faults(TeiFrus().write(held)) == [], held.title
        assert source_of(document) == "\n".join(line.of(held.source.text) for line in held.source.lines)
        assert reading_of(document) == "\n".join(held.reading.line_texts)


def test_the_reading_edition_has_every_word_of_the_message(released: list[Holding]) -> None:
    for held in released:
        tree = held.telegram
        assert isinstance(tree, dict)
        root = etree.fromstring(TeiFrus().write(held))
        read = "".join("".join(str(t) for t in root.itertext()).split()).replace("-", "")
        for paragraph in tree["paragraphs"]:
            words = "".join(str(paragraph["text"]).split()).replace("-", "")
            assert words in read, (held.title, paragraph["path"])


def test_libraries_read_manifests_provenance_and_entities(released: list[Holding]) -> None:
    for held in released:
        data = json.loads(Iiif(base="https://a.example").write(held))
        assert len(Manifest(**data).items) == len(held.pages)
        ProvDocument.deserialize(content=Prov().write(held).decode(), format="json")
        for line in exporter("ftm").write(held).decode().splitlines():
            proxy = model.get_proxy(json.loads(line), cleaned=False)
            for prop, value in proxy.itervalues():
                assert prop.type.validate(value), (held.title, prop, value)


def test_layouts_validate_as_they_are_written(released: list[Holding]) -> None:
    for held in released[::10]:
        for name in ("hocr", "alto"):
            assert exporter(name).write(held)


def test_tables_and_bag_are_whole(released: list[Holding], tmp_path: Path) -> None:
    fill(tmp_path / "tables", CsvTables(), released)
    report = frictionless.validate(str(tmp_path / "tables" / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])[:5]
    fill(tmp_path / "bag", Bag(), released[::10])
    bagit.Bag(str(tmp_path / "bag")).validate()
    fill(tmp_path / "room", Site(base="https://a.example"), released[::10])
    assert (tmp_path / "room" / "index.html").is_file()
