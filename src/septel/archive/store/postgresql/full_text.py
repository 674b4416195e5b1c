"""The index of words in PostgreSQL: a tsvector for each unit, in which other readings share a word's place.

Whatever else may stand at a word's place is there under a name of its own: `'talks' <-> 'salt'` finds a
phrase as read, `'talks' <-> '_salt'` one whose second word may be another reading. What is noted of words
that follow each other has no place; common words that do are numbers beside it (`pairs`).
PostgreSQL keeps 255 places of a word in a unit and counts them up to 16,383.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from septel.archive.store.database import UnitWords, like_pattern
from septel.archive.store.word_match import (
    MatchAll,
    MatchNear,
    MatchOther,
    MatchPhrase,
    MatchWithout,
    WordMatch,
)

if TYPE_CHECKING:
    from septel.archive.store.database import Database

_LONGEST_WORD = 255
_LAST_PLACE = 16_383


class TsvectorWords:
    """The index of words of one archive in PostgreSQL."""

    nearest = 2
    by_number = "word.rowid + 0"  # as it stands, it would tempt into looking at each unit in turn

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pending: list[Counter[str]] = []

    def begin(self) -> None:
        """Gather from now on in how many new units each word is.

        Each is written once at the end of a change: a row that one change writes again and again becomes
        slower each time.
        """
        self._pending.append(Counter())

    def end(self, *, kept: bool) -> None:
        """Write what was gathered, or leave it to the change around this one, or forget it."""
        counts = self._pending.pop()
        if kept and self._pending:
            self._pending[-1].update(counts)
        elif kept:
            self._write(counts)

    def put(self, units: Sequence[UnitWords]) -> None:
        """Index the words of new units."""
        if not units:
            return
        counts = Counter[str]()
        for one in units:
            counts.update({_cut(word) for word in one.main} | {_cut(f"_{word}") for _, word in one.other})
        pairs = [",".join(str(_number(pair)) for pair in one.pairs if pair[:1] != "_") for one in units]
        self._database.execute(
            """INSERT INTO word (rowid, words, pairs)
               SELECT id, words::tsvector, ('{' || nullif(pairs, '') || '}')::int4[]
               FROM unnest(?::bigint[], ?::text[], ?::text[]) AS new (id, words, pairs)""",
            ([one.id for one in units], [tsvector(one) for one in units], pairs),
        )
        if self._pending:
            self._pending[-1].update(counts)
        else:
            self._write(counts)

    def _write(self, counts: Mapping[str, int]) -> None:
        if counts:
            self._database.execute(
                """INSERT INTO word_terms (term, doc) SELECT * FROM unnest(?::text[], ?::bigint[])
                   ON CONFLICT (term) DO UPDATE SET doc = word_terms.doc + excluded.doc""",
                (list(counts), list(counts.values())),
            )

    def forget(self, ids: str, values: Sequence[object]) -> None:
        """Take out the units whose ids a query gives; how many have a word is counted anew by rebuilding."""
        self._database.execute(f"DELETE FROM word WHERE rowid IN ({ids})", values)

    def clear(self) -> None:
        """Empty it."""
        for table in ("word", "word_terms", "shape"):
            self._database.execute(f"DELETE FROM {table}")
        for counts in self._pending:
            counts.clear()

    def known(self, words: Sequence[str]) -> set[str]:
        """Those of some words that the index has."""
        terms = [*words, *(f"_{word}" for word in words)]
        rows = self._database.execute("SELECT term FROM word_terms WHERE term = ANY(?)", [terms])
        found = {str(term) for (term,) in rows}
        found = found.union(*({term for term in terms if term in counts} for counts in self._pending))
        return {term.removeprefix("_") for term in found}

    def test(self, match: WordMatch) -> tuple[str, object]:
        """A condition on the relation `word` that a unit has what is asked, with its value."""
        return "word.words @@ ?::text::tsquery", tsquery(match)

    def paired(self, tokens: Sequence[str], *, every: bool, most: int, above: int = 0) -> list[int]:
        """The first units above one that have every one, or any, of some tokens of pairs."""
        over_labels = [one for one in tokens if one[:1] == "_"]
        common = [_number(one) for one in tokens if one[:1] != "_"]
        tests, values = list[str](), list[object]()
        if common:
            tests.append(f"pairs {'@>' if every else '&&'} ?::int4[]")
            values.append(common)
        if over_labels:
            each = [_pair(one.rstrip("*")) + (":*" if one[-1:] == "*" else "") for one in over_labels]
            tests.append("words @@ ?::text::tsquery")
            values.append((" & " if every else " | ").join(each))
        rows = self._database.execute(
            f"""SELECT rowid FROM word WHERE ({(" AND " if every else " OR ").join(tests)}) AND rowid > ?
                ORDER BY {self.by_number} LIMIT ?""",
            [*values, above, most],
        )
        return [int(one) for (one,) in rows]

    def matching(self, pattern: str, *, most: int) -> list[str]:
        """The words that fit a pattern with `*` and `?`, in their order."""
        lead = pattern.partition("*")[0].partition("?")[0]
        found: set[str] = set()
        for mark in ("", "_"):
            rows = self._database.execute(
                """SELECT term FROM word_terms WHERE term >= ? AND term < ? AND term LIKE ? ESCAPE '\\'
                   AND substr(term, 1, 1) <> ? ORDER BY term LIMIT ?""",
                (
                    mark + lead,
                    mark + lead + "\U0010ffff",
                    like_pattern(mark + pattern),
                    "" if mark else "_",
                    most,
                ),
            )
            found.update(str(term).removeprefix(mark) for (term,) in rows)
        return sorted(found)[:most]

    def put_shapes(self, shapes: Sequence[tuple[int, str]]) -> None:
        """Note the shapes of words by their numbers in `spelling`."""
        self._database.execute(
            """INSERT INTO shape (rowid, grams) SELECT id, string_to_array(grams, ' ')
               FROM unnest(?::bigint[], ?::text[]) AS new (id, grams)""",
            ([n for n, _ in shapes], [" ".join(grams_of(shape)) for _, shape in shapes]),
        )

    def sharing(self, grams: Sequence[str], least: int, most: int) -> list[str]:
        """The words of so many letters in whose shape one of these three letters stands."""
        rows = self._database.execute(
            """SELECT word FROM spelling WHERE id IN (SELECT rowid FROM shape WHERE grams && ?::text[])
               AND length(word) BETWEEN ? AND ? ORDER BY id""",
            ([gram.lower() for gram in grams], least, most),
        )
        return [str(word) for (word,) in rows]


def grams_of(shape: str) -> list[str]:
    """Each three letters of a shape that follow each other, without case."""
    lowered = shape.lower()
    return sorted({lowered[n : n + 3] for n in range(len(lowered) - 2)})


def tsvector(unit: UnitWords) -> str:
    """The words of a unit as PostgreSQL writes them, its other readings at the places of its words."""
    places: dict[str, list[str]] = defaultdict(list)
    for n, word in enumerate(unit.main, 1):
        places[_cut(word)].append(f"{min(n, _LAST_PLACE)}")
    for n, word in unit.other:
        places[_cut(f"_{word}")].append(f"{min(n + 1, _LAST_PLACE)}")
    words = [f"{_quoted(word)}:{','.join(found)}" for word, found in places.items()]
    return " ".join([*words, *(_pair(pair) for pair in unit.pairs if pair[:1] == "_")])


def tsquery(match: WordMatch) -> str:
    """What is asked, in PostgreSQL's language of text searches."""
    if isinstance(match, MatchPhrase):
        return _phrase(match)
    if isinstance(match, MatchOther):
        return f"{_quoted(_cut(f'_{match.word}'))}{':*' if match.prefix else ''}"
    if isinstance(match, MatchWithout):
        return f"( {tsquery(match.part)} & !{tsquery(match.without)} )"
    if isinstance(match, MatchNear):
        one, other = (_phrase(part) for part in match.parts)
        steps = range(1, match.distance + 2)
        orders = ((one, other), (other, one))
        return f"( {' | '.join(f'{a} <{n}> {b}' for a, b in orders for n in steps)} )"
    join = " & " if isinstance(match, MatchAll) else " | "
    return f"( {join.join(tsquery(part) for part in match.parts if part)} )"


def _phrase(phrase: MatchPhrase) -> str:
    words = [_quoted(_cut(word)) for word in phrase.words]
    if phrase.prefix:
        words[-1] += ":*"
    return words[0] if len(words) == 1 else f"( {' <-> '.join(words)} )"


def _cut(word: str) -> str:
    """PostgreSQL holds no word of more than 2,046 bytes."""
    return word[:_LONGEST_WORD]


def _pair(token: str) -> str:
    return _quoted(_cut(f"+{token}"))


def _number(token: str) -> int:
    """A pair of common words as four bytes: in a tsvector each took fifteen. Two may share a number."""
    return zlib.crc32(token.encode()) - 2**31


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
