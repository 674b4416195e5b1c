"""What the record is worth: statements, speakers, stances and issues against gold made by hand.

The gold names the principal statements of a document, not all of them. So:

- *found*: a gold statement is found where a statement of the record covers at least half of its words;
  *tight* where the two also share at least half of all words of both.
- *speaker*, *side*, *stance*: right among those found. Stance is given as the mean F1 over the stances.
- *issues*: micro-averaged over the gold statements; their issues were assigned by reading the gold's words.
- *precision*: of the statements that touch a gold statement's place, those that match one. What lies
  elsewhere is in no gold; it was judged by reading, in documents that were not used to make the rules.
- *confidence*: the share that each document's statements would be given from the other documents alone,
  against the share that was right.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from septel.errors import InputError
from septel.measure.metrics import ABSENT, TableGrid
from septel.measure.record.gold import (
    HALF,
    GoldRecord,
    Matched,
    bag,
    gold_records,
    match,
    names_speaker,
    overlap,
)
from septel.progress import Progress, silent
from septel.record import COMPONENTS, Record, Stance, Statement, record_of
from septel.text import Reading, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordScore:
    """Figures over all documents; shares are between 0 and 1."""

    name: str
    documents: int
    gold: int
    statements: int
    found: float
    tight: float
    precision: float
    speaker: float
    side: float
    stance: float
    stance_f1: float
    issues_f1: float
    participants_f1: float
    seconds: float
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReport:
    """The whole measurement.

    Attributes:
        score: with everything.
        without: the same, each with one component left out.
        manners: for each way of finding the speaker: right and found, on gold.
        trust: mean confidence and share right, by document left out; None where nothing was counted.
        misses: what is wrong, one line each: document, kind, should be, found.
    """

    score: RecordScore
    without: tuple[RecordScore, ...]
    manners: tuple[tuple[str, int, int], ...]
    trust: tuple[float, float] | None
    misses: tuple[tuple[str, str, str, str], ...]


def stance_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """The mean F1 over the stances, of pairs of the gold's and the record's."""
    pairs = list(pairs)
    values: list[float] = []
    for stance in Stance:
        right = sum(a == b == stance.value for a, b in pairs)
        either = sum((a == stance.value) + (b == stance.value) for a, b in pairs)
        if either:
            values.append(2 * right / either)
    return sum(values) / max(1, len(values))


def _f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted) if found + wanted else 1.0


class _Tally:
    """Counts over the documents."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []
        self.issues = [0, 0, 0]
        self.people = [0, 0, 0]
        self.manners: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        self.misses: list[tuple[str, str, str, str]] = []
        self.touching = self.matching = self.gold = self.found = self.tight = self.speaker = self.side = 0
        self.statements = self.words = 0
        self.seconds = 0.0

    def add(self, gold: GoldRecord, record: Record, seconds: float) -> None:
        """Count one document."""
        self.seconds += seconds
        self.statements += len(record.statements)
        self.words += len(gold.text.split())
        self._participants(gold, record)
        matched = match(gold, record)
        for one in matched:
            self.gold += 1
            if one.statement is None:
                self.misses.append((gold.name, "not found", one.gold.quote, ABSENT))
                self.issues[2] += len(one.gold.issues)
                continue
            self._statement(gold.name, one, one.statement)
        self._precision(gold, record)

    def _statement(self, name: str, one: Matched, statement: Statement) -> None:
        self.found += 1
        self.tight += one.tight
        right = names_speaker(statement, one.gold)
        side = statement.side == one.gold.side
        self.speaker += right
        self.side += side
        self.pairs.append((one.gold.stance, statement.stance.value))
        found = frozenset(statement.issue_ids)
        self.issues[0] += len(found & one.gold.issues)
        self.issues[1] += len(found)
        self.issues[2] += len(one.gold.issues)
        count = self.manners[statement.speaker.resolution.value][name]
        count[0] += right and side
        count[1] += 1
        if not right or not side:
            self.misses.append((name, "speaker", one.gold.speaker, statement.speaker.name))
        if statement.stance.value != one.gold.stance:
            self.misses.append(
                (name, "stance", one.gold.stance, f"{statement.stance}: {one.gold.quote[:60]}")
            )
        if found != one.gold.issues:
            self.misses.append((name, "issues", " ".join(sorted(one.gold.issues)), " ".join(sorted(found))))

    def _participants(self, gold: GoldRecord, record: Record) -> None:
        wanted = {(name.split()[-1].lower(), side) for name, side in gold.participants}
        found = {(p.person.surname.lower(), p.person.side) for p in record.participants}
        if wanted:
            self.people[0] += len(wanted & found)
            self.people[1] += len(found)
            self.people[2] += len(wanted)
            if wanted != found:
                self.misses.append(
                    (gold.name, "participants", str(sorted(wanted)), str(sorted(found, key=str)))
                )

    def _precision(self, gold: GoldRecord, record: Record) -> None:
        places = [_place(gold.text, one.quote) for one in gold.statements]
        quotes = [bag(one.quote) for one in gold.statements]
        for statement in record.statements:
            span = statement.excerpt.locus.span
            near = [i for i, p in enumerate(places) if p and p[0] < span.end and span.start < p[1]]
            if not near:
                continue
            words = bag(statement.excerpt.words)
            self.touching += 1
            self.matching += any(
                overlap(quotes[i], words)[0] >= HALF or overlap(words, quotes[i])[0] >= HALF for i in near
            )

    def score(self, name: str, documents: int) -> RecordScore:
        """The figures."""
        found = max(1, self.found)
        return RecordScore(
            name=name,
            documents=documents,
            gold=self.gold,
            statements=self.statements,
            found=self.found / max(1, self.gold),
            tight=self.tight / max(1, self.gold),
            precision=self.matching / max(1, self.touching),
            speaker=self.speaker / found,
            side=self.side / found,
            stance=sum(a == b for a, b in self.pairs) / found,
            stance_f1=stance_f1(self.pairs),
            issues_f1=_f1(*self.issues),
            participants_f1=_f1(*self.people),
            seconds=self.seconds,
            words=self.words,
        )


