"""`septel decide` and `septel undo`: what a person says about a reading outranks every model."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from septel import __version__
from septel.archive import Archive, Holding
from septel.cli.shared.conflicts import warn_of
from septel.cli.shared.places import span_shown
from septel.cli.shared.terminal import archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.text import Edit, Ground, Reason, Step, check_line, check_typed


@click.command(
    epilog="""
\b
Examples:
  septel decide 'HELSINKI 1321' 29:'[?]' 'IN PARA 4' --by 'A. Reader' --why 'box 12 has a better copy'
  septel decide 1a2b3c 412-420 SEMENOV --by 'A. Reader'
  septel decide 1a2b3c 46:EXILED EXILES       line 46 of `septel show --numbers`
  septel decide 1a2b3c entry:212 --accept     what the restorer proposed is right
  septel decide 1a2b3c entry:212 --reject     the page is right as it came
"""
)
@click.argument("holding")
@click.argument("place")
@click.argument("text", required=False)
@archive_option
@click.option("--accept", is_flag=True, help="What is read at PLACE now is right.")
@click.option("--reject", is_flag=True, help="PLACE is right as it came.")
@by_option("decides")
@click.option("--why", default="", help="The reason, for those who come after.")
@json_option
def decide(
    holding: str,
    place: str,
    text: str | None,
    archive: Path,
    accept: bool,
    reject: bool,
    by: str,
    why: str,
    as_json: bool,
) -> int:
    """Read PLACE of HOLDING as TEXT, whatever a model says now or later.

    PLACE is a pair of source offsets (412-420), a line number and the characters that stand there in the
    source (29:SEMEMOV) or are shown there (29:SEMENOV; `septel show --numbers` has the lines), or an entry
    of the edit log (entry:212); an empty TEXT says that the characters are noise. With --accept or --reject
    there is no TEXT.

    What is decided teaches: `septel renew HOLDING` reads the telegram again in the light of it.
    """
    if (text is not None) + accept + reject != 1:
        raise UsageError("give TEXT, --accept or --reject", remedy="`septel decide --help` has examples.")
    check_typed(why, "a reason")
    with Archive.open(archive, create=False) as kept:
        found = kept.holding(kept.resolve(holding))
        proposed = _proposed(found, place)
        span = proposed.span if proposed else span_shown(found.reading, place)
        check_line(text or "", "a reading", there=span.of(found.source.text))
        if accept and proposed is None:
            raise UsageError(
                f"nothing is proposed at {place!r}", where=found.id, remedy="See `septel show --log`."
            )
        verdict = "accepts" if accept else "rejects" if reject else ""
        said = f"{by} {verdict}".rstrip()
        edit = Edit(
            span=span,
            before=span.of(found.source.text),
            after=text if text is not None else span.of(found.source.text),
            reason=Reason(ground=Ground.DECISION, detail=f"{said}: {why}" if why else said),
            step=Step.of("septel decide", __version__),
        )
        if accept and proposed:
            edit = replace(edit, after=proposed.after, unreadable=proposed.unreadable, extent=proposed.extent)
        log = found.log.add([edit], by=by, at=datetime.now(UTC))
        kept.append(found.id, log)
        waiting = kept.contests(found.id)
    number = len(log.entries)
    if as_json:
        print_json({"holding": found.id, "entry": number, "span": [span.start, span.end]})
    else:
        shown = "unreadable" if edit.unreadable else repr(edit.after)
        click.echo(f"Entry {number} of {found.id}: {edit.before!r} is read as {shown}.")
    warn_of(waiting, found.id)
    return ExitCode.OK


def _proposed(found: Holding, place: str) -> Edit | None:
    """The edit that a place means: an entry of the log, or what is read there now."""
    kind, _, number = place.partition(":")
    if kind == "entry":
        entries = [entry for entry in found.log.entries if str(entry.number) == number and entry.edit]
        if not entries:
            raise UsageError(
                f"the log has no edit {number!r}", where=found.id, remedy="See `septel show --log`."
            )
        return entries[0].edit
    span = span_shown(found.reading, place)
    return next((entry.edit for entry in found.log.active() if entry.edit and entry.edit.span == span), None)


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
@by_option("undoes")
@json_option
def undo(holding: str, entry: int, archive: Path, by: str, as_json: bool) -> int:
    """Make ENTRY of HOLDING's edit log no longer count; it stays there, and undoing this brings it back."""
    with Archive.open(archive, create=False) as kept:
        found = kept.holding(kept.resolve(holding))
        log = found.log.undo(entry, by=by, at=datetime.now(UTC))
        kept.append(found.id, log)
        waiting = kept.contests(found.id)
        fields = [name for name, act in kept.state(found.id).corrections.items() if act.number == entry]
    if as_json:
        print_json({"holding": found.id, "entry": len(log.entries), "undoes": entry})
    else:
        click.echo(f"Entry {entry} of {found.id} no longer counts.")
    for name in fields:
        told = f"the correction of its {name} has this number too; `septel correct {found.id} --undo {entry}`"
        click.echo(f"septel: {found.id}: {told} undoes that.", err=True)
    warn_of(waiting, found.id)
    return ExitCode.OK
