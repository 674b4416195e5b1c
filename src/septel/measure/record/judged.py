"""Whether what is claimed holds on documents judged by eye, each left out of the fitting."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from septel.measure.metrics import TableGrid
from septel.measure.record.calibration import Example, fitted, judged_examples
from septel.measure.record.statement_gold import JudgedStatement, judged_statements
from septel.record.statements import Trust, paired

FOLDS = 10
_KINDS = (
    ("telegrams", ("telegram",)),
    ("memoranda of conversation", ("conversation", "telephone")),
    ("minutes and records", ("minutes", "else", "transcript")),
    ("notes, messages and letters", ("note", "message", "letter")),
    ("information reports", ("report",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedConfidence:
    """Named statements of one kind of document, claimed and right.

    Attributes:
        name: the kind.
        documents: how many.
        named: statements shown with a speaker named.
        right: of them, said, and by the one named.
        claimed: sum of their confidences.
        high: with a confidence of .9 or more.
        high_right: of them, right.
        high_claimed: sum of their confidences.
    """

    name: str
    documents: int
    named: int
    right: int
    claimed: float
    high: int
    high_right: int
    high_claimed: float

    @property
    def gap(self) -> float:
        """Confidence claimed less share right."""
        return (self.claimed - self.right) / max(1, self.named)

    @property
    def high_gap(self) -> float:
        """The same, above .9."""
        return (self.high_claimed - self.high_right) / max(1, self.high)


def measure_judged(marked: Sequence[Example]) -> tuple[JudgedConfidence, ...]:
    """Score the confidence on the judged documents, overall and by kind.

    Each tenth of them, by the digest of its name, is claimed by models that are fitted on the other nine
    and on the marked documents. Words count as read.

    Args:
        marked: examples of the documents with every statement marked.
    """
    rows = judged_statements()
    trusts = [fitted([*marked, *judged_examples(partial(_outside, fold))]) for fold in range(FOLDS)]
    counts = {name: Counter[str]() for name in ("all", *(kind for kind, _ in _KINDS))}
    documents: dict[str, set[str]] = {name: set() for name in counts}
    sums = {name: [0.0, 0.0] for name in counts}
    for row in rows:
        claimed = _claimed(row, trusts[_fold(row.document)])
        if claimed is None:
            continue
        right = row.said and row.right is True
        for name in ("all", _kind(row)):
            documents[name].add(row.document)
            counts[name].update(named=1, right=right)
            sums[name][0] += claimed
            if claimed >= 0.9:
                counts[name].update(high=1, high_right=right)
                sums[name][1] += claimed
    return tuple(
        JudgedConfidence(
            name=name, documents=len(documents[name]), named=count["named"], right=count["right"],
            claimed=sums[name][0], high=count["high"], high_right=count["high_right"],
            high_claimed=sums[name][1],
        )
        for name, count in counts.items()
    )  # fmt: skip


def judged_grid(scores: Sequence[JudgedConfidence]) -> TableGrid:
    """The scores as a table."""
    head = ("judged by eye, left out", "documents", "named", "right", "claimed less right", "above .9")
    rows = tuple(
        (
            s.name, str(s.documents), str(s.named), f"{s.right / max(1, s.named):.3f}", f"{s.gap:+.3f}",
            f"{s.high_right}/{s.high} ({s.high_gap:+.3f})",
        )
        for s in scores
    )  # fmt: skip
    return TableGrid(title="confidence on documents judged by eye", head=head, rows=rows, notes=())


def _claimed(row: JudgedStatement, trust: Trust) -> float | None:
    """The confidence of a row; None where it is not shown, or its speaker unknown."""
    if row.said and row.right is None:
        return None
    features = paired(row.features)
    said, speaker = trust.said.probability(features), trust.speaker.probability(features)
    if said < trust.show or said * speaker < trust.name_from:
        return None
    named = row.right is not None or any(name.startswith("who: ") for name in row.features)
    return said * speaker if named else None


def _kind(row: JudgedStatement) -> str:
    sort = next((name.removeprefix("in: ") for name in row.features if name.startswith("in: ")), "else")
    return next((kind for kind, sorts in _KINDS if sort in sorts), _KINDS[2][0])


def _outside(fold: int, document: str) -> bool:
    return _fold(document) != fold


def _fold(document: str) -> int:
    return hashlib.sha256(document.encode()).digest()[0] % FOLDS
