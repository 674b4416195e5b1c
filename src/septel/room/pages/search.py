"""Search: the query language with facets, hits by telegram, saved searches, what is done with a selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.archive import Archive, Facet, Hit, SearchResult
from septel.archive.acts import Listed
from septel.errors import NotHeld, SeptelError, UsageError
from septel.export.cite import FORMATS, cite, cited_of
from septel.room.access import own_path
from septel.room.facsimile import boxed_lines, has_images
from septel.room.site import ReadingRoom, field

MOST_HITS = 120
LISTED_AT_ONCE = 100
SORTS = ("relevance", "date", "number")
FACET_NAMES = {
    "year": "Year",
    "post": "Post",
    "to": "Receiver",
    "class": "Classification",
    "caption": "Caption",
    "tags": "TAGS",
    "kind": "Kind",
    "person": "Person",
    "side": "Side",
    "issue": "Issue",
    "tag": "Tag",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HitGroup:
    """The hits in one telegram.

    Attributes:
        listed: the telegram, as lists show it.
        hits: in their order.
        images: the lines of these hits of which an image can be shown.
    """

    listed: Listed
    hits: Sequence[Hit]
    images: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """A field with its commonest values, each with the query that asks for it too."""

    name: str
    facet: Facet
    links: Sequence[tuple[str, int, str, bool]]


class SearchPages:
    """Search and lists."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def index(self, request: Request) -> Response:
        """The list of telegrams, a hundred to a page."""
        rows = self.site.archive.listed()
        at = request.query_params.get("at", "")
        first = min(int(at) if at.isdecimal() and len(at) < 9 else 0, max(len(rows) - 1, 0))
        first -= first % LISTED_AT_ONCE
        return self.site.page(
            request,
            "index.html",
            holdings=rows[first : first + LISTED_AT_ONCE],
            total=len(rows),
            at=first,
            size=LISTED_AT_ONCE,
            absent=len(self.site.archive.curation.absent()),
        )

    def search(self, request: Request) -> Response:
        """What a query finds."""
        archive = self.site.archive
        query = _dated(request)
        if request.query_params.get("from") or request.query_params.get("until"):
            return RedirectResponse(f"/search?{urlencode({'q': query})}", 303)
        sort = request.query_params.get("sort", "")
        sort = sort if sort in SORTS else "relevance"
        result: SearchResult | None = None
        fault = ""
        try:
            result = archive.search(query, limit=MOST_HITS, sort=sort, facets=True) if query else None
        except UsageError as why:
            fault = str(why)
        return self.site.page(
            request,
            "search.html",
            query=query,
            sort=sort,
            sorts=SORTS,
            result=result,
            groups=_groups(archive, result.hits) if result else (),
            facets=_facets(result, query, sort) if result else (),
            saved=archive.searches.all(),
            fault=fault,
            cite_forms=list(FORMATS),
            here=f"/search?{urlencode({'q': query, 'sort': sort})}",
        )

    def complete(self, request: Request) -> Response:
        """How what is being typed may go on, as options of the search box."""
        typed = request.query_params.get("q", "")[:200]
        head = typed.rpartition(" ")[0]
        found = self.site.archive.searches.complete(typed) if typed.strip() else ()
        options = [(f"{head} {one.text}".strip(), one.count) for one in found]
        return self.site.page(request, "options.html", options=options)

    def save(self, request: Request, form: FormData) -> Response:
        """Keep a search under a name, or keep it no longer."""
        searches = self.site.archive.searches
        try:
            if form.get("forget"):
                searches.forget(field(form, "name", most=80))
            else:
                by = self.site.visitor(request).name
                searches.save(field(form, "name", most=80), field(form, "q", most=500), by=by)
        except (UsageError, NotHeld) as why:
            raise HTTPException(400, str(why)) from why
        return RedirectResponse(own_path(form.get("next"), "/search"), 303)

    def selection(self, request: Request, form: FormData) -> Response:
        """Tag the ticked telegrams."""
        ids = _ticked(self.site.archive, form)
        by = self.site.visitor(request).name
        try:
            with self.site.archive.together():
                for one in ids:
                    self.site.archive.curation.tag(one, field(form, "tag", most=80), by=by)
        except SeptelError as why:
            raise HTTPException(400, str(why)) from why
        return RedirectResponse(own_path(form.get("next"), "/"), 303)

    def cite_selection(self, request: Request) -> Response:
        """Citations of the ticked telegrams."""
        form = request.query_params.get("as", "note")
        ids = [one for one in request.query_params.getlist("tick")[:500] if self.site.archive.holds(one)]
        if not ids:
            raise HTTPException(400, "Nothing is ticked.")
        try:
            text = cite([cited_of(self.site.archive.holding(one)) for one in ids], form)
        except SeptelError as why:
            raise HTTPException(400, str(why)) from why
        kind = "application/json" if form == "csl-json" else "text/plain; charset=utf-8"
        return Response(text, media_type=kind)


def _dated(request: Request) -> str:
    """The query, with what the form of dates adds."""
    query = request.query_params.get("q", "").strip()[:500]
    days = [request.query_params.get(name, "")[:10] for name in ("from", "until")]
    if not any(days):
        return query
    first, last = days
    asked = f"{first}..{last}" if first and last else f">={first}" if first else f"<={last}"
    return f"{query} date:{asked}".strip()


def _ticked(archive: Archive, form: FormData) -> list[str]:
    ids = [one for one in form.getlist("tick") if isinstance(one, str) and archive.holds(one)]
    if not ids:
        raise HTTPException(400, "Nothing is ticked.")
    return ids


def _groups(archive: Archive, hits: Sequence[Hit]) -> list[HitGroup]:
    """The hits by telegram, in the order of the best hit of each."""
    by: dict[str, list[Hit]] = {}
    for hit in hits:
        by.setdefault(hit.holding, []).append(hit)
    groups = []
    for listed, found in zip(_listed(archive, list(by)), by.values(), strict=True):
        boxes = any(hit.boxes for hit in found)
        images: frozenset[int] = frozenset()
        if boxes:
            holding = archive.holding(listed.id)
            images = frozenset(boxed_lines(holding)) if has_images(holding) else images
        groups.append(HitGroup(listed=listed, hits=found, images=images))
    return groups


def _listed(archive: Archive, ids: list[str]) -> list[Listed]:
    return archive.contents.of(ids)


def _facets(result: SearchResult, query: str, sort: str) -> list[FacetView]:
    views = []
    for facet in result.facets:
        if not facet.values:
            continue
        links = []
        for one in facet.values[:8]:
            asked = (
                f'{facet.field}:"{one.value}"' if not one.value.isalnum() else f"{facet.field}:{one.value}"
            )
            chosen = asked in query
            narrower = query.replace(asked, "").strip() if chosen else f"{query} {asked}"
            links.append(
                (one.value, one.count, f"/search?{urlencode({'q': narrower, 'sort': sort})}", chosen)
            )
        views.append(FacetView(name=FACET_NAMES.get(facet.field, facet.field), facet=facet, links=links))
    return views
