"""What other programs send and get, as types; the description of the API is made from them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from septel.archive.search import CORRECTABLE
from septel.record.review import STATEMENT_FIELDS
from septel.room.correction import MOST_CHARACTERS, WordVerdict

Place = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}-[0-9]{1,9}$")]
"""A stretch of the source by its offsets, `412-420`."""
Reason = Annotated[str, StringConstraints(max_length=400)]
Seen = Annotated[int, Field(ge=0, le=999_999_999)]
"""How many entries there were when the person looked: by it what others did meanwhile is found."""
Text = Annotated[str, StringConstraints(max_length=80)]


class Sent(BaseModel):
    """What is sent: nothing but the fields that are described, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class DecisionBody(Sent):
    """A decision about a place."""

    place: Place
    verdict: Literal["accept", "read", "source", "unreadable"]
    text: Annotated[str, StringConstraints(max_length=MOST_CHARACTERS, pattern=r"^[^\r\n]*$")] = ""
    why: Reason = ""
    seen: Seen

    @property
    def word_verdict(self) -> WordVerdict:
        """The verdict."""
        return WordVerdict(self.verdict)


class UndoBody(Sent):
    """An entry of the edit log that should no longer count."""

    entry: Annotated[int, Field(ge=1, le=999_999_999)]


class NoteBody(Sent):
    """A note, on a place or on the whole telegram."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    place: Place | None = None


class TagBody(Sent):
    """A tag that is given, or taken off."""

    tag: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    off: bool = False


class FieldBody(Sent):
    """A heading field; null says that the paper has none."""

    field: (
        Literal["title", "identifier", "post", "dtg", "subject", "classification", "collection", "box"]
        | (Literal["folder", "call", "repository"])
    )
    value: Annotated[str, StringConstraints(max_length=400)] | None
    why: Reason = ""
    seen: Seen


class StatementFields(Sent):
    """What a statement is, as far as it is said."""

    speaker: Text | None = None
    side: Text | None = None
    addressee: Text | None = None
    act: Text | None = None
    polarity: Text | None = None
    modality: Text | None = None
    mode: Text | None = None
    fidelity: Text | None = None
    issues: Annotated[str, StringConstraints(max_length=400)] | None = None


class StatementBody(Sent):
    """An opinion on a statement of the record, or a statement that no rule found."""

    place: Place
    verdict: Literal["accepted", "rejected", "corrected", "added"]
    fields: StatementFields = StatementFields()
    why: Reason = ""
    seen: Seen


assert set(StatementFields.model_fields) == set(STATEMENT_FIELDS)
assert set(CORRECTABLE) == {
    *("title", "identifier", "post", "dtg", "subject", "classification"),
    *("collection", "box", "folder", "call", "repository"),
}


class Answer(BaseModel):
    """What is given."""

    model_config = ConfigDict(extra="allow")


class Fault(Answer):
    """Why nothing was done."""

    fault: str


class ApiDone(Answer):
    """What was done: the number of the entry or act, by which it is undone; 0 where nothing was."""

    holding: str
    number: int


class ApiDoneMany(Answer):
    """The numbers of the acts."""

    holding: str
    numbers: list[int]


class RowsAnswer(Answer):
    """A part of a list, and how long it is."""

    total: int
    rows: list[dict[str, object]]


class TelegramList(Answer):
    """Telegrams as lists show them."""

    total: int
    telegrams: list[dict[str, object]]


class SearchAnswer(Answer):
    """What was found; `hits` by place, `facets` by field and value."""

    query: str
    total: int
    complete: bool
    hits: list[dict[str, object]]
    facets: dict[str, dict[str, int]]
    notes: list[str]


class TextLine(Answer):
    """A line as it came and as it is read; `start` and `end` are its place in the source.

    `marked` is what is read with its doubts, as `septel show` has it: `WORD[?]`, `[…4]`.
    """

    line: int
    start: int
    end: int
    source: str
    reads: str
    marked: str


class TextAnswer(Answer):
    """The lines of a telegram."""

    holding: str
    lines: list[TextLine]


class DoubtsAnswer(Answer):
    """The doubts of a telegram, the weightiest first; `seen` goes back with a decision."""

    holding: str
    seen: int
    doubts: list[dict[str, object]]


class LogAnswer(Answer):
    """The edit log."""

    holding: str
    entries: list[dict[str, object]]


class StateAnswer(Answer):
    """What persons did with a telegram; `seen` goes back with a corrected field."""

    holding: str
    seen: int
    tags: list[str]
    notes: list[dict[str, object]]
    corrected: dict[str, str | None]
    hidden: bool


class CitationAnswer(Answer):
    """A citation."""

    form: str
    text: str


class CollationAnswer(Answer):
    """Two texts compared; see `septel collate --json`."""

    first: str
    second: str
    same: bool
    changes: list[dict[str, object]]
