"""Tables before they are drawn, and drawn: for the terminal by rich, for docs in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, Group
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


WIDEST = 400
"""Characters of a line at most."""


def grids_on_terminal(tables: Sequence[TableGrid]) -> Group:
    """Any tables for a terminal."""
    drawn: list[Table | Text] = []
    for grid in tables:
        table = Table(title=grid.title, title_justify="left")
        for number, name in enumerate(grid.head):
            cells = [row[number] for row in grid.rows if number < len(row)]
            width = max(map(cell_len, (*name.split(), *cells)), default=1)
            table.add_column(name, justify="right" if number else "left", width=min(width, WIDEST))
        for row in grid.rows:
            table.add_row(*(Text(cell) for cell in row))
        # Squeezed into a narrow terminal, figures would be cut in pieces; a long line can be scrolled.
        table.width = Console(width=WIDEST).measure(table).maximum
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
