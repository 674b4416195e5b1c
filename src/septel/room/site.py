"""What all pages share: the archive, the templates, who asks, and how a form is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from septel.archive import Archive, Holding
from septel.errors import NotHeld
from septel.restore import Settings
from septel.room.access import Gate, Visitor
from septel.room.facsimile import Sheets
from septel.room.lines import EVEN, LIKELY
from septel.room.readership import Readership

MOST_FIELDS = 1_000
Endpoint = Callable[[Request], Response]
FormEndpoint = Callable[[Request, FormData], Response]


class ReadingRoom:
    """The pages' common ground, over one archive.

    The archive has one connection; whoever uses it holds `lock`, for as long as a page takes. Pages use
    `archive`, which is what the reader at hand may see; `main` is all that is held.
    """

    def __init__(self, archive: Archive, gate: Gate) -> None:
        self.main, self.gate = archive, gate
        self.readership = Readership(archive, gate)
        self.lock = RLock()
        self.sheets = Sheets(archive)
        self.pages = Environment(
            loader=PackageLoader("septel.room"),
            autoescape=select_autoescape(default=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )
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
        name = request.path_params["holding"]
        if self.archive.holds(name):
            return str(name)
        try:
            return self.archive.resolve(name)
        except NotHeld as why:
            try:
                return self.archive.resolve(name.replace("-", " "))
            except NotHeld as also:
                told = why if "may mean" in why.what else also
                many = f"{told.what}." if "may mean" in told.what else ""
                raise HTTPException(404, many or "The archive holds no such telegram.") from why

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

    def _locked(self, endpoint: FormEndpoint, request: Request, form: FormData) -> Response:
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


def _vendor() -> bool:
    """Whether the libraries are here that `scripts/web` brings in."""
    from importlib.resources import files

    return files("septel.room").joinpath("static", "vendor", "htmx.min.js").is_file()
