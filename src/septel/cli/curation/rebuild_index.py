"""`septel rebuild-index`: the search index, made again from the catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.terminal import archive_option, json_option, print_json, progress
from septel.errors import ExitCode


@click.command("rebuild-index", epilog="Example: septel rebuild-index --archive salt")
@archive_option
@json_option
def rebuild_index(archive: Path, as_json: bool) -> int:
    """Make the search index again; it holds nothing of its own, so nothing can be lost by it.

    Words of what was changed, hidden or deleted leave the index for good. Interrupted, it goes on when the
    archive is next opened.
    """
    with Archive.open(archive, create=False) as kept, progress("Indexing") as step:
        count = kept.rebuild_index(progress=step)
    if as_json:
        print_json({"indexed": count})
    else:
        click.echo(f"{count} holdings indexed.")
    return ExitCode.OK
