"""Tables for spreadsheets, as CSV or XLSX: holdings, references, statements, a line each.

The first row names the columns. CSV is UTF-8 with a byte order mark, so that Excel takes it as such; a text
that a spreadsheet would take for a formula has an apostrophe before it in CSV, and is marked as text in XLSX.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from septel.errors import MissingPart, UsageError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Font

SheetRow = Sequence[str | int | float | None]
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
_LONGEST = 32_767
_LOOKED_AT = 2_000
"""By so many rows columns are as wide as they are."""


def written(columns: Sequence[str], rows: Iterable[SheetRow], form: str, *, name: str = "Septel") -> bytes:
    """A table in a form, `csv` or `xlsx`.

    Raises:
        UsageError: there is no such form.
        MissingPart: openpyxl is not installed.
    """
    if form == "csv":
        return b"".join(csv_pieces(columns, rows))
    if form == "xlsx":
        return _xlsx(columns, rows, name)
    raise UsageError(f"{form!r} is no form of table", remedy=f"Choose {' or '.join(ENDINGS)}.")


def csv_pieces(columns: Sequence[str], rows: Iterable[SheetRow]) -> Iterator[bytes]:
    """A table as CSV, a piece for each row as it comes; the first one names the columns."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    yield b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([_safe(value) for value in row])
        yield out.getvalue().encode("utf-8", "replace")


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _xlsx(columns: Sequence[str], rows: Iterable[SheetRow], name: str) -> bytes:
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
    except ImportError as why:
        raise MissingPart("XLSX needs openpyxl", remedy="pip install openpyxl, or choose --as csv.") from why
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    rest = iter(rows)
    first = list(islice(rest, _LOOKED_AT))
    for n, column in enumerate(columns, 1):
        widest = max([len(column), *(len(str(row[n - 1] or "")) for row in first)])
        sheet.column_dimensions[get_column_letter(n)].width = min(widest, _WIDEST) + 2
    sheet.append([_cell(WriteOnlyCell(sheet), column, Font(bold=True)) for column in columns])
    for row in chain(first, rest):
        sheet.append([_cell(WriteOnlyCell(sheet), value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(cell: Cell, value: str | int | float | None, font: Font | None = None) -> Cell:
    if isinstance(value, str):
        cell.value = "".join(c for c in value if c >= " " or c in "\t\n")[:_LONGEST]
        cell.data_type = "s"  # never a formula
    else:
        cell.value = value
    if font is not None:
        cell.font = font
    return cell
