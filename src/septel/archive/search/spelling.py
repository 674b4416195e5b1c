"""The archive's own words: which look or sound alike, and how a person may have meant to spell one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from septel.archive.store import LEAST, Database, MatchAll, MatchAny, MatchOther, MatchPhrase, sound_of
from septel.lexicon import shapes
from septel.record import is_common
from septel.restore import shipped_words

ALIKE = 85.0
"""How alike (rapidfuzz's ratio, 0 to 100) a word of the archive must be to one looked for; in a short word,
one letter may be another all the same."""
SAME_SHAPE = 90.0
"""The same after look-alikes (0 and O, 1 and I) were made one; stricter, since less is left to tell by."""

_KNOWN = 5
"""The binary logarithm of how often a word stands in the restorer's texts, from which on it is a word."""


def is_word(word: str) -> bool:
    """Whether a word is one that telegrams have: another such word is that word, and no misreading of it."""
    upper = word.upper()
    return is_common(upper) or shipped_words().get(upper, 0) >= _KNOWN


@lru_cache(maxsize=1 << 16)
def _shape(word: str) -> str:
    """The shape of a word of the archive, which many queries come near."""
    return shapes(word.upper())


def alike(connection: Database, word: str, *, most: int = 24) -> list[tuple[str, float]]:
    """The archive's words that look like one, the likest first, each with how alike it is (0 to 100)."""
    lowered = word.lower()
    if len(lowered) < LEAST:
        return []
    shape = shapes(word)
    grams = sorted({form[i : i + 3] for form in (shape, shapes(word.upper())) for i in range(len(form) - 2)})
    if not grams:
        return []
    near = connection.words.sharing(grams, len(lowered) * 2 // 3, len(lowered) * 3 // 2 + 1)
    words = [one for one in near if one != lowered]
    found: dict[str, float] = {}
    least = min(ALIKE, 100 * (1 - 1 / len(lowered)) - 0.01)
    for one, score, _ in process.extract(lowered, words, scorer=fuzz.ratio, score_cutoff=least, limit=most):
        found[one] = score
    if len(shape) >= LEAST:
        folded = {one: _shape(one) for one in words}
        for _, score, one in process.extract(
            shape, folded, scorer=fuzz.ratio, score_cutoff=SAME_SHAPE, limit=most
        ):
            found[one] = max(score, found.get(one, 0.0))
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def same_sound(connection: Database, word: str, *, most: int = 60) -> list[str]:
    """The archive's words that sound like one; itself is among them when it is held."""
    sound = sound_of(word)
    if len(sound) < 2:
        return []
    rows = connection.execute(
        """SELECT word FROM spelling WHERE id IN (SELECT id FROM sound WHERE sound = ?)
           ORDER BY word LIMIT ?""",
        (sound, most),
    )
    return [one for (one,) in rows]


def beginning(connection: Database, start: str, *, most: int = 20) -> list[tuple[str, int]]:
    """The indexed words that begin so, the commonest first, each with how many units have it."""
    rows = connection.execute(
        """SELECT term, doc FROM word_terms WHERE term >= ? AND term < ? AND substr(term, 1, 1) <> '_'
           ORDER BY doc DESC, term LIMIT ?""",
        (start, start + "\U0010ffff", most),
    )
    return [(str(term), int(count)) for term, count in rows]


def is_live(connection: Database, words: Sequence[str]) -> bool:
    """Whether a document that may be found has these words in one place, by any reading."""
    each = tuple(MatchAny((MatchPhrase((word,)), MatchOther(word))) for word in words)
    test, value = connection.words.test(MatchAll(each))
    row = connection.execute(
        f"SELECT 1 FROM word JOIN unit ON unit.id = word.rowid WHERE {test} LIMIT 1", [value]
    ).fetchone()
    return row is not None
