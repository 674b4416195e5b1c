"""The references between telegrams as a plot: days from left to right in even steps, a lane for each sender.

A held telegram is a full mark, one that is cited and not held a hollow, dashed one; a line leads from the
telegram that cites to the one that is cited. Nothing is told by colour alone.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from septel.export.record.plots import INK, PALE, RULE, SHADES, label

LEFT, WIDTH, LANE, STEP = 170, 1080, 52, 15
MOST_LANES = 14
_CHARACTER = 6.2
"""Units that a character of a mark's name takes up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceNode:
    """A telegram of the plot.

    Attributes:
        id: a holding, or the name of what is not held.
        name: how it is called; `sender` is its lane.
        day: when it was sent, if known.
        held: whether the archive has it; `chief` whether the plot is about it.
        address: what its mark leads to.
        note: what is told where it is pointed at.
    """

    id: str
    name: str
    sender: str
    day: datetime.date | None
    held: bool
    address: str = ""
    note: str = ""
    chief: bool = False


def reference_plot(nodes: Sequence[ReferenceNode], edges: Sequence[tuple[str, str]]) -> str:
    """The plot as SVG; empty where nothing is cited.

    Args:
        nodes: the telegrams.
        edges: pairs of ids, citing and cited.
    """
    if not nodes:
        return ""
    lanes = _lanes(nodes)
    places, heights = _placed(nodes, lanes)
    tops, y = {}, 32.0
    for lane in dict.fromkeys(lanes.values()):
        tops[lane] = y
        y += LANE + STEP * heights[lane]
    height = y + 46
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" '
        f'height="{height:g}" role="img" aria-label="References between telegrams">'
        "<title>References between telegrams</title>"
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto-start-reverse"><path d="M0 1 L8 4 L0 7 z" fill="{PALE}"/></marker></defs>'
    ]
    for lane, top in tops.items():
        middle = top + 12
        out.append(label(LEFT - 14, middle + 4, _short(lane, 22), anchor="end", size=13))
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 12}" y1="{middle}" y2="{middle}" stroke="{RULE}"/>')
    at = {one: (x, tops[lane] + 12 + STEP * row) for one, (x, lane, row) in places.items()}
    out += [_edge(at[a], at[b]) for a, b in edges if a in at and b in at]
    out += [_mark(one, *at[one.id]) for one in nodes]
    out += _axis(nodes, height)
    return "".join((*out, "</svg>\n"))


def _lanes(nodes: Sequence[ReferenceNode]) -> dict[str, str]:
    """The lane of each telegram; senders of few share the last one."""
    common = [name for name, _ in Counter(one.sender or "sender not known" for one in nodes).most_common()]
    kept = set(common if len(common) <= MOST_LANES else common[: MOST_LANES - 1])
    order = [name for name in common if name in kept]
    found = {one.id: (one.sender or "sender not known") for one in nodes}
    lanes = {one: lane if lane in kept else "others" for one, lane in found.items()}
    ranked = sorted(lanes.items(), key=lambda pair: order.index(pair[1]) if pair[1] in kept else len(order))
    return dict(ranked)


def _placed(
    nodes: Sequence[ReferenceNode], lanes: dict[str, str]
) -> tuple[dict[str, tuple[float, str, int]], dict[str, int]]:
    """Each telegram's x, lane and row in it, so that no name covers another; the rows that lanes need."""
    days = _days(nodes)
    step = (WIDTH - LEFT - 190) / max(len(days) - 1, 1)
    ends: dict[str, list[float]] = {}
    places: dict[str, tuple[float, str, int]] = {}
    for one in sorted(nodes, key=lambda one: (one.day is None, one.day or datetime.date.max, one.name)):
        lane = lanes[one.id]
        x = LEFT + 24 + step * days[one.day] if one.day else WIDTH - 90.0
        rows = ends.setdefault(lane, [])
        row = next((n for n, end in enumerate(rows) if end < x - 8), len(rows))
        end = x + 14 + _CHARACTER * len(_short(one.name, 20))
        if row == len(rows):
            rows.append(end)
        else:
            rows[row] = end
        places[one.id] = (x, lane, row)
    return places, {lane: len(rows) - 1 for lane, rows in ends.items()}


def _edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line from mark to mark; within a lane an arc, which comes from above, where no name stands."""
    (ax, ay), (bx, by) = start, end
    if abs(ay - by) < 2:
        high = min(14 + abs(ax - bx) / 12, 36)
        path = (
            f"M{ax:.1f} {ay - 6:.1f} C{ax:.1f} {ay - high:.1f} {bx:.1f} {by - high:.1f} {bx:.1f} {by - 8:.1f}"
        )
    else:
        length = max(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, 1.0)
        ex, ey = bx - (bx - ax) / length * 8, by - (by - ay) / length * 8
        path = f"M{ax:.1f} {ay:.1f} L{ex:.1f} {ey:.1f}"
    return (
        f'<path d="{path}" fill="none" stroke="{PALE}" stroke-opacity=".55" stroke-width="1.2" '
        'marker-end="url(#arrow)"/>'
    )


def _mark(one: ReferenceNode, x: float, y: float) -> str:
    said = ", ".join(filter(None, (one.name, one.day.isoformat() if one.day else "", one.note)))
    fill = SHADES[5] if one.chief else SHADES[4]
    if one.held:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{7 if one.chief else 5.5}" fill="{fill}"/>'
    else:
        shape = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="#fff" stroke="{INK}" stroke-width="1.4" '
            'stroke-dasharray="2.5 2"/>'
        )
    weight = "bold" if one.chief else "normal"
    halo = 'paint-order="stroke" stroke="#fff" stroke-width="3"'
    name = label(x + 10, y + 4, _short(one.name, 20), size=11, weight=weight, fill=INK if one.held else PALE)
    name = name.replace("<text ", f"<text {halo} ", 1)
    mark = f"<title>{escape(said)}</title>{shape}{name}"
    return f"<a href={quoteattr(one.address)}>{mark}</a>" if one.address else f"<g>{mark}</g>"


def _days(nodes: Sequence[ReferenceNode]) -> dict[datetime.date, int]:
    """The days in their order: each has a step of its own, so that none is crowded."""
    return {day: n for n, day in enumerate(sorted({one.day for one in nodes if one.day is not None}))}


def _axis(nodes: Sequence[ReferenceNode], height: float) -> list[str]:
    days = _days(nodes)
    step = (WIDTH - LEFT - 190) / max(len(days) - 1, 1)
    every = max(1, math.ceil(82 / step))
    out = [
        label(LEFT + 24 + step * n, height - 28, day.isoformat(), anchor="middle", size=11, fill=PALE)
        for day, n in days.items()
        if n % every == 0
    ]
    if any(one.day is None for one in nodes):
        out.append(label(WIDTH - 90, height - 28, "no date", anchor="middle", size=11, fill=PALE))
    legend = (
        "full: held; dashed: cited and not held, its day an estimate; arrows lead to what is cited; "
        "days in even steps, not to scale"
    )
    return [*out, label(LEFT, height - 8, legend, size=11, fill=PALE)]


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
