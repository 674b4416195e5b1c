"""Each format held against its own published schema, or read by a library that is not ours.

A validator gives what is wrong in words, nothing where all is right. It loads its library when it is asked; a
library that is not installed, or a schema that is not there, is told as a `MissingPart`.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from lxml import etree, html

from septel.archive import Holding
from septel.errors import MissingPart
from septel.export import reading_of, source_of
from septel.telegram import TelegramJson

_FRUS = "http://history.state.gov/frus/ns/1.0"
TEI_ALL = "tei_all-4.3.0.rng.xz"
PAGE_SCHEMA = "page-2019-07-15.xsd.xz"

_STATE = r"x_state (?:sure|doubtful|unreadable|decided)"
_TITLE = re.compile(
    r"(?:bbox \d+ \d+ \d+ \d+(?:; x_wconf \d{1,3})?(?:; x_confs \d{1,3}(?: \d{1,3})*; x_bboxes \d+(?: \d+)*)?"
    rf"(?:; {_STATE})?|x_wconf \d{{1,3}}(?:; {_STATE})?|{_STATE})?"
)
"""What the title of a word in hOCR may say, and in what order."""
_MARK = re.compile(r"\[…\d*\]")

FileValidator = Callable[[Holding, bytes, Path], Iterable[str]]
"""Looks at one file of one holding; the folder holds published schemas."""
FolderValidator = Callable[[Path, Path], Iterable[str]]
"""Looks at a folder of exports; the other folder holds published schemas."""


def _library(name: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return import_module(name)
    except ImportError as why:
        package = name.partition(".")[0].replace("_", "-")
        raise MissingPart(f"the check needs {package}", remedy=f"pip install {package}.") from why


def _published(folder: Path, name: str) -> bytes:
    try:
        return lzma.decompress((folder / name).read_bytes())
    except OSError as why:
        raise MissingPart(
            "the published schema is not here",
            where=str(folder / name),
            remedy="Name its folder with --schemas.",
        ) from why


@cache
def tei_all(folder: Path) -> etree.RelaxNG:
    """The Consortium's schema of all of TEI P5."""
    return etree.RelaxNG(etree.fromstring(_published(folder, TEI_ALL)))


@cache
def page_schema(folder: Path) -> etree.XMLSchema:
    """PRImA's schema of PAGE XML."""
    return etree.XMLSchema(etree.fromstring(_published(folder, PAGE_SCHEMA)))


def tei_faults(document: bytes, schemas: Path) -> list[str]:
    """What `tei_all` finds wrong; attributes of FRUS's own namespace are not its matter."""
    root = etree.fromstring(document)
    for one in root.iter():
        for name in [key for key in one.attrib if str(key).startswith(f"{{{_FRUS}}}")]:
            del one.attrib[name]
    schema = tei_all(schemas)
    return [] if schema.validate(root) else str(schema.error_log).splitlines()


def page_faults(document: bytes, schemas: Path) -> list[str]:
    """What PRImA's schema finds wrong."""
    schema = page_schema(schemas)
    return [] if schema.validate(etree.fromstring(document)) else str(schema.error_log).splitlines()


