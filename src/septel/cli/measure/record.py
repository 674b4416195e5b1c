"""`septel measure record`: what the negotiating record is worth."""

from __future__ import annotations

from collections.abc import Sequence
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
from septel.measure import RecordReport, grids_in_markdown, grids_on_terminal, measure_record, record_grids


@click.command(
    "record",
    epilog="""
\b
Examples:
  septel measure record
  septel measure record --misses
  septel measure record --each
  septel measure record --without rosters --without pronoun
""",
)
@shared_option
@click.option("--without", multiple=True, help="A component to leave out; may be repeated.")
@click.option("--each", is_flag=True, help="Also leave out each component alone.")
@click.option("--misses", is_flag=True, help="List what is wrong.")
@markdown_option
@json_option
def measure_record_command(
    shared: Path, without: Sequence[str], each: bool, misses: bool, as_markdown: bool, as_json: bool
) -> int:
    """Score statements, speakers, stances and issues against gold."""
    with progress("Measuring") as step:
        report = measure_record(shared, without=without, each=each, progress=step)
    grids = record_grids(report, misses=misses)
    if as_json:
        print_json(TypeAdapter(RecordReport).dump_python(report, mode="json"))
    elif as_markdown:
        click.echo(grids_in_markdown(grids))
    else:
        console().print(grids_on_terminal(grids))
    return ExitCode.OK
