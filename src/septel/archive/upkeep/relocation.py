"""An archive taken from one store to another: from a folder to PostgreSQL, back, or to another of the kind.

Everything is brought to a place beside the target first, compared row by row with the archive that it came
from, indexed, and only then given the target's name, in one step. What was brought there before an
interruption is not brought again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from septel.archive.store import (
    ArchivePlace,
    OpenStore,
    Transactions,
    copy_rows,
    differences,
    dropped_schema,
    faults,
    mend_rows,
    open_store,
    renamed_schema,
    schema_taken,
)
from septel.archive.upkeep.backup import put_back
from septel.archive.upkeep.index import catch_up
from septel.errors import StoreError

WAIT = 10.0
"""So many seconds another writer of the target is waited for."""
_BESIDE = ("ledger.jsonl",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was brought to another store.

    Attributes:
        place: where to.
        holdings, originals: how many.
        size: bytes in a folder.
        unlisted: how many holdings no list shows, as far as that was counted.
    """

    place: ArchivePlace
    holdings: int
    originals: int
    size: int = 0
    unlisted: int = 0


def relocated(
    source: OpenStore,
    target: ArchivePlace,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> Moved:
    """Bring an archive to another store; the one that it came from stays as it is.

    Args:
        source: the archive, open.
        target: a folder or an address where there is none yet.
        progress: told the share done.

    Raises:
        StoreError: there is something already, or the archive is being changed all the while.
    """
    _free(target)
    beside = _beside(target)
    for again in (False, True):
        staged = open_store(beside, create=True, wait=WAIT)
        with closing(staged.database):
            _sweep(staged)
            copy_rows(source.database, staged.database, progress=lambda share: progress(0.5 * share))
            originals = _originals(source, staged)
            # What a migration put there, and what was changed meanwhile.
            if other := differences(source.database, staged.database):
                mend_rows(source.database, staged.database, other)
            if not other or not differences(source.database, staged.database):
                catch_up(Transactions(staged.folder, staged.database))
                (holdings,) = staged.database.execute("SELECT count(*) FROM holding").fetchone()
                break
        _discard(beside)
        if again:
            raise StoreError(
                "the archive is being changed while it is moved",
                where=str(source.place),
                remedy="Let the other runs finish, then try again.",
            )
    _named(beside, target)
    _things_beside(source.folder, target if isinstance(target, Path) else target.folder)
    progress(1.0)
    return Moved(place=target, holdings=int(holdings), originals=originals)


def put_back_at(backup: Path, target: ArchivePlace, *, replace_it: bool = False) -> Moved:
    """Make an archive from a backup, wherever it is to be, after checking it.

    With `replace_it`, one that is there is kept under another name.

    Raises:
        NotHeld: there is no backup.
        StoreError: the backup is damaged, or there is an archive and it is not to be replaced.
    """
    if isinstance(target, Path):
        made = put_back(backup, target, replace=replace_it)
        return Moved(
            place=target,
            holdings=made.holdings,
            originals=made.originals,
            size=made.size,
            unlisted=made.unlisted,
        )
    if not replace_it:
        _free(target)
    # The backup itself stays as its digest says: it is not opened.
    with tempfile.TemporaryDirectory(dir=backup.parent, prefix=".recovering-") as folder:
        put_back(backup, Path(folder) / "archive")
        source = open_store(Path(folder) / "archive", create=False, wait=1)
        with closing(source.database):
            if schema_taken(target):
                day = f"{datetime.now(UTC):%Y%m%d%H%M%S}"
                renamed_schema(target, replace(target, schema=f"{target.schema[:40]}_before_{day}"))
            return relocated(source, target)


def _beside(target: ArchivePlace) -> ArchivePlace:
    """Where an archive is made that is to be at a place."""
    if isinstance(target, Path):
        return target.with_name(f".{target.name}.moving")
    return replace(target, schema=f"{target.schema[:56]}_moving")


def _free(target: ArchivePlace) -> None:
    taken = (
        target.exists() and (not target.is_dir() or any(target.iterdir()))
        if isinstance(target, Path)
        else schema_taken(target)
    )
    if taken:
        raise StoreError("there is something already", where=str(target), remedy="Name a new place.")


def _sweep(staged: OpenStore) -> None:
    """Take away what arrived half in an earlier try: nobody else writes at this place."""
    for left in (staged.folder / "objects").glob("arriving-*"):
        left.unlink(missing_ok=True)


def _originals(source: OpenStore, target: OpenStore) -> int:
    digests = [
        str(digest)
        for (digest,) in source.database.execute("SELECT DISTINCT digest FROM original ORDER BY 1")
    ]
    for digest in digests:
        if (
            not target.originals.holds(digest)
            and target.originals.keep(source.originals.find(digest)) != digest
        ):
            raise StoreError(
                "an original has other bytes than its name says",
                where=digest[:12],
                remedy="`septel verify` says which; restore it from a backup.",
            )
    return len(digests)


def _named(beside: ArchivePlace, target: ArchivePlace) -> None:
    """Give what was made its place, in one step."""
    if isinstance(target, Path) and isinstance(beside, Path):
        with faults(target):
            with suppress(FileNotFoundError):
                target.rmdir()
            beside.rename(target)
    elif not isinstance(target, Path) and not isinstance(beside, Path):
        renamed_schema(beside, target)


def _discard(beside: ArchivePlace) -> None:
    if isinstance(beside, Path):
        shutil.rmtree(beside, ignore_errors=True)
    else:
        dropped_schema(beside)


def _things_beside(source: Path, target: Path) -> None:
    for name in _BESIDE:
        with suppress(FileNotFoundError):
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name)
