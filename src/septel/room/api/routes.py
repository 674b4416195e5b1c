"""The addresses of the API; every fault is JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from septel.errors import EditConflict, NotHeld, SeptelError, UsageError
from septel.room.api.answers import ApiAnswers
from septel.room.api.changes import ApiChanges
from septel.room.api.description import openapi
from septel.room.site import BodyEndpoint, Endpoint, ReadingRoom


def api_routes(site: ReadingRoom) -> list[BaseRoute]:
    """The addresses."""
    asked, changed = ApiAnswers(site), ApiChanges(site)

    def reads(endpoint: Endpoint) -> Endpoint:
        inner = site.reads(endpoint)

        def answer(request: Request) -> Response:
            try:
                return inner(request)
            except (HTTPException, SeptelError) as why:
                return _fault(site, request, why)

        return answer

    def takes(endpoint: BodyEndpoint) -> Callable[[Request], Awaitable[Response]]:
        inner = site.takes(endpoint)

        async def answer(request: Request) -> Response:
            try:
                return await inner(request)
            except (HTTPException, SeptelError) as why:
                return _fault(site, request, why)

        return answer

    at, post = "/api/telegrams/{holding}", ["POST"]
    return [
        Route("/api/openapi.json", reads(lambda _: JSONResponse(openapi()))),
        Route("/api/telegrams", reads(asked.telegrams)),
        Route("/api/search", reads(asked.search)),
        Route("/api/requests", reads(asked.requests)),
        Route("/api/collation", reads(asked.collation)),
        Route("/api/record/meetings", reads(asked.meetings)),
        Route("/api/record/positions", reads(asked.positions)),
        Route("/api/record/open", reads(asked.open_points)),
        Route("/api/record/suggestions", reads(asked.suggestions)),
        Route("/api/record/people", reads(asked.people)),
        Route(at, reads(asked.telegram)),
        Route(f"{at}/text", reads(asked.text)),
        Route(f"{at}/record", reads(asked.record)),
        Route(f"{at}/queue", reads(asked.queue)),
        Route(f"{at}/log", reads(asked.log)),
        Route(f"{at}/state", reads(asked.state)),
        Route(f"{at}/references", reads(asked.references)),
        Route(f"{at}/copies", reads(asked.copies)),
        Route(f"{at}/citations/{{form}}", reads(asked.citation)),
        Route(f"{at}/decisions", takes(changed.decide), methods=post),
        Route(f"{at}/undo", takes(changed.undo), methods=post),
        Route(f"{at}/notes", takes(changed.note), methods=post),
        Route(f"{at}/tags", takes(changed.tag), methods=post),
        Route(f"{at}/fields", takes(changed.field), methods=post),
        Route(f"{at}/statements", takes(changed.statement), methods=post),
    ]


def _fault(site: ReadingRoom, request: Request, why: HTTPException | SeptelError) -> JSONResponse:
    """A fault as JSON, with the status that tells its kind."""
    if isinstance(why, HTTPException):
        return JSONResponse({"fault": why.detail}, why.status_code, headers=why.headers)
    status = 404 if isinstance(why, NotHeld) else 409 if isinstance(why, EditConflict) else 500
    told = site.readership.fault_told(request, why)
    return JSONResponse({"fault": told}, 400 if isinstance(why, UsageError) else status)
