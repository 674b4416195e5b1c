"""Running a stage over items: each comes to one outcome, and the ledger has it before the next begins."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from septel.errors import SeptelError, StoreAway, StoreError, ends_the_run, unforeseen
from septel.pipeline.batch.ledger import Ledger
from septel.pipeline.batch.outcomes import Done, Outcome, Totals, WorkFault, WorkItem
from septel.pipeline.batch.policy import Policy

GROUP, GROUP_SECONDS = 64, 0.5
"""So many items, or those of so much time, are kept in one step: a step costs more than a telegram's text."""
BRIEF_BYTES = 256 * 1024
"""Files up to this size may have others wait to be kept with them."""


class Stage(Protocol):
    """What is done to each item."""

    @property
    def key(self) -> str:
        """A digest of everything that the results depend on but the item: tool, model, settings."""
        ...

    def do(self, item: WorkItem) -> str:
        """Do it, and name what came of it.

        Raises:
            StoreError: nothing can be kept any more; the run ends.
            SeptelError: this item can't be done; the others can.
        """
        ...


def settled(stage: Stage, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes of some items, once what came of them is kept.

    A stage with a method `settle` keeps what came of several items in one step: its `do` alone keeps nothing,
    and `settle` gives those that could not be kept, with why.

    Raises:
        StoreError: nothing can be kept any more.
    """
    settle: Callable[[], Mapping[WorkItem, SeptelError]] | None = getattr(stage, "settle", None)
    faults = settle() if settle is not None and outcomes else {}
    return [
        WorkFault.of(one.item, faults[one.item]) if isinstance(one, Done) and one.item in faults else one
        for one in outcomes
    ]


class Executor(Protocol):
    """Where the work is done: here, or elsewhere."""

    def outcomes(self, items: Iterable[WorkItem], stage: Stage) -> Generator[Outcome, None, None]:
        """One outcome for each item, in their order."""
        ...


class Serial:
    """Does one item after the other, in this process; what takes little time is kept some at a time."""

    def outcomes(self, items: Iterable[WorkItem], stage: Stage) -> Generator[Outcome, None, None]:
        """One outcome for each item, in their order."""
        waiting: list[Outcome] = []
        began = time.monotonic()
        most = GROUP if hasattr(stage, "settle") else 1
        try:
            for item in items:
                if waiting and not _is_brief(item):
                    ready, waiting = waiting, []
                    yield from settled(stage, ready)
                waiting.append(self._outcome(item, stage))
                if len(waiting) >= most or time.monotonic() - began > GROUP_SECONDS:
                    ready, waiting = waiting, []
                    yield from settled(stage, ready)
                    began = time.monotonic()
        except StoreAway:
            # It was waited for; what else was ready would wait for it once more, and is read again later.
            waiting = []
            raise
        finally:
            # However it ends, what was done is kept.
            yield from settled(stage, waiting)

    def _outcome(self, item: WorkItem, stage: Stage) -> Outcome:
        try:
            return Done(item=item, result=stage.do(item))
        except StoreError:
            # Nothing that follows could be kept either.
            raise
        except SeptelError as fault:
            return WorkFault.of(item, fault)
        except Exception as fault:
            # The last catch: whatever a document does to us, the others are done all the same.
            if ends_the_run(fault):
                raise
            return WorkFault.of(item, unforeseen(fault, str(item.path.name)))


def _is_brief(item: WorkItem) -> bool:
    """Whether an item is a small file of this machine: others wait for it no longer than for a page."""
    try:
        return not item.address and item.path.is_file() and item.path.stat().st_size <= BRIEF_BYTES
    except OSError:
        return False


def run(
    items: Iterable[WorkItem],
    stage: Stage,
    ledger: Ledger,
    *,
    executor: Executor | None = None,
    policy: Policy | None = None,
    held: Callable[[str], bool] | None = None,
    told: Callable[[Outcome], None] = lambda _: None,
    waits: Callable[[str], None] = lambda _: None,
    left_alone: Callable[[WorkItem], None] = lambda _: None,
    at_end: Callable[[Totals], None] = lambda _: None,
) -> Totals:
    """Do a stage to each item and say how many came to what.

    An interruption (KeyboardInterrupt) goes through; what was done by then is in the ledger.

    Args:
        items: what is to be done.
        stage: what is done to each.
        ledger: where each outcome is written down.
        executor: where it is done; one after the other in this process unless given.
        held: to resume an earlier run: whether a result that the ledger names is still there. Items that it
            says so of are left alone. Without it everything is done (again).
        policy: how long it waits for a ledger that is away, and how many items may fail; the usual one
            unless given.
        told: hears of each outcome after it was written down.
        waits: hears that the run waits for a store that is away.
        left_alone: hears of each item that an earlier run did.
        at_end: hears how many came to what, also when the run ends in an interruption or a fault.

    Raises:
        StoreError: nothing can be kept any more.
        TooManyFaults: more items failed than the policy allows.
    """
    rules = policy or Policy()
    earlier = 0

    def left() -> Iterator[WorkItem]:
        nonlocal earlier
        for item in items:
            result = ledger.result(stage.key, item) if held else None
            if held and result is not None and rules.patiently(partial(held, result), told=waits):
                earlier += 1
                left_alone(item)
            else:
                yield item

    done = faults = 0
    outcomes = (executor or Serial()).outcomes(left(), stage)
    try:
        # Closed at once when the run ends, so that no worker outlives it.
        with closing(outcomes):
            for outcome in outcomes:
                now = datetime.now(UTC)
                rules.patiently(partial(ledger.record, stage.key, outcome, at=now), told=waits)
                if isinstance(outcome, Done):
                    done += 1
                else:
                    faults += 1
                told(outcome)
                rules.check(Totals(done=done, faults=faults, earlier=earlier))
    finally:
        at_end(Totals(done=done, faults=faults, earlier=earlier))
    return Totals(done=done, faults=faults, earlier=earlier)
