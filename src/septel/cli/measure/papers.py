"""`septel measure papers`: how well files are taken apart, and what is read of real forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from septel.cli.shared.terminal import (
    console,
    json_option,
    markdown_option,
    print_json,
    progress,
    readings_option,
    shared_option,
)
from septel.errors import ExitCode, InputError
from septel.measure import grids_in_markdown, grids_on_terminal
from septel.measure.metrics import TableGrid
from septel.measure.papers import WITNESSES, measure_pairs, measure_papers, paper_grids


@click.command(
    "papers",
    epilog="""
\b
Examples:
  septel measure papers                          parts and fields of real files
  septel measure papers --witness transcripts
  septel measure papers --pairs 500              two released telegrams in one file
""",
)
@shared_option
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    type=click.Choice(WITNESSES),
    help="What reads; all unless given.",
)
@click.option("--pairs", type=click.IntRange(1), help="Make so many pairs of released telegrams instead.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the pairs.")
@readings_option
@markdown_option
@json_option
def measure_papers_command(
    shared: Path,
    witnesses: Sequence[str],
    pairs: int | None,
    seed: int,
    keep: Path | None,
    as_markdown: bool,
    as_json: bool,
) -> int:
    """Score parts and fields of real files by hand-read ones, or how well pairs of telegrams are parted.

    Files that rules were made while looking at, and the others, are scored apart: only the others tell.
    """
    if not shared.is_dir():
        raise InputError(
            "the measuring sets are not here", where=str(shared), remedy="Name them with --shared."
        )
    if pairs is not None:
        made = measure_pairs(shared, pairs=pairs, seed=seed)
        if as_json:
            print_json({"pairs": made.pairs, "right": made.right, "wrong": list(made.wrong)})
        else:
            rows = (
                ("pairs", str(made.pairs)),
                ("parted rightly", f"{made.right} ({made.right / made.pairs:.1%})"),
            )
            _show(
                (TableGrid(title="two telegrams in one file", head=("what", "figure"), rows=rows),),
                as_markdown,
            )
            for one in made.wrong:
                click.echo(f"wrong: {one}")
        return ExitCode.OK
    with progress("Measuring") as step:
        scores = measure_papers(shared, witnesses=witnesses or WITNESSES, keep=keep, progress=step)
    if as_json:
        print_json(
            [
                {
                    "witness": one.witness,
                    "looked": one.looked,
                    "files": one.files,
                    "parts": {"f1": one.parts.f1, "starts_f1": one.parts.starts_f1, "gold": one.parts.gold},
                    "fields": {"share": one.fields.share, "gold": one.fields.gold.total()},
                }
                for one in scores
            ]
        )
    else:
        _show(paper_grids(scores), as_markdown)
    return ExitCode.OK


def _show(grids: Sequence[TableGrid], as_markdown: bool) -> None:
    if as_markdown:
        click.echo(grids_in_markdown(grids))
    else:
        console().print(grids_on_terminal(grids))
