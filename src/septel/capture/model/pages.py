"""Accounted pages of lines and words, with boxes where an engine gave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from septel.errors import SeptelError
from septel.text import Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in pixels of its page's image, from the top left corner; far edges are excluded."""

    left: int
    top: int
    right: int
    bottom: int

    def hull(self, other: Box) -> Box:
        """The smallest rectangle around both."""
        return Box(
            left=min(self.left, other.left),
            top=min(self.top, other.top),
            right=max(self.right, other.right),
            bottom=max(self.bottom, other.bottom),
        )

    def across(self, other: Box) -> int:
        """How many pixels of their width both have in common; less than none where a gap parts them."""
        return min(self.right, other.right) - max(self.left, other.left)

    def down(self, other: Box) -> int:
        """How many pixels of their height both have in common; less than none where a gap parts them."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One character of a word, as the engine saw it.

    Attributes:
        left, right: its edges in pixels of the page's image; above and below, it has its word's.
        confidence: the engine's own figure from 0 to 100; no probability until it is calibrated.
        others: other characters that the engine took it for, with its figure for each, the greatest first; an
            empty one means that nothing was typed. Empty where the engine doesn't say.
    """

    left: int
    right: int
    confidence: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as an engine read it.

    Attributes:
        span: where it stands in the source.
        text: its characters.
        box: where it stands on the page, or None when no engine saw an image.
        engine_confidence: the engine's own figure from 0 to 100; no probability until it is calibrated.
        agreed: whether another engine read the same characters here; None where no other looked.
        others: what another engine read here instead, and what was not chosen.
        characters: what the engine saw, one for each character of the text; empty where it doesn't say.
        blank: what it saw between this word and the one before in its line, where it says so: how sure it was
            that nothing is typed there, and what else may be.
    """

    span: Span
    text: str
    box: Box | None = None
    engine_confidence: float | None = None
    agreed: bool | None = None
    others: tuple[str, ...] = ()
    characters: tuple[Character, ...] = ()
    blank: Character | None = None


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Line:
    """A line in reading order: its span in the source, without the line end, and its words."""

    span: Span
    words: tuple[Word, ...] = ()
    box: Box | None = None

    def __init__(self, *, span: Span, words: tuple[Word, ...] = (), box: Box | None = None) -> None:
        """Fill the fields; at less cost than a frozen dataclass does, since a document has hundreds."""
        _put_span(self, span)
        _put_words(self, words)
        _put_box(self, box)


_put_span: Callable[[Line, Span], None] = vars(Line)["span"].__set__
_put_words: Callable[[Line, tuple[Word, ...]], None] = vars(Line)["words"].__set__
_put_box: Callable[[Line, Box | None], None] = vars(Line)["box"].__set__


class Origin(StrEnum):
    """Where the reading of a page comes from."""

    ENGINE = "engine"
    """An OCR engine read its image."""
    PRINTED = "printed"
    """A program made the page, and its letters stand in the file."""
    FILE = "file"
    """The file holds text only: plain, or with its layout (hOCR, ALTO, PAGE)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerAgreement:
    """A page's reading held against the text layer that its file brought along, word by word.

    Attributes:
        reading: words of the reading.
        layer: words of the layer.
        alike: words of the reading that the layer has too, letter for letter, in the same place.
    """

    reading: int
    layer: int
    alike: int

    @property
    def share(self) -> float | None:
        """The share of agreeing words among all of both; None when there are none."""
        words = self.reading + self.layer
        return 2 * self.alike / words if words else None


