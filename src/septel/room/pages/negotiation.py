"""The negotiating record of the archive: meetings, issues by side, open points, suggestions, people."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.errors import MissingPart, UsageError
from septel.export.record import dated, heat_map, origin_of, png_of, timeline
from septel.record import OpenState, Suggestion
from septel.record.review import ObjectKind, Opinion, Verdict
from septel.room.access import own_path
from septel.room.negotiation import SIGNS, RecordViews, address, meeting_view
from septel.room.site import ReadingRoom, field, window_of
from septel.text import Locus

WANTED, REST = 600.0, 15.0
"""Seconds for which the record is kept up after somebody looked at it, and between two times of doing so."""
READ_BETWEEN = 0.1
"""Seconds that reading in the background holds the archive at once."""
READ_WITHIN = 1.5
"""Seconds that a page spends on reading records; what is left then waits for the next one."""
ISSUES_AT_ONCE = 12
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a page of the record is about: the query, the last day, and the views over it."""

    query: str
    until: str
    views: RecordViews
    missing: int
    fault: str = ""

    def address(self, path: str, **more: str) -> str:
        """An address with the same choice, and more."""
        given = {"q": self.query, "until": self.until} | more
        chosen = urlencode({name: value for name, value in given.items() if value})
        return f"{path}?{chosen}" if chosen else path

    def pages(self, path: str, **more: str) -> str:
        """The same, to which the first row of a part of the list is added."""
        found = self.address(path, **more)
        return f"{found}{'&' if '?' in found else '?'}at="


