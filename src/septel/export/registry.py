"""The export formats by name. What writes one is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from septel.errors import UsageError

if TYPE_CHECKING:
    from septel.export.pages import PdfOriginals
    from septel.export.protocol import Exporter

FORMATS = ("text", "plain", "json", "tei", "hocr", "alto", "pdf")


def exporter(name: str, *, originals: PdfOriginals | None = None) -> Exporter:
    """The exporter of a format.

    Args:
        name: what the format is called.
        originals: finds an original by its digest, for the formats that hold the pages themselves.

    Raises:
        UsageError: there is none of that name.
    """
    match name:
        case "text" | "plain":
            from septel.export.plain_text import PlainText

            return PlainText(marked=name == "text")
        case "json":
            from septel.export.json_form import Json

            return Json()
        case "tei":
            from septel.export.tei import Tei

            return Tei()
        case "hocr":
            from septel.export.pages import Hocr

            return Hocr()
        case "alto":
            from septel.export.pages import Alto

            return Alto()
        case "pdf":
            from septel.export.pages import SearchablePdf

            return SearchablePdf(originals=originals)
        case _:
            raise UsageError(
                f"there is no export format {name!r}", remedy=f"Choose one of {', '.join(FORMATS)}."
            )


def exporters() -> tuple[Exporter, ...]:
    """One exporter of each format; the one of PDF finds no originals."""
    return tuple(exporter(name) for name in FORMATS)
