"""The number of a telegraph line: behind CITE, stamped at its right or under it, in a cell of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.places.sheet import Sheet, SheetRow, SheetWord

STAMPED = 5.0
"""How many heights under the line its number may be stamped."""
_NUMBER = re.compile(r"\D{0,2}(\d{3,6}[A-Z]?)\W*")
_LIKE_FIGURES = str.maketrans("OØQDIlSBZ", "000011582")
_BODY = re.compile(r"\W{0,3}[1lI]\s?[.,]\s+[A-Z]")
_CITED = re.compile(r"\W*RE[FS]{1,2}\b")


def figures(tokens: Sequence[SheetWord]) -> str:
    """The number that words right of `CITE DIR` are; figures of a stamp may stand apart."""
    joined = ""
    for one in tokens[:6]:
        text = re.sub(r"[^A-Za-z0-9Ø]", "", one.text).translate(_LIKE_FIGURES)
        if not text or sum(map(str.isdigit, text)) < 0.7 * len(text):
            break
        joined += text
        if len(joined) >= 5 or len(text) > 3:
            break
    match = _NUMBER.fullmatch(joined)
    return match[1] if match else ""


def stamped(sheet: Sheet, row: SheetRow, cite: SheetWord) -> str:
    """A number that was stamped right of the line, a little above it or under it."""
    # Above the line stands a number only where nothing under it does: it may be of a reference.
    for near in sorted(sheet.rows, key=lambda one: (one.down < row.down, one.down)):
        if not sheet.has_places and _CITED.match(near.text):
            continue
        if -2 <= near.down - row.down <= STAMPED:
            right = [one for one in near.tokens if one.left >= cite.left]
            whole = [
                one.text.strip(".,:;'")
                for at, one in enumerate(right)
                if not (at and right[at - 1].text.strip(".:").upper() in ("OUT", "IN"))
            ]
            apart = "".join(one for one in whole if len(one) == 1)
            for number in (*whole, apart):
                if number.isdigit() and 5 <= len(number) <= 6:
                    return number
        if near.down > row.down and _BODY.match(near.text):
            break
        if near.down > row.down and re.fullmatch(r"\W*\d{5,6}\W*", near.text):
            return re.sub(r"\D", "", near.text)  # a plain text has lost its place
    return ""


def alone_below(sheet: Sheet, at: int) -> str:
    """The number in its cell under the row of the time group: six figures alone."""
    rows = (row.text for row in sheet.rows[at + 1 : at + 5])
    return next((match[1] for text in rows if (match := re.fullmatch(r"\W*(\d{6})\W*", text))), "")
