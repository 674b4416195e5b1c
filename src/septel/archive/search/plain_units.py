"""Units of documents without edits: their words straight from the text, to tell quickly what they lack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from septel.archive.search.hits import UnitPlace
from septel.archive.search.index import plain_unit_words
from septel.archive.search.lattice import WordLattice
from septel.archive.search.query_language import All, AnyOf, FieldQuery, NearQuery, Node, Phrase
from septel.archive.search.units import OVERHANG, lines_read
from septel.archive.search.words import RUN, divided, words_of
from septel.archive.store import Database
from septel.text import Reading, Source, Span

WordPair = tuple[str, str]
_FURTHEST = 40
"""Words: an arc of a unit without edits (a number in thousands, a paragraph's label) is never longer."""
_LOT = 500
_MOST_SPANS = 60
"""Of more places of a phrase a lattice says which are the first."""
_BETWEEN = r"[\W_]+"
_ODD = re.compile(r"[*?]")


class PlainWords(NamedTuple):
    """The words of a unit.

    Attributes:
        main: as read.
        own: those of its own lines.
        other: every other that it may have, with its place.
        over_label: the two with nothing but a paragraph's number between them.
        placed: whether these places are sure; of a word that a hyphen divides, it is the first that fits.
    """

    main: list[str]
    own: Sequence[str]
    other: Sequence[tuple[int, str]]
    over_label: WordPair | None
    placed: bool

    def has(self, phrases: Iterable[list[str]]) -> bool:
        """Whether each phrase stands there as read, from one of its own lines on."""
        starts = range(len(self.own))
        return all(
            any(self.main[n] == words[0] and self.main[n : n + len(words)] == words for n in starts)
            for words in phrases
        )

    def has_each(self, words: Iterable[str]) -> bool:
        """Whether each word stands in one of its own lines, as read or as it may also be written."""
        own = {*self.own, *(word for n, word in self.other if n <= len(self.own))}
        return own.issuperset(words)

    def may_have(self, pairs: Sequence[WordPair]) -> bool:
        """Whether each two words may follow each other; where it says so, a lattice tells.

        A lattice leads from word to word by what is read, to another word from the place before it, or from
        another word to what stands a little further on.
        """
        read = {*pairwise(self.main), self.over_label}
        return all(pair in read or self._through_others(pair) for pair in pairs)

    def _through_others(self, pair: WordPair) -> bool:
        one, next_one = pair
        others = {word for _, word in self.other}
        if not self.placed:
            return not others.isdisjoint(pair)
        if self.over_label and one == self.over_label[0] and next_one in others:
            return True
        for n, word in self.other:
            if word == one and (next_one in others or next_one in self.main[n + 1 : n + _FURTHEST]):
                return True
            if word == next_one and (one in others or one in self.main[max(0, n - 1) : n]):
                return True
        return False


def plain_texts(connection: Database, holdings: Iterable[str]) -> dict[str, str]:
    """The texts of those documents in whose edit log nothing stands: they are read as they came."""
    ids = list(dict.fromkeys(holdings))
    found: dict[str, str] = {}
    for at in range(0, len(ids), _LOT):
        lot = ids[at : at + _LOT]
        rows = connection.execute(
            f"""SELECT id, text FROM source WHERE id IN ({", ".join("?" * len(lot))})
               AND NOT EXISTS (SELECT 1 FROM run WHERE run.source = source.id)
               AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.source = source.id)""",
            lot,
        )
        found |= {str(one): str(text) for one, text in rows}
    return found


def _texts_of(text: str, unit: UnitPlace) -> tuple[str, str]:
    """A unit's own lines, and those into which it goes on."""
    if "," in unit.lines or "," in unit.following:
        lines = text.split("\n")
        own, over = (
            "\n".join([lines[n - 1] for n in lines_read(numbers) if n <= len(lines)])
            for numbers in (unit.lines, unit.following)
        )
        return own, over
    first, _, last = unit.lines.partition("-")
    start, end = _stretch(text, 0, 1, int(first), int(last or first))
    if not unit.following:
        return text[start:end], ""
    own_last = int(last or first)
    first, _, last = unit.following.partition("-")
    known = (end + 1, own_last + 1) if int(first) > own_last else (0, 1)
    below, below_end = _stretch(text, *known, int(first), int(last or first))
    return text[start:end], text[below:below_end]


def _stretch(text: str, at: int, number: int, first: int, last: int) -> tuple[int, int]:
    """Where some lines that follow each other begin and end; line `number` begins at `at`.

    Looking for single line ends costs less than to part the whole text.
    """
    find = text.find
    for _ in range(first - number):
        at = find("\n", at) + 1 or len(text)
    end = at
    for _ in range(last - first + 1):
        end = find("\n", end) + 1 or len(text) + 1
    return at, end - 1


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    first, *others = map(re.escape, words)
    # What stands before the first word is looked at behind it: so the search leaps from one to the next.
    rest = "".join(_BETWEEN + one for one in others)
    return re.compile(rf"{first}(?<![^\W_]{first}){rest}(?![^\W_])")


def plain_lattice(text: str, unit: UnitPlace) -> WordLattice:
    """The lattice of a unit of a document that is read as it came, made of its own lines only.

    Its places are those of the lattice of the whole document; spans in the text are not.
    """
    own, over = _texts_of(text, unit)
    first, last = own.count("\n") + 1, over.count("\n") + 1
    source = Source.of_text(f"{own}\n{over}")
    following = range(first + 1, first + 1 + last) if over else ()
    return WordLattice(Reading.of(source), range(1, first + 1), tuple(following))


def reads_all(text: str, unit: UnitPlace, phrases: Sequence[Sequence[str]]) -> bool:
    """Whether a unit of a document that is read as it came has each phrase, as the index has its words."""
    own, over = _texts_of(text, unit)
    if _is_plain(own) and _is_plain(over):
        both = f"{own}\n{over}".lower()
        patterns = [_pattern(tuple(words)) for words in phrases]
        found = [pattern.search(both) for pattern in patterns]
        # Of what follows only some words count. Whatever stands there again stands there later.
        return all(
            one is not None
            and (one.end() <= len(own) or len(words_of(both[len(own) : one.end()])) <= OVERHANG)
            for one in found
        )
    main, _, _ = plain_unit_words(own, over)
    return has_all(main, phrases)


def has_all(main: Sequence[str], phrases: Iterable[Sequence[str]]) -> bool:
    """Whether each phrase stands somewhere in some words."""
    text = f" {' '.join(main)} "
    return all(f" {' '.join(words)} " in text for words in phrases)


def begins_all(text: str, unit: UnitPlace, phrases: Sequence[list[str]]) -> bool | None:
    """Whether each phrase begins in a unit's own lines, where its document is read as it came.

    None where a lattice must tell, since a phrase may stand there written otherwise.
    """
    own, _ = _texts_of(text, unit)
    lowered = own.lower()
    if _is_plain(own) and all(_pattern(tuple(words)).search(lowered) for words in phrases):
        return True
    words = plain_words_of(text, unit)
    if words.has(phrases):
        return True
    if all(len(one) == 1 for one in phrases):
        return None if not words.placed or words.has_each([one[0] for one in phrases]) else False
    return None if words.may_have([pair for one in phrases for pair in pairwise(one)]) else False


def _is_plain(text: str) -> bool:
    """Whether a text's words are in ASCII, so that small letters stand where large ones did."""
    return text.isascii() or "".join(RUN.findall(text)).isascii()


def own_words(text: str, unit: UnitPlace) -> list[str]:
    """The words of its own lines of a unit of a document that is read as it came."""
    return words_of(_texts_of(text, unit)[0])


def has_any(words: Sequence[str], fitting: Set[str], *, pieces: bool) -> bool:
    """Whether one of some words is among these, whole or, where it is asked, in two pieces."""
    if not fitting.isdisjoint(words):
        return True
    return pieces and any(one + other in fitting for one, other in pairwise(words))


def phrase_spans(reading: Reading, unit: UnitPlace, phrases: Iterable[Sequence[str]]) -> list[Span] | None:
    """Where each phrase stands in a unit whose lines are read as they came; None where a lattice must tell.

    A phrase may run on into what follows, words be divided, numbers be written otherwise: not here.
    """
    text, start = _own_text(reading, unit)
    words = {word for words in phrases for word in words}
    if not text or not all(map(str.isalpha, words)) or not words.isdisjoint(_divided(text)):
        return None
    last = words_of(text.rpartition("\n")[2])[-1:]
    spans: list[Span] = []
    for phrase in phrases:
        if phrase[0] in phrase[1:] or not last or (len(phrase) > 1 and last[0] in phrase[:-1]):
            return None
        found = [match.span() for match in _pattern(tuple(phrase)).finditer(text)]
        if not 0 < len(found) < _MOST_SPANS:
            return None
        spans += [Span(start + one, start + end) for one, end in found]
    return sorted(spans)


def word_spans(reading: Reading, unit: UnitPlace, fitting: Set[str]) -> list[Span] | None:
    """Where one of some words stands in a unit whose lines are read as they came; None as `phrase_spans`."""
    text, start = _own_text(reading, unit)
    if not text or not all(map(str.isalpha, fitting)) or not fitting.isdisjoint(_divided(text)):
        return None
    runs = (run for run in RUN.finditer(text) if run[0] in fitting)
    spans = [Span(start + run.start(), start + run.end()) for run in runs]
    return spans if len(spans) < _MOST_SPANS else None


def is_unedited(reading: Reading, unit: UnitPlace) -> bool:
    """Whether no edit touches a unit's lines: it is then as one of a document without edits."""
    edited = {reading.source.line_at(edit.span.start) for edit in reading.edits}
    return not edited or edited.isdisjoint((*lines_read(unit.lines), *lines_read(unit.following)))


def _own_text(reading: Reading, unit: UnitPlace) -> tuple[str, int]:
    """A unit's own lines in small letters, and where they begin; empty where they are not so simple."""
    if "," in unit.lines or not is_unedited(reading, unit):
        return "", 0
    first, _, last = unit.lines.partition("-")
    start, end = reading.line(int(first)).start, reading.line(int(last or first)).end
    text = reading.text[start:end]
    return (text.lower(), start) if _is_plain(text) and text.rstrip()[-1:] != "-" else ("", 0)


def _divided(text: str) -> Iterator[str]:
    """The words that hyphens divide at line ends, whole."""
    return ("".join(words_of(one + other)) for one, other in divided(text))


def plain_words_of(text: str, unit: UnitPlace) -> PlainWords:
    """The words of a unit of a document that is read as it came."""
    own, over = _texts_of(text, unit)
    main, other, over_label = plain_unit_words(own, over)
    return PlainWords(main, words_of(own), other, over_label, placed=not divided(f"{own}\n{over}"))


def pairs_of(node: Node) -> Iterator[WordPair]:
    """The words that stand beside each other wherever a query's phrases do, as far as none is a pattern."""
    if isinstance(node, Phrase):
        plain = [None if "*" in word or "?" in word else word for word in node.words]
        yield from ((one, other) for one, other in pairwise(plain) if one is not None and other is not None)
    elif isinstance(node, All):
        for part in node.parts:
            yield from pairs_of(part)


def pairs_anywhere(node: Node) -> Iterator[WordPair]:
    """The words that stand beside each other in any of a query's phrases; the second may be a beginning."""
    if isinstance(node, Phrase):
        last = len(node.words) - 1
        for n, (one, other) in enumerate(pairwise(node.words), 1):
            begins = other[-1:] == "*" and n == last
            if not _ODD.search(one) and not _ODD.search(other[:-1] if begins else other):
                yield one, other
    elif isinstance(node, All | AnyOf | NearQuery):
        for part in node.parts:
            yield from pairs_anywhere(part)


def phrases_of(node: Node) -> list[list[str]] | None:
    """The phrases that are all that a query asks of words; None where it asks otherwise, or by patterns."""
    if isinstance(node, Phrase):
        return None if any("*" in word or "?" in word for word in node.words) else [list(node.words)]
    if isinstance(node, FieldQuery):
        return []
    if not isinstance(node, All) or not all(isinstance(part, FieldQuery) for part in node.without):
        return None
    found: list[list[str]] = []
    for part in node.parts:
        phrases = phrases_of(part)
        if phrases is None:
            return None
        found += phrases
    return found
