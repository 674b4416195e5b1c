"""`septel measure references`, `assembly`, `copies`: how telegrams cite, complete and repeat each other."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from septel.cli.shared.terminal import json_option, print_json, progress, shared_option
from septel.errors import ExitCode, InputError
from septel.measure.citations import (
    Habits,
    found_shown,
    measure_found,
    measure_resolved,
    referring_json,
    resolved_shown,
)
from septel.measure.restore import copies_json, copies_shown, measure_copies
from septel.measure.telegram import assembly_shown, measure_assembly


def _here(shared: Path) -> None:
    if not shared.is_dir():
        raise InputError(
            "the measuring sets are not here", where=str(shared), remedy="Name them with --shared."
        )


@click.command(
    "references",
    epilog="""
\b
Examples:
  septel measure references
  septel measure references --made --held 0.5 --seed 3
""",
)
@shared_option
@click.option("--made", is_flag=True, help="Only the made archive; needs no measuring sets.")
@click.option(
    "--held", type=click.FloatRange(0.01, 1), default=0.15, show_default=True, help="Share of telegrams held."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the made archive.")
@json_option
def measure_references_command(shared: Path, made: bool, held: float, seed: int, as_json: bool) -> int:
    """Score references: found in released telegrams, resolved in a made archive with gaps in its numbers."""
    with progress("Measuring") as step:
        if not made:
            _here(shared)
        found = () if made else measure_found(shared, progress=step)
        resolved = measure_resolved(seed, habits=Habits(held=held), progress=step)
    if as_json:
        print_json(referring_json(found, [resolved]))
        return ExitCode.OK
    for report in found:
        click.echo("\n".join(found_shown(report)))
    click.echo("\n".join(resolved_shown(resolved)))
    return ExitCode.OK


@click.command("assembly")
@shared_option
@click.option("--trials", type=click.IntRange(1), default=3, show_default=True, help="Of each telegram.")
@click.option("--seed", type=int, default=0, show_default=True)
@json_option
def measure_assembly_command(shared: Path, trials: int, seed: int, as_json: bool) -> int:
    """Tear released telegrams into shuffled files, lose and double pages, and put them together again."""
    _here(shared)
    with progress("Measuring") as step:
        report = measure_assembly(shared, seed=seed, trials=trials, progress=step)
    if as_json:
        print_json(asdict(report))
    else:
        click.echo("\n".join(assembly_shown(report)))
    return ExitCode.OK


@click.command("copies")
@shared_option
@click.option("--pages", type=click.IntRange(1), default=6, show_default=True, help="How many to wear.")
@click.option("--copies", type=click.IntRange(2, 9), default=3, show_default=True, help="Of each page.")
@click.option("--level", default="3", show_default=True, help="How worn, 1 to 4.")
@click.option("--seed", type=int, default=11, show_default=True)
@json_option
def measure_copies_command(
    shared: Path, pages: int, copies: int, level: str, seed: int, as_json: bool
) -> int:
    """Wear pages several times, read the copies alone and together, and count the wrong words."""
    _here(shared)
    with progress("Measuring") as step:
        report = measure_copies(shared, pages=pages, copies=copies, level=level, seed=seed, progress=step)
    if as_json:
        print_json(copies_json(report))
    else:
        click.echo("\n".join(copies_shown(report)))
    return ExitCode.OK
