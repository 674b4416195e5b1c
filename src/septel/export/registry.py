"""The exporters by name: Writes text, JSON, TEI, hOCR, ALTO and searchable PDF, and says what each format cannot hold."""

from dataclasses import replace

from septel.errors import UsageError
from septel.export.json_form import Json
from septel.export.pages import (
    Alto,
    Hocr,
    Other,
    PdfOriginals,
    Placed,
    PlacedLine,
    PlacedPage,
    SearchablePdf,
    placed_pages,
)
from septel.export.plain_text import PlainText
from septel.export.protocol import Exporter, LossNote
from septel.export.tei import Tei, reading_of, source_of

EXPORTERS: tuple[Exporter, ...] = (
    PlainText(marked=True),
    PlainText(marked=False),
    Json(),
    Tei(),
    Hocr(),
    Alto(),
    SearchablePdf(),
)


def exporter(name: str, *, originals: PdfOriginals | None = None) -> Exporter:
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
