"""How far persons agree who reviewed the same objects: Cohen's kappa for two, Krippendorff's alpha for more.

Krippendorff's alpha is that for nominal values, with objects that not everyone has looked at (*Content
Analysis*, 2004, chapter 11); Cohen's kappa is that of 1960. Both are absent where everyone always gave the
same value: then nothing can be told from chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from septel.record.review.apply import SAME, alike
from septel.record.review.fields import FIELDS
from septel.record.review.log import ObjectKind, Opinion, ReviewLog, Verdict

ReviewedUnit = Mapping[str, str]
"""What each person said of one object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerPair:
    """Two persons.

    Attributes:
        one, other: who.
        objects: how many objects both looked at.
        same: of how many they said the same.
        kappa: Cohen's kappa, or None where it is not defined.
    """

    one: str
    other: str
    objects: int
    same: int
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerAgreement:
    """How far persons agree on one thing.

    Attributes:
        kind: the sort of object.
        field: what they were asked: `right` (whether it is, as found or corrected) or a field.
        objects: how many objects at least two looked at.
        persons: how many persons did.
        alpha: Krippendorff's alpha, or None where it is not defined.
        pairs: each two persons.
    """

    kind: ObjectKind
    field: str
    objects: int
    persons: int
    alpha: float | None
    pairs: tuple[ReviewerPair, ...]


def agreement(logs: Iterable[ReviewLog]) -> tuple[ReviewerAgreement, ...]:
    """Agreement on every field, over the objects that at least two persons reviewed.

    Whether an object is right is asked of all; its fields only of those who did not reject it. Of one
    person's opinions on an object the last counts.
    """
    units = [unit for log in logs for unit in _units(log)]
    out: list[ReviewerAgreement] = []
    for kind in ObjectKind:
        held = [unit for unit in units if next(iter(unit.values())).kind is kind]
        if not any(len(unit) > 1 for unit in held):
            continue
        out.append(_measured(kind, "right", [{by: _right(o) for by, o in unit.items()} for unit in held]))
        for field in FIELDS.get(kind, ()):
            values = [
                {by: o.fields.get(field, "") for by, o in unit.items() if o.verdict is not Verdict.REJECTED}
                for unit in held
            ]
            if any(len(unit) > 1 for unit in values):
                out.append(_measured(kind, field, values))
    return tuple(out)


def _right(opinion: Opinion) -> str:
    return "no" if opinion.verdict is Verdict.REJECTED else "yes"


def _units(log: ReviewLog) -> list[dict[str, Opinion]]:
    """The opinions of a log by object: those about the same words."""
    units: list[tuple[Opinion, dict[str, Opinion]]] = []
    for entry, opinion in log.standing():
        if opinion.span is None:
            continue
        for first, unit in units:
            if first.kind is opinion.kind and first.span is not None and _one(first, opinion):
                unit[entry.by] = opinion
                break
        else:
            units.append((opinion, {entry.by: opinion}))
    return [unit for _, unit in units]


def _one(one: Opinion, other: Opinion) -> bool:
    assert one.span is not None
    assert other.span is not None
    if alike(one.span, other.span) < SAME:
        return False
    if one.other is None or other.other is None:
        return one.other is other.other
    return one.other.source_id == other.other.source_id and alike(one.other.span, other.other.span) >= SAME


def _measured(kind: ObjectKind, field: str, units: Sequence[ReviewedUnit]) -> ReviewerAgreement:
    shared = [unit for unit in units if len(unit) > 1]
    names = sorted({by for unit in shared for by in unit})
    pairs = []
    for one, other in combinations(names, 2):
        values = [(unit[one], unit[other]) for unit in shared if one in unit and other in unit]
        if values:
            same = sum(a == b for a, b in values)
            pairs.append(
                ReviewerPair(one=one, other=other, objects=len(values), same=same, kappa=cohen_kappa(values))
            )
    return ReviewerAgreement(
        kind=kind,
        field=field,
        objects=len(shared),
        persons=len(names),
        alpha=krippendorff_alpha([list(unit.values()) for unit in shared]),
        pairs=tuple(pairs),
    )


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two persons' values; None without objects, or when all values are the same."""
    total = len(pairs)
    if not total:
        return None
    seen = sum(one == other for one, other in pairs) / total
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[value] * second[value] for value in first) / total**2
    return None if chance == 1.0 else (seen - chance) / (1.0 - chance)


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal values, a list of them per object; None when all are the same."""
    held = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in held for value in unit)
    count = totals.total()
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    if count < 2 or not expected:
        return None
    observed = 0.0
    for unit in held:
        values = Counter(unit)
        apart = sum(values[a] * values[b] for a in values for b in values if a != b)
        observed += apart / (len(unit) - 1)
    return 1.0 - (count - 1) * observed / expected
