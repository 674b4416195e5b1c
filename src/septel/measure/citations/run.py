"""How well references are found, and resolved in an archive with gaps.

*Found* is scored against the attribute `Reference` of released telegrams and against hand-made fields of
other telegrams. The archives' indexers cut that attribute at some length, put commas where lines ended, and
added or changed years; so the truth of a reference line is read by a small grammar of its own from the line
in the text, and the attribute's is taken only where the text has none. A cut attribute thus counts as far as
it goes; one that says something else than the text is counted and told, and the text is the truth.

*Resolved* is scored on a made archive (`made_archive`), where the meaning of each citation is known.
Precision is the share of resolutions that name the right telegram; recall the share of citations whose
telegram is held that were resolved to it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from septel.citations import CitationGraph, HeldTelegram, Reference, ResolutionStatus, ghosts, references
from septel.lexicon import letters
from septel.measure.citations.made_archive import Habits, MadeArchive, MadeTelegram, made_archive
from septel.measure.citations.reference_lines import Named, named_by, named_in, post_of, reference_line
from septel.progress import Progress, silent
from septel.telegram import parse
from septel.text import Reading, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTally:
    """Right, wrong and missed, and what follows from them."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what there is, the share that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: ReferenceTally) -> ReferenceTally:
        """Both counted together."""
        return ReferenceTally(
            right=self.right + other.right, wrong=self.wrong + other.wrong, missed=self.missed + other.missed
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReport:
    """How well references were found.

    Attributes:
        name: the set.
        documents: how many telegrams.
        tally: all references.
        exact: telegrams with all their references right and none wrong.
        attributes: how the attribute agrees with the text: `alike`, `cut`, `changed`, `absent`.
        faults: what went wrong, per telegram.
    """

    name: str
    documents: int
    tally: ReferenceTally
    exact: int
    attributes: dict[str, int]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedReport:
    """How well references were resolved in a made archive.

    Attributes:
        seed, held: what made it, and the share that it holds.
        telegrams: how many it holds.
        citations: how many it makes; `resolvable` are those whose telegram is held.
        tally: resolutions right, wrong, and resolvable ones missed.
        refused: resolvable ones left open because several telegrams remained.
        ghosts: how many messages are cited and not held; `named` of them with the right year.
        dated: ghosts with an estimated day; `error` and `worst` are the median and the 95th percentile of its
            distance from the true day, in days; `within` the share whose true day lies in the bounds given.
    """

    seed: int
    held: float
    telegrams: int
    citations: int
    resolvable: int
    tally: ReferenceTally
    refused: int
    ghosts: int
    named: int
    dated: int
    error: float
    worst: float
    within: float


def tally_of(found: Counter[Named], truth: Counter[Named]) -> ReferenceTally:
    """Found against truth, each as often as it stands there."""
    right = sum((found & truth).values())
    return ReferenceTally(right=right, wrong=sum(found.values()) - right, missed=sum(truth.values()) - right)


def measure_found(shared: Path, progress: Progress = lambda _: None) -> tuple[FoundReport, ...]:
    """Score the references found in released telegrams and in the telegrams with hand-made fields."""
    return (_on_attributes(shared / "dev" / "aad", progress), _on_fields(shared / "dev" / "aad_bodies"))


def _on_attributes(folder: Path, progress: Progress) -> FoundReport:
    with (folder / "index.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    total, exact, faults = ReferenceTally(right=0, wrong=0, missed=0), 0, []
    agreement: Counter[str] = Counter()
    for at, row in enumerate(rows):
        text = (folder / row["file"]).read_text(encoding="utf-8", errors="replace")
        message = text.partition("Message Attributes")[0]
        line = reference_line(message)
        attribute = "" if row["Reference"] == "n/a" else row["Reference"]
        agreement[_agreement(attribute, line)] += 1
        truth = named_in(line or attribute)
        reading = Reading.of(Source.of_text(text, name=row["file"]))
        found = references(parse(reading), reading)
        named = Counter(n for r in found if r.paragraph == "heading" and (n := named_by(r)))
        tally = tally_of(named, truth)
        total += tally
        exact += not (tally.wrong or tally.missed)
        if tally.wrong or tally.missed:
            faults.append(f"{row['file']}: wrong {_shown(named - truth)}, missed {_shown(truth - named)}")
        progress((at + 1) / len(rows))
    return FoundReport(
        name="reference lines of released telegrams",
        documents=len(rows),
        tally=total,
        exact=exact,
        attributes=dict(agreement),
        faults=tuple(faults),
    )


def _shown(named: Iterable[Named]) -> str:
    return "; ".join(f"{name} {number}".strip() for name, number in named) or "none"


def _agreement(attribute: str, line: str) -> str:
    if not attribute and not line:
        return "both absent"
    if not attribute:
        return "absent"
    squeezed = re.sub(r"[^A-Z0-9]", "", attribute.upper())
    whole = re.sub(r"[^A-Z0-9]", "", line.upper())
    if squeezed == whole:
        return "alike"
    if whole.startswith(squeezed):
        return "cut"
    return "alike but for years" if named_in(attribute) == named_in(line) else "changed"


def _on_fields(folder: Path) -> FoundReport:
    """Every citation in the text, each form once per telegram."""
    total, exact, faults = ReferenceTally(right=0, wrong=0, missed=0), 0, []
    files = sorted(folder.glob("*.json"))
    for file in files:
        gold = json.loads(file.read_text(encoding="utf-8"))
        truth = Counter({_gold_form(one): 1 for one in gold["refs"]})
        source = Source.of_text(file.with_suffix(".txt").read_text(encoding="utf-8"), name=file.name)
        reading = Reading.of(source)
        found = Counter({_found_form(one): 1 for one in references(parse(reading), reading)})
        tally = tally_of(found, truth)
        total += tally
        exact += not (tally.wrong or tally.missed)
        if tally.wrong or tally.missed:
            faults.append(f"{file.name}: wrong {_shown(found - truth)}, missed {_shown(truth - found)}")
    return FoundReport(
        name="texts with hand-made fields",
        documents=len(files),
        tally=total,
        exact=exact,
        attributes={},
        faults=tuple(faults),
    )


def _gold_form(one: dict[str, str | None]) -> Named:
    post, number = one["post"], one["number"]
    if post and number:
        figures = re.match(r"\d+", number)
        time = bool(re.match(r"\d{6}Z?[A-Z]", number))
        return letters(post) if time else post_of(post), (
            figures.group()[:6] if time and figures else str(int(number))
        )
    word = (re.search(r"[A-Z]+TEL|REF\b", one["raw"] or "") or ["REFTEL"])[0]
    word = "REF" if word == "REFTEL" else word
    return f"{word} {one['letter'] or ''}".strip(), one["para"] or ""


def _found_form(reference: Reference) -> Named:
    named = named_by(reference)
    if named is not None:
        return named
    word = reference.normal.split()[0].replace("REFTEL", "REF")
    return f"{word} {reference.letter or ''}".strip(), ", ".join(reference.parts)


def measure_resolved(
    seed: int = 0, *, habits: Habits | None = None, progress: Progress = silent
) -> ResolvedReport:
    """Make an archive, read it, resolve its references and compare with what made them."""
    habits = habits or Habits()
    made = made_archive(seed, habits=habits)
    return score_archive(made, seed=seed, habits=habits, progress=progress)


def score_archive(
    made: MadeArchive, *, seed: int, habits: Habits, progress: Progress = silent
) -> ResolvedReport:
    """Resolve the references of a made archive and compare with what made them."""
    by_id = {one.id: one for one in made.telegrams}
    documents = []
    for at, one in enumerate(made.telegrams):
        reading = Reading.of(Source.of_text(one.text, name=one.id))
        telegram = parse(reading)
        documents.append((HeldTelegram.of(telegram, one.id), references(telegram, reading)))
        if at % 200 == 0:
            progress(at / len(made.telegrams))
    graph = CitationGraph.of(documents)
    right = wrong = missed = refused = citations = resolvable = 0
    keys = {one.key for one in made.telegrams}
    for one in made.telegrams:
        truths = {cited.number: cited.target for cited in one.cited}
        meanings = {
            int(c.reference.number): c.meaning
            for c in graph.cites(one.id)
            if c.through is None and c.reference.number
        }
        for number, target in truths.items():
            citations += 1
            meaning = meanings.get(number)
            here = target in keys
            resolvable += here
            if meaning is not None and meaning.standing is ResolutionStatus.RESOLVED:
                hit = all(by_id[name].key == target for name in meaning.targets)
                right += hit
                wrong += not hit
                missed += here and not hit
            else:
                missed += here
                refused += here and meaning is not None and meaning.standing is ResolutionStatus.AMBIGUOUS
    named, errors, within, total = _ghost_scores(made, graph, by_id)
    return ResolvedReport(
        seed=seed,
        held=habits.held,
        telegrams=len(made.telegrams),
        citations=citations,
        resolvable=resolvable,
        tally=ReferenceTally(right=right, wrong=wrong, missed=missed),
        refused=refused,
        ghosts=total,
        named=named,
        dated=len(errors),
        error=_quantile(errors, 0.5),
        worst=_quantile(errors, 0.95),
        within=within,
    )


def _ghost_scores(
    made: MadeArchive, graph: CitationGraph, by_id: dict[str, MadeTelegram]
) -> tuple[int, list[float], float, int]:
    named, errors, inside, bounded = 0, [], 0, 0
    found = ghosts(graph)
    for ghost in found:
        wanted = ghost.wanted
        truths = {c.target for name in ghost.citing for c in by_id[name].cited if c.number == wanted.number}
        if wanted.year is None or (wanted.post, wanted.year, wanted.number) not in truths:
            continue
        named += 1
        true = made.sent[wanted.post or "", wanted.year, wanted.number or 0].date()
        if ghost.dating.day is not None:
            errors.append(float(abs((ghost.dating.day - true).days)))
        if ghost.dating.earliest and ghost.dating.latest:
            bounded += 1
            inside += ghost.dating.earliest <= true <= ghost.dating.latest
    return named, sorted(errors), inside / bounded if bounded else 1.0, len(found)


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def found_shown(report: FoundReport) -> list[str]:
    """A report in words."""
    tally = report.tally
    lines = [
        f"{report.name}: {report.documents} telegrams, {tally.right + tally.missed} references",
        f"  precision {tally.precision:.3f}, recall {tally.recall:.3f}, F1 {tally.f1:.3f}; "
        f"all right in {report.exact} of {report.documents}",
    ]
    if report.attributes:
        told = ", ".join(f"{name} {count}" for name, count in sorted(report.attributes.items()))
        lines.append(f"  attribute against text: {told}")
    return [*lines, *(f"  {fault}" for fault in report.faults)]


def resolved_shown(report: ResolvedReport) -> list[str]:
    """A report in words."""
    tally = report.tally
    return [
        f"made archive (seed {report.seed}, {report.held:.0%} of all telegrams held): {report.telegrams} "
        f"telegrams, {report.citations} citations, {report.resolvable} of held ones",
        f"  precision {tally.precision:.4f} ({tally.wrong} wrong of {tally.right + tally.wrong}), "
        f"recall {tally.recall:.3f}; {report.refused} left open because several remained",
        f"  {report.ghosts} messages cited and not held, {report.named} with the right year; {report.dated} "
        f"dated by their neighbours: median error {report.error:.0f} days, 95% within {report.worst:.0f}; "
        f"true day within the bounds in {report.within:.1%}",
    ]


def referring_json(found: Iterable[FoundReport], resolved: Iterable[ResolvedReport]) -> dict[str, object]:
    """Both reports for other programs."""
    return {"found": [asdict(one) for one in found], "resolved": [asdict(one) for one in resolved]}
