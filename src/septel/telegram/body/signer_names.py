"""Names of signers on a bad copy: how far a seen name is from those that may stand in its place."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon, shapes


def name_among(texts: Iterable[str], names: Iterable[str], *, share: float) -> str | None:
    """The one of a few names that a short garbled line is near; None when none is, or two are equally.

    Args:
        texts: the line, in as many readings as there are.
        names: those it may be.
        share: how much of the name may be wrong.
    """
    ranked: list[tuple[float, str]] = []
    seen = [shapes(text) for text in texts if 4 <= len(shapes(text)) <= 14]
    for name in dict.fromkeys(names):
        form = shapes(name)
        distances = [Levenshtein.distance(one, form) / len(form) for one in seen if len(form) > 4]
        if distances:
            ranked.append((min(distances), name))
    ranked.sort()
    if not ranked or ranked[0][0] > share or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]


def signs_apart(seen: str, name: str) -> int:
    """How many signs stand between a seen name and a known one, look-alikes not counted."""
    return Levenshtein.distance(shapes(seen), shapes(name))


def signer(text: str, lexicon: Lexicon) -> str | None:
    """The one signer that a garbled name is nearest to; short names and doubtful ones stay open."""
    seen = shapes(text)
    if not 5 <= len(seen) <= 14:
        return None
    near = [name for name in lexicon.signers if abs(len(name) - len(text)) <= 1 and len(name) >= 5]
    found = [name for name in near if Levenshtein.distance(shapes(name), seen, score_cutoff=1) <= 1]
    return found[0] if len(found) == 1 else None
