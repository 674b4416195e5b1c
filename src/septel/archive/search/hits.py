"""Hits: where a match stands, the lines that show it, what is in doubt, and why it was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from septel.archive.search.evaluation import Finding
from septel.archive.search.results import Hit, HitWord, Match
from septel.archive.search.units import lines_read
from septel.capture.model import Box, Page
from septel.text import Locus, Reading, Source, Span, State, shortened, stretches

T = TypeVar("T")
FIRST_PARTS: tuple[str, ...] = ("subject", "summary")
_STAMP = re.compile(r"(?i)[\W_]*(?:declassified|released?\b|approved for release|sanitized)")
_MOST_LINES = 4
_LONG, _AROUND = 600, 120
"""So many characters are shown, and so many in front of what was found: some files are one line."""
_MOST_KEPT = 128
"""Of so many documents what was asked for is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """What a hit shows of its document beside the words.

    Attributes:
        title: how lists show it.
        pages: their geometry, from the document's source.
        number_at, subject_at: where its number and its subject stand in the source, or None.
        body: the lines of its first paragraph, as the index writes them; empty where none was told apart.
    """

    title: str
    pages: Callable[[Source], Sequence[Page]]
    number_at: Callable[[], int | None]
    subject_at: Callable[[], int | None] = lambda: None
    body: str = ""


class Kept(Generic[T]):
    """What is known of documents, asked for many at once and kept for some."""

    def __init__(self, load: Callable[[Sequence[str]], Mapping[str, T]]) -> None:
        self._load, self._kept = load, dict[str, T]()

    def have(self, holdings: Iterable[str]) -> None:
        """Ask for those of some documents that are not known, so many at once as are kept."""
        missing = [one for one in dict.fromkeys(holdings) if one not in self._kept][:_MOST_KEPT]
        if missing:
            if len(self._kept) + len(missing) > _MOST_KEPT:
                self._kept.clear()
            self._kept |= self._load(missing)

    def of(self, holding: str) -> T:
        """What is known of a document."""
        self.have([holding])
        return self._kept[holding]

    def forget(self) -> None:
        """Know nothing."""
        self._kept.clear()


class UnitPlace(NamedTuple):
    """A unit as the index has it, with the number of its document there, and with what sorts it.

    A tuple, since of a common word there are twenty thousand: a dataclass takes seven times as long to fill.
    """

    id: int
    n: int
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


_ORDER = {match: n for n, match in enumerate(Match)}


def rank_by(sort: str) -> Callable[[tuple[UnitPlace, Finding, Match]], tuple[object, ...]]:
    """What sorts what was found: by date, by number, or by how surely it is read."""

    def rank(one: tuple[UnitPlace, Finding, Match]) -> tuple[object, ...]:
        unit, finding, match = one
        sure = round(finding.probability if finding.probability is not None else 0.0, 2)
        if sort == "date":
            return (unit.key, _ORDER[match], unit.id)
        if sort == "number":
            return (unit.serial is None, unit.serial or 0, unit.key, unit.id)
        return (_ORDER[match], -sure, unit.part not in FIRST_PARTS, unit.key, unit.id)

    return rank


def whole_hit(reading: Reading, shown: ShownText, holding: str, part: str) -> Hit:
    """A document found by its fields: shown by the line of its number, or what it is about.

    That is the line of its subject, that of its first paragraph, or the first that is no stamp of a release.
    """
    source = reading.source
    at = shown.number_at() if part else shown.subject_at()
    if at is not None:
        number = source.line_at(at)
    elif shown.body and not part:
        number = lines_read(shown.body)[0]
    else:
        number = _first_line(reading)
    span = source.line(number) if source.line_count else Span(0, 0)
    return Hit(
        holding=holding,
        title=shown.title,
        part=part,
        page=source.page_at(span.start),
        line=number,
        locus=Locus(holding, span),
        words=_words(reading, [number], ()) if source.line_count else (HitWord(text=""),),
        match=Match.RESTORED,
        probability=1.0,
    )


