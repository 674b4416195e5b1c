"""The held telegrams by what others cite them by: all of them in memory, or asked for one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from septel.citations.resolution.held import HeldTelegram
from septel.citations.resolution.numbering import Point


class HeldCandidates(Protocol):
    """The held telegrams that a reference may mean; each list is in the order of their ids."""

    def numbered(self, post: str, serial: int) -> Sequence[HeldTelegram]:
        """Those of a number of a post's run, of whatever year."""

    def of_series(self, series: str, number: int) -> Sequence[HeldTelegram]:
        """Those of a number of a delegation's run."""

    def sent_at(self, day: int, hour: int, minute: int) -> Sequence[HeldTelegram]:
        """Those sent at a day of the month and a time, in whatever month."""

    def points(self, post: str, year: int) -> Iterable[Point]:
        """The numbers that a post gave out in a year, each with its time of sending."""


class HeldTelegrams:
    """All of them in memory.

    Args:
        held: the telegrams, in the order of their ids.
    """

    def __init__(self, held: Iterable[HeldTelegram]) -> None:
        self.by_id: dict[str, HeldTelegram] = {}
        self._numbers: dict[tuple[str, int], list[HeldTelegram]] = defaultdict(list)
        self._series: dict[tuple[str, int], list[HeldTelegram]] = defaultdict(list)
        self._times: dict[tuple[int, int, int], list[HeldTelegram]] = defaultdict(list)
        self._points: dict[tuple[str, int], list[Point]] = defaultdict(list)
        for one in held:
            self.by_id[one.id] = one
            if one.post and one.serial is not None:
                self._numbers[one.post, one.serial].append(one)
                if one.sent:
                    self._points[one.post, one.sent.year].append(Point(serial=one.serial, sent=one.sent))
            for name, number in one.series:
                self._series[name, number].append(one)
            if one.sent:
                self._times[one.sent.day, one.sent.hour, one.sent.minute].append(one)

    def numbered(self, post: str, serial: int) -> Sequence[HeldTelegram]:
        """Those of a number of a post's run."""
        return self._numbers.get((post, serial), ())

    def of_series(self, series: str, number: int) -> Sequence[HeldTelegram]:
        """Those of a number of a delegation's run."""
        return self._series.get((series, number), ())

    def sent_at(self, day: int, hour: int, minute: int) -> Sequence[HeldTelegram]:
        """Those sent at a day of the month and a time."""
        return self._times.get((day, hour, minute), ())

    def points(self, post: str, year: int) -> Iterable[Point]:
        """The numbers that a post gave out in a year."""
        return self._points.get((post, year), ())
