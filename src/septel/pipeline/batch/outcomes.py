"""What a stage is given, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from septel.errors import ExitCode, SeptelError
from septel.text import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One document to be worked on.

    Attributes:
        path: the file, or the folder of page images.
        key: changes when the files do, so that what was done to an older state does not count; empty when
            the files can't be told apart from others (standard input, or they are not there).
        address: where it is fetched from, when that is not this machine; `path` then only names it.
    """

    path: Path
    key: str
    address: str = ""

    @classmethod
    def of(cls, path: Path, files: tuple[Path, ...]) -> WorkItem:
        """The item of a document and the files that it consists of, by their places, sizes and times."""
        try:
            states = [(file.resolve(), file.stat()) for file in files]
        except OSError:
            return cls(path=path, key="")
        signs = [
            f"{place}\0{state.st_size}\0{state.st_mtime_ns}".encode(errors="surrogateescape")
            for place, state in states
        ]
        return cls(path=path, key=digest_of(*signs) if signs else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The stage did what it is for; `result` names what came of it, as the id of a holding."""

    item: WorkItem
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFault:
    """The stage could not do it; a value, so that the other items are done all the same."""

    item: WorkItem
    what: str
    where: str
    remedy: str
    exit_code: ExitCode

    @classmethod
    def of(cls, item: WorkItem, error: SeptelError) -> WorkFault:
        """The fault that an error tells of."""
        return cls(
            item=item, what=error.what, where=error.where, remedy=error.remedy, exit_code=error.exit_code
        )

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        return str(SeptelError(self.what, where=self.where, remedy=self.remedy))


Outcome = Done | WorkFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many items came to what; together they are all that were given.

    Attributes:
        done: done in this run.
        faults: not done, each with its fault.
        earlier: left alone, since an earlier run had done them.
    """

    done: int = 0
    faults: int = 0
    earlier: int = 0

    @property
    def items(self) -> int:
        """All items that were given."""
        return self.done + self.faults + self.earlier

    def __add__(self, other: Totals) -> Totals:
        """The totals of two runs together."""
        return Totals(
            done=self.done + other.done,
            faults=self.faults + other.faults,
            earlier=self.earlier + other.earlier,
        )
