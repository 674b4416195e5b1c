"""A sheet of corrections, filled in: the rows whose `correction` says something."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import defaultdict
from collections.abc import Mapping

from septel.corrections.model import ColleagueCorrection, Edition
from septel.errors import InputError
from septel.export import ACCEPT, NOISE, unguarded

_NEEDED = frozenset(("document", "place", "correction"))
_SEPARATOR = re.compile(r"sep=([;,\t|])\r?\n")
_PLACE = re.compile(r"(\d+)-(\d+)")


def editions_in_sheet(content: bytes, where: str) -> tuple[Edition, ...]:
    """The corrections by holding, in the order of the rows.

    Raises:
        InputError: it is no such sheet; nothing of it is taken then.
    """
    text, between = _text_of(content, where)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=between)
    rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
    missing = _NEEDED - set(rows.fieldnames or ())
    if missing:
        raise InputError(
            f"the sheet has no column {', '.join(sorted(missing))}",
            where=where,
            remedy="Septel takes back the sheets that `septel export --as corrections` wrote.",
        )
    found: dict[str, list[ColleagueCorrection]] = defaultdict(list)
    unplaced: dict[str, list[str]] = defaultdict(list)
    try:
        for row in rows:
            said = (row.get("correction") or "").strip()
            holding = (row["document"] or "").strip()
            correction = _correction(row, said, rows.line_num) if said else ""
            if isinstance(correction, ColleagueCorrection):
                found[holding].append(correction)
            elif correction:
                unplaced[holding].append(correction)
    except csv.Error as why:
        raise InputError(f"the sheet is not whole CSV ({why})", where=where, remedy="Mend it.") from why
    return tuple(
        Edition(holding=one, corrections=tuple(found.get(one, ())), unplaced=tuple(unplaced.get(one, ())))
        for one in dict.fromkeys((*found, *unplaced))
    )


def _text_of(content: bytes, where: str) -> tuple[str, str]:
    """The sheet's text, and what stands between its cells."""
    # "Unicode text" of spreadsheets is UTF-16 with its mark.
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as why:
        raise InputError("the sheet is not UTF-8", where=where, remedy="Save it as CSV (UTF-8).") from why
    # Some say in a line of its own what they put between cells.
    if told := _SEPARATOR.match(text):
        return text[told.end() :], told[1]
    # Spreadsheets of some countries put semicolons between cells.
    first = text.partition("\n")[0]
    return text, ";" if first.count(";") > first.count(",") else "\t" if "\t" in first else ","


def _correction(row: Mapping[str, str | None], said: str, number: int) -> ColleagueCorrection | str:
    """A row's correction; or why the row says none, in words."""
    place = _PLACE.fullmatch((row["place"] or "").strip())
    if place is None or int(place[1]) > int(place[2]):
        return f"row {number}: `place` is a pair of offsets in the source, as 412-420"
    reading = unguarded(row.get("reading") or "")
    # A spreadsheet keeps the apostrophe or drops it; both mean the same.
    said = unguarded(said)
    text = reading if said == ACCEPT else "" if said == NOISE else said
    if said == ACCEPT and reading.startswith(("[…", "[...")):
        return f"row {number}: it accepts what can't be read; write what stands there"
    before = row.get("source")
    return ColleagueCorrection(
        start=int(place[1]),
        end=int(place[2]),
        before=None if before is None else unguarded(before),
        text=text,
        why=(row.get("why") or "").strip(),
        row=number,
    )
