"""The same as JSON for other programs, described by OpenAPI at `/api/openapi.json`. It only reads."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from septel import __version__
from septel.archive import Dossier, Hit, held_document
from septel.errors import NotHeld, UsageError
from septel.export import Json
from septel.export.cite import FORMATS, cite, cited_of
from septel.export.record import record_json
from septel.record import IssueVocabulary
from septel.room.correction import queue_of
from septel.room.site import Endpoint, ReadingRoom

MOST = 500


def api_routes(site: ReadingRoom) -> list[BaseRoute]:
    """The addresses."""
    api = _Api(site)

    def reads(endpoint: Endpoint) -> Endpoint:
        inner = site.reads(endpoint)

        def answer(request: Request) -> Response:
            try:
                return inner(request)
            except HTTPException as why:
                return _fault(why.status_code, why.detail)
            except NotHeld as why:
                return _fault(404, site.readership.fault_told(request, why))
            except UsageError as why:
                return _fault(400, str(why))

        return answer

    at = "/api/telegrams/{holding}"
    return [
        Route("/api/openapi.json", reads(api.description)),
        Route("/api/telegrams", reads(api.telegrams)),
        Route("/api/search", reads(api.search)),
        Route(at, reads(api.telegram)),
        Route(f"{at}/text", reads(api.text)),
        Route(f"{at}/record", reads(api.record)),
        Route(f"{at}/queue", reads(api.queue)),
        Route(f"{at}/log", reads(api.log)),
        Route(f"{at}/citations/{{form}}", reads(api.citation)),
    ]


def _fault(status: int, detail: str) -> JSONResponse:
    return JSONResponse({"fault": detail}, status_code=status)


class _Api:
    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def description(self, request: Request) -> Response:  # noqa: ARG002  (Starlette gives it)
        return JSONResponse(openapi())

    def telegrams(self, request: Request) -> Response:
        query = request.query_params.get("q", "").strip()
        rows = self.site.archive.listed(query or None)
        first, size = _whole(request, "offset", 0, 10**9), _whole(request, "limit", 100, MOST)
        shown = [
            {**row.fields, "tags": list(row.tags), "notes": row.notes, **row.shelf}
            for row in rows[first : first + size]
        ]
        return JSONResponse({"total": len(rows), "telegrams": shown})

    def search(self, request: Request) -> Response:
        query = request.query_params.get("q", "")[:500]
        sort = request.query_params.get("sort", "relevance")
        limit = _whole(request, "limit", 50, MOST)
        result = self.site.archive.search(query, limit=limit, sort=sort, facets=True)
        return JSONResponse(
            {
                "query": result.query,
                "total": result.total,
                "complete": result.complete,
                "hits": [_hit(one) for one in result.hits],
                "facets": {
                    facet.field: {value.value: value.count for value in facet.values}
                    for facet in result.facets
                },
                "notes": list(result.notes),
            }
        )

    def telegram(self, request: Request) -> Response:
        return Response(Json().write(self.site.held(request)), media_type="application/json")

    def text(self, request: Request) -> Response:
        holding = self.site.held(request)
        lines = [
            {
                "line": number,
                "start": span.start,
                "end": span.end,
                "source": span.of(holding.source.text),
                "reads": read,
            }
            for number, (span, read) in enumerate(
                zip(holding.source.lines, holding.reading.line_texts, strict=True), 1
            )
        ]
        return JSONResponse({"holding": holding.id, "lines": lines})

    def record(self, request: Request) -> Response:
        document = held_document(self.site.archive, self.site.id_of(request))
        dossier = Dossier(documents=[document], vocabulary=IssueVocabulary.shipped())
        text = record_json(dossier).model_dump_json(by_alias=True)
        return Response(text, media_type="application/json")

    def queue(self, request: Request) -> Response:
        holding = self.site.held(request)
        rows = [one.to_json() for one in queue_of(holding.source, holding.log)]
        return JSONResponse({"holding": holding.id, "doubts": rows})

    def log(self, request: Request) -> Response:
        holding = self.site.held(request)
        return JSONResponse(
            {"holding": holding.id, "entries": [one.to_json() for one in holding.log.entries]}
        )

    def citation(self, request: Request) -> Response:
        form = request.path_params["form"]
        return JSONResponse({"form": form, "text": cite([cited_of(self.site.held(request))], form)})


def _whole(request: Request, name: str, otherwise: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise HTTPException(400, f"{name} is no whole number")
    return min(int(text), most)


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "holding": hit.holding,
        "title": hit.title,
        "part": hit.part,
        "page": hit.page,
        "line": hit.line,
        "locus": str(hit.locus),
        "text": "".join(word.text for word in hit.words),
        "found": [word.text for word in hit.words if word.found],
        "match": hit.match.value,
        "probability": hit.probability,
    }


def openapi() -> dict[str, Any]:
    """What the API has, by OpenAPI 3.1."""
    q = _parameter("q", "query", {"type": "string", "maxLength": 500}, "A query, see docs/search.md.")
    limit = _parameter(
        "limit", "query", {"type": "integer", "minimum": 0, "maximum": 999999999}, "The most rows."
    )
    offset = _parameter(
        "offset", "query", {"type": "integer", "minimum": 0, "maximum": 999999999}, "Rows to leave out."
    )
    sorts = {"type": "string", "enum": ["relevance", "date", "number"]}
    sort = _parameter("sort", "query", sorts, "The order.")
    holding = _parameter(
        "holding", "path", {"type": "string", "minLength": 1}, "An id, or a name as HELSINKI-1321."
    )
    form = _parameter("form", "path", {"type": "string", "enum": list(FORMATS)}, "The form of the citation.")
    one = "/api/telegrams/{holding}"
    paths = {
        "/api/telegrams": _get("The telegrams that a query means, or all.", [q, limit, offset]),
        "/api/search": _get("What a query finds.", [q, limit, sort]),
        one: _get("A telegram with every layer (docs/formats.md).", [holding]),
        f"{one}/text": _get("Its lines, as they came and as they are read.", [holding]),
        f"{one}/record": _get("Its record (docs/record.md).", [holding]),
        f"{one}/queue": _get("Its doubts, the weightiest first.", [holding]),
        f"{one}/log": _get("Its edit log.", [holding]),
        f"{one}/citations/{{form}}": _get("A citation.", [holding, form]),
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Septel reading room", "version": __version__},
        "paths": paths,
    }


def _parameter(name: str, where: str, schema: dict[str, Any], what: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema, "description": what}


def _get(what: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object"}}}
    answers = {
        "200": {"description": what, "content": content},
        "400": {"description": "What was asked can't be understood.", "content": content},
        "401": {"description": "Log in first.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        "404": {"description": "There is none.", "content": content},
    }
    return {"get": {"summary": what, "parameters": parameters, "responses": answers}}
