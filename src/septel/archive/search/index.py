"""The search index: a cache of what each unit says, may say, and said as it came.

- `unit`: the paragraphs and fields of each document, with their lines. A search counts what has a row here.
- `word`: an index without contents: for each unit its words as read (`main`), and every other word that
  it may also have (`other`): other readings, the source's own words, other ways to write the same.
- `pair`: which common words follow each other there (see `words`).
- `indexed`: which documents are indexed, by which version of these rules, under which number; their units are
  numbered one after another.
- `name`: the names by which people know a document (see `septel.telegram.names`).

The words of a unit that is indexed anew stay in `word` under its old number, without a row in `unit`, until
the index is rebuilt.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from septel.archive.search.facets import forget_facets, put_facets
from septel.archive.search.lattice import WordLattice
from septel.archive.search.query_language import Keys
from septel.archive.search.units import OVERHANG, Unit, lines_read, lines_written, units_of
from septel.archive.search.words import (
    THOUSANDS,
    bare_number,
    common_pairs,
    label_of,
    may_be_written_otherwise,
    odd_lines,
    pair_over_label,
    plain_words,
    tokens_of,
    ways_at,
    words_by_line,
    words_of,
    zeros_left_out,
)
from septel.archive.store import Database, UnitWords
from septel.text import Reading

VERSION = 5
"""Of the rules of this module and of what it calls; a document that an older one indexed is indexed anew."""

UNINDEXED = """SELECT id FROM holding WHERE id NOT IN (SELECT holding FROM indexed WHERE version = ?)
    AND id NOT IN (SELECT older FROM succession) AND id NOT IN (SELECT holding FROM absent) ORDER BY id"""
"""The documents that ought to be in the index and are not, or by other rules."""


def clear_index(connection: Database) -> None:
    """Empty every table of the index."""
    for table in ("unit", "indexed", "name", "facet", "value", "sound", "spelling"):
        connection.execute(f"DELETE FROM {table}")
    connection.words.clear()
    connection.execute("UPDATE counter SET next = 1 WHERE name IN ('unit', 'indexed')")
    connection.execute("DELETE FROM counter WHERE name = 'version'")
    connection.spelling.forget()


def forget_units(connection: Database, holding_id: str) -> None:
    """Take a document out of the index."""
    row = connection.execute("SELECT n, unit, units FROM indexed WHERE holding = ?", [holding_id]).fetchone()
    if row is None:
        return
    n, first, count = row
    connection.words.forget("SELECT id FROM unit WHERE id >= ? AND id < ?", [first, first + count])
    connection.execute("DELETE FROM unit WHERE id >= ? AND id < ?", [first, first + count])
    forget_facets(connection, n)
    connection.execute("DELETE FROM name WHERE n = ?", [n])
    connection.execute("DELETE FROM indexed WHERE n = ?", [n])


def index_units(
    connection: Database,
    holding_id: str,
    reading: Reading,
    tree: Mapping[str, Any],
    keys: Keys,
    names: Iterable[str] = (),
    *,
    new: bool = False,
) -> int:
    """Put a document into the index, in place of what was there; gives its number there.

    `names` are the keys of its names (see `septel.telegram.name_keys`); `new` where it is not there yet.
    """
    if not new:
        forget_units(connection, holding_id)
    n = _next(connection, "indexed")
    first = at = _next(connection, "unit")
    units = units_of(_seen(reading), tree.get("places"))
    words, rows, vocabulary = [], [], set[str]()
    edited = _edited(reading)
    known = LineWords.of(reading.text, reading.line_begins)
    for unit in units:
        main, other, pairs = unit_words(reading, unit, edited, known)
        if not main and not other:
            continue
        vocabulary.update(main)
        if other:
            vocabulary.update([word for _, word in other])
        words.append(UnitWords(at, main, other, pairs))
        rows.append((at, n, unit.part, lines_written(unit.lines), lines_written(unit.following)))
        at += 1
    connection.spelling.learn(connection, vocabulary)
    connection.words.put(words)
    connection.waiting.put("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", rows)
    facets = put_facets(connection, n, keys.facets, connection.spelling.values)
    connection.execute(
        """INSERT INTO indexed
           (n, holding, version, first, last, serial, title, subject, read, unit, units, facets)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            *(n, holding_id, VERSION, keys.first, keys.last, keys.serial, keys.title, keys.subject),
            *(keys.read, first, at - first, facets),
        ),
    )
    connection.waiting.put("INSERT INTO name (key, n) VALUES (?, ?)", [(key, n) for key in sorted(names)])
    connection.execute("UPDATE counter SET next = ? WHERE name = 'unit'", [at])
    connection.execute("UPDATE counter SET next = ? WHERE name = 'indexed'", [n + 1])
    return n


