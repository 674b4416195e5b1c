"""The pages of one telegram: facsimile beside the text, the reading edition, one place, the edit log."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from septel.archive import Holding, held_document
from septel.archive.model import parts_of, shown_field, tree_of
from septel.errors import UsageError
from septel.export import FORMATS, exporter
from septel.export.cite import FORMATS as CITATIONS
from septel.export.cite import cite, cited_of
from septel.room.conflicts import contest_rows
from septel.room.correction import history_of, read_there, span_from
from septel.room.facsimile import box_of, boxed_lines, frames_of, has_images, page_of, words_of
from septel.room.lines import LineView, counted, kind_of, line_views, note_of
from septel.room.outline import (
    findings_of,
    heading_of,
    labels_of,
    missing_of,
    outline_of,
    references_of,
    sections_of,
)
from septel.room.site import ReadingRoom, in_part
from septel.text import Span, marked

MOST_COPIES = 6
"""Copies that have a tab beside the telegram."""
PAGES_AT_ONCE = 20
"""Pages of a document that stand on one page of the room."""
_IMAGE_AGE = {"Cache-Control": "private, max-age=86400"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginNote:
    """A statement of the record, beside the line where it begins."""

    who: str
    act: str
    start: int
    words: str


class TelegramPages:
    """The pages of one telegram."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def telegram(self, request: Request) -> Response:
        """The telegram, whole or twenty pages of it, in one of three views."""
        site, holding = self.site, self.site.held(request)
        tree, images = tree_of(holding), has_images(holding)
        view = request.query_params.get("view", "")
        view = view if view in ("source", "reading") or (view == "facsimile" and images) else ""
        view = view or ("facsimile" if images else "source")
        labels = labels_of(tree)
        own = _own_first(holding)
        first, last, shown = _window(holding, request, own)
        parts = parts_of(holding, tree)
        signatures = {number for number, part in enumerate(parts, 1) if part.name == "signature"}
        lines = line_views(holding, parts, labels, within=shown)
        earlier, later = site.archive.contents.beside(holding.id)
        state = site.archive.state(holding.id)
        return site.page(
            request,
            "reading.html" if view == "reading" else "telegram.html",
            holding=holding,
            view=view,
            brief=[shown_field(holding, name) for name in ("post", "dtg", "classification", "subject")],
            heading=heading_of(holding, tree),
            outline=outline_of(holding, tree),
            anchors=_anchors(labels),
            references=[(row, self._means(row.value)) for row in references_of(holding)],
            missing=missing_of(holding),
            checks=findings_of(holding),
            sections=sections_of(tree),
            copies=self._copies(holding),
            contests=contest_rows(site.archive, site.archive.contests(holding.id)),
            newer=site.archive.successor(holding.id),
            earlier=self._named(earlier),
            later=self._named(later),
            state=state,
            noted=_noted(holding, state.notes),
            margin=self._margin(holding),
            lines=lines,
            paragraphs=paragraphs_of(lines, signatures) if view == "reading" else (),
            counted=counted(lines),
            formats=list(FORMATS),
            citations=list(CITATIONS),
            images=images,
            boxed=boxed_lines(holding) if images else {},
            own=own,
            first=first,
            last=last,
            count=len(holding.source.pages),
            at_once=PAGES_AT_ONCE,
        )

    def _named(self, holding: str | None) -> tuple[str, str] | None:
        if holding is None:
            return None
        return holding, self.site.archive.reading(holding)[0]

    def _copies(self, holding: Holding) -> list[tuple[str, str, float]]:
        """Other documents that seem to be the same message: id, title, share of words."""
        found = self.site.archive.contents.copies(holding.id)
        return [(one, self.site.archive.reading(one)[0], share) for one, share in found[:MOST_COPIES]]

    def _means(self, reference: str) -> str | None:
        """The one held telegram that a reference names."""
        found = self.site.archive.contents.known_as(reference)
        return found[0] if len(found) == 1 else None

    def _margin(self, holding: Holding) -> Mapping[int, list[MarginNote]]:
        """The statements by their lines, if the record was made since the last change."""
        archive = self.site.archive
        if archive.records.get(holding.id, archive.records.key(holding.id)) is None:
            return {}
        found: dict[int, list[MarginNote]] = {}
        document = held_document(archive, holding.id)
        for said in document.reviewed.record.statements:
            note = MarginNote(
                who=said.speaker.name or said.side or "?",
                act=said.act.value,
                start=said.excerpt.locus.span.start,
                words=document.marked(said.content),
            )
            found.setdefault(said.excerpt.line, []).append(note)
        return found

    def leaf(self, request: Request) -> Response:
        """One page as scanned, beside its reading; needs no script."""
        holding, number = self.site.held(request), request.path_params["number"]
        if not has_images(holding) or not 1 <= number <= len(holding.source.pages):
            raise HTTPException(404, "There is no image of this page.")
        tree, page = tree_of(holding), page_of(holding, number)
        lines = [
            line
            for line in line_views(holding, parts_of(holding, tree), labels_of(tree))
            if line.page == number
        ]
        frames = frames_of(holding, page) if page else []
        return self.site.page(
            request,
            "page.html",
            holding=holding,
            number=number,
            count=len(holding.source.pages),
            sheet=page if page and page.width and page.height else None,
            frames=frames,
            boxed={frame.line: number for frame in frames},
            lines=lines,
            counted=counted(lines),
        )

    def geometry(self, request: Request) -> Response:
        """Where the lines and words of a page stand, for the facsimile beside the text."""
        holding, number = self.site.held(request), request.path_params["number"]
        page = page_of(holding, number)
        if page is None or not page.width:
            return JSONResponse({"size": None, "lines": [], "words": []})
        return JSONResponse(
            {
                "size": [page.width, page.height],
                "lines": [
                    [f.line, f.box.left, f.box.top, f.box.right, f.box.bottom]
                    for f in frames_of(holding, page)
                ],
                "words": [
                    [span.start, span.end, box.left, box.top, box.right, box.bottom]
                    for span, box in words_of(page)
                ],
            }
        )  # fmt: skip

    def place(self, request: Request) -> Response:
        """One place: its strip of the image, what came, what is read and why, its history, what to decide."""
        holding = self.site.held(request)
        try:
            span = span_from(request.path_params["place"], holding.source)
        except UsageError as why:
            raise HTTPException(404, str(why)) from why
        template = "place.html" if in_part(request) else "place_page.html"
        return self.site.page(request, template, **self.place_values(holding, span))

    def place_values(self, holding: Holding, span: Span) -> dict[str, Any]:
        """What the card of a place shows."""
        source, log = holding.source, holding.log
        entry = read_there(log, span)
        reading = holding.reading
        number = source.line_at(span.start)
        page = page_of(holding, source.page_at(span.start))
        line = source.lines[number - 1] if source.lines else span
        active = {one.number for one in log.active()}
        return {
            "holding": holding,
            "place": f"{span.start}-{span.end}",
            "line": number,
            "page": source.page_at(span.start),
            "before": span.of(source.text),
            "reads": marked(reading, span),
            "context": line.of(source.text),
            "entry": entry,
            "kind": kind_of(entry) if entry else "",
            "note": note_of(entry) if entry else (),
            "history": [(one, one.number in active) for one in reversed(history_of(log, span))],
            "seen": len(log.entries),
            "strip": bool(page and box_of(page, span) and has_images(holding)),
            "words": _words(holding, span) if span == line else (),
        }

    def log(self, request: Request) -> Response:
        """The edit log, two hundred entries to a page, the newest first."""
        holding = self.site.held(request)
        entries = holding.log.entries[::-1]
        size = 200
        at = min(_number(request, "at"), max(0, len(entries) - 1) // size * size)
        active = {entry.number for entry in holding.log.active()}
        return self.site.page(
            request,
            "log.html",
            holding=holding,
            entries=entries[at : at + size],
            active=active,
            at=at,
            size=size,
            total=len(entries),
        )

    def export(self, request: Request) -> Response:
        """The telegram in another form."""
        holding = self.site.held(request)
        try:
            chosen = exporter(request.path_params["format"], originals=self.site.archive.objects.find)
            content = chosen.write(holding)
        except UsageError as why:
            raise HTTPException(404, str(why)) from why
        return _file(content, chosen.media_type, f"{holding.identifier or holding.id}{chosen.ending}")

    def citation(self, request: Request) -> Response:
        """A citation of the telegram, or of a place in it."""
        holding = self.site.held(request)
        form = request.path_params["form"]
        place = request.query_params.get("place")
        try:
            span = None
            if place:
                start, _, end = place.partition("-")
                span = Span(int(start), int(end))
                if span.end > len(holding.source.text):
                    raise ValueError
            text = cite([cited_of(holding, span)], form)
        except UsageError as why:
            raise HTTPException(404, str(why)) from why
        except ValueError as why:
            raise HTTPException(404, "There is no such place.") from why
        kinds = {"csl-json": "application/json", "ris": "application/x-research-info-systems"}
        return _file(text.encode(), kinds.get(form, "text/plain; charset=utf-8"), f"{holding.id}.{form}.txt")

    def image(self, request: Request) -> Response:
        """The image of a page."""
        with self.site.serving(request):
            holding = self.site.held(request)
        width = _number(request, "width")
        image = self.site.sheets.page(
            holding, request.path_params["number"], width=max(width, 80) if width else None
        )
        if image is None:
            raise HTTPException(404, "There is no image of this page.")
        return self._seen(request, Response(image, media_type="image/png", headers=_IMAGE_AGE))

    def _seen(self, request: Request, response: Response) -> Response:
        """An image that was made without the archive, entered in the trail."""
        with self.site.serving(request):
            self.site.readership.note(request, response)
        return response

    def strip(self, request: Request) -> Response:
        """The strip of the image that shows a place."""
        with self.site.serving(request):
            holding = self.site.held(request)
        try:
            span = span_from(request.path_params["place"], holding.source)
        except UsageError as why:
            raise HTTPException(404, str(why)) from why
        image = self.site.sheets.strip(holding, span, line=request.query_params.get("line") == "1")
        if image is None:
            raise HTTPException(404, "There is no image of this place.")
        return self._seen(request, Response(image, media_type="image/png", headers=_IMAGE_AGE))

    def by_number(self, request: Request) -> Response:
        """From what is typed into the box "go to" to the telegram."""
        name = request.query_params.get("name", "").strip()[:200]
        return RedirectResponse(f"/telegram/{self.site.archive.resolve(name)}", 303)


def paragraphs_of(lines: list[LineView], signatures: Collection[int] = ()) -> list[list[LineView]]:
    """Lines of the message in paragraphs, for the reading edition: forms, footers and stamps are left out.

    A line of the signature stands alone.
    """
    found: list[list[LineView]] = []
    runs_on = False
    for line in lines:
        if line.layer in ("form", "transmission", "release", "catalogue"):
            continue
        if not "".join(piece.text for piece in line.restored).strip():
            runs_on = False
            continue
        signed = line.number in signatures
        own = signed or line.label or line.layer == "heading"
        if not runs_on or own or line.layer != found[-1][-1].layer:
            found.append([])
        found[-1].append(line)
        runs_on = not signed
    return found


def _window(holding: Holding, request: Request, own: int) -> tuple[int, int, range]:
    """The pages and lines that are shown: those from `page`, or around `line`; none before its own first."""
    source = holding.source
    count = len(source.pages)
    line = _number(request, "line")
    page = max(_number(request, "page"), own)
    if 1 <= line <= len(source.lines):
        page = source.page_at(source.lines[line - 1].start)
    first = (min(max(page, 1), max(count, 1)) - 1) // PAGES_AT_ONCE * PAGES_AT_ONCE + 1
    last = min(first + PAGES_AT_ONCE - 1, count)
    first = max(first, min(own, last))
    if not source.lines or count <= PAGES_AT_ONCE:
        return first, last, range(1, len(source.lines) + 1)
    start = source.line_at(source.pages[first - 1].start)
    end = source.line_at(max(source.pages[last - 1].start, source.pages[last - 1].end - 1))
    return first, last, range(start, end + 1)


def _own_first(holding: Holding) -> int:
    """The first page of its file that a paper has: those before it are other papers'."""
    paper = holding.telegram.get("paper")
    pages = paper.get("pages") if isinstance(paper, dict) else None
    first = pages[0] if isinstance(pages, list | tuple) and pages else 1
    return first if isinstance(first, int) and 1 <= first <= len(holding.source.pages) else 1


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    return int(text) if re.fullmatch(r"\d{1,7}", text) else 0


def _anchors(labels: Mapping[int, str]) -> Mapping[int, str]:
    """The anchor of each paragraph's first line, as `3.J`; the first one of a label counts."""
    found: dict[str, int] = {}
    for line, label in sorted(labels.items()):
        found.setdefault(label, line)
    return {line: label for label, line in found.items() if re.fullmatch(r"[\w.()-]+", label)}


def _noted(holding: Holding, notes: tuple[Any, ...]) -> Mapping[int, list[int]]:
    """The notes by the lines that they are about."""
    found: dict[int, list[int]] = {}
    for note in notes:
        if note.start is not None:
            found.setdefault(holding.source.line_at(note.start), []).append(note.act)
    return found


def _words(holding: Holding, line: Span) -> list[tuple[str, str]]:
    """The words of a line with their places, so that each can be opened."""
    edits = [e.edit for e in holding.log.active() if e.edit and line.covers(e.edit.span) and e.edit.span]
    return [
        (f"{span.start}-{span.end}", shown)
        for span, shown in _pieces(line.of(holding.source.text), line.start, edits)
    ]


def _pieces(text: str, start: int, edits: list[Any]) -> Iterator[tuple[Span, str]]:
    taken = [(edit.span, edit.after or edit.before) for edit in edits]
    for match in re.finditer(r"\S+", text):
        span = Span(start + match.start(), start + match.end())
        if not any(one.overlaps(span) for one, _ in taken):
            taken.append((span, match.group()))
    yield from sorted((pair for pair in taken if pair[1].strip()), key=lambda pair: pair[0].start)


def _file(content: bytes, kind: str, name: str) -> Response:
    shown = quote(name.replace("/", "-"))
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f"inline; filename*=UTF-8''{shown}"}
    )
