"""`septel measure` and `septel bench`: what the restorer is worth, and how fast it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from septel.cli.measure.all_stages import bench_all_command
from septel.cli.measure.archive import bench_archive_command, measure_search_command
from septel.cli.measure.capture import (
    bench_capture_command,
    measure_capture_command,
    measure_confusions_command,
    measure_marks_command,
)
from septel.cli.measure.citations import (
    measure_assembly_command,
    measure_copies_command,
    measure_references_command,
)
from septel.cli.measure.export import bench_export_command, measure_exports_command
from septel.cli.measure.gains import measure_gains_command
from septel.cli.measure.growth import bench_growth_command
from septel.cli.measure.ingest import bench_ingest_command
from septel.cli.measure.papers import measure_papers_command
from septel.cli.measure.processes import bench_processes_command
from septel.cli.measure.record import measure_record_command, measure_statements_command
from septel.cli.measure.scans import measure_scans_command
from septel.cli.measure.telegram import bench_parse_command, measure_telegram_command
from septel.cli.shared.terminal import (
    console,
    json_option,
    markdown_option,
    print_json,
    progress,
    shared_option,
)
from septel.errors import ExitCode, InputError
from septel.measure import (
    DEFAULT_SYSTEMS,
    LOADERS,
    SYSTEMS,
    BenchReport,
    Report,
    bench_restore,
    markdown,
    measure_restore,
    terminal,
    to_json,
)


def _print(report: Report | BenchReport, as_json: bool, as_markdown: bool) -> None:
    if as_json:
        print_json(to_json(report))
    elif as_markdown:
        click.echo(markdown(report))
    else:
        console().print(terminal(report))


@click.group()
def measure() -> None:
    """Score a stage against truth, beside its peers."""


@measure.command(
    "restore",
    epilog=f"""
\b
Sets: {", ".join(LOADERS)}, synthetic:LEVEL (1 to 4), all
A folder of pairs NAME.ocr.txt and NAME.truth.txt is a set as well.
Systems: {", ".join(SYSTEMS)}
\b
Examples:
  septel measure restore seed
  septel measure restore all --markdown >docs/figures.md
  septel measure restore noisy --system none --system septel --keep out
""",
)
@click.argument("sets", nargs=-1, required=True)
@shared_option
@click.option("--system", "systems", multiple=True, help="A system to score; may be repeated.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the bootstrap.")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Write every output here.")
@click.option(
    "--folds",
    type=click.IntRange(2, 20),
    help="Also fit confidences anew, by document, on other folds.",
)
@markdown_option
@json_option
def measure_restoration(
    sets: Sequence[str],
    shared: Path,
    systems: Sequence[str],
    seed: int,
    keep: Path | None,
    folds: int | None,
    as_markdown: bool,
    as_json: bool,
) -> int:
    """Score restorers on SETS: errors left, harm done, words invented, and how far doubts can be trusted."""
    if not shared.is_dir() and not all(Path(name).is_dir() for name in sets):
        raise InputError(
            "the measuring sets are not here", where=str(shared), remedy="Name them with --shared."
        )
    with progress("Measuring") as step:
        report = measure_restore(
            sets,
            shared=shared,
            systems=systems or DEFAULT_SYSTEMS,
            seed=seed,
            keep=keep,
            folds=folds or 0,
            progress=step,
        )
    _print(report, as_json, as_markdown)
    return ExitCode.OK


@click.group()
def bench() -> None:
    """Time a stage, as a ratio against a named peer in the same run."""


@bench.command(
    "restore",
    epilog="""
\b
Examples:
  septel bench restore
  septel bench restore cable.txt --json
""",
)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@shared_option
@markdown_option
@json_option
def bench_restoration(file: Path | None, shared: Path, as_markdown: bool, as_json: bool) -> int:
    """Characters per second and peak memory, on FILE or on the real telegram and clean text."""
    if file is None and not shared.is_dir():
        raise InputError(
            "the measuring sets are not here", where=str(shared), remedy="Name them with --shared."
        )
    with progress("Timing") as step:
        report = bench_restore(file, shared=shared if shared.is_dir() else None, progress=step)
    _print(report, as_json, as_markdown)
    return ExitCode.OK


measure.add_command(measure_telegram_command)
measure.add_command(measure_papers_command)
measure.add_command(measure_references_command)
measure.add_command(measure_assembly_command)
measure.add_command(measure_copies_command)
measure.add_command(measure_record_command)
measure.add_command(measure_statements_command)
bench.add_command(bench_parse_command)
bench.add_command(bench_export_command)
measure.add_command(measure_exports_command)
measure.add_command(measure_capture_command)
measure.add_command(measure_confusions_command)
measure.add_command(measure_marks_command)
measure.add_command(measure_scans_command)
bench.add_command(bench_capture_command)
measure.add_command(measure_search_command)
bench.add_command(bench_archive_command)
bench.add_command(bench_growth_command)
bench.add_command(bench_ingest_command)
bench.add_command(bench_processes_command)
bench.add_command(bench_all_command)
measure.add_command(measure_gains_command)
