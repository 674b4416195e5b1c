"""What a record holds besides statements: meetings, events, texts, claims, assessments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from septel.record.model.statement import Excerpt, IssueTag, Person, Speaker, Statement
from septel.text import Confidence


class MeetingKind(StrEnum):
    """What sort of meeting."""

    PLENARY = "plenary"
    MINI_PLENARY = "mini-plenary"
    POST_PLENARY = "post-plenary"
    HEADS = "heads of delegation"
    WORKING_GROUP = "working group"
    CONVERSATION = "conversation"
    TELEPHONE = "telephone conversation"
    SOCIAL = "social"
    SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """One person at one meeting."""

    person: Person
    shown_by: Excerpt


class EventKind(StrEnum):
    """What happened at a meeting besides speech."""

    OPENED = "opened"
    READ = "read a text"
    HANDED = "handed over a text"
    DEPARTED = "departed from the text"
    ADJOURNED = "adjourned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something done at a meeting, in the order of the report."""

    kind: EventKind
    actor: Speaker
    to: Person | None = None
    excerpt: Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting, held or announced. What the page does not say stays None.

    Attributes:
        id: from date, sides and kind, so that one meeting reported twice has one id.
        kind: what sort.
        status: `held` or `announced`.
        date: ISO 8601 as far as known (`1969-11-18`, `--11-18`).
        date_of_report: whether that is the date of the document that reports it, the text naming no day: it
            was held then or before.
        date_doubtful: whether the document's date, from which it is taken or counted, was read with a doubt.
        weekday: the day's name in full, where given or for the date's year certain.
        time: as the page gives it.
        place: as the page gives it.
        host: the side whose house it is (`SOVIET EMBASSY`).
        participants: who took part, each shown by a mention.
        events: what was done, in order.
        shown_by: the words that show that it took place or will.
        reported_by: ids of the sources that report it.
    """

    id: str
    kind: MeetingKind
    status: str
    date: str | None = None
    date_of_report: bool = False
    date_doubtful: bool = False
    weekday: str | None = None
    time: str | None = None
    place: str | None = None
    host: str | None = None
    participants: tuple[Participation, ...] = ()
    events: tuple[Event, ...] = ()
    shown_by: Excerpt
    reported_by: tuple[str, ...] = ()


class TextKind(StrEnum):
    """What sort of negotiated or delivered text."""

    STATEMENT = "statement"
    COMMUNIQUE = "communique"
    AIDE_MEMOIRE = "aide-memoire"
    NOTE = "note"
    PROPOSAL = "proposal"
    DRAFT = "draft"
    LETTER = "letter"
    INSTRUCTION = "instruction"


class TextState(StrEnum):
    """How far a text has come."""

    AUTHORISED = "authorised"
    DELIVERED = "delivered"
    HANDED = "handed over"
    PROPOSED = "proposed"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextInPlay:
    """A text that the sides read, handed over, drafted or speak of.

    Attributes:
        id: side and kind, and what carries it.
        carried_by: the telegram that holds it, as the page names it (`TOSALT 005`, `SEPTEL`), or None.
    """

    id: str
    kind: TextKind
    side: str | None
    state: TextState
    carried_by: str | None
    shown_by: Excerpt


class Check(StrEnum):
    """Whether a claim has been checked against the texts themselves."""

    NOT_YET = "not yet"
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim of the page about two versions of one text.

    Attributes:
        text: what is compared (`THE TEXT AS DELIVERED`).
        other: with what (`TOSALT 005`).
        same: True where they are said to be the same, if need be but for exceptions.
        exceptions: what is said to differ, each in the page's words.
        check: whether it was checked; checking needs the other text.
    """

    text: str
    other: str
    same: bool
    exceptions: tuple[Excerpt, ...]
    check: Check = Check.NOT_YET
    excerpt: Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the reporter thinks, apart from what was said.

    Attributes:
        author: the signer or originating post, as the page gives it.
        about: the side or person that it is about, where one is named.
        hedges: the reporter's own words of doubt.
    """

    author: str
    about: Speaker | None
    excerpt: Excerpt
    issues: tuple[IssueTag, ...] = ()
    hedges: tuple[Excerpt, ...] = ()
    confidence: Confidence | None = None


class OpenState(StrEnum):
    """How a point stands after what the records hold."""

    OPEN = "open"
    ANSWERED = "answered"
    ANSWERED_PERHAPS = "answered, perhaps"
    """What follows the question is said by somebody of whom the page does not tell who."""
    ACCEPTED_BY_ONE = "accepted by one"
    """In records of before; a proposal without an acceptance is open, or answered."""
    ACCEPTED_BY_BOTH = "accepted by both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, with its answer where one follows."""

    asked: Statement
    answer: Statement | None
    perhaps: bool = False
    """Whether somebody unknown says what stands as the answer."""

    @property
    def state(self) -> OpenState:
        """Whether it was answered."""
        if self.perhaps:
            return OpenState.ANSWERED_PERHAPS
        return OpenState.ANSWERED if self.answer else OpenState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A passage where someone seems to speak and nothing is claimed, with why."""

    excerpt: Excerpt
    why: str
