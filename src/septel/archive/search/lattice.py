"""A unit's words with everything that each may also be, at its place: phrases run through all of it.

The places between the words are numbered from zero. From place n to n + 1 leads the word that is read there;
from place to place lead also the other readings of the restorer, each with its probability, what the source
has where it is read otherwise, and other ways to write the same (a number without its leading zeros, the
halves of a word that a hyphen divides at a line end). A phrase is found where a path spells it; the
probability of a path is the product of its steps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise, takewhile
from typing import NamedTuple

from septel.archive.search.units import OVERHANG
from septel.archive.search.words import (
    THOUSANDS,
    Token,
    bare_number,
    common_pairs,
    common_words,
    label_of,
    pair_over_label,
    tokens_of,
    ways_at,
)
from septel.text import Edit, Reading, Span

Pattern = Callable[[str], bool]
"""Whether a word is the one looked for."""
_MOST_FOUND = 64
_MOST_SPECKS = _LONGEST_SPECK = 2
"""So many pieces of no word may lie between two words of a phrase that is looked for loosely."""


class Standing(IntEnum):
    """How a step of a path is read; a path is as its least sure step."""

    READ = 0
    MAYBE = 1
    SOURCE = 2


@dataclass(frozen=True, slots=True)
class Arc:
    """One or more words that lead from a place to another.

    `unread` is the stretch of the reading where they may stand, where nothing is read there.
    """

    words: tuple[str, ...]
    end: int
    probability: float | None
    standing: Standing
    note: str = ""
    unread: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A phrase as it was found.

    Attributes:
        first, last: the places where it begins and ends.
        probability: that it stands there; None where a step has no calibrated figure.
        standing: that of its least sure step.
        notes: the steps that are not simply read, in words.
        unread: the stretch of the reading where a step stands of which nothing is read; the first of such.
    """

    first: int
    last: int
    probability: float | None
    standing: Standing
    notes: tuple[str, ...] = ()
    unread: Span | None = None

    @property
    def rank(self) -> tuple[int, float]:
        """The surest first."""
        return self.standing, -(self.probability if self.probability is not None else 0.0)


class _Sought(NamedTuple):
    """A phrase that is looked for: its words; where it is looked for loosely, how each may be lost."""

    words: Sequence[Pattern]
    slips: Sequence[Pattern | None] | None


class _Way(NamedTuple):
    """How far a path has come: its places, and how many of the phrase's words lie behind it."""

    start: int
    at: int
    done: int = 0
    probability: float | None = 1.0
    standing: Standing = Standing.READ
    notes: tuple[str, ...] = ()
    slips: bool = False
    unread: Span | None = None


