"""The description of the API, by OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from septel import __version__
from septel.export.cite import FORMATS
from septel.room.api import bodies

REF = "#/components/schemas/{model}"
_TEXT: dict[str, Any] = {"type": "string", "maxLength": 500}
_WHOLE = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_FAULTS = {
    "400": "What was asked or sent can't be understood.",
    "401": "Log in first, or send a token.",
    "404": "There is none.",
}
_CHANGE_FAULTS = {
    "403": "The account or token may change nothing, or the page came from elsewhere.",
    "409": "Another person was quicker: look again, then decide if you still want to.",
    "413": "Too much was sent.",
    "415": "What was sent is not application/json.",
    "429": "Too many changes in a minute.",
}


def openapi() -> dict[str, Any]:
    """What the API has."""
    answers = [one for one in vars(bodies).values() if isinstance(one, type) and issubclass(one, BaseModel)]
    kinds = [one for one in answers if one not in (BaseModel, bodies.Sent, bodies.Answer)]
    _, schemas = models_json_schema([(one, "validation") for one in kinds], ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Septel reading room",
            "version": __version__,
            "description": "Telegrams, their text, record and references; what persons decide of them. "
            "Offsets count characters of the source. docs/room.md says how tokens are made.",
        },
        "security": [{}, {"token": []}],
        "paths": {**_archive_paths(), **_record_paths(), **_telegram_paths(), **_change_paths()},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _archive_paths() -> dict[str, Any]:
    part = [_parameter("limit", _WHOLE, "The most rows."), _parameter("offset", _WHOLE, "Rows to leave out.")]
    q = _parameter("q", _TEXT, "A query, see docs/search.md.")
    sorts = {"type": "string", "enum": ["relevance", "date", "number"]}
    both = [
        _parameter(name, _TEXT | {"minLength": 1}, f"The {name} text: an id, number or file.", required=True)
        for name in ("first", "second")
    ]
    asked = [q | {"required": True}, part[0], _parameter("sort", sorts, "The order.")]
    return {
        "/api/telegrams": _get("The telegrams that a query means, or all.", [q, *part], "TelegramList"),
        "/api/search": _get("What a query finds.", asked, "SearchAnswer"),
        "/api/requests": _get("What is cited and not held.", part, "RowsAnswer"),
        "/api/collation": _get("Two texts compared word by word.", both, "CollationAnswer"),
    }


def _record_paths() -> dict[str, Any]:
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    asked = [
        _parameter("q", _TEXT, "Of the telegrams that a query means."),
        _parameter("until", day, "As of this day."),
        _parameter("limit", _WHOLE, "The most rows."),
        _parameter("offset", _WHOLE, "Rows to leave out."),
    ]
    told = {
        "meetings": "The meetings of the record, by date.",
        "positions": "What each side holds on each issue, document by document.",
        "open": "Questions and proposals, and how they stand.",
        "suggestions": "Pairs of statements that a rule offers for comparison.",
        "people": "The persons of the record.",
    }
    return {f"/api/record/{name}": _get(what, asked, "RowsAnswer") for name, what in told.items()}


def _telegram_paths() -> dict[str, Any]:
    one, holding = "/api/telegrams/{holding}", _holding()
    form = _parameter("form", {"type": "string", "enum": list(FORMATS)}, "Its form.", where="path")
    return {
        one: _get("A telegram with every layer (docs/formats.md).", [holding], None),
        f"{one}/text": _get("Its lines, as they came and as they are read.", [holding], "TextAnswer"),
        f"{one}/record": _get("Its record (docs/record.md).", [holding], None),
        f"{one}/queue": _get("Its doubts, the weightiest first.", [holding], "DoubtsAnswer"),
        f"{one}/log": _get("Its edit log.", [holding], "LogAnswer"),
        f"{one}/state": _get("Its tags, notes and corrected fields.", [holding], "StateAnswer"),
        f"{one}/references": _get("What it cites, and what cites it.", [holding], None),
        f"{one}/copies": _get(
            "Documents that seem to be the same message.", [holding, *_part()], "RowsAnswer"
        ),
        f"{one}/citations/{{form}}": _get("A citation.", [holding, form], "CitationAnswer"),
    }


def _change_paths() -> dict[str, Any]:
    one = "/api/telegrams/{holding}"
    told = {
        "decisions": ("Decide what a place reads.", "DecisionBody", "ApiDone"),
        "undo": ("Make an entry of the edit log no longer count.", "UndoBody", "ApiDone"),
        "notes": ("Note something on it, or on a place in it.", "NoteBody", "ApiDone"),
        "tags": ("Give it a tag, or take one off.", "TagBody", "ApiDone"),
        "fields": ("Correct a field of its heading.", "FieldBody", "ApiDoneMany"),
        "statements": ("Judge a statement of its record, or add one.", "StatementBody", "ApiDone"),
    }
    return {
        f"{one}/{name}": {
            "post": {
                "summary": what,
                "parameters": [_holding()],
                "requestBody": {"required": True, "content": _json(body)},
                "responses": {
                    "201": {"description": "It was done.", "content": _json(answer)},
                    **_faults(_FAULTS | _CHANGE_FAULTS),
                },
            }
        }
        for name, (what, body, answer) in told.items()
    }


def _holding() -> dict[str, Any]:
    return _parameter(
        "holding", {"type": "string", "minLength": 1}, "An id, or a name as HELSINKI-1321.", where="path"
    )


def _part() -> list[dict[str, Any]]:
    return [_parameter("limit", _WHOLE, "The most rows."), _parameter("offset", _WHOLE, "Rows to leave out.")]


def _parameter(
    name: str, schema: dict[str, Any], what: str, *, where: str = "query", required: bool = False
) -> dict[str, Any]:
    needed = required or where == "path"
    return {"name": name, "in": where, "required": needed, "schema": schema, "description": what}


def _get(what: str, parameters: Sequence[dict[str, Any]], answer: str | None) -> dict[str, Any]:
    content = _json(answer) if answer else {"application/json": {"schema": {"type": "object"}}}
    answers = {"200": {"description": what, "content": content}, **_faults(_FAULTS)}
    return {"get": {"summary": what, "parameters": list(parameters), "responses": answers}}


def _faults(told: dict[str, str]) -> dict[str, Any]:
    return {status: {"description": what, "content": _json("Fault")} for status, what in told.items()}


def _json(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REF.format(model=model)}}}
