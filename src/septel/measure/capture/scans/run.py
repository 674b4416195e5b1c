"""`septel measure scans`: engines on real pages, by the words of transcripts and by true lines.

Every system sees the same pages in the same run. How pages are laid out: `septel.measure.capture.scans.sets`;
how they are scored: `septel.measure.capture.scans.scores`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from septel.errors import EngineFailure, MissingPart, StoreError, UsageError
from septel.measure.capture.scans.scores import (
    LineCounts,
    WordCounts,
    missed,
    score_lines,
    score_words,
    sure_and_nowhere,
)
from septel.measure.capture.scans.sets import Scan, scans_in
from septel.measure.capture.scans.systems import PEERS, Run, Seconds, SeptelOnScans
from septel.measure.metrics import ABSENT, TableGrid
from septel.measure.restore import Correction, SeptelSystem
from septel.progress import Progress, silent
from septel.witness import CHOICES

DEFAULT_SYSTEMS = (CHOICES[0], "rapid", "ocrmypdf", "tesseract mode 6", "text layer")
SYSTEMS = (*CHOICES, *PEERS)
"""All set-ups."""
NOTHING = Correction(lines=(), words=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanScore:
    """One system on the pages of one group.

    Attributes:
        group: the kind of pages: `capitals`, `both cases`, or the set of true lines.
        system: the system's name.
        pages, failed: how many there are, and on how many of them it failed (they count as without a word).
        words: counts where there are transcripts, else None.
        lines: counts where there are true lines, else None.
        note: why there are no figures.
    """

    group: str
    system: str
    pages: int = 0
    failed: int = 0
    words: WordCounts | None = None
    lines: LineCounts | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSpeed:
    """What one system took for all pages of the run, in seconds a page.

    Attributes:
        system: its name.
        pages: how many.
        reading: with starting its processes.
        restoring: without loading the restorer; None for peers.
    """

    system: str
    pages: int
    reading: Seconds
    restoring: Seconds | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """The scores, and what is needed to take them again."""

    folder: str
    fold: int | None
    pages: int | None
    seed: int
    scores: tuple[ScanScore, ...]
    speeds: tuple[ScanSpeed, ...]


def measure_scans(
    folder: Path,
    *,
    systems: Sequence[str] = (),
    sets: Sequence[str] = (),
    fold: int | None = None,
    pages: int | None = None,
    seed: int = 0,
    keep: Path | None = None,
    lists: Path | None = None,
    progress: Progress = silent,
) -> ScanReport:
    """Score systems on real pages.

    Args:
        folder: of sets, see `septel.measure.capture.scans.sets`.
        systems: names of `SYSTEMS`; `DEFAULT_SYSTEMS` unless given.
        sets: names of sets; all unless given.
        fold: of pages with transcripts only this fold.
        pages: how many of each group, chosen by the seed.
        seed: of the choice.
        keep: a folder that keeps what Septel's engines read; pages that it holds take no time.
        lists: a folder to write for each system, page by page, what it missed and was wrongly sure of.
        progress: told the share done.

    Raises:
        UsageError: there is no such system.
        InputError: the folder can't be read as scans.
        StoreError: the lists can't be written.
    """
    chosen = list(systems) or list(DEFAULT_SYSTEMS)
    for system in chosen:
        if system not in SYSTEMS:
            raise UsageError(f"there is no system {system!r}", remedy=f"Choose from {', '.join(SYSTEMS)}.")
    found = scans_in(folder, sets=sets, fold=fold, pages=pages, seed=seed)
    restorer = SeptelSystem.load()
    scores: list[ScanScore] = []
    speeds: list[ScanSpeed] = []
    for at, system in enumerate(chosen):

        def part(share: float, at: int = at) -> None:
            progress((at + share) / len(chosen))

        try:
            if system in CHOICES:
                run = SeptelOnScans(engine=system, restorer=restorer, keep=keep).run(found, part)
            else:
                run = PEERS[system](found, part)
        except (MissingPart, EngineFailure) as fault:
            groups = dict.fromkeys(page.group for page in found)
            scores += [ScanScore(group=group, system=system, note=str(fault)) for group in groups]
            continue
        scores += _scores(system, found, run)
        speeds.append(_speed(system, run, len(found)))
        if lists:
            _write_lists(lists / f"{system.replace(' ', '-')}.jsonl", found, run)
    return ScanReport(
        folder=folder.name,
        fold=fold,
        pages=pages,
        seed=seed,
        scores=tuple(sorted(scores, key=lambda one: one.group)),
        speeds=tuple(speeds),
    )


def _scores(system: str, pages: Sequence[Scan], run: Run) -> list[ScanScore]:
    out: list[ScanScore] = []
    for group in dict.fromkeys(page.group for page in pages):
        mine = [(page, read) for page, read in zip(pages, run.read, strict=True) if page.group == group]
        words = [
            score_words(page.transcript, (read or NOTHING).words or ())
            for page, read in mine
            if page.transcript is not None
        ]
        lines = [
            score_lines(page.lines, (read or NOTHING).lines) for page, read in mine if page.transcript is None
        ]
        out.append(
            ScanScore(
                group=group,
                system=system,
                pages=len(mine),
                failed=sum(read is None for _, read in mine),
                words=sum(words, WordCounts()) if words else None,
                lines=sum(lines, LineCounts()) if lines else None,
            )
        )
    return out


def _speed(system: str, run: Run, pages: int) -> ScanSpeed:
    def each(taken: Seconds) -> Seconds:
        return Seconds(processor=taken.processor / pages, wall=taken.wall / pages)

    return ScanSpeed(
        system=system,
        pages=pages,
        reading=each(run.reading),
        restoring=each(run.restoring) if run.restoring else None,
    )


def _write_lists(file: Path, pages: Sequence[Scan], run: Run) -> None:
    """One JSON object a page: what was read, what was missed, what is sure and nowhere."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", encoding="utf-8") as out:
            for page, read in zip(pages, run.read, strict=True):
                told: dict[str, object] = {"page": page.name, "group": page.group}
                shown = read or NOTHING
                if page.transcript is not None:
                    words = shown.words or ()
                    told["missed"] = missed(page.transcript, words)
                    told["sure and nowhere"] = sure_and_nowhere(page.transcript, words)
                told["lines"] = list(shown.lines)
                out.write(json.dumps(told, ensure_ascii=False) + "\n")
    except OSError as why:
        raise StoreError(
            f"the lists can't be written ({why.strerror})", where=str(file.parent), remedy="Check the folder."
        ) from why


