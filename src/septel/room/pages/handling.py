"""Handling of a telegram, with the reason of each ruling; and the audit trail."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from septel.room.site import ReadingRoom

AUDITED_AT_ONCE = 100


class HandlingPages:
    """Who may see what, and who did."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def history(self, request: Request) -> Response:
        """A telegram's markings as history, and why the reader is shown it; for staff, what others see."""
        holding, served = self.site.held(request), self.site.readership.served
        handling = served.archive.handling
        rulings, reasons = [], []
        if served.role.everything:
            rules = handling.rules()
            rulings = [
                (name, handling.ruling(holding.id, role, rules=rules))
                for name, role in rules.roles.items()
                if not role.everything
            ]
        else:
            reasons = self.site.readership.editions.reason(served.role, holding.id).splitlines()
        return self.site.page(
            request,
            "handling.html",
            holding=holding,
            events=handling.history(holding.id),
            rulings=rulings,
            reasons=reasons,
        )

    def audit(self, request: Request) -> Response:
        """The trail, for those who see everything.

        Raises:
            HTTPException: who asks does not (404).
        """
        served = self.site.readership.served
        if not served.role.everything:
            raise HTTPException(404)
        before = request.query_params.get("before", "")
        trail = self.site.main.audit
        checked = request.query_params.get("check") == "1"
        return self.site.page(
            request,
            "audit.html",
            entries=trail.entries(
                most=AUDITED_AT_ONCE, before=int(before) if before.isdecimal() and len(before) < 10 else None
            ),
            checked=checked,
            flaws=trail.flaws() if checked else (),
            head=trail.head(),
        )
