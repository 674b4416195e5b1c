"""Dates as the record has them, for people."""

from __future__ import annotations

import calendar
import re

from septel.record import Meeting
from septel.text import DOUBT


def day_told(date: str | None) -> str:
    """A date as the record has it, for people: `7 December 1966`, or `18 November` without a year."""
    found = re.fullmatch(r"(\d{4}|-)-(\d\d)(?:-(\d\d))?", date or "")
    if found is None or not 1 <= int(found[2]) <= 12:
        return date or "no date"
    day = str(int(found[3])) if found[3] else ""
    year = found[1] if found[1] != "-" else ""
    return " ".join(part for part in (day, calendar.month_name[int(found[2])], year) if part)


def meeting_day(meeting: Meeting) -> str:
    """The date of a meeting for people; one that is only its report's says so, a doubtful one is marked."""
    day = day_told(meeting.date)
    return f"{'reported ' if meeting.date_of_report else ''}{day}{DOUBT if meeting.date_doubtful else ''}"
