"""Coming in and going out; and what the keys do."""

from __future__ import annotations

import secrets

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.room.access import own_path
from septel.room.site import ReadingRoom, field


class EntryPages:
    """Log in and out."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def login(self, request: Request) -> Response:
        """The form."""
        if self.site.gate.accounts is None:
            return RedirectResponse("/", 303)
        return self.site.page(
            request, "login.html", next=own_path(request.query_params.get("next")), fault=""
        )

    async def enter(self, request: Request) -> Response:
        """Take name and password."""
        gate = self.site.gate
        gate.check_origin(request)
        if gate.accounts is None:
            return RedirectResponse("/", 303)
        async with request.form(max_files=0, max_fields=10) as form:
            name, password = field(form, "name", most=200), field(form, "password", most=1_000)
            after = own_path(form.get("next"))
        address = request.client.host if request.client else "?"
        if not gate.logins.allows(address) or not gate.logins.allows(f"name {name}"):
            raise HTTPException(429, "Too many tries. Wait five minutes.")
        account = await run_in_threadpool(gate.accounts.check, name, password)
        if account is None:
            told = "Name or password is wrong."
            return self.site.page(request, "login.html", 403, next=after, fault=told)
        # What the session held before is forgotten, so that nobody can plant one.
        request.session.clear()
        request.session.update(name=account.name, since=account.hash[-16:], token=secrets.token_urlsafe(24))
        return RedirectResponse(after, 303)

    async def leave(self, request: Request) -> Response:
        """Forget the session."""
        self.site.gate.check_origin(request)
        request.session.clear()
        return RedirectResponse("/login", 303)

    def keys(self, request: Request) -> Response:
        """What the keys do, and how addresses are written."""
        return self.site.page(request, "keys.html")
