"""How long a run will take yet, told as honestly as what was done so far allows.

Documents differ: a page takes a second, a file of five hundred pages ten minutes. From the seconds that items
took, the rest is a sum of unknown ones, so there is a likely time and a span around it: `WIDE` standard
errors of the sum of those to come and of the mean that was seen. Before `LEAST` items nothing is told.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LEAST = 5
WIDE = 2.5
"""Standard errors to either side. With times as skewed as those of documents (log-normal, sigma 1) the span
then holds what comes eight times in ten after ten items, and nine times in ten after sixty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """Seconds that a run will take yet: likely, and the span that it should end within."""

    likely: float
    least: float
    most: float

    def __str__(self) -> str:
        """For people: `about 2 h 10 min (1 h 50 min to 2 h 40 min)`."""
        about, low, high = map(spoken, (self.likely, self.least, self.most))
        return f"about {about}" if low == high else f"about {about} ({low} to {high})"


@dataclass(kw_only=True)
class Remaining:
    """Learns from each item what the rest will take.

    Attributes:
        items: how many there are in all.
        clock: seconds by the clock on the wall.
    """

    items: int
    clock: Callable[[], float] = time.monotonic
    left_alone: int = 0
    _count: int = 0
    _mean: float = 0.0
    _squares: float = 0.0
    _began: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        """The run begins now."""
        self._began = self._last = self.clock()

    def passed(self) -> None:
        """One more item came to its outcome."""
        now = self.clock()
        taken, self._last = now - self._last, now
        self._count += 1
        before = taken - self._mean
        self._mean += before / self._count
        self._squares += before * (taken - self._mean)

    def skipped(self) -> None:
        """One more item was left as an earlier run made it."""
        self.left_alone += 1

    def left(self) -> TimeLeft | None:
        """What is left; None before enough was seen to tell."""
        if self._count < LEAST:
            return None
        rest = max(0, self.items - self.left_alone - self._count)
        spread = math.sqrt(self._squares / (self._count - 1))
        # Between outcomes, so several processes are in it; their mean is the whole time over the count.
        likely = rest * self._mean
        unsure = WIDE * spread * math.sqrt(rest + rest * rest / self._count)
        return TimeLeft(likely=likely, least=max(0.0, likely - unsure), most=likely + unsure)


def spoken(seconds: float) -> str:
    """A length of time in two units at most, no finer than it is known."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{round(seconds)} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 10:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    hours += minutes >= 30
    if hours < 48:
        return f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} days {hours} h" if hours and days < 10 else f"{days} days"
