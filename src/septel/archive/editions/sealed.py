"""The catalogue of an edition: an archive like any other, filled by its owner alone and then sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext

from septel.archive.acts import CORRECT, CurationAct, note_standing, put_act, state_of
from septel.archive.archive import Archive
from septel.archive.audit import AuditTrail
from septel.archive.catalogue import continue_log, note_copies
from septel.archive.decisions import put_reviews
from septel.archive.model import Holding
from septel.archive.records import KeptRecord, Records
from septel.archive.search import forget_units
from septel.archive.store import Database, OriginalStore, faults, forget_cited, put_holding, put_source
from septel.record.review import ReviewLog
from septel.text import EditLog

_PROTECTED = ("act", "entry", "run", "review", "contest")
_OF_HOLDING = (
    *("original", "layer", "content", "contest", "taught", "record", "absent", "standing_note"),
    *("act", "purged"),
)
_OF_SOURCE = ("entry", "run", "review")


class EditionTrail(AuditTrail):
    """The trail as an edition has it: entries go to the archive's own, of which nothing is read here."""

    def __init__(self, connection: Database, trail: AuditTrail) -> None:
        super().__init__(connection, lambda: nullcontext(connection))
        self._trail = trail

    def record(self, what: str, *, by: str, holding: str | None = None, **data: object) -> int:
        """Enter something in the archive's trail."""
        return self._trail.record(what, by=by, holding=holding, **data)


class SealedRecords(Records):
    """The records that came along; what is made beside them is not kept."""

    def put(self, made: Mapping[tuple[str, str], KeptRecord]) -> None:
        """Keep nothing."""
        del made


class SealedArchive(Archive):
    """An edition. What is released is put in, what no longer is is taken out; sealed, it can only be read."""

    def seal(self, objects: OriginalStore, trail: AuditTrail) -> None:
        """Let it only be read from now on; originals are those of the archive."""
        self.objects = objects
        self.audit = EditionTrail(self._connection, trail)
        self.records = SealedRecords(self._connection, self._change)
        self._transactions.seal()

    def unprotect(self) -> None:
        """Let rows be taken out: an edition is a cache, and what leaves it must leave no trace."""
        for table in _PROTECTED:
            self._connection.execute(f"DROP TRIGGER IF EXISTS {table}_remains")
        self._connection.execute("PRAGMA secure_delete = ON")

    def put_copy(
        self,
        copy: Holding,
        *,
        acts: Iterable[CurationAct] = (),
        reviews: ReviewLog | None = None,
        record: KeptRecord | None = None,
    ) -> None:
        """Put a released copy in, in place of one that is there under its id."""
        source = copy.source
        with self._change() as connection:
            _remove(connection, copy.id)
            for one in (source, *copy.layers):
                put_source(connection, one)
            put_holding(connection, copy)
            connection.executemany(
                "INSERT INTO original VALUES (?, ?, ?, ?)",
                [(copy.id, i, one.name, one.digest) for i, one in enumerate(copy.originals)],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO layer VALUES (?, ?)", [(copy.id, one.id) for one in copy.layers]
            )
            for given in copy.corrected:
                data = {"field": given.field, "value": given.value, "why": given.why}
                put_act(connection, CORRECT, copy.id, data, by=given.by, at=given.at)
            for act in acts:
                put_act(connection, act.what, copy.id, act.data, by=act.by, at=act.at)
            if reviews is not None:
                put_reviews(connection, reviews, 0)
            continue_log(connection, source, EditLog(copy.id), copy.log, holding=copy)
            note_standing(connection, copy.id, state_of(connection, copy.id))
            note_copies(connection, copy.id)
        if record is not None:
            self.records.put({(copy.id, self.records.key(copy.id)): record})

    def remove_copy(self, copy: str) -> None:
        """Take a copy out."""
        with self._change() as connection:
            _remove(connection, copy)

    def scrub(self) -> None:
        """Leave no word of what was taken out: the index is made again, and the file is written anew."""
        self.rebuild_index()
        with faults(self.folder):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _remove(connection: Database, copy: str) -> None:
    forget_units(connection, copy)
    forget_cited(connection, copy)
    layers = [row[0] for row in connection.execute("SELECT source FROM layer WHERE holding = ?", [copy])]
    for table in _OF_HOLDING:
        connection.execute(f"DELETE FROM {table} WHERE holding = ?", [copy])
    for table in _OF_SOURCE:
        connection.execute(f"DELETE FROM {table} WHERE source = ?", [copy])
    connection.execute("DELETE FROM copy WHERE one = ?1 OR other = ?1", [copy])
    connection.execute("DELETE FROM holding WHERE id = ?", [copy])
    for source in (copy, *layers):
        used = connection.execute(
            "SELECT 1 FROM holding WHERE id = ?1 UNION SELECT 1 FROM layer WHERE source = ?1", [source]
        ).fetchone()
        if used is None:
            connection.execute("DELETE FROM source WHERE id = ?", [source])
