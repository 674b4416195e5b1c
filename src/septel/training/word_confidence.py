"""Fitting a calibration: which of the restorer's words were right, and what it knew when it read them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from septel.restore.confidence import (
    ChangeModel,
    MarkModel,
    ProposedChange,
    WordCalibration,
    WordFeatures,
    products,
)
from septel.restore.document import Restoration
from septel.restore.tokens import parted

Judged = tuple[WordFeatures, bool]
Weighed = tuple[ProposedChange, bool]
BINS = 50


def judge(restoration: Restoration, truth: str) -> Iterator[Judged]:
    """Each word that has evidence, with whether it stands in the truth at its place.

    The words of the whole page are aligned with those of the truth; a word is right when it is matched by
    an equal one.
    """
    words = [word for word in restoration.words if word.text.strip()]
    shown: list[str] = []
    owner: list[int] = []
    for index, word in enumerate(words):
        for token in word.text.split():
            shown.append(token)
            owner.append(index)
    right = [True] * len(words)
    for op in Levenshtein.opcodes(truth.split(), shown):
        if op.tag in ("replace", "insert"):
            for place in range(op.dest_start, op.dest_end):
                right[owner[place]] = False
    for word, good in zip(words, right, strict=True):
        if word.evidence is not None:
            yield word.evidence, good


def judge_marks(restoration: Restoration, truth: str) -> Iterator[Judged]:
    """Each word that has evidence and whose letters are right, with whether its marks are right as well."""
    words = [(word, token) for word in restoration.words for token in word.text.split()]
    true = truth.split()
    letters = [[parted(token)[1] or token for token in tokens] for tokens in (true, [t for _, t in words])]
    for op in Levenshtein.opcodes(*letters):
        if op.tag != "equal":
            continue
        for at in range(op.src_end - op.src_start):
            word, token = words[op.dest_start + at]
            if word.evidence is not None:
                wanted, shown = parted(true[op.src_start + at]), parted(token)
                yield word.evidence, (wanted[0], wanted[2]) == (shown[0], shown[2])


def fit_marks(judged: Iterable[Judged], *, ridge: float = 3.0) -> MarkModel:
    """The model of the marks at a word's edges, from words whose letters are right."""
    pairs = list(judged)
    features = np.array([evidence.marked() for evidence, _ in pairs])
    right = np.array([good for _, good in pairs], np.float64)
    intercept, weights = logistic(features, right, ridge=ridge)
    return MarkModel(intercept=intercept, weights=weights)


def fold_of(document: str, folds: int) -> int:
    """The fold of a document, by the digest of its name: its words are never parted."""
    return int.from_bytes(hashlib.sha256(document.encode()).digest()[:4], "big") % folds


def weigh(restoration: Restoration, truth: str) -> Iterator[Weighed]:
    """Each place that was read otherwise than it stands, with whether the reading was right.

    Places where neither or both are what the truth has teach nothing and are left out.
    """
    words = [word for word in restoration.words if word.text.strip()]
    shown: list[str] = []
    owner: list[int] = []
    for index, word in enumerate(words):
        for token in word.text.split():
            shown.append(token)
            owner.append(index)
    true = truth.split()
    place: dict[int, list[str]] = {}
    for op in Levenshtein.opcodes(true, shown):
        same = op.src_end - op.src_start == op.dest_end - op.dest_start
        for at in range(op.dest_start, op.dest_end):
            low = op.src_start + (at - op.dest_start if same else 0)
            place.setdefault(owner[at], []).extend(true[low : low + 1 if same else op.src_end])
    for index, word in enumerate(words):
        if word.choice is not None:
            here = " ".join(place.get(index, []))
            right = [_stands(text, here) for text in (word.choice.guess, word.choice.before)]
            if right[0] != right[1]:
                yield word.choice, right[0]


def _stands(text: str, here: str) -> bool:
    return bool(text) and f" {' '.join(text.split())} " in f" {here} "


