"""`septel measure scans`: engines on real pages with transcripts and with true lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import TypeAdapter

from septel.cli.shared.terminal import console, json_option, markdown_option, print_json, progress
from septel.errors import ExitCode
from septel.measure.capture import DEFAULT_SYSTEMS, SYSTEMS, ScanReport, measure_scans, scan_grids
from septel.measure.metrics import grids_in_markdown, grids_on_terminal


@click.command(
    "scans",
    epilog=f"""
\b
Systems: {", ".join(SYSTEMS)}
\b
Examples:
  septel measure scans ../shared/scans --fold 0 --pages 20
  septel measure scans scans --set gold --system typed --markdown
  septel measure scans scans --system typed --lists out
\b
FOLDER holds sets: NAME.jsonl.xz with its images in NAME (records with image, text, capitals, agreed, fold,
perhaps tesseract; or with image and lines), and gold: page images with PAGE.body.txt beside them.
""",
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--set", "sets", multiple=True, help="A set to take; may be repeated [default: all].")
@click.option("--system", "systems", multiple=True, help="A system to score; may be repeated.")
@click.option("--fold", type=int, help="Only this fold of pages with transcripts.")
@click.option("--pages", type=click.IntRange(1), help="How many of each kind [default: all].")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the choice of pages.")
@click.option(
    "--keep",
    "--kept",
    "keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep what Septel's engines read here, and take it from here again (which takes no time).",
)
@click.option(
    "--lists",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write here what each system read, missed, and was wrongly sure of, page by page.",
)
@markdown_option
@json_option
def measure_scans_command(
    folder: Path,
    sets: Sequence[str],
    systems: Sequence[str],
    fold: int | None,
    pages: int | None,
    seed: int,
    keep: Path | None,
    lists: Path | None,
    as_markdown: bool,
    as_json: bool,
) -> int:
    """Score engines on real pages of FOLDER: words and lines found, words wrongly sure, seconds a page."""
    with progress("Measuring") as step:
        report = measure_scans(
            folder,
            systems=systems or DEFAULT_SYSTEMS,
            sets=sets,
            fold=fold,
            pages=pages,
            seed=seed,
            keep=keep,
            lists=lists,
            progress=step,
        )
    if as_json:
        print_json(TypeAdapter(ScanReport).dump_python(report, mode="json"))
    elif as_markdown:
        click.echo(grids_in_markdown(scan_grids(report)))
    else:
        console().print(grids_on_terminal(scan_grids(report)))
    return ExitCode.OK
