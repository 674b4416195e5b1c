"""Words of the reviewers who declassified a paper: no grade of it, though near to UNCLASSIFIED."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from septel.lexicon import letters


@lru_cache(maxsize=4096)
def tells_review(text: str) -> bool:
    """Whether a line begins as reviewers' stamps do (DECLASSIFIED, `declassification`), and is no grade.

    They are near to UNCLASSIFIED by their letters; a word as near to that counts as it. `Unclassified`, typed
    so, is of a record sheet.
    """
    if text.strip(" .:") == "Unclassified":
        return True
    bare = letters(text)
    begun = bare[: len(_DECLASSIFIED)]
    told = Levenshtein.distance(begun, _DECLASSIFIED)
    return bare in _CLASSIFIED or (told <= 1 and told < Levenshtein.distance(begun, _UNCLASSIFIED))


_DECLASSIFIED, _UNCLASSIFIED = "DECLASSIF", "UNCLASSIF"
_CLASSIFIED = frozenset({"CLASSIFIED", "CLASSIFIEDBY", "CLASSIFICATION"})
