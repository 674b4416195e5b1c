"""`septel supersede`: a person says that one document is a newer capture of another."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.conflicts import warn_of
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.restore import Restorer

LEAST_SHARE = 1 / 3
"""Two documents that share fewer of their words are taken for one paper only if a person insists."""
_LEAST_WORDS = 12
_WORD = re.compile(r"[^\W\d_]{4,}")


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
@click.option("--yes", is_flag=True, help="They are one paper, though few of their words are the same.")
@by_option("says so")
@json_option
def supersede(
    older: str, newer: str | None, archive: Path, undo: bool, yes: bool, by: str, as_json: bool
) -> int:
    """Let NEWER take the place of OLDER in lists and searches: another scan of the same paper.

    What persons decided about OLDER and said of its record is found again in NEWER by content, or listed by
    `septel conflicts`. OLDER stays under its id. The same file read again needs no such word. Two that share
    less than a third of their words are hardly one paper: then --yes must say so.
    """
    if undo == bool(newer):
        raise UsageError("name NEWER, or say --undo", remedy="`septel supersede --help` has examples.")
    at = datetime.now(UTC)
    with Archive.open(archive, create=False) as kept:
        old = kept.resolve(older)
        if newer:
            new = kept.resolve(newer)
            share = _alike(kept, old, new)
            if share is not None and share < LEAST_SHARE and not yes:
                raise UsageError(
                    f"{old} and {new} have only {share:.0%} of their words in common",
                    remedy="Compare them (`septel show`); say --yes if they are one paper.",
                )
            kept.supersede(old, new, at=at, by=by, legible=Restorer.load().legible)
            waiting = kept.contests(new)
        else:
            new, waiting = kept.separate(old, at=at, by=by), ()
    if as_json:
        print_json({"older": old, "newer": new, "undone": undo})
    elif undo:
        click.echo(f"{old} and {new} stand by themselves again.")
    else:
        ends = f"`septel supersede {old} --undo` ends it"
        click.echo(f"{new} takes the place of {old}, which stays under its id. {ends}.")
    warn_of(waiting, new)
    return ExitCode.OK


def _alike(kept: Archive, old: str, new: str) -> float | None:
    """The share of the smaller one's words that the other has; None where there are too few to tell."""
    one, other = ({*_WORD.findall(kept.reading(held)[1].text.upper())} for held in (old, new))
    least = min(len(one), len(other))
    return len(one & other) / least if least >= _LEAST_WORDS else None
