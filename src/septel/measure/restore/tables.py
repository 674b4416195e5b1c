"""Reports as tables: for the terminal by rich, for docs in Markdown, both from the same cells."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group

from septel.measure.metrics import (
    ABSENT,
    AgreedWords,
    ErrorKind,
    Estimate,
    Reliability,
    TableGrid,
    grids_in_markdown,
    grids_on_terminal,
)
from septel.measure.restore.report import Band, BenchReport, Report, Score, SetReport


def grids(report: Report | BenchReport) -> tuple[TableGrid, ...]:
    """All tables of a report."""
    if isinstance(report, BenchReport):
        return (_speeds(report),)
    out: list[TableGrid] = []
    for part in report.sets:
        out.append(_scores(part, report))
        out += (_harm(part), _kinds(part))
        trusted = [(s.system, s.trust) for s in part.scores if s.trust]
        if trusted:
            out.append(_trust(part.name, trusted))
            if any(found.capture for _, found in trusted):
                out.append(_capture(part.name, trusted))
            out += [_reliability(part.name, system, found) for system, found in trusted if found.reliability]
    if report.telegrams:
        pooled = [(p.system, p.trust) for p in report.telegrams]
        out.append(_trust("all telegram sets", pooled))
        out += [
            _reliability("all telegram sets", system, found) for system, found in pooled if found.reliability
        ]
    if report.bands:
        out.append(_bands(report.bands))
    return tuple(out)


def markdown(report: Report | BenchReport) -> str:
    """The tables for docs."""
    return grids_in_markdown(grids(report))


def terminal(report: Report | BenchReport) -> Group:
    """The tables for a terminal."""
    return grids_on_terminal(grids(report))


def _scores(part: SetReport, report: Report) -> TableGrid:
    rows = [
        (
            score.system,
            _estimate(score.wer),
            _estimate(score.cer),
            _estimate(score.gain, signed=True),
            _estimate(score.cmer),
            _estimate(score.preference, signed=True, digits=2),
        )
        for score in part.scores
    ]
    title = (
        f"{part.name} ({part.profile}): {part.units} {part.unit}s, {part.words:,} words, "
        f"{part.characters:,} characters"
    )
    notes = [f"In brackets: 95% bootstrap over {part.unit}s, {report.draws:,} draws, seed {report.seed}."]
    notes += (_note(score) for score in part.scores if score.note)
    head = ("system", "WER", "CER", "gain in WER", "cMER", "preference")
    return TableGrid(title=title, head=head, rows=tuple(rows), notes=tuple(notes))


def _agreed(systems: Sequence[Score]) -> tuple[tuple[str, ...], ...]:
    """What became of the words that two readings agree on, where they are known."""
    found = [score.agreed for score in systems]
    if not any(found):
        return ()
    known = [one or AgreedWords() for one in found]
    return (
        ("agreed words", *(str(one.words) for one in known)),
        ("missed by the source", *(str(one.missed) for one in known)),
        ("won back, those lost taken off", *(_percent(one.won_back) for one in known)),
        ("pages with fewer", *(str(one.worse) for one in known)),
    )


def _harm(part: SetReport) -> TableGrid:
    systems = [score for score in part.scores if score.wer is not None]
    rows = (
        ("words mended", *(str(s.mended) for s in systems)),
        ("words harmed", *(str(s.harmed) for s in systems)),
        ("words changed", *(_percent(s.changed, digits=2) for s in systems)),
        ("words invented", *(str(s.invented) for s in systems)),
        ("words omitted", *(str(s.omitted) for s in systems)),
        (f"{part.unit}s worse by CER", *(str(len(s.worse_by_characters)) for s in systems)),
        (f"{part.unit}s worse by WER", *(str(len(s.worse_by_words)) for s in systems)),
        *_agreed(systems),
        ("characters per second", *(_speed(part.source_characters, s.seconds) for s in systems)),
    )
    return TableGrid(
        title=f"{part.name}: good and harm",
        head=("", *(score.system for score in systems)),
        rows=rows,
        notes=(
            "Mended: wrong in the source, right now. Harmed: the other way. Omitted: nothing stands for it.",
        ),
    )


def _kinds(part: SetReport) -> TableGrid:
    systems = [score for score in part.scores if score.wer is not None]
    rows = []
    for kind in ErrorKind:
        found = [next((k for k in score.errors if k.kind == kind), None) for score in systems]
        cells = (f"{k.places} ({k.sure} / {k.harm})" if k else "0" for k in found)
        rows.append((kind.value, *cells))
    return TableGrid(
        title=f"{part.name}: what is still wrong",
        head=("kind", *(score.system for score in systems)),
        rows=tuple(rows),
        notes=("Places; in brackets how many are shown as sure, and how many the source had right.",),
    )


def _note(score: Score) -> str:
    return f"{score.system}: {score.note}"


def _trust(name: str, trusted: Sequence[tuple[str, Reliability]]) -> TableGrid:
    found = [trust for _, trust in trusted]
    rows = (
        ("words given", *(f"{t.words:,}" for t in found)),
        ("shown as sure", *(_percent(t.sure_share) for t in found)),
        ("wrong among the sure", *(_percent(t.sure_wrong, digits=2) for t in found)),
        ("invented among the sure", *(str(t.sure_invented) for t in found)),
        ("left unreadable", *(str(t.unreadable) for t in found)),
        ("flagged", *(_percent(t.shown.flagged) for t in found)),
        ("wrong words caught by flags", *(_percent(t.shown.captured) for t in found)),
        ("with a probability", *(f"{t.with_confidence:,}" for t in found)),
        ("expected calibration error", *(_figure(t.calibration_error) for t in found)),
        ("Brier score", *(_figure(t.brier) for t in found)),
    )
    return TableGrid(
        title=f"{name}: trust",
        head=("", *(system for system, _ in trusted)),
        rows=rows,
        notes=("A word of the output is right or wrong at its place. Calibration error over ten bins.",),
    )


def _capture(name: str, trusted: Sequence[tuple[str, Reliability]]) -> TableGrid:
    shares = sorted({c.flagged for _, found in trusted for c in found.capture})
    rows = []
    for system, found in trusted:
        caught = {c.flagged: c.captured for c in found.capture}
        rows.append((system, *(_percent(caught.get(share)) for share in shares)))
    return TableGrid(
        title=f"{name}: wrong words caught when the least confident are flagged",
        head=("system", *(f"{_percent(share, digits=0)} flagged" for share in shares)),
        rows=tuple(rows),
    )


def _reliability(name: str, system: str, found: Reliability) -> TableGrid:
    return TableGrid(
        title=f"{name}: reliability of {system}",
        head=("claimed", "words", "mean claimed", "right"),
        rows=tuple(
            (f"{b.low:.1f} to {b.high:.1f}", f"{b.words:,}", _figure(b.claimed), _figure(b.right))
            for b in found.reliability
        ),
    )


def _bands(bands: Sequence[Band]) -> TableGrid:
    rows: list[tuple[str, ...]] = []
    for band in bands:
        where = f"CER {_percent(band.low, digits=0)} to {_percent(band.high, digits=0)}"
        rows += (
            (where, s.system, str(s.units), _figure(s.wer), _figure(s.cer), str(s.worse)) for s in band.scores
        )
    return TableGrid(
        title="By noise of the source, over all sets",
        head=("source", "system", "units", "WER", "CER", "worse"),
        rows=tuple(rows),
    )


def _speeds(report: BenchReport) -> TableGrid:
    rows = []
    for s in report.speeds:
        rows.append(
            (
                s.text,
                s.system,
                f"{s.characters:,}",
                _both(s.characters_per_processor_second, s.characters_per_second, ",.0f"),
                _both(s.processor_ratio, s.ratio, ".3g"),
                _both(s.processor_first_seconds, s.first_seconds, ".2f"),
                _both(s.processor_load_seconds, s.load_seconds, ".2f"),
                ABSENT if s.peak_megabytes is None else f"{s.peak_megabytes:,.0f}",
            )
        )
    return TableGrid(
        title=f"Speed (processor / wall time) and memory, each system alone; ratio against {report.peer}",
        head=("text", "system", "characters", "char/s", "ratio", "first run, s", "load, s", "peak, MB"),
        rows=tuple(rows),
        notes=tuple(dict.fromkeys(f"{s.system}: {s.note}" for s in report.speeds if s.note)),
    )


def _both(processor: float | None, wall: float | None, form: str) -> str:
    """A figure in processor time and in wall time."""
    return ABSENT if processor is None or wall is None else f"{processor:{form}} / {wall:{form}}"


def _estimate(estimate: Estimate | None, *, signed: bool = False, digits: int = 3) -> str:
    if estimate is None:
        return ABSENT
    form = f"{'+' if signed else ''}.{digits}f"
    if estimate.low is None or estimate.high is None:
        return format(estimate.value, form)
    return f"{estimate.value:{form}} [{estimate.low:{form}}, {estimate.high:{form}}]"


def _figure(value: float | None) -> str:
    return ABSENT if value is None else f"{value:.3f}"


def _percent(value: float | None, *, digits: int = 1) -> str:
    return ABSENT if value is None else f"{100 * value:.{digits}f}%"


def _speed(characters: int, seconds: float | None) -> str:
    return ABSENT if not seconds else f"{characters / seconds:,.0f}"
