"""What stands around a reference: its paragraphs, its date, NOTAL.

Source of the forms: reference lines and texts of released telegrams 1973-79, FRUS 1955-76.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from septel.lexicon import Lexicon

_MONTH = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|"
    r"OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\.?"
)
_WORDS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE")
_PLACE = rf"(?:\d{{1,2}}(?:[.-]?\(?[A-Z]\)?(?![A-Z]))?(?:\.\d{{1,2}})*\.?|(?:{'|'.join(_WORDS)})\b)"
_PLACES = rf"(?P<places>{_PLACE}(?:\s*(?:,|AND|&|-|TO|THROUGH|THRU)\s*(?:AND\s+)?{_PLACE})*)"
_LABEL = r"(?:SUB)?(?:PARAGRAPHS?|PARAS?)\.?"
_BEFORE = re.compile(rf"\b{_LABEL}\s+{_PLACES}[\s,]+(?:OF\s+|IN\s+|FROM\s+)?(?:THE\s+)?$")
_AFTER = re.compile(rf"\s*[,(]?\s*{_LABEL}\s+{_PLACES}(?!\s+(?:ABOVE|BELOW))")
_ONE_PLACE = re.compile(_PLACE)
_NOTAL = re.compile(r"[\s,;]*\(?\s*NOTAL\b")
_DATED = r"[\s,]*(?P<open>\()?\s*(?:OF|DTD|DATED|ON|DTG)?:?\s*"
_DATES = (
    re.compile(_DATED + rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})\b(?:\s*,?\s*(?P<year>19\d\d)\b)?"),
    re.compile(
        _DATED + rf"(?P<day>\d{{2}})\d{{4}}\s?[A-Z]\s*(?P<month>{_MONTH})\s*(?P<year>19\d\d|\d\d)?(?!\d)"
    ),
    re.compile(_DATED + rf"(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\s*,?\s*(?P<year>19\d\d|\d\d)?(?!\d)"),
    re.compile(_DATED + r"(?P<numeral>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d\d|19\d\d)\b"),
    re.compile(_DATED + rf"(?P<month>{_MONTH})\s*,?\s*(?P<year>19\d\d)\b(?P<day>)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifiers:
    """What stands right after a reference.

    Attributes:
        length: how many characters belong to it.
        parts: the paragraphs that are meant.
        dated: the date given with it, as in `Reference.dated`.
        year: the year of that date.
        not_to_all: whether NOTAL stands there.
    """

    length: int = 0
    parts: tuple[str, ...] = ()
    dated: str | None = None
    year: int | None = None
    not_to_all: bool = False


def parts_before(text: str) -> tuple[tuple[str, ...], int]:
    """The paragraphs named at the end of a text (`PARA 2 OF`), and where their naming begins there."""
    found = _BEFORE.search(text[-80:])
    if found is None:
        return (), len(text)
    return _paths(found.group("places")), max(0, len(text) - 80) + found.start()


def tail(text: str) -> Qualifiers:
    """What stands at the beginning of a text that follows a reference."""
    end, notal = 0, False
    parts: tuple[str, ...] = ()
    dated: str | None = None
    year: int | None = None
    for _ in range(3):  # date, paragraphs and NOTAL come in any order
        rest = text[end : end + 80]
        marked = _NOTAL.match(rest)
        if marked and not notal:
            notal, end = True, end + marked.end()
            continue
        named = _AFTER.match(rest)
        if named and not parts:
            parts, end = _paths(named.group("places")), end + named.end()
            continue
        if dated is None and year is None:
            dated, year, length = _date(rest)
            if length:
                end += length
                continue
        break
    return Qualifiers(length=end, parts=parts, dated=dated, year=year, not_to_all=notal)


def full_year(figures: str | None) -> int | None:
    """A year of two or four figures, as four."""
    if not figures:
        return None
    return int(figures) if len(figures) == 4 else 1900 + int(figures)


def month_number(word: str) -> int | None:
    """A month by one of its forms."""
    return Lexicon.shipped().month_numbers.get(word.rstrip("."))


def _date(text: str) -> tuple[str | None, int | None, int]:
    for pattern in _DATES:
        found = pattern.match(text)
        if found is None:
            continue
        group = found.groupdict()
        month = int(group["numeral"]) if group.get("numeral") else month_number(group["month"] or "")
        year = full_year(group["year"])
        day = int(group["day"]) if group["day"] else None
        if month is None or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
            continue
        stem = f"{year:04d}" if year else "-"
        dated = f"{stem}-{month:02d}" + (f"-{day:02d}" if day is not None else "")
        return dated, year, found.end()
    return None, None, 0


def _paths(places: str) -> tuple[str, ...]:
    """`3.A.2., 3.A.3. AND 5` as paths of paragraphs; a range keeps its two ends."""
    found: list[str] = []
    for match in _ONE_PLACE.finditer(places):
        word = match.group().strip(".")
        if word in _WORDS:
            word = str(_WORDS.index(word) + 1)
        path = re.sub(r"(?<=\d)[.(-]*([A-Z])\)?", r".\1", word)
        found.append(re.sub(r"(?<=[A-Z])(?=\d)", ".", path).strip("."))
    return tuple(found)
