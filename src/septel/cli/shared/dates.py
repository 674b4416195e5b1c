"""Dates as people read them, also where the page does not tell all of one."""

from __future__ import annotations

import calendar
import re

_PARTIAL = re.compile(r"--(?:(?P<month>\d\d)-|-)(?P<day>\d\d)(?:T(?P<time>\d\d:\d\d)(?P<zone>.*))?$")


def date_shown(iso: str | None) -> str:
    """A date of a heading: as it stands where it has a year, else in words with what is missing.

    `--11-18T16:55Z` is `18 Nov, 16:55Z, no year`; `---31T19:00Z` is `day 31, 19:00Z, no month or year`.
    """
    match = _PARTIAL.match(iso or "")
    if match is None:
        return iso or ""
    month = int(match["month"] or 0)
    named = 1 <= month <= 12
    day = f"{int(match['day'])} {calendar.month_abbr[month]}" if named else f"day {int(match['day'])}"
    time = f", {match['time']}{match['zone']}" if match["time"] else ""
    return f"{day}{time}, {'no year' if named else 'no month or year'}"
