"""The export formats by name. What writes one is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from septel.errors import UsageError
from septel.export.protocol import Context

if TYPE_CHECKING:
    from septel.export.protocol import Exporter, FolderExporter, Originals

FILES = {
    "text": ("plain_text", "PlainText", {"marked": True}),
    "plain": ("plain_text", "PlainText", {"marked": False}),
    "json": ("json_form", "Json", {}),
    "tei": ("tei", "Tei", {}),
    "tei-frus": ("tei", "TeiFrus", {}),
    "hocr": ("pages", "Hocr", {}),
    "alto": ("pages", "Alto", {}),
    "pdf": ("pages", "SearchablePdf", {}),
    "iiif": ("iiif", "Iiif", {}),
    "prov": ("prov", "Prov", {}),
    "ftm": ("entities", "FollowTheMoney", {}),
    "corrections": ("sheet", "CorrectionSheet", {}),
}
"""What makes one file of one holding: its module, its class, what it is made with."""
FOLDERS = {
    "page": ("pages", "PageXml"),
    "tables": ("tables", "CsvTables"),
    "parquet": ("tables", "ParquetTables"),
    "bag": ("deposit", "Bag"),
    "site": ("site", "Site"),
}
"""What fills one folder from any number of holdings."""
FORMATS = (*FILES, *FOLDERS)
"""The names of all formats, as on the command line."""
_NEEDS = {
    "tei": ("records",),
    "pdf": ("originals",),
    "iiif": ("base", "records"),
    "ftm": ("records",),
    "tables": ("records",),
    "parquet": ("records",),
    "bag": ("originals", "records"),
    "site": ("base", "originals", "records", "note"),
}
"""What of the context a format takes."""


def exporter(name: str, *, originals: Originals | None = None, context: Context | None = None) -> Exporter:
    """The exporter of a format that makes one file of one holding.

    Args:
        name: what the format is called.
        originals: finds an original by its digest, for the formats that hold the pages themselves.
        context: all that an exporter may need besides the holding, in place of `originals`.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in FILES:
        raise UsageError(f"there is no export format {name!r}", remedy=f"Choose one of {', '.join(FILES)}.")
    module, kind, fixed = FILES[name]
    made: Exporter = _made(name, module, kind, fixed, context or Context(originals=originals))
    return made


def folder_exporter(name: str, context: Context | None = None) -> FolderExporter:
    """The exporter of a format that fills a folder.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in FOLDERS:
        names = ", ".join(FOLDERS)
        raise UsageError(f"there is no folder format {name!r}", remedy=f"Choose one of {names}.")
    made: FolderExporter = _made(name, *FOLDERS[name], {}, context or Context())
    return made


def exporters() -> tuple[Exporter, ...]:
    """One exporter of each format of one file; that of PDF finds no originals."""
    return tuple(exporter(name) for name in FILES)


def folder_exporters() -> tuple[FolderExporter, ...]:
    """One exporter of each format that fills a folder."""
    return tuple(folder_exporter(name) for name in FOLDERS)


def _made(name: str, module: str, kind: str, fixed: dict[str, bool], context: Context) -> Any:
    found = getattr(import_module(f"septel.export.{module}"), kind)
    return found(**fixed, **{need: getattr(context, need) for need in _NEEDS.get(name, ())})
