"""A sheet of corrections for a colleague: CSV for a spreadsheet, one row for each doubtful place.

The colleague fills `correction` (and `why`) where the page is clearer to them, adds rows for other places,
and sends the sheet back; `septel import` takes it in. In `correction`, `=` accepts the reading as it is, `-`
says that the characters are noise. A cell that a spreadsheet would take for a formula begins with an
apostrophe, which the import takes away.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from septel.archive import Holding
from septel.archive.model import shown_field
from septel.export.protocol import LossNote
from septel.text import State, state_of

COLUMNS = (
    *("document", "title", "page", "line", "place", "source", "reading", "probability", "alternatives"),
    *("line_as_read", "correction", "why"),
)
ACCEPT, NOISE = "=", "-"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSheet:
    """The doubtful places of a holding, to be corrected elsewhere."""

    name: str = "corrections"
    ending: str = ".corrections.csv"
    media_type: str = "text/csv; charset=utf-8"
    losses: tuple[LossNote, ...] = (
        LossNote(what="anything but the doubtful places and their lines", where="text, tei, json"),
    )

    def write(self, holding: Holding) -> bytes:
        """The sheet; UTF-8 with a byte order mark, without which spreadsheets guess another encoding."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        source, lines = holding.source, holding.reading.line_texts
        for edit in holding.reading.edits:
            if not (edit.unreadable or state_of(edit) is State.DOUBTFUL):
                continue
            line = source.line_at(edit.span.start)
            row = (
                *(holding.id, shown_field(holding, "title"), str(source.page_at(edit.span.start)), str(line)),
                f"{edit.span.start}-{edit.span.end}",
                *(edit.before, f"[…{edit.extent or ''}]" if edit.unreadable else edit.after),
                f"{edit.confidence.probability:.3f}" if edit.confidence else "",
                " | ".join(one.text for one in edit.alternatives),
                *(lines[line - 1], "", ""),
            )
            writer.writerow([guarded(cell) for cell in row])
        return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") else cell
