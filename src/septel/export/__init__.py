"""Writes text, JSON and TEI, and says what each format cannot hold."""

from septel.errors import UsageError
from septel.export.exporter import Exporter, LossNote
from septel.export.plain import PlainText, doubtful
from septel.export.tei import Tei, reading_of, source_of
from septel.export.tree import Json

EXPORTERS: tuple[Exporter, ...] = (PlainText(marked=True), PlainText(marked=False), Json(), Tei())


def exporter(name: str) -> Exporter:
    """The exporter of a format.

    Raises:
        UsageError: there is none of that name.
    """
    for candidate in EXPORTERS:
        if candidate.name == name:
            return candidate
    names = ", ".join(candidate.name for candidate in EXPORTERS)
    raise UsageError(f"there is no export format {name!r}", remedy=f"Choose one of {names}.")


__all__ = [
    "EXPORTERS",
    "Exporter",
    "Json",
    "LossNote",
    "PlainText",
    "Tei",
    "doubtful",
    "exporter",
    "reading_of",
    "source_of",
]
