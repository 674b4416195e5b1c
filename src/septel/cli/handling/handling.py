"""`septel handling`: markings, release, embargo; rules and readers; why a reader sees what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from septel.archive import Archive
from septel.archive.editions import Editions
from septel.archive.handling import STAGES, STATUSES, MarkingEvent, PaperRuling
from septel.cli.handling.readers import list_, reader_, rules
from septel.cli.shared.selection import selected, where_option
from septel.cli.shared.terminal import SubverbGroup, archive_option, by_option, json_option, print_json
from septel.errors import ExitCode, UsageError
from septel.text import DOUBT

Command = Callable[..., Any]


@click.group(
    cls=SubverbGroup,
    epilog="""
\b
Examples:
  septel handling show 'LA PAZ 158'                       its markings as history
  septel handling explain 'LA PAZ 158' --as public        what everybody may see of it, and why
  septel handling release 'LA PAZ 158' released --authority 'E.O. 13526 review'
  septel handling release 'LA PAZ 158' withheld --portion 3
  septel handling embargo 'LA PAZ 158' 2035-01-01
  septel export --all --as site --for public --to room
""",
)
def handling() -> None:
    """Say who may see what: markings, release, embargo of HOLDINGS and their portions, rules, readers.

    What a reader may not see is as if it were not held. The archive's owner sees everything. docs/handling.md
    has the rules and what they mean.
    """


def said_options(command: Command) -> Command:
    """What every statement takes: the portion, the authority, who says so and why."""
    for option in (
        click.option("--portion", help="Only this part: 3, 3.A, subject, 'lines 12-18', or 412-470."),
        click.option("--authority", default="", help="Who or what allows it: an order, a review, a case."),
        by_option("says so"),
        click.option("--why", default="", help="The reason, for those who come after."),
    )[::-1]:
        command = option(command)
    return command


@handling.command("show", epilog="Example: septel handling show 'LA PAZ 158'")
@click.argument("holding")
@archive_option
@json_option
def show(holding: str, archive: Path, as_json: bool) -> int:
    """Print the markings of HOLDING as history: what its lines say, then what persons state."""
    with Archive.open(archive, create=False) as kept:
        found = kept.resolve(holding)
        history = kept.handling.history(found)
    if as_json:
        print_json({"holding": found, "history": [one.to_json() for one in history]})
        return ExitCode.OK
    for one in history:
        click.echo(event_line(one))
    if not history:
        click.echo("Neither the paper nor anybody says anything of its handling.")
    return ExitCode.OK


def event_line(one: MarkingEvent) -> str:
    """An event on one line."""
    what = " ".join(part for part in (one.stage, one.kind) if part)
    part = f" of {one.portion.name}" if one.portion else ""
    when = f", {one.date}" if one.date else ""
    told = f" by {one.authority}" if one.authority else ""
    act = f"; act {one.act} by {one.origin}" if one.act else f"; {one.origin}"
    where = f" ({one.where})" if one.where else ""
    why = f": {one.why}" if one.why else ""
    # One sign for what is not sure, everywhere; here what it means is said as well.
    likely = "" if one.plain else f"{DOUBT} (not plain on the page: it opens nothing)"
    return f"{what}{part}: {one.value}{likely}{when}{told}{act}{where}{why}"


@handling.command("explain", epilog="Example: septel handling explain 'LA PAZ 158' --as public")
@click.argument("holding")
@click.option("--as", "reader", default="public", show_default=True, help="A reader, or a role.")
@archive_option
@json_option
def explain(holding: str, reader: str, archive: Path, as_json: bool) -> int:
    """Say what a reader may see of HOLDING, portion by portion, by which rule and why."""
    with Archive.open(archive, create=False) as kept:
        found = kept.resolve(holding)
        role = kept.handling.role_of(reader)
        ruling = kept.handling.ruling(found, role)
        like = [other for other, _ in kept.contents.copies(found)]
        others = [(other, kept.handling.ruling(other, role).outcome) for other in like]
    open_copies = [other for other, outcome in others if outcome != "withheld" and outcome != ruling.outcome]
    if as_json:
        print_json({"reader": reader, "role": role.name, **ruling_json(ruling), "copies": dict(others)})
        return ExitCode.OK
    click.echo(f"{found} for {reader} ({role.name}): {ruling.outcome}.")
    click.echo(f"  {told(ruling.whole.rule, ruling.whole.reason)}")
    for portion, one in ruling.portions:
        state = "shown" if one.released else "withheld"
        click.echo(f"  {portion.name}: {state}; {told(one.rule, one.reason)}")
    if ruling.until:
        click.echo(f"  This may be another one from {ruling.until} on.")
    for other in open_copies if ruling.outcome != "whole" else ():
        click.echo(
            f"septel: {other} seems to be the same message, and is shown. Rule on it as well.", err=True
        )
    return ExitCode.OK


def told(rule: str, reason: str) -> str:
    """A reason, with the rule that gives it."""
    return f"{reason} (rule {rule!r})" if rule else reason


def ruling_json(ruling: PaperRuling) -> dict[str, object]:
    """A ruling for other programs."""
    facts = ruling.facts
    return {
        "holding": ruling.holding,
        "outcome": ruling.outcome,
        "rule": ruling.whole.rule,
        "reason": ruling.whole.reason,
        "until": ruling.until,
        "portions": [
            {
                "portion": portion.name,
                "spans": [[one.start, one.end] for one in portion.spans],
                "released": one.released,
                "rule": one.rule,
                "reason": one.reason,
            }
            for portion, one in ruling.portions
        ],
        "facts": {
            "original": facts.original,
            "marking": facts.marking,
            "captions": list(facts.captions),
            "stamped": facts.stamped,
            "contradicted": facts.contradicted,
            "status": facts.status,
            "embargo": facts.embargo,
            "excised": facts.excised,
        },
    }


@handling.command(
    "mark",
    epilog="""
