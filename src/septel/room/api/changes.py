"""What other programs change: decisions, notes, tags, fields, statements; by the rules of the pages."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from septel.room.api.bodies import DecisionBody, FieldBody, NoteBody, StatementBody, TagBody, UndoBody
from septel.room.correction import Ruling, add, correct_fields, decide, judge, span_from, undo
from septel.room.site import ReadingRoom
from septel.text import Span

B = TypeVar("B", bound=BaseModel)


class ApiChanges:
    """What can be changed."""

    def __init__(self, site: ReadingRoom) -> None:
        self.site = site

    def decide(self, request: Request, body: bytes) -> Response:
        """Decide what a place reads, unless another person was quicker."""
        sent, holding = _read(DecisionBody, body), self.site.held(request)
        ruling = Ruling(
            span=span_from(sent.place, holding.source),
            verdict=sent.word_verdict,
            text=sent.text,
            by=self.site.visitor(request).name,
            why=sent.why.strip(),
        )
        return _done(holding.id, decide(self.site.archive, holding.id, ruling, seen=sent.seen))

    def undo(self, request: Request, body: bytes) -> Response:
        """Make an entry of the edit log no longer count."""
        sent, holding_id = _read(UndoBody, body), self.site.id_of(request)
        if sent.entry > len(self.site.archive.log(holding_id).entries):
            raise HTTPException(400, f"the edit log has no entry {sent.entry}")
        undo(self.site.archive, holding_id, sent.entry, by=self.site.visitor(request).name)
        return _done(holding_id, sent.entry)

    def note(self, request: Request, body: bytes) -> Response:
        """Note something on the telegram, or on a place in it."""
        sent, holding = _read(NoteBody, body), self.site.held(request)
        place = span_from(sent.place, holding.source) if sent.place else None
        by = self.site.visitor(request).name
        return _done(holding.id, self.site.archive.curation.note(holding.id, sent.text, by=by, place=place))

    def tag(self, request: Request, body: bytes) -> Response:
        """Give the telegram a tag, or take one off."""
        sent, holding_id = _read(TagBody, body), self.site.id_of(request)
        curation, by = self.site.archive.curation, self.site.visitor(request).name
        return _done(holding_id, (curation.untag if sent.off else curation.tag)(holding_id, sent.tag, by=by))

    def field(self, request: Request, body: bytes) -> Response:
        """Correct a field of the heading, unless another person was quicker."""
        sent, holding_id = _read(FieldBody, body), self.site.id_of(request)
        acts = correct_fields(
            self.site.archive,
            holding_id,
            {sent.field: (sent.value or "").strip()},
            seen=sent.seen,
            by=self.site.visitor(request).name,
            why=sent.why.strip(),
        )
        return JSONResponse({"holding": holding_id, "numbers": acts}, 201)

    def statement(self, request: Request, body: bytes) -> Response:
        """Judge a statement of the record, or add one that no rule found."""
        sent, holding = _read(StatementBody, body), self.site.held(request)
        archive, by = self.site.archive, self.site.visitor(request).name
        fields = {name: value.strip() for name, value in sent.fields.model_dump(exclude_none=True).items()}
        if sent.verdict == "added":
            start, _, end = sent.place.partition("-")
            if not int(start) < int(end) <= len(holding.source.text):
                raise HTTPException(400, f"{sent.place} is no place of the source")
            span = Span(int(start), int(end))
            entry = add(
                archive, holding.id, span, "statement", fields, seen=sent.seen, by=by, why=sent.why.strip()
            )
        else:
            entry = judge(
                archive,
                holding.id,
                sent.place,
                sent.verdict,
                fields,
                seen=sent.seen,
                by=by,
                why=sent.why.strip(),
            )
        return _done(holding.id, entry)


def _read(kind: type[B], body: bytes) -> B:
    """What was sent.

    Raises:
        HTTPException: it is not of this kind (400).
    """
    try:
        return kind.model_validate_json(body)
    except ValidationError as why:
        first = why.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the body"
        raise HTTPException(400, f"{where}: {first['msg']}") from why


def _done(holding: str, number: int) -> Response:
    return JSONResponse({"holding": holding, "number": number}, 201)
