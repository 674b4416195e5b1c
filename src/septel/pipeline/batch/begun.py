"""How many tasks a worker of a cluster has begun, in a file of its machine that outlives it.

A worker that is killed at once by its next task takes the answer to the task before with it: answers travel
while the next one is worked on. Only the worker's machine can tell over which of the two it died.
"""

from __future__ import annotations

import os
import struct
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

NUMBER = struct.Struct("<Q")
PREFIX = "septel-begun-"
OLD = 24 * 3600.0
"""Seconds after which a mark that nobody took away is nobody's."""
ASKING_SECONDS = 10.0


class MarkedWorker(Protocol):
    """A worker that says on which node its mark is, and where there."""

    @property
    def node(self) -> str:
        """Ray's name of its node."""
        ...

    @property
    def mark(self) -> str:
        """The path of its mark, there."""
        ...


class BegunMark:
    """A count in a file; what was written is there whatever happens to the process.

    Args:
        descriptor: of the open file.
        path: where it is.
    """

    def __init__(self, descriptor: int, path: str) -> None:
        self._descriptor, self.path, self._count = descriptor, path, 0

    @classmethod
    def made(cls) -> BegunMark:
        """A new one that says 0; those that were left behind long ago go."""
        for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > OLD:
                    left.unlink()
        descriptor, path = tempfile.mkstemp(prefix=PREFIX)
        os.pwrite(descriptor, NUMBER.pack(0), 0)
        return cls(descriptor, path)

    def one_more(self) -> None:
        """Say that one more task is begun."""
        self._count += 1
        # A disk that is full now is told of by what the task itself writes.
        with suppress(OSError):
            os.pwrite(self._descriptor, NUMBER.pack(self._count), 0)

    def away(self) -> None:
        """Take it away: the worker is wanted no longer."""
        with suppress(OSError):
            os.close(self._descriptor)
            Path(self.path).unlink()


def taken(path: str) -> int:
    """How many tasks were begun; the mark goes.

    Raises:
        OSError: it can't be read.
    """
    count: int = NUMBER.unpack(Path(path).read_bytes())[0]
    Path(path).unlink()
    return count


def begun_at(ray: Any, worker: MarkedWorker) -> int | None:
    """How many tasks a dead worker had begun; None if its node can't be asked."""
    strategies = import_module("ray.util.scheduling_strategies")
    there = strategies.NodeAffinitySchedulingStrategy(node_id=worker.node, soft=False)
    asked = ray.remote(num_cpus=0, max_retries=0, scheduling_strategy=there)(taken)
    try:
        count: int = ray.get(asked.remote(worker.mark), timeout=ASKING_SECONDS)
    except Exception:  # noqa: BLE001  (the node may be lost as well, and in many ways)
        return None
    return count
