"""`septel bench export`: how fast holdings are written; `septel measure exports`: whether all are valid."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import TypeAdapter

from septel.cli.shared.terminal import (
    console,
    json_option,
    markdown_option,
    print_json,
    progress,
    shared_option,
)
from septel.errors import ExitCode
from septel.measure.export import ExportBench, ExportCheck, bench_export, check_exports
from septel.measure.metrics import TableGrid, grids_in_markdown, grids_on_terminal


@click.command(
    "export",
    epilog="""
\b
Examples:
  septel bench export
  septel bench export --archive salt --markdown
""",
)
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@shared_option
@click.option(
    "--archive",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Write the holdings of this archive, edits and all.",
)
@click.option(
    "--rounds", type=click.IntRange(1), default=3, show_default=True, help="How often, each format."
)
@markdown_option
@json_option
def bench_export_command(
    folder: Path | None, shared: Path, archive: Path | None, rounds: int, as_markdown: bool, as_json: bool
) -> int:
    """Telegrams written per second on one core, format by format, of FOLDER or the released set."""
    with progress("Timing") as step:
        found = bench_export(folder or shared / "dev" / "aad", archive=archive, rounds=rounds, progress=step)
    if as_json:
        print_json(TypeAdapter(ExportBench).dump_python(found, mode="json"))
        return ExitCode.OK
    rows = [(one.name, f"{one.per_second:,.0f}", f"{one.best_per_second:,.0f}") for one in found.formats]
    title = (
        f"{found.holdings:,} telegrams of {found.characters:,.0f} characters and {found.edits:.0f} edits, "
        f"{found.rounds} times each, one core"
    )
    grids = (TableGrid(title=title, head=("format", "a second", "fastest round"), rows=tuple(rows)),)
    if as_markdown:
        click.echo(grids_in_markdown(grids))
    else:
        console().print(grids_on_terminal(grids))
    return ExitCode.OK


_SHOWN = 20
"""So many faults of a format are printed; JSON has all."""


@click.command(
    "exports",
    epilog="""
\b
Examples:
  septel measure exports
  septel measure exports --archive salt --json
""",
)
@shared_option
@click.option(
    "--archive",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Write the holdings of this archive, with edits, pages and records.",
)
@click.option(
    "--schemas",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("tests/export/schema"),
    show_default=True,
    help="The folder of published schemas (TEI, PAGE).",
)
@markdown_option
@json_option
def measure_exports_command(
    shared: Path, archive: Path | None, schemas: Path, as_markdown: bool, as_json: bool
) -> int:
    """Whether every format of every document is valid by its own schema, or read by a library of others.

    Takes the texts of the development sets as they stand, or an archive's holdings. Ends with 1 where
    something is not valid.
    """
    with progress("Checking") as step:
        found = check_exports(shared, schemas=schemas, archive=archive, progress=step)
    code = ExitCode.FAULTS if any(one.faults for one in found.formats) else ExitCode.OK
    if as_json:
        print_json(TypeAdapter(ExportCheck).dump_python(found, mode="json"))
        return code
    rows = [
        (one.name, f"{one.checked:,}", f"{one.not_written:,}", f"{len(one.faults):,}", one.by)
        for one in found.formats
    ]
    head = ("format", "checked", "nothing to write", "faults", "checked by")
    grids = (TableGrid(title=f"{found.documents:,} documents in every format", head=head, rows=tuple(rows)),)
    if as_markdown:
        click.echo(grids_in_markdown(grids))
    else:
        console().print(grids_on_terminal(grids))
    for one in found.formats:
        for fault in one.faults[:_SHOWN]:
            click.echo(f"septel: {one.name}: {fault}", err=True)
        if len(one.faults) > _SHOWN:
            click.echo(f"septel: {one.name}: and {len(one.faults) - _SHOWN:,} more (--json).", err=True)
    return code
