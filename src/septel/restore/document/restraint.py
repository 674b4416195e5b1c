"""What is left as it came after all: the guesses at passages in another language.

The restorer knows English. Of Spanish it makes English words, and there it takes far more than it gives. So
such a passage (`septel.restore.language.foreign_passages`) stands, with what was read into it beside
its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from septel.restore.document.assessment import WordAssessor
from septel.restore.document.result import RestoredWord
from septel.text import Alternative, Ground, Reason, Source, Span, State

PROVEN = 0.97
"""How sure engines must be of a word that is sure there: English says nothing of it."""
GUESSED = (Ground.LANGUAGE, Ground.CHANNEL)


def restrained(
    words: Sequence[RestoredWord], source: Source, passages: Sequence[Span], judge: WordAssessor
) -> list[RestoredWord]:
    """The words of a document, without guesses where it is in another language.

    Args:
        words: in order.
        source: the text as it came.
        passages: what is in another language, in order.
        judge: says how sure engines were of what they saw.
    """
    out = list(words)
    for passage in passages:
        for at in range(
            bisect_left(out, passage.start, key=lambda word: word.span.end),
            bisect_left(out, passage.end, key=lambda word: word.span.start),
        ):
            if _is_guess(out[at], source):
                out[at] = _as_it_came(out[at], source, judge)
            elif _unseen(out[at]):
                out[at] = replace(out[at], state=State.DOUBTFUL)
    return out


def _is_guess(word: RestoredWord, source: Source) -> bool:
    """Whether a word is neither what stands there nor what an engine would rather have."""
    before, evidence = word.span.of(source.text), word.evidence
    if evidence is None or not before.strip() or before == word.text:
        return False
    return word.reason.ground in GUESSED and not (evidence.support and evidence.support.reading > 0.0)


def _unseen(word: RestoredWord) -> bool:
    """Whether a sure word is so by its likeness to English only: pieces of words are (`RES`, `ONES`)."""
    support = word.evidence.support if word.evidence is not None else None
    return word.state is State.SURE and support is not None and support.stands < PROVEN


def _as_it_came(word: RestoredWord, source: Source, judge: WordAssessor) -> RestoredWord:
    """A word as the source has it, doubtful, with what was read into it among the other readings."""
    before = word.span.of(source.text)
    probability = word.confidence.probability if word.confidence is not None else None
    told = [Alternative(text=word.text, probability=probability)] if word.text.strip() else []
    told += [other for other in word.alternatives if other.text != before]
    stands = judge.untouched(before, word.span, word.line)
    return replace(
        stands,
        state=State.DOUBTFUL,
        confidence=stands.confidence if judge.sight is not None else None,
        evidence=None,
        alternatives=tuple(sorted(told, key=lambda one: -(one.probability or 0.0))),
        reason=Reason(ground=Ground.CHANNEL, detail="stands as it came: it is in another language"),
    )
