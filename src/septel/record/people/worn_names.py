"""Names on worn copies, recognised by the shapes of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from septel.lexicon import shapes
from septel.record.layout import BLANK, Prose
from septel.record.people.cast import Mention, MentionKind, Participant
from septel.text import Edit

SURE = 0.9
"""Above this a word is taken as read, whatever name it may look like."""
NEAR = 0.34
"""Share of a name's shapes that may differ."""
APART = 0.2
"""How much further off every other name must be."""

# Letters that bad copies split in two; both halves look like strokes (measured on the old channel).
_SPLIT = {"M": ("II", "IU", "UI", "NI"), "H": ("II", "IT"), "N": ("II",)}


@lru_cache(maxsize=512)
def _forms(surname: str) -> tuple[str, ...]:
    """The shapes of a name, and with one or two of its letters split."""
    whole = shapes(surname)
    forms = {whole, whole + "S"}
    for _ in range(2):
        for form in tuple(forms):
            for i, letter in enumerate(form):
                for halves in _SPLIT.get(letter, ()):
                    forms.add(form[:i] + halves + form[i + 1 :])
    return tuple(forms)


@lru_cache(maxsize=8192)
def _distance(seen: str, surname: str) -> float:
    return min(Levenshtein.distance(seen, form, score_cutoff=5) / len(form) for form in _forms(surname))


def looks_like(prose: Prose, start: int, end: int, word: str) -> bool:
    """Whether what stands on the page at words that were given up has the shapes of this word."""
    edits = prose.doubts(start, end)
    if not edits:
        return False
    seen = edits[0].span.start, edits[-1].span.end
    return _distance(shapes(prose.carried.reading.source.text[slice(*seen)]), word) <= NEAR


def nearest(prose: Prose, edits: tuple[Edit, ...], core: list[Participant]) -> Participant | None:
    """Who of those known is meant by a worn word: clearly nearest by shapes; None where nobody is."""
    offered = {a.text.upper().strip(".,;:'\"").removesuffix("'S") for e in edits for a in e.alternatives}
    source = prose.carried.reading.source.text
    start, end = edits[0].span.start, edits[-1].span.end
    # The first letters of a name are at times given to the word before it.
    seen = {shapes(source[max(0, start - back) : end]) for back in range(4)}
    # The restorer may have made two words of one that the page has.
    first = max(source.rfind(" ", 0, start), source.rfind("\n", 0, start)) + 1
    last = next((i for i in range(end, len(source)) if source[i].isspace()), len(source))
    seen.add(shapes(source[first:last]))
    best: tuple[float, Participant | None] = (9.0, None)
    rival = 9.0
    for player in core:
        surname = player.person.surname.upper()
        away = 0.0 if surname in offered else min(_distance(s, surname) for s in seen)
        if away < best[0]:
            rival, best = best[0], (away, player)
        else:
            rival = min(rival, away)
    return best[1] if best[0] <= NEAR and rival - best[0] >= APART else None


def through_noise(prose: Prose, players: Iterable[Participant], known: frozenset[str]) -> list[Mention]:
    """Names that the reading gave up or read as another word, where the page's shapes are near one.

    A word given up before a verb of saying, and near no name, is a mention of someone unknown: what
    follows must not go to whoever spoke before.
    """
    found: list[Mention] = []
    core = [p for p in players if len(p.person.surname) >= 5]
    for token in re.finditer(rf"{BLANK}|[A-Z][A-Z'.]{{2,}}", prose.plain):
        edits = prose.doubts(token.start(), token.end())
        if not edits or token.group().removesuffix("'S").strip(".'") in known:
            continue
        if not any(e.unreadable or (e.confidence and e.confidence.probability < SURE) for e in edits):
            continue
        player = nearest(prose, edits, core)
        if player:
            own = re.search(r"['’`•\s]\s?I?S\W*$", edits[-1].before) is not None
            found.append(
                Mention(
                    start=token.start(),
                    end=token.end(),
                    kind=MentionKind.NAME,
                    player=player,
                    side=player.person.side,
                    possessive=own,
                    guessed=True,
                )
            )
        elif token.group() == BLANK:
            found.append(Mention(start=token.start(), end=token.end(), kind=MentionKind.NAME, guessed=True))
    return found
