"""The report on telegram fields as tables, for the terminal and for documents."""

from __future__ import annotations

from collections.abc import Iterator

from septel.measure.metrics import ABSENT, TableGrid
from septel.measure.telegram.scores import TelegramReport, TelegramScore


def telegram_grids(report: TelegramReport, *, mismatches: bool = False) -> tuple[TableGrid, ...]:
    """Each set's fields; with `mismatches`, what is wrong, one line each."""
    grids: list[TableGrid] = []
    for score in report.scores:
        grids.append(_fields(score))
        if score.bins:
            grids.append(_trust(score))
        if mismatches and score.mismatches:
            grids.append(_mismatches(score))
    return tuple(grids)


def _fields(score: TelegramScore) -> TableGrid:
    rows = tuple(
        (
            one.field,
            str(one.telegrams),
            str(one.exact),
            str(one.cut),
            str(one.indexed),
            str(one.wrong),
            _percent(one.share),
        )
        for one in score.fields
    )
    labels = score.labels
    found = f"paragraph labels: {labels.right} of {labels.wanted} right, {labels.found} found, F1 "
    notes = (
        found + (ABSENT if labels.f1 is None else f"{labels.f1:.3f}"),
        f"all fields together: {_percent(score.share)}",
    )
    return TableGrid(
        title=f"{score.set}, {score.system}: {score.telegrams} telegrams",
        head=("field", "telegrams", "exact", "cut", "indexed", "wrong", "right"),
        rows=rows,
        notes=notes,
    )


def _trust(score: TelegramScore) -> TableGrid:
    rows = tuple(
        (f"{one.low:.2f} to {one.high:.2f}", str(one.fields), f"{one.confidence:.3f}", f"{one.right:.3f}")
        for one in score.bins
    )
    return TableGrid(
        title=f"{score.set}, {score.system}: fields by confidence",
        head=("confidence", "fields", "mean confidence", "share right"),
        rows=rows,
    )


def _mismatches(score: TelegramScore) -> TableGrid:
    return TableGrid(
        title=f"{score.set}, {score.system}: what is wrong",
        head=("telegram", "field", "should be", "found"),
        rows=tuple(_lines(score)),
    )


def _lines(score: TelegramScore) -> Iterator[tuple[str, str, str, str]]:
    for one in score.mismatches:
        yield one.document, one.field, one.truth, one.found


def _percent(share: float | None) -> str:
    return ABSENT if share is None else f"{100 * share:.1f}%"
