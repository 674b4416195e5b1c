"""What a worker process does: it is sent its work once, then items, and answers each with what came of it.

Everything that goes between a worker and its driver is bytes of pickle, so that the driver can hold results
that wait for their turn without opening them. A worker whose driver went away ends at once.
"""

from __future__ import annotations

import os
import pickle
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Protocol

from septel.errors import SeptelError, StoreError, ends_the_run, unforeseen
from septel.pipeline.batch.cost import processor_seconds
from septel.pipeline.batch.outcomes import WorkItem

GRACE_SECONDS = 1.5
"""How long a worker may take to end its engines once it is wanted no longer."""

READY = b"ready"
"""What a process says once it can do tasks; no answer is so short."""

Do = Callable[[WorkItem, object], object]
"""Takes an item, and what it is to be done again with (None the first time)."""


class Work(Protocol):
    """What workers do; it travels to each of them."""

    def start(self) -> AbstractContextManager[Do]:
        """Load what is needed; leaving the context ends what was started."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAnswer:
    """What a worker says of an item.

    Attributes:
        result: what came of it; None after a fault.
        fault: why it could not be done.
        ends: whether nothing else could be done either, as on a full disk.
        seconds: by the clock on the wall.
        processor: seconds of processor time, of the worker and of the engines that it started.
    """

    result: object = None
    fault: SeptelError | None = None
    ends: bool = False
    seconds: float = 0.0
    processor: float = 0.0


def packed(value: object) -> bytes:
    """A value as it travels."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def answered(do: Do, task: bytes) -> bytes:
    """Do one task and pack the answer; a fault is an answer too."""
    began, used = time.perf_counter(), processor_seconds()
    item, again = pickle.loads(task)
    result: object = None
    fault: SeptelError | None = None
    ends = False
    try:
        result = do(item, again)
    except StoreError as why:
        fault, ends = why, True
    except SeptelError as why:
        fault = why
    except Exception as why:  # noqa: BLE001  (whatever a document does to us, the others are done all the same)
        fault, ends = unforeseen(why, item.path.name), ends_the_run(why)
    seconds, processor = time.perf_counter() - began, processor_seconds() - used
    try:
        return packed(WorkAnswer(result=result, fault=fault, ends=ends, seconds=seconds, processor=processor))
    except Exception as why:  # noqa: BLE001  (a result that can't travel is a fault of its item)
        return packed(WorkAnswer(fault=unforeseen(why, item.path.name), seconds=seconds, processor=processor))


def serve(descriptor: int) -> None:
    """Be a worker: do what comes over the pipe until it is closed."""
    # What libraries print is no part of the program's output.
    os.dup2(2, 1)
    pipe = Connection(descriptor)
    tasks: SimpleQueue[bytes | None] = SimpleQueue()

    def listen() -> None:
        try:
            while True:
                tasks.put(pipe.recv_bytes())
        except (EOFError, OSError):
            # The driver closed the pipe, or went away, however it ended: nobody waits for this any more. Who
            # is idle ends in order, so that its engines' time is reckoned; who works, at once.
            tasks.put(None)
            time.sleep(GRACE_SECONDS)
            os._exit(0)

    work: Work = pickle.loads(pipe.recv_bytes())
    # A thread listens, so that a driver that sends never waits for a worker that works.
    threading.Thread(target=listen, daemon=True).start()
    with work.start() as do:
        pipe.send_bytes(READY)
        while (task := tasks.get()) is not None:
            pipe.send_bytes(answered(do, task))
