"""`septel search` and `septel show`: what an archive holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from septel.archive import Archive, Hit
from septel.cli.archive.conflicts import contest_shown, warn_of
from septel.cli.shared.terminal import archive_option, console, json_option, print_json
from septel.errors import ExitCode
from septel.export import exporter


@click.command(
    epilog="""
\b
Examples:
  septel search communique
  septel search '"next meeting" thursday' --archive salt
"""
)
@click.argument("words", nargs=-1, required=True)
@archive_option
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="The most lines."
)
@json_option
def search(words: Sequence[str], archive: Path, limit: int, as_json: bool) -> int:
    """Find the lines that hold all WORDS, through the noise; quotation marks ask for a phrase.

    Lines are found by their restored text, then by other possible readings, then by the source as it came,
    then by likeness; the last three say so.
    """
    with Archive.open(archive, create=False) as kept:
        hits = kept.search(" ".join(words), limit=limit)
    if as_json:
        print_json([hit_json(hit) for hit in hits])
        return ExitCode.OK
    screen = console()
    for hit in hits:
        line = Text(f"{hit.title}, page {hit.page}, line {hit.line}: ")
        for piece, found in hit.snippet:
            line.append(piece, style="bold reverse" if found else "")
        if hit.match.value != "restored":
            line.append(f"  ({hit.match.value})", style="dim")
        screen.print(line)
    if not hits:
        screen.print("Nothing found.")
    return ExitCode.OK


def hit_json(hit: Hit) -> dict[str, object]:
    """A hit for other programs."""
    return {
        "holding": hit.holding,
        "title": hit.title,
        "page": hit.page,
        "line": hit.line,
        "locus": str(hit.locus),
        "match": hit.match.value,
        "text": "".join(piece for piece, _ in hit.snippet),
        "boxes": [[box.left, box.top, box.right, box.bottom] for box in hit.boxes],
    }


@click.command(
    epilog="""
\b
Examples:
  septel show                      what the archive holds
  septel show 'HELSINKI 1321'      one telegram, doubts marked
  septel show 1a2b3c --log         its edit log, JSON lines
"""
)
@click.argument("holding", required=False)
@archive_option
@click.option("--log", "as_log", is_flag=True, help="Print the edit log as JSON lines.")
@json_option
def show(holding: str | None, archive: Path, as_log: bool, as_json: bool) -> int:
    """Print one HOLDING (by id, telegram number or file name), or a list of all.

    Decisions of persons that do not simply stand there are told on standard error.
    """
    with Archive.open(archive, create=False) as kept:
        if holding is None:
            listed = kept.holdings()
            if as_json:
                print_json(listed)
            else:
                for row in listed:
                    click.echo(
                        f"{row['id']}  {row['title']}  {row['dtg'] or ''}  {row['subject'] or ''}".rstrip()
                    )
            return ExitCode.OK
        found = kept.holding(kept.resolve(holding))
        waiting, newer = kept.contests(found.id), kept.successor(found.id)
    if as_log:
        click.echo(found.log.dumps(found.source), nl=False)
    else:
        click.echo(exporter("json" if as_json else "text").write(found).decode(), nl=False)
    if newer:
        click.echo(f"septel: {found.id}: a newer capture of the same file is {newer}.", err=True)
    if waiting and not as_json:
        for contest in waiting:
            click.echo(f"septel: {contest_shown(contest, found.source)}", err=True)
    warn_of(waiting, found.id)
    return ExitCode.OK
