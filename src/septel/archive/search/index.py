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

from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from typing import Any

from septel.archive.search.facets import forget_facets, put_facets
from septel.archive.search.lattice import WordLattice
from septel.archive.search.query_language import Keys
from septel.archive.search.units import OVERHANG, Unit, lines_read, lines_written, units_of
from septel.archive.search.words import common_pairs, label_of, pair_over_label, plain_words, words_of
from septel.archive.store import Database, UnitWords
from septel.text import Reading

VERSION = 4
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
) -> int:
    """Put a document into the index, in place of what was there; gives its number there.

    `names` are the keys of its names (see `septel.telegram.name_keys`).
    """
    forget_units(connection, holding_id)
    n = _next(connection, "indexed")
    first = at = _next(connection, "unit")
    units = units_of(_seen(reading), tree.get("places"))
    words, rows, vocabulary = [], [], set[str]()
    edited = _edited(reading)
    for unit in units:
        main, other, pairs = unit_words(reading, unit, edited)
        if not main and not other:
            continue
        vocabulary.update(main, (word for _, word in other))
        words.append(UnitWords(at, main, other, pairs))
        rows.append((at, n, unit.part, lines_written(unit.lines), lines_written(unit.following)))
        at += 1
    connection.spelling.learn(connection, vocabulary)
    connection.words.put(words)
    connection.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute(
        """INSERT INTO indexed (n, holding, version, first, last, serial, title, subject, read, unit, units)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            *(n, holding_id, VERSION, keys.first, keys.last, keys.serial, keys.title, keys.subject),
            *(keys.read, first, at - first),
        ),
    )
    connection.executemany("INSERT INTO name (key, n) VALUES (?, ?)", [(key, n) for key in sorted(names)])
    connection.execute("UPDATE counter SET next = ? WHERE name = 'unit'", [at])
    connection.execute("UPDATE counter SET next = ? WHERE name = 'indexed'", [n + 1])
    put_facets(connection, n, keys.facets)
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


def unit_words(
    reading: Reading, unit: Unit, edited: Set[int]
) -> tuple[list[str], list[tuple[int, str]], list[str]]:
    """A unit's words as read, what they may also be with the place of each, from zero, and pairs of them.

    `edited` are the numbers of the lines that have edits.
    """
    if not edited.isdisjoint(unit.lines) or not edited.isdisjoint(unit.following):
        lattice = WordLattice(reading, unit.lines, unit.following)
        return lattice.main, lattice.others, lattice.pairs
    texts = reading.line_texts
    last = len(texts)
    own, over = (
        "\n".join([texts[n - 1] for n in numbers if n <= last]) for numbers in (unit.lines, unit.following)
    )
    main, other, over_label = plain_unit_words(own, over)
    pairs = dict.fromkeys(common_pairs(main))
    if over_label:
        pairs[pair_over_label(*over_label)] = None
    return main, other, list(pairs)


def plain_unit_words(own: str, over: str) -> tuple[list[str], list[tuple[int, str]], tuple[str, str] | None]:
    """The words of a unit without edits, from its own lines and those that follow; see `unit_words`.

    The last are the two words with nothing but the number of a paragraph between them.
    """
    words = [word for line in own.split("\n") for word in _words_of_line(line)]
    if not over:
        return *plain_words(own, words), None
    count = len(words)
    below = over.split("\n")
    main, other = plain_words(f"{own}\n{over}", words + [w for line in below for w in _words_of_line(line)])
    # The number stands in the first line that has words: a rule of hyphens may be before it.
    first = next((line for line in below if _words_of_line(line)), "")
    label = label_of(first)
    over_label = None
    if (
        0 < label < len(_words_of_line(first))
        and count > 0
        and count + label < min(len(main), count + OVERHANG)
    ):
        over_label = main[count - 1], main[count + label]
    return main[: count + OVERHANG], other, over_label


@lru_cache(maxsize=1024)
def _words_of_line(line: str) -> tuple[str, ...]:
    """The words of a line, which is looked at as its own unit's and as that into which others go on."""
    return tuple(words_of(line))


def _seen(reading: Reading) -> list[str]:
    """Each line, blank where it is so as it came and as read."""
    source = reading.source
    if reading.text == source.text:
        return list(reading.line_texts)
    return [line.of(source.text) + text for line, text in zip(source.lines, reading.line_texts, strict=True)]


def _next(connection: Database, table: str) -> int:
    """The first number that was never used."""
    return int(connection.execute("SELECT next FROM counter WHERE name = ?", [table]).fetchone()[0])
