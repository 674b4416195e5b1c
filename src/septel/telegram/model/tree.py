"""The tree of a telegram: every field with its value, what the page has, and where.

Five layers are kept apart: transmission (what the communicators added), form (what the Department's
reproduction unit printed around it), heading and text (what the drafter wrote), release (what reviewers
and archives stamped on it later), and the archive's own catalogue data. Source of the layers and of the
field names: ACP 127; 5 FAH-2; released telegrams 1973-79.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from septel.telegram.model.field_doubt import is_marked
from septel.text import Confidence, Locus

T = TypeVar("T")


class Layer(StrEnum):
    """Who put a line on the page."""

    BLANK = "blank"
    TRANSMISSION = "transmission"
    FORM = "form"
    HEADING = "heading"
    TEXT = "text"
    RELEASE = "release"
    CATALOGUE = "catalogue"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[T]):
    """One thing that the telegram says of itself.

    Attributes:
        value: the normal form.
        raw: the characters of the reading that it was taken from.
        locus: where they stand in the source.
        alternatives: other values that the same characters allow; the reader decides, Septel does not.
        confidence: the calibrated probability that `value` is right, or None.
        basis: how the value was found when not by reading it plainly: `nearest` of a closed list, `vote`
            over repetitions, `sequence` of its neighbours, `structure` of the whole, `form` by its place on a
            printed form, `contested` where something else in the telegram speaks against it; else empty.
    """

    value: T
    raw: str
    locus: Locus
    alternatives: tuple[T, ...] = ()
    confidence: Confidence | None = None
    basis: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether it is shown with the mark of doubt."""
        return is_marked(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A sender or receiver: the name as written, and the post of the lexicon if it is one."""

    name: str
    post: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The number of a telegram in its post's run of the year."""

    post: str | None
    serial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTime:
    """A date-time group: day, hour and minute, always; month and year only where the page has them.

    Attributes:
        iso: ISO 8601 as far as known, for example `1969-11-18T16:55Z` or `--18T16:55Z`.
        day: day of the month.
        hour: hour, 0 to 23.
        minute: minute.
        zone: zone letter; Z is universal time.
        month: 1 to 12, or None.
        year: four figures, or None.
    """

    iso: str
    day: int
    hour: int
    minute: int
    zone: str
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One receiver: by role (`action` or `info`), with its own precedence and number where given."""

    station: Station
    role: str
    precedence: str | None = None
    night_action: bool = False
    number: str | None = None
    raw: str
    locus: Locus
    confidence: Confidence | None = None
    basis: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether it is shown with the mark of doubt."""
        return is_marked(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassInstruction:
    """A request to pass the telegram on: who passes it, to whom, in which role, how fast."""

    who: str
    to: tuple[Station, ...]
    role: str | None
    precedence: str | None
    raw: str
    locus: Locus


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesNumber:
    """A number in a delegation's own run, for example SALTO 015."""

    series: str
    number: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """To which offices of the Department copies went, with the sum that the page itself states.

    Attributes:
        kind: `ACTION` for incoming, `ORIGIN` for outgoing telegrams.
        offices: each office with its number of copies, in order; the first is the action office.
        total: the total after the stroke, or None.
        sums: whether the copies add up to the total; None when there is none.
        locus: where the block stands.
    """

    kind: str
    offices: tuple[tuple[str, int], ...]
    total: int | None
    sums: bool | None
    locus: Locus


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One transmitted part of a telegram: `n` of `of`; None where the page does not say."""

    n: int | None
    of: int | None
    basis: str
    lines: tuple[int, int]
    raw: str
    locus: Locus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of the drafter's text, joined over lines, pages and sections; its loci are kept.

    Attributes:
        text: the text with line ends undone and words divided at line ends joined.
        lines: numbers, from one, of the source lines it begins or runs on.
        loci: one locus per unbroken run of lines.
        paragraph: the path of the paragraph that holds it, or None.
        closed: whether the page itself marks its end (END SUMMARY, END COMMENT).
    """

    text: str
    lines: tuple[int, ...]
    loci: tuple[Locus, ...]
    paragraph: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A numbered, lettered or sub-numbered paragraph.

    Attributes:
        path: its labels from the outside in, joined by stops: `3`, `3.J`, `3.J.2`.
        label: the label as read; `basis` says whether its neighbours decided it.
        text: the text, joined as in `Passage`, without the label.
        portion: the portion mark after the label (`C` of `(C)`), or None.
        roles: `summary`, `comment` where it begins with that word.
        section: index, from zero, of the section in which it begins.
        lines: numbers of the source lines that it owns.
        loci: one locus per unbroken run of lines.
    """

    path: str
    label: Field[str]
    text: str
    portion: str | None = None
    roles: tuple[str, ...] = ()
    section: int = 0
    lines: tuple[int, ...] = ()
    loci: tuple[Locus, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What the drafter quotes: words between QUOTE and UNQUOTE, or a text between BEGIN and END.

    Attributes:
        kind: `quote`, or what begins and ends: `text`, `message`, `letter`, `statement`.
        text: the quoted words, joined as in `Passage`, without the marks.
        paragraph: the path of the paragraph in which it begins, or the part of the tree.
        closed: whether the page marks its end; else it runs to the end of its paragraph.
        lines: numbers of the source lines on which it stands.
        loci: one locus per unbroken run of lines.
        telegram: the quoted telegram with its own heading, where one is quoted whole.
    """

    kind: str
    text: str
    paragraph: str | None
    closed: bool
    lines: tuple[int, ...]
    loci: tuple[Locus, ...]
    telegram: Telegram | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excision:
    """A place where a reviewer or editor took something out; it is never filled from language.

    Attributes:
        unit: `line`, `paragraph`, `word`, `page`, `character`; or what is missing in the editor's words
            (`name`); empty when the mark does not say.
        amount: how many of them, where the mark says so.
        less: whether it says `less than` that many.
        authority: the exemption beside it (`25X1`, `(b)(1)`, `1.4(b)`), or None.
        raw: the mark as it stands.
        line: number of the source line.
        locus: where it stands.
    """

    unit: str
    amount: int | None
    less: bool
    authority: str | None
    raw: str
    line: int
    locus: Locus


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A printed, typed or stamped line of the form or release layer."""

    kind: str
    value: str
    raw: str
    locus: Locus
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """The line at the top of a reproduced page: `PAGE 02 LA PAZ 00015 01 OF 02 022228Z`."""

    page: int
    post: str
    serial: int
    section: tuple[int, int] | None
    received: str | None
    raw: str
    locus: Locus


class Owner(NamedTuple):
    """The part of the tree that owns a line of the source, and the layer of that part."""

    layer: Layer
    part: str


class Place(NamedTuple):
    """Where a source line went: its layer and the part of the tree that owns it."""

    line: int
    layer: Layer
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFault:
    """Something the grammar could not fit or that contradicts itself; a value, never an exception."""

    what: str
    where: Locus | None
    line: int | None
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A line that fits nowhere, kept as it stands."""

    line: int
    raw: str
    locus: Locus


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands before the text, merged over the sections; `date`: the day where no whole time is told."""

    originator: Field[Station] | None = None
    number: Field[Number] | None = None
    mrn: str | None = None
    sent: Field[DateTime] | None = None
    date: Field[str] | None = None
    precedence: Field[tuple[str, ...]] | None = None
    addressees: tuple[Addressee, ...] = ()
    classification: Field[str] | None = None
    captions: tuple[Field[str], ...] = ()
    series: tuple[Field[SeriesNumber], ...] = ()
    passing: tuple[PassInstruction, ...] = ()
    attention: tuple[Field[str], ...] = ()
    executive_order: Field[str] | None = None
    tags: Field[tuple[str, ...]] | None = None
    subject: Field[str] | None = None
    references: tuple[Field[str], ...] = ()

    @property
    def action(self) -> tuple[Addressee, ...]:
        """Those who are to act."""
        return tuple(a for a in self.addressees if a.role == "action")

    @property
    def info(self) -> tuple[Addressee, ...]:
        """Those who are informed."""
        return tuple(a for a in self.addressees if a.role == "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telegram:
    """One telegram as its own form orders it, over the reading of one source.

    `owners` has one entry per source line: nothing is dropped and nothing is owned twice. Lines of one part
    share its owner; `places` is the same with the number of each line.
    """

    source_id: str
    heading: Heading
    sections: tuple[Section, ...] = ()
    summary: Passage | None = None
    opening: Passage | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    comment: Passage | None = None
    signature: Field[str] | None = None
    downgrading: Field[str] | None = None
    quotations: tuple[Quotation, ...] = ()
    excisions: tuple[Excision, ...] = ()
    distribution: tuple[Distribution, ...] = ()
    drafting: tuple[Mark, ...] = ()
    transmission: tuple[Mark, ...] = ()
    pages: tuple[PageHead, ...] = ()
    markings: tuple[Mark, ...] = ()
    footers: tuple[Mark, ...] = ()
    forms: tuple[Mark, ...] = ()
    releases: tuple[Mark, ...] = ()
    catalogue: tuple[tuple[str, str], ...] = ()
    owners: tuple[Owner, ...] = field(default=(), repr=False)
    unplaced: tuple[Unplaced, ...] = ()
    faults: tuple[ParseFault, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """One place per source line, in order."""
        return tuple(Place(line, *owner) for line, owner in enumerate(self.owners, 1))

    @property
    def year(self) -> int | None:
        """The year of the telegram where its own lines say it."""
        return self.heading.sent.value.year if self.heading.sent else None

    def paragraph(self, path: str) -> Paragraph | None:
        """The paragraph of this path."""
        return next((p for p in self.paragraphs if p.path == path), None)
