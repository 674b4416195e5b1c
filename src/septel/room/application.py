"""The reading room's addresses, and how it is served: to this machine without more, to others by account."""

from __future__ import annotations

import errno
import getpass
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from septel.archive import Archive
from septel.archive.editions import Editions
from septel.errors import NotHeld, SeptelError, UsageError
from septel.pipeline import rarely_collected
from septel.room.access import API, Accounts, Entrance, Gate, Shield, Tokens, role_for
from septel.room.api import api_routes
from septel.room.pages import (
    ComparisonPages,
    CorrectionPages,
    EntryPages,
    HandlingPages,
    HoldingPages,
    NegotiationPages,
    RecordPages,
    ReviewPages,
    SearchPages,
    SelectionPages,
    TelegramPages,
    UploadPages,
)
from septel.room.site import ManyNamed, ReadingRoom

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
DAY = 86_400


def app(
    archive: Archive,
    *,
    hosts: tuple[str, ...] = LOOPBACK,
    by: str | None = None,
    accounts: Accounts | None = None,
    https: bool = False,
    role: str | None = None,
) -> Starlette:
    """The reading room of an archive as a web application.

    Args:
        archive: what is shown, and changed by persons' decisions.
        hosts: names that a browser may call it by; others are refused, so that no foreign site can
            read the archive through the browser's back.
        by: who signs decisions where there are no accounts; the user of this machine unless given.
        accounts: who may enter; None lets everybody who reaches the room read and change.
        https: whether a proxy before the room speaks HTTPS: the session's cookie then travels by it alone.
        role: lets everybody in who comes, as this role and without an account; nobody changes anything.
    """
    site = ReadingRoom(archive, Gate(by or getpass.getuser(), accounts, Tokens(archive.folder), role))
    key = accounts.secret() if accounts is not None else secrets.token_hex(32)

    async def refused(request: Request, why: Exception) -> Response:
        status = why.status_code if isinstance(why, HTTPException) else 500
        status = 404 if isinstance(why, NotHeld) else status
        detail = why.detail if isinstance(why, HTTPException) else site.readership.fault_told(request, why)
        if request.url.path.startswith(API):
            headers = why.headers if isinstance(why, HTTPException) else None
            return JSONResponse({"fault": detail}, status, headers=headers)
        several = why.holdings if isinstance(why, ManyNamed) else ()
        return site.page(request, "refused.html", status, detail=detail, several=several)

    room = Starlette(
        routes=_routes(site),
        middleware=[
            Middleware(Shield),  # outermost, so that refusals carry the headers too
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(
                SessionMiddleware,
                secret_key=key,
                session_cookie="septel",
                max_age=DAY,
                same_site="strict",
                https_only=https,
            ),
            Middleware(Entrance, gate=site.gate),
        ],
        exception_handlers={HTTPException: refused, SeptelError: refused},
    )
    room.state.site = site
    return room


@contextmanager
def _chores(site: ReadingRoom) -> Iterator[None]:
    """What the room does beside serving pages, for as long as it serves them."""
    stopped = Event()
    threads = [Thread(target=chore, args=(stopped,), daemon=True) for chore in site.chores]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


