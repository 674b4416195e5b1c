"""`septel measure record`: what the negotiating record is worth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import TypeAdapter

from septel import capture
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
from septel.measure.record import StatementReport, fit_trust, measure_statements, statement_grids, trust_json
from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.text import Reading


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


@click.command(
    "statements",
    epilog="""
\b
Examples:
  septel measure statements ../shared/dev/statements
  septel measure statements ../shared/dev/statements --misses
  septel measure statements ../shared/dev/statements --fit calibration.json
""",
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--shipped", is_flag=True, help="Take the shipped models of confidence, not those of the other documents."
)
@click.option("--as-is", is_flag=True, help="Read each text as it stands, without restoring it first.")
@click.option("--misses", is_flag=True, help="List what is wrong.")
@click.option(
    "--fit",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Fit the models of confidence on all documents and write them here; measures nothing.",
)
@markdown_option
@json_option
def measure_statements_command(
    folder: Path,
    shipped: bool,
    as_is: bool,
    misses: bool,
    target: Path | None,
    as_markdown: bool,
    as_json: bool,
) -> int:
    """Score the record on FOLDER, where every statement of NAME.txt is marked in NAME.json.

    Counted are statements found, statements that are none, names and sides right, and whether the confidence
    holds. The confidence of each document comes from models fitted on the others.
    """
    restorer = None if as_is else Restorer.load()

    def read(path: Path) -> Reading:
        captured = capture.read(path)
        if restorer is None:
            return Reading.of(captured.source)
        return restore_source(captured.source, restorer, sight=restorer.engine_posteriors(captured)).reading

    if target is not None:
        data = trust_json(fit_trust(folder, read=read, name=target.stem), f"documents of {folder.name}")
        target.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        return ExitCode.OK
    with progress("Measuring") as step:
        report = measure_statements(folder, read=read, shipped=shipped, progress=step)
    grids = statement_grids(report, misses=misses)
    if as_json:
        print_json(TypeAdapter(StatementReport).dump_python(report, mode="json"))
    elif as_markdown:
        click.echo(grids_in_markdown(grids))
    else:
        console().print(grids_on_terminal(grids))
    return ExitCode.OK
