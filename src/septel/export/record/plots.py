"""Plots of a record as SVG, for reports and slides: meetings in time, and issues by side.

Nothing is told by colour alone: what is announced is hollow, and every cell holds its number. Each mark links
to the line that shows it, through the address that the caller gives.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from septel.archive import Dossier
from septel.record import Cell, Excerpt, Meeting

Address = Callable[[Excerpt], str]
INK, PALE, RULE = "#1d2733", "#5b6875", "#c9d1d9"
SHADES = ("#f3f6f9", "#d3e1ee", "#a9c6e0", "#74a3cc", "#3f78ad", "#1f5687")
"""From few statements to many; the last two take white figures."""
FONT = 'font-family="Georgia, serif"'
LANE, LEFT, WIDTH = 34, 150, 860


def timeline(dossier: Dossier, address: Address) -> str:
    """Meetings in time, a lane for each kind; meetings without a full date are counted below."""
    dated = [(day, m) for m in dossier.meetings if (day := _day(m.date)) is not None]
    rest = len(dossier.meetings) - len(dated)
    if not dated:
        return ""
    lanes = list(dict.fromkeys(m.kind.value for _, m in dated))
    first, last = min(d for d, _ in dated), max(d for d, _ in dated)
    days = max((last - first).days, 1)
    height = 30 + LANE * len(lanes) + 46
    out = [_opening(WIDTH, height, "Meetings in time")]
    for n, lane in enumerate(lanes):
        y = 30 + LANE * n
        out.append(_text(LEFT - 12, y + 4, lane, anchor="end"))
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y}" y2="{y}" stroke="{RULE}"/>')
    bottom = 30 + LANE * (len(lanes) - 1) + 22
    span = WIDTH - 40 - LEFT
    for day in _ticks(first, last):
        x = LEFT + 10 + span * (day - first).days / days
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="{bottom}" stroke="{RULE}"/>')
        out.append(_text(x, bottom + 16, day.isoformat(), anchor="middle", size=11, fill=PALE))
    placed: dict[tuple[str, datetime.date], int] = {}
    for day, m in dated:
        over = placed[m.kind.value, day] = placed.get((m.kind.value, day), -1) + 1
        x = LEFT + 10 + span * (day - first).days / days
        y = 30 + LANE * lanes.index(m.kind.value) - 8 * min(over, 3)
        held = m.status == "held"
        where = ", ".join(part for part in (m.date, m.place, m.status) if part)
        out.append(
            f"<a href={quoteattr(address(m.shown_by))}><title>{escape(f'{m.kind.value}, {where}')}</title>"
            f'<circle cx="{x:.1f}" cy="{y}" r="6" fill="{SHADES[4] if held else "#fff"}" '
            f'stroke="{SHADES[5]}" stroke-width="2"/></a>'
        )
    legend = "full: held; hollow: announced"
    more = f"; {rest} without a full date are in the table only" if rest else ""
    out.append(_text(LEFT, bottom + 38, legend + more, size=11, fill=PALE))
    return "".join((*out, "</svg>\n"))


def heat_map(dossier: Dossier, address: Address) -> str:
    """Issues by side: how many statements, and the stance of the last; the more, the darker."""
    cells: dict[tuple[str, str], list[Cell]] = {}
    for cell in dossier.positions:
        cells.setdefault((cell.issue, cell.side), []).append(cell)
    if not cells:
        return ""
    sides = list(dict.fromkeys(side for _, side in sorted(cells, key=lambda key: key[1])))
    count = {key: len({s.id for c in held for s in c.statements}) for key, held in cells.items()}
    issues = sorted(
        {issue for issue, _ in cells}, key=lambda i: (-sum(count.get((i, s), 0) for s in sides), i)
    )
    most = max(count.values())
    left, wide, row = 330, 150, 26
    out = [_opening(left + wide * len(sides) + 20, 40 + row * len(issues) + 34, "Issues by side")]
    for n, side in enumerate(sides):
        out.append(_text(left + wide * n + wide / 2, 24, side, anchor="middle", weight="bold"))
    for r, issue in enumerate(issues):
        y = 36 + row * r
        out.append(_text(left - 12, y + 17, dossier.label(issue), anchor="end"))
        for n, side in enumerate(sides):
            x = left + wide * n
            number = count.get((issue, side), 0)
            shade = _shade(number, most)
            frame = f'<rect x="{x + 1}" y="{y + 1}" width="{wide - 2}" height="{row - 2}" '
            if not number:
                out.append(f'{frame}fill="#fff" stroke="{RULE}" stroke-dasharray="2 3"/>')
                continue
            last = cells[issue, side][-1]
            chief = ([s for s in last.statements if s.principal] or list(last.statements))[-1]
            fill = "#fff" if shade >= len(SHADES) - 2 else INK
            text = f"{number} · {last.stance.value}"
            out.append(
                f"<a href={quoteattr(address(chief.excerpt))}>"
                f"<title>{escape(chief.content.words)}</title>"
                f'{frame}fill="{SHADES[shade]}" stroke="{RULE}"/>'
                f"{_text(x + wide / 2, y + 17, text, anchor='middle', size=12, fill=fill)}</a>"
            )
    legend = "number of statements · stance of the latest principal one; dashed: none found"
    out.append(_text(12, 36 + row * len(issues) + 20, legend, size=11, fill=PALE))
    return "".join((*out, "</svg>\n"))


def _shade(number: int, most: int) -> int:
    # By the root, so that a few can be told from one where the most are many.
    return min(len(SHADES) - 1, int(len(SHADES) * math.sqrt(number / (most + 1))))


def _opening(width: float, height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label={quoteattr(title)}><title>{escape(title)}</title>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = 13,
    fill: str = INK,
    weight: str = "normal",
) -> str:
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
