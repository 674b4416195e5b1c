"""`septel note`: what a person wants to remember of a document or a place in it."""

from __future__ import annotations

from pathlib import Path

import click

from septel.archive import Archive
from septel.cli.shared.places import passage_of
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.text import Source


@click.command(
    epilog="""
\b
Examples:
  septel note 'LA PAZ 158' 'first mention of the exiles'
  septel note 'LA PAZ 158' 'spelt otherwise in 110' --at 46:GARRET
  septel note 'LA PAZ 158' --at 412-498 'see also Lima 12'
  septel note 'LA PAZ 158' -p 2 'on paragraph 2'
  septel note 'LA PAZ 158'              its notes
  septel note 'LA PAZ 158' --undo 17    act 17 no longer counts
"""
)
@click.argument("holding")
@click.argument("text", required=False)
@archive_option
@click.option(
    "--at",
    "place",
    help="The place: a line and a word shown there (29:SEMENOV), a line (29), a paragraph (PARA 3, 3.A), "
    "or offsets (412-498).",
)
@click.option("-p", "--paragraph", help="The paragraph that it is about (2, 3.A); the same as --at 'PARA 2'.")
@click.option("--undo", type=int, help="Make an act of this number no longer count.")
@by_option("notes it")
@json_option
def note(
    holding: str,
    text: str | None,
    archive: Path,
    place: str | None,
    paragraph: str | None,
    undo: int | None,
    by: str,
    as_json: bool,
) -> int:
    """Note TEXT on HOLDING, or on a place in it; without TEXT print its notes."""
    with Archive.open(archive, create=False) as kept:
        found = kept.resolve(holding)
        source = kept.source(found)
        if undo is not None:
            kept.curation.undo(undo, by=by)
        if text is not None:
            if place and paragraph:
                raise UsageError("a note has one place", remedy="Give --at or --paragraph.")
            place = f"PARA {paragraph}" if paragraph else place
            span = passage_of(kept.holding(found), place) if place else None
            kept.curation.note(found, text, by=by, place=span)
        notes = kept.state(found).notes
    if as_json:
        rows = [
            {
                "act": n.act,
                "by": n.by,
                "at": n.at.isoformat(),
                "text": n.text,
                "place": [n.start, n.end] if n.start is not None else None,
            }
            for n in notes
        ]
        print_json({"holding": found, "notes": rows})
        return ExitCode.OK
    for n in notes:
        where = f", {_where(source, n.start, n.end)}" if n.start is not None and n.end is not None else ""
        click.echo(f"{n.act:4}  {n.text}  ({n.by}, {n.at:%Y-%m-%d}{where})")
    if not notes:
        click.echo("No notes.")
    return ExitCode.OK


def _where(source: Source, start: int, end: int) -> str:
    words = " ".join(source.text[start:end].split())
    return f"line {source.line_at(start)}: {words[:40]}"
