"""Search: the query language with facets, hits by telegram, saved searches, what is done with a selection."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.archive import Archive, Facet, Hit, SearchResult
from septel.archive.acts import Listed
from septel.archive.search import quoted
from septel.errors import NotHeld, UsageError
from septel.export import FORMATS
from septel.export.cite import FORMATS as CITATIONS
from septel.room.access import own_path
from septel.room.facsimile import boxed_lines, has_images
from septel.room.pages.selection import SHELF
from septel.room.site import ReadingRoom, field

MOST_YEARS_BY_MONTH = 5
"""Over so many years, what was found is counted by years."""
MOST_HITS = 120
LISTED_AT_ONCE = 100
_DATE = re.compile(r"\s*\bdate:\S+")
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
        shown: the fields of its heading that are doubtful, with their marks.
    """

    listed: Listed
    hits: Sequence[Hit]
    images: frozenset[int]
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """A field with its commonest values, each with the query that asks for it too."""

    name: str
    facet: Facet
    links: Sequence[tuple[str, int, str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpread:
    """How what was found is spread over time, in months or years.

    Attributes:
        bars: each stretch's name, how many telegrams, its share of the highest one in percent, and the query.
        first, last: the days between which they lie.
    """

    bars: Sequence[tuple[str, int, int, str]]
    first: str
    last: str


class SearchPages:
    """Search and lists."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def index(self, request: Request) -> Response:
        """The list of telegrams, a hundred to a page."""
        archive = self.site.archive
        total = archive.count()
        at = request.query_params.get("at", "")
        first = min(int(at) if at.isdecimal() and len(at) < 9 else 0, max(total - 1, 0))
        first -= first % LISTED_AT_ONCE
        holdings = archive.contents.page(first, LISTED_AT_ONCE)
        return self.site.page(
            request,
            "index.html",
            holdings=holdings,
            shown=archive.contents.doubted(holdings),
            total=total,
            at=first,
            size=LISTED_AT_ONCE,
            absent=len(archive.curation.absent()),
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
            months=_months(archive, result, query, sort) if result else None,
            cite_forms=list(CITATIONS),
            formats=list(FORMATS),
            shelf=SHELF,
            between=_between(query),
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


def _dated(request: Request) -> str:
    """The query, with what the form of dates adds."""
    query = request.query_params.get("q", "").strip()[:500]
    days = [request.query_params.get(name, "")[:10] for name in ("from", "until")]
    if not any(days):
        return query
    first, last = days
    asked = f"{first}..{last}" if first and last else f">={first}" if first else f"<={last}"
    return f"{_DATE.sub('', query)} date:{asked}".strip()


def _between(query: str) -> tuple[str, str]:
    """The days that the query's own dates name, to stand in the form of dates."""
    found = re.search(r"\bdate:(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", query)
    return (found[1], found[2]) if found else ("", "")


def _groups(archive: Archive, hits: Sequence[Hit]) -> list[HitGroup]:
    """The hits by telegram, in the order of the best hit of each."""
    by: dict[str, list[Hit]] = {}
    for hit in hits:
        by.setdefault(hit.holding, []).append(hit)
    groups = []
    lot = _listed(archive, list(by))
    doubted = archive.contents.doubted(lot)
    for listed, found in zip(lot, by.values(), strict=True):
        boxes = any(hit.boxes for hit in found)
        images: frozenset[int] = frozenset()
        if boxes:
            holding = archive.holding(listed.id)
            images = frozenset(boxed_lines(holding)) if has_images(holding) else images
        shown = doubted.get(listed.id, {})
        groups.append(HitGroup(listed=listed, hits=found, images=images, shown=shown))
    return groups


def _months(archive: Archive, result: SearchResult, query: str, sort: str) -> TimeSpread | None:
    """The spread over months, or years where there are many months; None where it tells nothing."""
    found = archive.contents.months(result.holdings)
    if len(found) < 2:
        return None
    first, last = next(iter(found)), next(reversed(found))
    years = int(last[:4]) - int(first[:4]) >= MOST_YEARS_BY_MONTH
    counts: dict[str, int] = {}
    for month, count in found.items():
        name = month[:4] if years else month
        counts[name] = counts.get(name, 0) + count
    highest = max(counts.values())
    bare = _DATE.sub("", query).strip()
    bars = [
        (
            name,
            counts.get(name, 0),
            round(100 * counts.get(name, 0) / highest),
            f"/search?{urlencode({'q': f'{bare} date:{name}'.strip(), 'sort': sort})}",
        )
        for name in _stretches(first, last, years=years)
    ]
    return TimeSpread(bars=bars, first=first, last=last)


def _stretches(first: str, last: str, *, years: bool) -> list[str]:
    if years:
        return [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(start, end + 1)]


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
                f"{facet.field}:{quoted(one.value)}"
                if not one.value.isalnum()
                else f"{facet.field}:{one.value}"
            )
            chosen = asked in query
            narrower = query.replace(asked, "").strip() if chosen else f"{query} {asked}"
            links.append(
                (one.value, one.count, f"/search?{urlencode({'q': narrower, 'sort': sort})}", chosen)
            )
        views.append(FacetView(name=FACET_NAMES.get(facet.field, facet.field), facet=facet, links=links))
    return views
