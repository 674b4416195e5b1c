"""What engines saw, weighed together with what the search found: for the choice, and for the confidence.

Both begin with what is known without any engine (`septel.restore.confidence.change_model`,
`septel.restore.confidence.word_calibration`), so that texts that no engine told of are judged as ever, and
both are fitted for each engine.
"""

from __future__ import annotations

from math import log

from septel.restore.confidence.word_calibration import WordFeatures
from septel.restore.engine_output import Support, logit

CHOOSING = ("odds", "stands", "reading", "named", "dirt", "nothing", "noise")
ALONE = ("odds", "figure")
TRUSTING = ("odds", "stands", "reading", "named", "dirt", "changed", "noise", "short", "unknown", "kept")


def choosing(support: Support, *, odds: float, guess: str, document: float) -> tuple[float, ...]:
    """The numbers by which a guess is weighed against what stands, in the order of `CHOOSING`.

    Args:
        support: what engines saw for the guess.
        odds: of the guess (their logarithm) as far as is known without them.
        guess: the guess.
        document: the document's error rate.
    """
    return (
        max(min(odds, 6.0), -6.0) / 3,
        logit(support.stands) / 3,
        max(min(support.reading, 10.0), -10.0) / 5,
        support.named,
        support.dirt,
        float(not guess),
        log(document + 0.005) / 3,
    )


def trusting(support: Support, evidence: WordFeatures, *, probability: float) -> tuple[float, ...]:
    """The numbers by which a word that is shown is trusted, in the order of `TRUSTING`.

    Args:
        support: what engines saw for it.
        evidence: what else is known of it.
        probability: that it is right, as far as is known without engines.
    """
    return (
        max(min(logit(probability), 6.0), -6.0) / 3,
        logit(support.stands) / 3,
        max(min(support.reading, 10.0), -10.0) / 5,
        support.named,
        support.dirt,
        float(evidence.changed),
        log(evidence.document + 0.005) / 3,
        1.0 / evidence.length,
        float(evidence.weight is None),
        float(evidence.kept),
    )


def alone(figure: float, *, probability: float) -> tuple[float, ...]:
    """The numbers by which a word is trusted that has but an engine's figure, in the order of `ALONE`.

    Args:
        figure: from 0 to 1.
        probability: that the word is right, as far as is known without engines.
    """
    return tuple(max(min(logit(one), 6.0), -6.0) / 3 for one in (probability, figure))
