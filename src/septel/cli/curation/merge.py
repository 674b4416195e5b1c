"""`septel merge`: one archive taken into another."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from septel.archive import Archive
from septel.archive.audit import DECIDED
from septel.archive.store import ArchivePlace
from septel.cli.shared.terminal import PlaceType, archive_option, json_option, print_json
from septel.errors import ExitCode, UsageError


@click.command(epilog="Example: septel merge colleague --archive salt")
@click.argument("other", type=PlaceType())
@archive_option
@json_option
def merge(other: ArchivePlace, archive: ArchivePlace, as_json: bool) -> int:
    """Take the archive OTHER into the archive: documents, originals, decisions, notes, tags, corrections.

    What both hold keeps its text; what persons decided in either stands. Where they differ the later word
    stands, and `septel conflicts` lists the other. What is hidden or deleted in OTHER alone stays here.
    OTHER stays as it is. Done again, it adds nothing.
    """
    if _whole(other) == _whole(archive):
        raise UsageError("an archive can't be taken into itself", where=str(other), remedy="Name two.")
    with Archive.open(archive) as kept, Archive.open(other, create=False) as theirs:
        found = list(kept.merge(theirs))
        disputed = len(kept.contests()) + len(kept.curation.disputes())
        if any(one.new or one.entries or one.acts for one in found):
            kept.audit.record(DECIDED, by=getpass.getuser(), merged=str(other))
    new = sum(one.new for one in found)
    entries, acts = sum(one.entries for one in found), sum(one.acts for one in found)
    purged = [one.holding for one in found if one.purged]
    absent = [one.holding for one in found if one.absent_there]
    if as_json:
        print_json(
            {
                "holdings": len(found),
                "new": new,
                "entries": entries,
                "acts": acts,
                "purged_here": purged,
                "absent_there": absent,
            }
        )
        return ExitCode.OK
    click.echo(f"{new} of {len(found)} holdings are new; {entries} decisions and {acts} acts were added.")
    if purged:
        click.echo(f"septel: {len(purged)} were purged here and stay out: {', '.join(purged)}.", err=True)
    if absent:
        told = f"{len(absent)} are hidden or deleted in {other} and stay here"
        click.echo(f"septel: {told}: {', '.join(absent)}.", err=True)
    if disputed:
        click.echo(
            f"septel: {disputed} decisions do not simply stand. `septel conflicts` lists them.", err=True
        )
    return ExitCode.OK


def _whole(place: ArchivePlace) -> str:
    """A place as it can be compared."""
    return str(place.resolve() if isinstance(place, Path) else place)
