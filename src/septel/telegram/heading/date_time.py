"""The date-time group of a preamble as a time, as far as it is one."""

from __future__ import annotations

import datetime
import re

from septel.lexicon import Lexicon
from septel.telegram.model import DateTime, new_date_time

FIRST_YEAR, LAST_YEAR = 1910, 2020
"""Between which years a telegram may be: others are misread."""


def is_date(year: int | None, month: int, day: int) -> bool:
    """Whether a month has such a day; without a year in any year."""
    try:
        return bool(datetime.date(year or 1972, month, day))
    except ValueError:
        return False


def date_time(match: re.Match[str], lexicon: Lexicon) -> DateTime:
    """The date-time group of a preamble. Two-figure years stand for 19xx (ACP 127, para. 113)."""
    day, hour, minute = map(int, match.group("day", "hour", "minute"))
    zone, month_word, year_word = match.group("zone", "month", "year")
    month = lexicon.month_numbers.get(month_word) if month_word else None
    year = None
    if year_word:
        figures = year_word.replace(" ", "")
        year = int(figures) if len(figures) == 4 else 1900 + int(figures)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            year = None
    if month and not is_date(year, month, day):
        month = year = None  # 31 February is no day: which part is wrong, nobody knows
    head = f"{year:04d}-" if year else "-"
    date = f"{head}{month:02d}-{day:02d}" if month else f"---{day:02d}"
    offset = "Z" if zone == "Z" else f"[{zone}]"
    of_day = f"T{hour:02d}:{minute:02d}{offset}" if hour < 24 and minute < 60 else ""  # 2560 is no time
    return new_date_time(
        iso=date + of_day,
        day=day,
        hour=hour,
        minute=minute,
        zone=zone,
        month=month,
        year=year,
    )
