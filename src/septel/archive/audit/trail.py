"""The audit trail of an archive, as other rooms use it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from septel.archive.audit.chain import (
    AuditEntry,
    AuditHead,
    audit_entries,
    audit_flaws,
    audit_head,
    put_audit,
)
from septel.archive.store import Database


class AuditTrail:
    """Who saw, exported, decided and changed rules; `Archive.audit` is one.

    Args:
        connection: the catalogue.
        change: a transaction.
    """

    def __init__(
        self,
        connection: Database,
        change: Callable[[], AbstractContextManager[Database]],
    ) -> None:
        self._connection, self._change = connection, change

    def record(self, what: str, *, by: str, holding: str | None = None, **data: object) -> int:
        """Enter something; gives the number of the entry.

        Raises:
            StoreError: the archive can't be written.
        """
        with self._change() as connection:
            return put_audit(connection, what, by=by, holding=holding, data=data)

    def entries(
        self, *, holding: str | None = None, most: int | None = None, before: int | None = None
    ) -> list[AuditEntry]:
        """Entries, the newest first: of one document or all, at most so many, before a number."""
        return audit_entries(self._connection, holding=holding, most=most, before=before)

    def head(self) -> AuditHead:
        """Where the trail ends; noted elsewhere, it shows later whether the trail was written again."""
        return audit_head(self._connection)

    def flaws(self, noted: AuditHead | None = None) -> list[str]:
        """Everything that is wrong with the trail, an entry a line; nothing when it is as it was written."""
        return list(audit_flaws(self._connection, noted))
