"""The published JSON form of a negotiating record. Loci are written `source:start-end`, in code points."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class RecordModel(BaseModel):
    """What all parts share: no unknown names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ExcerptJson(RecordModel):
    """Words as read, and where they stand."""

    words: str
    marked: str = Field(
        description="The same with marks: `[?]` after what is doubtful, `[…4]` for what can't be read."
    )
    locus: str = Field(description="Where they stand in the source: `source:start-end`.")
    paragraph: str
    page: int | None
    line: int


class OpinionJson(RecordModel):
    """What one person said of an object."""

    entry: int = Field(description="The number in the document's review log.")
    at: str
    by: str
    verdict: str
    said: dict[str, str] = Field(description="Field by field, what the person held to be true, or rejected.")
    reason: str


class StandingJson(RecordModel):
    """What persons made of an object."""

    status: str = Field(description="`proposed`, `accepted`, `rejected`, `corrected` or `added`.")
    by: str
    at: str | None
    reason: str
    disputed: bool = Field(description="Whether persons hold different things of it; the last one stands.")
    opinions: list[OpinionJson]


class PersonJson(RecordModel):
    """Someone who negotiated; `origin` names the roster, `document`, or the person who said so."""

    key: str
    name: str
    surname: str
    side: str | None
    role: str
    origin: str


class IssueJson(RecordModel):
    """An issue of the vocabulary, and the words that show it."""

    issue: str
    label: str
    shown_by: ExcerptJson


class StatementJson(RecordModel):
    """What one speaker is reported to have said."""

    id: str
    excerpt: ExcerptJson
    content: ExcerptJson
    speaker: PersonJson | None
    side: str | None
    resolution: str = Field(description="How it is known who speaks.")
    mention: ExcerptJson
    addressee: PersonJson | None
    chain: list[str]
    mode: str
    fidelity: str
    act: str
    stance: str
    act_confidence: float | None = Field(
        description="Calibrated probability that the stance of the act is right; null where it is not told."
    )
    verb: ExcerptJson | None
    polarity: str
    modality: str
    conditions: list[ExcerptJson]
    hedges: list[ExcerptJson]
    reporter_hedges: list[ExcerptJson]
    issues: list[IssueJson]
    numbers: list[ExcerptJson]
    meeting: str | None
    answers: str | None
    repeats: list[str]
    summarises: list[str]
    in_summary: bool
    principal: bool
    origin: Literal["rule", "person"]
    rule: str = Field(description="The rule, or `person: NAME`.")
    confidence: float | None = Field(description="Calibrated probability, or null; a person's has none.")
    calibration: str | None
    standing: StandingJson


class EventJson(RecordModel):
    """Something done at a meeting."""

    kind: str
    actor: str
    to: str | None
    excerpt: ExcerptJson


class MeetingJson(RecordModel):
    """A meeting, held or announced."""

    id: str
    kind: str
    status: str
    date: str | None
    date_of_report: bool = Field(
        default=False,
        description="Whether the date is that of the document that reports it: it was held then or before.",
    )
    date_doubtful: bool = Field(
        default=False,
        description="Whether the document's date, from which it is taken, is doubtful.",
    )
    weekday: str | None
    time: str | None
    place: str | None
    host: str | None
    participants: list[PersonJson]
    events: list[EventJson]
    shown_by: ExcerptJson
    reported_by: list[str]


class TextJson(RecordModel):
    """A text that the sides read, handed over, drafted or speak of."""

    id: str
    kind: str
    side: str | None
    state: str
    carried_by: str | None
    shown_by: ExcerptJson


class ClaimJson(RecordModel):
    """What the page claims of two versions of one text."""

    text: str
    other: str
    same: bool
    exceptions: list[ExcerptJson]
    check: str
    excerpt: ExcerptJson


class AssessmentJson(RecordModel):
    """What the reporter thinks, apart from what was said."""

    author: str
    about: str | None
    issues: list[str]
    hedges: list[ExcerptJson]
    confidence: float | None
    excerpt: ExcerptJson


class UnreadJson(RecordModel):
    """A passage where someone seems to speak and nothing is claimed."""

    why: str
    excerpt: ExcerptJson


class ReviewedJson(RecordModel):
    """An object that persons spoke of and that is no statement, or no longer counts."""

    object: str
    excerpt: ExcerptJson
    standing: StandingJson


class LostJson(RecordModel):
    """An opinion whose words a newer capture does not have."""

    object: str
    why: str
    origin: str
    opinion: OpinionJson


class DocumentJson(RecordModel):
    """The record of one document."""

    source: str
    name: str
    sha256: str
    title: str
    kind: str
    date: str | None
    date_doubtful: bool = Field(description="Whether the date was read with a doubt.")
    author: str | None
    author_marked: str | None = Field(description="The same with marks of doubt.")
    participants: list[PersonJson]
    statements: list[StatementJson]
    meetings: list[MeetingJson]
    assessments: list[AssessmentJson]
    texts: list[TextJson]
    claims: list[ClaimJson]
    unread: list[UnreadJson]
    rejected: list[ReviewedJson] = Field(description="What a person rejected; it counts in no view.")
    reviewed: list[ReviewedJson] = Field(description="Meetings and other objects that persons spoke of.")
    lost: list[LostJson]


class CellJson(RecordModel):
    """What one side holds on one issue, by one document."""

    issue: str
    label: str
    side: str
    date: str | None
    date_doubtful: bool = Field(description="Whether the date was read with a doubt.")
    stance: str
    statements: list[str]


class OpenPointJson(RecordModel):
    """A question or proposal and how it stands."""

    what: str
    state: str
    issues: list[str]
    statements: list[str]


class SuggestionJson(RecordModel):
    """Two statements for a person to compare; a fact only when a person has accepted it."""

    kind: str
    why: str
    rank: float = Field(description="For the order of the queue; no probability.")
    earlier: str
    later: str
    standing: StandingJson


class GroupJson(RecordModel):
    """Statements that touch no issue of the vocabulary, by a word that they share."""

    words: list[str]
    statements: list[str]


class RecordJson(RecordModel):
    """Documents and the views over them; statements are named by their ids."""

    format: Literal["septel record 1"] = "septel record 1"
    documents: list[DocumentJson]
    meetings: list[MeetingJson] = Field(description="Every meeting once, whoever reports it.")
    positions: list[CellJson]
    open_points: list[OpenPointJson]
    suggestions: list[SuggestionJson]
    groups: list[GroupJson]


def record_schema() -> dict[str, Any]:
    """The JSON schema of a record, as published in docs/schema/record.schema.json."""
    made = RecordJson.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def record_schema_text() -> str:
    """The schema as the published file has it."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False, sort_keys=False) + "\n"
