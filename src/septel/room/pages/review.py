"""Statements of a record accepted, rejected or corrected by a person, in the room."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.archive import Dossier, Holding, held_document
from septel.errors import NotHeld, UsageError
from septel.record import Act, IssueVocabulary, MeetingKind
from septel.record.review import ObjectKind
from septel.room.correction import ReviewOvertaken, add, judge
from septel.room.site import ReadingRoom, field, in_part
from septel.text import Span, marked

FIELDS = ("speaker", "side", "act")
"""What of a statement can be corrected here; `septel record review` takes all."""


class ReviewPages:
    """What persons say of statements."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def ask(self, request: Request) -> Response:
        """The form for a statement or meeting that no rule found: its words, and what they are."""
        holding = self.site.held(request)
        span = _chosen(request, holding)
        document = held_document(self.site.archive, holding.id)
        reading = holding.reading
        dossier = Dossier(documents=[document], vocabulary=IssueVocabulary.shipped())
        return self.site.page(
            request,
            "add.html" if in_part(request) else "add_page.html",
            holding=holding,
            place=f"{span.start}-{span.end}",
            line=holding.source.line_at(span.start),
            words=" ".join(marked(reading, span).split()),
            acts=[one.value for one in Act],
            meetings=[one.value for one in MeetingKind],
            issues=[(one.id, one.label) for one in IssueVocabulary.shipped().issues],
            sides=sides_of(dossier),
            speakers=sorted({p.person.surname for p in document.reviewed.record.participants}),
            seen=len(document.log.entries),
        )

    def add(self, request: Request, form: FormData) -> Response:
        """Take a statement or meeting that a person read on the page."""
        site, holding = self.site, self.site.held(request)
        span = _place(field(form, "place", most=40), len(holding.source.text))
        kind = field(form, "kind", most=20)
        names = (
            ("meeting", "date", "place-name") if kind == ObjectKind.MEETING else ("speaker", "side", "act")
        )
        said = {name: field(form, name, most=80).strip() for name in names}
        if kind == ObjectKind.MEETING:
            said = {"kind": said["meeting"], "date": said["date"], "place": said["place-name"]}
        else:
            chosen = [one for one in form.getlist("issues") if isinstance(one, str)]
            said["issues"] = "; ".join(chosen[:12])
        seen, by = _number(field(form, "seen", most=9)), site.visitor(request).name
        why = field(form, "why", most=400).strip()
        try:
            add(site.archive, holding.id, span, kind, said, seen=seen, by=by, why=why)
        except ReviewOvertaken as told:
            return site.page(request, "refused.html", 409, detail=str(told))
        except UsageError as told:
            raise HTTPException(400, str(told)) from told
        return RedirectResponse(f"/telegram/{holding.id}/record#s{span.start}", 303)

    def review(self, request: Request, form: FormData) -> Response:
        """Take an opinion on a statement, unless the record was judged by others since it was looked at."""
        site, holding_id = self.site, self.site.id_of(request)
        place, verdict = field(form, "place", most=40), field(form, "verdict", most=20)
        fields = {name: field(form, name, most=80).strip() for name in FIELDS if name in form}
        seen, by = _number(field(form, "seen", most=9)), site.visitor(request).name
        why = field(form, "why", most=400).strip()
        try:
            judge(site.archive, holding_id, place, verdict, fields, seen=seen, by=by, why=why)
        except ReviewOvertaken as told:
            return site.page(request, "refused.html", 409, detail=str(told))
        except UsageError as told:
            raise HTTPException(400, str(told)) from told
        except NotHeld as told:
            raise HTTPException(404, "There is no such statement.") from told
        return RedirectResponse(f"/telegram/{holding_id}/record#s{place.partition('-')[0]}", 303)


def _number(seen: str) -> int:
    return int(seen) if seen.isdecimal() else 0


def sides_of(dossier: Dossier) -> list[str]:
    """The sides that speak in a record, and those that mostly do."""
    found = {s.side for record in dossier.records for s in record.statements if s.side}
    return sorted(found | {"US", "Soviet"})


def _chosen(request: Request, holding: Holding) -> Span:
    """The words that are asked about: by a place, or by their first and last line."""
    asked = request.query_params
    if asked.get("place"):
        return _place(asked["place"], len(holding.source.text))
    first, last = asked.get("first", ""), asked.get("last") or asked.get("first", "")
    lines = holding.source.lines
    if not (first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= len(lines)):
        raise HTTPException(404, f"There are no such lines; the telegram has {len(lines)}.")
    return Span(lines[int(first) - 1].start, lines[int(last) - 1].end)


def _place(text: str, end: int) -> Span:
    """A place of several lines.

    Raises:
        HTTPException: it is none of the text, or holds no word (404).
    """
    first, dash, last = text.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and int(first) < int(last) <= end:
        return Span(int(first), int(last))
    raise HTTPException(404, "There is no such place.")
