r"""What the archive asks of a database: a connection, and an index of words. SQLite and PostgreSQL give both.

Statements are written once, in the SQL that both understand, with `?` (or `?1`) for values. What they do
not share stands behind the methods here. So that a statement means the same in both:

- `ON CONFLICT (key) DO …` takes the place of `INSERT OR REPLACE` and `INSERT OR IGNORE`;
- `LIKE ? ESCAPE '\'` takes the place of `GLOB` and `instr`; SQLite's does not tell small letters from large,
  so both sides are made alike first (`like_pattern`, `containing`);
- `ORDER BY … NULLS FIRST` says where nothing stands;
- a number that is given out is the greatest so far and one, within a change: there is one writer at a time;
- text sorts by code points in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from septel.archive.store.waiting_rows import WaitingRows
from septel.archive.store.word_match import WordMatch


class Rows(Protocol):
    """What a statement gives."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All other rows."""

    def __iter__(self) -> Iterator[Any]:
        """The rows."""


class UnitWords(NamedTuple):
    """The words of a unit.

    Attributes:
        id: its number.
        main: as read.
        other: every other, with the place (from zero) where it may stand.
        pairs: what is noted of words that follow each other, as tokens (see `septel.archive.search.pairs`).
    """

    id: int
    main: Sequence[str]
    other: Sequence[tuple[int, str]]
    pairs: Sequence[str] = ()


class TableShape(NamedTuple):
    """The columns of a table, and those of its key."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


class WordIndex(Protocol):
    """The words of all units, for phrases and patterns; the words of the archive, for likeness.

    The relation `word` has a row (`rowid`) for each unit; `word_terms` each word (`term`) with the number of
    units that have it (`doc`), beside terms that begin with `_`, which are no words; `spelling` the words
    that may be names or misspelt.
    """

    nearest: int
    """Of so many phrases at most it can tell how near they are."""

    by_number: str
    """What sorts units of the relation `word` by their numbers, so that the first come soonest."""

    def put(self, units: Sequence[UnitWords]) -> None:
        """Index the words of new units."""

    def forget(self, ids: str, values: Sequence[object]) -> None:
        """Take out the units whose ids a query gives, as far as that costs little."""

    def clear(self) -> None:
        """Empty it."""

    def known(self, words: Sequence[str]) -> set[str]:
        """Those of some words that the index has."""

    def test(self, match: WordMatch) -> tuple[str, object]:
        """A condition on the relation `word` that a unit has what is asked, with its value."""

    def paired(self, tokens: Sequence[str], *, every: bool, most: int, above: int = 0) -> list[int]:
        """The first units, by their numbers, that have every one, or any, of some tokens of pairs.

        Only those of greater numbers than `above` are given. One that ends with `*` is the beginning of a
        token.
        """

    def matching(self, pattern: str, *, most: int) -> list[str]:
        """The words that fit a pattern with `*` and `?`, in their order."""

    def put_shapes(self, shapes: Sequence[tuple[int, str]]) -> None:
        """Note the shapes of words by their numbers in `spelling`."""

    def sharing(self, grams: Sequence[str], least: int, most: int) -> list[str]:
        """The words of so many letters in whose shape one of these three letters stands."""


class WordsMet(Protocol):
    """The words that a connection has met; `septel.archive.store.Spelling` keeps them."""

    @property
    def values(self) -> dict[tuple[str, str], int] | None:
        """The numbers of some values of fields, right after `learn`; None where another may change them."""

    def learn(self, connection: Database, words: Iterable[str]) -> None:
        """Take in the words of a document before they are indexed."""

    def forget(self) -> None:
        """Know nothing, as after a change that was taken back."""


class Database(Protocol):
    """An open catalogue."""

    @property
    def spelling(self) -> WordsMet:
        """The words of the index, as far as this connection has met them."""

    @property
    def words(self) -> WordIndex:
        """The index of words."""

    @property
    def waiting(self) -> WaitingRows:
        """Rows of new documents that are written together."""

    @property
    def only_read(self) -> bool:
        """Whether nothing can be written."""

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Rows:
        """What a statement gives."""

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> object:
        """A statement for each of many rows."""

    def transaction(self, *, nested: bool) -> AbstractContextManager[None]:
        """One change, kept at its end or undone; nested: a part of the one that is open."""

    def selection(self, numbers: Iterable[int]) -> AbstractContextManager[tuple[str, list[object]]]:
        """A query that gives some numbers, each different, for use within other statements."""

    def copy_to(self, file: Path, *, progress: Callable[[float], None]) -> None:
        """Copy the catalogue as it is at this moment into a new SQLite file; others may go on using it."""

    def tables(self) -> Mapping[str, TableShape]:
        """Its tables by their names; the rows of `layer` have their number as a column, `rowid`."""

    def settle(self) -> None:
        """After rows were brought in with numbers of their own: give out greater ones from now on."""

    def edition(self) -> tuple[int, int]:
        """A key that is another one once anything was written, here or by another connection."""

    def written_elsewhere(self) -> int | None:
        """A number that is another one once another connection has written; None where none is at hand."""

    def defects(self) -> Iterator[str]:
        """What the database itself finds wrong with what it keeps."""

    def close(self) -> None:
        """Close it."""


def escaped(text: str) -> str:
    r"""A text as a part of a pattern of LIKE, with `\` as the escape."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def like_pattern(pattern: str) -> str:
    """A pattern with `*` and `?` as one of LIKE."""
    return escaped(pattern).replace("*", "%").replace("?", "_")


def containing(text: str) -> str:
    """A pattern of LIKE for what has a text in it."""
    return f"%{escaped(text)}%"
