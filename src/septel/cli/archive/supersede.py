"""`septel supersede`: a person says that one document is a newer capture of another."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.conflicts import warn_of
from septel.cli.shared.terminal import archive_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.restore import Restorer


@click.command(
    epilog="""
\b
Examples:
  septel supersede 1a2b3c 9f8e7d --by 'A. Reader'    9f8e7d is a better scan of 1a2b3c
  septel supersede 1a2b3c --undo                     it is not, after all
"""
)
@click.argument("older")
@click.argument("newer", required=False)
@archive_option
@click.option("--undo", is_flag=True, help="OLDER has no newer capture; what was carried no longer counts.")
@click.option("--by", default=getpass.getuser, help="Who says so; your user name unless given.")
@json_option
def supersede(older: str, newer: str | None, archive: Path, undo: bool, by: str, as_json: bool) -> int:
    """Let NEWER take the place of OLDER in lists and searches: another scan of the same paper.

    What persons decided about OLDER and said of its record is found again in NEWER by content, or listed by
    `septel conflicts`. OLDER stays under its id. The same file read again needs no such word.
    """
    if undo == bool(newer):
        raise UsageError("name NEWER, or say --undo", remedy="`septel supersede --help` has examples.")
    at = datetime.now(UTC)
    with Archive.open(archive, create=False) as kept:
        old = kept.resolve(older)
        if newer:
            new = kept.resolve(newer)
            kept.supersede(old, new, at=at, by=by, legible=Restorer.load().legible)
            waiting = kept.contests(new)
        else:
            new, waiting = kept.separate(old, at=at, by=by), ()
    if as_json:
        print_json({"older": old, "newer": new, "undone": undo})
    elif undo:
        click.echo(f"{old} and {new} stand by themselves again.")
    else:
        click.echo(f"{new} takes the place of {old}, which stays under its id.")
    warn_of(waiting, new)
    return ExitCode.OK
