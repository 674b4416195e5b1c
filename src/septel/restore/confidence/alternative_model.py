"""What else a word may be, with probabilities that hold across documents.

The search gives each reading its share among those that survived it. These shares are no probabilities: of
readings with a share of nine tenths that were not taken, one in four is right. Known words that are like an
unknown one have odds of their own, what stands may be right though the search dropped it, and all of them
together can't be likelier than that the word is wrong. A logistic model weighs what is known of each; it is
fitted where the truth is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from septel.restore.confidence.weights import OtherReading, WeighedFeatures

LEAST = 0.01
"""Readings less likely than this are not told."""
MOST = 5
"""Readings that are told of one word."""

OTHER_FEATURES = (
    "wrong",
    "share",
    "kept",
    "kept_share",
    "first",
    "shape",
    "known_like",
    "known_odds",
    "stands",
    "common",
    "unknown",
    "word_unknown",
    "characters",
    "company",
    "distance",
    "distance_share",
    "like_shape",
    "length",
    "here",
    "marks_only",
    "marks_share",
    "spaced",
    "figures",
    "overruled",
    "overruled_share",
    "noise",
    "seen",
    "seen_share",
    "seen_reading",
)


class AlternativeModel(WeighedFeatures):
    """The fitted model."""

    __slots__ = ()
    names = OTHER_FEATURES
    what = "the model of other readings"

    def probabilities(self, others: Sequence[OtherReading], probability: float) -> list[tuple[str, float]]:
        """The other readings that are worth telling, the likeliest first, with their probabilities.

        Args:
            others: what is known of each.
            probability: that the word itself is right; all others share what it leaves.
        """
        found = [(one.text, 1 / (1 + exp(-self.odds_of(one.features)))) for one in others]
        whole = sum(share for _, share in found)
        scale = min(1.0, (1.0 - probability) / whole) if whole else 1.0
        told = sorted(((text, share * scale) for text, share in found), key=lambda one: -one[1])
        return [(text, round(share, 4)) for text, share in told[:MOST] if share >= LEAST]
