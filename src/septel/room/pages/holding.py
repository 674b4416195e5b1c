"""Notes, tags, heading fields, hiding and deleting: each act of a person one form."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.archive import Holding
from septel.archive.search import CORRECTABLE
from septel.errors import EditConflict, SeptelError, UsageError
from septel.room.access import own_path
from septel.room.correction import HeadingOvertaken, correct_fields, span_from
from septel.room.site import ReadingRoom, field


class HoldingPages:
    """Acts of persons on one telegram."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def fields(self, request: Request) -> Response:
        """The heading fields, to be corrected, with what the machine found and what was done."""
        holding = self.site.held(request)
        return self.site.page(request, "fields.html", holding=holding, **self._values(holding))

    def _values(self, holding: Holding) -> dict[str, Any]:
        given = {one.field: one for one in holding.corrected}
        rows = []
        for name, what in CORRECTABLE.items():
            now = given[name].value if name in given else getattr(holding, name, None)
            rows.append((name, what, now or "", given.get(name)))
        acts = self.site.archive.curation.acts(holding.id)
        return {
            "rows": rows,
            "acts": acts[::-1],
            "state": self.site.archive.state(holding.id),
            "seen": len(acts),
        }

    def correct(self, request: Request, form: FormData) -> Response:
        """Take the fields that were changed; nothing, if another person corrected one of them meanwhile."""
        site, holding = self.site, self.site.held(request)
        by, seen = site.visitor(request).name, field(form, "seen")
        before = {name: field(form, f"was-{name}") for name in CORRECTABLE}
        changed = {
            name: field(form, name).strip()
            for name in CORRECTABLE
            if name in form and field(form, name).strip() != before[name]
        }
        why = field(form, "why", most=400).strip()
        try:
            correct_fields(
                site.archive, holding.id, changed, seen=int(seen) if seen.isdecimal() else 0, by=by, why=why
            )
        except HeadingOvertaken as told:
            return site.page(
                request,
                "fields.html",
                409,
                holding=holding,
                fault=told.what,
                typed=changed,
                **self._values(holding),
            )
        except UsageError as told:
            values = self._values(holding)
            return site.page(
                request, "fields.html", 400, holding=holding, fault=str(told), typed=changed, **values
            )
        return RedirectResponse(f"/telegram/{holding.id}/fields", 303)

    def note(self, request: Request, form: FormData) -> Response:
        """Note something on the telegram, or on a place in it."""
        site, holding = self.site, self.site.held(request)
        try:
            place = field(form, "place")
            span = span_from(place, holding.source) if place else None
            site.archive.curation.note(
                holding.id, field(form, "text", most=10_000), by=site.visitor(request).name, place=span
            )
        except UsageError as why:
            raise HTTPException(400, str(why)) from why
        return self._back(form, f"/telegram/{holding.id}#notes")

    def tag(self, request: Request, form: FormData) -> Response:
        """Give the telegram a tag, or take one off."""
        site, holding_id = self.site, self.site.id_of(request)
        by, tag = site.visitor(request).name, field(form, "tag", most=80)
        curation = site.archive.curation
        try:
            (curation.untag if form.get("off") else curation.tag)(holding_id, tag, by=by)
        except SeptelError as why:
            raise HTTPException(400, str(why)) from why
        return self._back(form, f"/telegram/{holding_id}#tags")

    def take_back(self, request: Request, form: FormData) -> Response:
        """Make an act no longer count."""
        holding_id, number = self.site.id_of(request), field(form, "act")
        curation = self.site.archive.curation
        if number not in {str(act.number) for act in curation.acts(holding_id)}:
            raise HTTPException(400, "There is no such act.")
        try:
            curation.undo(int(number), by=self.site.visitor(request).name)
        except EditConflict as why:
            raise HTTPException(400, str(why)) from why
        return self._back(form, f"/telegram/{holding_id}/fields")

    def absence(self, request: Request, form: FormData) -> Response:
        """Hide the telegram, show it again, delete it, or bring it back."""
        holding_id, by = request.path_params["holding"], self.site.visitor(request).name
        if not self.site.archive.holds(holding_id):
            raise HTTPException(404, "The archive holds no such telegram.")
        curation = self.site.archive.curation
        what = field(form, "what")
        acts = {
            "hide": curation.hide,
            "show": curation.show,
            "delete": curation.delete,
            "undelete": curation.undelete,
        }
        if what not in acts:
            raise HTTPException(400, "There is no such act.")
        acts[what](holding_id, by=by, why=field(form, "why", most=400).strip())
        return RedirectResponse("/absent" if what in ("hide", "delete") else f"/telegram/{holding_id}", 303)

    def absent(self, request: Request) -> Response:
        """What was hidden or deleted, and can come back."""
        return self.site.page(request, "absent.html", rows=self.site.archive.curation.absent())

    @staticmethod
    def _back(form: FormData, otherwise: str) -> Response:
        return RedirectResponse(own_path(form.get("next"), otherwise), 303)
