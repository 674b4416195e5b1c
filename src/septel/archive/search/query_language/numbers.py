"""The written forms of telegrams' numbers and of dates, each made one.

`LA PAZ 158`, `La Paz 00158`, `1974LAPAZ00158`, `1974lapaz158`, `74 LA PAZ 158`, `LAPAZ 158 of 1974` mean one
telegram. A date may be a year, a month or a day, in figures (`1969-11-18`, `11/18/69`, `18.11.1969`), in
words (`18 November 1969`, `Nov. 18, 1969`) or a date-time group (`181655Z NOV 69`); two of them with `..`
between make a range.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from septel.lexicon import Lexicon, letters

_YEAR = r"(?:1[89]\d\d|20\d\d)"
_MRN = re.compile(rf"({_YEAR})\s*([A-Z]{{3,6}})\s*(\d{{4,6}})$")
_BARE_MRN = re.compile(rf"({_YEAR})([A-Z]{{3,6}})(\d{{1,3}})$")
_NUMBER = re.compile(
    rf"(?:(?P<year>{_YEAR}|\d\d)\s+)?(?P<post>[A-Z][A-Z .'/-]*?)\s*(?:NO\.?|NR\.?|#|NUMBER)?\s*"
    rf"(?P<serial>\d{{1,6}})(?:[\s,(]+(?:OF\s+)?(?P<after>{_YEAR})\)?)?$"
)
_COURTESY = re.compile(r"\b(?:TELEGRAM|CABLE|EMBASSY|TEL)\b\.?")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1
    )
}
_NAME = r"(?P<month>[A-Z]{3,9})\.?"
_FORMS = tuple(
    re.compile(form + "$")
    for form in (
        rf"(?P<year>{_YEAR})(?:-(?P<number>\d\d?)(?:-(?P<day>\d\d?)(?:T(?:[01]\d|2[0-3]):[0-5]\dZ)?)?)?",
        rf"(?P<year>{_YEAR})(?P<number>\d\d)(?P<day>\d\d)",
        r"(?P<number>\d\d?)/(?P<day>\d\d?)/(?P<year>\d\d(?:\d\d)?)",
        # Here the day stands first; with strokes only where the first can be no month.
        r"(?P<day>\d\d?)([/.])(?P<number>\d\d?)\2(?P<year>\d\d(?:\d\d)?)",
        rf"(?P<day>\d\d?)(?:ST|ND|RD|TH)?[ -]{_NAME},?[ -](?P<year>\d\d(?:\d\d)?)",
        rf"{_NAME} (?P<day>\d\d?)(?:ST|ND|RD|TH)?,? (?P<year>\d\d(?:\d\d)?)",
        rf"{_NAME},?[ -](?P<year>\d\d(?:\d\d)?)",
        rf"(?P<day>\d\d)\d{{4}}Z?\s?{_NAME} ?(?P<year>\d\d(?:\d\d)?)",
    )
)
_STROKES = re.compile(r"\d\d?/\d\d?/\d{2,4}")
_TWO_WAYS = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])/(?!0?\1/)(0?[1-9]|1[0-2])/\d{2,4}(?!\d)")


@dataclass(frozen=True, slots=True)
class TelegramNumber:
    """A telegram by its post (or series) and number, and the year where it is said."""

    post: str
    serial: int
    year: int | None = None

    @property
    def value(self) -> str:
        """As the index has it: `LA PAZ 158`."""
        return f"{self.post} {self.serial}"


def post_name(text: str) -> str:
    """The lexicon's name of a post, else the text in capitals."""
    post = Lexicon.shipped().post(text)
    return post.name if post else " ".join(text.upper().split())


def number_of(text: str) -> TelegramNumber | None:
    """The telegram that a text names; None where it names none."""
    plain = " ".join(text.upper().split()).strip(" .,;:")
    mrn = _MRN.match(plain) or _BARE_MRN.match(plain)
    if mrn and mrn[2] not in _MONTHS:
        return TelegramNumber(post_name(mrn[2]), int(mrn[3]), int(mrn[1]))
    found = _NUMBER.match(" ".join(_COURTESY.sub(" ", plain).split()))
    if found is None or not letters(found["post"]):
        return None
    year = found["year"] or found["after"]
    known = None if year is None else int(year) if len(year) == 4 else 1900 + int(year)
    return TelegramNumber(post_name(found["post"].strip(" -")), int(found["serial"]), known)


def date_of(text: str) -> tuple[str, str] | None:
    """The first and the last day that a date may mean, as ISO 8601; None where it is no date."""
    plain = " ".join(text.upper().split()).strip(" .,")
    for form in _FORMS:
        found = form.match(plain)
        if found is None:
            continue
        parts = found.groupdict()
        year = int(parts["year"]) + (1900 if len(parts["year"]) == 2 else 0)
        name = parts.get("month")
        month = _MONTHS.get(name[:3]) if name else int(parts["number"]) if parts.get("number") else None
        if name and month is None:
            continue
        days = _days(year, month, int(parts["day"]) if parts.get("day") else None)
        if days is not None:
            return days
    return None


def may_be_two_days(text: str) -> bool:
    """Whether a date in figures may have its month or its day first: `10/1/1974`, but not `11/18/1979`."""
    return _TWO_WAYS.search(text) is not None


def as_read(text: str) -> str:
    """How a date in figures with strokes is read, in words; empty of any other, which can't be misread."""
    found = _STROKES.findall(text)
    known = [(one, days[0]) for one in found if (days := date_of(one)) is not None]
    order = ", the month first"
    return "; ".join(f"{one} is read as {day}{order * may_be_two_days(one)}" for one, day in known)


def _days(year: int, month: int | None, day: int | None) -> tuple[str, str] | None:
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is None:
        return f"{year}-{month:02}-01", f"{year}-{month:02}-{last:02}"
    if not 1 <= day <= last:
        return None
    return f"{year}-{month:02}-{day:02}", f"{year}-{month:02}-{day:02}"


def range_of(text: str) -> tuple[str, str] | None:
    """The days that `1969-11..1970-02`, `..1970`, `>1969-11` or one date mean; None where it is none."""
    plain = text.strip()
    for sign, before in ((">=", False), ("<=", True), (">", False), ("<", True)):
        if plain.startswith(sign):
            one = date_of(plain[len(sign) :])
            if one is None:
                return None
            if before:
                return "0001-01-01", one[1] if "=" in sign else _moved(one[0], -1)
            return one[0] if "=" in sign else _moved(one[1], 1), "9999-12-31"
    first, dots, last = plain.partition("..")
    if not dots:
        return date_of(plain)
    start = date_of(first) if first.strip() else ("0001-01-01", "")
    end = date_of(last) if last.strip() else ("", "9999-12-31")
    if start is None or end is None or start[0] > end[1]:
        return None
    return start[0], end[1]


def _moved(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