class RegionKind(StrEnum):
    """What a stretch of a page is that is not its text."""

    BLACK = "black excision"
    """Something was blacked out."""
    WHITE = "white excision"
    """Something was whited out between brackets."""
    FRAME = "frame"
    """A hollow rectangle: a stamp, or a box of a form."""
    STAMP = "stamp"
    """Words of a release or receipt stamp without a frame."""
    BANNER = "classification banner"
    """A line with nothing but a classification."""
    NOTICE = "reproduction notice"
    """Words about copying and release that every page bears."""
    HANDWRITING = "handwriting"
    """Strokes of a pen."""
    PRINT = "print"
    """Printed words beside type: labels of forms, letterheads, what a stamp says."""
    RULE = "rule"
    """A line of a form, level or upright."""
    EDGE = "edge"
    """The dark edge of a copy."""
    SHADING = "shading"
    """Dots that a copier made of a shadow or of dirt."""
    SHOW_THROUGH = "show-through"
    """Writing on the back of the sheet, in mirror writing; nothing of it is text of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch of a page that is not its body, in pixels of the page's image.

    What stands there as words stays in the page's lines as well: a region takes nothing away.
    """

    kind: RegionKind
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was read.

    Attributes:
        number: from one.
        span: its text in the source.
        lines: in reading order.
        width, height: of the image in pixels, or None for a page of text.
        dpi: dots per inch, as the file says or as estimated from a page of letter size.
        image_digest: SHA-256 of the image's pixels in 256 shades, or None for a page of text.
        origin: where the reading comes from.
        agreement: how far it agrees with the text layer of its file; None where there is none or nobody
            has compared them.
        regions: what was found on it besides its body, from top to bottom.
    """

    number: int
    span: Span
    lines: Sequence[Line]
    width: int | None = None
    height: int | None = None
    dpi: int | None = None
    image_digest: str | None = None
    origin: Origin = Origin.ENGINE
    agreement: LayerAgreement | None = None
    regions: tuple[Region, ...] = ()

    @property
    def excisions(self) -> tuple[Region, ...]:
        """What was taken out of the page, as far as its image shows."""
        return tuple(one for one in self.regions if one.kind in (RegionKind.BLACK, RegionKind.WHITE))

    @property
    def excised(self) -> float:
        """The share of the page's area that its excisions take."""
        whole = (self.width or 0) * (self.height or 0)
        boxes = [one.box for one in self.excisions]
        return sum((b.right - b.left) * (b.bottom - b.top) for b in boxes) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place of the text whose characters were guessed when its bytes were read.

    Attributes:
        span: where, in the text.
        why: in words.
        others: other readings of the same bytes.
    """

    span: Span
    why: str
    others: tuple[str, ...] = ()


class PageOutcome(StrEnum):
    """What became of a page."""

    READ = "read"
    BLANK = "blank"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAccount:
    """One line of the account that every page gets.

    Attributes:
        number: the page, from one.
        outcome: what became of it.
        fault: why it failed, or None.
        kept: whether its reading was taken from an earlier run.
    """

    number: int
    outcome: PageOutcome
    fault: SeptelError | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A file as accounted pages.

    Attributes:
        source: the text of all pages; the evidence for everything that follows.
        pages: the pages that hold text, in order.
        accounts: one per page of the file; `read + blank + failed` is their number.
        layers: text layers that the file brought along, page by page, kept apart as witnesses. A layer has a
            page for each of the source's, empty where the file has none.
        notes: what a reader should know of how the file was read, in words.
        doubts: places whose characters were guessed when the bytes were read.
    """

    source: Source
    pages: tuple[Page, ...]
    accounts: tuple[PageAccount, ...]
    layers: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def totals(self) -> dict[PageOutcome, int]:
        """How many pages came to each outcome."""
        counted = Counter(account.outcome for account in self.accounts)
        return {outcome: counted[outcome] for outcome in PageOutcome}

    @property
    def faults(self) -> tuple[SeptelError, ...]:
        """Why pages failed, in the order of the pages."""
        return tuple(account.fault for account in self.accounts if account.fault)

    def boxes(self, span: Span) -> tuple[tuple[int, Box], ...]:
        """The boxes, with their page numbers, of the words that a stretch of the source touches."""
        return tuple(
            (page.number, word.box)
            for page in self.pages
            if page.span.overlaps(span)
            for line in page.lines
            if line.span.overlaps(span)
            for word in line.words
            if word.box and word.span.overlaps(span)
        )
