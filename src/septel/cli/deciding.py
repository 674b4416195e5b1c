"""`septel decide` and `septel undo`: what a person says about a reading outranks every model."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from septel import __version__
from septel.archive import Archive
from septel.cli.terminal import json_option, print_json
from septel.cli.walking import archive_option
from septel.errors import ExitCode, UsageError
from septel.text import Edit, Ground, Reason, Source, Span, Step


@click.command(
    epilog="""
\b
Examples:
  septel decide 'HELSINKI 1321' 29:'[?]' 'IN PARA 4' --by 'A. Reader' --why 'box 12 has a better copy'
  septel decide 1a2b3c 412-420 SEMENOV --by 'A. Reader'
"""
)
@click.argument("holding")
@click.argument("place")
@click.argument("text")
@archive_option
@click.option("--by", default=getpass.getuser, help="Who decides; your user name unless given.")
@click.option("--why", default="", help="The reason, for those who come after.")
@json_option
def decide(holding: str, place: str, text: str, archive: Path, by: str, why: str, as_json: bool) -> int:
    """Read PLACE of HOLDING as TEXT, whatever a model says now or later.

    PLACE is a pair of source offsets (412-420), or a line number and the characters that stand there in
    the source (29:SEMEMOV); an empty TEXT says that the characters are noise.
    """
    with Archive.open(archive, create=False) as kept:
        found = kept.holding(kept.resolve(holding))
        span = span_of(found.source, place)
        reason = Reason(ground=Ground.DECISION, detail=f"{by}: {why}" if why else by)
        edit = Edit(
            span=span,
            before=span.of(found.source.text),
            after=text,
            reason=reason,
            step=Step.of("septel decide", __version__),
        )
        log = found.log.add([edit], by=by, at=datetime.now(UTC))
        kept.append(found.id, log)
    number = len(log.entries)
    if as_json:
        print_json({"holding": found.id, "entry": number, "span": [span.start, span.end]})
    else:
        click.echo(f"Entry {number} of {found.id}: {edit.before!r} is read as {text!r}.")
    return ExitCode.OK


def span_of(source: Source, place: str) -> Span:
    """The span that a person means.

    Raises:
        UsageError: the place is not in the source, or not in one place only.
    """
    remedy = "Give offsets (412-420), or a line number and its characters (29:SEMEMOV)."
    number, colon, characters = place.partition(":")
    try:
        if colon:
            line = source.lines[int(number) - 1]
            if int(number) < 1 or line.of(source.text).count(characters) != 1 or not characters:
                raise ValueError
            start = line.start + line.of(source.text).index(characters)
            return Span(start, start + len(characters))
        start_text, _, end_text = place.partition("-")
        span = Span(int(start_text), int(end_text))
        if span.end > len(source.text) or "\n" in span.of(source.text):
            raise ValueError
    except (ValueError, IndexError):
        raise UsageError(
            f"{place!r} is no single place of one line", where=source.name, remedy=remedy
        ) from None
    return span


@click.command(
    epilog="""
\b
Example:
  septel undo 'HELSINKI 1321' 212 --by 'A. Reader'
"""
)
@click.argument("holding")
@click.argument("entry", type=int)
@archive_option
@click.option("--by", default=getpass.getuser, help="Who undoes; your user name unless given.")
@json_option
def undo(holding: str, entry: int, archive: Path, by: str, as_json: bool) -> int:
    """Make ENTRY of HOLDING's edit log no longer count; it stays there, and undoing this brings it back."""
    with Archive.open(archive, create=False) as kept:
        found = kept.holding(kept.resolve(holding))
        log = found.log.undo(entry, by=by, at=datetime.now(UTC))
        kept.append(found.id, log)
    if as_json:
        print_json({"holding": found.id, "entry": len(log.entries), "undoes": entry})
    else:
        click.echo(f"Entry {entry} of {found.id} no longer counts.")
    return ExitCode.OK
