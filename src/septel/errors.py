"""The one exception tree of Septel.

    SeptelError                    1  something could not be done
    ├── UsageError                 2  the command was given something that it can't use
    ├── InputError                 3  a file can't be read as what it claims to be
    │   ├── EmptyInput             3  ... because there is nothing in it
    │   ├── LockedInput            3  ... because it asks for a password
    │   └── VanishedInput          3  ... because it disappeared or changed while it was read
    ├── LimitExceeded              4  an input is larger than the limits allow
    ├── NotHeld                    5  the archive holds no such telegram, page or edit
    ├── StoreError                 6  the archive can't be opened, read or written
    │   ├── StoreFull              7  ... because the disk is full
    │   ├── StoreAway              6  ... because it can't be reached just now
    │   └── StoreNewer             6  ... because a newer Septel made it
    ├── MissingPart                8  an engine, a model or an optional package is not installed
    ├── EngineFailure              9  an OCR engine crashed, hung or answered nonsense
    │   └── EngineTimeout          9  ... because it took longer than the limits allow
    ├── EditConflict              10  an edit does not fit the text or the log that it is meant for
    └── ModelError                11  a model file is damaged or of another format

Every message says what happened, where, and what to do about it. Exit code 0 means that everything
asked for was done; 130 means that a person interrupted the run (what was finished is kept).
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import ClassVar


class ExitCode(IntEnum):
    """How a command ends; `septel --help` and docs/cli.md list the same codes."""

    OK = 0
    FAULTS = 1
    USAGE = 2
    INPUT = 3
    LIMIT = 4
    NOT_HELD = 5
    STORE = 6
    FULL = 7
    MISSING = 8
    ENGINE = 9
    CONFLICT = 10
    MODEL = 11
    INTERRUPTED = 130


def printable(name: str, *, kept: str = "") -> str:
    r"""A name of a file or folder as it can be shown and stored: names are bytes, and may be no text.

    A byte that is no UTF-8 stands as `\xff`, a control character, a line end too, as its escape; those of
    `kept` stay.
    """
    if name.isprintable():
        return name
    whole = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        sign if sign.isprintable() or sign in kept else sign.encode("unicode_escape").decode()
        for sign in whole
    )


class SeptelError(Exception):
    """Something could not be done.

    Args:
        what: what happened, in a reader's words.
        where: the file, page or object that it happened to; empty when there is none.
        remedy: what a reader can do about it.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.FAULTS

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = printable(what, kept="\n\t")
        self.where = printable(where)
        self.remedy = printable(remedy, kept="\n\t")
        super().__init__(self.what, self.where, self.remedy)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as one value."""
        return _again, (type(self), self.what, self.where, self.remedy)

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        if self.remedy:
            line = f"{line.rstrip('.')}. {self.remedy}"
        return " ".join(line.split())


def _again(kind: type[SeptelError], what: str, where: str, remedy: str) -> SeptelError:
    return kind(what, where=where, remedy=remedy)


def ends_the_run(fault: Exception) -> bool:
    """Whether nothing after it could be done either: no room on the disk, nobody who reads what we print."""
    full = isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT)
    return full or isinstance(fault, BrokenPipeError)


def unforeseen(fault: Exception, where: str) -> SeptelError:
    """A fault of our own that one document brought to light, as one line like all others."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace else None
    place = f" in {Path(code.co_filename).stem}.{code.co_name}" if code else ""
    return SeptelError(
        f"Septel failed here ({type(fault).__name__}{place}: {str(fault)[:120]})",
        where=where,
        remedy="Please report it, with the file if you may; the other documents are done all the same.",
    )


def cannot_write(folder: Path, why: OSError) -> SeptelError:
    """A folder that was named and can't be made or written, as one line."""
    reason = f" ({why.strerror})" if why.strerror and not isinstance(why, PermissionError) else ""
    return SeptelError(f"the folder can't be written{reason}", where=str(folder), remedy="Name another.")


class UsageError(SeptelError):
    """The command was given something that it can't use."""

    exit_code = ExitCode.USAGE


class InputError(SeptelError):
    """A file can't be read as what it claims to be."""

    exit_code = ExitCode.INPUT


class EmptyInput(InputError):
    """A file holds nothing to read."""


class LockedInput(InputError):
    """A file asks for a password."""


class VanishedInput(InputError):
    """A file disappeared or changed while it was being read."""


class LimitExceeded(SeptelError):
    """An input is larger than the limits allow; limits can be raised on purpose."""

    exit_code = ExitCode.LIMIT


class NotHeld(SeptelError):
    """The archive holds no such telegram, page or edit."""

    exit_code = ExitCode.NOT_HELD


class SeveralHeld(NotHeld):
    """A name fits several documents of the archive.

    Args:
        what, where, remedy: as for every fault.
        holdings: the ids of those that it fits, as far as they were listed.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "", holdings: Sequence[str] = ()) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.holdings = tuple(holdings)


class StoreError(SeptelError):
    """The archive can't be opened, read or written."""

    exit_code = ExitCode.STORE


class StoreFull(StoreError):
    """The disk that holds the archive is full."""

    exit_code = ExitCode.FULL


class StoreAway(StoreError):
    """The archive can't be reached just now: another program writes to it, its server or the net is away.

    What waits a while may find it again; a run over many documents does (`septel.pipeline.Policy`).
    """


class StoreNewer(StoreError):
    """The archive was made by a newer Septel than this one."""


class MissingPart(SeptelError):
    """An engine, a model or an optional package is not installed."""

    exit_code = ExitCode.MISSING


class EngineFailure(SeptelError):
    """An OCR engine crashed, hung or answered nonsense."""

    exit_code = ExitCode.ENGINE


class EngineTimeout(EngineFailure):
    """An OCR engine took longer on a page than the limits allow; a busy machine may be why."""


class EditConflict(SeptelError):
    """An edit does not fit the text or the log that it is meant for."""

    exit_code = ExitCode.CONFLICT


class ModelError(SeptelError):
    """A model file is damaged or of another format."""

    exit_code = ExitCode.MODEL
