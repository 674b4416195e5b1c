"""Tables on a terminal are never cut in pieces."""

from __future__ import annotations

import io

from rich.console import Console

from septel.measure.metrics import TableGrid, grids_on_terminal


def test_figures_stand_whole_on_a_narrow_terminal() -> None:
    head = ("documents", *["claimed less right"] * 9)
    row = ("frus1969-76ve09p1-d36", *[f"0.{n}23 (of 12)" for n in range(9)])
    told = io.StringIO()
    grid = TableGrid(title="all", head=head, rows=(row,))
    Console(file=told, width=60, soft_wrap=True).print(grids_on_terminal((grid,)))
    lines = told.getvalue().splitlines()
    assert all(any(cell in line for line in lines) for cell in row)
    # A heading of several words takes several lines, so that the table is no wider than its figures.
    assert max(map(len, lines)) < 180
