"""`septel list`: what an archive holds, or what a query means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from septel.archive.acts import Listed
from septel.cli.shared.reader import not_for_readers, reader_option, served
from septel.cli.shared.terminal import archive_option, json_option, print_json
from septel.errors import ExitCode


@click.command(
    "list",
    epilog="""
\b
Examples:
  septel list
  septel list 'post:"la paz" date:1974-01'
  septel list tag:tin
  septel list --for public        what everybody may see
  septel list --absent            what was hidden or deleted
""",
)
@click.argument("query", nargs=-1)
@archive_option
@reader_option
@click.option("--absent", is_flag=True, help="What was hidden or deleted, and not yet purged.")
@json_option
def list_(query: Sequence[str], archive: Path, reader: str | None, absent: bool, as_json: bool) -> int:
    """List the holdings that QUERY means, or all, oldest first: id, title, date, tags."""
    if absent:
        not_for_readers(reader, "what was hidden or deleted")
    with served(archive, reader) as kept:
        found = kept.curation.absent() if absent else kept.listed(" ".join(query) or None)
    if as_json:
        print_json([listed_json(one) for one in found])
        return ExitCode.OK
    for one in found:
        click.echo(listed_line(one))
    if not found:
        click.echo("Nothing." if query or absent else "The archive is empty; `septel read FILE` fills it.")
    return ExitCode.OK


def listed_line(one: Listed) -> str:
    """A holding on one line."""
    fields = one.fields
    tags = "".join(f" #{tag.replace(' ', '-')}" for tag in one.tags)
    marks = "".join(
        mark
        for mark, is_so in ((" *", bool(one.corrected)), (f" ({one.notes} notes)", one.notes > 0))
        if is_so
    )
    absent = f" [{one.absent}]" if one.absent else ""
    return f"{one.id}  {fields['title']}  {fields['dtg'] or ''}{tags}{marks}{absent}".rstrip()


def listed_json(one: Listed) -> dict[str, object]:
    """A holding for other programs."""
    return {
        **one.fields,
        **({"shelf": dict(one.shelf)} if one.shelf else {}),
        "tags": list(one.tags),
        "notes": one.notes,
        "corrected": list(one.corrected),
        "absent": one.absent,
    }
