"""What is left as it came after all: the guesses of a page that hardly needs any.

Where no engine told what it saw, a page with little noise and without one likely correction has so little
wrong with it that what else is doubtful is more often a word of another language, a code or the writer's own
spelling. Such words stand, with what may be meant beside them. Set on 201 text layers of folds 1 to 3 of the
development scans (docs/model-card.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from septel.restore.confidence import letters
from septel.restore.document.result import RestoredWord
from septel.text import Alternative, Ground, Reason, Source, State

QUIET, LIKELY = 0.02, 0.8
"""A document of less noise in which no guess is as probable hardly needs any."""
GUESSED = (Ground.LANGUAGE, Ground.CHANNEL)


def restrained(words: Sequence[RestoredWord], source: Source, rate: float) -> list[RestoredWord]:
    """The words of a document that no engine told of, without guesses that it is better off without.

    Args:
        words: in order.
        source: the text as it came.
        rate: the document's share of misread characters.
    """
    guesses = [word for word in words if _is_guess(word, source)]
    if rate >= QUIET or any(_probability(word) >= LIKELY for word in guesses):
        return list(words)
    back = {id(word) for word in guesses}
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