class WordLattice:
    """The words of one unit, and what they may also be.

    Args:
        reading: the document as read now.
        lines: the unit's lines, from one.
        following: the lines of the unit that goes on where this one ends; their first words count.
    """

    def __init__(self, reading: Reading, lines: Sequence[int], following: Sequence[int] = ()) -> None:
        self.reading = reading
        self.tokens: list[Token] = []
        self._rows: list[tuple[Span, int, int]] = []
        self._add(lines)
        self.own = len(self.tokens)
        for number in following:
            if len(self.tokens) >= self.own + OVERHANG:
                break
            self._add([number])
        self._words = [token.text for token in self.tokens]
        self.arcs: dict[int, list[Arc]] = defaultdict(list)
        self.sure: list[float] = [1.0] * len(self.tokens)
        # Where words may be that were not read.
        self._edges = {at for _, *edges in self._rows for at in edges} if reading.edits else set()
        self._join()
        self._numbers()
        self._skip_label()
        if reading.edits:
            self._alternatives()

    def _add(self, lines: Sequence[int]) -> None:
        reading, text = self.reading, self.reading.text
        count = reading.source.line_count
        for number in lines:
            if number <= count:
                span, first = reading.line(number), len(self.tokens)
                self.tokens += tokens_of(span.of(text), span.start)
                self._rows.append((span, first, len(self.tokens)))

    def _join(self) -> None:
        """Words that a hyphen divides at a line end, as one word beside their halves.

        The line after is the unit's next one, whatever stands between the two on the page.
        """
        tokens, text = self.tokens, self.reading.text
        for (span, first, last), (below, follows, _) in pairwise(self._rows):
            if last == first or follows >= len(tokens):
                continue
            one, other = tokens[last - 1], tokens[follows]
            hyphen = text[one.end : one.end + 1] == "-" and text[one.end : span.end].strip() == "-"
            letters = one.text[-1:].isalpha() and other.text[:1].isalpha()
            if hyphen and letters and follows == last and not text[below.start : other.start].strip():
                self.arcs[last - 1].append(Arc((one.text + other.text,), last + 1, 1.0, Standing.READ))

    def _skip_label(self) -> None:
        """A phrase that runs into the next paragraph may leave out that paragraph's number."""
        row = next((row for row in self._rows if row[1] >= self.own and row[2] > row[1]), None)
        if row is not None:
            label = label_of(row[0].of(self.reading.text))
            if 0 < label < row[2] - row[1] and self.own + label < len(self.tokens):
                self.arcs[self.own].append(Arc((), self.own + label, 1.0, Standing.READ))

    def _numbers(self) -> None:
        """Numbers without leading zeros, and without the commas between thousands."""
        tokens, text = self.tokens, self.reading.text
        for n, token in enumerate(tokens):
            if not token.text[:1].isdigit():
                continue
            bare = bare_number(token.text)
            if bare:
                self.arcs[n].append(Arc((bare,), n + 1, 1.0, Standing.READ))
            if text[token.end : token.end + 1] == ",":
                found = THOUSANDS.match(text, token.start)
                end = bisect_right(tokens, found.end(), key=lambda t: t.end) if found else 0
                if found and end > n + 1 and not text[found.start() - 1 : found.start()].isalnum():
                    self.arcs[n].append(Arc((found.group().replace(",", ""),), end, 1.0, Standing.READ))

    def _alternatives(self) -> None:
        pieces, edits = self.reading.offsets.pieces, self.reading.edits
        starts = [there.start for _, there in pieces]
        for span, first, last in self._rows:
            at = bisect_left(starts, span.start)
            while at < len(pieces) and pieces[at][1].end <= span.end:
                self._alternatives_at(edits[at], pieces[at][1], first, last)
                at += 1

    def _alternatives_at(self, edit: Edit, there: Span, low: int, high: int) -> None:
        """The arcs of one edit; its line has the words from `low` up to `high`."""
        tokens = self.tokens
        first, end, ways = ways_at(edit, there, self.reading.text, tokens, low, high)
        for n in range(first, end):
            if edit.confidence and tokens[n].start < there.end and tokens[n].end > there.start:
                self.sure[n] = min(self.sure[n], edit.confidence.probability)
        shown = edit.after.strip() or "[…]"
        unread = there if first == end else None
        for words, one in ways:
            if one is None:
                self.arcs[first].append(Arc(words, end, None, Standing.SOURCE, unread=unread))
                continue
            note = f"{shown} may be {one.text}"
            self.arcs[first].append(Arc(words, end, one.probability, Standing.MAYBE, note, unread))

    @property
    def main(self) -> list[str]:
        """The words as they are read."""
        return self._words

    @property
    def others(self) -> list[tuple[int, str]]:
        """Every word that an arc beside the reading has, with the place where it stands, in their order."""
        return [
            (place, word)
            for n in sorted(self.arcs)
            for arc in self.arcs[n]
            for place, word in enumerate(arc.words, n)
        ]

    @property
    def pairs(self) -> list[str]:
        """What the index notes of its words that follow each other."""
        pairs = dict.fromkeys(common_pairs(self.main))
        label = next((arc.end for arc in self.arcs.get(self.own, ()) if not arc.words), None)
        if label is not None and self.own:
            pairs[pair_over_label(self.tokens[self.own - 1].text, self.tokens[label].text)] = None
        return list(pairs)

    def find(self, phrase: Sequence[Pattern], loosely: Sequence[Pattern | None] | None = None) -> list[Path]:
        """Where a phrase stands or may stand, each place once in its surest way.

        Args:
            phrase: its words.
            loosely: given where two pieces may be one word, one two words, and specks lie between words.
                For each word, what may be a bad misreading of it, or None: one word may be misread so, or be
                missing where a line begins or ends in a document that has edits.
        """
        best: dict[int, Path] = {}
        sought = _Sought(phrase, loosely)
        for place in self._beginnings(sought):
            for found in self._from(place, sought):
                known = best.get(place)
                if known is None or found.rank < known.rank:
                    best[place] = found
            if len(best) >= _MOST_FOUND:
                break
        return [best[place] for place in sorted(best)]

    def _beginnings(self, sought: _Sought) -> Sequence[int]:
        """The places where a phrase may begin, in their order."""
        first, own, words = sought.words[0], self.own, self._words
        found = {n for n in self.arcs if n <= own}
        found.update(n for n, word in enumerate(words[:own]) if first(word))
        if sought.slips is None:
            return sorted(found)
        slip = sought.slips[0]
        # What _loosely takes for the first word: two pieces, half of one, or a bad misreading.
        for n, (word, behind) in enumerate(zip(words[:own], [*words[1 : own + 1], ""], strict=False)):
            whole = word + behind
            misread = slip is not None and (slip(word) or slip(whole) or n in self._edges)
            two = len(sought.words) > 1 and _in_halves(word, first, sought.words[1])
            if misread or two or first(whole):
                found.add(n)
        return sorted(found)

    def _from(self, place: int, sought: _Sought) -> Iterator[Path]:
        begun = _Way(start=place, at=place, slips=sought.slips is not None)
        if place < self.own and sought.words[0](self.tokens[place].text):
            yield from self._go(begun._replace(at=place + 1, done=1, probability=self.sure[place]), sought)
        if place < self.own and sought.slips is not None:
            yield from self._loosely(begun, sought)
        for arc in self.arcs.get(place, ()):
            for skipped in range(len(arc.words)):
                yield from self._through(arc, skipped, begun, sought)

    def _go(self, way: _Way, sought: _Sought) -> Iterator[Path]:
        """All ways on from a place to the phrase's end."""
        at, done = way.at, way.done
        if done == len(sought.words):
            yield Path(
                first=way.start,
                last=at,
                probability=way.probability,
                standing=way.standing,
                notes=way.notes,
                unread=way.unread,
            )
            return
        if at < len(self.tokens) and sought.words[done](self.tokens[at].text):
            more = _product(way.probability, self.sure[at])
            yield from self._go(way._replace(at=at + 1, done=done + 1, probability=more), sought)
        for arc in self.arcs.get(at, ()):
            if arc.end > at or arc.words:
                yield from self._through(arc, 0, way, sought)
        if sought.slips is not None:
            yield from self._loosely(way, sought)

    def _loosely(self, way: _Way, sought: _Sought) -> Iterator[Path]:
        """Go on over a word that is in two pieces, two in one piece, past specks, or a bad misreading."""
        phrase, at, done = sought.words, way.at, way.done
        common = common_words()
        word, *more = self._words[at : at + _MOST_SPECKS + 1] or [""]
        steps: list[tuple[int, int]] = []
        odd = word not in common
        if more and (odd or more[0] not in common):
            whole = word + more[0]
            if phrase[done](whole) and whole.isalpha():
                steps.append((at + 2, done + 1))
        if odd and done + 1 < len(phrase) and _in_halves(word, phrase[done], phrase[done + 1]):
            steps.append((at + 1, done + 2))
        if done and odd and len(word) <= _LONGEST_SPECK:
            specks = takewhile(_is_speck, (word, *more[: _MOST_SPECKS - 1]))
            steps += [
                (at + n + 1, done + 1)
                for n, _ in enumerate(specks, 1)
                if n <= len(more) and phrase[done](more[n - 1])
            ]
        for end, ready in steps:
            on = way._replace(probability=None, standing=Standing.MAYBE, at=end, done=ready)
            yield from self._go(on, sought)
        slip = sought.slips[done] if sought.slips and way.slips else None
        if slip is not None:
            yield from self._slipped(slip, way, sought)

    def _slipped(self, misread: Pattern, way: _Way, sought: _Sought) -> Iterator[Path]:
        """Go on over a bad misreading, maybe in two pieces, or where a word may not have been read."""
        words = self._words[way.at : way.at + 2]
        steps = [count for count in range(1, len(words) + 1) if misread("".join(words[:count]))]
        if way.at in self._edges:
            steps.append(0)
        if steps:
            way = way._replace(probability=None, standing=Standing.MAYBE, slips=False, done=way.done + 1)
        for count in steps:
            yield from self._go(way._replace(at=way.at + count), sought)

    def _through(self, arc: Arc, skipped: int, way: _Way, sought: _Sought) -> Iterator[Path]:
        """Go on over an arc, leaving out its first words; the phrase may end within it."""
        words = arc.words[skipped:]
        wanted = sought.words[way.done : way.done + len(words)]
        if not all(fits(word) for fits, word in zip(wanted, words, strict=False)):
            return
        on = way._replace(
            at=arc.end,
            done=way.done + len(wanted),
            probability=_product(way.probability, arc.probability),
            standing=max(way.standing, arc.standing),
            notes=(*way.notes, arc.note) if arc.note else way.notes,
            unread=way.unread or arc.unread,
        )
        yield from self._go(on, sought)

    def span(self, path: Path) -> Span:
        """The stretch of the reading that a path covers."""
        if path.unread is not None:
            read = self.tokens[path.first : path.last]
            return Span(
                min([path.unread.start, *(token.start for token in read)]),
                max([path.unread.end, *(token.end for token in read)]),
            )
        if not self.tokens:
            return Span(0, 0)
        last = min(max(path.last, path.first + 1), len(self.tokens)) - 1
        first = min(path.first, last)
        return Span(self.tokens[first].start, self.tokens[last].end)


def _in_halves(word: str, one: Pattern, other: Pattern) -> bool:
    """Whether a word is two in one piece."""
    return any(one(word[:n]) and other(word[n:]) for n in range(1, len(word)))


def _is_speck(word: str) -> bool:
    """Whether a piece is so short that it may be dirt on the page, and no common word."""
    return len(word) <= _LONGEST_SPECK and word not in common_words()


def _product(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one * other
