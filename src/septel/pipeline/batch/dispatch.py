"""The driver: gives items to workers, and keeps what comes back in the order of the items.

- Workers only work; the driver alone writes to the archive and the ledger. So any archive will do, and what
  is kept does not depend on which worker was quicker: results wait for their turn.
- Memory is bounded: no more than `AHEAD` items for each worker are past the one that is kept next, and no
  more is given out while results of `WAITING_BYTES` wait for their turn.
- A worker that dies (killed, out of memory, its machine lost) is replaced, and its item given out again. An
  item over which workers died `Policy.tries` times becomes a fault of its own. Workers that die before they
  begin anything, again and again, end the run.
- Once the items end in an interruption, what was given out is still kept; then the interruption goes on.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from septel.errors import EngineFailure, SeptelError, StoreAway, StoreError
from septel.pipeline.batch.crew import Crew, Died, WorkerReport
from septel.pipeline.batch.outcomes import Done, Outcome, WorkFault, WorkItem
from septel.pipeline.batch.policy import Policy
from septel.pipeline.batch.stages import GROUP, Stage, settled
from septel.pipeline.batch.worker import Work, WorkAnswer, packed

AHEAD = 16
"""Items for each worker between the one kept next and the last one given out."""
WAITING_BYTES = 256 * 1024 * 1024
"""Results that may wait for their turn before no more items are given out."""
SHORT = 20.0
"""Seconds; while items take less, a worker has the next one before it asks, so that it never waits for a
driver that is keeping another. With longer ones an interruption would have to wait for two of them."""


class SharedStage(Stage, Protocol):
    """A stage whose work is done by workers and whose results the driver keeps."""

    @property
    def work(self) -> Work:
        """What workers do."""
        ...

    def again(self, item: WorkItem, result: object) -> object | None:
        """What the item must be done again with, since the driver knows more; None if it is right."""
        ...

    def keep(self, item: WorkItem, result: object) -> str:
        """Keep what a worker made, and name it.

        Raises:
            StoreError: nothing can be kept any more; the run ends.
        """
        ...


@dataclass(slots=True, kw_only=True)
class _Task:
    number: int
    item: WorkItem
    tries: int = 0
    again: object = None
    said: bytes | WorkFault | None = None


@dataclass(kw_only=True)
class Dispatch:
    """An executor over a crew.

    Attributes:
        hire: makes the crew when the first item is there, given the work.
        policy: how often an item is tried.
        told: hears of workers that died.
        deaths: how many workers died.
        processor: seconds of processor time of the workers, with the engines that they started.
        busy: seconds that workers were at work, all of them added up.
    """

    hire: Callable[[bytes], Crew]
    policy: Policy = field(default_factory=Policy)
    told: Callable[[str], None] = lambda _: None
    deaths: int = 0
    processor: float = 0.0
    busy: float = 0.0

    def outcomes(self, items: Iterable[WorkItem], stage: Stage) -> Generator[Outcome, None, None]:
        """One outcome for each item, in their order.

        Raises:
            TypeError: the stage can't be shared.
        """
        if not hasattr(stage, "work"):
            raise TypeError("the stage can't be shared among workers")
        run = _Run(self, iter(items), stage)  # type: ignore[arg-type]
        try:
            yield from run.outcomes()
        finally:
            run.close()


class _Run:
    """One run: which worker has which tasks, and which results wait."""

    def __init__(self, dispatch: Dispatch, source: Iterator[WorkItem], stage: SharedStage) -> None:
        self.dispatch, self.source, self.stage = dispatch, source, stage
        self.crew: Crew | None = None
        self.given: list[deque[_Task]] = []
        self.ready: deque[_Task] = deque()
        self.open: deque[_Task] = deque()
        self.taken = self.answers = 0
        self.seconds = 0.0
        self.waiting = 0
        self.unbegun = 0
        self.ended = False
        self.interrupted: BaseException | None = None
        self.most = GROUP if hasattr(stage, "settle") else 1

    def close(self) -> None:
        if self.crew is not None:
            self.crew.close()

    def outcomes(self) -> Iterator[Outcome]:
        while True:
            self._give_out()
            done: list[Outcome] = []
            try:
                while len(done) < self.most and self.open and self.open[0].said is not None:
                    outcome = self._outcome(self.open[0])
                    if outcome is None:
                        break
                    done.append(outcome)
                    self.open.popleft()
                    # Nobody is idle while the outcome is written down.
                    self._give_out()
            except StoreAway:
                # It was waited for; what else was ready would wait for it once more, and is read again later.
                done.clear()
                raise
            finally:
                # What is ready at the same time is kept in one step.
                yield from settled(self.stage, done)
            if done:
                continue
            if not self.open and self.ended:
                break
            if self.crew is not None:
                for report in self.crew.reports(1.0):
                    self._hear(report)
        if self.interrupted is not None:
            raise self.interrupted

    def _give_out(self) -> None:
        """Let no worker be idle, as long as there is something to do and room for what comes of it."""
        depth = 2 if self.answers and self.seconds / self.answers < SHORT else 1
        for full in range(depth):
            for worker in range(len(self.given) or 1):
                if self.crew and (len(self.given[worker]) > full or not self.crew.able(worker)):
                    continue
                task = self._next()
                if task is None:
                    return
                if self.crew is None:
                    # There is something to do, so workers are wanted.
                    self.crew = self.dispatch.hire(packed(self.stage.work))
                    self.given = [deque() for _ in range(self.crew.size)]
                    self.ready.append(task)
                    self._give_out()
                    return
                self.given[worker].append(task)
                self.crew.give(worker, packed((task.item, task.again)))

    def _next(self) -> _Task | None:
        if self.ready:
            return self.ready.popleft()
        workers = len(self.given) or 1
        if self.ended or len(self.open) >= AHEAD * workers or self.waiting > WAITING_BYTES:
            return None
        try:
            item = next(self.source)
        except StopIteration:
            self.ended = True
            return None
        except KeyboardInterrupt as why:
            self.ended, self.interrupted = True, why
            return None
        task = _Task(number=self.taken, item=item)
        self.taken += 1
        self.open.append(task)
        return task

    def _hear(self, report: WorkerReport) -> None:
        tasks = self.given[report.worker]
        if isinstance(report.said, bytes):
            task = tasks.popleft()
            task.said = report.said
            self.waiting += len(report.said)
            self.unbegun = 0
            return
        self.dispatch.deaths += 1
        left, at = list(tasks), report.said.at
        tasks.clear()
        # Only the one that it was at is held against it; the others were not begun, or were done and their
        # answers lost with the worker.
        died = left.pop(at) if at is not None and at < len(left) else None
        self.ready.extend(left)
        if died is not None:
            self._died(died, report.said)
        elif at is None:
            self._never_began(report.said)

    def _never_began(self, death: Died) -> None:
        self.unbegun += 1
        workers = len(self.given)
        if self.unbegun >= self.dispatch.policy.tries * workers:
            raise EngineFailure(
                f"{self.unbegun} processes that were to read died before they began ({death.how})",
                remedy="Look whether memory is left where they run; read one of the documents by itself.",
            )

    def _died(self, task: _Task, death: Died) -> None:
        task.tries += 1
        name = task.item.path.name
        if task.tries < self.dispatch.policy.tries:
            self.dispatch.told(f"{name}: its process died ({death.how}); it is tried again")
            self.ready.appendleft(task)
            return
        task.said = WorkFault.of(
            task.item,
            EngineFailure(
                f"its process died each of {task.tries} times ({death.how})",
                where=name,
                remedy="Read the file by itself; report it, if you may.",
            ),
        )

    def _outcome(self, task: _Task) -> Outcome | None:
        """Keep a result; None when the item has to be done again first."""
        said = task.said
        if isinstance(said, WorkFault):
            return said
        assert said is not None
        self.waiting -= len(said)
        answer: WorkAnswer = pickle.loads(said)
        self.answers += 1
        self.seconds += answer.seconds
        self.dispatch.processor += answer.processor
        self.dispatch.busy += answer.seconds
        if answer.fault is not None:
            return self._fault(task, answer.fault, ends=answer.ends)
        if task.again is None and (more := self.stage.again(task.item, answer.result)) is not None:
            task.again, task.said = more, None
            self.ready.appendleft(task)
            return None
        try:
            return Done(item=task.item, result=self.stage.keep(task.item, answer.result))
        except StoreError:
            raise
        except SeptelError as fault:
            return WorkFault.of(task.item, fault)

    def _fault(self, task: _Task, fault: SeptelError, *, ends: bool) -> Outcome | None:
        if ends:
            raise fault
        if isinstance(fault, EngineFailure) and task.tries + 1 < self.dispatch.policy.tries:
            # An engine that did not start, or a machine that was too busy: neither is the document's fault.
            task.tries += 1
            task.said = None
            self.ready.appendleft(task)
            return None
        return WorkFault.of(task.item, fault)
