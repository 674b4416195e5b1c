"""What a reader is told beside the hits: another query that may be meant, and what was not looked at."""

from __future__ import annotations

import re
from collections import Counter

from septel.archive.search.expressions import Forms
from septel.archive.search.facets import ON_RECORD, RECORD
from septel.archive.search.query_language import FieldQuery, Phrase, Query, leaves
from septel.archive.search.results import QuerySuggestion
from septel.archive.search.spelling import is_live
from septel.archive.store import Database

_LEAST = 4
_MOST_TRIED, _MOST_GIVEN = 8, 3


def suggestions(connection: Database, query: Query, forms: Forms) -> tuple[QuerySuggestion, ...]:
    """For each word that no document has, the likest that one has: a search would find it."""
    found: list[QuerySuggestion] = []
    for leaf in leaves(query.node):
        if not isinstance(leaf, Phrase):
            continue
        for word in leaf.words:
            if len(word) < _LEAST or "*" in word or "?" in word or is_live(connection, [word]):
                continue
            counts = Counter(dict(forms.alike(word.upper())[:_MOST_TRIED]))
            best = next((one for one, _ in counts.most_common() if is_live(connection, [one])), None)
            if best:
                instead = re.sub(rf"(?i)(?<![^\W_]){re.escape(word)}(?![^\W_])", best, query.text)
                found.append(QuerySuggestion(query=instead, instead=word, word=best))
    return tuple(found[:_MOST_GIVEN])


def notes(connection: Database, query: Query, *, complete: bool) -> tuple[str, ...]:
    """What was not searched: documents without a record, and candidates beyond those that were looked at."""
    found: list[str] = []
    asked = {leaf.name for leaf in leaves(query.node) if isinstance(leaf, FieldQuery)}
    if asked & ON_RECORD:
        (open_,) = connection.execute(f"SELECT count(*) FROM indexed WHERE read & {RECORD} = 0").fetchone()
        if open_:
            found.append(f"{open_} holdings have no record yet; `septel record statements` makes it")
    if not complete:
        found.append("there are more candidates than were looked at; narrow the query to be sure of all")
    return tuple(found)
