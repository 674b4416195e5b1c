"""What the room does with decisions about words: one, its undoing, the same elsewhere, the queue."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.archive import Holding
from septel.archive.model import parts_of, tree_of
from septel.errors import EditConflict, UsageError
from septel.room.access import own_path
from septel.room.correction import (
    Overtaken,
    QueuedDoubt,
    Ruling,
    WordVerdict,
    decide,
    decide_all,
    like_places,
    queue_of,
    span_from,
    undo,
)
from septel.room.facsimile import has_images
from septel.room.lines import line_views
from septel.room.outline import labels_of
from septel.room.pages.telegram import TelegramPages
from septel.room.site import ReadingRoom, field, in_part
from septel.text import Reading, Span, marked_around

QUEUED_AT_ONCE = 25
_CONTEXT = 60
"""Characters of the line that the queue shows on each side of a doubt."""
MOST_QUEUED_HOLDINGS = 40
"""The archive's queue looks into so many documents at once."""


class CorrectionPages:
    """Decisions of persons about words."""

    def __init__(self, site: ReadingRoom, telegrams: TelegramPages) -> None:
        self.site, self.telegrams = site, telegrams

    def decide(self, request: Request, form: FormData) -> Response:
        """Take a decision about a place, unless another person was quicker."""
        site, holding = self.site, self.site.held(request)
        by = site.visitor(request).name
        try:
            ruling = _ruling(holding, form, by)
            entry = decide(site.archive, holding.id, ruling, seen=_whole(field(form, "seen")))
        except Overtaken as why:
            return self._overtaken(request, holding, _span(holding, form), why)
        except UsageError as why:
            raise HTTPException(400, str(why)) from why
        after = site.archive.holding(holding.id)
        told = _told(after, ruling, entry)
        if in_part(request):
            return self._changed(request, after, ruling.span, told)
        address = own_path(
            form.get("next"), f"/telegram/{holding.id}/at/{ruling.span.start}-{ruling.span.end}"
        )
        return RedirectResponse(f"{address.partition('#')[0]}#e{entry}", 303)

    def undo(self, request: Request, form: FormData) -> Response:
        """Make an entry of the log no longer count."""
        site, holding = self.site, self.site.held(request)
        number = _whole(field(form, "entry"))
        try:
            entry = undo(site.archive, holding.id, number, by=site.visitor(request).name)
        except EditConflict as why:
            raise HTTPException(400, str(why)) from why
        after = site.archive.holding(holding.id)
        span = entry.edit.span if entry.edit else Span(0, 0)
        if in_part(request):
            return self._changed(request, after, span, f"Entry {number} no longer counts.")
        address = own_path(form.get("next"), f"/telegram/{holding.id}/at/{span.start}-{span.end}")
        return RedirectResponse(address, 303)

    def everywhere(self, request: Request) -> Response:
        """The other places that came with the same characters, each with a tick."""
        site, holding = self.site, self.site.held(request)
        try:
            span = span_from(request.query_params.get("place", ""), holding.source)
        except UsageError as why:
            raise HTTPException(404, str(why)) from why
        text = request.query_params.get("text", "")[:400]
        wide = request.query_params.get("in") == "archive"
        before = span.of(holding.source.text)
        return site.page(
            request,
            "everywhere.html",
            holding=holding,
            place=f"{span.start}-{span.end}",
            before=before,
            text=text,
            wide=wide,
            images=has_images(holding),
            places=like_places(site.archive, holding.id, before.strip(), text.strip(), wide=wide),
        )

    def decide_everywhere(self, request: Request, form: FormData) -> Response:
        """Read every ticked place as the text: all of them, or none."""
        site, holding = self.site, self.site.held(request)
        keys = [key for key in form.getlist("tick") if isinstance(key, str)]
        text = field(form, "text", most=400)
        try:
            entries = decide_all(
                site.archive, keys, text, by=site.visitor(request).name, why=field(form, "why", most=400)
            )
        except Overtaken as why:
            return site.page(request, "refused.html", 409, detail=f"{why} Nothing was changed.")
        except UsageError as why:
            raise HTTPException(400, str(why)) from why
        rows = [(one, site.archive.reading(one)[0], numbers) for one, numbers in entries.items()]
        return site.page(request, "decided.html", holding=holding, rows=rows, text=text)

    def queue(self, request: Request) -> Response:
        """The doubts that matter most, of one telegram or of those that a query means."""
        site = self.site
        one = site.id_of(request) if "holding" in request.path_params else None
        query = request.query_params.get("q", "").strip()[:500]
        fault, ids = "", [one] if one else []
        if one is None:
            try:
                found = (
                    site.archive.select(query) if query else [str(r["id"]) for r in site.archive.holdings()]
                )
                ids = list(found)
            except UsageError as why:
                fault = str(why)
        rows: list[tuple[str, str, int, QueuedDoubt]] = []
        readings: dict[str, Reading] = {}
        for holding_id in ids[:MOST_QUEUED_HOLDINGS]:
            title, reading = site.archive.reading(holding_id)
            readings[holding_id] = reading
            log = site.archive.log(holding_id)
            rows += [(holding_id, title, len(log.entries), doubt) for doubt in queue_of(reading.source, log)]
        rows.sort(key=lambda row: (-row[3].weight, row[0], row[3].span.start))
        first = rows[:QUEUED_AT_ONCE]
        pictured = {one for one in {row[0] for row in first} if has_images(site.archive.holding(one))}
        return site.page(
            request,
            "queue.html",
            rows=[(*row, _context(readings[row[0]], row[3])) for row in first],
            pictured=pictured,
            total=len(rows),
            left_out=max(0, len(ids) - MOST_QUEUED_HOLDINGS),
            one=one,
            title=site.archive.reading(one)[0] if one else "",
            query=query,
            fault=fault,
            here=request.url.path + (f"?q={query}" if query else ""),
        )

    def _changed(self, request: Request, holding: Holding, span: Span, told: str) -> Response:
        """The card of a place as it is now, with its line to put into the page."""
        number = holding.source.line_at(span.start)
        tree = tree_of(holding)
        (line,) = line_views(
            holding, parts_of(holding, tree), labels_of(tree), within=range(number, number + 1)
        )
        values = self.telegrams.place_values(holding, span)
        # A queue shows no lines: there is none to put in.
        if not _path(request).endswith("/queue"):
            values["changed"] = line
        return self.site.page(request, "place.html", told=told, **values)

    def _overtaken(self, request: Request, holding: Holding, span: Span, why: Overtaken) -> Response:
        template = "place.html" if in_part(request) else "place_page.html"
        values = self.telegrams.place_values(holding, span)
        # A page puts in what came with an answer of success only.
        status = 200 if in_part(request) else 409
        return self.site.page(request, template, status, overtaken=str(why), **values)


