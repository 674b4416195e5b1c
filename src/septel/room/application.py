"""The reading room's addresses; it runs no scripts and answers this machine only, unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from septel.archive import Archive, Hit, Holding
from septel.archive.model import parts_of, tree_of
from septel.errors import NotHeld, SeptelError, UsageError
from septel.export import FORMATS, exporter
from septel.restore import Settings
from septel.room.citations import cited_rows, ghost_rows, ghost_table
from septel.room.conflicts import contest_rows
from septel.room.facsimile import boxed_lines, frames_of, has_images, page_image, page_of
from septel.room.lines import EVEN, LIKELY, LineView, counted, kind_of, line_views
from septel.room.outline import heading_of, labels_of, missing_of, outline_of, references_of
from septel.room.record import MOST as MOST_RECORDED
from septel.room.record import Recorded, record_values

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
HEADERS = {
    # Nothing is loaded from elsewhere and no script runs.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
MOST_HITS = 200
MOST_GHOSTS = 500


class _Shield(BaseHTTPMiddleware):
    """Puts the protective headers on every answer."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer with headers."""
        response = await call_next(request)
        response.headers.update(HEADERS)
        return response


class _Views:
    """The pages, over one archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.recorded = Recorded(archive)
        self.pages = Environment(
            loader=PackageLoader("septel.room"), autoescape=select_autoescape(default=True), trim_blocks=True
        )
        self.pages.globals |= {"sure": Settings().sure, "likely": LIKELY, "even": EVEN}

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(self.pages.get_template(template).render(**values), status_code=status)

    def held(self, request: Request) -> Holding:
        try:
            return self.archive.holding(request.path_params["holding"])
        except NotHeld as why:
            raise HTTPException(404, "The archive holds no such telegram.") from why

    def index(self, request: Request) -> Response:  # noqa: ARG002  (Starlette gives it)
        return self.page("index.html", holdings=self.archive.holdings(), query="")

    def search(self, request: Request) -> Response:
        query = request.query_params.get("q", "")[:500]
        hits: Sequence[Hit] = ()
        fault = ""
        try:
            hits = self.archive.search(query, limit=MOST_HITS) if query.strip() else ()
        except UsageError as why:
            fault = str(why)
        return self.page("search.html", query=query, hits=hits, fault=fault, most=MOST_HITS)

    def conflicts(self, request: Request) -> Response:  # noqa: ARG002
        rows = contest_rows(self.archive, self.archive.contests(settled=True))
        return self.page("conflicts.html", rows=rows, query="")

    def record(self, request: Request) -> Response:  # noqa: ARG002
        names = [str(row["id"]) for row in self.archive.holdings()]
        dossier = self.recorded.dossier(names[:MOST_RECORDED])
        over = len(names) > MOST_RECORDED
        return self.page("record.html", over=over, query="", **record_values(dossier))

    def statements(self, request: Request) -> Response:
        dossier = self.recorded.dossier([self.held(request).id])
        return self.page("statements.html", query="", **record_values(dossier))

    def requests(self, request: Request) -> Response:  # noqa: ARG002
        return self.page("requests.html", rows=ghost_rows(self.archive), most=MOST_GHOSTS, query="")

    def request_table(self, request: Request) -> Response:  # noqa: ARG002
        name = 'attachment; filename="requests.csv"'
        return Response(
            ghost_table(self.archive), media_type="text/csv", headers={"Content-Disposition": name}
        )

    def references(self, request: Request) -> Response:
        holding = self.held(request)
        cites, cited = cited_rows(self.archive, holding.id)
        return self.page("references.html", holding=holding, cites=cites, cited=cited, query="")

    def telegram(self, request: Request) -> Response:
        holding = self.held(request)
        tree = tree_of(holding)
        lines = line_views(holding, parts_of(holding, tree), labels_of(tree))
        return self.page(
            "telegram.html",
            holding=holding,
            heading=heading_of(holding, tree),
            outline=outline_of(tree),
            references=references_of(holding),
            missing=missing_of(holding),
            contests=contest_rows(self.archive, self.archive.contests(holding.id)),
            newer=self.archive.successor(holding.id),
            lines=lines,
            counted=counted(lines),
            formats=list(FORMATS),
            images=has_images(holding),
            boxed=boxed_lines(holding) if has_images(holding) else {},
            every=request.query_params.get("stops") == "all",
            query="",
        )

    def leaf(self, request: Request) -> Response:
        holding, number = self.held(request), request.path_params["number"]
        if not has_images(holding) or not 1 <= number <= len(holding.source.pages):
            raise HTTPException(404, "There is no image of this page.")
        tree, page = tree_of(holding), page_of(holding, number)
        lines: list[LineView] = [
            line
            for line in line_views(holding, parts_of(holding, tree), labels_of(tree))
            if line.page == number
        ]
        frames = frames_of(holding, page) if page else []
        return self.page(
            "page.html",
            holding=holding,
            number=number,
            count=len(holding.source.pages),
            sheet=page if page and page.width and page.height else None,
            frames=frames,
            boxed={frame.line: number for frame in frames},
            lines=lines,
            counted=counted(lines),
            every=request.query_params.get("stops") == "all",
            query="",
        )

    def log(self, request: Request) -> Response:
        holding = self.held(request)
        active = {entry.number for entry in holding.log.active()}
        shown = {entry.number for entry in holding.log.active() if kind_of(entry)}
        return self.page("log.html", holding=holding, active=active, shown=shown, query="")

    def export(self, request: Request) -> Response:
        holding = self.held(request)
        try:
            chosen = exporter(request.path_params["format"], originals=self.archive.objects.find)
            content = chosen.write(holding)
        except UsageError as why:
            raise HTTPException(404, str(why)) from why
        name = quote(f"{holding.identifier or holding.id}{chosen.ending}".replace("/", "-"))
        return Response(
            content,
            media_type=chosen.media_type,
            headers={"Content-Disposition": f"inline; filename*=UTF-8''{name}"},
        )

    def image(self, request: Request) -> Response:
        holding, number = self.held(request), request.path_params["number"]
        image = page_image(self.archive, holding, number)
        if image is None:
            raise HTTPException(404, "There is no image of this page.")
        return Response(image, media_type="image/png")

    async def refused(self, request: Request, why: Exception) -> Response:  # noqa: ARG002
        status = why.status_code if isinstance(why, HTTPException) else 500
        status = 404 if isinstance(why, NotHeld) else status
        detail = why.detail if isinstance(why, HTTPException) else str(why)
        return self.page("refused.html", status=status, detail=detail, query="")


def app(archive: Archive, *, hosts: tuple[str, ...] = LOOPBACK) -> Starlette:
    """The reading room of an archive as a web application.

    Args:
        archive: what is shown.
        hosts: names that a browser may call it by; others are refused, so that no foreign site can
            read the archive through the browser's back.
    """
    views = _Views(archive)
    at = "/telegram/{holding}"
    return Starlette(
        routes=[
            Route("/", views.index, name="index"),
            Route("/search", views.search, name="search"),
            Route("/conflicts", views.conflicts, name="conflicts"),
            Route("/record", views.record, name="record"),
            Route("/requests", views.requests, name="requests"),
            Route("/requests.csv", views.request_table, name="request_table"),
            Route(at, views.telegram, name="telegram"),
            Route(f"{at}/references", views.references, name="references"),
            Route(f"{at}/record", views.statements, name="statements"),
            Route(f"{at}/log", views.log, name="log"),
            Route(f"{at}/page/{{number:int}}.png", views.image, name="image"),
            Route(f"{at}/page/{{number:int}}", views.leaf, name="leaf"),
            Route(f"{at}/export/{{format}}", views.export, name="export"),
            Mount("/static", StaticFiles(packages=[("septel.room", "static")]), name="static"),
        ],
        middleware=[
            Middleware(_Shield),  # outermost, so that refusals carry the headers too
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={HTTPException: views.refused, SeptelError: views.refused},
    )


def serve(folder: Path, *, host: str = "127.0.0.1", port: int = 8151, expose: bool = False) -> None:
    """Serve the reading room of the archive in a folder until interrupted.

    Raises:
        UsageError: the host is not this machine and `expose` was not asked for.
        NotHeld: there is no archive.
    """
    if host not in LOOPBACK and not expose:
        raise UsageError(
            f"{host} can be reached by other machines, and the room has no lock",
            remedy="Say --expose if that is meant, or leave --host out.",
        )
    with Archive.open(folder, create=False) as archive:
        room = app(archive, hosts=("*",) if expose else LOOPBACK)
        uvicorn.run(room, host=host, port=port, log_level="warning")
