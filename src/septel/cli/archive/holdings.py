"""`septel search`, `septel show` and `septel export`: what an archive holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from septel.archive import Archive, Hit
from septel.cli.archive.conflicts import contest_shown, warn_of
from septel.cli.shared.checks import lines_of
from septel.cli.shared.terminal import Tally, archive_option, console, json_option, print_json
from septel.cli.shared.write import write_whole
from septel.errors import ExitCode, UsageError
from septel.export import EXPORTERS, exporter

FORMATS = tuple(e.name for e in EXPORTERS)


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
        told = [] if as_json or as_log else lines_of(found, kept)
    if as_log:
        click.echo(found.log.dumps(found.source), nl=False)
    else:
        click.echo(exporter("json" if as_json else "text").write(found).decode(), nl=False)
    if newer:
        click.echo(f"septel: {found.id}: a newer capture of the same file is {newer}.", err=True)
    if waiting and not as_json:
        for contest in waiting:
            click.echo(f"septel: {contest_shown(contest, found.source)}", err=True)
    for name, value in told:
        click.echo(f"septel: {name}: {value}", err=True)
    warn_of(waiting, found.id)
    return ExitCode.OK


@click.command(
    epilog="""
\b
Examples:
  septel export 'HELSINKI 1321' --as pdf >1321.pdf
  septel export --all --as tei --to out
"""
)
@click.argument("holdings", nargs=-1)
@archive_option
@click.option("--as", "--format", "name", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="A folder to write into."
)
@click.option("--all", "everything", is_flag=True, help="Every holding.")
@json_option
def export(
    holdings: Sequence[str], archive: Path, name: str, folder: Path | None, everything: bool, as_json: bool
) -> int:
    """Write HOLDINGS (by id, telegram number or file name) as text, JSON, TEI, hOCR, ALTO or PDF.

    The PDF holds the pages as scanned, and the restored text at the words' boxes, to be searched and copied.
    One holding goes to standard output unless --to names a folder. What the format can't hold is said on
    standard error, or as JSON with --json.
    """
    if bool(holdings) == everything:
        raise UsageError("name holdings, or say --all", remedy="`septel show` lists them.")
    written: list[str] = []
    with Archive.open(archive, create=False) as kept:
        chosen = exporter(name, originals=kept.objects.find)
        names = (
            [str(row["id"]) for row in kept.holdings()] if everything else [kept.resolve(h) for h in holdings]
        )
        if folder is None and len(names) != 1:
            raise UsageError("several holdings need a folder", remedy="Name one with --to.")
        tally = Tally()
        for holding_id in names:
            if folder is None:
                click.echo(chosen.write(kept.holding(holding_id)), nl=False)
                continue
            # One that the format can't hold keeps no other from being written.
            with tally.item():
                content = chosen.write(kept.holding(holding_id))
                written.append(str(write_whole(folder, f"{holding_id}{chosen.ending}", content)))
    losses = [{"lost": note.what, "held_by": note.where} for note in chosen.losses]
    if as_json and folder is not None:
        print_json({"written": written, "losses": losses})
    else:
        for note in chosen.losses:
            click.echo(f"septel: {name} does not hold {note.what}; {note.where} does.", err=True)
    return tally.exit_code
