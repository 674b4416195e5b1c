"""Issues by side by time: a row for each side of an issue, a column for each stretch of time."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from septel.record import NO_ISSUE, Cell, Stance, Statement

SIGNS: Mapping[Stance, str] = {
    Stance.STATES: "·",
    Stance.PROPOSES: "+",
    Stance.ACCEPTS: "✓",
    Stance.REJECTS: "✗",
    Stance.RESERVES: "~",
    Stance.QUESTIONS: "?",
}
"""How a stance is shown in a cell; a legend says it in words."""
MOST_COLUMNS, MOST_SIDES = 14, 4
NO_DATE = "no date"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """What one side held on an issue in a stretch of time.

    Attributes:
        count: how many statements.
        sign, stance: of the latest document's chief statement, `chief`, whose line proves it.
        doubtful: whether that document's date was read with a doubt: it may belong elsewhere.
    """

    count: int
    sign: str
    stance: str
    chief: Statement
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One side of an issue; `cells` has a place for each column."""

    side: str
    cells: Sequence[MatrixCell | None]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixIssue:
    """An issue with its sides, the one that said most first; `left` sides are not shown.

    `label` names every issue that the same statements touch, `issue` is the first of them.
    """

    issue: str
    label: str
    rows: Sequence[MatrixRow]
    total: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The columns' names, each with the stretch of time that it stands for, and the issues.

    `without` counts the statements on no issue, whose row is the last; `doubted` are the columns in which no
    date was read without a doubt.
    """

    columns: Sequence[tuple[str, str, str]]
    issues: Sequence[MatrixIssue]
    without: int
    doubted: frozenset[int]


def matrix_of(cells: Sequence[Cell], label: Callable[[str], str]) -> Matrix:
    """Everything, the issue that most was said on first; what was said on none comes last."""
    columns = _columns([cell.date for cell in cells])
    starts = [first for _, first, _ in columns if first]
    found: dict[str, dict[str, dict[int, list[Cell]]]] = {}
    sure: set[int] = set()
    unsure: set[int] = set()
    for cell in cells:
        dated = cell.date is not None and cell.date[:4].isdigit()
        at = bisect_right(starts, f"{cell.date}-01-01"[:10]) - 1 if dated else len(columns) - 1
        (unsure if cell.date_doubtful else sure).add(at)
        found.setdefault(cell.issue, {}).setdefault(cell.side, {}).setdefault(at, []).append(cell)
    issues = []
    for together in _together(found):
        issue = together[0]
        sides = found[issue]
        rows = sorted(
            (_row(side, held, len(columns)) for side, held in sides.items()),
            key=lambda row: (-row.total, row.side),
        )
        issues.append(
            MatrixIssue(
                issue=issue,
                label="; ".join(map(label, together)),
                rows=rows[:MOST_SIDES],
                total=sum(row.total for row in rows),
                left=max(0, len(rows) - MOST_SIDES),
            )
        )
    issues.sort(key=lambda one: (one.issue == NO_ISSUE, -one.total, one.label))
    without = sum(one.total for one in issues if one.issue == NO_ISSUE)
    return Matrix(columns=columns, issues=issues, without=without, doubted=frozenset(unsure - sure))


def _together(found: Mapping[str, Mapping[str, Mapping[int, Sequence[Cell]]]]) -> list[list[str]]:
    """The issues; those that the same statements touch (codes of one telegram's TAGS) stand together."""
    alike: dict[object, list[str]] = {}
    for issue, sides in found.items():
        key = frozenset(
            (side, at, tuple(one.id for cell in own for one in cell.statements))
            for side, held in sides.items()
            for at, own in held.items()
        )
        alike.setdefault(key, []).append(issue)
    return list(alike.values())


def _row(side: str, held: Mapping[int, Sequence[Cell]], width: int) -> MatrixRow:
    cells: list[MatrixCell | None] = [None] * width
    for at, own in held.items():
        last = own[-1]
        count = len({s.id for cell in own for s in cell.statements})
        cells[at] = MatrixCell(
            count=count,
            sign=SIGNS[last.stance],
            stance=last.stance.value,
            chief=last.chief,
            doubtful=last.date_doubtful,
        )
    return MatrixRow(side=side, cells=cells, total=sum(cell.count for cell in cells if cell))


def _columns(dates: Sequence[str | None]) -> list[tuple[str, str, str]]:
    """Months, quarters or years, so that there are few; then one for what has no date."""
    known = sorted({date[:7] for date in dates if date and len(date) >= 7 and date[:4].isdigit()})
    whole = sorted({date[:4] for date in dates if date and date[:4].isdigit()})
    rest = any(not date or not date[:4].isdigit() for date in dates)
    columns: list[tuple[str, str, str]] = []
    if whole:
        months = _months(known[0], known[-1]) if known and {m[:4] for m in known} == set(whole) else []
        if months and len(months) <= MOST_COLUMNS:
            columns = [(month, f"{month}-01", _last_day(month)) for month in months]
        elif months and len(months) <= 3 * MOST_COLUMNS:
            names = dict.fromkeys(_quarter(month) for month in months)
            columns = [(name, *_days_of(name)) for name in names]
        else:
            years = range(int(whole[0]), int(whole[-1]) + 1)
            every = -(-len(years) // MOST_COLUMNS)
            ends = [min(year + every - 1, years[-1]) for year in years[::every]]
            columns = [
                (f"{year}" if every == 1 else f"{year}–{end % 100:02}", f"{year}-01-01", f"{end}-12-31")
                for year, end in zip(years[::every], ends, strict=True)
            ]
    return columns + ([(NO_DATE, "", "")] if rest else [])


def _quarter(month: str) -> str:
    return f"{month[:4]} Q{(int(month[5:7]) + 2) // 3}"


def _days_of(quarter: str) -> tuple[str, str]:
    year, number = quarter[:4], int(quarter[-1])
    return f"{year}-{number * 3 - 2:02}-01", _last_day(f"{year}-{number * 3:02}")


def _last_day(month: str) -> str:
    return f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:7]))[1]}"


def _months(first: str, last: str) -> list[str]:
    start, end = (int(one[:4]) * 12 + int(one[5:7]) - 1 for one in (first, last))
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(start, end + 1)]
