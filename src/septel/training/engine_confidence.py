"""Fitting gauges: what an engine told of worn pages whose truth is known, and whether it was right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from septel.capture import Capture
from septel.restore.channel import align
from septel.restore.confidence import (
    SCALES,
    EngineCalibration,
    LogisticModel,
    WordQueries,
    alone,
    choosing,
    products_of,
    trusting,
    with_products,
)
from septel.restore.document import Models, Restoration
from septel.restore.engine_output import engine_words, has_rivals
from septel.text import Source, Span
from septel.training.word_confidence import isotonic, judge, logistic, weigh
from septel.witness import align as columns_of

RIDGE = 3.0
"""How strongly weights are drawn to zero, in squared standard units."""
ENOUGH = 40_000
"""Cases that a scale is fitted on, drawn at random from more."""

TrainingPage = tuple[Capture, str]
Restored = tuple[Restoration, str]
EngineCase = tuple[tuple[float, ...], bool]


def fit_gauge(pages: Sequence[TrainingPage], *, name: str, data: str) -> EngineCalibration:
    """The gauge of the engine that read some pages: what its figures say by themselves.

    Args:
        pages: captures with what was printed on them.
        name: of the gauge (`septel.restore.engine_output.words.gauge_for`).
        data: where the pages are from, for the model card.
    """
    kinds = ("word", "dirt", "character", "other", "blank", "filled")
    cases: dict[str, list[EngineCase]] = {kind: [] for kind in kinds}
    rivals = any(has_rivals(told) for capture, _ in pages for told, _ in engine_words(capture))
    for capture, truth in pages:
        text = capture.source.text
        there, whole, made_up = _lying(text, truth), matched(text, truth), _made_up(capture.source, truth)
        for told, around in engine_words(capture, rivals=rivals):
            asked = WordQueries.of(told, around)
            start, end = told.span.start, told.span.end
            cases["word"].append((asked.word.features(), bool(whole[start:end].all())))
            cases["dirt"].append((asked.word.features(), bool(made_up[start:end].all())))
            for place, case in asked.characters.items():
                at = start + place
                cases["character"].append((case.features(), there.get((at, at + 1)) == text[at]))
            for (span, character), case in asked.others.items():
                lies = there.get((start + span.start, start + span.end))
                cases["other"].append((case.features(), lies == character))
            lies = there.get((start - 1, start))
            if asked.blank:
                cases["blank"].append((asked.blank.features(), lies == " "))
            for character, case in asked.filled.items():
                cases["filled"].append((case.features(), lies == character))
    counts = ", ".join(f"{len(found):,} {kind}" for kind, found in cases.items() if found)
    scales = {kind: fit_scale(found, SCALES[kind]) for kind, found in cases.items() if found}
    return EngineCalibration(
        name=name, data=f"{data}: {len(pages)} pages; cases: {counts}", scales=scales, rivals=rivals
    )


def with_choice(gauge: EngineCalibration, restored: Iterable[Restored], models: Models) -> EngineCalibration:
    """The gauge with the scale that weighs a guess against what stands.

    Args:
        gauge: what the pages' sight was reckoned with.
        restored: pages restored with it, and what was printed on them.
        models: what weighs a guess without an engine.
    """
    chooser = models.chooser
    places = (place for restoration, truth in restored for place in weigh(restoration, truth))
    cases = [
        (
            choosing(
                choice.support,
                odds=chooser.odds(choice) if chooser else 0.0,
                guess=choice.guess,
                document=choice.document,
            ),
            good,
        )
        for choice, good in places
        if choice.support is not None
    ]
    return _with(gauge, "choosing", cases)


def with_trust(gauge: EngineCalibration, restored: Iterable[Restored], models: Models) -> EngineCalibration:
    """The gauge with the scales that say how far a word that is shown can be trusted.

    One is for words that the engine told of, one for those of pages that it handed on to another engine.

    Args:
        gauge: what the pages' sight and choices were reckoned with.
        restored: pages restored with it, and what was printed on them.
        models: what says so without an engine.
    """
    calibration = models.calibration
    words = (word for restoration, truth in restored for word in judge(restoration, truth))
    cases: list[EngineCase] = []
    others: list[EngineCase] = []
    for one, good in words:
        probability = calibration.probability(one) if calibration else 0.5
        if one.support is not None:
            cases.append((trusting(one.support, one, probability=probability), good))
        elif one.figure is not None:
            others.append((alone(one.figure, probability=probability), good))
    return (
        _with(_with(gauge, "trusting", cases), "alone", others) if others else _with(gauge, "trusting", cases)
    )


def _with(gauge: EngineCalibration, kind: str, cases: Sequence[EngineCase]) -> EngineCalibration:
    scales = {**gauge.scales, kind: fit_scale(cases, SCALES[kind])}
    return replace(gauge, data=f"{gauge.data}, {len(cases):,} {kind}", scales=scales)


def fit_scale(cases: Sequence[EngineCase], names: tuple[str, ...], *, ridge: float = RIDGE) -> LogisticModel:
    """A scale that tells when something is right; where there was too little to learn from, it never is."""
    width = len(products_of(names))
    if len(cases) > ENOUGH:
        chosen = np.random.default_rng(0).permutation(len(cases))[:ENOUGH]
        cases = [cases[i] for i in chosen.tolist()]
    if len(cases) < width or len({good for _, good in cases}) < 2:
        return LogisticModel(names=names, intercept=-30.0, weights=(0.0,) * width)
    rows = with_products((features for features, _ in cases), len(names))
    right = np.array([good for _, good in cases], np.float64)
    intercept, weights = logistic(rows, right, ridge=ridge)
    plain = LogisticModel(names=names, intercept=intercept, weights=weights)
    raw = plain.probabilities(features for features, _ in cases)
    return replace(plain, steps=isotonic(raw, right))


def _lying(text: str, truth: str) -> dict[tuple[int, int], str]:
    """For each stretch of a text that became of one true character, or of none, that character."""
    there: dict[tuple[int, int], str] = {}
    one, other = " ".join(truth.split()), text.replace("\n", " ")
    for op in Levenshtein.opcodes(one, other):
        at = op.dest_start
        if op.tag == "equal":
            for offset in range(op.dest_end - at):
                there[at + offset, at + offset + 1] = one[op.src_start + offset]
            continue
        for typed, segment in align(one[op.src_start : op.src_end], other[at : op.dest_end]):
            there[at, at + len(segment)] = typed
            at += len(segment)
    return there


def _made_up(source: Source, truth: str) -> NDArray[np.bool_]:
    """Which characters stand in words that have no counterpart in the truth."""
    out = np.zeros(len(source.text), np.bool_)
    for column in columns_of(Source.of_text(truth), replace(source, pages=(Span(0, len(source.text)),))):
        if column.first is None and column.second is not None:
            out[column.second.start : column.second.end + 1] = True
    return out


def matched(text: str, truth: str) -> NDArray[np.bool_]:
    """Which characters stand in words that the truth has at their place."""
    right = np.zeros(len(text), np.bool_)
    places: list[tuple[int, int]] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        places.append((at, at + len(word)))
        at += len(word)
    for op in Levenshtein.opcodes(truth.split(), text.split()):
        if op.tag == "equal":
            for start, end in places[op.dest_start : op.dest_end]:
                right[start : end + 1] = True
    return right
