"""Coming in and going out; and what the keys do."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.errors import SeptelError
from septel.room.access import TokenScope, own_path
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

    def tokens(self, request: Request) -> Response:
        """The tokens of whoever asks."""
        return self._tokens(request)

    def change_tokens(self, request: Request, form: FormData) -> Response:
        """Make a token, whose secret is shown once, or revoke one."""
        tokens, name = self.site.gate.tokens, self.site.visitor(request).name
        if tokens is None:
            raise HTTPException(404, "There are no tokens here.")
        try:
            if form.get("revoke"):
                tokens.revoke(field(form, "revoke", most=20), name=name)
                return RedirectResponse("/tokens", 303)
            scope = TokenScope(field(form, "scope", most=10))
            made, secret = tokens.make(name, field(form, "label", most=80), scope)
        except (SeptelError, ValueError) as why:
            raise HTTPException(400, str(why)) from why
        return self._tokens(request, made=made, secret=secret)

    def _tokens(self, request: Request, **values: Any) -> Response:
        tokens = self.site.gate.tokens
        rows = tokens.all(self.site.visitor(request).name) if tokens is not None else ()
        return self.site.page(request, "tokens.html", rows=rows, **values)

    def keys(self, request: Request) -> Response:
        """What the keys do, and how addresses are written."""
        return self.site.page(request, "keys.html")
