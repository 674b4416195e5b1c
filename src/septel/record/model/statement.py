"""The negotiating record: who said what to whom, on which point, and what proves it.

Everything that is stated holds an `Excerpt`: words of the source as read, and where they stand. A statement
without one cannot be made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from septel.text import Confidence, Locus

BY_PERSON = "person: "
"""How the rule of an object begins that a person stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Words as read, with the place that proves them.

    Attributes:
        words: the words as the reading has them, line ends undone, words divided at line ends joined.
        locus: where they stand in the source; it contains every word.
        paragraph: the path of the paragraph (`3.J`), `summary`, `opening`, or the number of a paragraph
            that the page does not number.
        line: number, from one, of the source line on which they begin.
    """

    words: str
    locus: Locus
    paragraph: str
    line: int


class SpeakerBasis(StrEnum):
    """How it is known who speaks, surest first."""

    NAMED = "named"
    """The sentence names the speaker."""
    AUTHOR = "author"
    """The first person of the document: its drafter or signer."""
    PRONOUN = "pronoun"
    """HE: the person named last as a speaker."""
    OFFICE = "office"
    """THE AMBASSADOR, THE SECRETARY: the participant who holds the office."""
    CONTINUING = "continuing"
    """A sentence without a verb of saying that goes on with what the last speaker said."""
    GOVERNING = "governing paragraph"
    """A paragraph without a verb of saying, under one that says whose statement follows."""
    QUOTATION = "quotation"
    """Stands within a quotation or a text that was read or handed over."""
    SIDE = "side only"
    """THE SOVIET SIDE: the side is known, the person is not."""
    DOCUMENT = "document"
    """A note, letter or broadcast speaks (`THE NOTE SAID`); its author is whoever the page says."""
    MEETING = "meeting"
    """IT WAS AGREED: those who met, no one of them."""
    UNKNOWN = "unknown"
    """Somebody speaks, and the page leaves open who."""


class Mode(StrEnum):
    """How the words were given."""

    ORAL = "oral"
    READ = "read"
    DEPARTURE = "departure from text"
    HANDED = "handed over"
    WRITTEN = "written"


class Fidelity(StrEnum):
    """How near the report is to the words spoken."""

    QUOTED = "quoted"
    NEAR_VERBATIM = "near-verbatim"
    INDIRECT = "indirect"
    SUMMARY = "summary"
    CHARACTERISED = "characterised"


class Act(StrEnum):
    """What the speaker does by saying it."""

    STATES = "states"
    ASKS = "asks"
    PROPOSES = "proposes"
    ACCEPTS = "accepts"
    REJECTS = "rejects"
    RESERVES = "reserves"
    COMMITS = "commits"
    EXPRESSES = "expresses"
    DELIVERS = "delivers"
    PROCEDURAL = "procedural"
    ANSWERS = "answers"
    REQUESTS = "requests"
    WARNS = "warns"
    OBJECTS = "objects"
    AGREES = "agrees"
    INFORMS = "informs"

    @property
    def stance(self) -> Stance:
        """The act as one of six stances."""
        return _STANCES.get(self, Stance.STATES)


class Stance(StrEnum):
    """The six stances into which every act falls."""

    STATES = "states"
    PROPOSES = "proposes"
    ACCEPTS = "accepts"
    REJECTS = "rejects"
    RESERVES = "reserves"
    QUESTIONS = "questions"


_STANCES = {
    Act.ASKS: Stance.QUESTIONS,
    Act.PROPOSES: Stance.PROPOSES,
    Act.ACCEPTS: Stance.ACCEPTS,
    Act.REJECTS: Stance.REJECTS,
    Act.RESERVES: Stance.RESERVES,
    Act.REQUESTS: Stance.PROPOSES,
    Act.OBJECTS: Stance.REJECTS,
    Act.AGREES: Stance.ACCEPTS,
}


class Polarity(StrEnum):
    """Whether the content is affirmed or denied."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How firmly the content is put."""

    PLAIN = "plain"
    POSSIBLE = "possible"
    WOULD = "would"
    MUST = "must"
    WILL = "will"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who negotiated, as rosters or the document know them.

    Attributes:
        key: a short name that is unique among the rosters, for example `semenov-v`.
        name: the name in full.
        surname: by which documents speak of them.
        side: the side they speak for (`US`, `Soviet`), or None when not known.
        role: the office, as the roster or the document gives it.
        variants: other spellings of the surname.
        origin: the roster or `document`.
    """

    key: str
    name: str
    surname: str
    side: str | None
    role: str = ""
    variants: tuple[str, ...] = ()
    origin: str = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, as far as the page tells.

    Attributes:
        person: None where only the side is known.
        side: the side spoken for.
        resolution: how it is known.
        mention: the name, office, pronoun or heading that says so, wherever it stands.
    """

    person: Person | None
    side: str | None
    resolution: SpeakerBasis
    mention: Excerpt

    @property
    def name(self) -> str:
        """The surname, else the side; for tables."""
        return self.person.surname if self.person else (self.side or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTag:
    """An issue of the vocabulary and the words that show it."""

    issue: str
    shown_by: Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one speaker is reported to have said, as one unit.

    Attributes:
        id: the locus of the whole statement in its short form; the same as long as the source is.
        excerpt: the whole statement, with the words that report it.
        content: what was said, without `SEMENOV SAID THAT`.
        speaker: who said it.
        addressee: to whom, where the page says so.
        chain: through whom it comes, the nearest first (`SMITH` reports that `SEMENOV` said).
        mode: how the words were given.
        fidelity: how near the report is to the words.
        act: what the speaker does; STATES too where what they do is not told surely enough.
        act_confidence: the calibrated probability that the stance of the act is right; None where it would
            be under the least that is shown, and from a person.
        verb: the verb or phrase from which the act was read; None where the act is only assumed.
        polarity: affirmed or denied.
        modality: how firmly.
        conditions: clauses on which it depends (`IF SMITH HAS A DIFFERENT POINT OF VIEW`).
        hedges: words with which the speaker holds back.
        reporter_hedges: words with which the reporter holds back (`SEEMED`).
        issues: points of the vocabulary that it touches.
        numbers: figures within it.
        meeting: id of the meeting at which it was said.
        answers: id of the statement that it answers.
        repeats: ids of earlier statements of the same side that say nearly the same.
        summarises: ids of the statements that it sums up; such a statement is not counted twice.
        in_summary: whether it stands in the summary.
        principal: whether it takes a position on an issue, rather than saying something by the way.
        rule: which rule found it; a person's statements name the person.
        confidence: the calibrated probability that speaker and side are right and the words read right.
    """

    id: str
    excerpt: Excerpt
    content: Excerpt
    speaker: Speaker
    addressee: Person | None = None
    chain: tuple[str, ...] = ()
    mode: Mode = Mode.ORAL
    fidelity: Fidelity = Fidelity.INDIRECT
    act: Act = Act.STATES
    act_confidence: Confidence | None = None
    verb: Excerpt | None = None
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.PLAIN
    conditions: tuple[Excerpt, ...] = ()
    hedges: tuple[Excerpt, ...] = ()
    reporter_hedges: tuple[Excerpt, ...] = ()
    issues: tuple[IssueTag, ...] = ()
    numbers: tuple[Excerpt, ...] = ()
    meeting: str | None = None
    answers: str | None = None
    repeats: tuple[str, ...] = ()
    summarises: tuple[str, ...] = ()
    in_summary: bool = False
    principal: bool = False
    rule: str = ""
    confidence: Confidence | None = None

    @property
    def stance(self) -> Stance:
        """The act as one of six stances."""
        return self.act.stance

    @property
    def side(self) -> str | None:
        """The side spoken for."""
        return self.speaker.side

    @property
    def issue_ids(self) -> tuple[str, ...]:
        """The issues, each once, in order of mention."""
        return tuple(dict.fromkeys(tag.issue for tag in self.issues))
