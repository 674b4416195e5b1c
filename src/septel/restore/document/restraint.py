"""What is left as it came after all: the guesses at a text in another language.

The restorer knows English. Of a text in Spanish it makes English words, and on such pages it takes far more
than it gives (63 words on three of 843 text layers of folds 1 to 3 of the development scans, most of what was
lost on all of them). Where no engine told what it saw, such a text stands, with what was read into it beside
its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from septel.restore.document.result import RestoredWord
from septel.text import Alternative, Ground, Reason, Source, State

_ENGLISH = "THE OF AND TO IN THAT WAS HE IS FOR ON WITH AS AT BY BE THIS FROM HIS NOT"
_FOREIGN = (
    "DE LA EL QUE EN LOS DEL LAS POR CON UNA UN SU AL COMO PARA LES DES ET DU LE QUI DANS "
    "UND DER DIE DAS DEN VON MIT ZU IST EIN EINE NICHT CHE DI IL DELLA NON DA DOS UMA NAO"
)
ENGLISH, FOREIGN = frozenset(_ENGLISH.split()), frozenset(_FOREIGN.split())
"""Small words that texts in English, and in Spanish, French, German, Italian, Portuguese are full of."""
SOME, SHARE, TIMES = 40, 0.06, 2.0
"""A text of so many words is in another language if so large a share of them are small words of one, and so
many times as many as English ones. On 843 layers these are the three in Spanish."""
GUESSED = (Ground.LANGUAGE, Ground.CHANNEL)

_WORD = re.compile(r"[^\W\d_]+")


def in_another_language(text: str) -> bool:
    """Whether a text is in one of some languages that the restorer does not know."""
    words = [word.upper() for word in _WORD.findall(text)]
    foreign = sum(word in FOREIGN for word in words)
    english = sum(word in ENGLISH for word in words)
    return len(words) >= SOME and foreign >= SHARE * len(words) and foreign >= TIMES * english


def restrained(words: Sequence[RestoredWord], source: Source) -> list[RestoredWord]:
    """The words of a document that no engine told of, without guesses where it is in another language.

    Args:
        words: in order.
        source: the text as it came.
    """
    if not in_another_language(source.text):
        return list(words)
    return [_as_it_came(word, source) if _is_guess(word, source) else word for word in words]


def _is_guess(word: RestoredWord, source: Source) -> bool:
    """Whether a word is not what stands there."""
    before = word.span.of(source.text)
    return (
        word.evidence is not None
        and word.evidence.support is None
        and word.reason.ground in GUESSED
        and bool(before.strip())
        and before != word.text
    )


def _as_it_came(word: RestoredWord, source: Source) -> RestoredWord:
    """A word as the source has it, doubtful, with what was read into it among the other readings."""
    before = word.span.of(source.text)
    probability = word.confidence.probability if word.confidence is not None else None
    told = [Alternative(text=word.text, probability=probability)] if word.text.strip() else []
    told += [other for other in word.alternatives if other.text != before]
    return replace(
        word,
        text=before,
        state=State.DOUBTFUL,
        confidence=None,
        evidence=None,
        core=None,
        marks=None,
        alternatives=tuple(sorted(told, key=lambda one: -(one.probability or 0.0))),
        reason=Reason(ground=Ground.CHANNEL, detail="stands as it came: the text is in another language"),
    )
