"""`septel tag`: words of a person's own under which documents are found again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, NotHeld, UsageError


@click.command(
    epilog="""
\b
Examples:
  septel tag tin 'LA PAZ 158' 'LA PAZ 172'
  septel tag 'chapter 3' --where 'subject:tin date:1974'
  septel tag tin 'LA PAZ 172' --remove
  septel tag                       the tags, and how many holdings have each
  septel list tag:tin              what has it
"""
)
@click.argument("tag", required=False)
@click.argument("holdings", nargs=-1)
@where_option
@archive_option
@click.option("--remove", is_flag=True, help="Take the tag off.")
@by_option("tags")
@json_option
def tag(
    tag: str | None,
    holdings: Sequence[str],
    where: str | None,
    archive: Path,
    remove: bool,
    by: str,
    as_json: bool,
) -> int:
    """Give HOLDINGS the TAG; without one list the tags."""
    with Archive.open(archive, create=False) as kept:
        if tag is None:
            counts = kept.searches.values("tag")
            if as_json:
                print_json(dict(counts))
            for name, count in () if as_json else counts:
                click.echo(f"{count:5}  {name}")
            return ExitCode.OK
        ids = _meant(kept, tag, holdings, where)
        act = kept.curation.untag if remove else kept.curation.tag
        changed = sum(bool(act(one, tag, by=by)) for one in ids)
    if as_json:
        print_json({"tag": tag, "holdings": ids, "changed": changed})
    else:
        did = "taken off" if remove else "given to"
        click.echo(f"{tag}: {did} {changed} of {len(ids)} holdings.")
    return ExitCode.OK


def _meant(kept: Archive, tag: str, holdings: Sequence[str], where: str | None) -> list[str]:
    """The holdings to be tagged.

    Raises:
        UsageError: the tag was typed behind the holding.
        NotHeld: they are not here.
    """
    try:
        return selected(kept, holdings, where)
    except NotHeld:
        if len(holdings) != 1 or not kept.contents.known_as(tag):
            raise
    raise UsageError(
        f"{tag!r} is a holding and {holdings[0]!r} is none",
        remedy=f"The tag stands first: septel tag {holdings[0]!r} {tag!r}",
    )
