"""The day of a cable: by its time group, stamps and typed DATE, and which of them speaks against another."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from septel.papers.places import PlacedDate, Sheet, TimeGroup, dates_on, day_of, month_of

DRAFTED = re.compile(r"^\W*(?:[O0]RIG|UNIT|EXT|[CG][O0]NF)\b", re.IGNORECASE)
"""The drafter's cells of an outgoing form."""
_RECEIVED = re.compile(r"(?<!\d )\b(?P<month>[A-Z][A-Za-z]{2})\.? ?(?P<year>[4-7]\d)\s+[I1]N\W{0,2}\d{5}\b")
_FIRST = re.compile(r"^\W{0,3}[1lI]\s?[.,]\s+[A-Z].{24}")
_RECEIPT = re.compile(r"\b[I1]N\W{0,3}\d{4,5}\b")
"""The number beside which a message's stamp of receipt stands."""
_TORN = re.compile(r"(?<!\d )\b(?=\w{0,5}\d{3})[A-Z0-9]{5,6}Z\b")
"""A time group of which figures were misread or lost."""
_AGES = 7
"""Days between which a message is drafted, sent, received and filed; two dates farther apart are a doubt."""


@dataclass(frozen=True, slots=True)
class MessageDay:
    """The day of a message.

    Attributes:
        iso: as ISO 8601; empty where nothing tells it.
        beside: what the page says against it, as written or as ISO 8601.
        stamped: whether only a stamp tells it that may be of any later day.
    """

    iso: str = ""
    beside: str = ""
    stamped: bool = False


def message_day(sheets: Sequence[Sheet], *, outgoing: bool, group: TimeGroup | None) -> MessageDay:
    """The day of the time group or filing stamp where month and year are known, else the typed DATE."""
    if group is not None and group.iso:
        return MessageDay(group.iso)
    day = _told_day(sheets, outgoing=outgoing, group=group)
    return day if day.beside or not day.iso else replace(day, beside=_other_year(sheets[0], day.iso))


def _told_day(sheets: Sequence[Sheet], *, outgoing: bool, group: TimeGroup | None) -> MessageDay:
    first = sheets[0]
    body = next((n for n, row in enumerate(first.rows) if _FIRST.match(row.text)), first.head)
    head = [date for date in dates_on(first, rows=min(body, first.head)) if _may_date(first, date)]
    foot = [] if head else [date for date in dates_on(sheets[-1]) if _is_at_foot(sheets[-1], date)]
    told = head or foot
    if group is not None:
        day = _by_group(first, told, group, outgoing=outgoing)
        if day or not told:
            return MessageDay(day)
        # The group's day is near none of the dates: one of the two is misread.
        known = told[0].iso if outgoing else _misread_day(group.day, told[0].iso)
        return MessageDay(known, group.text if known else "")
    if not told:
        return MessageDay()
    if outgoing:
        stamps = [one for one in head if one.timed and _beside(one, told)]
        chosen = (stamps or told)[0]
        return MessageDay(chosen.iso, _far_from(chosen, told))
    received = [one for one in head if _RECEIPT.search(first.rows[one.row].text)]
    chosen = (received or told)[0]
    torn = any(_TORN.search(row.text) for row in first.rows[:body])
    return MessageDay(chosen.iso, _far_from(chosen, told), stamped=torn and not received)


def _by_group(head: Sheet, told: Sequence[PlacedDate], group: TimeGroup, *, outgoing: bool) -> str:
    """The day of a time group in the month of a date that the page bears; empty where none is near."""
    before, after = (1, 6) if outgoing else (4, 1)
    for one in sorted(told, key=lambda date: not date.timed):
        if day := day_of(group.day, one.iso, before=before, after=after):
            return day
    if told:
        return ""
    if day := _stamped_month(head, group):
        return day
    # A hand or stamp may have dated the first page anywhere.
    near = (day_of(group.day, one.iso, before=3, after=1) for one in dates_on(head))
    return next(filter(None, near), "")


def _other_year(head: Sheet, iso: str) -> str:
    """A date of the head in the same days of another year: a figure of one of the years was misread."""
    day = datetime.date.fromisoformat(iso)
    for one in dates_on(head, rows=head.head):
        other = datetime.date.fromisoformat(one.iso)
        apart = abs(other.timetuple().tm_yday - day.timetuple().tm_yday)
        if other.year != day.year and apart <= _AGES and not _CITED.search(head.rows[one.row].text):
            return one.iso
    return ""


def _far_from(chosen: PlacedDate, told: Sequence[PlacedDate]) -> str:
    """A date of the head that is of another week than the chosen one: both can't be the message's."""
    day = datetime.date.fromisoformat(chosen.iso)
    far = (one.iso for one in told if abs((datetime.date.fromisoformat(one.iso) - day).days) > _AGES)
    return next(far, "")


_CITED = re.compile(r"^\W*(?:REF[FS]?|[A-H]\s?[.)])(?=\W|$)|NOT SENT|\([I1]N\s?\d")
"""A row of references: the dates in it are of what is cited."""


def _may_date(head: Sheet, date: PlacedDate) -> bool:
    """Whether a date may be the message's: not one of a cited paper, nor of prose."""
    row = head.rows[date.row]
    told = "DATE" in row.text.upper() or re.search(r"\b[I1]N\W{0,2}\d{5}|\d{4}\s?[Zz2]\b", row.text)
    return not _CITED.search(row.text) and (len(row.tokens) <= _PROSE or bool(told))


_PROSE = 9
"""A row of more words is prose, unless a label or a stamp stands in it."""


def _is_at_foot(last: Sheet, date: PlacedDate) -> bool:
    """Whether a date stands beside DATE, or alone among the drafter's cells at the foot, as in 1974-77."""
    row = last.rows[date.row]
    if "DATE" in row.text.upper()[:10]:
        return True
    near = last.rows[max(0, date.row - _CELLS) : date.row + _CELLS]
    drafted = sum(DRAFTED.match(one.text) is not None or one.text.startswith("DATE") for one in near)
    return len(row.tokens) <= _CELLS and drafted > 1


_CELLS = 5
"""So many rows take the cells DATE, ORIG, UNIT, EXT at the foot; a date alone has fewer words."""


def _misread_day(group: int, stamp: str) -> str:
    """The group's day in the month of a stamp of which one figure of the day was misread; else empty.

    `222330Z` beside `13 Oct 63` is the 22nd, and the stamp's 23. What neither explains is not known.
    """
    year, month, day = map(int, stamp.split("-"))
    for other in range(group, group + 3):
        if sum(a != b for a, b in zip(f"{day:02d}", f"{other:02d}", strict=True)) == 1:
            try:
                return datetime.date(year, month, group).isoformat()
            except ValueError:
                return ""
    return ""


def _stamped_month(head: Sheet, group: TimeGroup) -> str:
    """The group's day in the month of a stamp of receipt whose own day was not read: `JUN 64 IN 95616`."""
    for row in head.rows[: head.head]:
        match = _RECEIVED.search(row.text)
        month = month_of(match["month"]) if match else None
        if match and month:
            try:
                return datetime.date(1900 + int(match["year"]), month, group.day).isoformat()
            except ValueError:
                return ""
    return ""


def _beside(stamp: PlacedDate, dates: Sequence[PlacedDate]) -> bool:
    """Whether a stamp's date is on or near the day of a typed one, where there is one."""
    typed = [one for one in dates if not one.timed]
    return not typed or any(one.iso[:7] == stamp.iso[:7] for one in typed)
