"""A sheet of corrections, filled in: the rows whose `correction` says something."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping

from septel.corrections.model import ColleagueCorrection, Edition
from septel.errors import InputError
from septel.export import ACCEPT, NOISE, unguarded

_NEEDED = frozenset(("document", "place", "correction"))
_PLACE = re.compile(r"(\d+)-(\d+)")


def editions_in_sheet(content: bytes, where: str) -> tuple[Edition, ...]:
    """The corrections by holding, in the order of the rows.

    Raises:
        InputError: it is no such sheet, or a row can't be understood; nothing of it is taken then.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise InputError("the sheet is not UTF-8", where=where, remedy="Save it as CSV UTF-8.") from why
    # Spreadsheets of some countries put semicolons between cells.
    first = text.partition("\n")[0]
    between = ";" if first.count(";") > first.count(",") else "\t" if "\t" in first else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=between)
    missing = _NEEDED - set(rows.fieldnames or ())
    if missing:
        raise InputError(
            f"the sheet has no column {', '.join(sorted(missing))}",
            where=where,
            remedy="Septel takes back the sheets that `septel export --as corrections` wrote.",
        )
    found: dict[str, list[ColleagueCorrection]] = defaultdict(list)
    try:
        for row in rows:
            said = (row.get("correction") or "").strip()
            if said:
                found[(row["document"] or "").strip()].append(_correction(row, said, rows.line_num, where))
    except csv.Error as why:
        raise InputError(f"the sheet is not whole CSV ({why})", where=where, remedy="Mend it.") from why
    return tuple(
        Edition(holding=holding, corrections=tuple(corrections)) for holding, corrections in found.items()
    )


def _correction(row: Mapping[str, str | None], said: str, number: int, where: str) -> ColleagueCorrection:
    place = _PLACE.fullmatch((row["place"] or "").strip())
    if place is None or int(place[1]) > int(place[2]):
        raise InputError(
            f"row {number} names no place",
            where=where,
            remedy="`place` is a pair of offsets in the source, as 412-420.",
        )
    reading = unguarded(row.get("reading") or "")
    # A spreadsheet keeps the apostrophe or drops it; both mean the same.
    said = unguarded(said)
    text = reading if said == ACCEPT else "" if said == NOISE else said
    if said == ACCEPT and reading.startswith(("[…", "[...")):
        raise InputError(
            f"row {number} accepts what can't be read", where=where, remedy="Write what stands there."
        )
    before = row.get("source")
    return ColleagueCorrection(
        start=int(place[1]),
        end=int(place[2]),
        before=None if before is None else unguarded(before),
        text=text,
        why=(row.get("why") or "").strip(),
        row=number,
    )
