"""The record in the room: of one document, and over the archive, each row beside its line."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from septel.archive import Dossier
from septel.export.record import RowOrigin, heat_map, origin_of, timeline
from septel.record import Cell, Excerpt, Statement

MOST = 300
"""Documents over which the room makes views; more are for `septel record report`."""


def address(excerpt: Excerpt) -> str:
    """The line that shows something, in the room."""
    return f"/telegram/{excerpt.locus.source_id}#l{excerpt.line}"


def record_values(dossier: Dossier) -> dict[str, Any]:
    """What the pages of the record show."""
    return {
        "dossier": dossier,
        "address": address,
        "origin": lambda statement: _origin(dossier, statement),
        "timeline": _plot(timeline(dossier, address)),
        "heat_map": _plot(heat_map(dossier, address)),
        "issues": _by_issue(dossier),
    }


def _plot(svg: str) -> Markup:
    """A plot whose marks are links: a group, since an image has nothing that can be opened."""
    return Markup(svg.replace('role="img"', 'role="group"', 1))


def _origin(dossier: Dossier, statement: Statement) -> RowOrigin:
    return origin_of(statement, dossier.standing(statement))


def _by_issue(dossier: Dossier) -> list[tuple[str, list[tuple[Cell, Statement]]]]:
    found: dict[str, list[tuple[Cell, Statement]]] = {}
    for cell in dossier.positions:
        chief = [s for s in cell.statements if s.principal] or list(cell.statements)
        found.setdefault(dossier.label(cell.issue), []).append((cell, chief[-1]))
    return sorted(found.items(), key=lambda pair: (-sum(len(c.statements) for c, _ in pair[1]), pair[0]))
