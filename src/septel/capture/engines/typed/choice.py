"""Which of two readings of one place is likelier, and how likely it is.

Our own reader and the reader of print both read what is not plainly type. All weights and shares here were
fitted on 86 pages of the release of 2025 (folds 1 to 3 of the development scans; 70 of them of documents that
the network did not learn from): on 2,365 places that were read differently the weights choose 1,603 words
that the page's transcript has, and 981 others, each page weighed without its own document; what was set by
hand before chose 1,535 and 1,066. Asking our reader for more sureness in what is no type of one pitch was
right for the network that had not seen any; now it reads proportional type, too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from rapidfuzz.distance import Levenshtein

from septel.capture.engines.typed.print_words import bare, letters_of, sureness
from septel.capture.model import RecognisedWord

Shares = tuple[tuple[float, ...], tuple[float, ...]]

OURS, THEIRS, TYPED = (0.67, 0.34), (-1.10, 0.50), 0.99
"""What the log odds of either reader's figure weigh, and how much more of it in type; what type weighs."""
REST, LENGTH, LIKENESS, CASE, MIXED = 1.05, -1.94, -1.90, 0.70, 2.55
"""What weighs besides: always; how much more the reader of print has (log of the letters); how like both
are; small letters of print beside capitals of ours; figures and letters in a word of print, less of ours."""
LEAST = 0.001
"""Figures are taken as no nearer to nought and one."""
AGREED = ((0, 50, 70, 85, 95, 100), (75, 84, 90, 94, 97.5, 98.5))
"""Of 100 words that both read alike so many are right, by the mean of both figures."""
STRANGE = ((0, 20, 40, 60, 78, 89, 100), (0, 12, 22, 45, 60, 68, 88))
"""The same of words of ours that are no type of the page's pitch, by our figure."""
AGAINST = ((0, 40, 78, 89, 95, 100), (0, 25, 35, 60, 78, 82))
"""The same of words of the reader of print that stand in type, against ours, by its figure."""
ELSEWHERE = ((0, 40, 60, 78, 89, 95, 100), (0, 32, 50, 58, 76, 92, 95))
"""... and that stand against ours in what is no type of one pitch."""
ALONE: Shares = ((0, 30, 45, 55, 65, 75, 85, 95, 100), (0, 15, 28, 35, 38, 50, 65, 80, 83))
"""... and that stand where ours has nothing. Some are print that transcripts leave out. Counted anew on 76
pages when pieces of print were cut out and brought to one height; of the surest, 92 in 100 were right with
the words of release bars among them, which are weighed by themselves now."""
BRIEF_ALONE: Shares = ((0, 45, 65, 89, 95, 100), (0, 9, 25, 30, 70, 80))
"""The same of words of fewer than four letters."""

BRIEF = 4
"""From so many letters on chance makes hardly any word."""

_MIXED = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")


def likelier(ours: Sequence[RecognisedWord], theirs: Sequence[RecognisedWord], *, typed: bool) -> bool:
    """Whether our reading of a place is likelier than that of the reader of print.

    Args:
        ours: our words there.
        theirs: the other reader's.
        typed: whether they stand in step with the page's type.
    """
    mine, other = _text(ours), _text(theirs)
    letters = [0.5 + letters_of(tuple(words)) for words in (ours, theirs)]
    small = mine.isupper() and any(sign.islower() for sign in other)
    weight = (
        REST
        + TYPED * typed
        + (OURS[0] + OURS[1] * typed) * _odds(sureness(tuple(ours)) / 100)
        + (THEIRS[0] + THEIRS[1] * typed) * _odds(sureness(tuple(theirs)) / 100)
        + LENGTH * math.log(letters[1] / letters[0])
        + LIKENESS * Levenshtein.normalized_similarity(mine.upper(), other.upper())
        + CASE * small
        + MIXED * (bool(_MIXED.search(other)) - bool(_MIXED.search(mine)))
    )
    return weight > 0


def alike(ours: Sequence[RecognisedWord], theirs: Sequence[RecognisedWord]) -> bool:
    """Whether two readings have the same letters and figures; of stops and marks ours knows more."""
    one, other = (bare("".join(word.text for word in words)) for words in (ours, theirs))
    return bool(one) and one == other


def agreed(words: Sequence[RecognisedWord], others: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """Words that another reader read alike, with the share of such words that are right as their figure.

    Args:
        words: the reading that stands.
        others: the other one.
    """
    mean = (sureness(tuple(words)) + sureness(tuple(others))) / 2
    share = _share(AGREED, mean)
    out: list[RecognisedWord] = []
    for word in words:
        each = 100 * (share / 100) ** (1 / len(word.text))
        characters = tuple(
            replace(one, confidence=max(one.confidence, round(each, 2)), others=()) for one in word.characters
        )
        out.append(replace(word, confidence=max(word.confidence or 0.0, share), characters=characters))
    return out


def worth(words: Sequence[RecognisedWord], shares: Shares) -> list[RecognisedWord]:
    """Words with the share of such words that are right as their figure; their characters in like measure."""
    out: list[RecognisedWord] = []
    for word in words:
        told = word.confidence or 0.0
        brief = shares is ALONE and sum(map(str.isalnum, word.text)) < BRIEF
        share = min(_share(BRIEF_ALONE if brief else shares, told), told)
        ratio = share / told if told else 1.0
        each = ratio ** (1 / len(word.text))
        characters = tuple(
            replace(one, confidence=round(each * one.confidence, 2)) for one in word.characters
        )
        out.append(replace(word, confidence=share, characters=characters))
    return out


def _share(shares: Shares, figure: float) -> float:
    return round(float(np.interp(figure, *shares)), 2)


def _odds(share: float) -> float:
    return math.log(max(share, LEAST) / max(1 - share, LEAST))


def _text(words: Sequence[RecognisedWord]) -> str:
    return " ".join(word.text for word in words)
