"""Fitting a vote: two engines' readings of worn pages whose truth is known, and which was right."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from septel.capture import Capture
from septel.training.engine_confidence import matched
from septel.training.word_confidence import logistic
from septel.witness import VoteModel, rivals
from septel.witness.voting import Known, features

RIDGE = 2.0


def fit_vote(pages: Iterable[tuple[Capture, Capture, str]], *, known: Known, data: str) -> VoteModel:
    """How to weigh two engines' readings where just one of them is right.

    Args:
        pages: what the first and the second engine read, with what was printed.
        known: whether a word in capitals is one that the reader's vocabulary has.
        data: where the pages are from, for the model card.

    Raises:
        ValueError: neither engine was ever right against the other.
    """
    cases: list[tuple[tuple[float, ...], bool]] = []
    count = 0
    for first, second, truth in pages:
        count += 1
        ones, others = matched(first.source.text, truth), matched(second.source.text, truth)
        for here, there in rivals(first, second):
            mine = bool(ones[here[0].span.start : here[-1].span.end].all())
            theirs = bool(others[there[0].span.start : there[-1].span.end].all())
            if mine != theirs:
                cases.append((features(here, there, known), theirs))
    if len({right for _, right in cases}) < 2:
        raise ValueError("one engine is right wherever the two differ")
    rows = np.array([row for row, _ in cases], np.float64)
    right = np.array([right for _, right in cases], np.float64)
    intercept, weights = logistic(rows, right, ridge=RIDGE)
    told = f"{data}: {count} pages, {len(cases):,} places where one of two engines is right"
    return VoteModel(data=told, intercept=intercept, weights=weights)