def _text(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    del schemas
    paper = held.telegram.get("paper")
    breaks = sum(1 for page in held.source.pages[:-1] if page.end or not paper)
    if content.decode().count("\f") - held.source.text.count("\f") != breaks:
        yield "not one form feed for each page break"


def _json(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    del schemas
    data = json.loads(content)
    TelegramJson.model_validate(data["telegram"])
    if data["source"]["text"] != held.source.text or data["reading"] != held.reading.text:
        yield "its texts are not those of the archive"


def _tei(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    yield from tei_faults(content, schemas)
    forbidden = any(c < " " and c not in "\n\t\r" for c in held.source.text)
    if not forbidden and source_of(content) != "\n".join(x.of(held.source.text) for x in held.source.lines):
        yield "the source does not come back"
    if not forbidden and reading_of(content) != "\n".join(held.reading.line_texts):
        yield "the reading does not come back"


def _frus(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    del held
    yield from tei_faults(content, schemas)


def _words(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    """Of hOCR and ALTO, which our schemas check as they are written: that their words are the reading's."""
    del schemas
    root = etree.fromstring(content)
    placed = [one.get("CONTENT") or "" for one in root.iter("{*}String")]
    for word in root.iter("{*}span"):
        if word.get("class") == "ocrx_word":
            if not _TITLE.fullmatch(word.get("title") or ""):
                yield f"a word has the title {word.get('title')!r}"
            placed.append(next(iter(word.iter("{*}ins")), word).text or "")
    keys = [key for one in root.iter("{*}*") if (key := one.get("id") or one.get("ID"))]
    if len(set(keys)) != len(keys):
        yield "an id is there twice"
    lines = {line.span.start for page in held.pages for line in page.lines}
    own = [
        text
        for span, text in zip(held.source.lines, held.reading.line_texts, strict=True)
        if span.start in lines
    ]
    # A mark stands where nothing can be read, and makes one word of two or two of one.
    if _MARK.sub("", "".join(placed)) != "".join("".join(own).split()):
        yield "its words are not the reading's"


def _pdf(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    del held, schemas
    pikepdf = _library("pikepdf")
    with pikepdf.open(io.BytesIO(content)) as document:
        check = getattr(document, "check_pdf_syntax", None) or document.check
        yield from map(str, check())


def _iiif(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    del schemas
    data = json.loads(content)
    manifest = _library("iiif_prezi3").Manifest(**data)
    if len(manifest.items) != len(held.pages):
        yield "not a canvas for each page"


def _prov(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    del held, schemas
    document = _library("prov.model").ProvDocument.deserialize(content=content.decode(), format="json")
    if not document.get_records():
        yield "nothing is said in it"


def _ftm(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    del held, schemas
    model = _library("followthemoney").model
    for line in content.decode().splitlines():
        for prop, value in model.get_proxy(json.loads(line), cleaned=False).itervalues():
            if not prop.type.validate(value):
                yield f"{prop.name} can't be {value!r}"


def _sheet(held: Holding, content: bytes, schemas: Path) -> Iterator[str]:
    del held, schemas
    first, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    yield from (f"row {n} has {len(row)} cells" for n, row in enumerate(rows, 2) if len(row) != len(first))


def _pages(folder: Path, schemas: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.page.xml")):
        yield from (
            f"{file.relative_to(folder)}: {fault}" for fault in page_faults(file.read_bytes(), schemas)
        )


def _tables(folder: Path, schemas: Path) -> Iterator[str]:
    del schemas
    report = _library("frictionless").validate(str(folder / "datapackage.json"))
    if not report.valid:
        yield from (str(row) for row in report.flatten(["path", "rowNumber", "fieldName", "message"]))


def _parquet(folder: Path, schemas: Path) -> Iterator[str]:
    del schemas
    parquet = _library("pyarrow.parquet")
    for one in json.loads((folder / "datapackage.json").read_bytes())["resources"]:
        table = parquet.read_table(folder / one["path"])
        if table.num_rows != one["rows"]:
            yield f"{one['path']} has {table.num_rows} rows, the descriptor says {one['rows']}"


def _bag(folder: Path, schemas: Path) -> Iterator[str]:
    del schemas
    bagit = _library("bagit")
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError as why:
        yield str(why)


def _site(folder: Path, schemas: Path) -> Iterator[str]:
    """Every page is read by libxml2's HTML parser, and what it links to is there."""
    del schemas
    for page in sorted(folder.rglob("*.html")):
        every = list(html.fromstring(page.read_bytes()).iter())
        marks = {one.get("id") for one in every}
        for link in (one.get(name) for one in every for name in ("href", "src")):
            path, _, mark = (link or "").partition("#")
            if path and not (page.parent / path).exists():
                yield f"{page.relative_to(folder)} links to {link}, which is not there"
            elif not path and mark and mark not in marks:
                yield f"{page.relative_to(folder)} has no place {mark}"


FILE_VALIDATORS: dict[str, tuple[str, FileValidator]] = {
    "text": ("UTF-8, a form feed for each page break", _text),
    "plain": ("UTF-8, a form feed for each page break", _text),
    "json": ("the published schema; texts come back", _json),
    "tei": ("tei_all 4.3.0; source and reading come back", _tei),
    "tei-frus": ("tei_all 4.3.0; septel-frus.rng", _frus),
    "hocr": ("septel-hocr.rng; words come back", _words),
    "alto": ("septel-alto.rng; words come back", _words),
    "pdf": ("qpdf", _pdf),
    "iiif": ("iiif-prezi3", _iiif),
    "prov": ("prov", _prov),
    "ftm": ("followthemoney", _ftm),
    "corrections": ("csv", _sheet),
}
"""By format: what checks one file of one holding, in words, and the check."""
FOLDER_VALIDATORS: dict[str, tuple[str, FolderValidator]] = {
    "page": ("PRImA's schema 2019-07-15", _pages),
    "tables": ("frictionless", _tables),
    "parquet": ("pyarrow; rows as described", _parquet),
    "bag": ("bagit", _bag),
    "site": ("HTML by libxml2; links lead somewhere", _site),
}
"""By format: what checks a folder, in words, and the check."""
