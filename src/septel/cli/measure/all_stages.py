"""`septel bench all`: every stage beside its peer, and how that changed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from septel.cli.shared.terminal import console, json_option, markdown_option, print_json, progress
from septel.errors import ExitCode
from septel.measure.metrics import TableGrid, grids_in_markdown, grids_on_terminal
from septel.measure.regression import BenchRun, bench_all, keep_run, kept_runs, this_run, trend_of


@click.command(
    "all",
    epilog="""
\b
Examples:
  septel bench all
  septel bench all --keep figures.jsonl      adds a line, and shows what the figures were before
  septel bench all --postgres postgresql:///bench
""",
)
@click.option("--keep", type=click.Path(dir_okay=False, path_type=Path), help="A file of JSON lines.")
@click.option("--postgres", help="The address of a PostgreSQL server, to be a peer of search.")
@markdown_option
@json_option
def bench_all_command(keep: Path | None, postgres: str | None, as_markdown: bool, as_json: bool) -> int:
    """Time every stage on made papers, each beside its named peer in the same run, by processor time."""
    earlier = kept_runs(keep) if keep else ()
    with progress("Timing") as step:
        run = this_run(bench_all(postgres=postgres, progress=step))
    if keep:
        keep_run(run, keep)
    if as_json:
        print_json(asdict(run) | {"ratios": {f"{f.stage}, {f.peer}": f.ratio for f in run.figures if f.peer}})
        return ExitCode.OK
    grid = _grid(run, earlier)
    if as_markdown:
        click.echo(grids_in_markdown((grid,)))
    else:
        console().print(grids_on_terminal((grid,)))
    return ExitCode.OK


def _grid(run: BenchRun, earlier: tuple[BenchRun, ...]) -> TableGrid:
    rows = []
    for one in run.figures:
        trend = trend_of(one, earlier, run.machine)
        now = one.ratio if one.peer else one.value
        rows.append(
            (
                one.stage,
                "-" if one.value is None else f"{one.value:,.3g} {one.unit}",
                one.peer or "-",
                "-" if one.peer_value is None else f"{one.peer_value:,.3g}",
                "-" if one.ratio is None else f"{one.ratio:.2f}",
                " ".join(f"{value:.3g}" for value in trend) or "-",
                f"{now / trend[-1] - 1:+.0%}" if now and trend else "-",
            )
        )
    return TableGrid(
        title=f"Septel {run.version}{f' ({run.commit})' if run.commit else ''}, {run.machine}",
        head=("stage", "a second of processor time", "peer", "peer's", "ratio", "before", "change"),
        rows=tuple(rows),
        notes=tuple(f"{one.stage}, {one.peer}: {one.note}" for one in run.figures if one.note),
    )