class NegotiationPages:
    """What the archive's telegrams say together."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site
        self._wanted = time.monotonic()
        site.chores.append(self.read_on)

    def read_on(self, stopped: Event) -> None:
        """Keep up with the archive while somebody reads the record; pages come between."""
        while not stopped.is_set():
            if time.monotonic() - self._wanted > WANTED:
                stopped.wait(1.0)
                continue
            with self.site.lock:
                kept = self.site.records(self.site.main)
                left = kept.refresh(READ_BETWEEN)
                views = kept.views() if not left else None
            if views is not None:
                views.bring_up()
            stopped.wait(0.02 if left else REST)

    def record(self, request: Request) -> Response:
        """What there is: the plots, and how much of each."""
        asked = self._asked(request)
        views = asked.views
        return self._page(
            request,
            "record.html",
            asked,
            "",
            timeline=_plot(views.timeline),
            heat_map=_plot(views.heat_map),
            counts=views.counts,
        )

    def meetings(self, request: Request) -> Response:
        """The meetings by date."""
        asked = self._asked(request)
        held = request.query_params.get("held", "")
        since = _day(request, "since")
        rows = [
            m
            for m in asked.views.meetings
            if (not held or m.status == held) and (not since or (m.date or "") >= since)
        ]
        window = window_of(request, "at", len(rows))
        return self._page(
            request,
            "meetings.html",
            asked,
            "meetings",
            rows=rows[window[0] : window[1]],
            total=len(rows),
            window=window,
            held=held,
            since=since,
            pages=asked.pages("/record/meetings", held=held, since=since),
        )

    def meeting(self, request: Request) -> Response:
        """One meeting."""
        asked = self._asked(request)
        found = meeting_view(asked.views, request.path_params["meeting"])
        if found is None:
            raise HTTPException(404, "The record has no such meeting.")
        return self._page(request, "meeting.html", asked, "meetings", found=found, meeting=found.meeting)

    def matrix(self, request: Request) -> Response:
        """Issues by side by time."""
        asked = self._asked(request)
        matrix = asked.views.matrix
        window = window_of(request, "at", len(matrix.issues), ISSUES_AT_ONCE)
        return self._page(
            request,
            "matrix.html",
            asked,
            "matrix",
            matrix=matrix,
            issues=matrix.issues[window[0] : window[1]],
            window=window,
            signs={stance.value: sign for stance, sign in SIGNS.items()},
            pages=asked.pages("/record/matrix"),
        )

    def issue(self, request: Request) -> Response:
        """What was said on one issue, by date."""
        asked = self._asked(request)
        issue, side = request.path_params["issue"], request.query_params.get("side", "")[:80]
        since = _day(request, "since")
        cells = [cell for cell in asked.views.positions if cell.issue == issue]
        sides = sorted({cell.side for cell in cells})
        rows = [
            (dated(cell), statement)
            for cell in cells
            if (not side or cell.side == side) and (not since or (cell.date or "") >= since)
            for statement in cell.statements
        ]
        window = window_of(request, "at", len(rows))
        path = f"/record/issue/{quote(issue)}"
        return self._page(
            request,
            "issue.html",
            asked,
            "matrix",
            issue=issue,
            label=asked.views.label(issue),
            sides=sides,
            side=side,
            since=since,
            rows=rows[window[0] : window[1]],
            total=len(rows),
            window=window,
            pages=asked.pages(path, side=side, since=since),
        )

    def open_points(self, request: Request) -> Response:
        """Questions and proposals, and how they stood on a day."""
        asked = self._asked(request)
        state = request.query_params.get("state", "")
        rows = [one for one in asked.views.open_points if not state or one.state.value == state]
        if not state:
            rows.sort(key=lambda one: one.state is not OpenState.OPEN)
        window = window_of(request, "at", len(rows))
        return self._page(
            request,
            "open.html",
            asked,
            "open",
            rows=rows[window[0] : window[1]],
            total=len(rows),
            window=window,
            state=state,
            states=[one.value for one in OpenState],
            pages=asked.pages("/record/open", state=state),
        )

    def suggestions(self, request: Request) -> Response:
        """Pairs that a rule offers for comparison, those that wait for a person first."""
        asked = self._asked(request)
        window = window_of(request, "at", len(asked.views.queue), 25)
        return self._page(
            request,
            "suggestions.html",
            asked,
            "suggestions",
            rows=asked.views.queue[window[0] : window[1]],
            total=len(asked.views.queue),
            window=window,
            here=f"{request.url.path}?{request.url.query}".rstrip("?"),
            pages=asked.pages("/record/suggestions"),
        )

    def judge(self, request: Request, form: FormData) -> Response:
        """Take what a person makes of a suggestion, unless another judged it since they looked."""
        try:
            earlier, later = (Locus.parse(field(form, name, most=80)) for name in ("earlier", "later"))
            verdict = Verdict(field(form, "verdict", most=20))
        except ValueError as why:
            raise HTTPException(400, "There is no such suggestion, or no such opinion on it.") from why
        if verdict not in (Verdict.ACCEPTED, Verdict.REJECTED):
            raise HTTPException(400, "There is no such opinion on a suggestion.")
        kept = self.site.records()
        kept.refresh(READ_WITHIN)
        known = next((q for q in kept.views().queue if _is_pair(q.suggestion, earlier, later)), None)
        if known is None:
            raise HTTPException(404, "There is no such suggestion.")
        by, seen = self.site.visitor(request).name, field(form, "seen", most=20)
        now = str(known.standing.at.isoformat()) if known.standing.at else ""
        if known.standing.by not in ("", by) and now != seen:
            told = f"{known.standing.by} has judged it since you looked. Nothing was changed; look again."
            return self.site.page(request, "refused.html", 409, detail=told)
        archive = self.site.archive
        opinion = Opinion(
            kind=ObjectKind.SUGGESTION,
            verdict=verdict,
            span=later.span,
            other=earlier,
            reason=field(form, "why", most=400).strip(),
        )
        archive.review(archive.reviews(later.source_id).add(opinion, by=by, at=datetime.now(UTC)))
        return RedirectResponse(own_path(form.get("next"), "/record/suggestions"), 303)

    def people(self, request: Request) -> Response:
        """The persons of the record, and the posts that telegrams came from."""
        asked = self._asked(request)
        persons = asked.views.persons
        window = window_of(request, "at", len(persons))
        posts = self.site.archive.contents.posts()
        return self._page(
            request,
            "people.html",
            asked,
            "people",
            rows=persons[window[0] : window[1]],
            total=len(persons),
            window=window,
            posts=posts[:60],
            more_posts=max(0, len(posts) - 60),
            pages=asked.pages("/record/people"),
        )

    def person(self, request: Request) -> Response:
        """What one person said, by date, and the meetings that they were at."""
        asked = self._asked(request)
        key = request.path_params["person"]
        found = next((one for one in asked.views.persons if one.person.key == key), None)
        if found is None:
            raise HTTPException(404, "The record has no such person.")
        window = window_of(request, "at", len(found.statements))
        return self._page(
            request,
            "person.html",
            asked,
            "people",
            found=found,
            rows=found.statements[window[0] : window[1]],
            window=window,
            pages=asked.pages(f"/record/person/{quote(key)}"),
        )

    def drawing(self, request: Request) -> Response:
        """A plot of the record by itself, as SVG or PNG."""
        made: Mapping[str, Callable[..., str]] = {"timeline": timeline, "issues": heat_map}
        name = request.path_params["plot"]
        if name not in made:
            raise HTTPException(404, "There is no such plot.")
        asked = self._asked(request)
        base = f"{request.url.scheme}://{request.url.netloc}"
        svg = made[name](asked.views, lambda excerpt: base + address(excerpt))
        return drawn(svg, request.path_params["form"], f"septel-{name}")

    def _asked(self, request: Request) -> _Asked:
        self._wanted = time.monotonic()
        kept = self.site.records()
        missing = kept.refresh(READ_WITHIN)
        query = request.query_params.get("q", "").strip()[:500]
        until = _day(request, "until")
        try:
            views = kept.views(query, until=until)
        except UsageError as why:
            return _Asked(
                query=query,
                until=until,
                views=RecordViews(kept, []),
                missing=missing,
                fault=self.site.readership.fault_told(request, why),
            )
        return _Asked(query=query, until=until, views=views, missing=missing)

    def _page(self, request: Request, template: str, asked: _Asked, room: str, **values: Any) -> Response:
        views = asked.views
        return self.site.page(
            request,
            template,
            asked=asked,
            room=room,
            dossier=views,
            address=address,
            origin=lambda statement: origin_of(statement, views.standing(statement)),
            **values,
        )


def drawn(svg: str, form: str, name: str) -> Response:
    """A plot as a file of its own.

    Raises:
        HTTPException: there is nothing to draw, or no such form (404), or nothing here draws PNG (501).
    """
    if not svg:
        raise HTTPException(404, "There is nothing to draw.")
    named = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    if form == "svg":
        return Response(svg, media_type="image/svg+xml", headers=named)
    if form == "png":
        try:
            return Response(png_of(svg), media_type="image/png", headers=named)
        except MissingPart as why:
            raise HTTPException(501, str(why)) from why
    raise HTTPException(404, "There is no such form.")


def _plot(svg: str) -> Markup:
    """A plot whose marks are links: a group, since an image has nothing that can be opened."""
    return Markup(svg.replace('role="img"', 'role="group"', 1))


def _is_pair(suggestion: Suggestion, earlier: Locus, later: Locus) -> bool:
    return suggestion.earlier.excerpt.locus == earlier and suggestion.later.excerpt.locus == later


def _day(request: Request, name: str) -> str:
    text = request.query_params.get(name, "").strip()
    return text if _DAY.fullmatch(text) else ""
