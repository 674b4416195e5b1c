"""Whether a reader may trust what is shown: calibration, what doubt catches, how many sure words are wrong.

Everything here is counted over the words that a restoration gives. A word is right when it stands in the
truth at its place (`alignment.rightness`). A place marked unreadable is flagged; it is judged by its best
guess, and is never right without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10
FLAGGED_SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedWord:
    """One shown word, judged.

    Attributes:
        right: whether it stands in the truth at its place.
        sure: whether it was shown without a mark of doubt.
        confidence: the probability that was claimed for it, or None.
        invented: whether it is wrong and nothing in the source supports it.
        unreadable: whether nothing was claimed for it: the reader sees no word here.
    """

    right: bool
    sure: bool
    unreadable: bool = False
    confidence: float | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """Words whose claimed probability lies from `low` up to `high`: how many, what was claimed, what held."""

    low: float
    high: float
    words: int
    claimed: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCapture:
    """Flag the least confident `flagged` share of the words: which share of the wrong ones is among them?"""

    flagged: float
    captured: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """What the marks of doubt and the probabilities of a restoration are worth.

    Attributes:
        words: words shown, unreadable places included.
        sure_share: words shown as sure, of all.
        sure_wrong: sure words that are wrong, of the sure ones.
        sure_invented: how many sure words are inventions.
        unreadable: how many places were left unread.
        with_confidence: how many words carry a probability.
        calibration_error: the expected calibration error over `BINS` bins of equal width: the mean distance
            between what was claimed and what held, weighted by words. None without probabilities.
        brier: the mean squared distance between probability and outcome. None without probabilities.
        reliability: the bins that hold words.
        shown: flagged share and captured share as the marks of doubt have it.
        capture: the curve, for flags set by confidence alone; empty without probabilities.
    """

    words: int
    sure_share: float
    sure_wrong: float
    sure_invented: int
    unreadable: int
    with_confidence: int
    calibration_error: float | None
    brier: float | None
    reliability: tuple[ReliabilityBin, ...]
    shown: ErrorCapture
    capture: tuple[ErrorCapture, ...]


def reliability(claims: Iterable[tuple[float, bool]]) -> tuple[ReliabilityBin, ...]:
    """Claims (probability, outcome) gathered into bins of equal width; the last one includes certainty."""
    gathered: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for probability, outcome in claims:
        gathered[min(BINS - 1, int(probability * BINS))].append((probability, outcome))
    return tuple(
        ReliabilityBin(
            low=number / BINS,
            high=(number + 1) / BINS,
            words=len(group),
            claimed=sum(p for p, _ in group) / len(group),
            right=sum(o for _, o in group) / len(group),
        )
        for number, group in enumerate(gathered)
        if group
    )


def calibration_error(table: Sequence[ReliabilityBin]) -> float | None:
    """The expected calibration error of a reliability table; None when it is empty."""
    total = sum(b.words for b in table)
    return sum(b.words * abs(b.claimed - b.right) for b in table) / total if total else None


def capture_curve(
    claims: Sequence[tuple[float, bool]], *, shares: Sequence[float] = FLAGGED_SHARES
) -> tuple[ErrorCapture, ...]:
    """What flagging the least confident words would catch, at each share flagged.

    Words of equal confidence can't be told apart, so a flag that falls among them takes its share of them.
    """
    wrong = sum(not outcome for _, outcome in claims)
    if not wrong:
        return ()
    groups: dict[float, list[int]] = {}
    for probability, outcome in claims:
        entry = groups.setdefault(probability, [0, 0])
        entry[0] += 1
        entry[1] += not outcome
    out: list[ErrorCapture] = []
    for share in shares:
        left, caught = share * len(claims), 0.0
        for _, (words, errors) in sorted(groups.items()):
            taken = min(left, words)
            caught += errors * taken / words
            left -= taken
            if left <= 0:
                break
        out.append(ErrorCapture(flagged=share, captured=caught / wrong))
    return tuple(out)


def trust(words: Sequence[JudgedWord]) -> Reliability | None:
    """All figures over judged words; None when there are none."""
    if not words:
        return None
    claims = [(w.confidence, w.right) for w in words if w.confidence is not None]
    table = reliability(claims)
    sure = [w for w in words if w.sure]
    wrong = sum(not w.right for w in words)
    caught = sum(not w.right for w in words if not w.sure)
    return Reliability(
        words=len(words),
        sure_share=len(sure) / len(words),
        sure_wrong=sum(not w.right for w in sure) / len(sure) if sure else 0.0,
        sure_invented=sum(w.invented for w in sure),
        unreadable=sum(w.unreadable for w in words),
        with_confidence=len(claims),
        calibration_error=calibration_error(table),
        brier=sum((p - o) ** 2 for p, o in claims) / len(claims) if claims else None,
        reliability=table,
        shown=ErrorCapture(
            flagged=1 - len(sure) / len(words),
            captured=caught / wrong if wrong else 1.0,
        ),
        capture=capture_curve(claims),
    )
