"""`septel use`: which archive the verbs mean in this folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from septel.archive.store import ArchivePlace, PostgresAddress, is_archive, place_of
from septel.cli.shared.terminal import SETTING, PlaceType, default_archive, json_option, print_json
from septel.errors import ExitCode, UsageError


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
        if isinstance(folder, Path) and not is_archive(folder):
            _see_to(folder)
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


def _see_to(folder: Path) -> None:
    """See that an archive can be made in a folder; whoever sits before a terminal is asked.

    Raises:
        UsageError: it can't.
    """
    above = next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)
    if not above.is_dir() or not os.access(above, os.W_OK) or not folder.absolute().parent.exists():
        raise UsageError(f"there is no archive in {folder}, and none can be made", remedy="See to its name.")
    if sys.stdin.isatty() and not click.confirm(f"Nothing is in {folder} yet. Use it?", err=True):
        raise UsageError("nothing was changed", remedy="Name the folder of an archive.")
