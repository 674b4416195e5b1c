"""The editions of an archive: which one a reader is given, and that none is ever behind."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from septel.archive.archive import Archive
from septel.archive.editions.edition import UNFINISHED, ReaderEdition
from septel.archive.editions.manifest import Manifest
from septel.archive.handling import ReaderRole

FOLDER = "editions"
"""In the archive's folder; it may be thrown away, and is made again."""


class Editions:
    """Gives readers of each role what they may see.

    Args:
        main: the archive.
    """

    def __init__(self, main: Archive) -> None:
        self.main = main
        self._open: dict[str, ReaderEdition] = {}
        self._temporary: Path | None = None
        remove_unfinished(main)

    def __enter__(self) -> Self:
        """The editions."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        self.close()

    def close(self) -> None:
        """Close all that are open; they stay on the disk."""
        for one in self._open.values():
            one.close()
        self._open.clear()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None

    def of(self, role: ReaderRole, *, today: date | None = None) -> Archive:
        """The archive as a role sees it, up to date: itself where it sees everything, else an edition."""
        if self.sees_all(role):
            return self.main
        return self._edition(role).current(today or datetime.now(UTC).date())

    def sees_all(self, role: ReaderRole) -> bool:
        """Whether nothing is kept back from a role, so that no edition is needed."""
        if role.everything:
            return True
        handling = self.main.handling
        return handling.rules().shows_all_without_statements(role) and not handling.stated()

    def reason(self, role: ReaderRole, copy: str) -> str:
        """Why a role is shown a paper, by its id in the edition: the ruling's reason, a line each."""
        if self.sees_all(role):
            return "everything is shown"
        row = self._edition(role).manifest.of_copy(copy)
        return row.reason if row else ""

    def renew(self) -> None:
        """Bring the editions that are on the disk up to date, and remove those of roles that need none."""
        folder = self.main.folder / FOLDER
        if not folder.is_dir():
            return
        roles = self.main.handling.rules().roles
        names = {one.name.partition(".")[0] for one in folder.iterdir()}
        for name in sorted(names):
            role = roles.get(name)
            if role is None or role.everything:
                opened = self._open.pop(name, None)
                if opened is not None:
                    opened.close()
                _discard(folder, name)
            elif not self.sees_all(role):
                self.of(role)

    def _edition(self, role: ReaderRole) -> ReaderEdition:
        found = self._open.get(role.name)
        if found is not None and found.role == role:
            return found
        if found is not None:
            found.close()
        made = self._open[role.name] = ReaderEdition(self.main, role, self._folder())
        return made

    def _folder(self) -> Path:
        """Where editions are kept: in the archive's folder, or for this run alone if it can't be written."""
        folder = self.main.folder / FOLDER
        if folder.is_dir() and os.access(folder, os.W_OK):
            return folder
        if os.access(self.main.folder, os.W_OK):
            folder.mkdir(mode=0o700, exist_ok=True)
            return folder
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="septel-edition-"))
        return self._temporary


def remove_unfinished(main: Archive) -> tuple[str, ...]:
    """Remove editions that a run died over: they may hold what readers must not see any more.

    They are made from the start when they are asked for. One that another run is making now is left alone.

    Returns:
        the roles whose editions were removed.
    """
    folder = main.folder / FOLDER
    removed: list[str] = []
    for mark in sorted(folder.glob(f"*{UNFINISHED}")):
        name = mark.name.removesuffix(UNFINISHED)
        # A folder that can't be written leaves it as it is: its owner's next run will do it.
        with suppress(OSError, sqlite3.Error):
            manifest = Manifest(folder / f"{name}.manifest.sqlite", wait=0.0)
            try:
                with manifest.locked():
                    if not mark.exists():
                        continue
                    manifest.begin_anew("")
                    if (folder / name).exists():
                        shutil.rmtree(folder / name)
                    mark.unlink()
            finally:
                manifest.close()
            removed.append(name)
    return tuple(removed)


def _discard(folder: Path, name: str) -> None:
    shutil.rmtree(folder / name, ignore_errors=True)
    for one in folder.glob(f"{name}.*"):
        one.unlink(missing_ok=True)


@contextmanager
def opened_for(folder: Path, reader: str | None) -> Iterator[Archive]:
    """The archive in a folder as a reader sees it; None is who has it.

    Raises:
        NotHeld: there is no archive, or no such reader.
        StoreError: it can't be opened.
    """
    with Archive.open(folder, create=False) as main:
        if reader is None:
            yield main
            return
        role = main.handling.role_of(reader)
        with Editions(main) as editions:
            yield editions.of(role)
