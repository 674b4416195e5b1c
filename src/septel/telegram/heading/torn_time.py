"""The date-time group of a bad copy, told by the times of receipt that its page heads bear.

A telegram was received in the hours after it was sent, so a group with one figure misread or lost is the only
time of those hours that it can be.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from septel.lexicon import Lexicon
from septel.telegram.lines import ClassifiedLines, LineKind

_TORN = re.compile(
    r"\W{0,2}(?:[ZOPR0][.,]?\s+){0,3}\W{0,2}(?P<group>[0-9OoQDIl|!SBG]{5,6})\s?(?P<zone>[Zz27]|(?<=\d{6})[.,:;*])\W{0,2}\s+"
    r"(?P<month>[A-Z]{3})[^A-Z0-9\s]?\s+(?P<year>[0-9]{2})[A-Z0-9]?\W{0,3}$"
)
_RECEIVED = re.compile(r"(?<!\d)\d{6}Z(?![A-Z\d])")
_FIGURES = str.maketrans("OoQDIl|!SBG", "00001111586")
_ALIKE = frozenset(map(frozenset, ("17", "14", "38", "08", "06", "09", "56", "68", "27", "35", "58")))
"""Figures that engines take for each other on worn teletype."""
_HOURS = 36
"""So long after it was sent a telegram was received, nearly always (La Paz 1974-79: all but a few)."""
_LOST, _OTHER, _LOOKS = 3, 4, 2
"""How surprising a lost figure is, one read as any other, and one read as one that looks like it."""


def times_received(walk: ClassifiedLines) -> Iterator[str]:
    """The times of receipt on a telegram's page heads, and on the line of dashes of 1975-79: `141613Z`."""
    for line in walk.of(LineKind.PAGE):
        match, near = walk.matches.get(line.number), walk.near_pages.get(line.number)
        if match is not None and match.group("time"):
            yield match.group("time")[:6] + "Z"
        elif near is not None and near.received:
            yield near.received
    for line in walk.of(LineKind.DASHES):
        yield from _RECEIVED.findall(line.text)


def torn_time(
    text: str, lexicon: Lexicon, received: Iterable[str]
) -> tuple[tuple[int, int], tuple[int, int, int, int, int]] | None:
    """Where the group stands, and day, hour, minute, month and year; None where several times fit as well.

    Args:
        text: a line that should be the preamble: `R 1475032 MAY 74`.
        lexicon: the closed lists.
        received: times of receipt from page heads: `141613Z`.
    """
    match = _TORN.match(text)
    month = lexicon.month_numbers.get(match["month"]) if match else None
    if match is None or month is None:
        return None
    year = 1900 + int(match["year"])
    read = match["group"].translate(_FIGURES)
    costs: dict[datetime.datetime, int] = {}
    for told in received:
        for time in _before(told, month, year):
            cost = _surprise(read, f"{time:%d%H%M}")
            if cost is not None:
                costs[time] = min(cost, costs.get(time, cost))
    best = min(costs.values(), default=0)
    times = [time for time, cost in costs.items() if cost == best]
    if len(times) != 1:
        return None
    (time,) = times
    return (match.start("group"), match.end("year")), (time.day, time.hour, time.minute, month, year)


def _before(received: str, month: int, year: int) -> Iterator[datetime.datetime]:
    """The minutes of a month in the hours before a time of receipt in it or on the first days of the next."""
    for step in (0, 1):
        of_year, of_month = divmod(12 * year + month - 1 + step, 12)
        try:
            end = datetime.datetime(
                of_year, of_month + 1, int(received[:2]), int(received[2:4]), int(received[4:6])
            )
        except ValueError:
            continue
        for minutes in range(60 * _HOURS):
            time = end - datetime.timedelta(minutes=minutes)
            if time.month == month:
                yield time


def _surprise(read: str, time: str) -> int | None:
    """How surprising it is that a time was read so; None where more than one figure is at fault."""
    if len(read) == len(time) - 1:
        return _LOST if any(time[:at] + time[at + 1 :] == read for at in range(len(time))) else None
    others = [(a, b) for a, b in zip(read, time, strict=True) if a != b]
    if len(others) > 1:
        return None
    if not others:
        return 0
    return _LOOKS if frozenset(others[0]) in _ALIKE else _OTHER
