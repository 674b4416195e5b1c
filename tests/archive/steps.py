"""How much SQLite does: the steps of its machine, which are the same in each run, and the statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from septel.archive import Archive


@dataclass
class Steps:
    """What was done until now."""

    count: int = 0
    statements: list[str] = field(default_factory=list)

    def step(self) -> int:
        """One more; gives nought, so that SQLite goes on."""
        self.count += 1
        return 0


@contextmanager
def counted(archive: Archive) -> Iterator[Steps]:
    """Count what the database of an archive in a folder does."""
    database, steps = archive.store.database, Steps()
    assert isinstance(database, sqlite3.Connection)
    database.set_progress_handler(steps.step, 1)
    database.set_trace_callback(steps.statements.append)
    try:
        yield steps
    finally:
        database.set_progress_handler(None, 1)
        database.set_trace_callback(None)