def _place(text: str, quote: str) -> tuple[int, int] | None:
    at = text.find(quote)
    return (at, at + len(quote)) if at >= 0 else None


def _run(gold: tuple[GoldRecord, ...], name: str, without: frozenset[str]) -> tuple[RecordScore, _Tally]:
    tally = _Tally()
    for one in gold:
        reading = Reading.of(Source.of_text(one.text, name=one.name))
        begin = time.process_time()
        record = record_of(None, reading, without=without)
        tally.add(one, record, time.process_time() - begin)
    return tally.score(name, len(gold)), tally


def _trust(tally: _Tally) -> tuple[float, float] | None:
    """Mean confidence from the other documents, and the share right, over all found."""
    told, right, count = 0.0, 0, 0
    for documents in tally.manners.values():
        for name, (good, found) in documents.items():
            others = [c for other, c in documents.items() if other != name]
            share = (sum(c[0] for c in others) + 1) / (sum(c[1] for c in others) + 2)
            told, right, count = told + share * found, right + good, count + found
    return (told / count, right / count) if count else None


def measure_record(
    shared: Path, *, without: Iterable[str] = (), each: bool = False, progress: Progress = silent
) -> RecordReport:
    """Score the record on the documents with gold.

    Args:
        shared: the folder of measuring sets.
        without: components to leave out, together.
        each: also leave out each component alone.
        progress: told the share done.

    Raises:
        InputError: the documents are not there, or a component is unknown.
    """
    left = frozenset(without)
    unknown = left - set(COMPONENTS)
    if unknown:
        raise InputError(
            f"no component is called {', '.join(sorted(unknown))}",
            remedy=f"There are: {', '.join(COMPONENTS)}.",
        )
    gold = gold_records(shared)
    score, tally = _run(gold, f"without {', '.join(sorted(left))}" if left else "all", left)
    scores: list[RecordScore] = []
    for n, component in enumerate(COMPONENTS if each else ()):
        progress((n + 1) / (len(COMPONENTS) + 1))
        scores.append(_run(gold, f"without {component}", left | {component})[0])
    manners = tuple(
        (manner, sum(c[0] for c in documents.values()), sum(c[1] for c in documents.values()))
        for manner, documents in sorted(tally.manners.items())
    )
    return RecordReport(
        score=score, without=tuple(scores), manners=manners, trust=_trust(tally), misses=tuple(tally.misses)
    )


def record_grids(report: RecordReport, *, misses: bool = False) -> tuple[TableGrid, ...]:
    """The report as tables."""
    rows = tuple(_row(one) for one in (report.score, *report.without))
    notes = [f"{report.score.gold} principal statements in {report.score.documents} documents"]
    if report.trust:
        notes.append(
            f"confidence from the other documents {report.trust[0]:.3f}, right {report.trust[1]:.3f}"
        )
    notes.append(f"{report.score.seconds:.2f} s of CPU for {report.score.words} words")
    grids = [
        TableGrid(
            title="record",
            head=(
                "setup",
                "statements",
                "found",
                "tight",
                "precision",
                "speaker",
                "side",
                "stance F1",
                "issues F1",
                "participants F1",
            ),
            rows=rows,
            notes=tuple(notes),
        ),
        TableGrid(
            title="speakers by how they were found",
            head=("manner", "found", "right"),
            rows=tuple((manner, str(found), str(right)) for manner, right, found in report.manners),
        ),
    ]
    if misses:
        grids.append(
            TableGrid(
                title="what is wrong", head=("document", "kind", "should be", "found"), rows=report.misses
            )
        )
    return tuple(grids)


def _row(one: RecordScore) -> tuple[str, ...]:
    shares = (
        one.found,
        one.tight,
        one.precision,
        one.speaker,
        one.side,
        one.stance_f1,
        one.issues_f1,
        one.participants_f1,
    )
    return (one.name, str(one.statements), *(f"{share:.3f}" for share in shares))
