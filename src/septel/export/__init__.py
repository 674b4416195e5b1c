"""Writes text, JSON, TEI, hOCR, ALTO and searchable PDF, and says what each format cannot hold."""

from dataclasses import replace

from septel.errors import UsageError
from septel.export.alto import Alto
from septel.export.exporter import Exporter, LossNote
from septel.export.hocr import Hocr
from septel.export.pdf import Originals, SearchablePdf
from septel.export.placing import Other, Placed, PlacedLine, PlacedPage, placed_pages
from septel.export.plain import PlainText, doubtful
from septel.export.tei import Tei, reading_of, source_of
from septel.export.tree import Json

EXPORTERS: tuple[Exporter, ...] = (
    PlainText(marked=True),
    PlainText(marked=False),
    Json(),
    Tei(),
    Hocr(),
    Alto(),
    SearchablePdf(),
)


def exporter(name: str, *, originals: Originals | None = None) -> Exporter:
    """The exporter of a format.

    Args:
        name: what the format is called.
        originals: finds an original by its digest, for the formats that hold the pages themselves.

    Raises:
        UsageError: there is none of that name.
    """
    for candidate in EXPORTERS:
        if candidate.name == name:
            if isinstance(candidate, SearchablePdf):
                return replace(candidate, originals=originals)
            return candidate
    names = ", ".join(candidate.name for candidate in EXPORTERS)
    raise UsageError(f"there is no export format {name!r}", remedy=f"Choose one of {names}.")


__all__ = [
    "EXPORTERS",
    "Alto",
    "Exporter",
    "Hocr",
    "Json",
    "LossNote",
    "Originals",
    "Other",
    "Placed",
    "PlacedLine",
    "PlacedPage",
    "PlainText",
    "SearchablePdf",
    "Tei",
    "doubtful",
    "exporter",
    "placed_pages",
    "reading_of",
    "source_of",
]
