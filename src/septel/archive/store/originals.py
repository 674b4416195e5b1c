"""Originals as files named by their SHA-256, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol

from septel.errors import InputError, NotHeld, SeptelError, StoreError, StoreFull, VanishedInput

_NUMBERS = count()
_AT_ONCE, _WRITERS = 64, 8
"""So many files are waited for at once, by so many threads."""


def full(where: str) -> StoreFull:
    """The fault of a full disk."""
    return StoreFull(
        "the disk is full", where=where, remedy="Free some space and run again; nothing is half-written."
    )


class OriginalStore(Protocol):
    """Where the files that were read are kept, each under its SHA-256."""

    def keep(self, file: Path) -> str:
        """Copy a file in and give its digest; what is already kept is not copied again."""

    def keep_all(self, files: Sequence[Path]) -> list[str | SeptelError]:
        """Copy files in; gives for each its digest, or why it can't be read."""

    def find(self, digest: str) -> Path:
        """A file of this machine with the bytes that have this digest."""

    def holds(self, digest: str) -> bool:
        """Whether it is kept here."""

    def is_whole(self, digest: str) -> bool:
        """Whether its bytes are those that were read."""

    def remove(self, digest: str) -> None:
        """Keep it no longer."""

    def kept(self) -> Iterator[str]:
        """The name of everything that is kept: a digest, or that of a file which arrived half."""


def read_file(file: Path, size: int = 1 << 20) -> Iterator[bytes]:
    """A file in blocks.

    Raises:
        VanishedInput: it is gone.
        InputError: it can't be read.
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError as why:
        raise VanishedInput(
            "the file went away while it was read", where=file.name, remedy="Run again."
        ) from why
    except OSError as why:
        raise InputError(
            f"the file can't be read ({why.strerror})", where=file.name, remedy="Check its permissions."
        ) from why
    with opened:
        while block := opened.read(size):
            yield block


class _Arrived(NamedTuple):
    """A copy that is there under another name, and its digest."""

    temporary: Path
    digest: str


def _on_disk(files: Sequence[Path]) -> None:
    """Wait until files are on the disk; it does many in little more time than one."""
    if len(files) < 2:
        for file in files:
            _synced(file)
        return
    with ThreadPoolExecutor(min(len(files), _WRITERS)) as pool:
        list(pool.map(_synced, files))


def _synced(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def kept_each(keep: Callable[[Path], str], files: Sequence[Path]) -> list[str | SeptelError]:
    """What becomes of files that are kept one by one: the digest of each, or why it can't be read."""
    found: list[str | SeptelError] = []
    for file in files:
        try:
            found.append(keep(file))
        except InputError as fault:
            found.append(fault)
    return found


class Originals:
    """The folder of originals: `objects/ab/abcdef...`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes with this digest are kept."""
        return self.folder / digest[:2] / digest

    def keep(self, file: Path) -> str:
        """Copy a file in and give its digest; what is already kept is not copied again.

        Raises:
            VanishedInput: the file is gone.
            InputError: the file can't be read.
            StoreFull: the disk is full.
            StoreError: the folder can't be written.
        """
        (found,) = self.keep_all([file])
        if isinstance(found, SeptelError):
            raise found
        return found

    def keep_all(self, files: Sequence[Path]) -> list[str | SeptelError]:
        """Copy files in; gives for each its digest, or why it can't be read.

        Waiting for the disk costs more than all else of taking in a text: many files are waited for at once.

        Raises:
            StoreFull: the disk is full.
            StoreError: the folder can't be written.
        """
        found: list[str | SeptelError] = []
        for at in range(0, len(files), _AT_ONCE):
            found += self._kept(files[at : at + _AT_ONCE])
        return found

    def _kept(self, files: Sequence[Path]) -> list[str | SeptelError]:
        arrived: list[_Arrived | SeptelError] = []
        try:
            for file in files:
                try:
                    arrived.append(self._arrive(file))
                except InputError as fault:
                    arrived.append(fault)
            whole = [one for one in arrived if isinstance(one, _Arrived)]
            _on_disk([one.temporary for one in whole])
            for one in whole:
                target = self.path(one.digest)
                try:
                    one.temporary.replace(target)
                except FileNotFoundError:
                    target.parent.mkdir(exist_ok=True)
                    one.temporary.replace(target)
            return [one.digest if isinstance(one, _Arrived) else one for one in arrived]
        except BaseException as why:
            for left in arrived:
                if isinstance(left, _Arrived):
                    with suppress(OSError):
                        left.temporary.unlink()
            if isinstance(why, OSError):
                raise self._fault(why) from why
            raise

    def _arrive(self, file: Path) -> _Arrived:
        """A copy of a file under a name of its own, not yet known to be on the disk."""
        sha = hashlib.sha256()
        handle, name = self._new()
        try:
            with os.fdopen(handle, "wb") as out:
                for block in read_file(file):
                    sha.update(block)
                    out.write(block)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        return _Arrived(Path(name), sha.hexdigest())

    def _new(self) -> tuple[int, str]:
        """A new file to write into."""
        for _ in range(2):
            name = str(self.folder / f"arriving-{os.getpid()}-{next(_NUMBERS)}")
            try:
                return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), name
            except FileNotFoundError:
                self.folder.mkdir(parents=True, exist_ok=True)
            except FileExistsError:
                break  # another machine has a process of this number
        return tempfile.mkstemp(dir=self.folder, prefix="arriving-")

    def find(self, digest: str) -> Path:
        """The file with this digest.

        Raises:
            NotHeld: it is not kept here.
        """
        path = self.path(digest)
        if not path.is_file():
            raise NotHeld(
                "the original is not in the archive", where=digest[:12], remedy="Read the file again."
            )
        return path

    def holds(self, digest: str) -> bool:
        """Whether it is kept here."""
        return self.path(digest).is_file()

    def is_whole(self, digest: str) -> bool:
        """Whether its bytes are those that were read."""
        with self.path(digest).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == digest

    def remove(self, digest: str) -> None:
        """Keep it no longer."""
        self.path(digest).unlink(missing_ok=True)

    def kept(self) -> Iterator[str]:
        """The name of everything that is kept: a digest, or that of a file which arrived half."""
        files = sorted(self.folder.rglob("*")) if self.folder.is_dir() else ()
        return (file.name for file in files if file.is_file())

    def _fault(self, why: OSError) -> StoreError:
        if why.errno in (errno.ENOSPC, errno.EDQUOT):
            return full(str(self.folder))
        return StoreError(
            f"the archive's folder can't be written ({why.strerror})",
            where=str(self.folder),
            remedy="Check its permissions, or choose another with --archive.",
        )
