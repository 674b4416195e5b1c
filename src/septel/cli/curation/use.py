"""`septel use`: which archive the verbs mean in this folder."""

from __future__ import annotations

import os
from pathlib import Path

import click

from septel.cli.shared.terminal import SETTING, default_archive, json_option, print_json
from septel.errors import ExitCode


@click.command(
    epilog="""
\b
Examples:
  septel use salt      from here on, `septel search WORDS` searches salt
  septel use           which archive is meant here
"""
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@json_option
def use(folder: Path | None, as_json: bool) -> int:
    """Let the verbs mean the archive in FOLDER wherever they are typed in this folder and below it."""
    if folder is not None:
        Path(SETTING).write_text(f"{folder}\n", "utf-8")
    chosen = (
        Path(os.environ.get("SEPTEL_ARCHIVE", "")) if os.environ.get("SEPTEL_ARCHIVE") else default_archive()
    )
    if as_json:
        print_json({"archive": str(chosen), "held": (chosen / "catalogue.sqlite").exists()})
    else:
        there = "" if (chosen / "catalogue.sqlite").exists() else " (nothing is there yet)"
        click.echo(f"{chosen}{there}")
    return ExitCode.OK
