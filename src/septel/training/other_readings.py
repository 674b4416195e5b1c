"""Fitting the probabilities of other readings: which of those that were weighed a transcript has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from septel.restore.confidence import OTHER_FEATURES, AlternativeModel, OtherReading
from septel.training.whole_pages import LabelledWord
from septel.training.word_confidence import logistic

JudgedReadings = tuple[float, tuple[tuple[OtherReading, bool], ...]]
"""The probability that a word is right, and its other readings, each with whether the transcript has it."""


def judged_readings(labels: Iterable[LabelledWord]) -> Iterator[JudgedReadings]:
    """The other readings of each word of which the transcript tells what it is."""
    for one in labels:
        if one.word.confidence is not None and one.word.others:
            found = tuple((other, other.text == one.truth) for other in one.word.others)
            yield one.word.confidence.probability, found


def fit_alternatives(judged: Iterable[JudgedReadings], *, data: str, ridge: float = 3.0) -> AlternativeModel:
    """The model of other readings.

    Args:
        judged: words with their other readings.
        data: on what it was fitted, for the model card.
        ridge: how strongly weights are drawn to zero, in squared standard units.
    """
    taken = [pair for _, readings in judged for pair in readings]
    features = np.array([reading.features for reading, _ in taken]).reshape(len(taken), len(OTHER_FEATURES))
    right = np.array([good for _, good in taken], np.float64)
    intercept, weights = logistic(features, right, ridge=ridge)
    return AlternativeModel(data=data, intercept=intercept, weights=weights)


def readings_error(model: AlternativeModel, judged: Sequence[JudgedReadings], bins: int = 10) -> float:
    """The expected calibration error of the readings that are told, by bins of equal width."""
    stated: list[float] = []
    right: list[float] = []
    for probability, readings in judged:
        good = {reading.text for reading, is_right in readings if is_right}
        for text, share in model.probabilities([reading for reading, _ in readings], probability):
            stated.append(share)
            right.append(float(text in good))
    shares, truths = np.array(stated), np.array(right)
    place = np.minimum((shares * bins).astype(int), bins - 1)
    return float(
        sum(
            inside.mean() * abs(shares[inside].mean() - truths[inside].mean())
            for b in range(bins)
            if (inside := place == b).any()
        )
    )
