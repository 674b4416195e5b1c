"""Searches that a person keeps under a name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from septel.archive.search.facets import values_beginning
from septel.archive.search.query_language import FIELDS, SYNONYMS, Query, quoted
from septel.archive.search.spelling import beginning, is_live
from septel.archive.search.words import words_of
from septel.archive.store import Database
from septel.errors import NotHeld, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query under a name."""

    name: str
    query: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Completion:
    """How the last word of a query may go on, and how many documents or places have it; 0: a field's name."""

    text: str
    count: int


class Searches:
    """Saved searches and completion; `Archive.searches` is one."""

    def __init__(
        self,
        connection: Database,
        change: Callable[[], AbstractContextManager[Database]],
    ) -> None:
        self._connection, self._change = connection, change

    def all(self) -> tuple[SavedSearch, ...]:
        """The saved searches by name."""
        rows = self._connection.execute("SELECT name, query, by, at FROM saved ORDER BY name")
        return tuple(
            SavedSearch(name=name, query=query, by=by, at=datetime.fromisoformat(at))
            for name, query, by, at in rows
        )

    def save(self, name: str, query: str, *, by: str, at: datetime | None = None) -> None:
        """Keep a query under a name; one of the same name is replaced.

        Raises:
            UsageError: the name is empty, or the query can't be understood.
        """
        if not name.strip():
            raise UsageError("a saved search needs a name", remedy="Type a word.")
        Query.of(query)
        values = (name.strip(), query, (at or datetime.now(UTC)).isoformat(), by)
        with self._change() as connection:
            connection.execute(
                """INSERT INTO saved (name, query, at, by) VALUES (?, ?, ?, ?) ON CONFLICT (name)
                   DO UPDATE SET query = excluded.query, at = excluded.at, by = excluded.by""",
                values,
            )

    def get(self, name: str) -> SavedSearch:
        """A saved search.

        Raises:
            NotHeld: there is none of the name.
        """
        found = next((one for one in self.all() if one.name == name.strip()), None)
        if found is None:
            known = ", ".join(one.name for one in self.all()) or "none"
            raise NotHeld(f"no search is saved as {name!r}", remedy=f"Saved are: {known}.")
        return found

    def forget(self, name: str) -> None:
        """Keep a search no longer.

        Raises:
            NotHeld: there is none of the name.
        """
        self.get(name)
        with self._change() as connection:
            connection.execute("DELETE FROM saved WHERE name = ?", [name.strip()])

    def values(self, field: str, *, most: int = 10_000) -> list[tuple[str, int]]:
        """The values of a field that documents have, the commonest first, each with how many have it."""
        return values_beginning(self._connection, field, "", most=most)

    def complete(self, text: str, *, most: int = 12) -> tuple[Completion, ...]:
        """How the last word of a query may go on: fields' names, fields' values, words of the archive.

        Only what a search would find is offered.
        """
        last = text.rpartition(" ")[2] if '"' not in text.rpartition(":")[2] else text[_open_field(text) :]
        field, colon, start = last.partition(":")
        if colon:
            known = SYNONYMS.get(field.lower(), field.lower())
            values = values_beginning(self._connection, known, start.strip('"'), most=most)
            return tuple(
                Completion(
                    f"{field}:{quoted(value)}" if " " in value or '"' in value else f"{field}:{value}", count
                )
                for value, count in values
            )
        names = [Completion(f"{name}:", 0) for name in FIELDS if last and name.startswith(last.lower())]
        words = words_of(last)
        found = beginning(self._connection, words[0], most=3 * most) if len(words) == 1 else []
        live = (Completion(word, count) for word, count in found if is_live(self._connection, [word]))
        return (*names, *live)[:most]


def _open_field(text: str) -> int:
    """Where the field begins whose quoted value is being typed."""
    colon = text.rindex(":")
    return text.rfind(" ", 0, colon) + 1
