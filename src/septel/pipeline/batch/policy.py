"""What a run does when things go wrong: how often it tries, how long it waits, when it gives up."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from septel.errors import ExitCode, SeptelError, StoreAway
from septel.pipeline.batch.outcomes import Totals

T = TypeVar("T")


class TooManyFaults(SeptelError):
    """More items failed than the run was allowed; something is wrong with all of them."""

    exit_code = ExitCode.FAULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a run does when things go wrong.

    Attributes:
        tries: how often an item is given to a process before its process's deaths are held against it.
        patience: seconds that a run waits for a store that is away, in one go, by the clock.
        pause: seconds until it looks for it the first time; each pause is twice the one before, up to half
            a minute.
        allowed: the share of items that may fail, from 0 to 1; with more the run ends.
        least: how many outcomes there must be before the share is held against the run.
    """

    tries: int = 3
    patience: float = 300.0
    pause: float = 1.0
    allowed: float = 1.0
    least: int = 20

    def check(self, totals: Totals) -> None:
        """Go on, or not.

        Raises:
            TooManyFaults: more items failed than were allowed.
        """
        tried = totals.done + totals.faults
        if tried >= self.least and totals.faults > self.allowed * tried:
            raise TooManyFaults(
                f"{totals.faults} of {tried} documents failed; {self.allowed:.0%} were allowed",
                remedy="Look at the faults, mend what they have in common, and run again with --resume.",
            )

    def patiently(
        self,
        do: Callable[[], T],
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        told: Callable[[str], None] = lambda _: None,
    ) -> T:
        """Do something with the store, and wait when it is away.

        Args:
            do: leaves nothing behind when it fails, so that it can be done again. What time it takes to fail
                is a part of the waiting.
            sleep: waits so many seconds.
            clock: says what time it is, in seconds.
            told: hears once that the run waits, and once that the store is there again.

        Raises:
            StoreAway: it stayed away for longer than the run waits.
        """
        away: StoreAway | None = None
        until, pause = 0.0, self.pause
        while True:
            try:
                done = do()
            except StoreAway as why:
                if away is None:
                    until = clock() + self.patience
                left = until - clock()
                if left <= 0:
                    raise
                if away is None:
                    told(f"{why.where}: {why.what}; waiting for up to {self.patience:g} seconds")
                away = why
                # The last look is at the end of the time that was given.
                sleep(min(pause, left))
                pause = min(2 * pause, 30.0)
            else:
                if away is not None:
                    told(f"{away.where}: it is there again")
                return done
