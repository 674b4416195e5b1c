"""`septel archive move`: an archive brought from one store to another."""

from __future__ import annotations

import click

from septel.archive import Archive
from septel.archive.store import ArchivePlace
from septel.archive.upkeep import relocated
from septel.cli.shared.terminal import PlaceType, SubverbGroup, json_option, print_json, progress
from septel.errors import ExitCode


@click.group(
    cls=SubverbGroup, epilog="Example: septel archive move salt postgresql://me@db.example.org/papers"
)
def archive() -> None:
    """Look after where the archive is kept: a folder, or PostgreSQL (docs/stores.md)."""


@archive.command(
    epilog="""
\b
Examples:
  septel archive move salt postgresql://me@db.example.org/papers
  septel archive move 'postgresql://me@db.example.org/papers?schema=salt' salt-again
"""
)
@click.argument("source", metavar="FROM", type=PlaceType())
@click.argument("target", metavar="TO", type=PlaceType())
@json_option
def move(source: ArchivePlace, target: ArchivePlace, as_json: bool) -> int:
    """Bring the archive FROM to another store: TO is a folder or an address where there is none yet.

    It is compared row by row and appears there whole, in one step; interrupted, the same command goes on
    where it ended. FROM stays as it is: delete it when you have looked at the other.
    """
    with Archive.open(source, create=False) as kept, progress("Moving") as step:
        made = relocated(kept.store, target, progress=step)
    if as_json:
        print_json({"archive": str(made.place), "holdings": made.holdings, "originals": made.originals})
    else:
        click.echo(
            f"{made.place}: {made.holdings} holdings, {made.originals} originals; {source} is still there."
        )
    return ExitCode.OK