def _context(reading: Reading, doubt: QueuedDoubt) -> tuple[str, str]:
    """What stands before and after a doubt in its line, as read, other doubts marked."""
    start, end = marked_around(reading, doubt.span)
    # No word is cut, and so no mark stands without its word.
    if len(start) > _CONTEXT:
        start = f"… {start[-_CONTEXT:].partition(' ')[2]}"
    if len(end) > _CONTEXT:
        end = f"{end[:_CONTEXT].rpartition(' ')[0]} …"
    return start, end


def _path(request: Request) -> str:
    """The path of the page that a part is for."""
    return urlsplit(request.headers.get("hx-current-url", "")).path


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise HTTPException(400, "The form was not whole. Load the page again.")
    return int(text)


def _span(holding: Holding, form: FormData) -> Span:
    try:
        return span_from(field(form, "place"), holding.source)
    except UsageError as why:
        raise HTTPException(400, str(why)) from why


def _ruling(holding: Holding, form: FormData, by: str) -> Ruling:
    verdict, text = field(form, "verdict"), field(form, "text")
    if verdict.startswith("choose:"):
        # One of the alternatives: the button brings its text.
        verdict, text = WordVerdict.READ.value, verdict.removeprefix("choose:")
    try:
        known = WordVerdict(verdict)
    except ValueError as why:
        raise HTTPException(400, "There is no such decision.") from why
    return Ruling(
        span=_span(holding, form), verdict=known, text=text, by=by, why=field(form, "why", most=400).strip()
    )


def _told(holding: Holding, ruling: Ruling, entry: int) -> str:
    """What was decided, and what it teaches."""
    edit = holding.log.entries[entry - 1].edit
    assert edit is not None
    read = "unreadable" if edit.unreadable else f"“{edit.after}”" if edit.after.strip() else "noise"
    said = f"Entry {entry}: “{edit.before}” is read as {read}, by {ruling.by}."
    words = re.findall(r"[A-Za-z]{3,}", "" if edit.unreadable else edit.after)
    if not words or edit.after == edit.before:
        return said
    taught = " and ".join(word.upper() for word in words)
    return f"{said} {taught} will be known when this archive is read again."
