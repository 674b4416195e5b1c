"""Word confidences fitted anew on other documents: what a calibration is worth on pages that it has not seen.

Documents are parted into folds by the digest of their name. For each fold a calibration is fitted on the
documents of all other folds, of every set of the run, and judges the fold's own. Neither the choice between
readings nor the models of language are fitted anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from septel.errors import UsageError
from septel.measure.restore.corrector import Correction
from septel.measure.restore.septel import SeptelSystem
from septel.measure.truth import TruthDocument, TruthSet
from septel.restore import Restoration, Restorer
from septel.text import Source
from septel.training import Judged, fit, fit_marks, fold_of, judge, judge_marks

LEAST = 2_000
"""Words on which a calibration can be fitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossFitted:
    """The shipped restorer with a calibration for each fold, fitted on the others."""

    restoring: tuple[SeptelSystem, ...]
    name: str = "septel-folds"

    def correct(self, source: Source) -> Correction:
        """Restore the source with the calibration that has not seen it."""
        return self.restoring[fold_of(source.name, len(self.restoring))].correct(source)


def cross_fitted(sets: Sequence[TruthSet], folds: int) -> CrossFitted:
    """Fit a calibration for each fold.

    Raises:
        UsageError: there are too few words with truth outside of a fold.
    """
    restorer = Restorer.load()
    bare = SeptelSystem(
        name="bare", restorer=Restorer(models=replace(restorer.models, calibration=None)), hints=True
    )
    words: list[list[Judged]] = [[] for _ in range(folds)]
    marks: list[list[Judged]] = [[] for _ in range(folds)]
    for document in (document for one in sets for document in one.documents):
        fold = fold_of(document.source.name, folds)
        for part, truth in _judged_parts(bare.restored(document.source), document):
            words[fold] += judge(part, truth)
            marks[fold] += judge_marks(part, truth)
    made: list[SeptelSystem] = []
    for fold in range(folds):
        others = [one for n, found in enumerate(words) if n != fold for one in found]
        if len(others) < LEAST:
            raise UsageError(
                f"{len(others)} words outside of a fold are too few to fit confidences on",
                remedy="Name more sets (jfk, noisy, gemini4) beside it.",
            )
        fitted = fit(others, name=f"fold {fold + 1} of {folds}", data=f"{len(others):,} words")
        other_marks = (one for n, found in enumerate(marks) if n != fold for one in found)
        fitted = replace(fitted, marks=fit_marks(other_marks))
        models = replace(restorer.models, calibration=fitted)
        made.append(SeptelSystem(name="fold", restorer=Restorer(models=models), hints=True))
    return CrossFitted(restoring=tuple(made))


def _judged_parts(found: Restoration, document: TruthDocument) -> Iterator[tuple[Restoration, str]]:
    """The words of each passage with its truth."""
    for passage in (passage for unit in document.units for passage in unit.passages):
        words = tuple(word for word in found.words if passage.first <= word.line <= passage.last)
        yield replace(found, words=words), passage.truth