def _edited(reading: Reading) -> set[int]:
    """The numbers of the lines that have edits."""
    return {reading.source.line_at(edit.span.start) for edit in reading.edits}


def main_words(reading: Reading, lines: str, following: str) -> list[str]:
    """The words of a unit as read, as the index has them; its lines are as `lines_written` writes them."""
    numbers, over = lines_read(lines), lines_read(following)
    text, count = reading.text, reading.source.line_count
    words = [word for n in numbers if n <= count for word in words_of(reading.line(n).of(text))]
    most = len(words) + OVERHANG
    for n in over:
        if len(words) >= most:
            break
        words += words_of(reading.line(n).of(text)) if n <= count else ()
    # A lattice has whole lines of what follows.
    return words if not _edited(reading).isdisjoint((*numbers, *over)) else words[:most]


class LineWords(NamedTuple):
    """The words of each line of a text, and the numbers of those lines that `odd_lines` gives."""

    by_line: Sequence[Sequence[str]]
    zeros: Set[int]
    odd: Set[int]

    @classmethod
    def of(cls, text: str, starts: Sequence[int] | None = None) -> LineWords:
        """Part a text into words, once for all its units; `starts` are where its lines begin, if known."""
        return cls(words_by_line(text), *odd_lines(text, starts))


def unit_words(
    reading: Reading, unit: Unit, edited: Set[int], known: LineWords | None = None
) -> tuple[list[str], list[tuple[int, str]], list[str]]:
    """A unit's words as read, what they may also be with the place of each, from zero, and pairs of them.

    `edited` are the numbers of the lines that have edits.
    """
    known = known or LineWords.of(reading.text)
    by_line, zeros, odd = known
    numbers, following = unit.lines, unit.following
    if not edited.isdisjoint(numbers) or not edited.isdisjoint(following):
        found = _edited_unit_words(reading, unit, edited, known) if reading.text.isascii() else None
        if found is None:
            lattice = WordLattice(reading, numbers, following)
            found = lattice.main, lattice.others, lattice.pairs
        return found
    texts = reading.line_texts
    # A last line that was nothing but noise is none of the text any more.
    last = min(len(texts), len(by_line))
    if numbers[-1] > last or (following and following[-1] > last):
        numbers, following = (tuple([n for n in them if n <= last]) for them in (numbers, following))
    if odd.isdisjoint(numbers) and odd.isdisjoint(following):
        main, over_label = _words_over(texts, by_line, numbers, following)
        bare = zeros.isdisjoint(numbers) and zeros.isdisjoint(following)
        other = [] if bare else _without_zeros(by_line, zeros, (*numbers, *following))
    else:
        own, over = ("\n".join([texts[n - 1] for n in them]) for them in (numbers, following))
        main, other, over_label = plain_unit_words(own, over)
    pairs = dict.fromkeys(common_pairs(main))
    if over_label:
        pairs[pair_over_label(*over_label)] = None
    return main, other, list(pairs)


def _without_zeros(
    by_line: Sequence[Sequence[str]], zeros: Set[int], numbers: Sequence[int]
) -> list[tuple[int, str]]:
    """The numbers of some lines without their leading zeros, each with its place among their words."""
    found: list[tuple[int, str]] = []
    at = 0
    for n in numbers:
        words = by_line[n - 1]
        if n in zeros:
            found += zeros_left_out(words, at)
        at += len(words)
    return found


def _words_over(
    texts: Sequence[str], by_line: Sequence[Sequence[str]], numbers: Sequence[int], following: Sequence[int]
) -> tuple[list[str], tuple[str, str] | None]:
    """The words of lines and the first of those that follow, and two over the number of a paragraph."""
    main: list[str] = []
    for n in numbers:
        main += by_line[n - 1]
    count = len(main)
    over_label = None
    for n in following:
        words = by_line[n - 1]
        if not words:
            continue
        main += words
        # The number stands in the first line that has words: a rule of hyphens may be before it.
        if len(main) == count + len(words) and count:
            label = label_of(texts[n - 1])
            if 0 < label < min(len(words), OVERHANG):
                over_label = main[count - 1], main[count + label]
        if len(main) >= count + OVERHANG:
            break
    del main[count + OVERHANG :]
    return main, over_label


