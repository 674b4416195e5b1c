"""Copies of a whole archive: made while it is in use, checked, and put back.

A backup is an archive itself: `catalogue.sqlite`, `objects/`, `ledger.jsonl`, and `backup.json`, which says
when and by which version it was made and gives the SHA-256 of the catalogue. It appears whole or not at all.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from septel import __version__
from septel.archive.store import ArchivePlace, Database, Originals, OriginalStore, faults, in_use
from septel.errors import NotHeld, StoreError

MANIFEST = "backup.json"
CATALOGUE = "catalogue.sqlite"
_BESIDE = ("ledger.jsonl",)
_UNLISTED = """SELECT count(*) FROM holding
    WHERE id IN (SELECT holding FROM absent) OR id IN (SELECT older FROM succession)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made or put back.

    Attributes:
        place: where it is.
        holdings, originals: how many it has.
        size: its bytes.
        unlisted: how many of the holdings no list shows: hidden, deleted, or captures that have a newer one.
    """

    place: ArchivePlace
    holdings: int
    originals: int
    size: int
    unlisted: int = 0


def back_up(
    connection: Database,
    objects: OriginalStore,
    folder: Path,
    target: Path,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> Backup:
    """Copy an archive as it is at this moment; others may go on reading and writing.

    Raises:
        StoreError: the target is there already, lies in the archive's own folder, or can't be written.
        NotHeld: an original is missing.
    """
    if target.resolve().is_relative_to(folder.resolve()):
        raise StoreError(
            "a backup can't lie in the archive's own folder",
            where=str(target),
            remedy="Name a folder elsewhere.",
        )
    _free(target)
    staged = target.with_name(f".{target.name}.partial")
    with faults(target), _written_to(target):
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        try:
            connection.copy_to(staged / CATALOGUE, progress=lambda share: progress(0.9 * share))
            with closing(sqlite3.connect(staged / CATALOGUE)) as copy:
                digests = [row[0] for row in copy.execute("SELECT DISTINCT digest FROM original")]
                (holdings,) = copy.execute("SELECT count(*) FROM holding").fetchone()
            _copy_objects(objects, Originals(staged / "objects"), digests)
            for name in _BESIDE:
                with suppress(FileNotFoundError):
                    shutil.copyfile(folder / name, staged / name)
            manifest = {
                "made": datetime.now(UTC).isoformat(),
                "version": __version__,
                "holdings": holdings,
                "catalogue": file_digest(staged / CATALOGUE),
            }
            (staged / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
            _settle(staged)
            staged.rename(target)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
    progress(1.0)
    return Backup(place=target, holdings=holdings, originals=len(digests), size=_size(target))


def put_back(backup: Path, target: Path, *, replace: bool = False) -> Backup:
    """Make an archive from a backup, after checking it. With `replace`, one that is there is moved aside.

    Raises:
        NotHeld: there is no backup.
        StoreError: the backup is damaged, there is an archive and it is not to be replaced, or it is in use:
            whoever has it open would go on writing into the one that was moved aside.
    """
    manifest = _manifest(backup)
    if file_digest(backup / CATALOGUE) != manifest["catalogue"]:
        raise StoreError(
            "the backup is damaged: its catalogue is not the one that was written",
            where=str(backup),
            remedy="Take another backup.",
        )
    if not replace:
        _free(target, or_else=", or say --replace: what is there is moved aside")
    _unused(target)
    staged = target.with_name(f".{target.name}.partial")
    with faults(target):
        shutil.rmtree(staged, ignore_errors=True)
        try:
            staged.mkdir(parents=True)
            shutil.copyfile(backup / CATALOGUE, staged / CATALOGUE)
            with closing(sqlite3.connect(staged / CATALOGUE)) as copy:
                digests = [row[0] for row in copy.execute("SELECT DISTINCT digest FROM original")]
                (holdings,) = copy.execute("SELECT count(*) FROM holding").fetchone()
                (unlisted,) = copy.execute(_UNLISTED).fetchone()
            _copy_objects(Originals(backup / "objects"), Originals(staged / "objects"), digests, checked=True)
            for name in _BESIDE:
                with suppress(FileNotFoundError):
                    shutil.copyfile(backup / name, staged / name)
            _settle(staged)
            _unused(target)
            if target.exists():
                target.rename(_aside(target))
            staged.rename(target)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
    return Backup(
        place=target, holdings=holdings, originals=len(digests), size=_size(target), unlisted=unlisted
    )


def file_digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def _written_to(target: Path) -> Iterator[None]:
    """The system's errors as faults of the folder that is written, not of the archive.

    Raises:
        StoreError: it can't be written.
    """
    try:
        yield
    except OSError as why:
        if why.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise StoreError(
            f"the folder can't be written ({why.strerror or why})",
            where=str(target),
            remedy="Check its permissions and the room on its disk, or name another.",
        ) from why


def _manifest(backup: Path) -> dict[str, str]:
    try:
        found = json.loads((backup / MANIFEST).read_text("utf-8"))
        return {"catalogue": str(found["catalogue"])}
    except FileNotFoundError as why:
        raise NotHeld(
            "there is no backup here", where=str(backup), remedy="Name a folder that `septel backup` made."
        ) from why
    except (OSError, KeyError, TypeError, ValueError) as why:
        raise StoreError(
            f"the backup is damaged ({why})", where=str(backup), remedy="Take another backup."
        ) from why


def _free(target: Path, *, or_else: str = "") -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(
            "there is something already",
            where=str(target),
            remedy=f"Name a new folder{or_else}.",
        )
    if target.exists():
        target.rmdir()


def _aside(target: Path) -> Path:
    """A name beside the target that nothing has."""
    name = f"{target.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    names = (name, *(f"{name}-{n}" for n in range(2, 1000)))
    return next(one for one in map(target.with_name, names) if not one.exists())


def _unused(target: Path) -> None:
    """Nobody has the archive at a place open, if there is one.

    Raises:
        StoreError: somebody has.
    """
    if in_use(target / CATALOGUE):
        raise StoreError(
            "the archive is in use",
            where=str(target),
            remedy="Close the rooms and runs that have it open, then try again.",
        )


def _copy_objects(
    source: OriginalStore, target: Originals, digests: list[str], *, checked: bool = False
) -> None:
    for digest in digests:
        found, path = source.find(digest), target.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, path)
        if checked and file_digest(path) != digest:
            raise StoreError(
                "the backup is damaged: an original has other bytes than its name says",
                where=digest[:12],
                remedy="Take another backup.",
            )


def _settle(folder: Path) -> None:
    """Everything in a folder on the disk."""
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
