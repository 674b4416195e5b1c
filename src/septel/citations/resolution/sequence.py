"""Numbers of one run against the times of their telegrams, over all that are held.

A post numbers its telegrams of a year in the order in which they leave; so does a delegation in its series. A
telegram that is out of that order has a number or a date that was misread, or a slip of its own. Nothing is
repaired: the reader is told which neighbours contradict it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from septel.citations.resolution.held import HeldTelegram
from septel.citations.resolution.numbering import Numbering, Point

LEEWAY = datetime.timedelta(days=3)
"""Numbers are given out before telegrams leave: neighbours may pass each other by so much."""
NumberedTelegram: TypeAlias = tuple[str, int, datetime.datetime]
"""A holding, its number and when it was sent."""
ONE_TRIP = datetime.timedelta(days=30)
"""A travelling party's series begins again with each trip: only neighbours so near are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfOrder:
    """A held telegram whose number and date contradict its run.

    Attributes:
        holding: the telegram.
        run: the run of numbers: post and year, or series and year.
        serial: its number.
        sent: when it was sent, as it says itself.
        below: number and time of the neighbour below, where that one was sent later.
        above: number and time of the neighbour above, where that one was sent earlier.
    """

    holding: str
    run: str
    serial: int
    sent: datetime.datetime
    below: tuple[int, datetime.datetime] | None
    above: tuple[int, datetime.datetime] | None

    def __str__(self) -> str:
        """The contradiction in words."""
        told = []
        if self.below:
            told.append(f"{self.below[0]} was sent later, on {self.below[1]:%Y-%m-%d}")
        if self.above:
            told.append(f"{self.above[0]} was sent before, on {self.above[1]:%Y-%m-%d}")
        return f"{self.run} {self.serial} is of {self.sent:%Y-%m-%d}, but {' and '.join(told)}"


def out_of_order(
    held: Iterable[HeldTelegram], *, leeway: datetime.timedelta = LEEWAY
) -> tuple[OutOfOrder, ...]:
    """The telegrams whose number and date contradict the others of their run, run by run.

    The order is that of the longest part of a run whose numbers rise with their times; a run of two says
    nothing, since either may be the wrong one.
    """
    runs: dict[str, list[NumberedTelegram]] = {}
    series_runs: set[str] = set()
    for one in held:
        if one.sent is None:
            continue
        if one.post is not None and one.serial is not None and one.year == one.sent.year:
            runs.setdefault(f"{one.year} {one.post}", []).append((one.id, one.serial, one.sent))
        for series, number in one.series:
            series_runs.add(run := f"{one.sent.year} {series}")
            runs.setdefault(run, []).append((one.id, number, one.sent))
    return tuple(
        found
        for run, members in sorted(runs.items())
        for found in out_of_order_in(run, members, of_a_trip=run in series_runs, leeway=leeway)
    )


def out_of_order_in(
    run: str,
    members: Sequence[NumberedTelegram],
    *,
    of_a_trip: bool,
    leeway: datetime.timedelta = LEEWAY,
) -> Iterator[OutOfOrder]:
    """Those of one run.

    Args:
        run: year and post, or year and series.
        members: all held telegrams of the run.
        of_a_trip: whether it is a delegation's, which begins again with each trip.
        leeway: by so much neighbours may pass each other.
    """
    points = {Point(serial=serial, sent=sent) for _, serial, sent in members}
    numbering = Numbering(points)
    ordered = set(numbering.points)
    if len(ordered) < 2 or len(points) < 3:
        return
    furthest = ONE_TRIP if of_a_trip else datetime.timedelta(days=366)
    for holding, serial, sent in sorted(members, key=lambda one: (one[1], one[2])):
        if Point(serial=serial, sent=sent) in ordered:
            continue
        below, above = numbering.around(serial)
        low = high = None
        if below and leeway < below.sent - sent <= furthest:
            low = (below.serial, below.sent)
        if above and leeway < sent - above.sent <= furthest:
            high = (above.serial, above.sent)
        if low or high:
            yield OutOfOrder(holding=holding, run=run, serial=serial, sent=sent, below=low, above=high)
