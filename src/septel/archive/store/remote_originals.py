"""Originals at an address (`s3://bucket/folder`) in place of the archive's own folder.

Where they are stands in a file of one line, `objects.place`, in the archive's folder. They lie there under
the same names as in a folder. What is asked for is fetched into `objects/` once, which then is a cache.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from septel.archive.store.originals import Originals, kept_each
from septel.archive.store.postgresql import PostgresAddress
from septel.errors import InputError, NotHeld, SeptelError, StoreError, UsageError, VanishedInput
from septel.places import file_system, is_place, reached

SETTING = "objects.place"


class RemoteOriginals(Originals):
    """Originals at an address.

    Args:
        folder: where those that were asked for are kept, as a cache.
        place: the address of the folder of originals.
    """

    def __init__(self, folder: Path, place: str) -> None:
        super().__init__(folder)
        self.place = place.rstrip("/")

    def address(self, digest: str) -> str:
        """Where the bytes with this digest lie."""
        return f"{self.place}/{digest[:2]}/{digest}"

    def keep(self, file: Path) -> str:
        """Put a file there and give its digest; what is there already is not sent again.

        Raises:
            VanishedInput: the file is gone.
            InputError: the file can't be read.
            StoreAway: the place can't be reached.
            StoreError: it can't be written to.
        """
        sha = hashlib.sha256()
        try:
            with file.open("rb") as opened:
                while block := opened.read(1 << 20):
                    sha.update(block)
        except FileNotFoundError as why:
            raise VanishedInput(
                "the file went away while it was read", where=file.name, remedy="Run again."
            ) from why
        except OSError as why:
            what = f"the file can't be read ({why.strerror})"
            raise InputError(what, where=file.name, remedy="Check its permissions.") from why
        digest = sha.hexdigest()
        with reached(self.place, storing=True):
            system = file_system(self.place)
            if not system.exists(self.address(digest)):
                # These services show an object whole or not at all.
                system.put_file(str(file), self.address(digest))
        return digest

    def keep_all(self, files: Sequence[Path]) -> list[str | SeptelError]:
        """Copy files there; gives for each its digest, or why it can't be read."""
        return kept_each(self.keep, files)

    def holds(self, digest: str) -> bool:
        """Whether the bytes are there."""
        with reached(self.place, storing=True):
            return bool(file_system(self.place).exists(self.address(digest)))

    def find(self, digest: str) -> Path:
        """The file with this digest, fetched if it was not.

        Raises:
            NotHeld: it is not kept there.
            StoreAway: the place can't be reached.
        """
        path = self.path(digest)
        if path.is_file():
            return path
        if not self.holds(digest):
            raise NotHeld("the original is not there", where=self.address(digest), remedy="Read it again.")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="arriving-")
        os.close(handle)
        temporary = Path(name)
        try:
            with reached(self.place, storing=True):
                file_system(self.place).get_file(self.address(digest), name)
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink()
        return path

    def is_whole(self, digest: str) -> bool:
        """Whether its bytes are those that were read; they are fetched for it, and not kept here."""
        sha = hashlib.sha256()
        with reached(self.place, storing=True), file_system(self.place).open(self.address(digest)) as opened:
            while block := opened.read(1 << 20):
                sha.update(block)
        return sha.hexdigest() == digest

    def kept(self) -> Iterator[str]:
        """The name of everything that is kept there."""
        with reached(self.place, storing=True):
            found = file_system(self.place).find(self.place)
        return (str(name).rpartition("/")[2] for name in sorted(found))

    def remove(self, digest: str) -> None:
        """Take the bytes away, there and here."""
        with reached(self.place, storing=True), suppress(FileNotFoundError):
            file_system(self.place).rm_file(self.address(digest))
        super().remove(digest)


def originals_in(folder: Path) -> Originals:
    """The originals of the archive in a folder: its own, or those at the address that it names."""
    objects = folder / "objects"
    try:
        place = (folder / SETTING).read_text("utf-8").strip()
    except FileNotFoundError:
        return Originals(objects)
    except OSError as why:
        raise StoreError(f"it can't be read ({why.strerror})", where=str(folder / SETTING)) from why
    return RemoteOriginals(objects, place) if is_place(place) else Originals(Path(place))


def set_originals(archive: Path | PostgresAddress, place: str) -> None:
    """Let the archive in a folder keep its originals at a place; made if need be.

    Raises:
        UsageError: it keeps originals elsewhere already, or it is no folder.
        StoreError: the folder can't be written.
    """
    if not isinstance(archive, Path):
        raise UsageError(
            "an archive in PostgreSQL keeps originals in its database, or in a folder of its address",
            where=str(archive),
            remedy="Leave --originals out, or add objects=FOLDER to the address.",
        )
    folder = archive
    setting = folder / SETTING
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = setting.read_text("utf-8").strip() if setting.exists() else None
        own = (folder / "objects").is_dir() and any((folder / "objects").iterdir())
        if known == place:
            return
        if known is not None or own:
            remedy = "Leave --originals out, or begin another archive."
            raise UsageError(
                f"its originals are kept in {known or 'its own folder'} already",
                where=str(folder),
                remedy=remedy,
            )
        setting.write_text(f"{place}\n", "utf-8")
    except OSError as why:
        raise StoreError(f"it can't be written ({why.strerror})", where=str(folder)) from why
