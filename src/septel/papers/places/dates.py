"""Dates and time groups on forms, through misread signs, and the day of a message from both."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from septel.papers.places.months import FIRST_YEAR, LAST_YEAR, month_number
from septel.papers.places.sheet import Sheet, SheetRow, SheetWord

_MONTHS = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER",
    "NOVEMBER", "DECEMBER", "SEPT",
)  # fmt: skip
_SHORT = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_FIGURES = str.maketrans("OØQDoIli|SsBZz", "00000111155822")
_GROUP = re.compile(r"(?<![\dA-Z])(?P<day>[0-3]\d)(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)\s?[Z2zI?7](?![\dA-Z])")
_SLASHED = re.compile(r"\b(?P<m>[01]?\d)\s?[-/]\s?(?P<d>[0-3]?\d)\s?[-/]\s?(?P<y>19\d\d|[4-7]\d)\b")
_FILED = re.compile(
    r"\b(?P<day>[0-3]\d)\s+[0-2]\d\s+[0-5]\d\s?[zZ2]?\s+(?P<month>[A-Za-z]{3,9})\.?\s+(?P<year>[4-9]\d)\b"
)
_OPENS = re.compile(r"\W{0,3}(?:\d{1,2} [A-Z][A-Za-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2},?) (?:19)?[4-7]\d\b")
"""A date at the head of a row: what reviewers wrote behind it is no part of it."""
_YEAR = re.compile(r"19[4-9]\d(?=[A-Z0]{3})")
LATEST_YEAR = 1999
"""The last year of time groups that name their year."""
_LATER = re.compile(
    r"DECL|CLASSIFIED BY|REVIEW|RELEASE|DOCID|SANITI|EXEMPT|\bSP\d|\(REV\b|RECORDS ACT|\bFORM\b|"
    r"\bR[eé&]{0,3}v\W|\bFD\W?\s?\d",
    re.IGNORECASE,
)


_CLOCK = re.compile(r"[0-2]\d \d\d[zZ2]?")
"""Hour and minute of a filing stamp behind its year: `22 Nov 63 17 83z`."""
_TORN_DAY = re.compile(r"[0-3] [A-Za-z]")
"""A stamped day of which the second figure was misread: `APR 2 A 1964` is of the twenties."""


@dataclass(frozen=True, slots=True)
class PlacedDate:
    """A date on a form: as ISO 8601, and where it stands; whether a time of day stands beside it."""

    iso: str
    row: int
    left: float
    timed: bool


@dataclass(frozen=True, slots=True)
class TimeGroup:
    """Day, hour and minute of a message as written, its date where month and year follow, and its row."""

    text: str
    day: int
    iso: str
    row: int


def month_of(text: str) -> int | None:
    """The month that a word is, through a misread letter; None where it is none or might be two."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper()).translate(str.maketrans("015", "OIS"))
    if len(bare) < 3:
        return None
    try:
        return month_number(bare)
    except KeyError:
        pass
    if len(bare) == 3:
        near = [one for one in _SHORT if sum(a == b for a, b in zip(one, bare, strict=True)) == 2]
        return month_number(near[0]) if len(near) == 1 else None
    found = process.extract(bare, _MONTHS, scorer=fuzz.ratio, score_cutoff=60, limit=2)
    if not found or (len(found) > 1 and found[0][1] - found[1][1] < 8):
        return None
    return month_number(found[0][0])


def dates_on(sheet: Sheet, *, rows: int | None = None, last: int = LAST_YEAR) -> Iterator[PlacedDate]:
    """The dates of the time on a page, from top to bottom; those of later reviews are passed over."""
    for number, row in enumerate(sheet.rows[:rows]):
        later = _LATER.search(row.text)
        if later is None or (later.start() > 12 and _OPENS.match(row.text)):
            yield from _dated(row, number, last)


def _dated(row: SheetRow, number: int, last: int) -> Iterator[PlacedDate]:
    filed = _FILED.search(row.text)
    if filed is not None and (month := month_of(filed["month"])):
        # A filing stamp of 1970: day, hour, minute, month, year.
        iso = _iso(filed["year"], month, filed["day"], last)
        if iso:
            yield PlacedDate(iso, number, row.left, True)
            return
    tokens = _split(row.tokens)
    for at, token in enumerate(tokens):
        month = month_of(token.text)
        if month is None:
            slashed = _SLASHED.search(token.text)
            iso = _iso(slashed["y"], int(slashed["m"]), slashed["d"], last) if slashed else ""
            if iso:
                yield PlacedDate(iso, number, token.left, False)
            continue
        before = tokens[at - 1].text if at and token.left - tokens[at - 1].right < 6 else ""
        if at > 1 and before.isdigit() and _is_one_word(tokens[at - 2], tokens[at - 1]):
            continue  # `10-13 DEC 63`: a span of days is no date of a paper
        if at > 1 and re.fullmatch(r"[0-3] \d", apart := f"{tokens[at - 2].text} {before}"):
            before = apart.replace(" ", "")  # a stamp's figures stand apart: `2 6 NOV 1963`
        after = [one.text for one in tokens[at + 1 : at + 7] if one.left - token.right < 30]
        if not before and re.fullmatch(r"[0-3] \d 19\d\d", " ".join(after[:3])):
            after = [after[0] + after[1], *after[2:]]
        day, year, timed = _around(before, _without_hour(after)[:4])
        iso = _iso(year, month, day, last) if day and year else ""
        if iso:
            yield PlacedDate(iso, number, token.left, timed)


