"""`septel use`: which archive the verbs mean in this folder."""

from __future__ import annotations

import os
from pathlib import Path

import click

from septel.archive.store import ArchivePlace, PostgresAddress, is_archive, place_of
from septel.cli.shared.terminal import SETTING, PlaceType, default_archive, json_option, print_json
from septel.errors import ExitCode


@click.command(
    epilog="""
\b
Examples:
  septel use salt      from here on, `septel search WORDS` searches salt
  septel use postgresql://me@host/papers   the same for an archive in PostgreSQL
  septel use           which archive is meant here
"""
)
@click.argument("folder", required=False, type=PlaceType())
@json_option
def use(folder: ArchivePlace | None, as_json: bool) -> int:
    """Let the verbs mean the archive in FOLDER wherever they are typed in this folder and below it."""
    if folder is not None:
        # As text an address has no password.
        Path(SETTING).write_text(f"{folder}\n", "utf-8")
        if isinstance(folder, PostgresAddress) and folder.password:
            click.echo(
                "septel: the password is not written down; put it into ~/.pgpass or PGPASSWORD.", err=True
            )
    named = os.environ.get("SEPTEL_ARCHIVE")
    chosen = place_of(named) if named else default_archive()
    held = is_archive(chosen)
    if as_json:
        print_json({"archive": str(chosen), "held": held})
    else:
        click.echo(f"{chosen}{'' if held else ' (nothing is there yet)'}")
    return ExitCode.OK
