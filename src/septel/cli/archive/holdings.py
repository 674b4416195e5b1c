"""`septel show`: what an archive holds."""

from __future__ import annotations

from pathlib import Path

import click

from septel.cli.shared.checks import lines_of
from septel.cli.shared.conflicts import contest_shown, dispute_shown, warn_of
from septel.cli.shared.reader import reader_option, served
from septel.cli.shared.terminal import archive_option, json_option, print_json_list, print_pieces
from septel.errors import ExitCode
from septel.export import exporter


@click.command(
    epilog="""
\b
Examples:
  septel show                      what the archive holds
  septel show 'HELSINKI 1321'      one telegram, doubts marked
  septel show 1a2b3c --numbers     with the number of each line, as `septel decide` takes it
  septel show 1a2b3c --log         its edit log, JSON lines
"""
)
@click.argument("holding", required=False)
@archive_option
@reader_option
@click.option("--log", "as_log", is_flag=True, help="Print the edit log as JSON lines.")
@click.option("--numbers", is_flag=True, help="Put its number before each line.")
@json_option
def show(
    holding: str | None, archive: Path, reader: str | None, as_log: bool, numbers: bool, as_json: bool
) -> int:
    """Print one HOLDING (by id, telegram number or file name), or a list of all.

    Decisions of persons that do not simply stand there are told on standard error.
    """
    with served(archive, reader) as kept:
        if holding is None:
            rows = (one.to_json() for one in kept.each_listed())
            if as_json:
                print_json_list(rows)
            else:
                print_pieces(
                    f"{row['id']}  {row['title']}  {row['dtg'] or ''}  {row['subject'] or ''}".rstrip() + "\n"
                    for row in rows
                )
            return ExitCode.OK
        found = kept.holding(kept.resolve(holding))
        waiting, fields = kept.contests(found.id), kept.curation.disputes(found.id)
        newer = kept.successor(found.id)
        told = [] if as_json or as_log else lines_of(found, kept)
    if as_log:
        click.echo(found.log.dumps(found.source), nl=False)
    else:
        text = exporter("json" if as_json else "text").write(found).decode()
        click.echo(numbered(text) if numbers and not as_json else text, nl=False)
    if newer:
        click.echo(f"septel: {found.id}: a newer capture of the same file is {newer}.", err=True)
    if waiting and not as_json:
        for contest in waiting:
            click.echo(f"septel: {contest_shown(contest, found.source)}", err=True)
    for name, value in told:
        click.echo(f"septel: {name}: {value}", err=True)
    for dispute in fields:
        click.echo(f"septel: {found.id}: {dispute_shown(dispute)}.", err=True)
    warn_of(waiting, found.id)
    return ExitCode.OK


def numbered(text: str) -> str:
    """A text with the number of each line before it; an edit never ends a line, so they are the source's."""
    lines = text.replace("\f", "").split("\n")
    if not lines[-1]:
        lines.pop()
    return "".join(f"{number:5}  {line}".rstrip() + "\n" for number, line in enumerate(lines, 1))
