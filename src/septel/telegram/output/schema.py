"""The published JSON form of a telegram. Loci are written `source:start-end`, in code points."""

from __future__ import annotations

import json
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from septel.telegram.model import in_doubt
from septel.text import Locus

T = TypeVar("T")
VERSION = "1"
_BASES = "Empty when read plainly; else `nearest`, `vote`, `sequence`, `structure`, `form` or `contested`."


class TelegramModel(BaseModel):
    """What all parts share: no unknown names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Told(Protocol):
    @property
    def basis(self) -> str: ...

    @property
    def confidence(self) -> float | None: ...

    @property
    def locus(self) -> str: ...


class _Doubted:
    """What may bear the mark of doubt."""

    @property
    def doubtful(self: _Told) -> bool:
        """Whether it is shown with the mark of doubt."""
        return in_doubt(self.basis, self.confidence, len(Locus.parse(self.locus).span))


class FieldJson(_Doubted, TelegramModel, Generic[T]):
    """A value, what the page has for it, where, and what else it may be."""

    value: T
    raw: str = Field(description="The characters of the reading that the value was taken from.")
    locus: str = Field(description="Where they stand in the source: `source:start-end`.")
    alternatives: list[T] = Field(default_factory=list, description="Other values that the page allows.")
    confidence: float | None = Field(default=None, description="Calibrated probability, or null.")
    basis: str = Field(default="", description=_BASES)


class StationJson(TelegramModel):
    """A sender or receiver; `post` is the lexicon's name for it, or null."""

    name: str
    post: str | None = None


class NumberJson(TelegramModel):
    """The number in the post's run of the year."""

    post: str | None
    serial: int


class DateTimeJson(TelegramModel):
    """A date-time group; month and year are null where the page has none."""

    iso: str
    day: int
    hour: int
    minute: int
    zone: str
    month: int | None = None
    year: int | None = None


class SeriesJson(TelegramModel):
    """A number in a delegation's own run."""

    series: str
    number: str
    direction: str


class AddresseeJson(_Doubted, TelegramModel):
    """One receiver, `action` or `info`."""

    station: StationJson
    role: str
    precedence: str | None
    night_action: bool
    number: str | None = Field(description="The sender's own number to this addressee, if given.")
    raw: str
    locus: str
    confidence: float | None = Field(default=None, description="Calibrated probability, or null.")
    basis: str = Field(default="", description="Empty when read plainly, else `form`.")


class PassJson(TelegramModel):
    """A request to pass the telegram on."""

    who: str
    to: list[StationJson]
    role: str | None
    precedence: str | None
    raw: str
    locus: str


class HeadingJson(TelegramModel):
    """What stands before the text, merged over the sections."""

    originator: FieldJson[StationJson] | None = None
    number: FieldJson[NumberJson] | None = None
    mrn: str | None = Field(default=None, description="Message reference number: year, post, five figures.")
    sent: FieldJson[DateTimeJson] | None = None
    date: FieldJson[str] | None = Field(
        default=None, description="The day, by a form that bears no whole time of sending."
    )
    precedence: FieldJson[list[str]] | None = None
    addressees: list[AddresseeJson] = Field(default_factory=list)
    classification: FieldJson[str] | None = None
    captions: list[FieldJson[str]] = Field(default_factory=list)
    series: list[FieldJson[SeriesJson]] = Field(default_factory=list)
    passing: list[PassJson] = Field(default_factory=list)
    attention: list[FieldJson[str]] = Field(default_factory=list)
    executive_order: FieldJson[str] | None = None
    tags: FieldJson[list[str]] | None = None
    subject: FieldJson[str] | None = None
    references: list[FieldJson[str]] = Field(default_factory=list)


class SectionJson(TelegramModel):
    """One transmitted part: `n` of `of`."""

    n: int | None
    of: int | None
    basis: str
    lines: tuple[int, int]
    raw: str
    locus: str | None


class PassageJson(TelegramModel):
    """Running text, with the lines and places that it was joined from."""

    text: str
    lines: list[int]
    loci: list[str]
    paragraph: str | None = None
    closed: bool = Field(default=False, description="Whether the page marks its end.")


class ParagraphJson(TelegramModel):
    """A labelled paragraph; `path` holds its labels from the outside in, such as `3.J`."""

    path: str
    label: FieldJson[str]
    text: str
    portion: str | None
    roles: list[str]
    section: int
    lines: list[int]
    loci: list[str]


class QuotationJson(TelegramModel):
    """What the drafter quotes; `telegram` where a telegram is quoted whole."""

    kind: str
    text: str
    paragraph: str | None
    closed: bool
    lines: list[int]
    loci: list[str]
    telegram: TelegramJson | None = None


class ExcisionJson(TelegramModel):
    """A place where something was taken out."""

    unit: str
    amount: int | None
    less: bool
    authority: str | None
    raw: str
    line: int
    locus: str


class MarkJson(TelegramModel):
    """A printed, typed or stamped line that is not the drafter's."""

    kind: str
    value: str
    raw: str
    locus: str
    page: int


