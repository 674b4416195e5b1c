"""What the API answers: telegrams, their layers, searches, the record, references; it only reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from septel.archive import Dossier, Hit, held_document
from septel.export import Json
from septel.export.cite import cite, cited_of
from septel.export.record import record_json
from septel.record import IssueVocabulary
from septel.room.api.rows import RecordRows, person_json
from septel.room.citations import cited_rows, ghost_rows
from septel.room.correction import queue_of
from septel.room.negotiation import RecordViews
from septel.room.parallel import text_of
from septel.room.site import ReadingRoom
from septel.telegram import doubts_json
from septel.text import marked
from septel.witness import collate, collation_json

MOST, MOST_QUERY = 500, 500
"""Rows of an answer, and characters of a query."""
READ_WITHIN = 1.5
"""Seconds that an answer spends on reading records; what is left then waits for the next one."""


class ApiAnswers:
    """What can be asked for."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def telegrams(self, request: Request) -> Response:
        """Telegrams as lists show them."""
        query, contents = _query(request), self.site.archive.contents
        first, size = _part(request)
        if query:
            ids = self.site.archive.select(query)
            total, rows = len(ids), contents.of(ids[first : first + size])
        else:
            total, rows = self.site.archive.count(), contents.page(first, size)
        doubted = contents.doubted(rows)
        shown = [
            {
                **row.fields,
                "tags": list(row.tags),
                "notes": row.notes,
                **row.shelf,
                **doubts_json(doubted.get(row.id, {})),
            }
            for row in rows
        ]
        return JSONResponse({"total": total, "telegrams": shown})

    def search(self, request: Request) -> Response:
        """What a query finds."""
        query = _query(request)
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
        """A telegram with every layer."""
        return Response(Json().write(self.site.held(request)), media_type="application/json")

    def text(self, request: Request) -> Response:
        """Its lines, as they came and as they are read."""
        holding = self.site.held(request)
        lines = [
            {
                "line": number,
                "start": span.start,
                "end": span.end,
                "source": span.of(holding.source.text),
                "reads": read,
                "marked": marked(holding.reading, span),
            }
            for number, (span, read) in enumerate(
                zip(holding.source.lines, holding.reading.line_texts, strict=True), 1
            )
        ]
        return JSONResponse({"holding": holding.id, "lines": lines})

    def record(self, request: Request) -> Response:
        """Its record."""
        document = held_document(self.site.archive, self.site.id_of(request))
        dossier = Dossier(documents=[document], vocabulary=IssueVocabulary.shipped())
        text = record_json(dossier).model_dump_json(by_alias=True)
        return Response(text, media_type="application/json")

    def queue(self, request: Request) -> Response:
        """Its doubts, the weightiest first."""
        holding = self.site.held(request)
        rows = [one.to_json() for one in queue_of(holding.source, holding.log)]
        return JSONResponse({"holding": holding.id, "seen": len(holding.log.entries), "doubts": rows})

    def log(self, request: Request) -> Response:
        """Its edit log."""
        holding = self.site.held(request)
        return JSONResponse(
            {"holding": holding.id, "entries": [one.to_json() for one in holding.log.entries]}
        )

    def citation(self, request: Request) -> Response:
        """A citation."""
        form = request.path_params["form"]
        return JSONResponse({"form": form, "text": cite([cited_of(self.site.held(request))], form)})

    def state(self, request: Request) -> Response:
        """What persons did with it: tags, notes, corrected fields."""
        holding = self.site.held(request)
        state = self.site.archive.state(holding.id)
        notes = [
            {
                "number": note.act,
                "by": note.by,
                "at": note.at.isoformat(),
                "text": note.text,
                "place": f"{note.start}-{note.end}" if note.start is not None else None,
            }
            for note in state.notes
        ]
        return JSONResponse(
            {
                "holding": holding.id,
                "seen": len(self.site.archive.curation.acts(holding.id)),
                "tags": list(state.tags),
                "notes": notes,
                "corrected": {one.field: one.value for one in holding.corrected},
                "hidden": state.hidden,
            }
        )

    def references(self, request: Request) -> Response:
        """What it cites, and what cites it."""
        cites, cited = cited_rows(self.site.archive, self.site.id_of(request))
        return JSONResponse(
            {"cites": [asdict(one) for one in cites], "cited": [asdict(one) for one in cited]}
        )

    def copies(self, request: Request) -> Response:
        """Documents that seem to be the same message."""
        found = self.site.archive.contents.copies(self.site.id_of(request))
        return _rows(request, [{"holding": one, "share": share} for one, share in found])

    def requests(self, request: Request) -> Response:
        """What is cited and not held, most cited first."""
        return _rows(request, ghost_rows(self.site.archive), asdict)

    def collation(self, request: Request) -> Response:
        """Two texts compared word by word."""
        first, second = (
            text_of(self.site.archive, self.site.named(_text(request, name))) for name in ("first", "second")
        )
        return JSONResponse(collation_json(collate(first, second)))

    def meetings(self, request: Request) -> Response:
        """The meetings of the record, by date."""
        views = self._views(request)
        return _rows(request, views.meetings, RecordRows(views).meeting)

    def positions(self, request: Request) -> Response:
        """What each side holds on each issue, document by document."""
        views = self._views(request)
        return _rows(request, views.positions, RecordRows(views).cell)

    def open_points(self, request: Request) -> Response:
        """Questions and proposals, and how they stand; as of a day with `until`."""
        views = self._views(request)
        return _rows(request, views.open_points, RecordRows(views).point)

    def suggestions(self, request: Request) -> Response:
        """Pairs of statements that a rule offers for comparison."""
        views = self._views(request)
        return _rows(request, views.queue, RecordRows(views).queued)

    def people(self, request: Request) -> Response:
        """The persons of the record."""
        return _rows(request, self._views(request).persons, person_json)

    def _views(self, request: Request) -> RecordViews:
        kept = self.site.records()
        kept.refresh(READ_WITHIN)
        until = request.query_params.get("until")
        if until is not None and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", until):
            raise HTTPException(400, "until is no day, as 1969-11-30")
        return kept.views(_query(request), until=until or "")


def _query(request: Request) -> str:
    """The query.

    Raises:
        HTTPException: it is too long (400).
    """
    query = request.query_params.get("q", "")
    if len(query) > MOST_QUERY:
        raise HTTPException(400, f"q has more than {MOST_QUERY} characters")
    return query.strip()


def _text(request: Request, name: str) -> str:
    text = request.query_params.get(name, "").strip()
    if not text or len(text) > MOST_QUERY:
        raise HTTPException(400, f"{name} must name a telegram")
    return text


def _part(request: Request) -> tuple[int, int]:
    """Which rows are asked for: how many to leave out, and the most."""
    return _whole(request, "offset", 0, 10**9), _whole(request, "limit", 100, MOST)


def _rows(
    request: Request, rows: Sequence[Any], shown: Callable[[Any], dict[str, Any]] = lambda row: row
) -> Response:
    """A part of a list."""
    first, size = _part(request)
    return JSONResponse({"total": len(rows), "rows": [shown(one) for one in rows[first : first + size]]})


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
