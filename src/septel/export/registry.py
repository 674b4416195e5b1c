"""The exporters by name: Writes holdings in every format that matters, and says what each cannot hold."""

from collections.abc import Callable, Mapping

from septel.errors import UsageError
from septel.export.deposit import Bag
from septel.export.entities import FollowTheMoney
from septel.export.folders import fill
from septel.export.iiif import Iiif
from septel.export.json_form import Json
from septel.export.pages import (
    Alto,
    Hocr,
    Other,
    PageXml,
    Placed,
    PlacedLine,
    PlacedPage,
    SearchablePdf,
    placed_pages,
)
from septel.export.plain_text import PlainText, doubtful
from septel.export.protocol import Context, Exporter, FolderExporter, LossNote, Originals, Records
from septel.export.prov import Prov
from septel.export.release import Released, ReleaseRule, Withheld, WithoutMarks, everything
from septel.export.sheet import CorrectionSheet
from septel.export.site import Site
from septel.export.tables import CsvTables, ParquetTables
from septel.export.tei import Tei, TeiFrus, reading_of, source_of

_MAKERS: Mapping[str, Callable[[Context], Exporter]] = {
    "text": lambda _: PlainText(marked=True),
    "plain": lambda _: PlainText(marked=False),
    "json": lambda _: Json(),
    "tei": lambda context: Tei(records=context.records),
    "tei-frus": lambda _: TeiFrus(),
    "hocr": lambda _: Hocr(),
    "alto": lambda _: Alto(),
    "pdf": lambda context: SearchablePdf(originals=context.originals),
    "iiif": lambda context: Iiif(base=context.base, records=context.records),
    "prov": lambda _: Prov(),
    "ftm": lambda context: FollowTheMoney(records=context.records),
    "corrections": lambda _: CorrectionSheet(),
}
EXPORTERS: tuple[Exporter, ...] = tuple(make(Context()) for make in _MAKERS.values())
"""What makes one file of one holding."""

_FOLDER_MAKERS: Mapping[str, Callable[[Context], FolderExporter]] = {
    "page": lambda _: PageXml(),
    "tables": lambda context: CsvTables(records=context.records),
    "parquet": lambda context: ParquetTables(records=context.records),
    "bag": lambda context: Bag(originals=context.originals, records=context.records),
    "site": lambda context: Site(
        base=context.base, originals=context.originals, records=context.records, note=context.note
    ),
}
FOLDER_EXPORTERS: tuple[FolderExporter, ...] = tuple(make(Context()) for make in _FOLDER_MAKERS.values())
"""What fills one folder from any number of holdings."""

FORMATS = (*_MAKERS, *_FOLDER_MAKERS)
"""The names of all formats, as on the command line."""


def exporter(name: str, *, originals: Originals | None = None, context: Context | None = None) -> Exporter:
    """The exporter of a format that makes one file of one holding.

    Args:
        name: what the format is called.
        originals: finds an original by its digest, for the formats that hold the pages themselves.
        context: all that an exporter may need besides the holding, in place of `originals`.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in _MAKERS:
        names = ", ".join(_MAKERS)
        raise UsageError(f"there is no export format {name!r}", remedy=f"Choose one of {names}.")
    return _MAKERS[name](context or Context(originals=originals))


def folder_exporter(name: str, context: Context | None = None) -> FolderExporter:
    """The exporter of a format that fills a folder.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in _FOLDER_MAKERS:
        names = ", ".join(_FOLDER_MAKERS)
        raise UsageError(f"there is no folder format {name!r}", remedy=f"Choose one of {names}.")
    return _FOLDER_MAKERS[name](context or Context())
