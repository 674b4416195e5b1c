"""Originals in the database: each in pieces under its SHA-256; a copy of what is looked at lies here."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from septel.archive.store.originals import Originals, kept_each, read_file
from septel.archive.store.postgresql.connection import PostgresCatalogue
from septel.errors import NotHeld, SeptelError, VanishedInput

PIECE = 1 << 20
"""Bytes in a piece."""


class DatabaseOriginals:
    """The originals of an archive that PostgreSQL keeps.

    Args:
        catalogue: the archive's.
        copies: a folder of this machine for copies of what is looked at; it may be thrown away.
    """

    def __init__(self, catalogue: PostgresCatalogue, copies: Path) -> None:
        self._catalogue = catalogue
        self._copies = Originals(copies)

    def keep(self, file: Path) -> str:
        """Copy a file in and give its digest; what is already kept is not copied again.

        Raises:
            VanishedInput: the file is gone, or changed while it was read.
            InputError: the file can't be read.
            StoreError: it can't be written.
        """
        sha = hashlib.sha256()
        for block in read_file(file, PIECE):
            sha.update(block)
        digest = sha.hexdigest()
        if self.holds(digest):
            return digest
        again = hashlib.sha256()
        with self._catalogue.transaction(nested=self._catalogue.changes, alone=False):
            for part, block in enumerate(read_file(file, PIECE)):
                again.update(block)
                self._catalogue.execute(
                    "INSERT INTO object (digest, part, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    (digest, part, block),
                )
            if again.digest() != sha.digest():
                raise VanishedInput(
                    "the file changed while it was read", where=file.name, remedy="Run again."
                )
        return digest

    def keep_all(self, files: Sequence[Path]) -> list[str | SeptelError]:
        """Copy files in; gives for each its digest, or why it can't be read."""
        return kept_each(self.keep, files)

    def holds(self, digest: str) -> bool:
        """Whether it is kept here."""
        return bool(self._catalogue.execute("SELECT 1 FROM object WHERE digest = ?", [digest]).fetchone())

    def find(self, digest: str) -> Path:
        """A copy of the original with this digest on this machine.

        Raises:
            NotHeld: it is not kept here, or has other bytes than were read.
            StoreError: no copy can be made.
        """
        with suppress(NotHeld):
            return self._copies.find(digest)
        if not self.holds(digest):
            raise NotHeld(
                "the original is not in the archive", where=digest[:12], remedy="Read the file again."
            )
        handle, name = tempfile.mkstemp(prefix="septel-original-")
        file = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                for block in self._pieces(digest):
                    out.write(block)
            if self._copies.keep(file) != digest:
                raise NotHeld(
                    "the original has other bytes than were read", where=digest[:12], remedy="Restore it."
                )
        finally:
            file.unlink(missing_ok=True)
        return self._copies.find(digest)

    def is_whole(self, digest: str) -> bool:
        """Whether its bytes are those that were read."""
        sha = hashlib.sha256()
        for block in self._pieces(digest):
            sha.update(block)
        return sha.hexdigest() == digest

    def remove(self, digest: str) -> None:
        """Keep it no longer."""
        self._catalogue.execute("DELETE FROM object WHERE digest = ?", [digest])
        self._copies.remove(digest)

    def kept(self) -> Iterator[str]:
        """The digest of everything that is kept, in their order."""
        rows = self._catalogue.execute("SELECT DISTINCT digest FROM object ORDER BY digest")
        return (str(digest) for (digest,) in rows.fetchall())

    def _pieces(self, digest: str) -> Iterator[bytes]:
        (count,) = self._catalogue.execute(
            "SELECT count(*) FROM object WHERE digest = ?", [digest]
        ).fetchone() or (0,)
        for part in range(count):
            row = self._catalogue.execute(
                "SELECT data FROM object WHERE digest = ? AND part = ?", (digest, part)
            ).fetchone()
            yield bytes(row[0]) if row else b""
