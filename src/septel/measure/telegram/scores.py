"""What `septel measure telegram` reports: fields and labels that are right, and how sure they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from septel.measure.telegram.attributes import FIELDS, FieldVerdict, Judgement
from septel.telegram import Telegram


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScore:
    """Paragraph labels found, against those that should be.

    Attributes:
        right: labels found that should be.
        found: labels found.
        wanted: labels that should be.
    """

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when there is nothing to find."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldScore:
    """One field over a set: how many telegrams have a truth for it, and how the grammar agrees."""

    field: str
    telegrams: int
    exact: int
    cut: int
    indexed: int
    wrong: int

    @property
    def share(self) -> float | None:
        """The share that is right; None where nothing is known."""
        return (self.telegrams - self.wrong) / self.telegrams if self.telegrams else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldBin:
    """Fields whose confidence lies in one stretch: how sure they were said to be, and how many were right."""

    low: float
    high: float
    fields: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramScore:
    """One system on one set."""

    set: str
    system: str
    telegrams: int
    fields: tuple[FieldScore, ...]
    labels: LabelScore
    mismatches: tuple[Judgement, ...]
    bins: tuple[FieldBin, ...] = ()

    @property
    def share(self) -> float | None:
        """The share of all fields that are right."""
        known = sum(score.telegrams for score in self.fields)
        return sum(s.telegrams - s.wrong for s in self.fields) / known if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramReport:
    """A run: one score per set and system."""

    version: str
    scores: tuple[TelegramScore, ...]


@dataclass(slots=True)
class FieldTally:
    """Judgements as they come in, and the score that they make together."""

    judgements: list[Judgement] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    telegrams: int = 0
    trust: list[tuple[float, bool]] = field(default_factory=list)

    def label(self, document: str, wanted: Sequence[str], found: Sequence[str]) -> None:
        """Take down the paragraph labels of one telegram."""
        both = Counter(wanted) & Counter(found)
        self.labels.update(right=both.total(), found=len(found), wanted=len(wanted))
        verdict = FieldVerdict.EXACT if list(wanted) == list(found) else FieldVerdict.WRONG
        self.judgements.append(
            Judgement(
                document=document,
                field="labels",
                verdict=verdict,
                truth=" ".join(wanted),
                found=" ".join(found),
            )
        )

    def score(self, name: str, system: str) -> TelegramScore:
        """What one system got on one set."""
        counts = Counter((one.field, one.verdict) for one in self.judgements)
        scores = []
        for one in (*FIELDS, "labels"):
            by = {verdict: counts[one, verdict] for verdict in FieldVerdict}
            if sum(by.values()):
                scores.append(
                    FieldScore(
                        field=one,
                        telegrams=sum(by.values()),
                        exact=by[FieldVerdict.EXACT],
                        cut=by[FieldVerdict.CUT],
                        indexed=by[FieldVerdict.INDEXED],
                        wrong=by[FieldVerdict.WRONG],
                    )
                )
        return TelegramScore(
            set=name,
            system=system,
            telegrams=self.telegrams,
            fields=tuple(scores),
            labels=LabelScore(
                right=self.labels["right"], found=self.labels["found"], wanted=self.labels["wanted"]
            ),
            mismatches=tuple(one for one in self.judgements if one.verdict is FieldVerdict.WRONG),
            bins=_bins(self.trust),
        )


def confidences(telegram: Telegram) -> dict[str, float]:
    """The confidence of each field that has one."""
    heading = telegram.heading
    single = {
        "number": heading.number,
        "date": heading.sent,
        "classification": heading.classification,
        "subject": heading.subject,
        "tags": heading.tags,
        "signature": telegram.signature,
    }
    return {name: one.confidence.probability for name, one in single.items() if one and one.confidence}


def _bins(trust: Iterable[tuple[float, bool]]) -> tuple[FieldBin, ...]:
    found = []
    pairs = list(trust)
    for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.001)):
        held = [(p, right) for p, right in pairs if low <= p < high]
        if held:
            found.append(
                FieldBin(
                    low=low,
                    high=min(1.0, high),
                    fields=len(held),
                    confidence=sum(p for p, _ in held) / len(held),
                    right=sum(right for _, right in held) / len(held),
                )
            )
    return tuple(found)
