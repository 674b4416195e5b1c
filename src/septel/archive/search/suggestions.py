"""Did you mean: another query that the archive's own words suggest."""

from __future__ import annotations

import re
from collections import Counter

from septel.archive.search.expressions import Forms
from septel.archive.search.query_language import Phrase, Query, leaves
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
