"""The words and marks of a passage, among which the subject of a verb is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from septel.record.layout import BLANK, Prose

_TOKEN = re.compile(
    rf"(?:U\.S\.S\.R\.|U\.S\.|U\.N\.|U\.K\.|MR\.|MRS\.|DR\.|GEN\.|COL\.|AMB\.|PRES\.|SEC\.|SECY\.|GOV\.|PROF\.|LT\.|MAJ\.|ADM\.|SEN\.|\b[A-Z]\.(?=\s[A-Z]))"
    rf"|{BLANK}|[A-Z0-9À-Ý](?:[A-Z0-9À-Ý]|['’.&/-](?=[A-Z0-9À-Ý]))*|\S"
)


@dataclass(frozen=True, slots=True)
class PhraseToken:
    """One word or mark of a passage, in upper case."""

    start: int
    end: int
    word: str


@cache
def _tokens_of(text: str) -> tuple[PhraseToken, ...]:
    return tuple(PhraseToken(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text))


def tokens(prose: Prose, start: int, end: int) -> list[PhraseToken]:
    """The words and marks of a stretch of a passage."""
    found = _tokens_of(prose.plain)
    lo, hi = 0, len(found)
    while lo < hi:
        mid = (lo + hi) // 2
        lo, hi = (mid + 1, hi) if found[mid].start < start else (lo, mid)
    out: list[PhraseToken] = []
    for token in found[lo:]:
        if token.start >= end:
            break
        out.append(token)
    return out