\b
Examples:
  septel handling mark 'LA PAZ 158' CONFIDENTIAL --stage downgraded --date 1976-05-04
  septel handling mark 'LA PAZ 158' SECRET --portion 3 --stage original
  septel handling mark 'LA PAZ 158' EXDIS --caption
""",
)
@click.argument("holding")
@click.argument("value")
@click.option(
    "--stage", type=click.Choice(STAGES), default="current", show_default=True, help="When it held."
)
@click.option("--caption", is_flag=True, help="VALUE is a restriction on distribution, as EXDIS.")
@click.option("--date", "day", help="The day of the marking.")
@said_options
@archive_option
@json_option
def mark(
    holding: str,
    value: str,
    stage: str,
    caption: bool,
    day: str | None,
    portion: str | None,
    authority: str,
    by: str,
    why: str,
    archive: Path,
    as_json: bool,
) -> int:
    """State a marking of HOLDING: its original, a previous, a downgraded or the current one."""
    with Archive.open(archive, create=False) as kept, Editions(kept) as editions:
        found = kept.resolve(holding)
        act = kept.handling.mark(
            found,
            value,
            by=by,
            stage=stage,
            caption=caption,
            portion=portion,
            day=day,
            authority=authority,
            why=why,
        )
        editions.renew()
    return _stated([(found, act)], f"{stage} {value}", as_json)


@handling.command(
    "release",
    epilog="""
\b
Examples:
  septel handling release 'LA PAZ 158' released --date 2005-06-30 --authority 'EO Systematic Review'
  septel handling release --where 'class:secret date:..1964' under-review
  septel handling release 'LA PAZ 158' withheld --portion 3.A --authority '1.4(b)'
