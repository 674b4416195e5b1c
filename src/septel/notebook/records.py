"""The negotiating record and the references as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from septel.archive import Archive, Dossier, dossier_of
from septel.errors import MissingPart, UsageError
from septel.export.record import TABLES
from septel.export.record import table as table_csv
from septel.pipeline import Document
from septel.record import IssueVocabulary, Record, Rosters, record_of
from septel.text import Reading


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with named columns; every cell is text.

    Attributes:
        columns: their names.
        rows: as many cells as there are columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        """The rows, cells by the names of their columns."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`.

        Raises:
            MissingPart: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as missing:
            raise MissingPart("pandas is not installed", remedy="pip install pandas") from missing
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))

    def to_arrow(self) -> Any:
        """A `pyarrow.Table`.

        Raises:
            MissingPart: pyarrow is not installed.
        """
        try:
            import pyarrow
        except ImportError as missing:
            raise MissingPart("pyarrow is not installed", remedy="pip install pyarrow") from missing
        return pyarrow.table({name: [row[n] for row in self.rows] for n, name in enumerate(self.columns)})


def extract_record(
    document: Document | Reading,
    *,
    rosters: Rosters | None = None,
    issues: IssueVocabulary | None = None,
) -> Record:
    """Who said what to whom in one document, by rules, before anybody reviewed it.

    Args:
        document: as read.
        rosters: who spoke for whom; the shipped ones unless given.
        issues: the vocabulary of issues; the shipped one unless given.
    """
    if isinstance(document, Reading):
        return record_of(None, document, rosters=rosters, vocabulary=issues)
    return record_of(document.telegram, document.reading, rosters=rosters, vocabulary=issues)


def records_of(
    archive: Archive, holdings: Iterable[str] | None = None, *, until: str | None = None
) -> Dossier:
    """The records of holdings with what persons said of them, and the views over them.

    Args:
        archive: where they are.
        holdings: their ids; all of them unless given.
        until: an ISO date; views leave out later documents.
    """
    ids = [str(row["id"]) for row in archive.holdings()] if holdings is None else list(holdings)
    return dossier_of(archive, ids, until=until)


def table(dossier: Dossier, name: str = "statements") -> Table:
    """One table of a dossier: `statements`, `meetings`, `positions`, `open`, `texts` ...

    Raises:
        UsageError: there is no such table.
    """
    if name not in TABLES:
        raise UsageError(f"there is no table {name!r}", remedy=f"Choose among {', '.join(sorted(TABLES))}.")
    columns, *rows = csv.reader(io.StringIO(table_csv(dossier, name).decode(), newline=""))
    return Table(tuple(columns), tuple(map(tuple, rows)))


REFERENCE_COLUMNS = ("kind", "normal", "raw", "paragraph", "post", "number", "dated", "line", "locus")


def references_table(documents: Document | Iterable[Document]) -> Table:
    """What documents refer to, a row for each mention, each with its line and its place."""
    rows: list[tuple[str, ...]] = []
    for document in [documents] if isinstance(documents, Document) else documents:
        for one in document.references:
            line = document.reading.source.line_at(one.locus.span.start)
            cells = (one.kind.value, one.normal, one.raw, one.paragraph, one.post, one.number, one.dated)
            rows.append((*(cell or "" for cell in cells), str(line), str(one.locus)))
    return Table(REFERENCE_COLUMNS, tuple(rows))
