"""Tables before they are drawn, and drawn: for the terminal by rich, for docs in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group
from rich.table import Table
from rich.text import Text

ABSENT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableGrid:
    """A table before it is drawn; the first column is text, the others are figures."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def grids_in_markdown(tables: Sequence[TableGrid]) -> str:
    """Any tables for docs."""
    return "\n".join(_markdown(grid) for grid in tables)


def grids_on_terminal(tables: Sequence[TableGrid]) -> Group:
    """Any tables for a terminal."""
    drawn: list[Table | Text] = []
    for grid in tables:
        table = Table(title=grid.title, title_justify="left")
        for number, name in enumerate(grid.head):
            table.add_column(name, justify="right" if number else "left", overflow="fold")
        for row in grid.rows:
            table.add_row(*(Text(cell) for cell in row))
        drawn += (table, *(Text(note) for note in grid.notes), Text(""))
    return Group(*drawn)


def _markdown(grid: TableGrid) -> str:
    lines = [f"**{grid.title}**", "", "| " + " | ".join(grid.head) + " |"]
    lines.append("|---" + "|---:" * (len(grid.head) - 1) + "|")
    lines += ("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in grid.rows)
    lines.append("")
    for note in grid.notes:
        lines += (note, "")
    return "\n".join(lines)