def unit_hit(
    held: ShownText,
    reading: Reading,
    unit: UnitPlace,
    finding: Finding,
    match: Match,
    spans: Sequence[Span],
) -> Hit:
    """What was found in a unit: the lines of the match, what of them matched, and why.

    `spans` are the stretches of the reading that the finding covers.
    """
    source = reading.source
    places = tuple(dict.fromkeys(_in_source(reading, span) for span in spans))
    own = {*lines_read(unit.lines), *lines_read(unit.following)}
    lines = list(
        dict.fromkeys(
            number
            for place in places[:_MOST_LINES]
            for number in range(
                source.line_at(place.start), source.line_at(max(place.start, place.end - 1)) + 1
            )
            if number in own
        )
    )[:_MOST_LINES] or [lines_read(unit.lines)[0]]
    lines.sort()
    shown = [source.line(number) for number in lines]
    notes = list(dict.fromkeys(note for path in finding.paths for note in path.notes))[:_MOST_LINES]
    because = "; ".join(notes)
    if match in (Match.SOURCE, Match.SIMILAR):
        because = shortened(" ".join(span.of(source.text).strip() for span in shown), _LONG)
    return Hit(
        holding=unit.holding,
        title=held.title,
        part=unit.part,
        page=source.page_at(shown[0].start),
        line=lines[0],
        locus=Locus(unit.holding, Span(shown[0].start, shown[-1].end)),
        words=_words(reading, lines, spans if match in (Match.RESTORED, Match.SIMILAR) else ()),
        match=match,
        probability=None if match is Match.SIMILAR else finding.probability,
        because=because,
        boxes=_boxes(held.pages(source), shown),
        places=places,
    )


def _in_source(reading: Reading, span: Span) -> Span:
    """Where a stretch of a reading comes from; an empty one from what could not be read there."""
    if span.start == span.end:
        for there, here in reading.offsets.pieces:
            if here == span:
                return there
    return reading.offsets.to_source(span)


def _first_line(reading: Reading) -> int:
    filled = [(n, text) for n, text in enumerate(reading.line_texts, 1) if text.strip()]
    return next((n for n, text in filled if not _STAMP.match(text)), filled[0][0] if filled else 1)


def _words(reading: Reading, lines: Sequence[int], found: Sequence[Span]) -> tuple[HitWord, ...]:
    """The restored lines in pieces, with what was found, and with the marks that every view has."""
    out: list[HitWord] = []
    last = 0
    for number in lines:
        if out:
            out.append(HitWord(text=" " if number == last + 1 else " … "))
        last = number
        at = reading.line(number).start
        for stretch in stretches(reading, reading.source.line(number)):
            place = Span(at, at + len(stretch.text))
            at = place.end
            if stretch.edit is None:
                out += _cut(reading, place, found)
            else:
                doubtful = stretch.state in (State.DOUBTFUL, State.UNREADABLE)
                is_found = any(one.overlaps(place) for one in found)
                out.append(HitWord(text=stretch.shown, found=is_found, doubtful=doubtful))
    return tuple(out if sum(len(word.text) for word in out) <= _LONG else _within(out))


def _within(words: Sequence[HitWord]) -> Iterator[HitWord]:
    """The first of what was found with what stands around it."""
    first = next((n for n, word in enumerate(words) if word.found), 0)
    before: list[HitWord] = []
    room = _AROUND
    for word in reversed(words[:first]):
        cut = "" if word.doubtful else word.text[-room:]
        tail = word if len(word.text) <= room else replace(word, text=f"…{cut}")
        before.append(tail)
        room -= len(tail.text)
        if room <= 0:
            break
    yield from reversed(before)
    room = _LONG - _AROUND
    for word in words[first:]:
        yield replace(word, text=shortened(word.text, room))
        room -= len(word.text)
        if room <= 1:
            return


def _cut(reading: Reading, place: Span, found: Sequence[Span]) -> Iterator[HitWord]:
    """A stretch that stands as it came, cut where what was found begins and ends."""
    edges = {edge for span in found for edge in (span.start, span.end) if place.start < edge < place.end}
    for start, end in pairwise(sorted({place.start, place.end, *edges})):
        is_found = any(s.start <= start and end <= s.end for s in found)
        yield HitWord(text=reading.text[start:end], found=is_found)


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