def _routes(site: ReadingRoom) -> list[BaseRoute]:
    telegrams, searches, records = TelegramPages(site), SearchPages(site), RecordPages(site)
    corrections, holdings = CorrectionPages(site, telegrams), HoldingPages(site)
    entries, uploads, handling = EntryPages(site), UploadPages(site), HandlingPages(site)
    ticked = SelectionPages(site)
    talks, texts, reviews = NegotiationPages(site), ComparisonPages(site), ReviewPages(site)
    at, reads, changes, post = "/telegram/{holding}", site.reads, site.changes, ["POST"]
    return [
        Route("/", reads(searches.index), name="index"),
        Route("/search", reads(searches.search), name="search"),
        Route("/search/complete", reads(searches.complete)),
        Route("/search/saved", changes(searches.save), methods=post),
        Route("/selection/tag", changes(ticked.tag), methods=post),
        Route("/selection/move", changes(ticked.move), methods=post),
        Route("/selection/export", reads(ticked.export_selection)),
        Route("/selection/report", reads(ticked.report_selection)),
        Route("/selection/cite", reads(ticked.cite_selection)),
        Route("/go", reads(telegrams.by_number)),
        Route("/conflicts", reads(records.conflicts), name="conflicts"),
        Route("/record", reads(talks.record), name="record"),
        Route("/record/meetings", reads(talks.meetings)),
        Route("/record/meeting/{meeting:path}", reads(talks.meeting)),
        Route("/record/matrix", reads(talks.matrix)),
        Route("/record/issue/{issue:path}", reads(talks.issue)),
        Route("/record/open", reads(talks.open_points)),
        Route("/record/suggestions", reads(talks.suggestions)),
        Route("/record/suggestions", changes(talks.judge), methods=post),
        Route("/record/people", reads(talks.people)),
        Route("/record/person/{person:path}", reads(talks.person)),
        Route("/record/plot/{plot}.{form}", reads(talks.drawing)),
        Route("/collate", reads(texts.collation)),
        Route("/graph", reads(texts.graph)),
        Route("/graph.{form}", reads(texts.graph_drawing)),
        Route("/requests", reads(records.requests), name="requests"),
        Route("/requests.csv", reads(records.request_table), name="request_table"),
        Route("/queue", reads(corrections.queue), name="queue"),
        Route("/absent", reads(holdings.absent)),
        Route("/read", reads(uploads.page), name="read"),
        Route("/read/state", reads(uploads.state)),
        Route("/read/files", uploads.take, methods=post),
        Route("/read/division", reads(uploads.division)),
        Route("/read/division", changes(uploads.divide), methods=post),
        Route("/read/cancel", changes(uploads.cancel), methods=post),
        Route("/login", entries.login),
        Route("/login", entries.enter, methods=post),
        Route("/logout", entries.leave, methods=post),
        Route("/keys", reads(entries.keys)),
        Route("/audit", reads(handling.audit), name="audit"),
        Route("/tokens", reads(entries.tokens)),
        Route("/tokens", changes(entries.change_tokens), methods=post),
        *api_routes(site),
        Route(f"{at}/copies", reads(texts.copies), name="copies"),
        Route(f"{at}/references", reads(records.references), name="references"),
        Route(f"{at}/record", reads(records.statements), name="statements"),
        Route(f"{at}/review", changes(reviews.review), methods=post),
        Route(f"{at}/add", reads(reviews.ask)),
        Route(f"{at}/add", changes(reviews.add), methods=post),
        Route(f"{at}/log", reads(telegrams.log), name="log"),
        Route(f"{at}/handling", reads(handling.history), name="handling"),
        Route(f"{at}/queue", reads(corrections.queue)),
        Route(f"{at}/fields", reads(holdings.fields)),
        Route(f"{at}/fields", changes(holdings.correct), methods=post),
        Route(f"{at}/note", changes(holdings.note), methods=post),
        Route(f"{at}/tag", changes(holdings.tag), methods=post),
        Route(f"{at}/take-back", changes(holdings.take_back), methods=post),
        Route(f"{at}/absence", changes(holdings.absence), methods=post),
        Route(f"{at}/decide", changes(corrections.decide), methods=post),
        Route(f"{at}/undo", changes(corrections.undo), methods=post),
        Route(f"{at}/everywhere", reads(corrections.everywhere)),
        Route(f"{at}/everywhere", changes(corrections.decide_everywhere), methods=post),
        Route(f"{at}/at/{{place}}", reads(telegrams.place)),
        Route(f"{at}/strip/{{place}}.png", telegrams.strip),
        Route(f"{at}/cite/{{form}}", reads(telegrams.citation)),
        Route(f"{at}/page/{{number:int}}.png", telegrams.image, name="image"),
        Route(f"{at}/page/{{number:int}}.json", reads(telegrams.geometry)),
        Route(f"{at}/page/{{number:int}}", reads(telegrams.leaf), name="leaf"),
        Route(f"{at}/export/{{format}}", reads(telegrams.export), name="export"),
        Route(at, reads(telegrams.telegram), name="telegram"),
        Mount("/static", StaticFiles(packages=[("septel.room", "static")]), name="static"),
    ]


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8151,
    by: str | None = None,
    names: tuple[str, ...] = (),
    https: bool = False,
    role: str | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve the reading room of the archive in a folder until interrupted.

    Args:
        folder: of the archive.
        host: the address to answer at; other machines are let in by account only.
        port: the port.
        by: who signs decisions on this machine; the user unless given.
        names: names that other machines call this one by; all are taken unless given.
        https: whether a proxy before the room speaks HTTPS.
        role: lets everybody in who comes, as this role, to read.
        ready: called when the address is ours and browsers may come.

    Raises:
        UsageError: other machines would be let in and nobody has an account, or the address can't be had.
        NotHeld: there is no archive.
    """
    with Archive.open(folder, create=False) as archive:
        served = archive.handling.role_of(role) if role is not None else None
        if served is not None and host not in LOOPBACK and served.everything:
            raise UsageError(
                f"{role} sees everything, and {host} can be reached by other machines",
                remedy="Serve another role, or leave --for out and make accounts.",
            )
        accounts = None if host in LOOPBACK or role is not None else Accounts(archive.folder)
        if accounts is not None and not accounts.all():
            raise UsageError(
                f"{host} can be reached by other machines, and nobody has an account",
                remedy="Make one with `septel account add NAME`, or leave --host out.",
            )
        _prepare(archive, accounts, role)
        listener = _listener(host, port)
        hosts = LOOPBACK if host in LOOPBACK else (*LOOPBACK, *names) if names else ("*",)
        room = app(archive, hosts=hosts, by=by, accounts=accounts, https=https, role=role)
        with listener, _chores(room.state.site), rarely_collected():
            ready()
            uvicorn.Server(uvicorn.Config(room, log_level="warning")).run(sockets=[listener])


def _prepare(archive: Archive, accounts: Accounts | None, role: str | None) -> None:
    """Bring the editions up to date that readers will be given, so that the first of them need not wait."""
    asked = [archive.handling.role_of(role)] if role is not None else []
    for one in accounts.all().values() if accounts is not None else ():
        asked.append(archive.handling.role_of(one.name, otherwise=role_for(one.role)))
    with Editions(archive) as editions:
        for each in dict.fromkeys(asked):
            editions.of(each)


def _listener(host: str, port: int) -> socket.socket:
    """The socket to answer at.

    Raises:
        UsageError: it can't be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as why:
        listener.close()
        taken = why.errno == errno.EADDRINUSE
        raise UsageError(
            f"port {port} of {host} is in use"
            if taken
            else f"{host}:{port} can't be answered at ({why.strerror})",
            remedy="Name another with --port." if taken else "Name an address of this machine with --host.",
        ) from why
    return listener
