"""CSV and Parquet files of the tables, and the Frictionless data package descriptor that explains them.

CSV: RFC 4180, UTF-8, `true`/`false`, an empty cell where nothing is known. Cells are exact: a spreadsheet may
take one that begins with `=` for a formula, so import columns as text. Rows are written as they come, so
memory does not grow with the archive.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from septel import __version__
from septel.archive import Holding
from septel.errors import MissingPart
from septel.export.protocol import LossNote, Records
from septel.export.tables.columns import TABLES, Cell, TableSchema

_LOSSES = (
    LossNote(what="the whole text with its lines", where="text, tei, json"),
    LossNote(what="boxes of lines and words", where="alto, page, hocr"),
    LossNote(what="undoings, and who made them", where="json, prov"),
)
_UNRECORDED = LossNote(what="statements and positions", where="the same with --record")
_BATCH = 5_000
"""So many rows of a Parquet file are held before they are written."""


class _Sink(Protocol):
    """Takes the rows of one table."""

    def put(self, row: Sequence[Cell]) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvTables:
    """The tables as CSV."""

    records: Records | None = None
    name: str = "tables"

    @property
    def losses(self) -> tuple[LossNote, ...]:
        """What the tables do not hold."""
        return _LOSSES if self.records else (*_LOSSES, _UNRECORDED)

    def write_into(self, folder: Path, holdings: Iterable[Holding]) -> None:
        """Fill a folder with one file a table, and the descriptor."""
        _write(folder, holdings, self.records, "csv", _CsvSink)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetTables:
    """The tables as Parquet."""

    records: Records | None = None
    name: str = "parquet"

    @property
    def losses(self) -> tuple[LossNote, ...]:
        """What the tables do not hold."""
        return _LOSSES if self.records else (*_LOSSES, _UNRECORDED)

    def write_into(self, folder: Path, holdings: Iterable[Holding]) -> None:
        """Fill a folder with one file a table, and the descriptor.

        Raises:
            MissingPart: pyarrow is not installed.
        """
        try:
            import_module("pyarrow")
        except ImportError as why:
            raise MissingPart(
                "Parquet needs the package pyarrow", remedy="Run `pip install 'septel[tables]'`."
            ) from why
        _write(folder, holdings, self.records, "parquet", _ParquetSink)


def _write(
    folder: Path,
    holdings: Iterable[Holding],
    records: Records | None,
    form: str,
    sink: Callable[[Path, TableSchema], _Sink],
) -> None:
    tables = [table for table in TABLES if records or not table.recorded]
    counts = dict.fromkeys((table.name for table in tables), 0)
    with ExitStack() as stack:
        sinks: list[tuple[TableSchema, _Sink]] = []
        for table in tables:
            made = sink(folder / f"{table.name}.{form}", table)
            stack.callback(made.close)
            sinks.append((table, made))
        for holding in holdings:
            record = records(holding) if records else None
            for table, made in sinks:
                for row in table.rows(holding, record):
                    made.put(row)
                    counts[table.name] += 1
    descriptor = _descriptor(folder, tables, counts, form)
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _descriptor(
    folder: Path, tables: Sequence[TableSchema], counts: dict[str, int], form: str
) -> dict[str, Any]:
    """The Frictionless descriptor (data package v1)."""
    resources = []
    for table in tables:
        path = folder / f"{table.name}.{form}"
        schema: dict[str, Any] = {
            "fields": [
                {"name": c.name, "type": c.kind, "description": c.meaning}
                | ({"format": "any"} if c.kind == "datetime" else {})
                for c in table.columns
            ],
            "primaryKey": list(table.key),
            "missingValues": [""],
        }
        if table.name != "messages":
            reference = {"resource": "messages", "fields": ["document"]}
            schema["foreignKeys"] = [{"fields": ["document"], "reference": reference}]
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        csv_only = {"encoding": "utf-8", "profile": "tabular-data-resource"} if form == "csv" else {}
        resources.append(
            {
                "name": table.name,
                "description": table.meaning,
                "path": path.name,
                "format": form,
                "rows": counts[table.name],
                "bytes": path.stat().st_size,
                "hash": f"sha256:{digest}",
                "schema": schema,
                **csv_only,
            }
        )
    return {
        "profile": "data-package" if form != "csv" else "tabular-data-package",
        "name": "septel",
        "title": "Telegrams of an archive of Septel",
        "generator": f"Septel {__version__}",
        "resources": resources,
    }


class _CsvSink:
    """Writes rows as CSV."""

    def __init__(self, path: Path, table: TableSchema) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow([column.name for column in table.columns])

    def put(self, row: Sequence[Cell]) -> None:
        """Write a row."""
        self._writer.writerow(
            [("true" if cell else "false") if isinstance(cell, bool) else cell for cell in row]
        )

    def close(self) -> None:
        """End the file."""
        self._file.close()


class _ParquetSink:
    """Writes rows as Parquet, batch by batch."""

    def __init__(self, path: Path, table: TableSchema) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {
            "string": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "datetime": pa.timestamp("us", tz="UTC"),
        }
        self._columns = table.columns
        self._schema = pa.schema(
            [pa.field(c.name, kinds[c.kind], metadata={"description": c.meaning}) for c in table.columns]
        )
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Sequence[Cell]] = []

    def put(self, row: Sequence[Cell]) -> None:
        """Keep a row for the next batch."""
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self._flush()

    def close(self) -> None:
        """Write what is left and end the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        columns = list(zip(*self._rows, strict=True)) if self._rows else [()] * len(self._columns)
        arrays = []
        for column, field, cells in zip(self._columns, self._schema, columns, strict=True):
            values: Iterable[object] = cells
            if column.kind == "datetime":
                values = [datetime.fromisoformat(str(cell)) if cell else None for cell in cells]
            arrays.append(pa.array(values, type=field.type))
        if self._rows:
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []
