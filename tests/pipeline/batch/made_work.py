"""Work for tests: items say by their names what happens to them, in the worker and in the driver."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from septel.errors import EmptyInput, EngineFailure, StoreAway, StoreFull
from septel.pipeline import WorkItem


def item(name: str) -> WorkItem:
    return WorkItem(path=Path(name), key=f"key of {name}")


@dataclass(frozen=True)
class MadeWork:
    """`killed-once` and `busy-once` go well the second time, `poisoned` never; `slow` takes its time.

    Every try leaves a mark in `folder`, so that it can be counted from outside.
    """

    folder: Path

    @contextmanager
    def start(self) -> Iterator[Callable[[WorkItem, object], object]]:
        (self.folder / f"worker-{os.getpid()}").touch()
        yield self.do

    def do(self, item: WorkItem, again: object) -> object:
        name = item.path.name
        tries = len(list(self.folder.glob(f"try-{name}-*")))
        (self.folder / f"try-{name}-{tries}").write_text(str(os.getpid()))
        if "poisoned" in name or ("killed-once" in name and not tries):
            os.kill(os.getpid(), signal.SIGKILL)
        if "busy-once" in name and not tries:
            raise EngineFailure("the engine's process does not start")
        if "slow" in name:
            time.sleep(1.0)
        if "bad" in name:
            raise EmptyInput("there is nothing in it", where=name)
        if "bug" in name:
            raise ZeroDivisionError("no number")
        if "untold" in name:
            return lambda: None
        return f"{name} with {again}" if again else name


@dataclass
class MadeStage:
    """Keeps names in a list, which is its archive; `full` does not fit, `away-N` only after N times."""

    folder: Path
    key: str = "made 1"
    kept: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    away: int = 0

    @property
    def work(self) -> MadeWork:
        return MadeWork(self.folder)

    def do(self, item: WorkItem) -> str:
        return self.keep(item, self.work.do(item, None))

    def again(self, item: WorkItem, result: object) -> object | None:
        return "more" if "decided" in item.path.name else None

    def keep(self, item: WorkItem, result: object) -> str:
        if "full" in item.path.name:
            raise StoreFull("the disk is full")
        if "away" in item.path.name and self.away:
            self.away -= 1
            raise StoreAway("the server is away")
        self.kept.append(str(result))
        return f"id of {result}"

    def tries(self, name: str) -> int:
        return len(list(self.folder.glob(f"try-{name}-*")))
