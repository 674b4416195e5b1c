"""How far a post had come with its numbers, as the held telegrams show it.

A post numbers its telegrams anew each year, in the order in which it sends them.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

SLACK = datetime.timedelta(days=2)
"""How far the order of numbers and the order of times may disagree: telegrams wait before they are sent."""


class Possible(StrEnum):
    """Whether a post's numbering had reached a number by some day."""

    REACHED = "reached"
    NOT_YET = "not yet reached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A number of a post's run and when it was sent."""

    serial: int
    sent: datetime.datetime


class Numbering:
    """How far one post had come with its numbers, by the telegrams that are held of one year.

    Points that fall out of the order of the others (misread numbers, misread dates) are left out.
    """

    def __init__(self, points: Iterable[Point]) -> None:
        self.points = _in_order(sorted(set(points), key=lambda p: (p.sent, p.serial)))
        self._serials = [p.serial for p in self.points]
        self._times = [p.sent for p in self.points]

    def reached(self, serial: int, by: datetime.datetime) -> Possible:
        """Whether the number had been used by then."""
        before = bisect_right(self._times, by + SLACK)
        sent = bisect_right(self._times, by)
        earlier = self._serials[sent - 1] if sent else 0
        if serial <= earlier:
            return Possible.REACHED
        if before < len(self.points) and serial >= self._serials[before]:
            return Possible.NOT_YET
        pace = self._pace
        if pace and sent:
            last = self.points[sent - 1]
            days = (by - last.sent + SLACK) / datetime.timedelta(days=1)
            if serial > last.serial + 2 * pace * days + 20:
                return Possible.NOT_YET
        return Possible.UNKNOWN

    def within(self, first: datetime.datetime, last: datetime.datetime) -> Sequence[Point]:
        """The points from one time to another, both included."""
        return self.points[bisect_left(self._times, first) : bisect_right(self._times, last)]

    @cached_property
    def _pace(self) -> float | None:
        """The most numbers a day over any three weeks or more between two points; None without such."""
        best: float | None = None
        for first, last in zip(self.points, self.points[1:], strict=False):
            days = (last.sent - first.sent) / datetime.timedelta(days=1)
            if days >= 21:
                pace = (last.serial - first.serial) / days
                best = pace if best is None else max(best, pace)
        if best is None and len(self.points) > 1:
            days = (self._times[-1] - self._times[0]) / datetime.timedelta(days=1)
            if days >= 21:
                best = (self._serials[-1] - self._serials[0]) / days
        return best

    def around(self, serial: int) -> tuple[Point | None, Point | None]:
        """The held numbers next below and next above."""
        at = bisect_left(self._serials, serial)
        below = self.points[at - 1] if at else None
        if at < len(self.points) and self._serials[at] == serial:
            return self.points[at], self.points[at]
        return below, self.points[at] if at < len(self.points) else None


def _in_order(points: Sequence[Point]) -> tuple[Point, ...]:
    """The longest run of points whose numbers rise with their times."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, point in enumerate(points):
        at = bisect_left(tails, point.serial)
        if at == len(tails):
            tails.append(point.serial)
            ends.append(index)
        else:
            tails[at], ends[at] = point.serial, index
        before.append(ends[at - 1] if at else -1)
    found: list[Point] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(points[index])
        index = before[index]
    return tuple(reversed(found))