def scan_grids(report: ScanReport) -> tuple[TableGrid, ...]:
    """The report as tables."""
    fold = "" if report.fold is None else f", fold {report.fold}"
    some = "" if report.pages is None else f", {report.pages} of each kind (seed {report.seed})"
    notes = tuple(dict.fromkeys(f"{one.system}: {one.note}" for one in report.scores if one.note))
    words = TableGrid(
        title=f"Words of transcripts, {report.folder}{fold}{some}",
        head=("pages", "system", "number", "failed", "agreed words", "found", "sure", "sure and nowhere"),
        rows=tuple(
            (
                one.group,
                one.system,
                str(one.pages),
                str(one.failed or ABSENT),
                f"{one.words.agreed:,}",
                _share(one.words.found, one.words.agreed),
                _share(one.words.sure, one.words.shown) if one.words.sure else ABSENT,
                _share(one.words.nowhere, one.words.sure, digits=4) if one.words.sure else ABSENT,
            )
            for one in report.scores
            if one.words
        ),
        notes=notes,
    )
    lines = TableGrid(
        title=f"True lines, {report.folder}{some}",
        head=("pages", "system", "number", "failed", "lines", "lost", "CER", "WER", "words in order"),
        rows=tuple(
            (
                one.group,
                one.system,
                str(one.pages),
                str(one.failed or ABSENT),
                f"{one.lines.lines:,}",
                str(one.lines.lost),
                _share(one.lines.wrong_characters, one.lines.characters),
                _share(one.lines.wrong_words, one.lines.words),
                _share(one.lines.in_order, one.lines.cut),
            )
            for one in report.scores
            if one.lines
        ),
        notes=() if words.rows else notes,
    )
    return tuple(grid for grid in (words, lines, _speeds(report.speeds)) if grid.rows)


def _speeds(speeds: Sequence[ScanSpeed]) -> TableGrid:
    return TableGrid(
        title="Seconds a page, one page at a time",
        head=("system", "pages", "reading: processor", "wall", "restoring: processor"),
        rows=tuple(
            (
                one.system,
                str(one.pages),
                f"{one.reading.processor:.2f}",
                f"{one.reading.wall:.2f}",
                f"{one.restoring.processor:.2f}" if one.restoring else ABSENT,
            )
            for one in speeds
            if one.reading.wall
        ),
    )


def _share(part: int, whole: int, digits: int = 3) -> str:
    return ABSENT if not whole else f"{part / whole:.{digits}f}"
