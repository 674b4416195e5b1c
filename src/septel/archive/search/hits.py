"""Hits: where a match stands, the lines that show it, what is in doubt, and why it was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from septel.archive.search.evaluation import Finding
from septel.archive.search.lattice import Lattice
from septel.archive.search.results import Hit, HitWord, Match
from septel.archive.search.units import lines_read
from septel.capture.model import Box, Page
from septel.text import Locus, Reading, Span

_MOST_LINES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldText:
    """What a search needs of a document.

    Attributes:
        title: how lists show it.
        reading: the document as it is read now.
        pages: their geometry; asked for when a hit is shown.
        number_at: where its number stands in the source, or None.
    """

    title: str
    reading: Reading
    pages: Callable[[], Sequence[Page]]
    number_at: Callable[[], int | None]


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit as the index has it, with what sorts it."""

    id: int
    holding: str
    part: str
    lines: str
    following: str
    first: str
    serial: int | None

    @property
    def key(self) -> tuple[str, int]:
        """By date; what has none stands last."""
        return self.first or "9", self.serial or 0


def whole_hit(held: HeldText, holding: str, part: str) -> Hit:
    """A document found by its fields: shown by the line of its number, or its first line."""
    source, reading = held.reading.source, held.reading
    at = held.number_at() if part else None
    number = source.line_at(at) if at is not None else _first_line(reading)
    span = source.lines[number - 1] if source.lines else Span(0, 0)
    text = reading.line_texts[number - 1] if source.lines else ""
    return Hit(
        holding=holding,
        title=held.title,
        part=part,
        page=source.page_at(span.start),
        line=number,
        locus=Locus(holding, span),
        words=(HitWord(text=text),),
        match=Match.RESTORED,
        probability=1.0,
    )


def unit_hit(held: HeldText, lattice: Lattice, unit: UnitPlace, finding: Finding, match: Match) -> Hit:
    """What was found in a unit: the lines of the match, what of them matched, and why."""
    reading, source = held.reading, held.reading.source
    spans = [lattice.span(path) for path in finding.paths]
    places = tuple(dict.fromkeys(reading.offsets.to_source(span) for span in spans))
    lines = list(
        dict.fromkeys(
            number
            for place in places[:_MOST_LINES]
            for number in range(
                source.line_at(place.start), source.line_at(max(place.start, place.end - 1)) + 1
            )
            if number in set(lines_read(unit.lines)) | set(lines_read(unit.following))
        )
    )[:_MOST_LINES] or [lines_read(unit.lines)[0]]
    lines.sort()
    shown = [source.lines[number - 1] for number in lines]
    notes = list(dict.fromkeys(note for path in finding.paths for note in path.notes))[:_MOST_LINES]
    because = "; ".join(notes)
    if match in (Match.SOURCE, Match.SIMILAR):
        because = " ".join(span.of(source.text).strip() for span in shown)
    return Hit(
        holding=unit.holding,
        title=held.title,
        part=unit.part,
        page=source.page_at(shown[0].start),
        line=lines[0],
        locus=Locus(unit.holding, Span(shown[0].start, shown[-1].end)),
        words=_words(lattice, lines, spans if match in (Match.RESTORED, Match.SIMILAR) else ()),
        match=match,
        probability=None if match is Match.SIMILAR else finding.probability,
        because=because,
        boxes=_boxes(held.pages(), shown),
        places=places,
    )


def _first_line(reading: Reading) -> int:
    return next((n for n, text in enumerate(reading.line_texts, 1) if text.strip()), 1)


def _words(lattice: Lattice, lines: Sequence[int], found: Sequence[Span]) -> tuple[HitWord, ...]:
    """The restored lines in pieces, with what was found and what is in doubt."""
    reading = lattice.reading
    out: list[HitWord] = []
    doubts = [
        Span(token.start, token.end)
        for token, doubtful in zip(lattice.tokens, lattice.doubtful, strict=True)
        if doubtful
    ]
    last = 0
    for number in lines:
        line = reading.lines[number - 1]
        if out:
            out.append(HitWord(text=" " if number == last + 1 else " … "))
        last = number
        marks = sorted(
            {line.start, line.end}
            | {
                edge
                for span in (*found, *doubts)
                for edge in (max(span.start, line.start), min(span.end, line.end))
                if line.start <= edge <= line.end
            }
        )
        for start, end in pairwise(marks):
            out.append(
                HitWord(
                    text=reading.text[start:end],
                    found=any(s.start <= start and end <= s.end for s in found),
                    doubtful=any(s.start <= start and end <= s.end for s in doubts),
                )
            )
    return tuple(out)


def _boxes(pages: Sequence[Page], lines: Sequence[Span]) -> tuple[Box, ...]:
    starts = {line.start for line in lines}
    return tuple(
        word.box
        for page in pages
        for line in page.lines
        if line.span.start in starts
        for word in line.words
        if word.box
    )