def _is_one_word(day: SheetWord, other: SheetWord) -> bool:
    """Whether two numbers were one word, parted by a hyphen."""
    return day.text.isdigit() and (day.left, day.right) == (other.left, other.right)


def _around(before: str, after: Sequence[str]) -> tuple[str, str, bool]:
    """Day and year of the words around a month, and whether a time stands with them."""
    told = [_number(one) for one in after]
    timed = any(re.search(r"[zZ]\b|\d{4}", one) and len(_number(one)) in (2, 4) for one in after[1:3])
    timed = timed or _CLOCK.fullmatch(" ".join(after[1:3])) is not None
    day = _number(before)
    if day and len(day) <= 2:
        year = next((one for one in told[:2] if len(one) in (2, 4)), "")
        return day, year, timed
    if told and 1 <= len(told[0]) <= 2 and not _TORN_DAY.fullmatch(" ".join(after[:2])):
        # `NOV. 16, 1961`, `DEC 21 0142Z 63`
        years = [one for one in told[1:4] if len(one) == 2 or one.startswith("19")]
        return told[0], years[0] if years else "", timed
    return "", "", False


def _without_hour(words: Sequence[str]) -> Sequence[str]:
    """The words behind a month without the hour and minute of a clock's stamp: `NOV 4 1 56 PM '64`."""
    half = next((n for n, one in enumerate(words) if re.fullmatch(r"[AP][MH]\W*", one)), 0)
    return (*words[: max(1, half - 2)], *words[half + 1 :]) if half > 1 else words


def _split(tokens: Sequence[SheetWord]) -> list[SheetWord]:
    """Words cut where figures and letters or hyphens run together (`29-June-1967`, `1B_Apr`)."""
    found: list[SheetWord] = []
    for token in tokens:
        parts = [
            part
            for part in re.split(r"[-_,.'’/]+|(?<=\d)(?=[A-Za-z]{3})|(?<=[A-Za-z]{3})(?=\d{2})", token.text)
            if part
        ]
        if len(parts) > 1 and any(month_of(part) for part in parts) and any(map(str.isdigit, token.text)):
            found += [SheetWord(part, token.left, token.right, token.down) for part in parts]
        else:
            found.append(token)
    return found


def _number(text: str) -> str:
    bare = re.sub(r"[^A-Za-z0-9Ø|]", "", text)
    if whole := _YEAR.match(bare):
        return whole[0]  # a stamp stands over what follows the year
    told = bare.translate(_FIGURES)
    if re.fullmatch(r"9[4-7]\d", told) and told == bare:
        return f"1{told}"  # the first figure of a year was lost
    return told if told.isdigit() and (any(map(str.isdigit, bare)) or len(bare) < 3) else ""


def _iso(year: str, month: int, day: str, last: int) -> str:
    whole = int(year) + (1900 if len(year) == 2 else 0)
    if len(year) == 4 and not FIRST_YEAR <= whole <= last and (year[0] == "1" or year[1] == "9"):
        whole = 1900 + int(year[2:])  # of the century one figure was misread: `29-June-1067`
    if not FIRST_YEAR <= whole <= last:
        return ""
    try:
        return datetime.date(whole, month, int(day)).isoformat()
    except ValueError:
        return ""


def group_on(sheet: Sheet, *, rows: int) -> TimeGroup | None:
    """The first time group in the head of a page; those of receipt and release are passed over."""
    stamped: dict[str, str] = {}
    for number, row in enumerate(sheet.rows[:rows]):
        if re.match(r"\W*TO[RTD]\b", row.text):
            stamped |= _receipt(row)
            continue
        for at, token in enumerate(row.tokens):
            text = re.sub(r"[^A-Za-z0-9Ø?]", "", token.text)
            told = text[:6].translate(_FIGURES) + text[6:]
            match = _GROUP.fullmatch(told)
            if match and 1 <= int(match["day"]) <= 31 and int(match["hour"]) < 24:
                behind = [one.text for one in row.tokens[at + 1 : at + 3]]
                month = month_of(behind[0]) if behind else None
                year = _number(behind[1]) if len(behind) > 1 else ""
                iso = _iso(year, month, match["day"], LATEST_YEAR) if month and year else ""
                iso = iso or stamped.get(match["day"], "")
                return TimeGroup(f"{told[:6]}Z", int(match["day"]), iso, number)
    return None


def _receipt(row: SheetRow) -> dict[str, str]:
    """The day of receipt or release, with its date, where the row names month and year."""
    for at, token in enumerate(row.tokens[:-2]):
        group = _GROUP.search(re.sub(r"\W", "", token.text).removeprefix("TOT").removeprefix("TOR"))
        month = month_of(row.tokens[at + 1].text)
        year = _number(row.tokens[at + 2].text)
        iso = _iso(year, month, group["day"], LATEST_YEAR) if group and month and year else ""
        if group and iso:
            return {group["day"]: iso}
    return {}


def day_of(group: int, beside: str, *, before: int, after: int) -> str:
    """The date with a group's day that is nearest to another date; empty where none is near enough.

    Args:
        group: the day of the time group.
        beside: a date that the page bears, as ISO 8601.
        before: how many days the message may be before that date.
        after: how many days after it.
    """
    known = datetime.date.fromisoformat(beside)
    for far in sorted(range(-before, after + 1), key=abs):
        day = known + datetime.timedelta(days=far)
        if day.day == group:
            return day.isoformat()
    return ""
