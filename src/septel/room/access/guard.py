"""What stands before every page: headers, sessions, limits, and forms that only our own pages send."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from septel.room.access.accounts import AccountRole, Accounts
from septel.room.access.tokens import Tokens, TokenScope

HEADERS = {
    # Scripts, styles and images are our own files; nothing inline runs, nothing is loaded from elsewhere.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
API = "/api/"
OPEN = ("/login", "/static/")
"""What is shown before anybody has logged in."""
LOGINS, CHANGES = (8, 300.0), (240, 60.0)
"""So many in so many seconds: tries to log in from one address, changes by one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks for a page.

    Attributes:
        name: by which decisions are signed.
        may_change: whether forms are shown and taken.
        role: what they are to the archive, unless it gives them a role of their own.
        sees_all: whether nothing is kept back from them.
    """

    name: str
    may_change: bool
    role: str = "owner"
    sees_all: bool = True


def role_for(account: AccountRole) -> str:
    """What an account is to the archive, unless it was given a role of its own (`septel handling reader`)."""
    return "staff" if account is AccountRole.EDITOR else "reader"


class Limit:
    """At most so many in a stretch of time, for each key."""

    def __init__(self, most: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._lock = Lock()
        self._seen: dict[str, deque[float]] = {}

    def allows(self, key: str) -> bool:
        """Count one more; False when it is one too many."""
        now = self._clock()
        with self._lock:
            if len(self._seen) > 10_000:
                self._seen = {k: v for k, v in self._seen.items() if v and v[-1] > now - self._seconds}
            times = self._seen.setdefault(key, deque())
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True


class Shield(BaseHTTPMiddleware):
    """Puts the protective headers on every answer."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer with headers."""
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class Gate:
    """Lets persons in: on this machine everybody, from others those who have an account.

    With a role, everybody is let in who comes, reads as that role, and changes nothing.
    """

    def __init__(
        self, owner: str, accounts: Accounts | None, tokens: Tokens | None = None, role: str | None = None
    ) -> None:
        self.owner, self.accounts, self.tokens, self.role = owner, accounts, tokens, role
        self.logins, self.changes = Limit(*LOGINS), Limit(*CHANGES)

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks; None when they must log in first."""
        if self.role is not None:
            return Visitor(name=self.role, may_change=False, role=self.role)
        if _bearer(request):
            return self._by_token(request)
        if self.accounts is None:
            return Visitor(name=self.owner, may_change=True)
        name = request.session.get("name")
        account = self.accounts.all().get(name) if isinstance(name, str) else None
        # A new password ends the sessions that the old one began.
        if account is None or request.session.get("since") != account.hash[-16:]:
            return None
        edits = account.role is AccountRole.EDITOR
        return Visitor(name=account.name, may_change=edits, role=role_for(account.role))

    def _by_token(self, request: Request) -> Visitor | None:
        """Who sent a token with a question to the API; None where it is none, or its account is gone."""
        sent = _bearer(request)
        found = self.tokens.check(sent) if self.tokens is not None else None
        if found is None or not request.url.path.startswith(API):
            return None
        writes, role = found.scope is TokenScope.WRITE, "owner"
        if self.accounts is not None:
            account = self.accounts.all().get(found.name)
            if account is None:
                return None
            writes, role = writes and account.role is AccountRole.EDITOR, role_for(account.role)
        return Visitor(name=found.name, may_change=writes, role=role)

    def check_program(self, request: Request) -> None:
        """See that a change was asked for by a program that may, and by no page of another site.

        Raises:
            HTTPException: it may not (401, 403), or asks too often (429).
        """
        if not _bearer(request):
            # Without a token a browser may be at work: what comes from elsewhere is refused.
            self.check_origin(request)
        visitor = self.visitor(request)
        if visitor is None:
            raise HTTPException(401, "Log in first, or send a token.")
        if not visitor.may_change:
            raise HTTPException(403, "Your account or token may read, and change nothing.")
        if not self.changes.allows(visitor.name):
            raise HTTPException(429, "Too many changes in a minute. Wait a little.")

    def token(self, request: Request) -> str:
        """What a form must bring back."""
        token = request.session.get("token")
        if not isinstance(token, str):
            token = request.session["token"] = secrets.token_urlsafe(24)
        return token

    def check(self, request: Request, token: object) -> None:
        """See that a form was sent by our own page, by somebody who may change things.

        Raises:
            HTTPException: it was not (403), or there are too many (429).
        """
        self.check_origin(request)
        known = request.session.get("token")
        if not (isinstance(token, str) and isinstance(known, str) and hmac.compare_digest(token, known)):
            raise HTTPException(403, "The form was out of date. Load the page again and repeat it.")
        visitor = self.visitor(request)
        if visitor is None or not visitor.may_change:
            raise HTTPException(403, "Your account may read, and change nothing.")
        if not self.changes.allows(visitor.name):
            raise HTTPException(429, "Too many changes in a minute. Wait a little.")

    @staticmethod
    def check_origin(request: Request) -> None:
        """See that a form came from our own page.

        Raises:
            HTTPException: it came from elsewhere (403).
        """
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        if site not in ("same-origin", "none") or (
            origin is not None and urlsplit(origin).netloc != request.headers.get("host")
        ):
            raise HTTPException(403, "The form came from another site.")


def _bearer(request: Request) -> str:
    """The token that was sent; empty where there is none."""
    kind, _, sent = request.headers.get("authorization", "").partition(" ")
    return sent.strip() if kind.lower() == "bearer" else ""


class Entrance(BaseHTTPMiddleware):
    """Asks those who are not known to log in."""

    def __init__(self, app: Callable[..., object], gate: Gate) -> None:
        super().__init__(app)  # type: ignore[arg-type]  # Starlette's own type of an application
        self._gate = gate

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Let the request through, or lead to the log-in page."""
        path = request.url.path
        if path.startswith(OPEN) or self._gate.visitor(request) is not None:
            return await call_next(request)
        if path.startswith(API):
            return JSONResponse(
                {"fault": "Log in first, or send a token."}, 401, headers={"WWW-Authenticate": "Bearer"}
            )
        if request.method != "GET":
            return PlainTextResponse("Log in first.\n", 401)
        return RedirectResponse(f"/login?next={quote(path)}", 303)


def own_path(address: object, otherwise: str = "/") -> str:
    """An address to go on to, if it is one of ours."""
    text = str(address or "")
    if text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable():
        return text
    return otherwise
