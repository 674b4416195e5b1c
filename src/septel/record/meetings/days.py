"""The day of a meeting, where the sentence that tells of it has one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from septel.lexicon import Lexicon
from septel.record.layout import Prose

_TODAY = re.compile(r"\b(?:TODAY|THIS (?:MORNING|AFTERNOON|EVENING|NOON)|TONIGHT|TODAY'S)\b")
_YESTERDAY = re.compile(r"\b(?:YESTERDAY|LAST (?:NIGHT|EVENING))\b")
_POINTS_BACK = re.compile(
    r"\b(?:THAT|THE SAME|SAME) (?:DAY|MORNING|AFTERNOON|EVENING|NIGHT|NOON|MEETING|SESSION|CONVERSATION|TALK"
    r"|LUNCH(?:EON)?|DINNER|CALL)\b"
)
"""Means a day, or a meeting, that was told of before."""
_BACK = 30
"""Days before the document within which the meeting that it reports was held."""
_AHEAD = 45
"""Days by which a day without a year may lie after the telegram that tells of it; else it is of last year."""


@cache
def _of_month() -> re.Pattern[str]:
    forms = "|".join(sorted(Lexicon.shipped().month_numbers, key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<month>{forms})\.? (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) (?P<month2>{forms}))\b(?!\d|:)"
        r"(?:,? (?P<year>19\d\d))?"
    )


def day_in(prose: Prose, at: int, sent: str | None) -> str | None:
    """The day that the sentence at a place names, as ISO; None where it names none, or no year is known.

    A sentence that points back (THAT MORNING, AT THE SAME MEETING) has the day that was named last before it.

    Args:
        prose: the passage.
        at: a place in the sentence.
        sent: when the document was sent, as ISO.
    """
    if sent is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", sent):
        return None
    try:
        when = date.fromisoformat(sent)
    except ValueError:
        return None
    told = [prose.plain[s.start : s.end] for s in prose.sentences if s.start <= at]
    if not told or not any(at in s for s in prose.sentences):
        return None
    named = _named(told[-1], when)
    if named is None and _POINTS_BACK.search(told[-1]):
        return next((day for before in told[-2::-1] if (day := _named(before, when))), None)
    return named


def _named(text: str, when: date) -> str | None:
    """The day that a sentence names, told on a day."""
    found = _of_month().search(text)
    if found is None:
        if _TODAY.search(text):
            return when.isoformat()
        return (when - timedelta(days=1)).isoformat() if _YESTERDAY.search(text) else None
    month = Lexicon.shipped().month_numbers[found.group("month") or found.group("month2")]
    day = int(found.group("day") or found.group("day2"))
    try:
        named = date(int(found.group("year") or when.year), month, day)
        if found.group("year") is None and named > when + timedelta(days=_AHEAD):
            named = named.replace(year=when.year - 1)
        if named < when - timedelta(days=_BACK):
            return None  # of another meeting, long before
    except ValueError:
        return None
    return named.isoformat()
