"""The words of a phrase that are a name, in print of both cases and in capitals."""

from __future__ import annotations

import re

from septel.record.layout import Prose
from septel.record.people.phrases import noun_kind
from septel.record.people.titles import NO_SPEAKERS

_INDEFINITE = frozenset({"EVERYTHING", "ANYTHING", "NOTHING", "SOMETHING", "WHATEVER", "ALL"})


def capitalised(prose: Prose, at: int, end: int) -> tuple[int, list[str]] | None:
    """The run of capitalised words that ends a phrase, where letters of both sizes are used."""
    words = list(re.finditer(r"[^\s,;:()“”\"]+", prose.text[at:end]))
    run: list[re.Match[str]] = []
    for word in reversed(words):
        bare = word.group().strip(".’'")
        if not bare or not bare[0].isupper() or "/" in bare or (len(bare) > 5 and bare.isupper()):
            break
        run.insert(0, word)
    if not run or len(run) > 4:
        return None
    while len(run) > 1 and run[0].group().upper() in _INDEFINITE:
        run.pop(0)  # EVERYTHING NASSER SAID
    first = run[0]
    alone = at + first.start() == 0 and len(run) == 1 and len(words) == 1
    if alone and prose.text[end : end + 1] in ("'", "’"):
        return None
    return at + first.start(), [w.group().strip(".,") for w in run]


def shouted(prose: Prose, at: int, end: int, role: str) -> tuple[int, list[str]] | None:
    """One to four words in capitals that no noun of the tables ends."""
    words = list(re.finditer(r"[^\s,;:()“”\"]+", prose.plain[at:end]))
    if not words or len(words) > 4:
        return None
    bare = [w.group().strip(".'") for w in words]
    if any(w in NO_SPEAKERS or noun_kind(w) is not None or any(c.isdigit() for c in w) for w in bare):
        return None
    if any(w in ("OF", "THE", "AND", "AT", "FOR") for w in bare) or len(bare[-1]) < 3:
        return None
    if not role and bare[-1].endswith(("ED", "LY", "ERS", "ORS", "ISTS")):
        return None
    return at + words[0].start(), [w.title() if w.isupper() else w for w in bare]
