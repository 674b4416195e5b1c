"""`septel measure restore`: every system over every set in one run, with one seed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import septel
from septel.errors import MissingPart
from septel.measure.metrics import EditCounts, JudgedWord, Resampling, trust
from septel.measure.restore.corrector import Corrector, Published
from septel.measure.restore.registry import DEFAULT_SYSTEMS, corrector
from septel.measure.restore.report import Band, BandScore, Pooled, Report, Score, SetReport
from septel.measure.restore.score import Scored, UnitScore, score_set
from septel.measure.truth import TruthSet, load, names_of
from septel.progress import Progress, silent

# Character error rates of the source; the first band is what an archive would call clean.
BANDS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 1.0)


def measure_restore(
    sets: Sequence[str],
    *,
    shared: Path,
    systems: Sequence[str | Corrector] = DEFAULT_SYSTEMS,
    seed: int = 0,
    draws: int = 10_000,
    progress: Progress = silent,
    keep: Path | None = None,
    folds: int = 0,
) -> Report:
    """Score restorers against truth.

    Args:
        sets: names of sets (`septel.measure.truth.sets`), or `all`.
        shared: the folder of measuring sets.
        systems: names of systems, or systems; one that is not installed gets a note instead of figures.
        seed: of the bootstrap.
        draws: of the bootstrap.
        progress: told the share done.
        folds: where two or more, a further system whose word confidences are fitted by document on the other
            folds of these sets (`septel.measure.restore.folds`).
        keep: a folder to write every output to, `SET/SYSTEM/DOCUMENT.txt` and, where a system tells words
            apart, `DOCUMENT.words.jsonl`.

    Raises:
        UsageError: no such set or system.
        InputError: a set can't be read.
    """
    resampling = Resampling(seed=seed, draws=draws)
    truth_sets = [load(name, shared) for name in names_of(tuple(sets))]
    correctors = [s if not isinstance(s, str) else _loaded(s) for s in systems]
    if folds:
        # Loaded late: the other systems can be measured without a model.
        from septel.measure.restore.folds import cross_fitted

        correctors.append(cross_fitted(truth_sets, folds))
    jobs = [[*correctors, *published(truths)] for truths in truth_sets]
    total, done = sum(map(len, jobs)), 0
    reports: list[SetReport] = []
    units: dict[str, list[UnitScore]] = {}
    judged: dict[str, list[JudgedWord]] = {}
    for truths, running in zip(truth_sets, jobs, strict=True):
        scores: list[Score] = []
        for system in running:
            if isinstance(system, Score):
                scores.append(system)
            else:
                scored = score_set(
                    truths, system, resampling=resampling, progress=_part(progress, done, total)
                )
                scores.append(scored.score)
                units.setdefault(system.name, []).extend(scored.units)
                if truths.telegrams:
                    judged.setdefault(system.name, []).extend(j for u in scored.units for j in u.judged)
                if keep:
                    write_outputs(keep, truths, system.name, scored)
            done += 1
            progress(done / total)
        reports.append(_report(truths, scores))
    return Report(
        version=septel.__version__,
        seed=seed,
        draws=draws,
        sets=tuple(reports),
        bands=bands(units),
        telegrams=pooled(judged) if sum(t.telegrams for t in truth_sets) > 1 else (),
    )


def published(truths: TruthSet) -> list[Published]:
    """The systems whose outputs the set carries."""
    names = dict.fromkeys(name for document in truths.documents for name in document.published)
    return [Published.of(name, truths.documents) for name in names]


def pooled(judged: Mapping[str, Sequence[JudgedWord]]) -> tuple[Pooled, ...]:
    """Trust over the words of several sets together, for each system that marks doubt."""
    found = ((system, trust(words)) for system, words in judged.items())
    return tuple(Pooled(system=system, trust=t) for system, t in found if t)


def bands(units: Mapping[str, Sequence[UnitScore]]) -> tuple[Band, ...]:
    """Units of all sets gathered by how bad their source is.

    Lines are gathered by their whole document, so that one telegram lies in one band. Systems that ran on
    other units than most are compared on their own; each score says on how many.
    """
    table: dict[tuple[float, float], dict[str, list[UnitScore]]] = {}
    for system, scored in units.items():
        documents: dict[str, EditCounts] = {}
        for unit in scored:
            documents[unit.document] = documents.get(unit.document, EditCounts()) + unit.source_characters
        for unit in scored:
            rate = min(documents[unit.document].error_rate, 0.999)
            low = max(edge for edge in BANDS if edge <= rate)
            high = BANDS[BANDS.index(low) + 1]
            table.setdefault((low, high), {}).setdefault(system, []).append(unit)
    return tuple(_band(low, high, table[low, high]) for low, high in sorted(table))


def _band(low: float, high: float, systems: Mapping[str, Sequence[UnitScore]]) -> Band:
    most = max(systems.values(), key=len)
    return Band(
        low=low,
        high=high,
        units=len(most),
        words=sum(u.words.truth for u in most),
        scores=tuple(
            BandScore(
                system=system,
                units=len(scored),
                cer=sum((u.characters for u in scored), EditCounts()).error_rate,
                wer=sum((u.words for u in scored), EditCounts()).error_rate,
                worse=sum(u.characters.edits > u.source_characters.edits for u in scored),
            )
            for system, scored in systems.items()
        ),
    )


def write_outputs(folder: Path, truths: TruthSet, system: str, scored: Scored) -> None:
    """Write what a system made of a set, for people to look at."""
    place = folder / truths.name.replace("/", "_").replace(":", "_") / system
    place.mkdir(parents=True, exist_ok=True)
    for document, correction in zip(truths.documents, scored.corrections, strict=True):
        (place / f"{document.id}.txt").write_text("\n".join(correction.lines) + "\n", "utf-8")
        if correction.words is not None:
            rows = (
                {
                    "line": w.line,
                    "text": w.text,
                    "sure": w.sure,
                    "unreadable": w.unreadable,
                    "confidence": w.confidence,
                    "alternatives": list(w.alternatives),
                }
                for w in correction.words
            )
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (place / f"{document.id}.words.jsonl").write_text(text, "utf-8")


def _report(truths: TruthSet, scores: Sequence[Score]) -> SetReport:
    units = [unit for document in truths.documents for unit in document.units]
    texts = [" ".join(p.truth.split()) for unit in units for p in unit.passages]
    return SetReport(
        name=truths.name,
        profile=truths.profile,
        unit=truths.unit,
        units=len(units),
        words=sum(len(text.split()) for text in texts),
        characters=sum(map(len, texts)),
        source_characters=sum(len(document.source.text) for document in truths.documents),
        clean=truths.clean,
        scores=tuple(scores),
    )


def _loaded(name: str) -> Corrector | Score:
    try:
        return corrector(name)
    except MissingPart as fault:
        return Score(system=name, note=str(fault))


def _part(progress: Progress, done: int, total: int) -> Progress:
    return lambda share: progress((done + share) / total)
