"""What the record is worth on documents with every statement marked, its confidence fitted on the others.

The confidence of each document's statements comes from models fitted on the other documents. A wrong name,
and a statement that is none, cost ten times what an unknown speaker or a missed statement costs.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from septel.measure.metrics import TableGrid
from septel.measure.record.calibration import (
    Reader,
    examples_of,
    fitted,
    judged_examples,
    talks_examples,
)
from septel.measure.record.judged import JudgedConfidence, judged_grid, measure_judged
from septel.measure.record.run import stance_f1
from septel.measure.record.statement_gold import (
    MarkedDocument,
    marked_documents,
    names,
    stance_of,
    words,
)
from septel.record import Record, Statement, record_of
from septel.record.statements import Trust

WRONG = 10
"""What a wrong name, or a statement that is none, costs; an unknown speaker or a missed one costs one."""
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementScore:
    """Counts over some documents.

    Attributes:
        gold: statements marked.
        found: of them, met by a shown one.
        shown: statements shown.
        false: of them, those that meet none.
        named: matched with a speaker named.
        named_right: of them, rightly.
        unnamed: matched, the speaker unknown.
        sided: matched with a side.
        side_right: of them, rightly.
        claimed: sum of the confidences of named and false ones.
        trusted: how many those are.
        trusted_right: of them, right.
        high: with a confidence of .9 or more.
        high_right: of them, right.
        high_claimed: sum of their confidences.
        seconds: processor time of the record.
        stance_f1: mean F1 over the stances of those matched.
        acts: matched with an act that is told.
        acts_right: of them, with the right stance.
        acts_claimed: sum of the confidences of those acts.
    """

    name: str
    gold: int
    found: int
    shown: int
    false: int
    named: int
    named_right: int
    unnamed: int
    sided: int
    side_right: int
    claimed: float
    trusted: int
    trusted_right: int
    high: int
    high_right: int
    high_claimed: float
    seconds: float
    stance_f1: float = 0.0
    acts: int = 0
    acts_right: int = 0
    acts_claimed: float = 0.0

    @property
    def acts_gap(self) -> float:
        """Confidence claimed for acts less share right."""
        return (self.acts_claimed - self.acts_right) / max(1, self.acts)

    @property
    def cost(self) -> float:
        """What is wrong, unknown and missed, by statement marked."""
        wrong = self.named - self.named_right + self.false
        return (WRONG * wrong + self.unnamed + self.gold - self.found) / max(1, self.gold)

    @property
    def gap(self) -> float:
        """Confidence claimed less share right."""
        return (self.claimed - self.trusted_right) / max(1, self.trusted)

    @property
    def high_gap(self) -> float:
        """The same, above .9."""
        return (self.high_claimed - self.high_right) / max(1, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementReport:
    """The whole measurement: overall, by kind of document, by document; and what is wrong.

    Attributes:
        seen: documents that were looked at while rules were made, and those that were not.
        judged: the confidence on documents judged by eye, each tenth claimed by models fitted on the others;
            nothing where the shipped models are taken.
    """

    score: StatementScore
    seen: tuple[StatementScore, ...]
    kinds: tuple[StatementScore, ...]
    documents: tuple[StatementScore, ...]
    misses: tuple[tuple[str, str, str, str], ...]
    judged: tuple[JudgedConfidence, ...] = ()


class _Tally:
    def __init__(self, name: str) -> None:
        self.name = name
        self.count: Counter[str] = Counter()
        self.claimed = self.high_claimed = self.seconds = 0.0
        self.misses: list[tuple[str, str, str, str]] = []
        self.stances: list[tuple[str, str]] = []
        self.acts_claimed = 0.0

    def add(self, document: MarkedDocument, record: Record, seconds: float) -> None:
        self.seconds += seconds
        met: set[int] = set()
        for statement in record.statements:
            at = document.met(statement)
            self.count["shown"] += 1
            if at is None:
                self.count["false"] += 1
                self._trust(statement, False)
                self._miss(document, "no statement", "", statement)
                continue
            met.add(at)
            self._met(document, at, statement)
        self.count["gold"] += len(document.statements)
        self.count["found"] += len(met)

    def _met(self, document: MarkedDocument, at: int, statement: Statement) -> None:
        gold, person = document.statements[at], statement.speaker.person
        wanted = stance_of(gold.act)
        self.stances.append((wanted.value, statement.stance.value))
        if statement.act_confidence is not None:
            self.acts_claimed += statement.act_confidence.probability
            self.count["acts"] += 1
            self.count["acts_right"] += wanted is statement.stance
        if statement.side:
            self.count["sided"] += 1
            right = bool(words(statement.side) & words(gold.side))
            self.count["side_right"] += right
            if not right:
                self._miss(document, "side", str(gold.side), statement)
        if person is None:
            self.count["unnamed"] += 1
            return
        right = names(person, gold)
        self.count["named"] += 1
        self.count["named_right"] += right
        self._trust(statement, right)
        if not right:
            self._miss(document, "speaker", gold.speaker, statement)

    def _trust(self, statement: Statement, right: bool) -> None:
        if statement.confidence is None:
            return
        claimed = statement.confidence.probability
        self.claimed += claimed
        self.count["trusted"] += 1
        self.count["trusted_right"] += right
        if claimed >= 0.9:
            self.high_claimed += claimed
            self.count["high"] += 1
            self.count["high_right"] += right

    def _miss(self, document: MarkedDocument, sort: str, wanted: str, statement: Statement) -> None:
        found = f"{statement.speaker.name} ({statement.side}): {statement.excerpt.words[:70]}"
        self.misses.append((document.name, sort, wanted, found))

    def score(self) -> StatementScore:
        """The counts."""
        counted = (
            "gold", "found", "shown", "false", "named", "named_right", "unnamed", "sided", "side_right",
            "trusted", "trusted_right", "high", "high_right", "acts", "acts_right",
        )  # fmt: skip
        return StatementScore(
            name=self.name,
            claimed=self.claimed,
            high_claimed=self.high_claimed,
            seconds=self.seconds,
            stance_f1=stance_f1(self.stances),
            acts_claimed=self.acts_claimed,
            **{name: self.count[name] for name in counted},
        )


def measure_statements(
    folder: Path, *, read: Reader, shipped: bool = False, progress: Progress = lambda _: None
) -> StatementReport:
    """Score the record on documents with every statement marked.

    Args:
        folder: NAME.json beside each NAME.txt.
        read: makes the reading of a file, as `septel record` does.
        shipped: take the shipped models of confidence, not those fitted on the other documents.
        progress: told the share done.

    Raises:
        InputError: there are no such documents.
    """
    documents = marked_documents(folder)
    readings = [read(d.path) for d in documents]
    beside_talks = [] if shipped else talks_examples(folder)
    beside = [] if shipped else [*beside_talks, *judged_examples()]
    examples = [] if shipped else [examples_of(d, r) for d, r in zip(documents, readings, strict=True)]
    whole = _Tally("all")
    kinds = {d.kind: _Tally(d.kind) for d in documents}
    seen = {True: _Tally("looked at"), False: _Tally("not looked at")}
    each = [_Tally(d.name) for d in documents]
    for i, (document, reading) in enumerate(zip(documents, readings, strict=True)):
        others = [e for j, found in enumerate(examples) if j != i for e in found]
        trust = Trust.shipped() if shipped else fitted([*others, *beside])
        begin = time.process_time()
        record = record_of(None, reading, trust=trust)
        seconds = time.process_time() - begin
        for tally in (whole, seen[document.looked_at], kinds[document.kind], each[i]):
            tally.add(document, record, seconds)
        progress((i + 1) / len(documents))
    return StatementReport(
        score=whole.score(),
        seen=tuple(tally.score() for tally in seen.values()),
        kinds=tuple(tally.score() for _, tally in sorted(kinds.items())),
        documents=tuple(tally.score() for tally in each),
        misses=tuple(whole.misses),
        judged=() if shipped else measure_judged([*(e for one in examples for e in one), *beside_talks]),
    )


def statement_grids(report: StatementReport, *, misses: bool = False) -> tuple[TableGrid, ...]:
    """The report as tables."""
    columns = (
        "documents", "gold", "found", "false", "named right", "unknown", "side", "claimed less right",
        "above .9", "cost", "stance F1", "acts right", "acts claimed less right",
    )  # fmt: skip
    rows = tuple(_row(one) for one in (report.score, *report.seen, *report.kinds, *report.documents))
    notes = (f"{report.score.seconds:.2f} s of processor time",)
    grids = [TableGrid(title="statements", head=columns, rows=rows, notes=notes)]
    if report.judged:
        grids.append(judged_grid(report.judged))
    if misses:
        grids.append(
            TableGrid(
                title="what is wrong", head=("document", "what", "should be", "found"), rows=report.misses
            )
        )
    return tuple(grids)


def _row(score: StatementScore) -> tuple[str, ...]:
    def share(part: int, whole: int) -> str:
        return f"{part / whole:.3f}" if whole else "-"

    return (
        score.name,
        str(score.gold),
        share(score.found, score.gold),
        share(score.false, score.shown),
        share(score.named_right, score.named),
        str(score.unnamed),
        share(score.side_right, score.sided),
        f"{score.gap:+.3f}",
        f"{score.high_right}/{score.high} ({score.high_gap:+.3f})",
        f"{score.cost:.2f}",
        f"{score.stance_f1:.3f}",
        f"{share(score.acts_right, score.acts)} (of {score.acts})",
        f"{score.acts_gap:+.3f}",
    )
