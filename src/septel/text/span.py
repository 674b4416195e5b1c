"""Half-open stretches of text, and where in which source they lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open stretch of a text: from `start` up to, not including, `end`.

    Offsets count Unicode code points from zero. An empty span (`start == end`) is a place between two
    characters, where something may be inserted.

    Raises:
        ValueError: the end lies before the start, or the start before the text.
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        """Fill the fields; at less cost than a frozen dataclass does, since a document has thousands."""
        _put_start(self, start)
        _put_end(self, end)
        if not 0 <= start <= end:
            self.__post_init__()

    def __post_init__(self) -> None:
        """Refuse a stretch that runs backwards."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forwards from zero or later, not from {self.start} to {self.end}")

    def __len__(self) -> int:
        """How many characters the span covers."""
        return self.end - self.start

    def __bool__(self) -> bool:
        """Always true: an empty span is still a place."""
        return True

    def __contains__(self, offset: int) -> bool:
        """Whether the character at `offset` lies within."""
        return self.start <= offset < self.end

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character, or one is a place strictly inside the other."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same stretch, `by` characters further on."""
        return Span(self.start + by, self.end + by)

    def hull(self, other: Span) -> Span:
        """The shortest stretch that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


_put_start: Callable[[Span, int], None] = vars(Span)["start"].__set__
_put_end: Callable[[Span, int], None] = vars(Span)["end"].__set__


@dataclass(frozen=True, slots=True, order=True)
class Locus:
    """A stretch of one source: the proof that stands behind everything that Septel says.

    It resolves to page, line and box through the source for ever, since a source never changes.
    """

    source_id: str
    span: Span

    def __str__(self) -> str:
        """The short form `1a2b3c4d5e6f:120-134`, used in citations and addresses."""
        return f"{self.source_id}:{self.span.start}-{self.span.end}"

    @classmethod
    def parse(cls, text: str) -> Locus:
        """Read the short form back.

        Raises:
            ValueError: the text is not of the form `source:start-end`.
        """
        source_id, _, offsets = text.rpartition(":")
        start, dash, end = offsets.partition("-")
        if not source_id or not dash:
            raise ValueError(f"a locus looks like source:start-end, not {text!r}")
        return cls(source_id, Span(int(start), int(end)))