class PageHeadJson(TelegramModel):
    """The line at the top of a reproduced page."""

    page: int
    post: str
    serial: int
    section: tuple[int, int] | None
    received: str | None
    raw: str
    locus: str


class OfficeJson(TelegramModel):
    """An office and its number of copies."""

    office: str
    copies: int


class DistributionJson(TelegramModel):
    """To which offices copies went; `sums` says whether they add up to the printed total."""

    kind: str
    offices: list[OfficeJson]
    total: int | None
    sums: bool | None
    locus: str


class PlaceJson(TelegramModel):
    """The part of the tree that owns a line of the source."""

    line: int
    layer: str
    part: str


class FaultJson(TelegramModel):
    """What the grammar could not fit."""

    what: str
    where: str | None
    line: int | None
    remedy: str


class UnplacedJson(TelegramModel):
    """A line that fits nowhere."""

    line: int
    raw: str
    locus: str


class CoverJson(TelegramModel):
    """What an archive's record sheet in front of a paper says of it, as it stands there."""

    agency: str | None = None
    record_number: str | None = None
    record_series: str | None = None
    agency_file_number: str | None = None
    originator: str | None = None
    sender: str | None = None
    receiver: str | None = None
    title: str | None = None
    date: str | None = Field(default=None, description="As it stands; 00 is an unknown day or month.")
    pages: str | None = None
    subjects: list[str] = Field(default_factory=list)
    document_type: str | None = None
    classification: str | None = None
    restrictions: str | None = None
    current_status: str | None = None
    date_of_last_review: str | None = None
    opening_criteria: str | None = None
    comments: str | None = None


class ProposalJson(TelegramModel):
    """A date that a paper without one may have; nobody wrote it on the page."""

    date: str = Field(description="ISO 8601, as far as it can be told.")
    reasons: list[str]


class PaperJson(TelegramModel):
    """Which paper of its file this is; a file may hold several."""

    kind: str = Field(description="cia-cable, state-telegram, memorandum, rif-cover ...")
    file: str = Field(
        description="The file's name; for an attachment, that of the file it came in before it."
    )
    number: int = Field(description="From one, in the file.")
    of: int = Field(description="How many papers the file holds.")
    pages: tuple[int, int] = Field(description="First and last page in the file.")
    before: str | None = Field(default=None, description="The holding of the paper before it in the file.")
    after: str | None = Field(default=None, description="The holding of the paper after it in the file.")
    cover: CoverJson | None = None
    numbers: list[str] = Field(default_factory=list, description="All numbers by which it is cited.")
    service: str | None = None
    title: str | None = Field(default=None, description="Its own title or subject, where it bears one.")
    date: str | None = Field(default=None, description="Its own date as ISO 8601, where it bears one.")
    participants: list[str] = Field(
        default_factory=list, description="Who took part in what it reports, as far as it lists them."
    )
    confidence: dict[str, float] = Field(
        default_factory=dict, description="How sure each field of its form is, fitted on pages judged by eye."
    )
    unread: dict[str, list[str]] = Field(
        default_factory=dict, description="Candidates of fields that were not read surely enough to stand."
    )
    why: list[str] = Field(default_factory=list, description="The signs by which it was told apart.")
    kind_confidence: float | None = Field(
        default=None, description="How sure its kind is, fitted on pages judged by eye; none where not asked."
    )
    kind_alternatives: list[str] = Field(
        default_factory=list, description="The kinds that it may be instead, the likeliest first."
    )
    attached_to: str | None = Field(
        default=None, description="The holding of the paper that it is an attachment of."
    )
    proposed: list[ProposalJson] = Field(default_factory=list)


class TelegramJson(TelegramModel):
    """One telegram as its own form orders it."""

    version: str = VERSION
    source: str = Field(description="The id of the source that all loci point into.")
    heading: HeadingJson
    sections: list[SectionJson]
    summary: PassageJson | None
    opening: PassageJson | None = Field(description="Text before the first label that is no summary.")
    paragraphs: list[ParagraphJson]
    comment: PassageJson | None
    signature: FieldJson[str] | None
    downgrading: FieldJson[str] | None = Field(
        default=None, description="Group of automatic downgrading, 1961-72."
    )
    quotations: list[QuotationJson] = Field(default_factory=list)
    excisions: list[ExcisionJson] = Field(default_factory=list)
    distribution: list[DistributionJson]
    drafting: list[MarkJson]
    transmission: list[MarkJson]
    pages: list[PageHeadJson]
    markings: list[MarkJson]
    footers: list[MarkJson]
    forms: list[MarkJson]
    releases: list[MarkJson]
    catalogue: dict[str, str] = Field(description="The archive's attribute block, where the file has one.")
    places: list[PlaceJson] = Field(description="One entry per line of the source.")
    unplaced: list[UnplacedJson]
    faults: list[FaultJson]
    paper: PaperJson | None = Field(default=None, description="Where it stands in its file; null when alone.")


def schema() -> dict[str, Any]:
    """The JSON schema of a telegram, as published in docs/schema/telegram.schema.json."""
    made = TelegramJson.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schema_text() -> str:
    """The schema as the published file has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=False) + "\n"