def fit_chooser(
    weighed: Iterable[Weighed], *, data: str, ridge: float = 3.0, counts: Sequence[float] | None = None
) -> ChangeModel:
    """The model that chooses between a guess and what stands.

    Args:
        weighed: places with whether the guess was right.
        data: on what it was fitted, for the model card.
        ridge: how strongly weights are drawn to zero, in squared standard units.
        counts: how much each place counts; all alike unless given.
    """
    pairs = list(weighed)
    features = np.array([choice.features() for choice, _ in pairs])
    right = np.array([good for _, good in pairs], np.float64)
    each = None if counts is None else np.array(counts)
    intercept, weights = logistic(features, right, ridge=ridge, counts=each)
    return ChangeModel(data=data, intercept=intercept, weights=weights)


def fit(
    judged: Iterable[Judged],
    *,
    name: str,
    data: str,
    ridge: float = 3.0,
    counts: Sequence[float] | None = None,
) -> WordCalibration:
    """A logistic model by Newton's method, then an isotonic correction of what it gives.

    Args:
        judged: words with whether they were right.
        name: how the calibration is called.
        data: on what it was fitted, for the model card.
        ridge: how strongly weights are drawn to zero, in squared standard units.
        counts: how much each word counts; all alike unless given.
    """
    pairs = list(judged)
    features = np.array([products(evidence) for evidence, _ in pairs])
    right = np.array([good for _, good in pairs], np.float64)
    each = None if counts is None else np.array(counts)
    intercept, weights = logistic(features, right, ridge=ridge, counts=each)
    plain = WordCalibration(name=name, data=data, intercept=intercept, weights=weights, steps=())
    raw = np.array([plain.raw(evidence) for evidence, _ in pairs])
    return WordCalibration(
        name=name,
        data=data,
        intercept=intercept,
        weights=weights,
        steps=isotonic(raw, right),
    )


def logistic(
    features: NDArray[np.float64],
    right: NDArray[np.float64],
    *,
    ridge: float,
    counts: NDArray[np.float64] | None = None,
) -> tuple[float, tuple[float, ...]]:
    """Intercept and weights of a logistic model, by Newton's method.

    Args:
        features: one row per case.
        right: one or nought per case.
        ridge: how strongly weights are drawn to zero, in squared standard units.
        counts: how much each case counts; all alike unless given.
    """
    each = np.ones(len(right)) if counts is None else counts
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    design = np.column_stack((np.ones(len(right)), (features - mean) / scale))
    weights = np.zeros(design.shape[1])
    penalty = np.full(len(weights), ridge)
    penalty[0] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (each * (right - p)) - penalty * weights
        hessian = (design * (each * p * (1 - p))[:, None]).T @ design + np.diag(penalty + 1e-9)
        change = np.linalg.solve(hessian, gradient)
        weights += change
        if np.abs(change).max() < 1e-7:
            break
    plain = weights[1:] / scale
    return float(weights[0] - (plain * mean).sum()), tuple(float(w) for w in plain)


def isotonic(raw: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    """Pairs of raw and true probability that never fall, by pooling adjacent violators.

    Words are first put into bins of equal size, so that no step rests on a handful of them.
    """
    order = np.argsort(raw)
    blocks: list[list[float]] = []
    edges = np.linspace(0, len(order), min(BINS, max(len(order) // 50, 1)) + 1).astype(int)
    for low, high in pairwise(edges.tolist()):
        part = order[low:high]
        if not len(part):
            continue
        # One more right and one more wrong word than seen: no bin is certain.
        good, n = float(right[part].sum()) + 0.5, float(len(part)) + 1.0
        blocks.append([float(raw[part].mean()), good, n])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            x, good, n = blocks.pop()
            before = blocks[-1]
            before[0] = (before[0] * before[2] + x * n) / (before[2] + n)
            before[1] += good
            before[2] += n
    return tuple((block[0], block[1] / block[2]) for block in blocks)


def expected_error(calibration: WordCalibration, judged: Sequence[Judged], bins: int = 10) -> float:
    """The expected calibration error: how far stated and true shares lie apart, by bins of equal width."""
    stated = np.array([calibration.probability(evidence) for evidence, _ in judged])
    right = np.array([good for _, good in judged], np.float64)
    place = np.minimum((stated * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            total += inside.mean() * abs(stated[inside].mean() - right[inside].mean())
    return float(total)