""",
)
@click.argument("words", nargs=-1, required=True, metavar="[HOLDING]... STATUS")
@where_option
@click.option("--date", "day", help="The day of the decision.")
@said_options
@archive_option
@json_option
def release(
    words: Sequence[str],
    where: str | None,
    day: str | None,
    portion: str | None,
    authority: str,
    by: str,
    why: str,
    archive: Path,
    as_json: bool,
) -> int:
    """State what a review decided of HOLDINGS: released, in-part, withheld, or under-review.

    A portion that is withheld is barred in the copies that readers are given; the rest of the paper is shown.
    """
    *holdings, status = words
    if status.replace("-", " ") not in STATUSES:
        names = ", ".join(one.replace(" ", "-") for one in STATUSES)
        raise UsageError(f"{status!r} is no status", remedy=f"Name the holdings, then one of {names}.")
    with Archive.open(archive, create=False) as kept, Editions(kept) as editions:
        acts = [
            (
                one,
                kept.handling.release(
                    one, status, by=by, portion=portion, day=day, authority=authority, why=why
                ),
            )
            for one in selected(kept, holdings, where)
        ]
        editions.renew()
    return _stated(acts, status, as_json)


@handling.command(
    "embargo",
    epilog="""
\b
Examples:
  septel handling embargo 'LA PAZ 158' 2035-01-01        closed until then
  septel handling embargo 'LA PAZ 158' none              lifted
""",
)
@click.argument("words", nargs=-1, required=True, metavar="[HOLDING]... DAY")
@where_option
@said_options
@archive_option
@json_option
def embargo(
    words: Sequence[str],
    where: str | None,
    portion: str | None,
    authority: str,
    by: str,
    why: str,
    archive: Path,
    as_json: bool,
) -> int:
    """Close HOLDINGS until DAY, the first on which they are open again; `none` lifts an embargo."""
    *holdings, day = words
    until = None if day.lower() == "none" else day
    with Archive.open(archive, create=False) as kept, Editions(kept) as editions:
        acts = [
            (one, kept.handling.embargo(one, until, by=by, portion=portion, authority=authority, why=why))
            for one in selected(kept, holdings, where)
        ]
        editions.renew()
    return _stated(acts, f"closed until {until}" if until else "no longer under embargo", as_json)


@handling.command(
    "excise", epilog="Example: septel handling excise 'LA PAZ 158' 'lines 12-13' --authority '(b)(1)'"
)
@click.argument("holding")
@click.argument("portion")
@click.option("--what", default="", help="What is missing, as far as it is told: 2 lines, a name.")
@click.option("--authority", default="", help="By which exemption.")
@by_option("says so")
@click.option("--why", default="", help="The reason, for those who come after.")
@archive_option
@json_option
def excise(
    holding: str, portion: str, what: str, authority: str, by: str, why: str, archive: Path, as_json: bool
) -> int:
    """Note that something was taken out of HOLDING at PORTION before the paper came here."""
    with Archive.open(archive, create=False) as kept, Editions(kept) as editions:
        found = kept.resolve(holding)
        act = kept.handling.excise(found, portion, what, by=by, authority=authority, why=why)
        editions.renew()
    return _stated([(found, act)], "excision noted", as_json)


@handling.command("undo", epilog="Example: septel handling undo 17")
@click.argument("act", type=int)
@by_option("undoes")
@archive_option
@json_option
def undo(act: int, by: str, archive: Path, as_json: bool) -> int:
    """Make ACT (by its number in `septel handling show`) no longer count; undoing that brings it back."""
    with Archive.open(archive, create=False) as kept, Editions(kept) as editions:
        undone = kept.curation.undo(act, by=by)
        editions.renew()
    if as_json:
        print_json({"undone": act, "holding": undone.holding, "kind": undone.what})
    else:
        click.echo(f"Act {act} ({undone.what}) no longer counts.")
    return ExitCode.OK


def _stated(acts: Sequence[tuple[str, int]], what: str, as_json: bool) -> int:
    if as_json:
        print_json([{"holding": one, "act": act} for one, act in acts])
    else:
        for one, act in acts:
            click.echo(f"{one}: {what} (act {act})")
    return ExitCode.OK


for command in (list_, rules, reader_):
    handling.add_command(command)
