"""Opens an archive where it is: in a folder (SQLite) or at an address (PostgreSQL)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from septel.archive.store.database import Database
from septel.archive.store.originals import Originals, OriginalStore
from septel.archive.store.postgresql import PostgresAddress, place_of
from septel.archive.store.remote_originals import originals_in
from septel.archive.store.rows import faults
from septel.archive.store.sqlite import opened
from septel.errors import StoreError

ArchivePlace: TypeAlias = Path | PostgresAddress
"""Where an archive is: its folder, or its address."""


def is_archive(place: ArchivePlace) -> bool:
    """Whether there is an archive; an address that can't be reached has none."""
    if isinstance(place, Path):
        return (place / "catalogue.sqlite").exists()
    from septel.archive.store.postgresql import schema_taken

    with suppress(StoreError):
        return schema_taken(place, away=0)
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStore:
    """What keeps an archive.

    Attributes:
        place: where it is, as a person named it.
        folder: of this machine, for what lies beside it; the archive's own where it has one.
        database: its catalogue.
        originals: the files that were read.
    """

    place: ArchivePlace
    folder: Path
    database: Database
    originals: OriginalStore


def open_store(
    named: str | ArchivePlace, *, create: bool, wait: float, away: float | None = None
) -> OpenStore:
    """Open what keeps an archive, made or brought up to date as needed.

    Args:
        named: its folder, or an address `postgresql://…`.
        create: whether it may be made.
        wait: so many seconds another writer is waited for.
        away: so many seconds a database that can't be reached is waited for; its own rule unless given.

    Raises:
        NotHeld: there is none and none may be made.
        StoreError: it can't be opened.
        UsageError: the address can't be read.
        MissingPart: the driver for PostgreSQL is not installed.
    """
    place = place_of(named)
    if isinstance(place, Path):
        with faults(place):
            catalogue = opened(place, create=create, wait=wait)
        return OpenStore(place=place, folder=place, database=catalogue, originals=originals_in(place))
    # What a folder's archive never needs is not loaded for it.
    from septel.archive.store.postgresql import DatabaseOriginals, opened_schema

    database = opened_schema(place, create=create, wait=wait, away=away)
    folder = place.folder
    with faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    originals: OriginalStore = DatabaseOriginals(database, folder / "objects")
    if place.objects is not None:
        originals = Originals(place.objects)
    return OpenStore(place=place, folder=folder, database=database, originals=originals)
