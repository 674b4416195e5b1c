"""`septel backup`, `recover` and `verify`: copies of an archive, putting them back, checking."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from septel.archive import Archive
from septel.archive.editions import remove_unfinished
from septel.archive.store import ArchivePlace
from septel.archive.upkeep import put_back_at
from septel.cli.shared.terminal import archive_option, json_option, print_json, progress
from septel.errors import ExitCode


@click.command(epilog="Example: septel backup copies/salt-2026-11 --archive salt")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@archive_option
@json_option
def backup(folder: Path | None, archive: ArchivePlace, as_json: bool) -> int:
    """Copy the archive into FOLDER, as it is now, with all originals; it may be in use meanwhile.

    Without FOLDER, beside the archive, named by the day and hour; here, where PostgreSQL keeps it. The
    copy is itself an archive that can be opened; `septel recover` checks it and puts it back.
    """
    near = archive if isinstance(archive, Path) else Path(archive.schema)
    target = folder or near.with_name(f"{near.name}-backup-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    with Archive.open(archive, create=False) as kept, progress("Copying") as step:
        made = kept.backup(target, progress=step)
    if as_json:
        print_json({"backup": str(made.place), "holdings": made.holdings, "bytes": made.size})
    else:
        click.echo(
            f"{made.place}: {made.holdings} holdings, {made.originals} originals, {made.size / 1e6:.1f} MB"
        )
    return ExitCode.OK


@click.command(
    epilog="""
\b
Examples:
  septel recover copies/salt-2026-11 --archive salt
  septel recover copies/salt-2026-11 --archive salt --replace   the archive that is there is moved aside
"""
)
@click.argument("folder", type=click.Path(path_type=Path))
@archive_option
@click.option(
    "--replace", is_flag=True, help="Move an archive that is there aside, and put the backup there."
)
@json_option
def recover(folder: Path, archive: ArchivePlace, replace: bool, as_json: bool) -> int:
    """Make the archive again from the backup in FOLDER, after checking every byte of it.

    (`septel restore` restores texts, not archives.)
    """
    with progress("Checking and copying"):
        made = put_back_at(folder, archive, replace_it=replace)
    if as_json:
        print_json({"archive": str(made.place), "holdings": made.holdings, "bytes": made.size})
    else:
        apart = f"; {made.unlisted} are hidden, deleted or older captures" if made.unlisted else ""
        click.echo(f"{made.place}: {made.holdings} holdings are back{apart}.")
    return ExitCode.OK


@click.command(epilog="Example: septel verify --archive salt")
@archive_option
@click.option("--quick", is_flag=True, help="Leave the bytes of the originals alone.")
@json_option
def verify(archive: ArchivePlace, quick: bool, as_json: bool) -> int:
    """Check that the archive is whole: texts, logs, trees, originals, the search index."""
    with Archive.open(archive, create=False) as kept, progress("Checking") as step:
        found = list(kept.verify(quick=quick, progress=step))
        count = kept.count()
        removed = remove_unfinished(kept)
    for name in removed:
        click.echo(
            f"septel: note: the unfinished edition of {name!r} was removed; it is made anew.", err=True
        )
    if as_json:
        print_json([{"where": one.where, "what": one.what, "lost": one.lost} for one in found])
    else:
        for one in found:
            click.echo(f"septel: {one}" if one.lost else f"septel: note: {one}", err=True)
        if not found:
            click.echo(f"{archive}: whole; {count} holdings listed.")
    return ExitCode.STORE if any(one.lost for one in found) else ExitCode.OK
