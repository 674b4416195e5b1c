"""`septel measure telegram` and `septel bench parse`: how much the grammar gets right, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import TypeAdapter

from septel.capture import ENGINES
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
from septel.measure import (
    ParseBench,
    TelegramReport,
    bench_parse,
    grids_in_markdown,
    grids_on_terminal,
    measure_telegram,
    telegram_grids,
)
from septel.measure.metrics import TableGrid


@click.command(
    "telegram",
    epilog="""
\b
Sets: aad, aad-bodies, worn:LEVEL (1 to 4)
\b
Examples:
  septel measure telegram aad aad-bodies
  septel measure telegram aad --mismatches
  septel measure telegram worn:2 --telegrams 12 --keep ocr
""",
)
@click.argument("sets", nargs=-1, required=True)
@shared_option
@click.option("--telegrams", type=int, default=12, show_default=True, help="How many to print and wear.")
@click.option("--seed", type=int, default=1969, show_default=True, help="Of the choice and the wear.")
@click.option("--mismatches", is_flag=True, help="List every field that is wrong.")
@readings_option
@click.option(
    "--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True, help="Reads worn pages."
)
@markdown_option
@json_option
def measure_telegram_command(
    sets: Sequence[str],
    shared: Path,
    telegrams: int,
    seed: int,
    mismatches: bool,
    keep: Path | None,
    engine: str,
    as_markdown: bool,
    as_json: bool,
) -> int:
    """Score the fields of telegrams on SETS against their own pages and the archive's attributes."""
    if not shared.is_dir():
        raise InputError(
            "the measuring sets are not here", where=str(shared), remedy="Name them with --shared."
        )
    with progress("Measuring") as step:
        report = measure_telegram(
            sets,
            shared=shared,
            telegrams=telegrams,
            seed=seed,
            keep=keep,
            engine=engine,
            progress=step,
        )
    if as_json:
        print_json(TypeAdapter(TelegramReport).dump_python(report, mode="json"))
    else:
        _show(telegram_grids(report, mismatches=mismatches), as_markdown)
    return ExitCode.OK


@click.command(
    "parse",
    epilog="""
\b
Examples:
  septel bench parse
  septel bench parse released/ --telegrams 100000
""",
)
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@shared_option
@click.option("--telegrams", type=int, default=2000, show_default=True, help="How many to parse.")
@markdown_option
@json_option
def bench_parse_command(
    folder: Path | None, shared: Path, telegrams: int, as_markdown: bool, as_json: bool
) -> int:
    """Telegrams per second on one core, and memory over the run, on FOLDER or the released set."""
    with progress("Timing") as step:
        found = bench_parse(folder or shared / "dev" / "aad", telegrams=telegrams, progress=step)
    if as_json:
        print_json(TypeAdapter(ParseBench).dump_python(found, mode="json"))
        return ExitCode.OK
    first = found.first_per_second
    rows = (
        ("telegrams", f"{found.telegrams:,}"),
        ("characters of one, on average", f"{found.characters:,.0f}"),
        ("telegrams per second of processor time", f"{found.per_second:,.0f}"),
        ("the same, fastest tenth", f"{found.best_per_second:,.0f}"),
        (
            "the same, each at first sight",
            f"{first:,.0f}" if first else "-",
        ),
        ("telegrams per second by the clock", f"{found.telegrams / found.wall_seconds:,.0f}"),
        (f"texts per second of processor time, {found.peer}", f"{found.peer_per_second:,.0f}"),
        ("ratio to that", f"{found.ratio:.3f}"),
        ("the same, each at first sight", f"{found.first_ratio:.3f}" if found.first_ratio else "-"),
        ("parser", "compiled" if found.compiled else "plain Python"),
        ("MB held after each tenth", ", ".join(f"{held:.0f}" for held in found.megabytes) or "-"),
    )
    _show(
        (TableGrid(title="parsing clean telegrams, one core", head=("what", "figure"), rows=rows),),
        as_markdown,
    )
    return ExitCode.OK


def _show(grids: Sequence[TableGrid], as_markdown: bool) -> None:
    if as_markdown:
        click.echo(grids_in_markdown(grids))
    else:
        console().print(grids_on_terminal(grids))
