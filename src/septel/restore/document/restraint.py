"""What is left as it came after all: guesses that are unlikely, and those of a page that hardly needs any.

Where no engine told what it saw, a reading that is not likely itself does harm as often as good on pages of
little noise; and a page without two likely corrections has so little wrong with it that its doubtful ones are
more often words of another language, codes and the writer's own spelling. Such words stand, with what may be
meant beside them. Set on 101 text layers of folds 1 to 3 of the development scans (docs/model-card.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from septel.restore.confidence import letters
from septel.restore.document.result import RestoredWord
from septel.text import Alternative, Ground, Reason, Source, State

UNLIKELY, LOUD = 0.2, 0.06
"""Guesses of less probability are put back where the document has less noise."""
QUIET, LIKELY, SOME = 0.02, 0.7, 2
"""In a document of less noise, fewer guesses than this of such probability are hardly any ..."""
CERTAIN = 0.85
"""... and only those as probable stay."""
GUESSED = (Ground.LANGUAGE, Ground.CHANNEL)


def restrained(words: Sequence[RestoredWord], source: Source, rate: float) -> list[RestoredWord]:
    """The words of a document that no engine told of, without guesses that it is better off without.

    Args:
        words: in order.
        source: the text as it came.
        rate: the document's share of misread characters.
    """
    guesses = [word for word in words if _is_guess(word, source)]
    likely = sum(_probability(word) >= LIKELY for word in guesses)
    least = CERTAIN if rate < QUIET and likely < SOME else UNLIKELY if rate < LOUD else 0.0
    back = {id(word) for word in guesses if _probability(word) < least}
    return [_as_it_came(word, source) if id(word) in back else word for word in words]


def _is_guess(word: RestoredWord, source: Source) -> bool:
    """Whether a word's letters are others than those that stand there."""
    before = word.span.of(source.text)
    return (
        word.evidence is not None
        and word.evidence.support is None
        and word.reason.ground in GUESSED
        and bool(before.strip())
        and letters(before).upper() != letters(word.text).upper()
    )


def _probability(word: RestoredWord) -> float:
    return word.confidence.probability if word.confidence is not None else 0.0


def _as_it_came(word: RestoredWord, source: Source) -> RestoredWord:
    """A word as the source has it, doubtful, with what was read into it among the other readings."""
    before = word.span.of(source.text)
    told = [Alternative(text=word.text, probability=_probability(word))] if word.text.strip() else []
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
        reason=Reason(ground=Ground.CHANNEL, detail="stands as it came: no other reading is likely enough"),
    )
