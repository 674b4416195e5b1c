"""Plots of a record as SVG, for reports and slides: meetings in time, and issues by side.

Nothing is told by colour alone: what is announced is hollow, and every cell holds its number. Each mark links
to the line that shows it, through the address that the caller gives.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from septel.record import NO_ISSUE, Cell, Excerpt, Meeting
from septel.text import DOUBT

Address = Callable[[Excerpt], str]
INK, PALE, RULE = "#1d2733", "#5b6875", "#c9d1d9"
SHADES = ("#f3f6f9", "#d3e1ee", "#a9c6e0", "#74a3cc", "#3f78ad", "#1f5687")
"""From few statements to many; the last two take white figures."""
FONT = 'font-family="Georgia, serif"'
LANE, LEFT, WIDTH = 34, 150, 860
MOST_MARKS = 160
"""Meetings that are drawn one by one; more are counted year by year, or month by month."""


class Plotted(Protocol):
    """What is plotted: the views over some records."""

    @property
    def meetings(self) -> Sequence[Meeting]:
        """Every meeting once."""

    @property
    def positions(self) -> Sequence[Cell]:
        """What each side holds on each issue, document by document."""

    def label(self, issue: str) -> str:
        """An issue for readers."""

    def marked(self, excerpt: Excerpt) -> str:
        """The words of an excerpt with the marks of doubt that they have in every view."""


def timeline(dossier: Plotted, address: Address) -> str:
    """Meetings in time, a lane for each kind; meetings without a full date are counted below.

    Many meetings are counted by stretches of time, which nothing links to.
    """
    dated = [(day, m) for m in dossier.meetings if (day := _day(m.date)) is not None]
    rest = len(dossier.meetings) - len(dated)
    if not dated:
        return ""
    if len(dated) > MOST_MARKS:
        return _counted(dated, rest)
    lanes = list(dict.fromkeys(m.kind.value for _, m in dated))
    first, last = min(d for d, _ in dated), max(d for d, _ in dated)
    days = max((last - first).days, 1)
    height = 30 + LANE * len(lanes) + 46
    out = [_opening(WIDTH, height, "Meetings in time")]
    for n, lane in enumerate(lanes):
        y = 30 + LANE * n
        out.append(label(LEFT - 12, y + 4, lane, anchor="end"))
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y}" y2="{y}" stroke="{RULE}"/>')
    bottom = 30 + LANE * (len(lanes) - 1) + 22
    span = WIDTH - 40 - LEFT
    for day in _ticks(first, last):
        x = LEFT + 10 + span * (day - first).days / days
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="{bottom}" stroke="{RULE}"/>')
        out.append(label(x, bottom + 16, day.isoformat(), anchor="middle", size=11, fill=PALE))
    placed: dict[tuple[str, datetime.date], int] = {}
    for day, m in dated:
        over = placed[m.kind.value, day] = placed.get((m.kind.value, day), -1) + 1
        x = LEFT + 10 + span * (day - first).days / days
        y = 30 + LANE * lanes.index(m.kind.value) - 8 * min(over, 3)
        held = m.status == "held"
        when = f"{'reported ' if m.date_of_report else ''}{m.date}{DOUBT if m.date_doubtful else ''}"
        where = ", ".join(part for part in (when, m.place, m.status) if part)
        out.append(
            f"<a href={quoteattr(address(m.shown_by))}><title>{escape(f'{m.kind.value}, {where}')}</title>"
            f'<circle cx="{x:.1f}" cy="{y}" r="6" fill="{SHADES[4] if held else "#fff"}" '
            f'stroke="{SHADES[5]}" stroke-width="2"/></a>'
        )
    legend = "full: held; hollow: announced"
    more = f"; {rest} without a full date are in the table only" if rest else ""
    out.append(label(LEFT, bottom + 38, legend + more, size=11, fill=PALE))
    return "".join((*out, "</svg>\n"))


def _counted(dated: Sequence[tuple[datetime.date, Meeting]], rest: int) -> str:
    """How many meetings of each kind a month or year had: the more, the larger the square."""
    years = {day.year for day, _ in dated}
    monthly = max(years) - min(years) < 2
    counts = Counter((m.kind.value, f"{day:%Y-%m}" if monthly else f"{day:%Y}") for day, m in dated)
    lanes = [lane for lane, _ in Counter(m.kind.value for _, m in dated).most_common()]
    times = _months(dated) if monthly else [str(y) for y in range(min(years), max(years) + 1)]
    step = (WIDTH - 30 - LEFT) / len(times)
    wide = min(step, 46.0)
    most = max(counts.values())
    out = [_opening(WIDTH, 34 + LANE * len(lanes) + 52, "Meetings in time")]
    for n, lane in enumerate(lanes):
        y = 30 + LANE * n
        out.append(label(LEFT - 12, y + 4, lane, anchor="end"))
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y}" y2="{y}" stroke="{RULE}"/>')
        for at, when in enumerate(times):
            number = counts.get((lane, when), 0)
            if not number:
                continue
            x = LEFT + 10 + step * (at + 0.5)
            side = 8 + (min(wide, LANE) - 10) * math.sqrt(number / most)
            shade = _shade(number, most)
            out.append(
                f"<g><title>{escape(f'{lane}, {when}: {number}')}</title>"
                f'<rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" '
                f'height="{side:.1f}" fill="{SHADES[max(shade, 2)]}" stroke="{SHADES[5]}"/>'
            )
            if side >= 15:
                fill = "#fff" if max(shade, 2) >= len(SHADES) - 2 else INK
                out.append(label(x, y + 4, str(number), anchor="middle", size=10, fill=fill))
            out.append("</g>")
    bottom = 30 + LANE * (len(lanes) - 1) + 26
    every = max(1, math.ceil(len(times) / (9 if monthly else 14)))
    for at in range(0, len(times), every):
        x = LEFT + 10 + step * (at + 0.5)
        out.append(label(x, bottom + 12, times[at], anchor="middle", size=11, fill=PALE))
    more = f"; {rest} without a full date are in the table only" if rest else ""
    legend = f"meetings in a {'month' if monthly else 'year'}, by kind{more}"
    out.append(label(LEFT, bottom + 36, legend, size=11, fill=PALE))
    return "".join((*out, "</svg>\n"))


def _months(dated: Sequence[tuple[datetime.date, Meeting]]) -> list[str]:
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = ((first.year * 12 + first.month - 1 + n) for n in range(count))
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]


def heat_map(dossier: Plotted, address: Address) -> str:
    """Issues by side: how many statements, and the stance of the last; the more, the darker."""
    cells: dict[tuple[str, str], list[Cell]] = {}
    for cell in dossier.positions:
        cells.setdefault((cell.issue, cell.side), []).append(cell)
    if not cells:
        return ""
    sides = list(dict.fromkeys(side for _, side in sorted(cells, key=lambda key: key[1])))
    count = {key: len({s.id for c in held for s in c.statements}) for key, held in cells.items()}
    issues = sorted(
        {issue for issue, _ in cells},
        key=lambda i: (i == NO_ISSUE, -sum(count.get((i, s), 0) for s in sides), i),
    )
    most = max(count.values())
    left, wide, row = 330, 150, 26
    out = [_opening(left + wide * len(sides) + 20, 40 + row * len(issues) + 34, "Issues by side")]
    for n, side in enumerate(sides):
        out.append(label(left + wide * n + wide / 2, 24, side, anchor="middle", weight="bold"))
    for r, issue in enumerate(issues):
        y = 36 + row * r
        out.append(label(left - 12, y + 17, _short(dossier.label(issue)), anchor="end"))
        for n, side in enumerate(sides):
            x = left + wide * n
            number = count.get((issue, side), 0)
            shade = _shade(number, most)
            frame = f'<rect x="{x + 1}" y="{y + 1}" width="{wide - 2}" height="{row - 2}" '
            if not number:
                out.append(f'{frame}fill="#fff" stroke="{RULE}" stroke-dasharray="2 3"/>')
                continue
            last = cells[issue, side][-1]
            chief = last.chief
            fill = "#fff" if shade >= len(SHADES) - 2 else INK
            text = f"{number} · {last.stance.value}"
            out.append(
                f"<a href={quoteattr(address(chief.excerpt))}>"
                f"<title>{escape(dossier.marked(chief.excerpt))}</title>"
                f'{frame}fill="{SHADES[shade]}" stroke="{RULE}"/>'
                f"{label(x + wide / 2, y + 17, text, anchor='middle', size=12, fill=fill)}</a>"
            )
    legend = "number of statements · stance of the latest chief one; dashed: none found"
    out.append(label(12, 36 + row * len(issues) + 20, legend, size=11, fill=PALE))
    return "".join((*out, "</svg>\n"))


def _short(name: str, most: int = 48) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _shade(number: int, most: int) -> int:
    # By the root, so that a few can be told from one where the most are many.
    return min(len(SHADES) - 1, int(len(SHADES) * math.sqrt(number / (most + 1))))


def _opening(width: float, height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label={quoteattr(title)}><title>{escape(title)}</title>'
    )


def label(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = 13,
    fill: str = INK,
    weight: str = "normal",
) -> str:
    """Words in a plot."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" {FONT} font-size="{size}" fill="{fill}" '
        f'font-weight="{weight}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def _day(date: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(date) if date else None
    except ValueError:
        return None


def _ticks(first: datetime.date, last: datetime.date) -> Iterable[datetime.date]:
    """At most six days, spread evenly, the first and the last among them."""
    days = (last - first).days
    steps = min(5, days)
    found = (first + datetime.timedelta(days=round(days * n / max(steps, 1))) for n in range(steps + 1))
    return dict.fromkeys(found)


def dates(meetings: Iterable[Meeting]) -> tuple[str, str] | None:
    """The first and the last full date, or None."""
    found = sorted(m.date for m in meetings if m.date and _day(m.date))
    return (found[0], found[-1]) if found else None