def _edited_unit_words(
    reading: Reading, unit: Unit, edited: Set[int], known: LineWords
) -> tuple[list[str], list[tuple[int, str]], list[str]] | None:
    """As a lattice has it, of a unit with edits in ASCII; None where only the lattice itself can tell."""
    main: list[str] = []
    # By place, then by kind as a lattice has them: divided words, numbers, other readings.
    others: list[tuple[tuple[int, int], int, str]] = []
    by_line = known.by_line
    texts, count = reading.line_texts, min(reading.source.line_count, len(by_line))
    rows = [(n, 0) for n in unit.lines if n <= count]
    own = sum([len(by_line[n - 1]) for n, _ in rows])
    over, label = 0, 0
    for number in unit.following:
        if over >= OVERHANG:
            break
        if number <= count:
            rows.append((number, 1))
            over += len(by_line[number - 1])
    divided = False
    for number, follows in rows:
        line, words = texts[number - 1], by_line[number - 1]
        if divided:
            if not words:
                return None
            if line.lstrip()[:1].isalpha():
                others.append(((len(main) - 1, 0), len(main) - 1, main[-1] + words[0]))
        end = line.rstrip()[-2:]
        divided = end[-1:] == "-" and end[:1].isalpha()
        if follows and words and len(main) == own:
            label = label_of(line)
            label = label if label < len(words) else 0
        if number in known.zeros or number in known.odd:
            others += _otherwise_written(line, len(main))
        if number in edited:
            others += _ways_of_line(reading, number, len(main))
        main += words
    others.sort(key=itemgetter(0))
    pairs = dict.fromkeys(common_pairs(main))
    if own and 0 < label < len(main) - own:
        pairs[pair_over_label(main[own - 1], main[own + label])] = None
    return main, [(place, word) for _, place, word in others], list(pairs)


def _otherwise_written(line: str, before: int) -> Iterator[tuple[tuple[int, int], int, str]]:
    """Numbers of a line without leading zeros and commas between thousands; as `_ways_of_line`."""
    if not may_be_written_otherwise(line):
        return
    for n, token in enumerate(tokens_of(line)):
        if not token.text[:1].isdigit():
            continue
        bare = bare_number(token.text)
        if bare:
            yield (before + n, 1), before + n, bare
        if line[token.end : token.end + 1] == ",":
            found = THOUSANDS.match(line, token.start)
            if found:
                yield (before + n, 1), before + n, found.group().replace(",", "")


def _ways_of_line(reading: Reading, number: int, before: int) -> Iterator[tuple[tuple[int, int], int, str]]:
    """What edits of a line, behind so many words, let stand beside what is read.

    Each word comes behind a key to sort by and its place.
    """
    span, text = reading.line(number), reading.text
    pieces, edits = reading.offsets.pieces, reading.edits
    tokens = tokens_of(span.of(text), span.start)
    at = bisect_left(pieces, span.start, key=lambda piece: piece[1].start)
    while at < len(pieces) and pieces[at][1].end <= span.end:
        first, _, ways = ways_at(edits[at], pieces[at][1], text, tokens, 0, len(tokens))
        for words, _ in ways:
            for place, word in enumerate(words, before + first):
                yield (before + first, 2), place, word
        at += 1


def plain_unit_words(own: str, over: str) -> tuple[list[str], list[tuple[int, str]], tuple[str, str] | None]:
    """The words of a unit without edits, from its own lines and those that follow; see `unit_words`.

    The last are the two words with nothing but the number of a paragraph between them.
    """
    rows = words_by_line(own)
    words = list(chain.from_iterable(rows))
    if not over:
        return *plain_words(own, words), None
    count = len(words)
    texts, below = over.split("\n"), words_by_line(over)
    _, over_label = _words_over(["", *texts], [words, *below], (1,), range(2, len(texts) + 2))
    main, other = plain_words(f"{own}\n{over}", [*words, *chain.from_iterable(below)])
    return main[: count + OVERHANG], other, over_label


def _seen(reading: Reading) -> list[str]:
    """Each line, blank where it is so as it came and as read."""
    source = reading.source
    if reading.text == source.text:
        return list(reading.line_texts)
    return [came + text for came, text in zip(source.line_texts, reading.line_texts, strict=True)]


def _next(connection: Database, table: str) -> int:
    """The first number that was never used."""
    return int(connection.execute("SELECT next FROM counter WHERE name = ?", [table]).fetchone()[0])
