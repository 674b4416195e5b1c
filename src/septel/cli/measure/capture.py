"""`septel measure capture` and `septel bench capture`: what engines read of worn pages, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import TypeAdapter

from septel.capture import ReadingCache
from septel.cli.shared.terminal import (
    console,
    json_option,
    markdown_option,
    print_json,
    progress,
    readings_option,
    shared_option,
)
from septel.errors import ExitCode, InputError, UsageError
from septel.measure.capture import (
    PAGES,
    SEED,
    SYSTEMS,
    CaptureBench,
    CaptureReport,
    MarkScore,
    bench_capture,
    capture_bench_grids,
    capture_grids,
    confusion_grids,
    marks_grid,
    measure_capture,
    measure_confusions,
    measure_marks,
    measure_pages,
)
from septel.measure.metrics import TableGrid, grids_in_markdown, grids_on_terminal
from septel.measure.truth import SEED as WORN_SEED
from septel.measure.truth import level_of
from septel.synthesis import LEVELS

pages_from_option = click.option(
    "--pages-from",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of page images with their texts, instead of pages of our own making.",
)


@click.command(
    "capture",
    epilog=f"""
\b
Levels: 1 to 4, or clean, photocopy, "bad photocopy", ghastly
Systems: {", ".join(SYSTEMS)}
\b
Examples:
  septel measure capture
  septel measure capture 3 4 --system tesseract --system ocrmypdf --pages 4
  septel measure capture --pages-from proofread --system tesseract
\b
Pages of your own: a folder of page images, each with its text beside it (0001.png, 0001.txt). Names group
them: good-1.png and good-2.png are of `good`.
""",
)
@click.argument("levels", nargs=-1)
@shared_option
@click.option("--system", "systems", multiple=True, help="A system to score; may be repeated.")
@pages_from_option
@click.option(
    "--pages", type=click.IntRange(1), help=f"Of each level [default: {PAGES}; all with --pages-from]."
)
@click.option("--seed", type=int, default=SEED, show_default=True, help="Of the choice and the wear.")
@click.option("--no-restoring", is_flag=True, help="Score what engines read, not what becomes of it.")
@click.option("--no-marks", is_flag=True, help="Leave out stamps, excisions, banners and handwriting.")
@readings_option
@markdown_option
@json_option
def measure_capture_command(
    levels: Sequence[str],
    shared: Path,
    systems: Sequence[str],
    folder: Path | None,
    pages: int | None,
    seed: int,
    no_restoring: bool,
    no_marks: bool,
    keep: Path | None,
    as_markdown: bool,
    as_json: bool,
) -> int:
    """Score engines on worn pages of LEVELS, before and after restoration, and the finding of marks."""
    if folder and levels:
        raise UsageError("pages of your own have no levels", remedy="Leave out LEVELS or --pages-from.")
    restored = not no_restoring
    if not folder:
        _needs(shared)
    with progress("Measuring") as step:
        if folder:
            report = measure_pages(
                folder, systems=systems, pages=pages, restored=restored, keep=keep, progress=step
            )
        else:
            report = measure_capture(
                levels,
                shared=shared,
                systems=systems,
                pages=pages or PAGES,
                seed=seed,
                restored=restored,
                marks=not no_marks,
                keep=keep,
                progress=step,
            )
    if as_json:
        print_json(TypeAdapter(CaptureReport).dump_python(report, mode="json"))
    else:
        _show(capture_grids(report), as_markdown)
    return ExitCode.OK


@click.command(
    "capture",
    epilog="""
\b
Examples:
  septel bench capture
  septel bench capture --pages 10 --json
  septel bench capture --pages-from proofread
""",
)
@shared_option
@pages_from_option
@click.option("--pages", type=click.IntRange(1), default=4, show_default=True, help="Of each level.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Of the choice and the wear.")
@markdown_option
@json_option
def bench_capture_command(
    shared: Path, folder: Path | None, pages: int, seed: int, as_markdown: bool, as_json: bool
) -> int:
    """Seconds per page of the default engine and of OCRmyPDF, on the same pages in one run."""
    if not folder:
        _needs(shared)
    with progress("Timing") as step:
        bench = bench_capture(shared=shared, pages=pages, seed=seed, folder=folder, progress=step)
    if as_json:
        print_json(TypeAdapter(CaptureBench).dump_python(bench, mode="json"))
    else:
        _show(capture_bench_grids(bench), as_markdown)
    return ExitCode.OK


def _needs(shared: Path) -> None:
    if not shared.is_dir():
        raise InputError(
            "the measuring sets are not here", where=str(shared), remedy="Name them with --shared."
        )


def _show(tables: Sequence[TableGrid], as_markdown: bool) -> None:
    if as_markdown:
        click.echo(grids_in_markdown(tables))
    else:
        console().print(grids_on_terminal(tables))


@click.command(
    "marks",
    epilog="""
\b
Examples:
  septel measure marks
  septel measure marks 3 4 --seed 7 --keep readings
""",
)
@click.argument("levels", nargs=-1)
@shared_option
@click.option("--pages", type=click.IntRange(1), default=6, show_default=True, help="Of each level.")
@click.option(
    "--unmarked",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="Pages of each level without marks, on which nothing should be found.",
)
@click.option("--seed", type=int, default=SEED, show_default=True, help="Of the choice, wear and marks.")
@readings_option
@markdown_option
@json_option
def measure_marks_command(
    levels: Sequence[str],
    shared: Path,
    pages: int,
    unmarked: int,
    seed: int,
    keep: Path | None,
    as_markdown: bool,
    as_json: bool,
) -> int:
    """How many stamps, excisions, banners, notices and written words on worn pages of LEVELS are found."""
    _needs(shared)
    names = [level_of(level) for level in levels] or list(LEVELS)
    kept = ReadingCache(keep) if keep else None
    found: list[MarkScore] = []
    with progress("Looking") as step:
        for done, level in enumerate(names, 1):
            found += measure_marks(level, shared, pages=pages, seed=seed, unmarked=unmarked, readings=kept)
            step(done / len(names))
    if as_json:
        print_json(TypeAdapter(list[MarkScore]).dump_python(found, mode="json"))
    else:
        title = f"Marks on {pages} worn pages of each level, seed {seed}; {unmarked} more without marks"
        _show([marks_grid(found, title)], as_markdown)
    return ExitCode.OK


@click.command(
    "confusions",
    epilog="""
\b
Examples:
  septel measure confusions
  septel measure confusions 3 --pages 8
""",
)
@click.argument("level", default="4")
@shared_option
@click.option("--pages", type=click.IntRange(1), default=4, show_default=True, help="How many to read.")
@click.option("--seed", type=int, default=WORN_SEED, show_default=True, help="Of the choice and the wear.")
@markdown_option
def measure_confusions_command(level: str, shared: Path, pages: int, seed: int, as_markdown: bool) -> int:
    """What characters become on worn pages of LEVEL, beside the real telegram."""
    _needs(shared)
    with progress("Reading") as step:
        found = measure_confusions(level, shared=shared, pages=pages, seed=seed, progress=step)
    _show(confusion_grids(*found), as_markdown)
    return ExitCode.OK
