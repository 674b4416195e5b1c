"""`septel delete`, `undelete`, `hide` and `unhide`: what is not to be found any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from septel.archive import Archive
from septel.cli.shared.reader import renew_editions
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, UsageError


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    by = by_option("does")
    why = click.option("--why", default="", help="The reason, for those who come after.")
    return click.argument("holdings", nargs=-1)(where_option(archive_option(by(why(json_option(command))))))


def _told(what: str, ids: Sequence[str], as_json: bool) -> int:
    if as_json:
        print_json({"what": what, "holdings": list(ids)})
    else:
        click.echo(f"{len(ids)} {'holding' if len(ids) == 1 else 'holdings'} {what}.")
    return ExitCode.OK


@click.command(
    epilog="""
\b
Examples:
  septel delete 1a2b3c --why 'not ours'
  septel delete --where 'post:lima tag:double'
  septel list --absent                    what was deleted
  septel undelete 1a2b3c                  back, with all that was said of it
  septel delete 1a2b3c --for-good         text, layers, logs and originals go
"""
)
@click.option("--for-good", is_flag=True, help="Purge what was deleted: it can't be brought back.")
@_options
def delete(
    holdings: Sequence[str],
    where: str | None,
    archive: Path,
    by: str,
    why: str,
    for_good: bool,
    as_json: bool,
) -> int:
    """Delete HOLDINGS: they are found nowhere any more, and `septel undelete` brings them back.

    With --for-good what was deleted before is purged: its text, its layers, what was decided about it and
    originals that nothing else needs. The log keeps who deleted it, when, why, its title and its digests.
    """
    if for_good and where is not None:
        raise UsageError("what is purged is named by its id", remedy="`septel list --absent` shows the ids.")
    with Archive.open(archive, create=False) as kept:
        ids = selected(kept, holdings, where, deleted=for_good)
        for one in ids:
            if for_good:
                kept.curation.purge(one, by=by, why=why)
            else:
                kept.curation.delete(one, by=by, why=why)
        renew_editions(kept)
    return _told("purged" if for_good else "deleted", ids, as_json)


@click.command(epilog="Example: septel undelete 1a2b3c")
@_options
def undelete(
    holdings: Sequence[str], where: str | None, archive: Path, by: str, why: str, as_json: bool
) -> int:
    """Bring deleted HOLDINGS back, by their ids, with everything that was ever said of them."""
    with Archive.open(archive, create=False) as kept:
        ids = selected(kept, holdings, where, deleted=True)
        for one in ids:
            kept.curation.undelete(one, by=by, why=why)
    return _told("brought back", ids, as_json)


@click.command(epilog="Example: septel hide --where 'kind:other'")
@_options
def hide(holdings: Sequence[str], where: str | None, archive: Path, by: str, why: str, as_json: bool) -> int:
    """Leave HOLDINGS out of lists, searches and exports of all; by their ids they are still shown."""
    with Archive.open(archive, create=False) as kept:
        ids = selected(kept, holdings, where)
        for one in ids:
            kept.curation.hide(one, by=by, why=why)
    return _told("hidden", ids, as_json)


@click.command(epilog="Example: septel unhide 1a2b3c")
@_options
def unhide(
    holdings: Sequence[str], where: str | None, archive: Path, by: str, why: str, as_json: bool
) -> int:
    """Take back `septel hide`, by the ids of HOLDINGS."""
    with Archive.open(archive, create=False) as kept:
        ids = selected(kept, holdings, where)
        for one in ids:
            kept.curation.show(one, by=by, why=why)
    return _told("shown again", ids, as_json)
