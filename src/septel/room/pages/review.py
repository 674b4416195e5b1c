"""Statements of a record accepted, rejected or corrected by a person, in the room."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from septel.archive import DossierDocument, held_document
from septel.errors import UsageError
from septel.record import IssueVocabulary
from septel.record.review import ObjectKind, Opinion, ReviewItem, Verdict, checked, said_of
from septel.room.site import ReadingRoom, field

FIELDS = ("speaker", "side", "act")
"""What of a statement can be corrected here; `septel record review` takes all."""


class ReviewPages:
    """What persons say of statements."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def review(self, request: Request, form: FormData) -> Response:
        """Take an opinion on a statement, unless the record was judged by others since it was looked at."""
        site, holding_id = self.site, self.site.id_of(request)
        document = held_document(site.archive, holding_id)
        item = _item(document, field(form, "place", most=40))
        seen, verdict = field(form, "seen", most=9), field(form, "verdict", most=20)
        since = [one for one in document.log.entries if not seen.isdecimal() or one.number > int(seen)]
        span = item.excerpt.locus.span
        others = [one for one in since if one.opinion is not None and one.opinion.span == span]
        if others:
            told = f"{others[-1].by} has judged it since you looked. Nothing was changed; look again."
            return site.page(request, "refused.html", 409, detail=told)
        fields = {name: field(form, name, most=80).strip() for name in FIELDS if name in form}
        ground = dict(said_of(item.proposed if verdict == "rejected" and item.proposed else item.thing))
        changed = {
            name: value for name, value in fields.items() if name in form and value != ground.get(name)
        }
        try:
            said = dict(checked(item.kind, changed, IssueVocabulary.shipped()))
        except UsageError as why:
            raise HTTPException(400, str(why)) from why
        if verdict not in ("accepted", "rejected", "corrected") or (verdict == "corrected" and not said):
            raise HTTPException(400, "Nothing was said of the statement.")
        if ground and item.excerpt.paragraph:
            ground["paragraph"] = item.excerpt.paragraph
        if "speaker" in said and "side" not in said:
            ground.pop("side", None)
        opinion = Opinion(
            kind=item.kind,
            verdict=Verdict(verdict),
            span=span,
            said=tuple((ground | (said if verdict == "corrected" else {})).items()),
            reason=field(form, "why", most=400).strip(),
        )
        log = document.log.add(opinion, by=site.visitor(request).name, at=datetime.now(UTC))
        site.archive.review(log)
        return RedirectResponse(f"/telegram/{holding_id}/record#s{span.start}", 303)


def _item(document: DossierDocument, place: str) -> ReviewItem:
    for item in document.reviewed.items:
        span = item.excerpt.locus.span
        if item.kind is ObjectKind.STATEMENT and place == f"{span.start}-{span.end}":
            return item
    raise HTTPException(404, "There is no such statement.")
