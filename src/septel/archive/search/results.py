"""What a search finds: hits with their places, how they were read, facets, suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import overload

from septel.capture.model import Box
from septel.text import Locus, Span


class Match(StrEnum):
    """How what was found is read there; the first is the surest."""

    RESTORED = "restored"
    """It is the text as it is read."""
    ALTERNATIVE = "alternative"
    """It may be read so: another reading of the place, with its probability."""
    SOURCE = "source"
    """It is there as the page came, and read otherwise."""
    SIMILAR = "similar"
    """It looks or sounds alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitWord:
    """A piece of a hit's snippet.

    Attributes:
        text: as restored.
        found: whether it is (a part of) what was looked for.
        doubtful: whether the reading of it is in doubt.
    """

    text: str
    found: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One paragraph or field that a search found.

    Attributes:
        holding: the document's id.
        title: the document's title.
        part: the paragraph (`2.A`), `summary`, or the name of the field (`subject`); empty where a document
            was found by its fields alone.
        page, line: of the place where the match begins; numbers from one.
        locus: the lines of the match, in the source.
        words: the restored text of these lines in pieces.
        match: how the surest match is read.
        probability: that what was looked for stands there; None where no calibrated figure says.
        because: what matched when the snippet does not show it: another reading, or the line as it came.
        boxes: the words' boxes on the page, where known.
        places: each place of the match in the source, in the order of the text.
    """

    holding: str
    title: str
    part: str
    page: int
    line: int
    locus: Locus
    words: tuple[HitWord, ...]
    match: Match
    probability: float | None = None
    because: str = ""
    boxes: tuple[Box, ...] = ()
    places: tuple[Span, ...] = ()

    @property
    def snippet(self) -> tuple[tuple[str, bool], ...]:
        """The pieces without their doubts: text, and whether it matched."""
        out: list[tuple[str, bool]] = []
        for word in self.words:
            if out and out[-1][1] == word.found:
                out[-1] = (out[-1][0] + word.text, word.found)
            else:
                out.append((word.text, word.found))
        return tuple(out)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a field, and how many of the holdings found have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How the holdings found are spread over a field.

    Attributes:
        field: its name in queries.
        values: the commonest first.
        known: holdings that have a value.
        none: telegrams whose heading was read and has no such field.
        not_stated: holdings of which nothing is known: no heading was read, or no record was made yet.
    """

    field: str
    values: tuple[FacetValue, ...]
    known: int
    none: int
    not_stated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuerySuggestion:
    """Another query that the archive's own words suggest."""

    query: str
    instead: str
    word: str


@dataclass(frozen=True, kw_only=True)
class SearchResult(Sequence[Hit]):
    """What a query found; it is also the sequence of its hits.

    Attributes:
        query: as it was understood, in the query language.
        hits: at most as many as were asked for.
        total: how many paragraphs and fields there are; at least so many where `complete` is false.
        holdings: the documents found, in the order of the hits, all of them.
        complete: whether every possible match was looked at.
        facets: asked for with `facets=True`.
        suggestions: "did you mean", where little or nothing was found.
        notes: what a reader should know: what was not searched, and why.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    holdings: tuple[str, ...]
    complete: bool = True
    facets: tuple[Facet, ...] = ()
    suggestions: tuple[QuerySuggestion, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        """A hit by its place."""
        return self.hits[index]

    def __len__(self) -> int:
        """How many hits were given; `total` says how many there are."""
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        """The hits, best first."""
        return iter(self.hits)
