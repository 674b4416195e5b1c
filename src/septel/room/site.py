"""What all pages share: the archive, the templates, who asks, and how a form is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, RLock
from typing import Any
from weakref import WeakKeyDictionary

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from septel.archive import Archive, Holding
from septel.archive.acts import Listed
from septel.archive.model import shown_field
from septel.errors import NotHeld, SeveralHeld
from septel.restore import Settings
from septel.room.access import Gate, Visitor
from septel.room.days import day_told, meeting_day
from septel.room.facsimile import Sheets
from septel.room.lines import EVEN, LIKELY
from septel.room.negotiation import KeptRecords
from septel.room.readership import Readership
from septel.text import shortened

MOST_FIELDS, MOST_BODY = 1_000, 100_000
AT_ONCE = 50
"""Rows of a list on one page."""
Endpoint = Callable[[Request], Response]
BodyEndpoint = Callable[[Request, bytes], Response]
FormEndpoint = Callable[[Request, FormData], Response]


class ManyNamed(HTTPException):
    """A name that several documents go by: the page that says so leads to each of them."""

    def __init__(self, detail: str, holdings: Sequence[Listed]) -> None:
        super().__init__(404, detail)
        self.holdings = holdings


class ReadingRoom:
    """The pages' common ground, over one archive.

    The archive has one connection; whoever uses it holds `lock`, for as long as a page takes. Pages use
    `archive`, which is what the reader at hand may see; `main` is all that is held. `chores` is what a served
    room does meanwhile, in threads, until it is told to stop.
    """

    def __init__(self, archive: Archive, gate: Gate) -> None:
        self.main, self.gate = archive, gate
        self.readership = Readership(archive, gate)
        self._records: WeakKeyDictionary[Archive, KeptRecords] = WeakKeyDictionary()
        self.lock = RLock()
        self.sheets = Sheets(archive)
        self.chores: list[Callable[[Event], None]] = []
        self.pages = Environment(
            loader=PackageLoader("septel.room"),
            autoescape=select_autoescape(default=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.pages.filters["day"] = day_told
        self.pages.filters["met"] = meeting_day
        self.pages.filters["shortened"] = shortened
        self.pages.filters["titled"] = lambda holding: shown_field(holding, "title")
        self.pages.globals |= {"sure": Settings().sure, "likely": LIKELY, "even": EVEN, "vendor": _vendor()}

    @property
    def archive(self) -> Archive:
        """The archive as whoever is being served may see it."""
        return self.readership.served.archive

    @contextmanager
    def serving(self, request: Request) -> Iterator[None]:
        """Serve whoever asks: the archive is theirs alone meanwhile, as far as they may see it.

        Raises:
            HTTPException: nobody who is known (401).
        """
        with self.lock, self.readership.serving(request):
            yield

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page, with who asks and what its forms bring back."""
        values.setdefault("query", "")
        text = self.pages.get_template(template).render(
            visitor=self.readership.visitor(request),
            locked=self.gate.accounts is not None,
            token=self.gate.token(request),
            status=status,
            **values,
        )
        return HTMLResponse(text, status_code=status)

    def visitor(self, request: Request) -> Visitor:
        """Who asks.

        Raises:
            HTTPException: nobody who is known (401).
        """
        with self.lock, self.readership.serving(request) as served:
            return served.visitor

    def id_of(self, request: Request) -> str:
        """The document that an address names: by id, or by any name that people know it by.

        `HELSINKI-1321` is HELSINKI 1321.

        Raises:
            HTTPException: none, or several (404).
        """
        try:
            return self.named(str(request.path_params["holding"]))
        except SeveralHeld as why:
            raise ManyNamed(f"{why.what}.", self.archive.contents.of(why.holdings[:AT_ONCE])) from why
        except NotHeld as why:
            raise HTTPException(404, "The archive holds no such telegram.") from why

    def named(self, name: str) -> str:
        """The document of a name.

        Raises:
            NotHeld: none fits, or several do.
        """
        if self.archive.holds(name):
            return name
        try:
            return self.archive.resolve(name)
        except NotHeld as why:
            try:
                return self.archive.resolve(name.replace("-", " "))
            except NotHeld as also:
                raise (why if isinstance(why, SeveralHeld) else also) from None

    def held(self, request: Request) -> Holding:
        """The document that an address names.

        Raises:
            HTTPException: there is none (404).
        """
        try:
            return self.archive.holding(self.id_of(request))
        except NotHeld as why:
            raise HTTPException(404, "The archive holds no such telegram.") from why

    def reads(self, endpoint: Endpoint) -> Endpoint:
        """An endpoint that has the archive to itself."""

        def answer(request: Request) -> Response:
            with self.serving(request):
                response = endpoint(request)
                self.readership.note(request, response)
                return response

        return answer

    def changes(self, endpoint: FormEndpoint) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that takes a form of our own pages, and has the archive to itself."""

        async def answer(request: Request) -> Response:
            self.gate.check_origin(request)
            async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
                self.gate.check(request, form.get("token"))
                return await run_in_threadpool(self._locked, endpoint, request, form)

        return answer

    def takes(self, endpoint: BodyEndpoint) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that takes JSON of another program, and has the archive to itself."""

        async def answer(request: Request) -> Response:
            self.gate.check_program(request)
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/json":
                # Nor can a form of another site send this kind without asking first.
                raise HTTPException(415, "Send application/json.")
            body = b""
            async for part in request.stream():
                body += part
                if len(body) > MOST_BODY:
                    raise HTTPException(413, f"What is sent may have {MOST_BODY} bytes.")
            return await run_in_threadpool(self._locked, endpoint, request, body)

        return answer

    def records(self, archive: Archive | None = None) -> KeptRecords:
        """The records of what whoever is being served may see, or of an archive, kept in memory."""
        whose = archive or self.archive
        if whose not in self._records:
            self._records[whose] = KeptRecords(whose)
        return self._records[whose]

    def _locked(
        self, endpoint: Callable[[Request, Any], Response], request: Request, form: object
    ) -> Response:
        with self.serving(request):
            if not self.readership.served.visitor.may_change:
                raise HTTPException(403, "Your account may read, and change nothing.")
            return endpoint(request, form)


def in_part(request: Request) -> bool:
    """Whether a page wants a part to put into itself, not a page of its own."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


def field(form: FormData, name: str, *, most: int = 4_000) -> str:
    """A field of a form, as text.

    Raises:
        HTTPException: it is too long (400).
    """
    value = form.get(name)
    text = value if isinstance(value, str) else ""
    if len(text) > most:
        raise HTTPException(400, f"{name} has more than {most} characters.")
    return text


def window_of(request: Request, name: str, count: int, size: int = AT_ONCE) -> tuple[int, int]:
    """The first and last row of a list that are shown, by what the address says under a name."""
    text = request.query_params.get(name, "")
    first = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    first = min(first, max(count - 1, 0)) // size * size
    return first, min(first + size, count)


def _vendor() -> bool:
    """Whether the libraries are here that `scripts/web` brings in."""
    from importlib.resources import files

    return files("septel.room").joinpath("static", "vendor", "htmx.min.js").is_file()
