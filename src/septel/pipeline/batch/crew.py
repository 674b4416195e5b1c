"""Workers that a driver gives tasks to: here as processes of this machine.

A crew only carries bytes to workers and tells what came back or who died; which item is given to whom, and
what a death means, is the driver's (`septel.pipeline.batch.dispatch`).
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Protocol

from septel.own_process import OwnProcess
from septel.pipeline.batch.worker import GRACE_SECONDS, READY


@dataclass(frozen=True, slots=True, kw_only=True)
class Died:
    """A worker is gone; the crew has put another one in its place.

    Attributes:
        how: how it ended, for people.
        at: which of its tasks it was at, counted from the oldest, 0; those before it were done, and their
            answers went with the worker. None when it had not begun any.
    """

    how: str
    at: int | None = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerReport:
    """What a worker answered to the oldest of its tasks, or that it died."""

    worker: int
    said: bytes | Died


class Crew(Protocol):
    """Workers, numbered from 0."""

    @property
    def size(self) -> int:
        """How many there are."""
        ...

    def able(self, worker: int) -> bool:
        """Whether a worker can be given tasks; one that is still on its way can't."""
        ...

    def give(self, worker: int, task: bytes) -> None:
        """Send a worker a task; it does its tasks in the order in which they came."""
        ...

    def reports(self, seconds: float) -> Sequence[WorkerReport]:
        """What happened since, after waiting so long for something to happen."""
        ...

    def close(self) -> None:
        """End all workers."""
        ...


class LocalCrew:
    """Processes on this machine.

    Each is a plain interpreter rather than one of multiprocessing's: it does not run the caller's own main
    module again, so it works from scripts, notebooks and standard input alike. In a session of its own an
    interruption reaches the driver alone.

    Args:
        work: what they do, packed.
        size: how many.
    """

    def __init__(self, work: bytes, size: int) -> None:
        self._work = work
        self._all = [_LocalWorker(work) for _ in range(size)]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self._all)

    @property
    def pids(self) -> list[int]:
        """The numbers of their processes."""
        return [one.pid for one in self._all]

    def able(self, worker: int) -> bool:
        """Always: what is sent to a process that is starting waits for it."""
        return 0 <= worker < self.size

    def give(self, worker: int, task: bytes) -> None:
        """Send a worker a task."""
        # If it died meanwhile, its pipe says so when reports are asked for.
        with suppress(OSError):
            self._all[worker].pipe.send_bytes(task)

    def reports(self, seconds: float) -> list[WorkerReport]:
        """Answers, one for each worker at most, and deaths."""
        found: list[WorkerReport] = []
        by_pipe = {one.pipe: number for number, one in enumerate(self._all)}
        for pipe in wait(list(by_pipe), timeout=seconds):
            assert isinstance(pipe, Connection)
            number = by_pipe[pipe]
            one = self._all[number]
            try:
                said = pipe.recv_bytes()
            except (EOFError, OSError):
                # An answer is in the pipe before the next task is begun, so it was at the oldest.
                died = Died(how=one.end(), at=0 if one.ready else None)
                self._all[number] = _LocalWorker(self._work)
                found.append(WorkerReport(worker=number, said=died))
                continue
            if said == READY:
                one.ready = True
            else:
                found.append(WorkerReport(worker=number, said=said))
        return found

    def close(self) -> None:
        """End all workers at once."""
        for one in self._all:
            one.pipe.close()
        for one in self._all:
            one.end()


class _LocalWorker:
    """One process that works."""

    def __init__(self, work: bytes) -> None:
        self._process = OwnProcess("septel.pipeline.batch.worker")
        self.pid, self.pipe = self._process.pid, self._process.pipe
        self.ready = False
        with suppress(OSError):
            self.pipe.send_bytes(work)

    def end(self) -> str:
        """End the process; says how it ended."""
        code, words = self._process.end(GRACE_SECONDS + 0.5)
        return ended(code) + (f", saying: {words}" if words else "")


def ended(code: int) -> str:
    """How a process ended, for people: `killed by SIGKILL`, `ended with 3`."""
    if code < 0:
        with suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}"
    return f"ended with {code}"
