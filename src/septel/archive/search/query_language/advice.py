"""What a reader is told beside the hits: another query that may be meant, and what was not looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from septel.archive.search.facets import ON_RECORD, RECORD
from septel.archive.search.query_language.fields import FIELDS
from septel.archive.search.query_language.language import FieldQuery, Phrase, Query, leaves
from septel.archive.search.query_language.numbers import TelegramNumber, as_read, number_of, post_name
from septel.archive.search.results import QuerySuggestion, SearchResult
from septel.archive.search.spelling import is_live
from septel.archive.store import Database
from septel.lexicon import Lexicon, letters

_LEAST = 4
_MOST_TRIED, _MOST_GIVEN = 8, 3


def suggestions(
    connection: Database, query: Query, alike: Callable[[str], Sequence[tuple[str, float]]]
) -> tuple[QuerySuggestion, ...]:
    """For each word that no document has, the likest that one has: a search would find it.

    `alike` gives the archive's words that look like one, the likest first.
    """
    found: list[QuerySuggestion] = []
    for leaf in leaves(query.node):
        if not isinstance(leaf, Phrase):
            continue
        for word in leaf.words:
            if len(word) < _LEAST or "*" in word or "?" in word or is_live(connection, [word]):
                continue
            counts = Counter(dict(alike(word.upper())[:_MOST_TRIED]))
            best = next((one for one, _ in counts.most_common() if is_live(connection, [one])), None)
            if best:
                instead = re.sub(rf"(?i)(?<![^\W_]){re.escape(word)}(?![^\W_])", best, query.text)
                found.append(QuerySuggestion(query=instead, instead=word, word=best))
    return tuple(found[:_MOST_GIVEN])


_CLOSED = ("class", "kind", "side", "issue")
"""Fields of few values: all that are held are told; of others the nearest."""
_VALUED = frozenset(
    {"post", "from", "to", "class", "caption", "tags", "kind", "person", "side", "issue", "tag"}
)
_MOST_TOLD, _NEAR = 12, 60.0
_NEAR_POST = 75.0
"""So alike (0 to 100) the letters of a post must be that may be meant."""
_HELD = "EXISTS (SELECT 1 FROM facet WHERE facet.value = value.id)"


def advised(connection: Database, query: Query, result: SearchResult) -> SearchResult:
    """A result; where nothing was found, with what is said of values that no document has."""
    if result.total:
        return result
    named = number_of(query.text)
    if named is not None and Lexicon.shipped().post(named.post) is None:
        result = replace(result, suggestions=(*result.suggestions, *_posts_meant(connection, query, named)))
    elif named is not None:
        cites = QuerySuggestion(query=f'cites:"{named.value.lower()}"', instead=query.text, word=named.value)
        told_of = f"{named.value} is not held; `{cites.query}` looks for what cites it"
        result = replace(result, notes=(told_of, *result.notes), suggestions=(*result.suggestions, cites))
    told, instead = unheld(
        connection, query, recorded=not any("no record yet" in one for one in result.notes)
    )
    return replace(
        result, notes=(*told, *result.notes), suggestions=(*instead, *result.suggestions)[:_MOST_GIVEN]
    )


def _posts_meant(connection: Database, query: Query, named: TelegramNumber) -> list[QuerySuggestion]:
    """Numbers of posts whose names are like one that no post has: of those that documents have, first."""
    wanted = letters(named.post)
    for posts in (_values(connection, "post"), Lexicon.shipped().post_names):
        names = {name: letters(name) for name in posts}
        near = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=_NEAR_POST, limit=_MOST_GIVEN)
        found = [f"{name} {named.serial}".lower() for _, _, name in near]
        if found:
            return [QuerySuggestion(query=one, instead=query.text, word=one.upper()) for one in found]
    return []


def unheld(connection: Database, query: Query, *, recorded: bool) -> tuple[list[str], list[QuerySuggestion]]:
    """What a query asks of fields that no document has: what is held or near, and what may be meant.

    Of fields of the record nothing is said where documents have none yet (`recorded` is false).
    """
    told: list[str] = []
    found: list[QuerySuggestion] = []
    for leaf in leaves(query.node):
        if not isinstance(leaf, FieldQuery) or leaf.name not in _VALUED or "*" in leaf.value:
            continue
        if leaf.name in ON_RECORD and not recorded:
            continue
        held = _values(connection, leaf.name)
        wanted = post_name(leaf.value) if leaf.name in ("post", "from", "to") else leaf.value.upper()
        if any(_is_asked(leaf.name, wanted, one.upper()) for one in held):
            continue
        longer = _longer(query.text, leaf, held)
        if longer:
            found.append(longer)
        few = leaf.name in _CLOSED
        near = [one for one, _, _ in process.extract(wanted, held, score_cutoff=_NEAR, limit=_MOST_GIVEN)]
        shown, what = (held[:_MOST_TOLD], "held are") if few else (near, "nearest are")
        if not shown and len(held) <= _MOST_TOLD:
            shown, what = held, "held are"
        more = f"; {what} {', '.join(shown)}" if shown else ""
        meant = f" ({FIELDS['person']})" if leaf.name == "person" else ""
        told.append(f"no holding has {leaf.name} {leaf.value!r}{meant}{more}")
        if leaf.name == "person" and is_live(connection, leaf.value.split()):
            found.append(QuerySuggestion(query=leaf.value, instead=query.text, word=leaf.value))
    return told, found


def _is_asked(field: str, wanted: str, held: str) -> bool:
    """Whether a value that is held is one that is asked for."""
    named = field in ("post", "from", "to") and held.startswith(f"{wanted}:")
    return wanted == held or named or (field == "person" and wanted in held)


def _values(connection: Database, field: str) -> list[str]:
    """The values of a field that documents have, the commonest first."""
    rows = connection.execute(
        """SELECT value.value FROM value JOIN facet ON facet.value = value.id WHERE value.field = ?
            GROUP BY value.id, value.value ORDER BY count(*) DESC, 1"""
        if field in _CLOSED
        else f"SELECT value FROM value WHERE field = ? AND {_HELD} ORDER BY value",
        [field],
    )
    return [str(value) for (value,) in rows]


def _longer(text: str, leaf: FieldQuery, held: Sequence[str]) -> QuerySuggestion | None:
    """`post:la paz` meant `post:"la paz"`, where a value begins so and goes on as the query does."""
    written = re.search(rf"(?i)({re.escape(leaf.name)}:)({re.escape(leaf.value)})((?:[ ]+[^ :\"]+)+)", text)
    for value in held if written else ():
        rest = value.upper().removeprefix(f"{leaf.value.upper()} ")
        behind = " ".join(written[3].upper().split()) if written else ""
        if written and rest != value.upper() and (behind == rest or behind.startswith(f"{rest} ")):
            left = behind[len(rest) :].lower()
            query = f'{text[: written.start(2)]}"{value.lower()}"{left}{text[written.end() :]}'
            return QuerySuggestion(query=query, instead=leaf.value, word=value)
    return None


def dates_read(query: Query) -> tuple[str, ...]:
    """How the dates of a query are read that are written in figures with strokes."""
    leaves_of = (leaf for leaf in leaves(query.node) if isinstance(leaf, FieldQuery) and leaf.name == "date")
    return tuple(told for leaf in leaves_of if (told := as_read(leaf.value)))


def notes(connection: Database, query: Query, *, complete: bool) -> tuple[str, ...]:
    """What a reader should know: how dates were read, and what was not searched."""
    found: list[str] = list(dates_read(query))
    asked = {leaf.name for leaf in leaves(query.node) if isinstance(leaf, FieldQuery)}
    if asked & ON_RECORD:
        (open_,) = connection.execute(f"SELECT count(*) FROM indexed WHERE read & {RECORD} = 0").fetchone()
        if open_:
            found.append(f"{open_} holdings have no record yet; `septel record statements` makes it")
    if not complete:
        found.append("there are more candidates than were looked at; narrow the query to be sure of all")
    return tuple(found)
