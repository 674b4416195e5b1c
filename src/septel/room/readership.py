"""Whom a page is for: which archive they are given, what they may do; and that it is in the audit trail.

Pages ask `ReadingRoom.archive`, which is the archive as whoever asks may see it: itself, or the edition of
their role (`septel.archive.editions`). No page is without a reader, and no archive outside of `serving`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from septel.archive import Archive
from septel.archive.audit import EXPORTED, SAW
from septel.archive.editions import Editions
from septel.archive.handling import ReaderRole
from septel.errors import SeptelError
from septel.room.access import Gate, Visitor

_EXPORT = re.compile(
    r"/export/|\.csv\Z|\A/api/(?:telegrams/[^/]+(?:/(?:text|log|record))?|collation|record/.+)\Z"
    r"|\A/selection/(?:export|report)\Z|\A/record/plot/|\A/graph\."
)
"""Addresses that give something to take away."""
_PASSING = ("/search/complete", "/read/state", "/api/openapi.json", "/keys")
"""Addresses that show nothing that is held, or only words that can be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedReader:
    """Who is being served, and with what."""

    visitor: Visitor
    role: ReaderRole
    archive: Archive


class Readership:
    """The readers of one room. Whoever serves one holds the room's lock.

    Args:
        main: the archive.
        gate: tells who asks.
    """

    def __init__(self, main: Archive, gate: Gate) -> None:
        self.main, self.gate = main, gate
        self.editions = Editions(main)
        self._served: ContextVar[ServedReader | None] = ContextVar("served reader", default=None)

    @property
    def served(self) -> ServedReader:
        """Who is being served.

        Raises:
            RuntimeError: nobody is; a page asked for the archive outside of `ReadingRoom.serving`.
        """
        found = self._served.get()
        if found is None:
            raise RuntimeError(
                "nobody is being served: use ReadingRoom.serving, or ReadingRoom.main on purpose"
            )
        return found

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks, for what every page shows; outside of a served page nobody may change anything."""
        found = self._served.get()
        if found is not None:
            return found.visitor
        base = self.gate.visitor(request)
        own = self.gate.accounts is None and self.gate.role is None
        return base if base is None or own else replace(base, may_change=False, sees_all=False)

    def fault_told(self, request: Request, fault: Exception) -> str:
        """A fault for whoever asks: where the archive lies on this machine is nothing for a reader."""
        visitor = self.visitor(request)
        if isinstance(fault, SeptelError) and not (visitor and visitor.sees_all):
            return f"{fault.what[:1].upper()}{fault.what[1:]}."
        return str(fault)

    @contextmanager
    def serving(self, request: Request) -> Iterator[ServedReader]:
        """Serve whoever asks, with the archive as they may see it.

        Raises:
            HTTPException: nobody who is known (401).
        """
        base = self.gate.visitor(request)
        if base is None:
            raise HTTPException(401, "Log in first.")
        role = self.role_of(base)
        visitor = replace(base, may_change=base.may_change and role.everything, sees_all=role.everything)
        served = ServedReader(visitor=visitor, role=role, archive=self.editions.of(role))
        token = self._served.set(served)
        try:
            yield served
        finally:
            self._served.reset(token)

    def role_of(self, visitor: Visitor) -> ReaderRole:
        """What a visitor is to the archive."""
        if self.gate.accounts is None:
            return self.main.handling.role_of(self.gate.role or "owner")
        return self.main.handling.role_of(visitor.name, otherwise=visitor.role)

    def note(self, request: Request, response: Response) -> None:
        """Enter in the trail what was given: to accounts every page, to everybody what may be taken away."""
        path = request.url.path
        if response.status_code >= 400 or path in _PASSING:
            return
        exported = bool(_EXPORT.search(path))
        if not exported and self.gate.accounts is None:
            return
        served = self.served
        address = path + (f"?{request.url.query}" if request.url.query else "")
        self.main.audit.record(
            EXPORTED if exported else SAW,
            by=served.visitor.name,
            holding=str(request.path_params.get("holding") or "") or None,
            address=address,
            role=served.role.name,
        )
